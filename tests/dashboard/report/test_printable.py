from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from dashboard.report.printable import one_line, printable, shortened

BREAK = "\N{ZERO WIDTH SPACE}"


def test_controls_and_line_ends_become_blanks_and_blanks_one() -> None:
    assert one_line("a\r\n b\tc\x00\u2028d ") == "a b c d"


def test_a_letter_and_its_accent_become_one_character() -> None:
    assert one_line("Zoe\u0301") == "Zo\u00e9"


def test_half_characters_are_replaced() -> None:
    assert one_line("a\ud800b") == "a[?]b"


def test_a_word_of_twenty_four_letters_stays_whole_and_a_longer_one_may_break() -> None:
    assert printable("x" * 24) == "x" * 24
    assert printable("x" * 25).split(BREAK) == ["x" * 8, "x" * 8, "x" * 8, "x"]


def test_a_file_name_breaks_between_its_parts() -> None:
    assert printable("toutes_les_transactions.2026.csv").split(BREAK) == [
        "toutes_",
        "les_",
        "transactions.",
        "2026.",
        "csv",
    ]


def test_hyphens_and_fixed_blanks_are_places_to_break_already() -> None:
    name = "hubspot-crm-exports-toutes-les-transactions-2026-11-16.csv"
    amount = "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567\N{NO-BREAK SPACE}890\N{NO-BREAK SPACE}$"

    assert printable(name) == name
    assert printable(amount) == amount


def test_lists_and_tables_are_made_printable_all_through() -> None:
    assert printable({"a": ["b\n", 1, None, True], "c": {"d": "\te"}}) == {
        "a": ["b", 1, None, True],
        "c": {"d": "e"},
    }


@given(st.text(st.characters(codec=None)))
def test_whatever_comes_one_line_without_controls_comes_out(words: str) -> None:
    made = printable(words)

    assert not {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} & {category(sign) for sign in made}


def test_a_shortened_name_says_that_something_is_missing() -> None:
    assert shortened("Menuiserie Laurentides", 11) == "Menuiserie…"
    assert shortened("Menuiserie", 10) == "Menuiserie"

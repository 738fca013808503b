"""What was found is shown where it says it, and the words are marked."""

import pytest

from dashboard.components.excerpt import Piece, excerpt, says_all

LONG = "Un agenda partagé. Quatre rendez-vous donnés d'avance. Les autres ne savent pas faire."


def shown(pieces: list[Piece]) -> str:
    return "".join(f"[{text}]" if marked else text for text, marked in pieces)


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Les Érables de l'été", "erable ETE", "Les [Érable]s de l'[été]"),
        ("prix et prix", "prix", "[prix] et [prix]"),
        ("rendez-vous", "rendez vous", "[rendez]-[vous]"),
        ("anana", "ana", "[anana]"),
        ("Straße", "STRASSE", "[Straße]"),
        ("<b>prix</b>", "prix", "<b>[prix]</b>"),
        ("rien de tel", "prix", "rien de tel"),
        ("", "prix", ""),
        ("prix", "", "prix"),
    ],
)
def test_words_are_marked_whatever_accents_and_capitals(text: str, words: str, said: str) -> None:
    assert shown(excerpt(text, words)) == said


@pytest.mark.parametrize(
    ("words", "most", "said"),
    [
        ("agenda", 30, "Un [agenda] partagé. Quatre…"),
        ("agenda", 20, "Un [agenda] partagé. …"),
        ("savent", 30, "…autres ne [savent] pas faire."),
        ("avance", 24, "…d'[avance]. Les autres ne…"),
        ("absent", 12, "Un agenda…"),
        ("agenda", 500, LONG.replace("agenda", "[agenda]")),
    ],
)
def test_a_long_text_is_cut_at_words_around_what_was_found(
    words: str, most: int, said: str
) -> None:
    pieces = excerpt(LONG, words, most)

    assert shown(pieces) == said
    assert "".join(piece.text for piece in pieces).strip(" …") in LONG


def test_a_word_without_end_is_cut_within() -> None:
    pieces = excerpt("x" * 1000 + "prix" + "y" * 1000, "prix", 30)

    assert [piece.text for piece in pieces if piece.marked] == ["prix"]
    assert sum(len(piece.text) for piece in pieces) == 30 + len("……")


def test_all_words_may_stand_in_different_texts() -> None:
    assert says_all(["Liste de prix", "Érable"], "erable prix")
    assert not says_all(["Liste de prix"], "erable prix")

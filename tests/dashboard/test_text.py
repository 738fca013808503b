"""Every text in the reader's language, with its values written the way the language does."""

from datetime import date

import pytest

from dashboard.text import (
    Language,
    alphabetical,
    language_of,
    listed,
    render,
    text,
    text_plural,
)
from pipelines.errors import Problem, msg
from pipelines.kpis.definition import LocalText

_NARROW, _NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en", "en"),
        ("fr", "fr"),
        ("fr-CA", "fr_CA"),
        ("fr_CA", "fr_CA"),
        ("fr-FR", "fr"),
        ("en-US", "en"),
        ("C", "en"),
        ("de_DE", "en"),
    ],
)
def test_a_locale_leads_to_the_nearest_language(locale: str, language: Language) -> None:
    assert language_of(locale) == language


def test_numbers_days_and_lists_are_written_as_the_language_does() -> None:
    values = {"n": 1234.5, "day": date(2026, 11, 21), "names": ["Anne", "Bruno"]}
    template = "{n} | {day} | {names}"

    assert text(template, "en", **values) == "1,234.5 | Nov 21, 2026 | Anne and Bruno"
    assert text(template, "fr", **values) == f"1{_NARROW}234,5 | 21 novembre 2026 | Anne et Bruno"


def test_names_are_sorted_without_accents_and_case() -> None:
    names = ["Zoé", "Étienne", "eva", "Émile", "Eric"]

    assert sorted(names, key=alphabetical) == ["Émile", "Eric", "Étienne", "eva", "Zoé"]


def test_french_counts_the_first_of_a_month_and_no_other_day() -> None:
    assert text("{day}", "fr", day=date(2026, 11, 1)) == "1er novembre 2026"
    assert text("{day}", "fr_CA", day=date(2026, 11, 11)) == "11 novembre 2026"
    assert text("{day}", "en", day=date(2026, 11, 1)) == "Nov 1, 2026"


@pytest.mark.parametrize("language", ["fr", "fr_CA"])
@pytest.mark.parametrize(
    ("month", "of"),
    [
        ("avril 2026", "d’avril 2026"),
        ("août 2026", "d’août 2026"),
        ("octobre 2026", "d’octobre 2026"),
        ("Élise", "d’Élise"),
        ("mai 2026", "de mai 2026"),
        ("11 points", "de 11 points"),
        ("", "de "),
    ],
)
def test_french_elides_before_a_vowel_whatever_a_sentence_is_filled_with(
    month: str, of: str, language: Language
) -> None:
    said = text("What the review of {month} decided, and what came of it", language, month=month)

    assert said == f"Ce que la revue {of} a décidé, et ce qu’il en est"


def test_english_sentences_stay_as_they_are() -> None:
    assert text("de {month}", "en", month="avril") == "de avril"


def test_quebec_falls_back_to_the_french_of_france() -> None:
    assert text("There is no workspace here.", "fr_CA") == text("There is no workspace here.", "fr")


def test_an_unknown_text_is_shown_in_english_rather_than_not_at_all() -> None:
    assert text("Nobody has translated this.", "fr") == "Nobody has translated this."


def test_french_counts_nothing_as_one() -> None:
    one, many = "{count} action late", "{count} actions late"

    assert [text_plural(one, many, count, "fr") for count in (0, 1, 2)] == [
        "0 action en retard",
        "1 action en retard",
        "2 actions en retard",
    ]
    assert text_plural(one, many, 0, "en") == "0 actions late"


def test_a_bilingual_text_needs_no_catalogue() -> None:
    name = LocalText("Win rate", "Taux de transformation", "Ratio de conclusion")

    assert [render(name, language) for language in ("en", "fr", "fr_CA")] == [
        "Win rate",
        "Taux de transformation",
        "Ratio de conclusion",
    ]


@pytest.mark.parametrize(
    ("language", "colon"), [("en", ": "), ("fr", f"{_NO_BREAK}: "), ("fr_CA", f"{_NO_BREAK}: ")]
)
def test_a_problem_is_one_line_with_the_colon_of_the_country(
    language: Language, colon: str
) -> None:
    problem = Problem(msg("Nobody has translated this."), "a.csv", msg("Nor this."))

    assert render(problem, language) == f"a.csv{colon}Nobody has translated this. Nor this."


@pytest.mark.parametrize(
    ("names", "english", "french"),
    [
        (["Anne"], "Anne", "Anne"),
        (["Anne", "Luc"], "Anne and Luc", "Anne et Luc"),
        (["Anne", "Luc", "Zoé"], "Anne, Luc, and Zoé", "Anne, Luc et Zoé"),
        ([], "", ""),
    ],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], english: str, french: str) -> None:
    assert listed(names, "en") == english
    assert listed(names, "fr") == listed(names, "fr_CA") == french

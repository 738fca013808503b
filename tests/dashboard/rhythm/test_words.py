from dataclasses import replace
from datetime import date, datetime
from itertools import product

import pytest

from dashboard.rhythm.action import ActionEvent, EventKind
from dashboard.rhythm.review import Row
from dashboard.rhythm.words import (
    entity_name,
    event_sentence,
    summary,
    verdict_label,
    verdict_sentence,
)
from dashboard.text import LANGUAGES, Language, render
from pipelines.analysis.judgement import Limits, Signal, Verdict
from pipelines.errors import msg
from pipelines.kpis.definition import Definition, Measure
from pipelines.periods import Calendar, Grain
from tests.builders.reviews import (
    TODAY,
    action,
    empty_review,
    full_review,
    judged,
    kpi,
    review,
    row,
    unavailable,
)

BAND = Limits(10, 20, 30, 12)


def said(one: Row, language: Language = "en") -> str:
    return render(verdict_sentence(one), language)


def one_row(
    value: float | None,
    target: float | None,
    verdict: Verdict,
    signal: Signal | None = None,
    *,
    favourable: bool | None = None,
    run: int = 0,
) -> Row:
    return row(kpi(), [value], target, verdict, signal, favourable=favourable, run=run, limits=BAND)


def test_a_value_off_target_and_below_its_limits_says_so_and_asks_for_the_cause() -> None:
    low = one_row(9, 25, Verdict.FIND_THE_CAUSE, Signal.OUTSIDE, favourable=False, run=3)

    assert said(low) == ("Off target 3 weeks running, and below its natural limits.")
    assert said(low, "fr") == (
        "Objectif non atteint 3 semaines de suite, et sous ses limites naturelles."
    )
    assert said(low, "fr_CA").startswith("Cible non atteinte 3 semaines de suite, et sous")


def test_an_adverse_signal_counts_although_the_target_is_met() -> None:
    met = one_row(9, 5, Verdict.FIND_THE_CAUSE, Signal.OUTSIDE, favourable=False)

    assert said(met) == "On target, but below its natural limits."


def test_a_favourable_signal_off_target_is_still_off_target_but_improving() -> None:
    better = one_row(35, 40, Verdict.LEARN, Signal.OUTSIDE, favourable=True, run=4)

    assert said(better) == ("Still off target, but improving: above its natural limits.")
    assert "pas encore atteint" in said(better, "fr")
    assert "pas encore atteinte" in said(better, "fr_CA")


def test_a_favourable_signal_on_target_is_worth_learning_from() -> None:
    good = one_row(35, 30, Verdict.LEARN, Signal.OUTSIDE, favourable=True)

    assert said(good) == "On target, and above its natural limits."


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (1, "Off target, routine variation"),
        (2, "Off target 2 weeks running, routine variation"),
    ],
)
def test_one_week_off_target_is_no_run(run: int, words: str) -> None:
    assert said(one_row(18, 22, Verdict.CHANGE_THE_SYSTEM, run=run)).startswith(words)


def test_a_monthly_run_is_told_in_months() -> None:
    october = Calendar().period(Grain.MONTH, date(2026, 10, 1))
    point = judged(october, 18, 22, Verdict.CHANGE_THE_SYSTEM, run=3)
    monthly = replace(one_row(18, 22, Verdict.CHANGE_THE_SYSTEM), latest=point)

    assert said(monthly).startswith("Off target 3 months running")


@pytest.mark.parametrize(
    ("value", "signal", "words"),
    [
        (31, Signal.OUTSIDE, "above its natural limits"),
        (27, Signal.THREE_OF_FOUR, "well above the average"),
        (13, Signal.THREE_OF_FOUR, "well below the average"),
        (21, Signal.RUN_OF_EIGHT, "eight values or more in a row are above the average"),
        (19, Signal.RUN_OF_EIGHT, "eight values or more in a row are below the average"),
        (15, Signal.RANGE, "changed more than usual"),
    ],
)
def test_a_signal_is_told_by_what_was_seen(value: float, signal: Signal, words: str) -> None:
    assert words in said(one_row(value, 25, Verdict.FIND_THE_CAUSE, signal, favourable=False))


def test_for_a_duration_below_is_good_and_the_words_still_say_below() -> None:
    quick = row(
        kpi("sales_cycle"), [9], 30, Verdict.LEARN, Signal.OUTSIDE,
        favourable=True, on_target=True, limits=BAND,
    )  # fmt: skip

    assert said(quick) == "On target, and below its natural limits."


def test_without_a_target_the_signal_is_still_told() -> None:
    assert said(one_row(31, None, Verdict.NO_TARGET, Signal.OUTSIDE, favourable=True)) == (
        "Nothing to compare with, but above its natural limits."
    )
    assert said(one_row(18, None, Verdict.NO_TARGET)) == (
        "Set a target to see whether this is enough."
    )


def test_too_small_a_sample_says_how_small_and_a_short_history_says_that() -> None:
    measure = Measure("deals", "closed_on", "count(*)", denominator="count(*)", min_sample=10)
    few = one_row(0.5, 0.3, Verdict.TOO_FEW)
    assert few.latest is not None
    definition = replace(few.definition, measure=measure)
    point = replace(few.latest.point, sample=4)
    small = replace(few, definition=definition, latest=replace(few.latest, point=point))

    assert said(small) == "Only 4 rows; below 10, no verdict."
    assert said(few) == "The history is too short to judge by: shown, not judged."


def test_what_is_unavailable_says_its_own_reason() -> None:
    missing = unavailable(kpi(), msg("No meetings were imported."))

    assert render(verdict_label(missing), "fr_CA") == "Indisponible"
    assert said(missing) == "No meetings were imported."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_contradicts_its_target(language: Language) -> None:
    on, off = {
        "en": ("On target", "ff target"),
        "fr": ("Objectif atteint", "atteint"),
        "fr_CA": ("Cible atteinte", "atteinte"),
    }[language]
    verdicts = (Verdict.FIND_THE_CAUSE, Verdict.LEARN)
    for verdict, signal, favourable in product(verdicts, Signal, (True, False)):
        met = said(one_row(31, 25, verdict, signal, favourable=favourable), language)
        missed = said(one_row(31, 45, verdict, signal, favourable=favourable, run=2), language)

        assert met.startswith(on)
        assert off in missed
        assert not missed.startswith(on)
        assert "{" not in met + missed


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_label_and_a_sentence_in_french(verdict: Verdict) -> None:
    one = one_row(None if verdict is Verdict.NONE else 18, 22, verdict, run=1)

    for language in ("fr", "fr_CA"):
        assert render(verdict_label(one), language) != render(verdict_label(one), "en")
        assert said(one, language) != said(one)


def test_a_signal_without_a_target_is_not_called_no_exception() -> None:
    aimless = review(one_row(9, None, Verdict.NO_TARGET, Signal.OUTSIDE, favourable=False))

    assert render(summary(aimless), "en") == "1 signal without a target; no action late."


def test_a_summary_counts_exceptions_quiet_rows_the_rest_and_late_actions() -> None:
    assert render(summary(full_review()), "en") == (
        "4 exceptions, 2 KPIs with nothing to report, and 1 not judged; 2 actions late."
    )
    assert render(summary(review(one_row(25, 22, Verdict.QUIET))), "en") == (
        "No exception and 1 KPI with nothing to report; no action late."
    )
    late = review(one_row(9, 22, Verdict.CHANGE_THE_SYSTEM), late=(action(1, "Call"),))
    assert render(summary(late), "en") == "1 exception; 1 action late."
    assert render(summary(empty_review()), "fr") == "Il n’y a pas encore d’indicateur à montrer."


def test_punctuation_follows_the_country() -> None:
    narrow = "\N{NARROW NO-BREAK SPACE}"

    assert f"verdict{narrow}; 2" in render(summary(full_review()), "fr")
    assert "verdict; 2" in render(summary(full_review()), "fr_CA")


@pytest.mark.parametrize(
    ("kind", "before", "after", "words"),
    [
        (EventKind.ADDED, None, "Call", "Added: “Call”"),
        (EventKind.DONE, None, "2026-11-21", "Ticked off"),
        (EventKind.REOPENED, "2026-11-21", None, "Reopened"),
        (
            EventKind.MOVED,
            "2026-11-21",
            "2026-11-27",
            "Moved from Nov 21, 2026 to Nov 27, 2026: Away",
        ),
        (EventKind.ASSIGNED, "Luc", "Zoé", "Given by Luc to Zoé"),
        (EventKind.RENAMED, "Call", "Write", "Renamed from “Call” to “Write”"),
        (EventKind.LINKED, None, "meetings_held", "Linked to Meetings held"),
        (EventKind.LINKED, "gone", None, "No longer linked to gone"),
    ],
)
def test_a_history_reads_as_sentences(
    kind: EventKind, before: str | None, after: str | None, words: str
) -> None:
    known: dict[str, Definition] = {"meetings_held": kpi()}
    event = ActionEvent(
        1, 2, TODAY, datetime(2026, 11, 21, 13, 5), kind, before, after, "Away", None  # noqa: DTZ001 - stored moments are UTC without a zone
    )  # fmt: skip

    assert render(event_sentence(event, known), "en") == words


def test_files_hold_things_that_people_know_by_name() -> None:
    assert render(entity_name("deals"), "fr_CA") == "opportunités"
    assert render(entity_name("quotes"), "fr") == "quotes"

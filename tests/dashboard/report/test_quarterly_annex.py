"""The annex of a quarterly paper: what the KPIs mean."""

from dataclasses import replace

from dashboard.report.quarterly.around import annex
from dashboard.report.quarterly.kpis import kpi_by_kpi
from dashboard.report.sheet import Chart, Entries, Facts, Sentence
from dashboard.rhythm.quarter.reading import whole_review
from dashboard.rhythm.quarter.record import KpiMeaning
from dashboard.rhythm.quarter.recording import record_of
from pipelines.kpis.definition import LocalText, Unit
from tests.builders.quarters import quarter_company


def test_a_kpi_kept_by_hand_answers_no_question_that_somebody_wrote_down() -> None:
    context = quarter_company()
    calls = KpiMeaning(
        key="calls",
        name=LocalText("Calls", "Appels"),
        unit=Unit.COUNT,
        currency=None,
        question=LocalText("", ""),
        formula=LocalText("Typed by hand.", "Saisi à la main."),
        confidential=False,
    )
    quarter = context.calendar.parse("2026-Q3")
    record = replace(record_of(context, whole_review(context, quarter)), meanings=(calls,))

    (entries,) = annex(record, "en")[0].blocks

    assert isinstance(entries, Entries)
    assert [(one.label, one.text) for one in entries.entries[0].facts] == [
        ("Computed as", "Typed by hand.")
    ]


def test_the_words_in_which_weeks_are_judged_are_defined() -> None:
    context = quarter_company()
    quarter = context.calendar.parse("2026-Q3")
    record = record_of(context, whole_review(context, quarter))

    (part,) = (one for one in annex(record, "fr_CA") if "semaines" in one.heading)

    (defined,) = part.blocks
    assert isinstance(defined, Facts)
    labels = [one.label for one in defined.facts]
    assert labels == ["Limites naturelles", "Signal", "Moyenne des semaines"]
    assert "2,66 fois" in defined.facts[0].text


def test_a_chart_shows_where_its_quarter_begins_and_the_legend_says_so() -> None:
    context = quarter_company()
    review = whole_review(context, context.calendar.parse("2026-Q3"))

    part = kpi_by_kpi(review, "en", context.calendar)

    assert part is not None
    legend, drawn = part.blocks[0], [one for one in part.blocks if isinstance(one, Chart)]
    assert isinstance(legend, Sentence)
    assert "dotted line: the quarter begins" in legend.text
    # thirteen weeks stand before the thirteen of the quarter
    assert {one.drawing["begins"] for one in drawn} == {0.5}

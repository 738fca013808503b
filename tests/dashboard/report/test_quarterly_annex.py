"""The annex of a quarterly paper: what the KPIs mean."""

from dataclasses import replace

from dashboard.report.quarterly.around import annex
from dashboard.report.sheet import Entries
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

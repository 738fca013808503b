"""What a quarterly review decided stands in its minutes, on screen and on paper."""

import pytest

from dashboard.report.minutes_sheet import minutes_sheet
from dashboard.report.minutes_verdicts import verdicts
from dashboard.report.sheet import Table
from dashboard.report.sheet_markdown import sheet_markdown
from dashboard.rhythm.meeting import closing
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.quarter.model import Way
from dashboard.text import LANGUAGES, Language
from tests.builders.meetings import started
from tests.builders.quarters import decided, quarter_company, review_meeting


def closed_review() -> Minutes:
    context = quarter_company()
    number = review_meeting(context)
    decided(context, number, "kpi deals_won", Way.KEEP, "It tells most")
    decided(context, number, "kpi win_rate", Way.DROP, "Nobody looks at it")
    decided(context, number, "kpi meetings_held", Way.CHANGE, "Too few", "Count first meetings")
    return closing.close(context, number)


def test_what_changes_comes_before_what_stops_and_what_stays() -> None:
    part = verdicts(closed_review(), "en")

    assert part is not None
    (table,) = part.blocks
    assert isinstance(table, Table)
    assert table.rows[0][2].small == "Count first meetings"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Meetings held", "Change it", "Too few", "Louise Gagnon"],
        ["Win rate", "Drop it", "Nobody looks at it", "Louise Gagnon"],
        ["Deals won", "Keep it", "It tells most", "Louise Gagnon"],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_minutes_say_it_in_every_language(language: Language) -> None:
    minutes = closed_review()
    context = quarter_company()

    written = sheet_markdown(minutes_sheet(minutes, language, context.calendar))

    assert "Count first meetings" in written
    assert {"en": "Drop it", "fr": "Abandonner", "fr_CA": "Abandonner"}[language] in written


def test_other_meetings_have_no_such_part() -> None:
    context = quarter_company()

    assert verdicts(closing.close(context, started(context)), "en") is None

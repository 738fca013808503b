"""What a closed quarter shows to whom, beyond its review."""

from datetime import date

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.meeting import closing
from dashboard.rhythm.quarter.freezing import read_record
from dashboard.rhythm.quarter.record import QuarterRecord, as_seen
from tests.builders.meetings import ZOE
from tests.builders.quarters import plan_of_the_quarter, quarter_company, review_meeting


def closed_quarter() -> QuarterRecord:
    """Return a closed quarter after which two people go on with an action each."""
    context = quarter_company()
    plan_of_the_quarter(context)
    september = context.on(date(2026, 9, 1))
    add_action(september, "Call them", "Marc Roy", date(2026, 10, 20))
    add_action(september, "Write to them", "Zoé Côté", date(2026, 10, 20))
    number = review_meeting(context)
    closing.close(context, number)
    return read_record(context, number)


def going_on(record: QuarterRecord) -> list[str]:
    assert record.following is not None
    return sorted(one.title for one in record.following.draft.actions)


def test_whoever_sees_only_their_own_work_reads_no_action_of_a_colleague_that_goes_on() -> None:
    record = closed_quarter()

    assert going_on(record) == ["Call them", "Write to them"]
    assert going_on(as_seen(record, ZOE.scope, together=False)) == ["Write to them"]


def test_whoever_takes_part_in_the_review_reads_all_that_goes_on() -> None:
    assert going_on(as_seen(closed_quarter(), ZOE.scope, together=True)) == [
        "Call them",
        "Write to them",
    ]

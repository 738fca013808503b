"""What a closed quarter shows to whom, beyond its review."""

from dataclasses import replace
from datetime import date

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.meeting import closing
from dashboard.rhythm.quarter import draft
from dashboard.rhythm.quarter.freezing import read_record
from dashboard.rhythm.quarter.record import QuarterRecord, as_seen
from pipelines.actor import Scope
from pipelines.errors import msg
from tests.builders.meetings import FIVE, ZOE
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


def test_who_answers_for_a_kpi_of_the_next_quarter_is_told_to_those_who_may_see_them() -> None:
    def named(record: QuarterRecord) -> dict[str | None, str | None]:
        assert record.following is not None
        return {one.key: one.responsible for one in record.following.draft.kpis}

    record = closed_quarter()

    assert named(record)["deals_won"] == "Marc Roy"
    for together in (True, False):
        hers = named(as_seen(record, ZOE.scope, together=together))
        assert {key for key, name in hers.items() if name} == {"new_opportunities"}
        assert hers["new_opportunities"] == "Zoé Côté"


def test_notes_that_name_colleagues_are_for_those_who_may_see_them() -> None:
    found = closed_quarter().following
    assert found is not None
    noted = replace(found, notes=(msg("Nobody but {name} knows it.", name="Marc Roy"),))

    assert draft.as_seen(noted, FIVE, Scope()).notes == noted.notes
    assert draft.as_seen(noted, FIVE, Scope(people=frozenset({"Zoé Côté"}))).notes == ()


def test_a_new_kpi_of_the_next_quarter_is_read_by_those_who_see_no_margins() -> None:
    record = closed_quarter()
    # nothing was followed in the quarter itself
    new = replace(record, numbers=replace(record.numbers, gaps=()))

    hers = as_seen(new, ZOE.scope, together=False).following

    assert hers is not None
    assert record.following is not None
    assert len(hers.draft.kpis) == len(record.following.draft.kpis) == len(FIVE)


def test_whoever_takes_part_in_the_review_reads_all_that_goes_on() -> None:
    assert going_on(as_seen(closed_quarter(), ZOE.scope, together=True)) == [
        "Call them",
        "Write to them",
    ]

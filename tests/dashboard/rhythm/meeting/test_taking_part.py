"""Who is invited takes part; who is not sees nothing of it."""

from collections.abc import Callable
from datetime import date

import pytest

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.meeting import agenda, closing, noting, preparing, running, wins
from dashboard.rhythm.meeting.archive import search
from dashboard.rhythm.meeting.reading import (
    commitments,
    current_meeting,
    meetings,
    minutes,
)
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused
from pipelines.people.person import Details
from pipelines.people.register import add_person, join
from tests.builders.meetings import LUC, ZOE, company, seen, started

ANNE = Actor("Anne Roy", None, Scope(frozenset({"Anne Roy"}), margins=False, ratings=False))


def test_an_invited_salesperson_sees_the_whole_meeting_with_everybodys_commitments() -> None:
    context = company()
    add_action(context, "Call Érable", "Luc Paré", date(2026, 11, 16))
    number = started(context)

    found = seen(context.by(ZOE), number)

    assert found.meeting_id == number
    (one,) = commitments(context.by(ZOE), found)
    assert (one.action.title, one.action.owner) == ("Call Érable", "Luc Paré")


@pytest.mark.parametrize(
    "gesture",
    [
        seen,
        closing.read_back,
        running.start,
        running.next_section,
        closing.close,
        lambda context, number: agenda.add_item(context, number, "Fair"),
        lambda context, number: noting.save_note(context, number, "section 1", "Words", 0),
        lambda context, number: wins.add_win(context, number, "A win"),
        lambda context, number: closing.rate(context, number, 1),
    ],
)
def test_who_is_not_invited_neither_reads_nor_writes(
    gesture: Callable[[Context, int], object],
) -> None:
    context = company()
    number = started(context)

    with pytest.raises(AccessRefused, match="not invited"):
        gesture(context.by(ANNE), number)


def test_who_is_not_invited_finds_nothing_of_it_anywhere() -> None:
    context = company()
    number = started(context)
    wins.add_win(context, number, "Érable signed")
    closing.close(context, number)

    assert meetings(context.by(ANNE)) == ()
    assert current_meeting(context.by(ANNE)) is None
    assert search(context.by(ANNE), "érable") == ()
    with pytest.raises(AccessRefused):
        minutes(context.by(ANNE), number)
    assert [one.meeting_id for one in meetings(context.by(LUC))][-1] == number
    assert len(search(context.by(LUC), "érable")) == 1


def test_an_invitation_under_another_spelling_is_theirs() -> None:
    context = company()
    zoe = add_person(context, Details("Zoé Côté"))
    preparing.plan_meeting(context, invited=["Z. Cote"])
    join(context, zoe.person_id, "Z. Cote")

    found = current_meeting(context.by(ZOE))

    assert found is not None
    assert [one.name for one in found.attendees] == ["Louise Gagnon", "Zoé Côté"]


def test_somebody_linked_to_a_person_takes_part_under_that_persons_name() -> None:
    context = company()
    zoe = add_person(context, Details("Zoé Côté"))
    account = Actor("zoe@érable", zoe.person_id, Scope(frozenset({"Zoé Côté"})))
    number = started(context)

    item = agenda.add_item(context.by(account), number, "Fair")

    assert item.raised_by == "Zoé Côté"

from datetime import date

import pytest

from dashboard.rhythm.meeting import (
    agenda,
    closing,
    coming,
    deciding,
    noting,
    preparing,
    running,
    sections,
    voting,
    wins,
)
from dashboard.rhythm.meeting.model import Kind, Opened, Purpose, Status, Topic
from dashboard.rhythm.meeting.reading import current_meeting
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.errors import Refused
from pipelines.people.person import Details
from pipelines.people.register import add_person, change_person, deactivate
from pipelines.store import Cursor
from tests.builders.meetings import LOUISE, TEAM, company, planned, seen, started, understood
from tests.builders.warehouse import warehouse_with

TUESDAY = date(2026, 11, 17)


def test_the_next_meeting_is_planned_for_the_next_day_it_is_due() -> None:
    context = company(today="2026-11-18")

    found = seen(context, preparing.plan_meeting(context, invited=TEAM).meeting_id)

    assert (found.held_on, found.kind) == (date(2026, 11, 24), Kind.WEEKLY)
    assert (found.status, found.purpose) == (Status.PLANNED, Purpose.DECIDE)
    assert sum(section.minutes for section in found.sections) == 30
    assert found.chair == "Louise Gagnon"


def test_planning_the_same_day_twice_finds_the_same_meeting() -> None:
    context = company()
    first = preparing.plan_meeting(context, day=TUESDAY)

    second = preparing.plan_meeting(context, day=TUESDAY)

    assert (first.already, second) == (False, Opened(first.meeting_id, already=True))


def test_a_meeting_that_was_moved_is_still_the_next_one() -> None:
    context = company(today="2026-11-16")
    number = planned(context)
    preparing.change_meeting(context, number, day=date(2026, 11, 19))

    assert preparing.plan_meeting(context) == Opened(number, already=True)


def test_each_kind_has_its_own_meeting_on_a_day() -> None:
    context = company()

    weekly = preparing.plan_meeting(context, Kind.WEEKLY, TUESDAY)
    monthly = preparing.plan_meeting(context, Kind.MONTHLY, TUESDAY)

    assert weekly.meeting_id != monthly.meeting_id
    found = seen(context, monthly.meeting_id)
    assert (found.purpose, sum(one.minutes for one in found.sections)) == (Purpose.TAKE_STOCK, 60)


def test_a_holiday_moves_the_meeting_to_the_next_working_day() -> None:
    # in Québec, 24 June 2025 is a holiday, and a Tuesday
    context = warehouse_with(today="2025-06-23", country="CA", province="QC").by(LOUISE)

    assert coming.next_day(context) == date(2025, 6, 25)


def test_the_company_says_on_which_day_and_for_how_long_it_meets() -> None:
    context = warehouse_with(
        today="2026-11-16",
        meetings={"first_on": "2026-01-08", "weekday": "thursday", "minutes": 60},
    ).by(LOUISE)

    found = seen(context, preparing.plan_meeting(context).meeting_id)

    assert found.held_on == date(2026, 11, 19)
    assert [section.minutes for section in found.sections] == [4, 12, 12, 24, 8]


def test_a_day_that_is_over_cannot_be_planned() -> None:
    context = company()

    with pytest.raises(Refused, match="in the past"):
        preparing.plan_meeting(context, day=date(2026, 11, 16))


def test_the_next_meeting_has_the_agenda_and_the_people_of_the_last() -> None:
    context = company()
    number = planned(context)
    sections.change_section(context, number, 1, "Bons coups", 3)
    sections.add_section(context, number, "Stocks", 5)
    running.start(context, number)
    closing.close(context, number)

    following = current_meeting(context)

    assert following is not None
    assert following.held_on == date(2026, 11, 24)
    first = following.sections[0]
    assert (first.title, first.topic) == ("Bons coups", Topic.WINS)
    assert following.sections[-1].title == "Stocks"
    assert {one.name for one in following.attendees} == set(TEAM)
    assert all(one.present is None for one in following.attendees)


def test_without_an_example_everybody_who_works_here_is_invited() -> None:
    context = company()
    people = [add_person(context, Details(name)) for name in ("Zoé Côté", "Luc Paré", "Anne Roy")]
    deactivate(context, people[2].person_id, 1)

    found = seen(context, preparing.plan_meeting(context).meeting_id)

    assert [one.name for one in found.attendees] == ["Louise Gagnon", "Luc Paré", "Zoé Côté"]


def test_who_has_left_is_not_invited_again() -> None:
    context = company()
    luc = add_person(context, Details("Luc Paré"))
    number = started(context)
    deactivate(context, luc.person_id, 1)
    closing.close(context, number)

    following = current_meeting(context)

    assert following is not None
    assert {one.name for one in following.attendees} == set(TEAM) - {"Luc Paré"}


def test_people_are_invited_and_invitations_taken_back() -> None:
    context = company()
    number = planned(context)

    preparing.invite(context, number, ["Anne Roy", "Zoé Côté", "Anne Roy"])
    preparing.uninvite(context, number, "Luc Paré")

    names = [one.name for one in seen(context, number).attendees]
    assert names == ["Anne Roy", "Louise Gagnon", "Marc Roy", "Zoé Côté"]


def test_nobody_who_is_there_loses_the_invitation() -> None:
    context = company()
    number = started(context)
    running.mark(context, number, "Zoé Côté", 1, present=True)

    with pytest.raises(Refused, match="is there"):
        preparing.uninvite(context, number, "Zoé Côté")


def test_chair_purpose_and_day_can_be_changed() -> None:
    context = company()
    number = planned(context)

    preparing.change_meeting(
        context, number, day=date(2026, 11, 18), purpose=Purpose.SHARE, chair="Marc Roy"
    )

    found = seen(context, number)
    assert (found.held_on, found.purpose, found.chair) == (
        date(2026, 11, 18),
        Purpose.SHARE,
        "Marc Roy",
    )


def test_a_meeting_is_not_moved_onto_another_into_the_past_or_once_it_runs() -> None:
    context = company()
    number = planned(context)
    preparing.plan_meeting(context, day=date(2026, 11, 24))

    with pytest.raises(Refused, match="Another meeting"):
        preparing.change_meeting(context, number, day=date(2026, 11, 24))
    with pytest.raises(Refused, match="in the past"):
        preparing.change_meeting(context, number, day=date(2026, 11, 1))
    running.start(context, number)
    with pytest.raises(Refused, match="has started"):
        preparing.change_meeting(context, number, day=date(2026, 11, 25))


@pytest.mark.parametrize("name", ["", " \n ", "x" * 121])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    context = company()
    number = planned(context)

    with pytest.raises(Refused):
        preparing.invite(context, number, [name])


def test_the_nearest_meeting_to_come_is_the_current_one() -> None:
    context = company(today="2026-11-10")
    missed = preparing.plan_meeting(context, day=date(2026, 11, 10)).meeting_id
    far = preparing.plan_meeting(context, day=date(2026, 12, 1)).meeting_id
    near = preparing.plan_meeting(context, day=date(2026, 11, 24)).meeting_id
    later = context.on(date(2026, 11, 17))

    found = current_meeting(later)
    assert found is not None
    assert found.meeting_id == near
    running.start(later, missed)
    found = current_meeting(later)
    assert found is not None
    assert (found.meeting_id, found.held_on) == (missed, date(2026, 11, 17))
    assert far != near


def test_without_any_meeting_there_is_no_current_one() -> None:
    assert current_meeting(company()) is None


#: Everything that names people in meetings; frozen minutes keep the names they were made with.
_NAMED = {
    "meetings": ("chair",),
    "meeting_events": ("author",),
    "agenda_items": ("raised_by",),
    "agenda_concerns": ("name",),
    "attendance": ("name",),
    "meeting_notes": ("author",),
    "blocker_notes": ("author",),
    "wins": ("person", "author"),
    "blockers": ("raised_by",),
    "blocker_votes": ("person",),
    "decisions": ("owner", "author"),
    "ratings": ("person",),
}


def test_a_renamed_person_is_renamed_wherever_meetings_name_them() -> None:
    context = company().by(Actor("Zoé Côté"))
    zoe = add_person(context, Details("Zoé Côté"))
    number = planned(context)
    running.start(context, number)
    agenda.add_item(context, number, "Fair", concerns=["Zoé Côté"])
    noting.save_note(context, number, "section 1", "Words", 0)
    wins.add_win(context, number, "Érable signed", "Zoé Côté")
    blocker = understood(context, number)
    voting.vote(context, number, blocker)
    deciding.decide(context, number, "No rebates", "Zoé Côté", TUESDAY, blocker_id=blocker)
    closing.rate(context, number, 9)
    assert _named(context, "Zoé Côté") == _NAMED

    change_person(context, zoe.person_id, zoe.version, Details("Zoé Tremblay"))

    assert _named(context, "Zoé Côté") == {}
    assert _named(context, "Zoé Tremblay") == _NAMED
    assert seen(context, number).ratings.given_by == ("Zoé Tremblay",)


def _named(context: Context, name: str) -> dict[str, tuple[str, ...]]:
    """Return the columns of the tables of meetings in which somebody stands."""

    def read(cursor: Cursor) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for table, columns in _NAMED.items():
            held = tuple(
                column
                for column in columns
                if cursor.execute(
                    f"select 1 from {table} where {column} = $name limit 1", {"name": name}
                ).fetchall()
            )
            if held:
                found[table] = held
        return found

    return context.store.read(read)


def test_every_column_of_a_meeting_that_names_people_is_looked_at() -> None:
    context = company()
    tables = {*_NAMED, "agenda_sections", "meeting_actions", "minutes"}

    columns = context.store.read(
        lambda cursor: cursor.execute(
            "select table_name, column_name from information_schema.columns"
        ).fetchall()
    )

    people = {"name", "person", "author", "owner", "chair", "raised_by"}
    found: dict[str, set[str]] = {}
    for table, column in columns:
        if table in tables and column in people:
            found.setdefault(table, set()).add(column)
    assert found == {table: set(names) for table, names in _NAMED.items()}

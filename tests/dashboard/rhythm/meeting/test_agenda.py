from datetime import date

import pytest

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.meeting import agenda, noting, running, sections
from dashboard.rhythm.meeting.model import Topic
from pipelines.context import Context
from pipelines.errors import Conflict, Refused
from tests.builders.meetings import LUC, ZOE, company, planned, said, seen, started, steering

FRIDAY = date(2026, 11, 20)


def outline(context: Context, number: int) -> list[tuple[int, Topic, str | None, int]]:
    return [
        (one.position, one.topic, one.title, one.minutes) for one in seen(context, number).sections
    ]


def test_whoever_is_invited_puts_points_on_the_agenda_in_advance() -> None:
    context = company()
    number = planned(context)

    item = agenda.add_item(context.by(ZOE), number, " The fair\nin March ")

    assert (item.title, item.raised_by, item.closed) == ("The fair in March", "Zoé Côté", False)
    assert seen(context, number).items == (item,)


def test_a_point_concerns_who_answers_for_its_kpi_or_its_action() -> None:
    context = steering([5, 5, 5, 5])
    number = planned(context)
    action = add_action(context, "Call Érable", "Zoé Côté", FRIDAY)

    about_kpi = agenda.add_item(context, number, "We lose more", kpi="win_rate")
    about_action = agenda.add_item(context, number, "Why late?", action_id=action.action_id)
    other = agenda.add_item(context, number, "Holidays", concerns=["Zoé Côté", "Luc Paré"])

    assert about_kpi.concerns == ("Luc Paré",)
    assert about_action.concerns == ("Zoé Côté",)
    assert other.concerns == ("Luc Paré", "Zoé Côté")
    topics = {one.position: one.topic for one in seen(context, number).sections}
    assert topics[about_kpi.section] is Topic.SCOREBOARD
    assert topics[about_action.section] is Topic.COMMITMENTS


def test_a_point_about_nothing_in_particular_is_talked_about_where_things_are_worked_on() -> None:
    context = company()
    number = planned(context)

    item = agenda.add_item(context, number, "The fair in March")

    topics = {one.position: one.topic for one in seen(context, number).sections}
    assert Topic.OTHER not in topics.values()
    assert topics[item.section] is Topic.BLOCKERS


def test_a_section_that_is_free_for_anything_takes_such_points() -> None:
    context = company()
    number = planned(context)
    free = sections.add_section(context, number, "Varia", 5)

    item = agenda.add_item(context, number, "The fair in March")

    assert item.section == free.position


def test_whom_it_concerns_title_and_section_can_be_changed() -> None:
    context = company()
    number = planned(context)
    item = agenda.add_item(context, number, "Fair", concerns=["Zoé Côté"])

    changed = agenda.change_item(
        context, number, item.item_id, 1, title="The fair", section=4, concerns=["Luc Paré"]
    )

    assert (changed.title, changed.section, changed.concerns) == ("The fair", 4, ("Luc Paré",))
    assert seen(context, number).items == (changed,)


def test_two_who_change_a_point_are_told_of_each_other() -> None:
    context = company()
    number = planned(context)
    item = agenda.add_item(context, number, "Fair")
    agenda.change_item(context, number, item.item_id, 1, title="The fair in March")

    with pytest.raises(Conflict) as error:
        agenda.change_item(context.by(LUC), number, item.item_id, 1, title="The fair in May")

    assert "“The fair in March”" in said(error)
    assert "“The fair in May”" in said(error)


def test_a_point_is_dealt_with_and_taken_up_again() -> None:
    context = company()
    number = planned(context)
    item = agenda.add_item(context, number, "Fair")

    closed = agenda.close_item(context, number, item.item_id, 1)
    again = agenda.close_item(context, number, item.item_id, 1)
    reopened = agenda.close_item(context, number, item.item_id, closed.version, closed=False)

    assert closed.closed
    assert again == closed
    assert not reopened.closed


@pytest.mark.parametrize(
    "values",
    [
        {"title": ""},
        {"title": "x" * 100_000},
        {"title": "Fair", "kpi": "win_rat"},
        {"title": "Fair", "action_id": 9},
        {"title": "Fair", "section": 9},
        {"title": "Fair", "concerns": ["x" * 200]},
    ],
    ids=["empty", "endless", "kpi", "action", "section", "name"],
)
def test_a_point_that_cannot_be_is_refused(values: dict[str, object]) -> None:
    context = company()
    number = planned(context)

    with pytest.raises(Refused):
        agenda.add_item(context, number, **values)  # type: ignore[arg-type]  # as named above

    assert seen(context, number).items == ()


@pytest.mark.parametrize(
    "title",
    [
        "<img src=https://example.com/x.png onerror=alert(1)>",
        "![](https://example.com/x.png)",
        "🎉 שלום",
        "[a](javascript:alert(1))",
    ],
)
def test_titles_of_points_and_sections_are_kept_as_text(title: str) -> None:
    context = company()
    number = planned(context)

    assert agenda.add_item(context, number, title).title == title
    assert sections.add_section(context, number, title, 5).title == title
    assert seen(context, number).items[0].title == title
    assert seen(context, number).sections[-1].title == title


def test_sections_are_added_renamed_and_given_other_minutes() -> None:
    context = company()
    number = planned(context)

    sections.add_section(context, number, "The fair", 5)
    sections.change_section(context, number, 1, "Bons coups", 3)

    assert outline(context, number) == [
        (1, Topic.WINS, "Bons coups", 3),
        (2, Topic.SCOREBOARD, None, 6),
        (3, Topic.COMMITMENTS, None, 6),
        (4, Topic.BLOCKERS, None, 12),
        (5, Topic.CLOSE, None, 4),
        (6, Topic.OTHER, "The fair", 5),
    ]


def test_before_it_starts_sections_change_their_places_with_what_is_in_them() -> None:
    context = company()
    number = planned(context)
    item = agenda.add_item(context, number, "Fair", section=1)
    noting.save_note(context, number, "section 1", "Érable signed", 0)

    sections.move_section(context, number, 1, 3)

    assert [one[1] for one in outline(context, number)] == [
        Topic.SCOREBOARD,
        Topic.COMMITMENTS,
        Topic.WINS,
        Topic.BLOCKERS,
        Topic.CLOSE,
    ]
    found = seen(context, number)
    assert [one.section for one in found.items if one.item_id == item.item_id] == [3]
    assert {one.subject: one.text for one in found.notes if one.text} == {
        "section 3": "Érable signed"
    }


def test_a_section_is_taken_off_and_its_points_stay_on_the_agenda() -> None:
    context = company()
    number = planned(context)
    agenda.add_item(context, number, "Fair", section=2)

    sections.remove_section(context, number, 2)

    assert [one[:2] for one in outline(context, number)] == [
        (1, Topic.WINS),
        (2, Topic.COMMITMENTS),
        (3, Topic.BLOCKERS),
        (4, Topic.CLOSE),
    ]
    assert [one.section for one in seen(context, number).items] == [3]


def test_a_section_in_which_something_is_written_is_not_taken_off() -> None:
    context = company()
    number = planned(context)
    noting.save_note(context, number, "section 2", "Look at the quotes", 0)

    with pytest.raises(Refused, match="Something is written"):
        sections.remove_section(context, number, 2)

    assert len(outline(context, number)) == 5


def test_once_it_runs_a_meeting_keeps_the_order_of_its_sections() -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused, match="has started"):
        sections.move_section(context, number, 1, 2)
    with pytest.raises(Refused, match="has started"):
        sections.remove_section(context, number, 1)
    sections.change_section(context, number, 4, None, 20)
    sections.add_section(context, number, "The fair", 5)
    running.enter(context, number, 6)

    assert [one[3] for one in outline(context, number)] == [2, 6, 6, 20, 4, 5]


@pytest.mark.parametrize(
    ("title", "minutes"), [("", 5), ("Fair", 0), ("Fair", 241), ("x" * 301, 5)]
)
def test_a_section_has_a_title_and_a_length(title: str, minutes: int) -> None:
    context = company()
    number = planned(context)

    with pytest.raises(Refused):
        sections.add_section(context, number, title, minutes)


def test_twenty_sections_are_enough() -> None:
    context = company()
    number = planned(context)
    for place in range(15):
        sections.add_section(context, number, f"Point {place}", 1)

    with pytest.raises(Refused, match="20 sections"):
        sections.add_section(context, number, "One more", 1)

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from dashboard.rhythm.actions import add_action
from dashboard.rhythm.meeting import agenda, blockers, closing, deciding, preparing, running, voting
from dashboard.rhythm.meeting.days import DayRefused
from dashboard.rhythm.meeting.model import BlockerStatus, Placed
from pipelines.context import Context
from pipelines.errors import Conflict, Refused
from pipelines.journal import changes_after
from tests.builders.meetings import (
    LOUISE,
    MARC,
    ZOE,
    company,
    planned,
    said,
    seen,
    started,
    understood,
)

NEXT_TUESDAY = date(2026, 11, 24)


def written(context: Context, number: int, *titles: str) -> list[int]:
    return [blockers.make_blocker(context, number, title=title).blocker_id for title in titles]


def titles(context: Context, number: int) -> list[str]:
    return [one.title for one in seen(context, number).blockers]


def test_a_kpi_becomes_a_blocker_once() -> None:
    context = company()
    number = started(context)

    first = blockers.make_blocker(context, number, kpi="win_rate")
    second = blockers.make_blocker(context.by(MARC), number, kpi="win_rate")

    assert first == Placed(1, already=False)
    assert second == Placed(1, already=True)
    (found,) = seen(context, number).blockers
    assert (found.title, found.kpi, found.raised_by) == ("Win rate", "win_rate", "Louise Gagnon")


def test_an_action_becomes_a_blocker_once_beside_its_kpi() -> None:
    context = company()
    number = started(context)
    action = add_action(context, "Call the silent ones", "Zoé Côté", NEXT_TUESDAY, "win_rate")
    other = add_action(context, "Write the price list", "Luc Paré", NEXT_TUESDAY)

    made = [
        blockers.make_blocker(context, number, kpi="win_rate"),
        blockers.make_blocker(context, number, action_id=action.action_id),
        blockers.make_blocker(context, number, action_id=action.action_id),
        blockers.make_blocker(context, number, action_id=other.action_id),
    ]

    assert [one.already for one in made] == [False, False, True, False]
    assert titles(context, number) == ["Win rate", "Call the silent ones", "Write the price list"]


def test_a_point_becomes_a_blocker_once_and_is_dealt_with() -> None:
    context = company()
    number = started(context)
    point = agenda.add_item(context, number, "The fair in March", kpi="win_rate")

    first = blockers.make_blocker(context, number, item_id=point.item_id)
    second = blockers.make_blocker(context, number, item_id=point.item_id)

    assert (first.already, second.already) == (False, True)
    (found,) = seen(context, number).blockers
    assert (found.title, found.kpi) == ("The fair in March", "win_rate")
    assert seen(context, number).items[0].closed


def test_a_blocker_is_its_authors_whoever_made_their_point_one() -> None:
    context = company()
    number = started(context)
    point = agenda.add_item(context.by(ZOE), number, "Nobody knows the new prices")

    blockers.make_blocker(context.by(MARC), number, item_id=point.item_id)
    blockers.make_blocker(context.by(MARC), number, title="Quotes go out late")

    assert [one.raised_by for one in seen(context, number).blockers] == ["Zoé Côté", "Marc Roy"]


def test_of_several_who_make_one_at_once_there_is_one() -> None:
    context = company()
    number = started(context)

    with ThreadPoolExecutor(4) as pool:
        made = list(
            pool.map(lambda _: blockers.make_blocker(context, number, kpi="win_rate"), range(4))
        )

    assert sorted(one.already for one in made) == [False, True, True, True]
    assert len(seen(context, number).blockers) == 1


@pytest.mark.parametrize(
    "about",
    [
        {"kpi": "win_rat"},
        {"action_id": 4},
        {"item_id": 4},
        {"title": " "},
        {},
        {"title": "x" * 301},
    ],
    ids=["kpi", "action", "point", "blank", "nothing", "long"],
)
def test_nothing_becomes_a_blocker_that_is_not_there(about: dict[str, object]) -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused):
        blockers.make_blocker(context, number, **about)  # type: ignore[arg-type]  # as named above

    assert seen(context, number).blockers == ()


def test_html_and_markdown_in_a_title_stay_text_on_one_line() -> None:
    context = company()
    number = started(context)

    written(context, number, "<script>x</script>\n![](https://example.com/p.png)")

    assert titles(context, number) == ["<script>x</script> ![](https://example.com/p.png)"]


def test_renaming_carries_the_version_that_was_seen() -> None:
    context = company()
    number = started(context)
    (blocker,) = written(context, number, "Quotes")

    renamed = blockers.rename_blocker(context, number, blocker, 1, "Quotes go out late")
    with pytest.raises(Conflict) as error:
        blockers.rename_blocker(context.by(MARC), number, blocker, 1, "Slow quotes")

    assert (renamed.title, renamed.version) == ("Quotes go out late", 2)
    assert "“Quotes go out late”, open" in said(error)


def test_a_blocker_is_parked_with_a_day_and_a_forum() -> None:
    context = company()
    number = started(context)
    (blocker,) = written(context, number, "Prices of the new range")

    parked = blockers.park(
        context, number, blocker, 1, until=NEXT_TUESDAY, forum="Louise and Marc, at lunch"
    )

    assert parked.status is BlockerStatus.PARKED
    assert (parked.parked_until, parked.forum) == (NEXT_TUESDAY, "Louise and Marc, at lunch")
    assert seen(context, number).blockers == (parked,)


@pytest.mark.parametrize(
    ("until", "proposed"),
    [
        (date(2026, 11, 16), date(2026, 11, 18)),  # yesterday
        (date(2026, 11, 22), date(2026, 11, 23)),  # a Sunday
        (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas is a Friday
    ],
    ids=["past", "sunday", "christmas"],
)
def test_a_day_that_does_not_do_is_said_with_the_next_working_day(
    until: date, proposed: date
) -> None:
    context = company()
    number = started(context)
    (blocker,) = written(context, number, "Prices")

    with pytest.raises(DayRefused) as error:
        blockers.park(context, number, blocker, 1, until=until, forum="Next meeting")

    assert error.value.proposed == proposed
    assert str(proposed) in said(error) or f"{proposed:%b} {proposed.day}" in said(error)
    assert seen(context, number).blockers[0].status is BlockerStatus.OPEN


def test_a_holiday_that_is_meant_is_taken_and_a_past_day_never() -> None:
    context = company()
    number = started(context)
    (blocker,) = written(context, number, "Prices")

    parked = blockers.park(
        context, number, blocker, 1, until=date(2026, 11, 22), forum="Sunday", anyway=True
    )
    with pytest.raises(DayRefused):
        blockers.park(
            context, number, blocker, 2, until=date(2026, 11, 1), forum="Sunday", anyway=True
        )

    assert parked.parked_until == date(2026, 11, 22)


def test_parking_asks_for_day_and_forum() -> None:
    context = company()
    number = started(context)
    (blocker,) = written(context, number, "Prices")

    with pytest.raises(Refused, match="date is missing"):
        blockers.park(context, number, blocker, 1, until=None, forum="Lunch")
    with pytest.raises(Refused, match="Nothing is written"):
        blockers.park(context, number, blocker, 1, until=NEXT_TUESDAY, forum=" ")


def test_a_parked_blocker_comes_back_on_its_day_and_not_before() -> None:
    context = company()
    number = started(context)
    (blocker,) = written(context, number, "Prices")
    later = date(2026, 12, 1)
    blockers.park(context, number, blocker, 1, until=later, forum="Weekly meeting")
    closing.close(context, number)

    week_after = context.on(NEXT_TUESDAY)
    second = preparing.plan_meeting(week_after).meeting_id
    running.start(week_after, second)
    assert seen(week_after, second).blockers == ()
    closing.close(week_after, second)
    in_two_weeks = context.on(later)
    third = preparing.plan_meeting(in_two_weeks).meeting_id
    running.start(in_two_weeks, third)

    (found,) = seen(in_two_weeks, third).blockers
    assert (found.blocker_id, found.status) == (blocker, BlockerStatus.OPEN)
    assert (found.parked_until, found.forum) == (None, None)


def test_somebody_who_runs_into_a_parked_blocker_brings_it_back() -> None:
    context = company()
    number = started(context)
    blocker = blockers.make_blocker(context, number, kpi="win_rate").blocker_id
    blockers.park(context, number, blocker, 1, until=NEXT_TUESDAY, forum="Next meeting")

    assert blockers.make_blocker(context, number, kpi="win_rate").already
    assert seen(context, number).blockers[0].status is BlockerStatus.OPEN


def test_a_blocker_that_was_decided_on_too_early_is_taken_up_again() -> None:
    context = company()
    number = started(context)
    blocker = understood(context, number)
    deciding.decide(context, number, "Hire", "Luc Paré", NEXT_TUESDAY, blocker_id=blocker)

    again = blockers.take_up(context, number, blocker, seen(context, number).blockers[0].version)
    deciding.decide(context, number, "Wait", "Luc Paré", NEXT_TUESDAY, blocker_id=blocker)

    assert again.status is BlockerStatus.OPEN
    found = seen(context, number)
    assert [one.text for one in found.decisions] == ["Hire", "Wait"]
    assert found.blockers[0].worked_in == number


def test_a_blocker_that_was_a_mistake_is_struck_off_and_may_be_raised_again() -> None:
    context = company()
    number = started(context)
    blocker = blockers.make_blocker(context, number, kpi="win_rate").blocker_id

    blockers.strike_off(context, number, blocker, 1)

    assert titles(context, number) == []
    assert not blockers.make_blocker(context, number, kpi="win_rate").already
    assert titles(context, number) == ["Win rate"]


def test_nobody_strikes_off_what_somebody_else_has_just_changed() -> None:
    context = company()
    number = started(context)
    (blocker,) = written(context, number, "Prices")
    blockers.rename_blocker(context.by(MARC), number, blocker, 1, "Prices of the new range")

    with pytest.raises(Conflict):
        blockers.strike_off(context, number, blocker, 1)

    assert titles(context, number) == ["Prices of the new range"]


def test_raising_and_parking_are_in_the_journal() -> None:
    context = company()
    number = started(context)
    (blocker,) = written(context, number, "Prices")
    blockers.park(context, number, blocker, 1, until=NEXT_TUESDAY, forum="Lunch")

    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    about = [one for one in changes if one.subject == f"blocker {blocker}"]
    assert [one.what for one in about] == ["blocker.raised", "blocker.parked"]
    assert about[-1].after is not None
    assert about[-1].after["forum"] == "Lunch"


def test_the_product_itself_does_not_vote() -> None:
    context = company()
    number = planned(context)
    (blocker,) = written(context, number, "Prices")

    with pytest.raises(Refused, match="takes part"):
        voting.vote(context.by(type(LOUISE)()), number, blocker)

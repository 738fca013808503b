"""The one-to-one point: gaps as they were seen, the help asked for, what was agreed."""

from datetime import date, timedelta

import pytest

from dashboard.rhythm.plan.gaps import ActivityGap
from dashboard.rhythm.plan.one_to_ones import gaps_of, hold, list_one_to_ones, rewrite
from dashboard.rhythm.plan.standing import proposed_from, stands_at
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Cap90Error, Conflict, Refused
from pipelines.journal import changes_after
from tests.builders.plans import MEETINGS, SALES, adopted, personal
from tests.builders.warehouse import add, imported, meeting, warehouse_with

START = date(2026, 11, 2)
TODAY = date(2026, 11, 19)


def company() -> Context:
    """Return a company where Zoé had 3 meetings, then 5, and before her plan 9; Luc had 7."""
    rows = [
        *(meeting("2026-10-28", owner="Zoé") for _ in range(9)),
        *(meeting("2026-11-03", owner="Zoé") for _ in range(3)),
        *(meeting("2026-11-11", owner="Zoé") for _ in range(5)),
        *(meeting("2026-11-11", owner="Luc") for _ in range(7)),
        meeting("2026-11-17", owner="Zoé"),
    ]
    return warehouse_with(
        *rows, imported("activities", "2026-11-19"), today=TODAY, country="CA", province="QC"
    )


def zoe(context: Context) -> Context:
    return context.by(Actor("Zoé", None, Scope(frozenset({"Zoé"}))))


def test_a_gap_compares_finished_weeks_of_the_plan_with_the_own_target() -> None:
    context = company()
    plan = personal(context.on(START - timedelta(days=3)), "Zoé", starts_on=START)

    # two finished weeks: 3 and 5 of 4 a week; the running one has said nothing yet
    (gap,) = gaps_of(context, plan)
    assert gap == ActivityGap("meetings_held", 4, 2, 8, 8)
    assert gap.gap == 0
    (earlier,) = gaps_of(context, plan, date(2026, 11, 9))
    assert (earlier.weeks, earlier.target, earlier.actual, earlier.gap) == (1, 4, 3, -1)
    (first,) = gaps_of(context, plan, date(2026, 11, 4))
    assert (first.weeks, first.target, first.actual) == (0, 0, 0)


def test_a_plan_that_begins_after_a_holiday_begins_with_that_week() -> None:
    # 12 October 2026 is Thanksgiving in Canada
    context = company()
    add(context, *(meeting("2026-10-14", owner="Zoé") for _ in range(2)))
    plan = personal(context.on(date(2026, 10, 9)), "Zoé", starts_on=date(2026, 10, 13))

    (gap,) = gaps_of(context, plan, date(2026, 10, 20))
    assert (gap.weeks, gap.actual) == (1, 2)


def test_somebody_without_numbers_has_a_target_and_no_actual_value() -> None:
    context = company()
    plan = personal(context.on(START - timedelta(days=3)), "Anne", starts_on=START)

    (gap,) = gaps_of(context, plan)
    assert (gap.actual, gap.gap) == (None, None)
    assert gaps_of(context, adopted(context, MEETINGS)) == ()


def test_what_was_talked_about_stays_as_it_was_seen() -> None:
    context = company()
    plan = personal(context.on(START - timedelta(days=3)), "Zoé", starts_on=START)
    held = hold(context.by(Actor("Paul Roy")), plan, " A coach\nfor calls ", "Two calls together")
    add(context, *(meeting("2026-11-12", owner="Zoé") for _ in range(3)))

    assert list_one_to_ones(zoe(context), "Zoé") == (held,)
    assert (held.help_asked, held.agreed, held.author) == (
        "A coach\nfor calls",
        "Two calls together",
        "Paul Roy",
    )
    assert [gap.actual for gap in held.gaps] == [8]
    assert [gap.actual for gap in gaps_of(context, plan)] == [11]


def test_words_are_changed_by_either_of_the_two_and_a_conflict_shows_both() -> None:
    context = company()
    plan = personal(context.on(START - timedelta(days=3)), "Zoé", starts_on=START)
    held = hold(context, plan, "A coach", "")
    changed = rewrite(zoe(context), held.one_to_one_id, held.version, "A coach", "Two calls")

    assert changed.agreed == "Two calls"
    assert rewrite(context, held.one_to_one_id, 1, "A coach", "Two calls") == changed
    with pytest.raises(Conflict) as error:
        rewrite(context, held.one_to_one_id, held.version, "A course", "")
    assert "A course" in str(error.value.mine)
    assert "Two calls" in str(error.value.theirs)
    changes = context.store.read(lambda cursor: changes_after(cursor, 0))
    assert [one.what for one in changes][-2:] == ["one_to_one.held", "one_to_one.changed"]


def test_it_is_between_the_two_of_them() -> None:
    context = company()
    plan = personal(context.on(START - timedelta(days=3)), "Zoé", starts_on=START)
    held = hold(context, plan, "A coach", "")
    luc = context.by(Actor("Luc", None, Scope(frozenset({"Luc"}))))

    assert list_one_to_ones(luc, "Zoé") == ()
    with pytest.raises(AccessRefused):
        hold(luc, plan, "Something", "")
    with pytest.raises(Refused, match="no one-to-one point 1"):
        rewrite(luc, held.one_to_one_id, 1, "Something", "")


@pytest.mark.parametrize(("help_asked", "agreed"), [("", " \n"), ("x" * 100_000, "")])
def test_nothing_or_a_book_is_refused(help_asked: str, agreed: str) -> None:
    context = company()
    plan = personal(context.on(START - timedelta(days=3)), "Zoé", starts_on=START)
    with pytest.raises(Cap90Error):
        hold(context, plan, help_asked, agreed)
    with pytest.raises(Refused, match="Only the plan of a person"):
        hold(context, adopted(context, SALES), "Help", "")
    assert list_one_to_ones(context, "Zoé") == ()


def test_a_persons_priority_is_measured_by_that_persons_numbers() -> None:
    context = company()
    own = personal(context.on(START - timedelta(days=3)), "Zoé", starts_on=START)
    whole = adopted(context, MEETINGS, SALES)

    # Zoé: 9, 3 and 5 in three finished weeks; with Luc's: 9, 3 and 12
    assert list(stands_at(context, own).values()) == [pytest.approx(17 / 3)]
    assert list(stands_at(context, whole).values()) == [8, None]
    assert proposed_from(context, "meetings_held") == 8
    assert proposed_from(context, "meetings_held", "Zoé") == pytest.approx(17 / 3)
    assert proposed_from(context, "sales_won") is None
    assert proposed_from(context, "nothing") is None


def test_from_the_centre_of_its_limits_a_priority_is_proposed_to_start() -> None:
    # eight weeks of 10 and 20 in turn: the centre is 15, the last four weeks say 15 too; a
    # ninth of 40 moves the centre to 160 / 9 and the last four weeks to 22.5
    monday = date(2026, 9, 14)
    counts = [10, 20, 10, 20, 10, 20, 10, 20, 40]
    rows = [
        meeting(str(monday + timedelta(weeks=week)))
        for week, count in enumerate(counts)
        for _ in range(count)
    ]
    context = warehouse_with(*rows, imported("activities", "2026-11-15"), today="2026-11-16")

    assert proposed_from(context, "meetings_held") == pytest.approx(160 / 9)

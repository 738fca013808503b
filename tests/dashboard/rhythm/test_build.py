from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.build import ordered, row_of, weekly_review
from dashboard.rhythm.review import Row, looking_from
from dashboard.rhythm.words import summary, verdict_sentence
from dashboard.text import render
from pipelines.actor import Actor, Scope
from pipelines.analysis.judgement import JudgedSeries, Signal, Verdict
from pipelines.context import Context
from pipelines.errors import Refused, msg
from pipelines.kpis.choice import choose
from pipelines.kpis.values import Series
from pipelines.periods import Calendar, Grain
from tests.builders.reviews import judged, kpi, row, unavailable, week
from tests.builders.warehouse import add, closed, created, imported, meeting, warehouse_with

SATURDAY = "2026-11-21"
#: Five KPIs that the deals and meetings of these tests support.
FIVE: Mapping[str, str | None] = {
    "new_opportunities": "Zoé Côté",
    "meetings_held": None,
    "deals_won": "Marc Roy",
    "sales_won": None,
    "win_rate": "Luc Paré",
}


def company(today: str = SATURDAY) -> Context:
    """Return a company that wins four deals and loses one every Tuesday, until week 47 of 2026."""
    tuesdays = [str(date(2026, 7, 7) + timedelta(days=7 * number)) for number in range(20)]
    rows = [
        one
        for day in tuesdays
        for one in (
            *[closed(day, "won", 100.0)] * 4,
            closed(day, "lost", 50.0),
            created(day, 100.0),
            meeting(day),
        )
    ]
    return warehouse_with(*rows, today=today)


def steering(today: str = SATURDAY) -> Context:
    context = company(today)
    choose(context, list(FIVE.items()))
    return context


def by_key(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {one.definition.key: one for one in rows}


def test_a_review_is_of_the_last_finished_week() -> None:
    made = weekly_review(steering())

    assert made.period == week("2026-W46")
    assert made.today == date(2026, 11, 21)
    deals = by_key(made.rows)["deals_won"]
    assert deals.latest is not None
    assert deals.latest.point.value == 4
    assert deals.latest.point.period == made.period


def test_its_rows_are_the_chosen_kpis_with_their_responsible_people() -> None:
    made = weekly_review(steering())

    assert made.proposed is False
    assert {key: one.responsible for key, one in by_key(made.rows).items()} == FIVE


def test_before_anything_is_chosen_it_proposes() -> None:
    made = weekly_review(company())

    assert made.proposed is True
    assert 0 < len(made.rows) <= 7


def test_on_an_empty_workspace_it_is_empty_and_still_a_review() -> None:
    made = weekly_review(warehouse_with(today=SATURDAY))

    assert (made.proposed, made.rows, made.files) == (True, (), ())
    assert (made.late, made.due, made.done) == ((), (), ())


def test_a_trend_has_the_thirteen_finished_weeks_until_the_reviewed_one() -> None:
    trend = by_key(weekly_review(steering()).rows)["deals_won"].trend

    assert [Calendar().label(point.point.period) for point in trend] == [
        f"2026-W{number}" for number in range(34, 47)
    ]
    assert not any(point.point.partial for point in trend)


def test_a_past_week_is_judged_by_nothing_that_came_after_it() -> None:
    before = weekly_review(steering("2026-11-07"))
    context = steering(SATURDAY)
    add(context, closed("2026-11-03", "won", 1e6), *[closed("2026-11-18", "lost")] * 40)

    again = weekly_review(context, week("2026-W44"))

    assert again.period == before.period == week("2026-W44")
    assert [(one.definition.key, one.latest, one.limits, one.trend) for one in again.rows] == [
        (one.definition.key, one.latest, one.limits, one.trend) for one in before.rows
    ]


def test_what_was_chosen_counts_for_weeks_before_the_first_choice_too() -> None:
    made = weekly_review(steering(), week("2026-W40"))

    assert made.proposed is False
    assert set(by_key(made.rows)) == set(FIVE)


def test_a_running_or_coming_week_is_refused_with_the_one_to_ask_for() -> None:
    for label in ("2026-W47", "2026-W50"):
        with pytest.raises(Refused, match="2026-W46"):
            weekly_review(steering(), week(label))


def test_a_month_is_no_week() -> None:
    with pytest.raises(Refused, match="2026-10"):
        weekly_review(steering(), Calendar().parse("2026-10"))


def test_actions_are_late_due_in_the_running_week_or_done_since_the_reviewed_one_began() -> None:
    context = steering("2026-11-05")

    def added(title: str, due: str) -> tuple[int, int]:
        action = add_action(context, title, "Luc", date.fromisoformat(due), "deals_won")
        return action.action_id, action.version

    added("late", "2026-11-20")
    added("older and late", "2026-11-12")
    added("due today", "2026-11-21")
    added("due on Sunday", "2026-11-22")
    added("due next week", "2026-11-23")
    for title, done in (
        ("done long ago", "2026-11-08"),
        ("done last week", "2026-11-09"),
        ("done now", SATURDAY),
    ):
        complete(context.on(date.fromisoformat(done)), *added(title, "2026-11-10"))

    made = weekly_review(context.on(date.fromisoformat(SATURDAY)))

    assert [line.title for line in made.late] == ["older and late", "late"]
    assert [line.title for line in made.due] == ["due today", "due on Sunday"]
    assert [line.title for line in made.done] == ["done now", "done last week"]
    assert {line.kpi.key for line in made.late if line.kpi} == {"deals_won"}
    assert [line.late for line in (*made.late, *made.due, *made.done)] == [True] * 2 + [False] * 4


def test_a_past_week_shows_the_actions_as_they_stood_at_its_end() -> None:
    context = steering("2026-11-02")
    action = add_action(context, "Call", "Luc", date(2026, 11, 6))
    complete(context.on(date(2026, 11, 18)), action.action_id, action.version)
    later = context.on(date(2026, 11, 21))
    add_action(later, "Added in week 47", "Luc", date(2026, 11, 10))

    made = weekly_review(later, week("2026-W45"))

    assert [(line.title, line.late) for line in made.late] == [("Call", True)]
    assert (made.due, made.done) == ((), ())
    assert made.seen_from == date(2026, 11, 9)


def test_a_week_is_looked_at_from_today_until_the_next_one_is_over() -> None:
    reviewed = week("2026-W46")

    assert looking_from(reviewed, date(2026, 11, 16)) == date(2026, 11, 16)
    assert looking_from(reviewed, date(2026, 11, 22)) == date(2026, 11, 22)
    assert looking_from(reviewed, date(2026, 11, 23)) == date(2026, 11, 16)


def test_rows_come_in_the_order_an_owner_needs_them() -> None:
    def named(key: str, verdict: Verdict, **details: object) -> Row:
        value = None if verdict is Verdict.NONE else 18.0
        return row(kpi(key), [value], 22, verdict, **details)  # type: ignore[arg-type]  # passed on

    rows = [
        unavailable(kpi("unavailable"), msg("No meetings.")),
        named("quiet", Verdict.QUIET),
        named("second quiet", Verdict.QUIET),
        named("few", Verdict.TOO_FEW),
        named("no target", Verdict.NO_TARGET),
        named("no target, bad", Verdict.NO_TARGET, signal=Signal.OUTSIDE, favourable=False),
        named("learn", Verdict.LEARN, signal=Signal.OUTSIDE, favourable=True),
        named("two weeks", Verdict.CHANGE_THE_SYSTEM, run=2),
        named("nine weeks", Verdict.CHANGE_THE_SYSTEM, run=9),
        named("cause", Verdict.FIND_THE_CAUSE, signal=Signal.RANGE, favourable=False),
    ]

    assert [one.definition.key for one in ordered(rows)] == [
        "cause",
        "nine weeks",
        "two weeks",
        "learn",
        "no target, bad",
        "few",
        "no target",
        "quiet",
        "second quiet",
        "unavailable",
    ]


def test_a_kpi_whose_first_row_is_younger_than_the_week_has_no_value_in_it() -> None:
    series = Series(kpi(), Grain.WEEK, ())

    seen = row_of(JudgedSeries(series, None, ()), week(), "Luc")

    assert seen.latest is not None
    assert (seen.latest.point.value, seen.latest.verdict) == (None, Verdict.NONE)


def test_an_unavailable_series_keeps_its_reason() -> None:
    reason = msg("No meetings were imported.")
    series = replace(Series(kpi(), Grain.WEEK, ()), unavailable=reason)

    seen = row_of(JudgedSeries(series, None, ()), week(), None)

    assert (seen.latest, seen.trend, seen.unavailable) == (None, (), reason)


def test_the_running_week_is_never_part_of_a_row() -> None:
    calendar = Calendar()
    points = [judged(week(label), 5) for label in ("2026-W45", "2026-W46")]
    running = judged(week("2026-W47"), 1, verdict=Verdict.PARTIAL)
    series = Series(kpi(), Grain.WEEK, tuple(point.point for point in points))

    seen = row_of(JudgedSeries(series, None, (*points, running)), week(), None)

    assert [calendar.label(point.point.period) for point in seen.trend] == ["2026-W45", "2026-W46"]


def test_actions_a_reader_may_not_see_are_counted_and_never_told() -> None:
    context = steering()
    for owner in ("Zoé Côté", "Marc Roy", "Marc Roy"):
        add_action(context, f"Call, says {owner}", owner, date(2026, 11, 20))
    add_action(context, "Not late yet", "Marc Roy", date(2026, 11, 22))
    tomorrow = context.on(date(2026, 11, 22))

    viewers = weekly_review(tomorrow.by(Actor("Hélène", scope=Scope(frozenset()))))
    zoes = weekly_review(tomorrow.by(Actor("Zoé", scope=Scope(frozenset({"Zoé Côté"})))))

    assert (viewers.late, viewers.late_unseen) == ((), 3)
    assert not viewers.speaks_of_actions
    assert not viewers.names_responsible
    assert [line.owner for line in zoes.late] == ["Zoé Côté"]
    assert zoes.late_unseen == 2
    assert zoes.speaks_of_actions
    assert zoes.names_responsible  # she answers for the new opportunities
    for made in (viewers, zoes):  # the count is the company's, and says so beside fewer lines
        assert render(summary(made), "en").endswith("; 3 actions late in the company.")
    assert render(summary(weekly_review(tomorrow)), "en").endswith("; 3 actions late.")


def test_a_week_after_the_data_stop_has_no_value_no_verdict_and_says_since_when() -> None:
    # a deal a week until Friday, 2 May 2025, in a file that is taken in only now
    won = [closed(str(date(2025, 5, 2) - timedelta(7 * week)), "won", 100) for week in range(30)]
    context = warehouse_with(*won, imported("deals", SATURDAY), today=SATURDAY)

    found = by_key(weekly_review(context).rows)

    assert "sales_won" in found
    for key in found:
        if found[key].unavailable:
            continue
        latest = found[key].latest
        assert latest is not None
        assert (latest.point.value, latest.verdict, latest.signal) == (None, Verdict.NONE, None)
        assert found[key].data_until == date(2025, 5, 2)
        assert render(verdict_sentence(found[key]), "en") == "The data stop on May 2, 2025."

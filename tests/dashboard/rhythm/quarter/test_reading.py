"""What a quarter says about each KPI, in numbers from paper and in words."""

from datetime import date, timedelta

import pytest

from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.course import expect
from dashboard.rhythm.plan.model import NewPriority
from dashboard.rhythm.quarter.drafting import draft
from dashboard.rhythm.quarter.model import KpiNumbers, QuarterReview
from dashboard.rhythm.quarter.reading import quarter_review
from dashboard.rhythm.quarter.weeks import weeks_of
from dashboard.text import LANGUAGES, Language, render
from pipelines.analysis.judgement import Verdict
from pipelines.context import Context
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.people import register
from pipelines.periods import Calendar, Grain, Period
from tests.builders.meetings import FIVE, LOUISE, ZOE
from tests.builders.quarters import (
    LAST,
    TODAY,
    WON,
    aimed,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
    rows_of,
    told,
)
from tests.builders.warehouse import Row, closed, invoice, meeting, warehouse_with

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1), Grain.QUARTER)


def numbers(review: QuarterReview, key: str) -> KpiNumbers:
    item = review.item(f"kpi {key}")
    assert item is not None
    assert item.kpi is not None
    return item.kpi


def test_the_last_finished_quarter_is_looked_at() -> None:
    review = quarter_review(quarter_company())

    assert (review.quarter, review.quarter_label) == (Q3, "2026-Q3")
    assert review.following.start == date(2026, 10, 1)
    assert [one.subject for one in review.kpis] == [f"kpi {key}" for key in FIVE]


def test_a_quarter_of_a_kpi_on_paper() -> None:
    found = numbers(quarter_review(aimed(quarter_company())), "deals_won")

    # 6 · (9 + 11) + 20
    assert found.value == 140
    # the weeks of nine are below ten; eleven and twenty are not
    assert (found.weeks_with_value, found.weeks_aimed, found.weeks_on_target) == (13, 13, 7)
    assert dict(found.verdicts) == {
        Verdict.CHANGE_THE_SYSTEM: 6,
        Verdict.QUIET: 6,
        Verdict.LEARN: 1,
    }
    assert (found.good_signals, found.bad_signals) == (1, 0)
    assert found.limits_before is not None
    # mean 10; ranges of the thirteen weeks before: eleven of 2 and one of 1
    assert found.limits_before.centre == 10
    assert found.limits_before.upper == pytest.approx(10 + 2.66 * 23 / 12)
    assert found.limits_after is not None
    # its own: eleven of 2 and one of 9
    assert found.limits_after.centre == pytest.approx(140 / 13)
    assert found.limits_after.upper == pytest.approx(140 / 13 + 2.66 * 31 / 12)
    assert (found.decisions, found.actions, found.blockers) == (0, 0, 0)


def test_the_same_in_words() -> None:
    said = told(quarter_review(aimed(quarter_company())), "kpi deals_won")

    assert "7 of 13 weeks on target." in said
    assert "Signals: 1 favourable week and 0 adverse weeks." in said
    assert (
        "Weeks before the quarter: mean 10; natural limits 4.9 to 15.1. "
        "Weeks of the quarter: mean 10.8; natural limits 3.9 to 17.6." in said
    )
    assert "Nobody decided anything about it, and no action was linked to it." in said
    assert "There is nothing from the same quarter a year before." in said


def test_weeks_with_too_few_deals_are_neither_on_target_nor_off() -> None:
    # six or fifteen deals finished a week, all but one of them won: ten tell a win rate
    context = quarter_company((*[5] * 13, *[5, 14] * 6, 14))
    set_target(context.on(date(2026, 1, 5)), TargetRequest("win_rate", 0.9, date(2026, 1, 1)))

    found = numbers(quarter_review(context), "win_rate")

    assert (found.weeks_on_target, found.weeks_aimed, found.weeks_with_value) == (7, 7, 13)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said_in_every_language(language: str) -> None:
    review = quarter_review(aimed(quarter_company()))

    said = [render(fact.said, language) for one in review.items for fact in one.facts]  # type: ignore[arg-type]

    assert said
    assert not [one for one in said if "{" in one or not one.strip()]


def test_the_same_quarter_a_year_before_stands_beside_it() -> None:
    review = quarter_review(quarter_company(WON, *[closed("2025-08-05", "won", 100.0)] * 3))

    assert numbers(review, "deals_won").last_year == 3
    assert "A year before: 3 (+137)." in told(review, "kpi deals_won")


def test_without_a_target_it_says_so_and_judges_no_week() -> None:
    review = quarter_review(quarter_company())

    found = numbers(review, "deals_won")
    assert (found.aim, found.weeks_aimed, found.on_target) == (None, 0, None)
    assert "140 in the quarter; there was no target for it." in told(review, "kpi deals_won")


def test_a_target_that_was_reached_and_one_that_was_missed() -> None:
    context = quarter_company()
    for key, value in (("deals_won", 130.0), ("sales_won", 20_000.0)):
        set_target(
            context,
            TargetRequest(key=key, value=value, per=Grain.QUARTER, valid_from=date(2026, 7, 1)),
        )

    review = quarter_review(context)

    assert "140 in the quarter, for a target of 130: reached (+10)." in told(
        review, "kpi deals_won"
    )
    assert any("missed" in one for one in told(review, "kpi sales_won"))
    # 140 deals of 100
    assert numbers(review, "sales_won").gap == 14_000 - 20_000


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "7.1% in the quarter, for a target of at most 10%: reached (−2.9 pts)."),
        (
            "fr_CA",
            "7,1 % pour le trimestre, pour une cible d’au plus 10 % : atteinte (−2,9 pts).",
        ),
    ],
)
def test_where_less_is_better_a_target_is_a_ceiling_and_is_said_in_words(
    language: Language, sentence: str
) -> None:
    # 13 Thursdays with a meeting, and one customer who did not come
    context = quarter_company(WON, meeting("2026-07-07", "no_show"))
    choose(context.on(date(2026, 1, 6)), [*FIVE.items(), ("no_show_rate", None)])
    set_target(context, TargetRequest("no_show_rate", 0.1, date(2026, 1, 1)))

    said = told(quarter_review(context), "kpi no_show_rate", language)

    assert sentence in [one.replace("\N{NO-BREAK SPACE}", " ") for one in said]


def test_a_rate_is_reckoned_from_the_rows_of_the_whole_quarter() -> None:
    found = numbers(quarter_review(quarter_company()), "win_rate")

    assert (found.numerator, found.denominator) == (140, 153)  # one lost in each of 13 weeks
    assert found.value == pytest.approx(140 / 153)


def test_one_week_of_history_has_numbers_and_no_limits() -> None:
    review = quarter_review(quarter_company([5]))

    found = numbers(review, "deals_won")
    assert (found.value, found.limits_before, found.limits_after) == (5, None, None)
    said = told(review, "kpi deals_won")
    assert "Too few weeks in the quarter for limits of its own: 1 with a value." in said
    assert "No natural limits before the quarter: they take 6 weeks with a value." in said


def test_a_rate_of_few_deals_is_shown_and_not_judged() -> None:
    context = quarter_company([5])  # and one lost: below ten
    set_target(context, TargetRequest(key="win_rate", value=0.5, valid_from=date(2026, 7, 1)))

    review = quarter_review(context)

    found, said = numbers(review, "win_rate"), told(review, "kpi win_rate")
    assert (found.on_target, found.weeks_judged) == (None, 0)
    assert (
        "83.3% in the quarter, for a target of 50% (+33.3 pts): too little lies behind it to judge."
        in said
    )


def test_weeks_that_nothing_can_be_told_from_are_not_called_routine() -> None:
    said = told(quarter_review(quarter_company([5])), "kpi deals_won")

    assert "No week can be judged: a signal could not be told from routine variation." in said
    assert not [one for one in said if "no week was a signal" in one or "exception" in one]


def test_a_quarter_without_data_says_so() -> None:
    review = quarter_review(warehouse_with(today=TODAY))

    assert (review.kpis, review.work, review.rituals) == ((), (), ())
    assert [str(one) for one in review.notes] == [
        "No KPI was chosen in this quarter, so none can be judged."
    ]


def test_before_anything_is_chosen_the_proposed_kpis_are_looked_at_and_marked() -> None:
    context = warehouse_with(*rows_of([9, 11] * 6), today=TODAY)

    review = quarter_review(context)

    assert {one.subject for one in review.kpis} == {
        f"kpi {key}"
        for key in (
            "new_opportunities",
            "meetings_held",
            "pipeline_created",
            "sales_won",
            "deals_won",
            "win_rate",
            "average_deal",
        )
    }
    assert [str(one) for one in review.notes] == [
        "These KPIs are a proposal: choose the five to seven that you will follow."
    ]
    number = review_meeting(context.by(LOUISE))
    drafted = {one.key for one in draft(context.by(LOUISE), number).draft.kpis}
    assert {f"kpi {key}" for key in drafted} == {one.subject for one in review.kpis}


def test_a_quarter_after_the_data_stopped_has_no_value() -> None:
    context = quarter_company()

    review = quarter_review(context.on(date(2027, 1, 14)))

    assert review.quarter_label == "2026-Q4"
    found = numbers(review, "win_rate")
    assert found.value is None
    assert "No value for the quarter: the data hold nothing to compute it from." in told(
        review, "kpi win_rate"
    )


def test_the_running_quarter_is_said_to_be_running() -> None:
    context = quarter_company()

    review = quarter_review(context, context.calendar.period(Grain.QUARTER, context.today()))

    assert str(review.notes[0]) == "The quarter runs until 2026-12-31: its numbers are not final."


def test_a_kpi_replaced_midway_stands_there_with_the_one_that_replaced_it() -> None:
    context = quarter_company()
    others = {key: who for key, who in FIVE.items() if key != "meetings_held"}
    choose(
        context.on(date(2026, 8, 17)),
        [*others.items(), ("pipeline_created", "Zoé Côté")],
    )

    review = quarter_review(context)

    assert [one.subject for one in review.kpis][-1] == "kpi meetings_held"
    assert "Followed until 2026-08-16 only: Pipeline created replaced it." in [
        str(fact.said) for one in review.kpis[-1:] for fact in one.facts
    ]
    new = review.item("kpi pipeline_created")
    assert new is not None
    assert new.kpi is not None
    assert (new.kpi.chosen_from, new.kpi.chosen_to) == (date(2026, 8, 17), None)
    assert str(new.facts[1].said) == "Followed from 2026-08-17 on, in place of Meetings held."
    # chosen anew in the middle, the others are still one line each
    assert numbers(review, "deals_won").chosen_from == Q3.start


@pytest.mark.parametrize("month", range(1, 13))
def test_the_fiscal_year_may_begin_in_any_month(month: int) -> None:
    context = quarter_company(fiscal_year_start=month)

    review = quarter_review(context)

    assert review.quarter.end <= TODAY
    assert (review.quarter.start.month - month) % 3 == 0
    assert numbers(review, "deals_won").weeks_with_value <= 14


def test_a_year_of_53_weeks_has_them_all_in_its_four_quarters() -> None:
    calendar = Calendar()
    quarters = calendar.periods(Grain.QUARTER, date(2026, 1, 1), date(2027, 1, 1))

    found = [weeks_of(calendar, one, date(2027, 3, 1)) for one in quarters]

    # ISO 2026 has 53 weeks: the one of Thursday 31 December is its last
    assert [len(one) for one in found] == [13, 13, 13, 14]
    assert found[-1][-1].start == date(2026, 12, 28)


def test_what_somebody_who_left_answered_for_is_still_theirs() -> None:
    context = quarter_company()
    action = add_action(context.on(date(2026, 8, 3)), "Call", "Marc Roy", date(2026, 8, 20))
    complete(context.on(date(2026, 8, 19)), action.action_id, action.version)
    (marc,) = (one for one in register.list_people(context) if one.name == "Marc Roy")
    register.deactivate(context, marc.person_id, marc.version)

    review = quarter_review(context)

    found = review.item(f"action {action.action_id}")
    assert found is not None
    assert found.owner == "Marc Roy"
    kpi = review.item("kpi deals_won")
    assert kpi is not None
    assert kpi.owner == "Marc Roy"


def test_an_input_is_held_against_the_result_that_somebody_assumed() -> None:
    context = quarter_company()
    plan = plan_of_the_quarter(context, NewPriority("Sell", "deals_won", 10.0, 14.0))
    action = add_action(
        context.on(date(2026, 7, 6)),
        "Meet twice as many",
        "Zoé Côté",
        date(2026, 7, 31),
        "meetings_held",
        priority_id=plan.standing[0].priority_id,
    )
    expect(context.on(date(2026, 7, 6)), action.action_id, action.version, 5.0, 6)

    (found,) = numbers(quarter_review(context), "meetings_held").lagged

    assert (found.output, found.lag_weeks) == ("deals_won", 6)
    assert found.assumed_in == f"action {action.action_id}"
    # 26 weeks of both, the last six inputs without their output: one meeting a week never varies
    assert (found.pairs, found.moved) == (20, None)
    assert str(found.unjudged) == "one of the two never varied"


def test_an_input_that_nobody_assumed_anything_about_is_held_against_sales_a_cycle_later() -> None:
    cycle = two_weeks_long(10)

    (found,) = numbers(quarter_review(quarter_company(WON, *cycle)), "meetings_held").lagged

    assert (found.output, found.lag_weeks, found.assumed_in) == ("deals_won", 2, None)


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en", "there is 1 week to compare, where 20 are needed."),
        ("fr", "il y a 1 semaine à comparer, il en faut 20."),
    ],
)
def test_with_too_few_weeks_nobody_says_what_an_input_moved(language: Language, why: str) -> None:
    review = quarter_review(quarter_company([5] * 3, *two_weeks_long(3)))

    assert [one for one in told(review, "kpi meetings_held", language) if one.endswith(why)]


def two_weeks_long(weeks: int) -> list[Row]:
    """Return a deal won in each of the last weeks of the quarter, two weeks after it was created."""
    days = [LAST - timedelta(weeks=one) for one in range(weeks)]
    return [
        closed(str(day), "won", 100.0, created_on=str(day - timedelta(weeks=2))) for day in days
    ]


def margins_company() -> Context:
    rows = [invoice(str(LAST - timedelta(weeks=one)), 1_000.0, 700.0) for one in range(20)]
    context = quarter_company(WON, *rows)
    choose(context.on(date(2026, 1, 6)), [*FIVE.items(), ("gross_margin_rate", "Louise Gagnon")])
    return context


def test_margins_are_for_those_who_may_see_them() -> None:
    context = margins_company()

    assert quarter_review(context).item("kpi gross_margin_rate") is not None
    assert quarter_review(context.by(ZOE)).item("kpi gross_margin_rate") is None


def test_what_an_action_is_to_move_is_not_told_where_that_is_a_margin() -> None:
    context = margins_company()
    then = context.on(date(2026, 8, 3))
    raised = add_action(then, "Raise prices", "Zoé Côté", date(2026, 8, 20), "gross_margin_rate")
    complete(context.on(date(2026, 8, 20)), raised.action_id, raised.version)

    (whole,), (hers,) = (quarter_review(one).work for one in (context, context.by(ZOE)))

    assert "margin" in repr(whole.work)
    assert "margin" not in repr(hers.work)


def test_salespeople_see_the_companys_kpis_and_their_own_work() -> None:
    context = quarter_company()
    then = context.on(date(2026, 8, 3))
    for owner in ("Zoé Côté", "Luc Paré"):
        add_action(then, f"Call, {owner}", owner, date(2026, 8, 20))

    review = quarter_review(context.by(ZOE))

    assert [one.owner for one in review.work] == ["Zoé Côté"]
    assert [one.subject for one in review.kpis] == [f"kpi {key}" for key in FIVE]
    assert {one.owner for one in review.kpis} == {"Zoé Côté", None}

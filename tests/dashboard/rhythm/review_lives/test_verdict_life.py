"""The life of a verdict, from its evidence to what came of it."""

from datetime import date

import pytest

from dashboard.rhythm import actions
from dashboard.rhythm.improve.experiment import Plan
from dashboard.rhythm.improve.experiments import start_experiment
from dashboard.rhythm.meeting import closing
from dashboard.rhythm.meeting.life import Standing
from dashboard.rhythm.plan.model import NewPriority
from dashboard.rhythm.quarter import verdicts
from dashboard.rhythm.quarter.adopting import adopt
from dashboard.rhythm.quarter.drafting import draft
from dashboard.rhythm.quarter.freezing import read_frozen_quarter
from dashboard.rhythm.quarter.model import Decided, Way
from dashboard.rhythm.quarter.seeing import as_seen
from dashboard.rhythm.review_lives.model import ReviewLife
from dashboard.rhythm.review_lives.verdict_life import verdict_life
from dashboard.text import render
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Message, Refused
from pipelines.kpis.choice import choose
from tests.builders.meetings import FIVE, MARC, ZOE, started
from tests.builders.quarters import (
    LAST,
    TODAY,
    aimed,
    decided,
    looking,
    plan_of_the_quarter,
    quarter_company,
    review_meeting,
)
from tests.builders.warehouse import add, invoice

KPI = "kpi deals_won"
Q4 = date(2026, 10, 1)
LATER = date(2026, 11, 10)
MEETINGS = NewPriority("Meet more", "meetings_held", 1.0, 4.0)


def life_of(
    context: Context, number: int, subject: str = KPI, by: Actor | None = None
) -> ReviewLife:
    """Return the life of a verdict once the meeting is closed."""
    closing.close(context, number)
    there = context.on(LATER)
    there = there.by(by) if by else there
    review = as_seen(read_frozen_quarter(there, number), there.actor.scope, together=False)
    return verdict_life(there, review, number, subject, looking(there))


def said(*messages: Message) -> list[str]:
    return [render(one, "en") for one in messages]


def adopted(context: Context, number: int) -> None:
    adopt(context, number, draft(context, number).version)


def test_a_kpi_is_told_from_its_quarter_to_the_next_one() -> None:
    context = aimed(quarter_company())
    plan_of_the_quarter(context, NewPriority("Sell every week", "deals_won", 10.0, 14.0))
    number = review_meeting(context)
    decided(context.by(MARC), number, KPI, Way.KEEP, "It tells most")
    adopted(context, number)

    life = life_of(context, number)

    assert life.seen.period.start == date(2026, 7, 1)
    # 9 and 11 in turn six times, then 20: the six elevens and the last one
    assert "7 of 13 weeks on target." in said(*life.seen.said)
    assert isinstance(life.answer, Decided)
    assert (life.answer.way, life.answer.reason, life.answer.decided_by) == (
        Way.KEEP,
        "It tells most",
        "Marc Roy",
    )
    assert said(*life.changed) == [
        "It stays among the KPIs.",
        "Target: 10 per week",
        "Priority of the plan: “Sell every week”",
    ]
    assert [one.period.start for one in life.since] == [Q4]
    assert (life.done, life.effect, life.former) == (None, None, ())


def test_only_weeks_that_end_after_the_decision_tell_what_came_of_it() -> None:
    # from the week of October 1 on: 9, 11, 9, 11 and 20
    context = aimed(quarter_company(last=date(2026, 10, 29)))
    number = review_meeting(context)
    decided(context, number, KPI, Way.KEEP, "It tells most")
    closing.close(context, number)

    def since(day: date) -> tuple[list[str], tuple[int, int]]:
        there = context.on(day)
        review = read_frozen_quarter(there, number)
        (found,) = verdict_life(there, review, number, KPI, looking(there)).since
        return said(*found.said), found.reached

    # decided on Thursday, October 8: the week before it ended on Sunday, October 4
    words, reached = since(TODAY)
    assert words[0] == "No finished week with a number since the decision yet."
    assert (reached, [one for one in words if "on target" in one]) == ((0, 0), [])
    words, reached = since(date(2026, 11, 2))
    assert (words[0], reached) == ("Since the decision: 3 of 4 weeks on target.", (3, 4))
    assert len([one for one in words if "on target" in one]) == 1


def test_the_decision_itself_is_one_about_the_kpi() -> None:
    context = quarter_company()
    number = review_meeting(context)
    decided(context, number, KPI)

    (found,) = life_of(context, number).since

    assert "About it in the quarter: 1 decision, 0 actions, and 0 blockers." in said(*found.said)


def test_a_dropped_kpi_says_that_it_is_followed_no_more() -> None:
    context = quarter_company()
    choose(context.on(date(2026, 1, 5)), [*FIVE.items(), ("average_deal", None)])
    plan_of_the_quarter(context, MEETINGS)
    number = review_meeting(context)
    decided(context, number, KPI, Way.DROP, "We count otherwise")
    adopted(context, number)

    life = life_of(context, number)

    assert said(*life.changed) == ["It is no longer among the KPIs."]


def test_before_the_next_quarter_is_adopted_nothing_has_changed() -> None:
    context = quarter_company()
    number = review_meeting(context)
    decided(context, number, KPI)

    assert said(*life_of(context, number).changed) == ["The next quarter is not adopted yet."]


def test_a_verdict_that_was_changed_shows_both() -> None:
    context = quarter_company()
    number = review_meeting(context)
    one = decided(context.by(MARC), number, KPI, Way.CHANGE, "Too slow", "Count proposals")
    verdicts.decide_on(context, number, KPI, one.version, way=Way.DROP, reason="Nobody needs it")

    life = life_of(context, number)

    assert [(render(one.said, "en"), one.by) for one in life.former] == [
        ("Change it: “Too slow. Count proposals”", "Marc Roy")
    ]
    assert isinstance(life.answer, Decided)
    assert life.answer.way is Way.DROP


def test_a_verdict_that_was_taken_back_says_so_and_shows_what_it_was() -> None:
    context = quarter_company()
    number = review_meeting(context)
    one = decided(context, number, KPI)
    verdicts.take_back(context, number, KPI, one.version)

    life = life_of(context, number)

    assert (life.answer, life.changed) == (None, ())
    assert [render(one.said, "en") for one in life.former] == ["Keep it: “It helps”", "Taken back."]


def test_an_action_that_goes_on_is_followed_into_the_next_plan() -> None:
    context = quarter_company()
    plan = plan_of_the_quarter(context)
    then = context.on(date(2026, 9, 1))
    added = actions.add_action(
        then,
        "Call them",
        "Marc Roy",
        date(2026, 10, 20),
        "deals_won",
        priority_id=plan.standing[0].priority_id,
    )
    number = review_meeting(context)
    subject = f"action {added.action_id}"
    decided(context, number, subject, Way.KEEP, "Not finished")
    adopted(context, number)
    (now,) = [one for one in actions.list_actions(context) if one.carried_from == added.action_id]
    actions.complete(context.on(date(2026, 10, 22)), now.action_id, now.version)

    life = life_of(context, number, subject)

    assert said(*life.changed) == ["It goes on: Marc Roy, by Oct 20, 2026."]
    assert life.due_on == date(2026, 10, 20)
    assert life.done is not None
    assert life.done.action.action_id == now.action_id
    assert (life.done.standing, life.done.days_late) == (Standing.DONE_LATE, 2)
    assert life.effect is not None
    # the files end in September: no deal since
    assert said(*life.effect.said)[0] == (
        "Deals won: a signal in the wrong direction since Oct 22, 2026."
    )


def test_a_dropped_action_is_given_up_and_has_no_effect() -> None:
    context = quarter_company()
    plan_of_the_quarter(context)
    added = actions.add_action(
        context.on(date(2026, 9, 1)), "Call them", "Marc Roy", date(2026, 10, 20), "deals_won"
    )
    number = review_meeting(context)
    subject = f"action {added.action_id}"
    decided(context, number, subject, Way.DROP, "It moved nothing")
    adopted(context, number)

    life = life_of(context, number, subject)

    assert said(*life.changed) == ["It is given up."]
    assert life.done is not None
    assert life.done.standing is Standing.DROPPED
    assert life.effect is not None
    assert said(*life.effect.said) == ["Its effect cannot be judged: it was given up."]


def test_an_experiment_ends_as_its_verdict_says() -> None:
    context = quarter_company()
    plan_of_the_quarter(context)
    plan = Plan("Text messages", "They come", "deals_won", "Marc Roy", date(2026, 7, 6), None, 0)
    begun = start_experiment(context.on(date(2026, 7, 6)), plan)
    number = review_meeting(context)
    subject = f"experiment {begun.experiment_id}"
    decided(context, number, subject, Way.DROP, "Nobody read them")
    adopted(context, number)

    life = life_of(context, number, subject)

    assert said(*life.changed) == ["It ends: stopped."]
    assert life.effect is not None
    assert said(*life.effect.said)[:2] == [
        "From Jul 6, 2026 to Oct 8, 2026: stopped.",
        "Learned: Nobody read them",
    ]


def test_a_ritual_says_how_it_was_held_since() -> None:
    context = quarter_company()
    then = context.on(date(2026, 9, 8))
    closing.close(then, started(then))
    number = review_meeting(context)
    decided(context, number, "ritual weekly", Way.KEEP, "It helps")

    life = life_of(context, number, "ritual weekly")

    assert life.changed == ()
    assert [one.period.start for one in life.since] == [Q4]
    # the weeks from October 5 to November 8
    assert said(*life.since[0].said)[0] == "Held 0 times, due 5 times."


def test_what_is_not_theirs_is_not_there_for_a_salesperson() -> None:
    context = quarter_company()
    add(context, *[invoice(str(LAST), 1_000.0, 700.0)])
    choose(context.on(LAST), [*FIVE.items(), ("gross_margin_rate", None)])
    mine = actions.add_action(context.on(LAST), "Mine", "Zoé Côté", TODAY)
    theirs = actions.add_action(context.on(LAST), "Theirs", "Marc Roy", TODAY)
    number = review_meeting(context)
    margin = "kpi gross_margin_rate"
    for subject in (margin, f"action {mine.action_id}", f"action {theirs.action_id}"):
        decided(context, number, subject)

    assert life_of(context, number, f"action {mine.action_id}", ZOE).answer is not None
    for subject in (margin, f"action {theirs.action_id}"):
        assert life_of(context, number, subject).answer is not None
        with pytest.raises(Refused, match="no such decision"):
            life_of(context, number, subject, ZOE)


def test_who_was_not_invited_reads_nothing() -> None:
    context = quarter_company()
    number = review_meeting(context)
    decided(context, number, KPI)

    with pytest.raises(AccessRefused):
        life_of(context, number, KPI, Actor("Anne", None, Scope(frozenset({"Anne"}))))


@pytest.mark.parametrize("subject", ["kpi win_rate", "action 99", "kpi nothing", "ritual daily"])
def test_a_verdict_that_is_not_there_is_refused(subject: str) -> None:
    context = quarter_company()
    number = review_meeting(context)
    decided(context, number, KPI)

    with pytest.raises(Refused, match="no such decision"):
        life_of(context, number, subject)

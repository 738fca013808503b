"""The whole life of a decision, from the blocker to what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from dashboard.rhythm import actions, course
from dashboard.rhythm.improve.experiment import Plan
from dashboard.rhythm.improve.experiments import start_experiment
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.meeting import blockers, closing, deciding, preparing, running
from dashboard.rhythm.meeting.life import DecisionLife, Effect, Standing
from dashboard.rhythm.meeting.lives import decision_life, decisions
from dashboard.text import render
from pipelines.context import Context
from pipelines.errors import AccessRefused, Refused
from tests.builders.meetings import LUC, MARC, TEAM, ZOE, seen, steering, understood
from tests.builders.quarters import looking

#: Tuesdays: the meeting that raises, and the one that decides.
RAISED, DECIDED = date(2026, 8, 18), date(2026, 8, 25)
DUE, DONE = date(2026, 8, 28), date(2026, 8, 31)
#: Twenty weeks of three and four deals in turn, and eleven of nine since the Monday it was done:
#: limits 3.5 ± 2.66, so that each of the eleven is outside them.
WON = [3, 4] * 10 + [9] * 11


@dataclass
class Story:
    """A company in which something was decided, and the number of the decision."""

    context: Context
    decision: int
    action: int
    raised_in: int
    decided_in: int

    def at(self, day: date) -> Context:
        return self.context.on(day)

    def version(self) -> int:
        (found,) = [
            one for one in actions.list_actions(self.context) if one.action_id == self.action
        ]
        return found.version

    def done(self, day: date = DONE) -> "Story":
        actions.complete(self.at(day), self.action, self.version())
        return self


def held(context: Context, day: date, invited: Sequence[str] = TEAM) -> tuple[Context, int]:
    there = context.on(day)
    number = preparing.plan_meeting(there, invited=invited).meeting_id
    running.start(there, number)
    return there, number


def decided(
    *, kpi: str | None = "deals_won", won: Sequence[int] = WON, invited: Sequence[str] = TEAM
) -> Story:
    """Return a company that raised something in one meeting and decided it in the next."""
    context = steering(won)
    there, first = held(context, RAISED, invited)
    blocker = understood(there.by(MARC), first, "Les soumissions partent trop tard")
    closing.close(there, first)
    there, second = held(context, DECIDED, invited)
    found = deciding.decide(
        there,
        second,
        "Une personne donne les prix du bois",
        "Marc Roy",
        DUE,
        blocker_id=blocker,
        kpi=kpi,
    )
    closing.close(there, second)
    return Story(context, found.decision_id, found.action_id, first, second)


def life_of(context: Context, number: int) -> DecisionLife:
    return decision_life(context, number, looking(context))


def said(effect: Effect | None) -> list[str]:
    assert effect is not None
    return [render(one, "en") for one in effect.said]


def test_a_decision_is_told_from_the_blocker_to_its_effect() -> None:
    story = decided().done()

    life = life_of(story.context, story.decision)

    assert life.raised is not None
    assert (life.raised.title, life.raised.raised_by) == (
        "Les soumissions partent trop tard",
        "Marc Roy",
    )
    assert life.raised.raised_on == RAISED
    assert life.raised.at is not None
    assert (life.raised.at.meeting_id, life.raised.at.held_on) == (story.raised_in, RAISED)
    assert life.raised.facts == "12 of 30 quotes took longer than a week"
    assert life.raised.problem == "Nobody has the prices of the new range"
    assert (life.text, life.owner, life.due_on) == (
        "Une personne donne les prix du bois",
        "Marc Roy",
        DUE,
    )
    assert (life.decided_on, life.at.meeting_id) == (DECIDED, story.decided_in)
    assert life.days_to_decide == 7
    assert life.done is not None
    assert (life.done.standing, life.done.days_late) == (Standing.DONE_LATE, 3)
    # before: seven weeks of four and six of three, 46 / 13; 5.46 ± 2.179 × √(3.231 / 12 / 13)
    assert said(life.effect) == [
        "Deals won: 11 weeks with a signal in the right direction since Aug 31, 2026.",
        "From 3.5 to 9 on average (13 weeks before, 11 after): +5.5, between +5.1 and +5.8.",
    ]
    assert life.effect is not None
    assert life.effect.finding is Finding.RIGHT


def test_a_date_that_moved_is_told_with_its_reason_and_the_new_one_counts() -> None:
    story = decided()
    actions.move(story.at(date(2026, 8, 27)), story.action, 1, date(2026, 9, 4), "Congés")
    course.comment(story.at(DONE), story.action, "Le fournisseur a répondu")
    story.done()

    life = life_of(story.context, story.decision)

    assert life.due_on == DUE  # as it was decided
    assert life.done is not None
    assert life.done.action.due_on == date(2026, 9, 4)
    assert (life.done.standing, life.done.moves) == (Standing.DONE, 1)
    assert [event.reason for event in life.done.events or () if event.reason] == ["Congés"]
    assert [one.text for one in life.done.comments] == ["Le fournisseur a répondu"]


def test_what_was_put_on_hold_says_in_which_meeting() -> None:
    context = steering(WON)
    there, first = held(context, RAISED)
    blocker = understood(there, first)
    version = next(one.version for one in seen(there, first).blockers)
    blockers.park(there, first, blocker, version, until=DECIDED, forum="la prochaine rencontre")
    closing.close(there, first)
    there, second = held(context, DECIDED)
    found = deciding.decide(there, second, "Oui", "Marc Roy", DUE, blocker_id=blocker)

    life = life_of(context, found.decision_id)

    assert life.raised is not None
    assert life.raised.parked_at is not None
    assert life.raised.parked_at.held_on == RAISED
    assert life.at.readable is False  # the meeting still runs: it has no minutes yet


@pytest.mark.parametrize(
    ("kpi", "what", "why"),
    [
        ("deals_won", "open", "it is not done yet"),
        ("deals_won", "dropped", "it was given up"),
        (None, "done", "no KPI is linked to it"),
        ("gross_margin", "done", "its KPI has no numbers"),  # nobody took in any invoice
    ],
)
def test_an_effect_that_cannot_be_judged_says_why(kpi: str | None, what: str, why: str) -> None:
    story = decided(kpi=kpi)
    if what == "done":
        story.done()
    elif what == "dropped":
        course.drop(story.at(DONE), story.action, 1, "Le fournisseur le fait")

    effect = life_of(story.context, story.decision).effect

    assert said(effect) == [f"Its effect cannot be judged: {why}."]
    assert effect is not None
    assert effect.finding is None


def test_an_effect_is_looked_for_once_its_lag_is_over() -> None:
    story = decided()
    # eleven weeks after Monday, August 31: the week that runs on Tuesday, November 17
    course.expect(story.at(DECIDED), story.action, 1, 5.0, 11)
    story.done()

    assert said(life_of(story.context, story.decision).effect) == [
        (
            "Its effect cannot be judged: 13 weeks with a value before and 0 after, where 6 each "
            "are needed."
        )
    ]


def test_what_was_expected_stands_beside_what_came() -> None:
    story = decided()
    course.expect(story.at(DECIDED), story.action, 1, 5.0, 0)
    story.done()

    effect = life_of(story.context, story.decision).effect

    assert effect is not None
    assert effect.expected is not None
    assert render(effect.expected, "en") == "+5"


def test_no_signal_is_no_effect() -> None:
    story = decided(won=[3, 4] * 10 + [3, 4] * 5 + [3]).done()

    effect = life_of(story.context, story.decision).effect

    assert effect is not None
    assert effect.finding is Finding.NO_SIGNAL


def test_an_experiment_on_the_same_kpi_keeps_the_effect_from_being_told_apart() -> None:
    story = decided().done()
    later = date(2026, 9, 21)
    plan = Plan("Trois options", "Plus de choix", "deals_won", "Marc Roy", later, None, 0)
    start_experiment(story.at(later), plan)

    assert said(life_of(story.context, story.decision).effect) == [
        "Its effect cannot be judged: at the same time, for the same KPI: “Trois options”."
    ]


@pytest.mark.parametrize(
    ("day", "standing", "late"),
    [(DUE, Standing.OPEN, 0), (date(2026, 8, 30), Standing.LATE, 2)],
)
def test_an_open_decision_is_late_from_the_day_after_its_date(
    day: date, standing: Standing, late: int
) -> None:
    story = decided()

    done = life_of(story.at(day), story.decision).done

    assert done is not None
    assert (done.standing, done.days_late) == (standing, late)


def test_who_takes_part_sees_a_colleagues_decision_without_what_was_said_about_its_action() -> None:
    story = decided()
    actions.move(story.at(DECIDED), story.action, 1, date(2026, 9, 4), "Congés de Marc")
    course.comment(story.at(DONE), story.action, "Marc hésite")
    story.done()

    shown = life_of(story.context.by(ZOE), story.decision)

    assert shown.done is not None
    assert shown.done.standing is Standing.DONE
    assert (shown.done.events, shown.done.comments) == (None, ())


def test_who_was_not_invited_reads_nothing() -> None:
    story = decided(invited=("Louise Gagnon", "Marc Roy", "Zoé Côté"))

    with pytest.raises(AccessRefused):
        life_of(story.context.by(LUC), story.decision)
    assert decisions(story.context.by(LUC)) == ()
    assert [one.subject for one in decisions(story.context.by(ZOE))] == [str(story.decision)]


def test_a_margin_is_hidden_from_those_who_may_not_see_it() -> None:
    story = decided(kpi="gross_margin").done()

    shown = life_of(story.context.by(ZOE), story.decision)

    assert shown.effect is None
    assert shown.done is not None
    assert shown.done.action.kpi is None
    assert [one.kpi for one in decisions(story.context.by(ZOE))] == [None]
    assert [one.kpi for one in decisions(story.context)] == ["gross_margin"]


def test_only_decisions_of_closed_meetings_are_listed() -> None:
    story = decided()
    there, number = held(story.context, date(2026, 9, 1))
    deciding.decide(there, number, "Encore en discussion", "Marc Roy", date(2026, 9, 4))

    assert [one.text for one in decisions(there)] == ["Une personne donne les prix du bois"]


def test_a_decision_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused):
        life_of(steering(WON), 99)

"""The life of what a gap review decided, from the gap to what came of it."""

from dataclasses import dataclass
from datetime import date

import pytest

from dashboard.rhythm import actions
from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.gap_review.decision import GapDecision, Response
from dashboard.rhythm.gap_review.freezing import read_frozen
from dashboard.rhythm.meeting import closing, noting, preparing, running
from dashboard.rhythm.meeting.blockers import make_blocker
from dashboard.rhythm.meeting.deciding import decide
from dashboard.rhythm.meeting.life import Standing
from dashboard.rhythm.meeting.model import BlockerStatus, Kind
from dashboard.rhythm.review_lives.gap_life import gap_life
from dashboard.rhythm.review_lives.model import ReviewLife
from dashboard.text import render
from pipelines.actor import Actor, Scope
from pipelines.context import Context
from pipelines.errors import AccessRefused, Message, Refused
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from tests.builders.meetings import FIVE, TEAM, ZOE, company
from tests.builders.quarters import looking
from tests.builders.warehouse import closed, created, invoice, meeting

KPI = "sales_won"
#: The meeting about September, and the day the life is read.
HELD, TODAY = date(2026, 10, 6), date(2026, 11, 17)
DUE, DONE = date(2026, 10, 16), date(2026, 10, 19)


@dataclass
class Office:
    """A company in the middle of its review of September, where 1,000 of 2,000 were sold."""

    context: Context
    meeting: int

    def life(self, today: date = TODAY, by: Actor | None = None, kpi: str = KPI) -> ReviewLife:
        """Return the life of a decision once the meeting is closed."""
        closing.close(self.context, self.meeting)
        there = self.context.on(today)
        there = there.by(by) if by else there
        review = read_frozen(there, self.meeting)
        return gap_life(there, review, self.meeting, kpi, looking(there))

    def act(self, title: str = "Call both", version: int = 0) -> GapDecision:
        return deciding.act(
            self.context, self.meeting, KPI, version, title, owner="Marc Roy", due_on=DUE
        )

    def accept(self, kpi: str = KPI) -> GapDecision:
        return deciding.accept(self.context, self.meeting, kpi, 0, "It was the holidays")

    def adjust(self, version: int = 0) -> GapDecision:
        request = TargetRequest(
            KPI, 2_500.0, date(2026, 10, 1), per=Grain.MONTH, reason="Two are enough"
        )
        return deciding.adjust(self.context, self.meeting, request, version)


@pytest.fixture
def office() -> Office:
    context = company(
        *(closed("2026-09-15", "won", 1_000.0), closed("2026-09-15", "lost", 500.0)),
        *(created("2026-09-15", 100.0), meeting("2026-09-15")),
        closed("2026-10-15", "won", 3_000.0),
        closed("2026-11-16", "won", 9_000.0),
        invoice("2026-09-15", 1_000.0, 700.0),
        today=HELD.isoformat(),
    )
    choose(context, [*FIVE.items(), ("gross_margin", None)])
    set_target(
        context.on(date(2026, 1, 5)),
        TargetRequest(KPI, 2_000.0, date(2026, 1, 1), per=Grain.MONTH),
    )
    number = preparing.plan_meeting(context, Kind.MONTHLY, invited=TEAM).meeting_id
    running.start(context, number)
    return Office(context, number)


def said(*messages: Message) -> list[str]:
    return [render(one, "en") for one in messages]


def test_an_action_is_told_from_the_gap_to_its_effect_and_the_months_since(office: Office) -> None:
    noting.save_note(office.context, office.meeting, f"gap {KPI}", "Two proposals slipped", 0)
    given = office.act().action
    assert given is not None
    actions.complete(office.context.on(DONE), given.action_id, 1)

    life = office.life()

    assert said(*life.seen.said)[0] == "$1K, target $2K, gap −$1K"
    assert (life.cause, life.seen.period.start) == ("Two proposals slipped", date(2026, 9, 1))
    assert isinstance(life.answer, GapDecision)
    assert (life.answer.response, life.answer.decided_by) == (Response.ACT, "Louise Gagnon")
    assert (life.at.held_on, life.at.readable) == (HELD, True)
    assert life.due_on == DUE
    assert life.done is not None
    assert (life.done.standing, life.done.days_late) == (Standing.DONE_LATE, 3)
    assert life.effect is not None
    # one week with a deal before it was done on October 19, and one after
    assert said(*life.effect.said)[0].startswith("Its effect cannot be judged: ")
    # November still runs
    assert [(one.period.start, one.reached) for one in life.since] == [(date(2026, 10, 1), (1, 1))]
    assert said(*life.since[0].said) == ["$3K, target $2K, gap +$1K"]


def test_what_was_decided_at_first_stands_before_what_holds(office: Office) -> None:
    first = office.accept()
    second = office.act("Call one", first.version)
    office.act("Call both", second.version)

    life = office.life()

    assert [(render(one.said, "en"), one.by) for one in life.former] == [
        ("accept the gap: It was the holidays", "Louise Gagnon"),
        ("act: Call one (Marc Roy, Oct 16, 2026)", "Louise Gagnon"),
    ]
    assert isinstance(life.answer, GapDecision)
    assert life.answer.action is not None
    assert life.answer.action.title == "Call both"


def test_a_gap_that_was_accepted_has_no_effect_to_judge(office: Office) -> None:
    office.accept()

    life = office.life()

    assert (life.done, life.former, life.changed) == (None, (), ())
    assert life.effect is not None
    assert said(*life.effect.said) == ["Its effect cannot be judged: nothing was to be done."]


def test_a_new_target_says_whether_it_still_holds_and_counts_for_the_months_since(
    office: Office,
) -> None:
    office.adjust()

    life = office.life()
    assert said(*life.changed) == ["Target: $2K → $2.5K per month", "This target holds."]
    assert said(*life.since[0].said) == ["$3K, target $2.5K, gap +$0.5K"]

    later = TargetRequest(KPI, 3_500.0, date(2026, 11, 1), per=Grain.MONTH)
    set_target(office.context.on(TODAY), later)
    assert said(*office.life().changed)[1:] == ["Another target holds since Nov 1, 2026."]


def test_a_target_that_was_another_one_at_first_is_told_with_its_value(office: Office) -> None:
    first = office.adjust()
    office.act(version=first.version)

    (former,) = office.life().former

    assert render(former.said, "en") == (
        "new target $2.5K per month from Oct 1, 2026 on: Two are enough"
    )


def weekly_meeting(context: Context) -> int:
    number = preparing.plan_meeting(context, Kind.WEEKLY, invited=TEAM).meeting_id
    running.start(context, number)
    return number


def test_a_blocker_that_a_gap_was_made_is_told_up_to_what_was_decided_about_it(
    office: Office,
) -> None:
    office.accept()
    blocker = make_blocker(office.context, office.meeting, kpi=KPI).blocker_id
    (waiting,) = office.life().handed
    assert (waiting.status, waiting.at, waiting.decisions) == (BlockerStatus.OPEN, None, ())

    week_after = office.context.on(date(2026, 10, 13))
    weekly = weekly_meeting(week_after)
    for step in ("facts", "tried", "problem"):
        noting.save_note(week_after, weekly, f"blocker {blocker} {step}", "It slipped", 0)
    decide(week_after, weekly, "Visit both", "Marc Roy", DUE, blocker_id=blocker)
    closing.close(week_after, weekly)

    (worked,) = office.life().handed
    assert worked.at is not None
    assert (worked.status, worked.at.meeting_id, worked.at.readable) == (
        BlockerStatus.WORKED,
        weekly,
        True,
    )
    assert [text for _, text in worked.decisions] == ["Visit both"]


def test_a_month_since_with_too_few_deals_is_neither_on_nor_off_target(office: Office) -> None:
    target = TargetRequest(key="win_rate", value=0.5, valid_from=date(2026, 1, 1))
    set_target(office.context.on(date(2026, 1, 5)), target)
    office.accept("win_rate")

    life = office.life(kpi="win_rate")

    # the only deal of October was won
    assert said(*life.since[0].said) == ["100%, target 50%, gap +50 pts"]
    assert life.since[0].reached == (0, 0)


def test_before_a_month_is_over_nothing_is_said_about_the_time_since(office: Office) -> None:
    office.accept()

    assert office.life(today=date(2026, 10, 20)).since == ()


def test_what_shows_margins_is_not_there_for_those_who_may_not_see_them(office: Office) -> None:
    office.accept("gross_margin")

    assert office.life(kpi="gross_margin").kpi == "gross_margin"
    with pytest.raises(Refused, match="no such decision"):
        office.life(by=ZOE, kpi="gross_margin")


def test_who_takes_part_reads_how_a_colleagues_action_stands_and_nothing_said_about_it(
    office: Office,
) -> None:
    office.act()

    life = office.life(by=ZOE)

    assert life.done is not None
    assert life.done.standing is Standing.LATE
    assert (life.done.events, life.done.comments) == (None, ())


def test_who_was_not_invited_reads_nothing(office: Office) -> None:
    office.accept()

    with pytest.raises(AccessRefused):
        office.life(by=Actor("Anne", None, Scope(frozenset({"Anne"}))))


@pytest.mark.parametrize("kpi", ["win_rate", "nothing", ""])
def test_a_decision_that_is_not_there_is_refused(office: Office, kpi: str) -> None:
    office.accept()

    with pytest.raises(Refused, match="no such decision"):
        office.life(kpi=kpi)

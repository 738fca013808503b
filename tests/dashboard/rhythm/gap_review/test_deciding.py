from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from dashboard.rhythm import actions
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.gap_review import deciding
from dashboard.rhythm.gap_review.building import meeting_review
from dashboard.rhythm.gap_review.decision import GapDecision, Response
from dashboard.rhythm.meeting import closing, preparing, running
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.meeting.reading import revision
from dashboard.text import render
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Refused
from pipelines.journal import changes_after
from pipelines.kpis.target import Standing, in_force
from pipelines.kpis.targets import TargetRequest, list_targets, set_target, standings
from pipelines.people.person import Details
from pipelines.people.register import add_person, change_person
from pipelines.periods import Grain
from tests.builders import gaps
from tests.builders.meetings import LUC, MARC, TEAM, company, said, seen, started

KPI = "sales_won"
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
#: The running month, as of Tuesday 17 November 2026.
NOVEMBER, OCTOBER, DECEMBER = date(2026, 11, 1), date(2026, 10, 1), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps.look_at(monkeypatch, gaps.gap(KPI), gaps.gap("win_rate"))


def reviewing(context: Context) -> int:
    """Return the number of a gap review that has begun."""
    number = preparing.plan_meeting(context, Kind.MONTHLY, invited=TEAM).meeting_id
    running.start(context, number)
    return number


def decided(context: Context, number: int, kpi: str = KPI) -> GapDecision | None:
    return meeting_review(context, number).decision(kpi)


def wanted(
    value: float = 90_000, start: date = NOVEMBER, reason: str = "Two people left"
) -> TargetRequest:
    return TargetRequest(KPI, value, start, per=Grain.MONTH, reason=reason)


def aimed(context: Context, day: date = NOVEMBER) -> None:
    """Aim at 100,000 a month since long ago."""
    del day
    set_target(context, TargetRequest(KPI, 100_000, date(2026, 1, 1), per=Grain.MONTH))


# act


def test_somebody_acts_by_an_action_that_the_meeting_gives_out_for_the_kpi() -> None:
    context = company()
    number = reviewing(context)

    decision = deciding.act(
        context, number, KPI, 0, "Call the ten largest accounts", owner="Luc Paré", due_on=FRIDAY
    )

    (action,) = list_actions(context)
    assert (action.title, action.owner, action.due_on, action.kpi) == (
        "Call the ten largest accounts",
        "Luc Paré",
        FRIDAY,
        KPI,
    )
    assert seen(context, number).actions == (action.action_id,)
    assert decided(context, number) == decision
    assert (decision.response, decision.version, decision.decided_by) == (
        Response.ACT,
        1,
        "Louise Gagnon",
    )
    assert decision.action is not None
    assert decision.action.action_id == action.action_id


def test_whatever_is_missing_of_an_action_is_said_at_once() -> None:
    context = company()
    number = reviewing(context)

    with pytest.raises(Refused) as error:
        deciding.act(context, number, KPI, 0, " ", owner="", due_on=None)

    assert len(error.value.problems) == 3
    assert decided(context, number) is None


def test_another_wording_changes_the_action_instead_of_giving_out_a_second_one() -> None:
    context = company()
    number = reviewing(context)
    deciding.act(context, number, KPI, 0, "Call everybody", owner="Luc Paré", due_on=FRIDAY)

    again = deciding.act(
        context, number, KPI, 1, "Call the ten largest", owner="Marc Roy", due_on=MONDAY
    )

    (action,) = list_actions(context)
    assert (action.title, action.owner, action.due_on) == (
        "Call the ten largest",
        "Marc Roy",
        MONDAY,
    )
    assert again.version == 2


def test_the_decision_follows_its_action_while_the_meeting_is_open() -> None:
    context = company()
    number = reviewing(context)
    given = deciding.act(context, number, KPI, 0, "Call them", owner="Luc Paré", due_on=FRIDAY)
    assert given.action is not None

    actions.move(context, given.action.action_id, 1, MONDAY, "Luc is away")

    now = decided(context, number)
    assert now is not None
    assert now.action is not None
    assert now.action.due_on == MONDAY


# adjust


def test_an_adjusted_target_holds_from_its_day_and_the_former_one_stays_before() -> None:
    context = company()
    aimed(context)
    number = reviewing(context)

    decision = deciding.adjust(context, number, wanted(), 0)

    former, new = sorted(list_targets(context, KPI), key=lambda one: one.target_id)
    assert (former.value, former.valid_from) == (100_000, date(2026, 1, 1))
    assert (new.value, new.valid_from, new.reason) == (90_000, NOVEMBER, "Two people left")
    assert decision.target is not None
    assert decision.target.target_id == new.target_id
    assert decision.reason == "Two people left"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (wanted(reason=" "), "The reason is missing."),
        (wanted(start=OCTOBER), "from Nov 1, 2026 on at the earliest"),
        (wanted(value=float("nan")), "The target is not a number."),
    ],
    ids=["without a reason", "for a finished month", "no number"],
)
def test_a_target_is_not_adjusted_without_a_reason_nor_for_finished_months(
    request_: TargetRequest, words: str
) -> None:
    context = company()
    number = reviewing(context)

    with pytest.raises(Refused) as error:
        deciding.adjust(context, number, request_, 0)

    assert words in said(error)
    assert list_targets(context) == ()
    assert decided(context, number) is None


def test_a_target_and_the_decision_about_it_are_one_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = company()
    number = reviewing(context)

    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("dashboard.rhythm.gap_review.deciding.put_decision", fail)
    with pytest.raises(OSError):  # noqa: PT011 - ours
        deciding.adjust(context, number, wanted(), 0)

    assert list_targets(context) == ()


# accept


def test_a_gap_is_accepted_with_a_reason() -> None:
    context = company()
    number = reviewing(context)

    decision = deciding.accept(context, number, KPI, 0, "One large order slipped by a week")

    assert decided(context, number) == decision
    assert (decision.response, decision.reason) == (
        Response.ACCEPT,
        "One large order slipped by a week",
    )
    with pytest.raises(Refused) as error:
        deciding.accept(context, number, "win_rate", 0, "")
    assert "The reason is missing." in said(error)


# another decision


def test_deciding_otherwise_gives_the_action_up_that_nobody_has_to_do_any_more() -> None:
    context = company()
    number = reviewing(context)
    deciding.act(context, number, KPI, 0, "Call them", owner="Luc Paré", due_on=FRIDAY)

    deciding.accept(context, number, KPI, 1, "It was the holidays")

    (action,) = list_actions(context)
    assert not action.is_open
    assert seen(context, number).actions == ()
    now = decided(context, number)
    assert now is not None
    assert (now.response, now.action, now.version) == (Response.ACCEPT, None, 2)


def aims_on(context: Context, *days: date) -> list[float | None]:
    """Return the monthly target that holds on some days."""
    found = [in_force(list_targets(context, KPI), day) for day in days]
    return [one.value if one else None for one in found]


@pytest.mark.parametrize("how", ["accept", "act", "adjust"])
def test_deciding_otherwise_takes_the_whole_adjustment_back(how: str) -> None:
    context = company()
    aimed(context)
    number = reviewing(context)
    deciding.adjust(context, number, wanted(value=10_000), 0)
    deciding.adjust(context, number, wanted(value=90_000, start=DECEMBER), 1)

    match how:
        case "accept":
            deciding.accept(context, number, KPI, 2, "It was the holidays")
        case "act":
            deciding.act(context, number, KPI, 2, "Call them", owner="Luc Paré", due_on=FRIDAY)
        case _:
            deciding.adjust(context, number, wanted(value=95_000, start=DECEMBER), 2)

    later = 95_000 if how == "adjust" else 100_000
    assert aims_on(context, OCTOBER, NOVEMBER, date(2026, 11, 30), DECEMBER) == [
        *[100_000] * 3,
        later,
    ]
    targets = list_targets(context, KPI)
    states = standings(targets, context.today())
    held = {one.value: states[one.target_id] for one in targets}
    assert held[10_000] == (Standing.TAKEN_BACK, NOVEMBER)
    assert held[90_000] == (Standing.TAKEN_BACK, DECEMBER)
    assert held[100_000] == (Standing.IN_FORCE, DECEMBER if how == "adjust" else None)


def test_a_target_that_somebody_set_in_between_is_not_touched() -> None:
    context = company()
    aimed(context)
    number = reviewing(context)
    deciding.adjust(context, number, wanted(), 0)
    set_target(
        context, TargetRequest(KPI, 80_000, DECEMBER, per=Grain.MONTH, reason="Typed by hand")
    )

    deciding.accept(context, number, KPI, 1, "It was the holidays")

    assert aims_on(context, NOVEMBER, DECEMBER) == [100_000, 80_000]


def test_a_first_target_is_taken_back_as_well() -> None:
    context = company()
    number = reviewing(context)
    deciding.adjust(context, number, wanted(), 0)

    deciding.accept(context, number, KPI, 1, "It was the holidays")

    assert aims_on(context, NOVEMBER) == [None]


def test_a_target_of_nothing_is_not_decided() -> None:
    context = company()
    number = reviewing(context)

    with pytest.raises(Refused) as error:
        deciding.adjust(context, number, wanted(value=0), 0)

    assert "would be reached whatever happens" in said(error)


def test_the_same_decision_twice_is_one() -> None:
    context = company()
    number = reviewing(context)
    aimed(context)

    makes: tuple[Callable[[], GapDecision], ...] = (
        lambda: deciding.act(context, number, KPI, 0, "Call", owner="Luc Paré", due_on=FRIDAY),
        lambda: deciding.accept(context, number, "win_rate", 0, "Holidays"),
        lambda: deciding.adjust(context, number, replace(wanted(), key="deals_won"), 0),
    )
    for make in makes:
        first = make()
        before = revision(context, number)
        assert make() == first
        assert revision(context, number) == before
    assert len(list_actions(context)) == 1


def test_of_two_who_decide_at_once_the_second_reads_both_and_nothing_is_lost() -> None:
    context = company()
    number = reviewing(context)
    deciding.accept(context.by(MARC), number, KPI, 0, "It was the holidays")

    with pytest.raises(Conflict) as error:
        deciding.act(context, number, KPI, 0, "Call them", owner="Luc Paré", due_on=FRIDAY)

    conflict = error.value
    assert "Call them" in str(conflict.mine)
    assert "It was the holidays" in str(conflict.theirs)
    assert (conflict.by, conflict.version) == ("Marc Roy", 1)
    assert list_actions(context) == ()
    again = deciding.act(context, number, KPI, 1, "Call them", owner="Luc Paré", due_on=FRIDAY)
    assert again.response is Response.ACT


def test_of_two_targets_at_once_both_are_read() -> None:
    context = company()
    number = reviewing(context)
    aimed(context)
    deciding.adjust(context.by(MARC), number, wanted(95_000), 0)

    with pytest.raises(Conflict) as error:
        deciding.adjust(context, number, wanted(90_000), 0)

    assert "$90K per month" in render(error.value.mine, "en")
    assert "$95K per month" in render(error.value.theirs, "en")


# where and by whom


def test_gaps_are_decided_in_the_gap_review_and_nowhere_else() -> None:
    context = company()
    number = started(context)

    with pytest.raises(Refused) as error:
        deciding.accept(context, number, KPI, 0, "Holidays")

    assert "in the monthly gap review" in said(error)


def test_nothing_is_decided_about_a_kpi_that_nobody_knows() -> None:
    context = company()
    number = reviewing(context)

    with pytest.raises(Refused) as error:
        deciding.accept(context, number, "sales_wom", 0, "Holidays")

    assert "Did you mean 'sales_won'?" in said(error)


def test_a_closed_review_is_not_decided_on_any_more() -> None:
    context = company()
    number = reviewing(context)
    closing.close(context, number)

    with pytest.raises(Refused) as error:
        deciding.accept(context, number, KPI, 0, "Holidays")

    assert "is closed" in said(error)


def test_whoever_is_not_invited_decides_nothing() -> None:
    context = company()
    number = preparing.plan_meeting(context, Kind.MONTHLY, invited=("Louise Gagnon",)).meeting_id

    with pytest.raises(AccessRefused):
        deciding.accept(context.by(LUC), number, KPI, 0, "Holidays")


def test_the_journal_keeps_what_was_decided_before_and_after() -> None:
    context = company()
    number = reviewing(context)
    deciding.accept(context, number, KPI, 0, "Holidays")
    deciding.act(context, number, KPI, 1, "Call them", owner="Luc Paré", due_on=FRIDAY)

    found = context.store.read(lambda cursor: changes_after(cursor, 0))
    change = [one for one in found if one.what == "gap.decided"][-1]
    assert change.subject == f"gap {number} {KPI}"
    assert change.before is not None
    assert change.after is not None
    assert (change.before["response"], change.before["reason"]) == ("accept", "Holidays")
    assert (change.after["response"], change.after["title"], change.after["due_on"]) == (
        "act",
        "Call them",
        "2026-11-20",
    )


def test_whoever_decided_is_named_as_they_are_called_today() -> None:
    context = company()
    person = add_person(context, Details("Marc Roy"))
    number = reviewing(context)
    deciding.accept(context.by(MARC), number, KPI, 0, "Holidays")

    change_person(context, person.person_id, person.version, Details("Marc Leroy"))

    now = decided(context, number)
    assert now is not None
    assert now.decided_by == "Marc Leroy"

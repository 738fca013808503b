"""What the pages of plans show. Individual plans are for the person, managers and owners."""

from dataclasses import dataclass
from datetime import date

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.personal_page import Personal
from dashboard.data import kpis, people
from dashboard.kept import remembered
from dashboard.rhythm.plan import reading
from dashboard.rhythm.plan.board import Board
from dashboard.rhythm.plan.board import board as read_board
from dashboard.rhythm.plan.gaps import ActivityGap
from dashboard.rhythm.plan.model import Plan, PlanStatus
from dashboard.rhythm.plan.one_to_ones import OneToOne, gaps_of, list_one_to_ones
from dashboard.rhythm.plan.rules import usual_dates
from dashboard.rhythm.plan.standing import proposed_from
from pipelines.errors import AccessRefused, Message, msg
from pipelines.kpis.definition import Definition, Kind
from pipelines.workdays import WorkingDays, working_days


@dataclass(frozen=True)
class Wanted:
    """Which plan somebody looks at, and when.

    Attributes:
        person: Whose; None for the company's.
        plan_id: None for the one that holds.
        on: A day gone by; None for now.
    """

    person: str | None = None
    plan_id: int | None = None
    on: date | None = None


def board(wanted: Wanted) -> Board | None:
    """Return a plan on one screen; None if there is none to see.

    Raises:
        AccessRefused: It is the plan of somebody else.
    """
    _require_seen(wanted.person)
    found = _board(wanted.person, wanted.plan_id, wanted.on)
    if found is None or found.plan.status is not PlanStatus.DRAFT or may_draft(wanted.person):
        return found
    return None  # what is still being thought about is not the plan


@remembered
def _board(person: str | None, plan_id: int | None, on: date | None) -> Board | None:
    return read_board(session.current(), person=person, plan_id=plan_id, on=on)


def plans(person: str | None) -> tuple[Plan, ...]:
    """Return every plan of the company or of a person, the newest first.

    Raises:
        AccessRefused: They are somebody else's.
    """
    _require_seen(person)
    drafts = may_draft(person)
    return tuple(one for one in _plans(person) if drafts or one.status is not PlanStatus.DRAFT)


@remembered
def _plans(person: str | None) -> tuple[Plan, ...]:
    return reading.list_plans(session.current(), person=person)


def may_draft(person: str | None) -> bool:
    """Tell whether whoever looks may prepare a plan: anybody's, or their own."""
    visitor = session.visitor()
    return visitor.may(Capability.EDIT_PLAN) or (
        person in visitor.names and visitor.may(Capability.TAKE_PART)
    )


def whose() -> tuple[str, ...]:
    """Return those whose individual plan whoever looks may see; for some, only themselves."""
    visitor = session.visitor()
    known = dict.fromkeys([*people.names(), *planned()])
    if visitor.may(Capability.EDIT_PLAN):
        return tuple(known)
    own = tuple(one for one in known if one in visitor.names)
    return own or ((visitor.name,) if visitor.name in visitor.names else ())


@remembered
def planned() -> tuple[str, ...]:
    """Return those who have a plan of their own, by name; for some, only themselves."""
    return reading.planned_people(session.current())


@remembered
def proposed_start(key: str, person: str | None) -> float | None:
    """Return where a priority on a KPI would start from; None if the KPI has no numbers."""
    return proposed_from(session.current(), key, person)


def proposed_dates(person: str | None) -> tuple[date, date]:
    """Return first and last day of the next plan."""
    held = [one.ends_on for one in plans(person) if one.status is PlanStatus.ADOPTED]
    return usual_dates(max([session.current().today(), *held]), company_days())


def company_days() -> WorkingDays:
    """Return the days on which people work."""
    settings = session.current().workspace.settings
    return working_days(settings.country, settings.province)


def noticed(done: Message, due_on: date | None, ends_on: date) -> Message:
    """Return what was done; and where an action is due after the plan's last day, that it is."""
    if due_on is None or due_on <= ends_on:
        return done
    return msg("{done} It is due after the plan ends, on {day}.", done=done, day=ends_on)


def gaps(plan: Plan) -> tuple[ActivityGap, ...]:
    """Return how far somebody is from their own targets.

    Raises:
        AccessRefused: It is the plan of somebody else.
    """
    _require_seen(plan.person)
    return _gaps(plan)


@remembered
def _gaps(plan: Plan) -> tuple[ActivityGap, ...]:
    return gaps_of(session.current(), plan)


def one_to_ones(person: str) -> tuple[OneToOne, ...]:
    """Return what was talked about with somebody, the newest first.

    Raises:
        AccessRefused: It is about somebody else.
    """
    _require_seen(person)
    return list_one_to_ones(session.current(), person)


def activities() -> tuple[Definition, ...]:
    """Return the KPIs that own targets may be set for: they count what somebody does."""
    return tuple(one for one in kpis.definitions() if one.kind is Kind.INPUT and one.adds_up)


def personal(board: Board) -> Personal:
    """Return what there is to say about a person's plan beside its priorities.

    Raises:
        AccessRefused: It is the plan of somebody else.
    """
    held = one_to_ones(board.plan.person) if board.plan.person else ()
    return Personal(gaps(board.plan), held, activities())


def _require_seen(person: str | None) -> None:
    visitor = session.visitor()
    if person is None or person in visitor.names:
        visitor.require(Capability.SEE_FIGURES)
    elif not visitor.may(Capability.EDIT_PLAN):
        raise AccessRefused.of(
            msg("This plan is between the person and their manager."),
            hint=msg("You may look at your own."),
        )

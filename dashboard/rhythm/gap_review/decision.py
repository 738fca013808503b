"""What a gap review decides about a KPI. Pure values, and their words."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from pipelines.errors import Message, msg
from pipelines.kpis.definition import LocalText, Unit
from pipelines.kpis.target import Target, TargetRequest
from pipelines.periods import Grain, Period


class Response(StrEnum):
    """What is done about a gap; one of these."""

    ACT = "act"  # somebody does something by a day
    ADJUST = "adjust"  # the target is another one from a day on
    ACCEPT = "accept"  # it is let be


@dataclass(frozen=True)
class GivenAction:
    """The action by which a gap is closed, as it stands."""

    action_id: int
    title: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class NewTarget:
    """The target as it was adjusted; the fields are those of ``pipelines.kpis.target.Target``."""

    target_id: int
    value: float
    max_value: float | None
    at_most: bool
    per: Grain | None
    valid_from: date

    @classmethod
    def of(cls, target_id: int, one: Target | TargetRequest) -> Self:
        """Return what a decision keeps of a target."""
        return cls(target_id, one.value, one.max_value, one.at_most, one.per, one.valid_from)


@dataclass(frozen=True)
class GapDecision:
    """What was decided about the gap of a KPI.

    Attributes:
        reason: Why the target is adjusted or the gap accepted; None where somebody acts.
        action: Where somebody acts.
        target: Where it was adjusted.
        decided_by: None: nobody knows.
        decided_at: UTC.
        version: Forms carry it back; 0 stands for no decision yet.
    """

    kpi: str
    response: Response
    reason: str | None
    action: GivenAction | None
    target: NewTarget | None
    decided_by: str | None
    decided_at: datetime
    version: int


@dataclass(frozen=True)
class EarlierDecision:
    """What an earlier review of the same month decided about a gap."""

    held_on: date
    decision: GapDecision


@dataclass(frozen=True)
class GapLine:
    """A gap as the minutes keep it.

    Attributes:
        name: In every language of the product; ``key`` may mean something else by now.
        actual: Of the month, in the KPI's unit (percentages as fractions); None: there was none.
        target: None: there was none; with ``max_target`` the lower end of a range.
        gap: actual - target.
        currency: ISO code for money.
        cause: As it was written down; "" if it was not.
        response: None: nothing was decided.
        earlier: What holds where nothing was decided; None: nothing does.
        confidential: It shows costs or margins: only for those who may see them.
    """

    key: str
    name: LocalText
    month: Period
    actual: float | None
    target: float | None
    max_target: float | None
    at_most: bool
    gap: float | None
    on_target: bool | None
    unit: Unit
    currency: str | None
    cause: str
    response: Response | None
    reason: str | None
    action: GivenAction | None
    new_target: NewTarget | None
    confidential: bool
    earlier: EarlierDecision | None = None

    @property
    def as_it_holds(self) -> Self:
        """The same with what an earlier review decided, where this one decided nothing."""
        if self.earlier is None:
            return self
        then = self.earlier.decision
        return replace(
            self,
            response=then.response,
            reason=then.reason,
            action=then.action,
            new_target=then.target,
        )


_NAMES = {
    Response.ACT: msg("Act"),
    Response.ADJUST: msg("Adjust the target"),
    Response.ACCEPT: msg("Accept the gap"),
}


_DONE = {
    Response.ACT: msg("Act"),
    Response.ADJUST: msg("Target adjusted"),
    Response.ACCEPT: msg("Gap accepted"),
}


def response_name(response: Response) -> Message:
    """Return what is done about a gap, in two words."""
    return _NAMES[response]


def response_then(response: Response) -> Message:
    """Return what was done about a gap, in two words."""
    return _DONE[response]

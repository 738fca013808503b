"""A target: as it is asked for, as it is kept, and on which days it holds. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from pipelines.kpis.definition import Better
from pipelines.periods import Grain

#: Whom a target may be for besides the company: columns of rows whose groups can have their own.
GROUPS = ("owner", "segment", "region", "business_unit")
#: A column and one of its groups, such as ("segment", "Retail"); None for the company.
Whose = tuple[str, str] | None


@dataclass(frozen=True)
class TargetRequest:
    """A target as somebody sets it.

    Attributes:
        value: In the KPI's unit (percentages as fractions); the lower end of a range.
        per: For what adds up: the period the value is for; other periods get their share by
            working days. None for rates, means and medians, which have one value for all.
        max_value: Upper end of a range.
        at_most: The value is a ceiling, also for a KPI of which more is better.
        valid_from: First day.
        valid_to: The day after the last; None until another target replaces it.
        owner: Whose target it is; None for the company's, or another group's.
        reason: Why it is set or changed.
        segment: Which customers it is for; at most one of the four names a group.
        region: Where it is for.
        business_unit: Which part of the company it is for.
    """

    key: str
    value: float
    valid_from: date
    per: Grain | None = None
    max_value: float | None = None
    at_most: bool = False
    valid_to: date | None = None
    owner: str | None = None
    reason: str | None = None
    segment: str | None = None
    region: str | None = None
    business_unit: str | None = None

    @property
    def whose(self) -> Whose:
        """The column and the group it is for; None for the company."""
        return _whose(self)


@dataclass(frozen=True)
class Target:
    """A target as it is kept; the fields are those of ``TargetRequest``.

    Attributes:
        target_id: Grows: where two targets for the same aim cover a day, the higher one holds.
        set_at: When it was set, in UTC.
    """

    target_id: int
    key: str
    owner: str | None
    value: float
    max_value: float | None
    at_most: bool
    per: Grain | None
    valid_from: date
    valid_to: date | None
    reason: str | None
    set_at: datetime
    segment: str | None = None
    region: str | None = None
    business_unit: str | None = None

    @property
    def whose(self) -> Whose:
        """The column and the group it is for; None for the company."""
        return _whose(self)

    @property
    def taken_back(self) -> bool:
        """Whether it was taken back: it is kept, and holds on no day."""
        return self.valid_to == self.valid_from


def named_groups(one: TargetRequest | Target) -> dict[str, str]:
    """Return every group that a target names, by column."""
    groups = ((column, getattr(one, column)) for column in GROUPS)
    return {column: group for column, group in groups if group is not None}


def _whose(one: TargetRequest | Target) -> Whose:
    return next(iter(named_groups(one).items()), None)


class Standing(StrEnum):
    """What has become of a target."""

    IN_FORCE = "in force"
    TO_COME = "to come"
    REPLACED = "replaced"
    ENDED = "ended"
    TAKEN_BACK = "taken back"


def standing(
    target: Target, targets: Sequence[Target], today: date
) -> tuple[Standing, date | None]:
    """Return what has become of a target, and the day after the last one it holds on.

    Args:
        targets: All of the same aim, the target among them.

    Returns:
        The end is None where it holds until somebody replaces it, and its first day where it
        never holds because another one took every day of it, or it was taken back.
    """
    if target.taken_back:
        return Standing.TAKEN_BACK, target.valid_from
    end = _end(target, targets)
    if end == target.valid_from or (end is not None and end <= today and end != target.valid_to):
        return Standing.REPLACED, end
    if end is not None and end <= today:
        return Standing.ENDED, end
    return (Standing.IN_FORCE if target.valid_from <= today else Standing.TO_COME), end


def _end(target: Target, targets: Sequence[Target]) -> date | None:
    end: date | None = target.valid_from
    for (_, held), (following, _) in pairwise([*turns(targets, target.valid_from), (None, None)]):
        if held is target:
            end = following
    return end


def is_ceiling(one: Target, better: Better) -> bool:
    """Tell whether a target is the most that there should be.

    Where less is better, every single value is, whether somebody said so or not.
    """
    return one.max_value is None and (one.at_most or better is Better.DOWN)


def turns(targets: Sequence[Target], start: date) -> Iterator[tuple[date, Target | None]]:
    """Yield what is aimed at from a day on: that day, and each later one that changes it.

    Args:
        targets: All of one aim.

    Returns:
        With each day the target that holds from it on; None where there is none.
    """
    # what holds changes only on days on which some target begins or ends
    days = {one.valid_from for one in targets} | {one.valid_to for one in targets if one.valid_to}
    before = None
    for day in (start, *sorted(day for day in days if day > start)):
        now = in_force(targets, day)
        if day == start or now is not before:
            yield day, now
        before = now


def in_force(targets: Sequence[Target], day: date) -> Target | None:
    """Return the target that holds on a day: the one set last of those that cover it."""
    covering = [
        target
        for target in targets
        if target.valid_from <= day and (target.valid_to is None or day < target.valid_to)
    ]
    return max(covering, key=lambda target: target.target_id, default=None)

"""What a target changes, in sentences. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.definition import Definition
from pipelines.kpis.target import Target, turns
from pipelines.periods import Period


def weeks_changed(weeks: Sequence[Period]) -> Message:
    """Return which finished weeks get another target."""
    return msg_plural(
        "It changes the target of {count} finished week, from {first} to {last}.",
        "It changes the target of {count} finished weeks, from {first} to {last}.",
        len(weeks),
        first=weeks[0].start,
        last=weeks[-1].last_day,
    )


def changed_within(
    targets: Sequence[Target], definition: Definition, period: Period
) -> Message | None:
    """Return what a period aims at where the company's target changes in it; None: it does not.

    Args:
        targets: Every target that was ever set.
    """
    own = [one for one in targets if one.key == definition.key and one.whose is None]
    held = [
        (day, (one.value, one.max_value, one.at_most, one.per))
        for day, one in turns(own, period.start)
        if one is not None and day < period.end
    ]
    days = tuple(day for (_, before), (day, now) in pairwise(held) if now != before)
    if not days:
        return None
    if definition.adds_up:
        return msg(
            "The target changes on {days}: over the whole period both count, by working days.",
            days=days,
        )
    return msg(
        "The target changes on {days}: the whole period keeps that of its first day.", days=days
    )

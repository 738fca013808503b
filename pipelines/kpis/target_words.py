"""What a target changes, in sentences. Pure."""

from collections.abc import Sequence

from pipelines.errors import Message, msg_plural
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

"""Whether a meeting is worth its time, said gently. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dashboard.rhythm.meeting.model import Item, Topic

#: Once is an accident, three times in a row is a plan that does not fit.
TIMES_OVER = 3
#: A point that fewer of those invited have to do with is settled better elsewhere, in percent.
LEAST_CONCERNED = 70
_ALL = 100


@dataclass(frozen=True)
class SectionTime:
    """A section of the agenda and how long it took.

    Attributes:
        title: None: what its topic is called.
        seconds: As it was; 0 if nobody entered it.
    """

    position: int
    topic: Topic
    title: str | None
    minutes: int
    seconds: int

    @property
    def over_by(self) -> int:
        """By how many seconds it took longer than planned; 0 if it did not."""
        return max(0, self.seconds - self.minutes * 60)


@dataclass(frozen=True)
class Hygiene:
    """What a meeting brought, in numbers.

    Attributes:
        actions: New ones, those of its decisions too.
        adopted: It adopted the next quarter.
    """

    worked: int
    decisions: int
    actions: int
    adopted: bool = False

    @property
    def numbers_meeting(self) -> bool:
        """Whether it brought nothing: no blocker worked, nothing decided, nothing to do."""
        return not (self.worked or self.decisions or self.actions or self.adopted)


def overrunning(history: Sequence[Iterable[SectionTime]]) -> tuple[SectionTime, ...]:
    """Return the sections that took longer than planned three meetings in a row.

    Args:
        history: The sections of closed meetings of one kind, newest meeting first.

    Returns:
        They as they were in the newest of the meetings; none of fewer than three meetings.
    """
    if len(history) < TIMES_OVER:
        return ()
    newest, *former = history[:TIMES_OVER]
    over = [{_same(section) for section in sections if section.over_by} for sections in former]
    return tuple(
        section
        for section in newest
        if section.over_by and all(_same(section) in sections for sections in over)
    )


def elsewhere(items: Iterable[Item], invited: Collection[str]) -> tuple[Item, ...]:
    """Return the open points that concern less than 70 % of those invited.

    A point of which nobody said whom it concerns is left alone, and so is one that the product
    raised: its rules want it talked about here.
    """
    here = set(invited)
    return tuple(
        item
        for item in items
        if not item.closed
        and item.raised_by is not None
        and item.concerns
        and len(here.intersection(item.concerns)) * _ALL < LEAST_CONCERNED * len(here)
    )


def _same(section: SectionTime) -> tuple[Topic, str | None]:
    """Return what makes it the same section in another meeting, wherever it stood."""
    return section.topic, section.title

"""The agenda of a meeting that nobody has given one yet. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from dashboard.rhythm.meeting.model import USUAL_AGENDA, Kind, Section, Topic

#: In minutes, where a company has not said otherwise: half an hour, an hour, two and a half hours.
_AGENDAS: dict[Kind, tuple[tuple[Topic, int], ...]] = {
    Kind.WEEKLY: USUAL_AGENDA,
    Kind.MONTHLY: (
        (Topic.LANDING, 10),
        (Topic.GAPS, 35),
        (Topic.COMMITMENTS, 10),
        (Topic.CLOSE, 5),
    ),
    Kind.QUARTERLY: (
        (Topic.WINS, 10),
        (Topic.KPIS, 45),
        (Topic.WORK, 40),
        (Topic.RITUALS, 20),
        (Topic.NEXT, 25),
        (Topic.CLOSE, 10),
    ),
}
#: Of the months and quarters before reviews looked at gaps and verdicts.
_FORMER: dict[Kind, tuple[Topic, ...]] = {
    Kind.MONTHLY: (Topic.SCOREBOARD, Topic.COMMITMENTS, Topic.BLOCKERS, Topic.CLOSE),
    Kind.QUARTERLY: (
        *(Topic.WINS, Topic.SCOREBOARD, Topic.COMMITMENTS, Topic.BLOCKERS, Topic.CLOSE),
    ),
}


def is_outdated(kind: Kind, sections: Sequence[Section]) -> bool:
    """Tell whether an agenda is the usual one of an earlier version, which nobody has changed."""
    topics = tuple(section.topic for section in sections)
    return topics == _FORMER.get(kind) and all(section.title is None for section in sections)


def usual_sections(kind: Kind, minutes: int) -> tuple[Section, ...]:
    """Return an agenda of a length, in the proportions of the usual one.

    Args:
        minutes: Of the whole meeting; at least one for each section.
    """
    agenda = _AGENDAS[kind]
    whole = sum(share for _, share in agenda)
    # each section ends where its share of the whole does, so that no minute is lost in rounding
    ends = [
        round(minutes * sum(share for _, share in agenda[:place]) / whole)
        for place in range(len(agenda) + 1)
    ]
    lengths = [max(1, end - start) for start, end in pairwise(ends)]
    longest = lengths.index(max(lengths))
    lengths[longest] -= sum(lengths) - minutes
    return tuple(
        Section(place, topic, None, length)
        for place, ((topic, _), length) in enumerate(zip(agenda, lengths, strict=True), 1)
    )

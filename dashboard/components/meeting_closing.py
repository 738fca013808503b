"""What a meeting says before it is closed: what came of it, what waits, whom the minutes go to."""

from collections.abc import Iterator
from typing import Any

from dashboard.components.meeting_sight import Outgoing, Sight
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.hygiene import Hygiene
from dashboard.rhythm.meeting.model import Kind
from dashboard.text import Language, listed, text, text_plural


def closing_data(sight: Sight, language: Language) -> dict[str, Any]:
    """Return what stands above the button that closes the meeting, and what it asks."""
    return {
        "closing": _nothing_came_of_it(sight, language),
        "asking": [*_waiting(sight, language), *_post(sight.outgoing, language)],
    }


def _nothing_came_of_it(sight: Sight, language: Language) -> str:
    meeting = sight.meeting
    worked = sum(one.worked_in == meeting.meeting_id for one in meeting.blockers)
    decided = len(meeting.decisions) + (sight.adopted is not None)
    decided += len(sight.gaps.decisions) if sight.gaps else 0
    decided += sum(one.decided is not None for one in sight.quarter.items) if sight.quarter else 0
    if not Hygiene(worked, decided, len(meeting.actions)).numbers_meeting:
        return ""
    return text(
        "So far this is a numbers meeting: no blocker worked, nothing decided, nothing to do.",
        language,
    )


def _waiting(sight: Sight, language: Language) -> Iterator[str]:
    """Yield what a review leaves open."""
    if sight.gaps is not None and sight.meeting.kind is Kind.MONTHLY:
        yield from _about_gaps(sight.gaps, language)
    waiting = sum(one.is_waiting for one in sight.quarter.items) if sight.quarter else 0
    if waiting:
        yield text_plural(
            "{count} thing still waits for a verdict.",
            "{count} things still wait for a verdict.",
            waiting,
            language,
        )


def _about_gaps(review: GapReview, language: Language) -> Iterator[str]:
    keys = [one.definition.key for one in review.missed]
    undecided = sum(not review.is_decided(key) for key in keys)
    if undecided:
        yield text_plural(
            "{count} gap has no decision.", "{count} gaps have no decision.", undecided, language
        )
    unexplained = sum(not review.cause(one.kpi) for one in review.decisions)
    if unexplained:
        yield text_plural(
            "{count} gap has a decision but no cause.",
            "{count} gaps have a decision but no cause.",
            unexplained,
            language,
        )


def _post(outgoing: Outgoing | None, language: Language) -> Iterator[str]:
    if outgoing is None:
        return
    if outgoing.reached and outgoing.has_server:
        yield text_plural(
            "The minutes then go to {count} person by e-mail.",
            "The minutes then go to {count} people by e-mail.",
            outgoing.reached,
            language,
        )
    elif outgoing.reached:
        yield text_plural(
            "There is no mail server: a letter with the minutes is laid into the outbox folder "
            "for {count} person.",
            "There is no mail server: letters with the minutes are laid into the outbox folder "
            "for {count} people.",
            outgoing.reached,
            language,
        )
    if outgoing.unreachable:
        yield text(
            "No address is known for {names}.",
            language,
            names=listed(outgoing.unreachable, language),
        )

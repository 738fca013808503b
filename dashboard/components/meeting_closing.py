"""What a meeting says before it is closed: what came of it, what waits, whom the minutes go to."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.components.meeting_sight import Outgoing, Sight
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.hygiene import Hygiene
from dashboard.rhythm.meeting.model import Kind
from dashboard.text import Language, listed, render, text, text_plural
from pipelines.errors import Message, msg
from pipelines.kpis.definition import LocalText

#: More than these are counted.
_NAMED = 3


def closing_data(sight: Sight, language: Language) -> dict[str, Any]:
    """Return what stands above the button that closes the meeting, and what it asks."""
    return {
        "closing": _nothing_came_of_it(sight, language),
        "missing": list(_missing(sight, language)) if sight.runs else [],
        "post": list(_post(sight.outgoing, language)),
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


def _missing(sight: Sight, language: Language) -> Iterator[str]:
    """Yield what is left open: gaps, verdicts, who was here."""
    if sight.gaps is not None and sight.meeting.kind is Kind.MONTHLY:
        yield from _about_gaps(sight.gaps, language)
    items = sight.quarter.items if sight.quarter else ()
    if waiting := [msg("“{text}”", text=one.name) for one in items if one.is_waiting]:
        yield text_plural(
            "{count} thing still waits for a verdict: {names}.",
            "{count} things still wait for a verdict: {names}.",
            len(waiting),
            language,
            names=_few(waiting, language),
        )
    if unmarked := [one.name for one in sight.meeting.attendees if one.present is None]:
        yield text(
            "Not marked as here or absent: {names}.", language, names=_few(unmarked, language)
        )


def _about_gaps(review: GapReview, language: Language) -> Iterator[str]:
    missed = [one.definition for one in review.missed]
    if undecided := [one.name for one in missed if not review.is_decided(one.key)]:
        yield text_plural(
            "{count} gap has no decision: {names}.",
            "{count} gaps have no decision: {names}.",
            len(undecided),
            language,
            names=_few(undecided, language),
        )
    decided = [one.definition for one in review.gaps if review.decision(one.definition.key)]
    if unexplained := [one.name for one in decided if not review.cause(one.key)]:
        yield text_plural(
            "{count} gap has a decision but no cause: {names}.",
            "{count} gaps have a decision but no cause: {names}.",
            len(unexplained),
            language,
            names=_few(unexplained, language),
        )


def _few(names: Sequence[LocalText | Message | str], language: Language) -> str:
    """Return names as a sentence lists them; of many, the first ones and how many more there are."""
    shown = [one if isinstance(one, str) else render(one, language) for one in names]
    if (more := len(shown) - _NAMED) > 1:
        shown[_NAMED:] = [text_plural("{count} more", "{count} more", more, language)]
    return listed(shown, language)


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

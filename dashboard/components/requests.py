"""Wishes to move an action: granted or declined in one click, with a word if somebody has one.

They are a part of the list of actions; see ``commitments``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import format as shown
from dashboard.rhythm.action import MAX_REASON
from dashboard.rhythm.requests import Open
from dashboard.text import Language, text, text_plural


@dataclass(frozen=True)
class MoveRequests:
    """What waits for an answer.

    Attributes:
        answer: Called with a request, whether it is granted, and what is said about it, before
            anything is drawn again.
    """

    waiting: Sequence[Open]
    answer: Callable[[Open, bool, str], bool]


def take(requests: MoveRequests, said: dict[str, Any]) -> None:
    """Answer as the browser says that somebody did, trusting none of it."""
    by_number = {one.request.request_id: one for one in requests.waiting}
    one = by_number.get(int(said.get("id") or 0))
    # what the person saw: a request that was changed meanwhile is another one
    if one and one.request.version == said.get("version"):
        requests.answer(one, bool(said.get("granted")), str(said.get("said") or ""))


def part(requests: MoveRequests, language: Language) -> dict[str, object] | None:
    """Return what waits as the list shows it; None where nothing does."""
    waiting = requests.waiting
    if not waiting:
        return None
    return {
        "heading": text_plural(
            "{count} request for a later date",
            "{count} requests for a later date",
            len(waiting),
            language,
        ),
        "grant": text("Grant", language),
        "decline": text("Decline", language),
        "said": text("A word about it (optional)", language),
        "longest": MAX_REASON,
        "requests": [_line(one, language) for one in waiting],
    }


def _line(one: Open, language: Language) -> dict[str, object]:
    request, action = one.request, one.action
    return {
        "id": request.request_id,
        "version": request.version,
        "title": action.title,
        "wish": text(
            "{name} asks to move it from {before} to {after}",
            language,
            name=request.asked_by,
            before=shown.short_day(action.due_on, language),
            after=shown.short_day(request.due_on, language),
        ),
        "reason": request.reason,
    }

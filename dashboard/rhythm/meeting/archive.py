"""What was said in meetings: what did we decide about X?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.rhythm.meeting.seat import hidden_kpis, invitations, rows
from pipelines.context import Context
from pipelines.folding import folded
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import LocalText
from pipelines.people.names import names_at
from pipelines.store import Cursor

#: Whoever finds more than this asks with another word.
MOST = 200
#: Longer questions are pasted by mistake; their beginning is enough.
_MOST_WORDS = 20


class Said(StrEnum):
    """Where something was said."""

    DECISION = "decision"
    BLOCKER = "blocker"
    MINUTES = "minutes"
    WIN = "win"
    PRACTICE = "practice"
    ACTION = "action"
    POINT = "point"


@dataclass(frozen=True)
class Found:
    """Something that was said.

    Attributes:
        title: The decision, the action, the blocker, the point, the win, the practice; "" for
            notes of a meeting.
        text: What is written about it: the blocker of a decision, the facts of a blocker, the
            notes of a meeting, how a practice is done, whose an action, a point or a win is.
        said_on: The day of the meeting, or the day a practice was added.
        meeting_id: None for practices, and for blockers that no meeting had before it.
        subject_id: The number of the decision, action, blocker, point, meeting, win or practice.
        decision: Where the life of a decision is, as ``Decided.subject``; None: it is none.
        also: Names that belong to it, such as whose a decision is.
        kpi: What the KPI is called that it is about, if the words are its name.
    """

    kind: Said
    title: str
    text: str
    said_on: date
    meeting_id: int | None
    subject_id: int
    decision: str | None = None
    also: tuple[str, ...] = ()
    kpi: LocalText | None = None


def search(context: Context, words: str) -> tuple[Found, ...]:
    """Return what was said about something, newest first, whatever accents and capitals.

    Args:
        words: All of them have to occur, or they are the name of a KPI that it is about.

    Returns:
        At most ``MOST``; for some, only from meetings they are invited to. Nothing for no words.
    """
    wanted = folded(words).split()[:_MOST_WORDS]
    if not wanted:
        return ()
    definitions, hidden = catalogue(context), hidden_kpis(context)
    kpis = [
        key
        for key, one in definitions.items()
        if any(
            all(word in folded(name) for word in wanted)
            for name in (one.name.en, one.name.fr, one.name.fr_CA)
        )
    ]

    def read(cursor: Cursor) -> tuple[Found, ...]:
        own = invitations(context, cursor, names_at(cursor))
        unseen = [f"{kind} {key}" for key in hidden for kind in ("gap", "kpi")]
        mine = None if own is None else sorted(own)
        found = rows(cursor, "found", words=wanted, kpis=kpis, own=mine, unseen=unseen, most=MOST)
        return tuple(
            Found(
                Said(kind),
                title,
                text,
                said_on,
                meeting_id,
                subject_id,
                decision,
                tuple((also or "").splitlines()),
                definitions[kpi].name if kpi in kpis else None,
            )
            for kind, title, text, said_on, meeting_id, subject_id, decision, also, kpi in found
            if own is None or meeting_id is None or meeting_id in own
        )

    return context.store.read(read)

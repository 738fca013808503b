"""A meeting as somebody sees it at one moment: what the page of the meeting is made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.meeting.commitments import Commitment, Task
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.meeting.model import Meeting
from dashboard.rhythm.meeting.timing import Timing
from dashboard.rhythm.pact.pacts import Fired
from dashboard.rhythm.review import Review
from pipelines.kpis.definition import Definition
from pipelines.periods import Calendar


@dataclass(frozen=True)
class Sight:
    """A meeting as somebody sees it at one moment.

    Attributes:
        review: Of the last finished week before it, while its scoreboard is read or blockers are
            worked; else None.
        commitments: While they are gone through; else none.
        kept: How many of them were kept, while they are gone through; else None.
        people: Everybody who may be invited, before it starts; else nobody.
        pacts: Those that fired, while blockers are worked; else none.
        former: The minutes of the meetings before, newest first; for a meeting that is prepared.
        kpis: Those that whoever looks may see, by key.
        read_back: Who does what by when: by owner, then by date.
        proposed: The day that is proposed for a new action.
        name: Of whoever looks, as actions name them.
        account: A number that is theirs alone; drafts in the browser are kept under it.
        runs: Whether they may lead the meeting.
        currency: The company's.
        looked_at: The blocker they opened; None: the one that comes first.
    """

    meeting: Meeting
    timing: Timing
    review: Review | None
    commitments: Sequence[Commitment]
    kept: Kept | None
    kpis: Mapping[str, Definition]
    people: Sequence[str]
    pacts: Sequence[Fired]
    former: Sequence[Minutes]
    read_back: Sequence[Task]
    today: date
    proposed: date
    name: str
    account: str
    runs: bool
    calendar: Calendar
    currency: str
    looked_at: int | None

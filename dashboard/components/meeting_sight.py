"""A meeting as somebody sees it at one moment: what the page of the meeting is made from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.effect.kept import Kept
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.commitments import Commitment, Task
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.meeting.model import Meeting
from dashboard.rhythm.meeting.timing import Timing
from dashboard.rhythm.pact.pacts import Fired
from dashboard.rhythm.quarter.draft import NextQuarter
from dashboard.rhythm.quarter.model import QuarterReview
from dashboard.rhythm.review import Review
from pipelines.kpis.definition import Definition
from pipelines.periods import Calendar


@dataclass(frozen=True)
class Outgoing:
    """Whom minutes go to once a meeting is closed.

    Attributes:
        reached: How many of those who are invited have an address.
        unreachable: The names of the others.
        has_server: Whether letters go out by themselves; if not, they are laid into the outbox.
    """

    reached: int
    unreachable: Sequence[str]
    has_server: bool


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
        accounts: Those of the invited who have an account, at the end of a meeting; else nobody.
        assigns: Whether they may give actions to others.
        minutes: How long the company means such a meeting to be; 0: it has not said.
        looked_at: The blocker they opened; None: the one that comes first.
        gaps: The month a gap review looks at, from its start on, or while gaps are talked about;
            else None.
        gap_looked_at: The KPI whose gap they opened; "": the one that comes first.
        quarter: The quarter a review looks at, from its start on; else None.
        subject: What of it they opened; "": the first thing that is not decided.
        following: The next quarter, while it is drafted; else None.
        adopted: The next quarter as the meeting adopted it; None: it did not.
        weekly_on: When the next weekly meeting is, while gaps are talked about; else None.
        outgoing: Whom the minutes go to, for those who may close the meeting at its end.
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
    gaps: GapReview | None = None
    gap_looked_at: str = ""
    quarter: QuarterReview | None = None
    subject: str = ""
    following: NextQuarter | None = None
    adopted: NextQuarter | None = None
    weekly_on: date | None = None
    outgoing: Outgoing | None = None
    assigns: bool = True
    minutes: int = 0
    accounts: Collection[str] = ()

"""What a told meeting is made of. Pure values; ``quarter`` holds the twelve."""

from dataclasses import dataclass

#: Minutes of the usual sections: wins, scoreboard, commitments, blockers, close.
Lengths = tuple[float, float, float, float, float]


@dataclass(frozen=True)
class Promise:
    """Something that somebody promised in a meeting.

    Attributes:
        due: Days after the meeting; a day on which nobody works becomes the next one that is.
        late: Days after that on which it was done; 0: on its day.
        open: It is still to be done; its ``due`` counts from the Monday of the running week then.
        about: The customer whose deal it is about.
    """

    title: str
    owner: str
    kpi: str
    due: int
    late: int = 0
    open: bool = False
    about: str | None = None


@dataclass(frozen=True)
class Parking:
    """Where and when a blocker is decided that the meeting does not decide.

    Attributes:
        meetings: So many meetings later; that is the day it comes back.
    """

    forum: str
    meetings: int


@dataclass(frozen=True)
class Worked:
    """A blocker that a meeting has before it: made there, or brought back.

    Attributes:
        key: What the script calls it; the same one comes back under the same word.
        title: None: what its KPI or its action is called.
        action: The title of the action it is about.
        about: The customer whose deal it is about.
        decision: Worked, if there is one.
    """

    key: str
    title: str | None = None
    kpi: str | None = None
    action: str | None = None
    about: str | None = None
    raised_by: str | None = None
    facts: str = ""
    tried: str = ""
    problem: str = ""
    ideas: str = ""
    decision: Promise | None = None
    parking: Parking | None = None


@dataclass(frozen=True)
class Good:
    """A win.

    Attributes:
        practice: The title under which it is kept as a good practice.
    """

    text: str
    person: str | None = None
    practice: str | None = None


@dataclass(frozen=True)
class Raised:
    """A point that somebody put on the agenda before the meeting, and what was said about it."""

    name: str
    title: str
    answer: str


@dataclass(frozen=True)
class Told:
    """A weekly meeting.

    Attributes:
        lengths: How long each section took.
        ratings: From 1 to 10, in the order of those who are there.
        notes: By position of the section.
        suspended: After so many sections, to go on in the afternoon.
        paused: Minutes of a break in the blockers.
    """

    lengths: Lengths
    ratings: tuple[int, ...]
    wins: tuple[Good, ...] = ()
    blockers: tuple[Worked, ...] = ()
    promises: tuple[Promise, ...] = ()
    absent: tuple[str, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    points: tuple[Raised, ...] = ()
    votes: tuple[tuple[str, str], ...] = ()
    suspended: int | None = None
    paused: float = 0

    @property
    def given_out(self) -> tuple[Promise, ...]:
        """All that somebody promised in it, decisions first."""
        return (*(one.decision for one in self.blockers if one.decision), *self.promises)

"""Where a period ends, and how good earlier landings were. Pure values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipelines.analysis.judgement import Aim
from pipelines.errors import Message
from pipelines.kpis.definition import Definition, LocalText
from pipelines.periods import Period


class Method(StrEnum):
    """How a landing was found."""

    #: What is closed, open deals by their own chances, and what earlier periods still brought by
    #: deals that were not there yet.
    OPEN_DEALS = "open_deals"
    #: The same without what is not there yet: too few earlier periods tell about it.
    KNOWN_DEALS = "known_deals"
    #: What there is to date goes on at the same rate per working day.
    RUN_RATE = "run_rate"
    #: A rate, a mean or a median stays where it is.
    TO_DATE = "to_date"
    #: Nothing is left to come.
    ENDED = "ended"


@dataclass(frozen=True)
class OpenDeal:
    """A deal that is open on the day, and what is expected of it.

    Attributes:
        owner: As the product shows them.
        stage: Where it was on the day, as the files call it; None where they do not tell.
        days_there: For how many days it was there; without a stage, since it was created.
        amount: As it was known on the day; None: the files tell none, and it counts as nothing.
        chance: That it is won before the period ends.
        alike: How many earlier deals were in the same stage for longer.
        expected: What it adds to the mean, in the KPI's unit.
        vanished: A full export did not hold it any more.
        reason: Where the chance comes from.
        currency: ISO code of the amount; None in reviews that were closed before it was kept.
        few: On how many earlier deals the chance rests if they are too few to tell much; else None.
    """

    source: str
    external_id: str
    name: str | None
    account: str | None
    owner: str | None
    stage: str | None
    days_there: int
    amount: Decimal | None
    chance: float
    alike: int
    expected: Decimal
    vanished: bool
    reason: Message
    currency: str | None = None
    few: int | None = None


@dataclass(frozen=True)
class Decisive:
    """One of the deals that make the landing, and what becomes of it without.

    Attributes:
        without: The middle of the range if it is not won.
        chance_without: That of reaching the target then; None without a target.
        won: The middle of the range if it is won.
        chance_won: That of reaching the target then.
    """

    deal: OpenDeal
    without: Decimal
    chance_without: float | None
    won: Decimal
    chance_won: float | None


@dataclass(frozen=True)
class Earlier:
    """What an earlier period still brought, at the same time of it, by deals not yet created.

    Attributes:
        day: With as many working days left as today.
        count: Deals that were won after the day and were not open on it.
        brought: Their part of the KPI.
    """

    period: Period
    day: date
    count: int
    brought: Decimal


@dataclass(frozen=True)
class Outlook:
    """A landing as a range; everything in the KPI's unit.

    Attributes:
        closed: What is closed already.
        open: What open deals add on average; the sum of what is expected of each.
        others: What deals add on average that are not there yet.
        low: P10: nine times in ten it is at least that.
        middle: P50.
        high: P90.
        chance: Of meeting the target; None without one.
        exact: Every sum was followed; otherwise chance drew ten thousand.
        days_left: Until the last day of the period.
        earlier: What earlier periods tell about deals that are not there yet, oldest first.
        deals: Those that add most, first; for some, only their own.
        count: How many deals are open, whoever may see them.
        unseen: How many of them are somebody else's, and not listed for whoever asks.
        decisive: The handful that takes most away when it is not won; for some, only their own.
        decisive_unseen: How many of that handful are somebody else's.
    """

    closed: Decimal
    open: Decimal
    others: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    chance: float | None
    exact: bool
    days_left: int
    earlier: tuple[Earlier, ...]
    deals: tuple[OpenDeal, ...]
    count: int
    unseen: int
    decisive: tuple[Decisive, ...]
    decisive_unseen: int

    @property
    def mean(self) -> Decimal:
        """What it ends at on average."""
        return self.closed + self.open + self.others


@dataclass(frozen=True)
class Landing:
    """Where a KPI ends in a period, seen from a day.

    Attributes:
        as_of: The day it is seen from.
        until: The last day that the files tell about then.
        method: None where it is unavailable.
        currency: ISO code for money; else None.
        aim: What the period aims at; None without a target.
        aim_note: What that is made of, where the target changes within the period; else None.
        to_date: The KPI in the period up to then.
        value: Where it ends: the middle of the range, or the only value there is.
        outlook: The range; None for KPIs that are not made of deals won, and without history.
        notes: What it leaves out or takes for granted.
        unavailable: Why there is none; None if there is.
    """

    definition: Definition
    period: Period
    as_of: date
    until: date
    method: Method | None = None
    currency: str | None = None
    aim: Aim | None = None
    to_date: float | None = None
    value: float | None = None
    outlook: Outlook | None = None
    notes: tuple[Message, ...] = ()
    unavailable: Message | LocalText | None = None
    aim_note: Message | None = None


@dataclass(frozen=True)
class Tried:
    """A landing as it would have been made on a day of a finished period, and what came.

    Attributes:
        day: Only what was known by then went into it.
        closed: What was closed by then.
        low, middle, high: The range: P10, P50 and P90.
        run_rate: Where the simple rate per working day would have landed.
        static: Where the usual weights by stage would have: of each open deal, the share of the
            finished deals of its stage that were won, whatever time is left.
        came: What the period ended with.
    """

    period: Period
    day: date
    closed: Decimal
    low: Decimal
    middle: Decimal
    high: Decimal
    run_rate: Decimal
    static: Decimal
    came: Decimal

    @property
    def is_within(self) -> bool:
        """Whether what came lay within the range."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True)
class Score:
    """How good landings were; errors in the KPI's unit.

    Attributes:
        covered: The share of what came that lay within the range; 0.8 is what it promises.
        bias: How much too high the middle was on average; below zero: too low.
        error: By how much the middle missed, up or down, on average.
        run_rate_bias, run_rate_error: The same of the simple rate per working day.
        static_bias, static_error: The same of static weights by stage.
        came: What came on average, to set the others against.
    """

    covered: float
    bias: Decimal
    error: Decimal
    run_rate_bias: Decimal
    run_rate_error: Decimal
    static_bias: Decimal
    static_error: Decimal
    came: Decimal


@dataclass(frozen=True)
class TrackRecord:
    """How good the landings of a KPI would have been.

    Attributes:
        currency: ISO code for money; else None.
        tried: Oldest first.
        score: Of all of them; None where none could be tried.
        amounts_known: Of the deals that were open on those days, the share whose amount of the day
            an export of that time tells; for the others it is the one they have now.
        notes: What to keep in mind, such as how few they are.
        unavailable: Why there is none; None if there is.
    """

    definition: Definition
    as_of: date
    currency: str | None = None
    tried: tuple[Tried, ...] = ()
    score: Score | None = None
    amounts_known: float = 0.0
    notes: tuple[Message, ...] = ()
    unavailable: Message | LocalText | None = None

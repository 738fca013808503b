"""What a pipeline review finds. Pure values; amounts are in one currency, to the cent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipelines.errors import Message
from pipelines.funnel.conversion import Conversion

#: Won deals that took no longer than this share of them set the rhythm.
USUAL_SHARE = 0.85


class Change(StrEnum):
    """What became of a deal between two days, in the order in which the bridge shows it."""

    CREATED = "created"
    REOPENED = "reopened"  # won, lost or given up before, and open again
    GROWN = "grown"
    SHRANK = "shrank"
    RESTATED = "restated"  # in another currency than before
    ADVANCED = "advanced"  # into a later stage
    MOVED_BACK = "moved_back"  # into an earlier one
    SLIPPED = "slipped"  # expected to close later than before
    BROUGHT_FORWARD = "brought_forward"  # expected to close earlier
    WON = "won"
    LOST = "lost"
    ENDED = "ended"  # neither won nor lost
    VANISHED = "vanished"  # a full export holds it no longer

    @property
    def comes(self) -> int:
        """How many deals one such change adds to the pipeline: 1, 0 or -1."""
        if self in {Change.CREATED, Change.REOPENED}:
            return 1
        leaves = {Change.WON, Change.LOST, Change.ENDED, Change.VANISHED}
        return -1 if self in leaves else 0

    @property
    def moves_amount(self) -> bool:
        """Whether it changes what the pipeline is worth; the others only say how deals move."""
        return self not in {
            Change.ADVANCED,
            Change.MOVED_BACK,
            Change.SLIPPED,
            Change.BROUGHT_FORWARD,
        }


@dataclass(frozen=True)
class Deal:
    """A deal as it stood on the later day, or as it last stood in the pipeline.

    Attributes:
        owner: As the product shows them; None where the file names nobody.
        amount: In its own currency; None where the file says none.
        file: The name of the file that its row came from; None if that is not known.
        line: The line of that file.
    """

    source: str
    external_id: str
    name: str | None
    account: str | None
    owner: str | None
    stage: str | None
    amount: Decimal | None
    currency: str
    created_on: date | None
    expected_close_on: date | None
    file: str | None
    line: int

    @property
    def key(self) -> str:
        """How actions and blockers name the deal that they are about."""
        return f"{self.source} {self.external_id}"

    @property
    def called(self) -> str:
        """What people call it: its name, else its number in the CRM."""
        return self.name or self.external_id


@dataclass(frozen=True)
class MovedDeal:
    """A deal behind a bar of the bridge.

    Attributes:
        was_stage: Its stage on the first day.
        was_amount: Its amount on the first day, in its own currency; None: not open then, or none.
        was_close_on: When it was expected to close.
        added: What it adds to the amount of the pipeline by this change.
    """

    deal: Deal
    was_stage: str | None
    was_amount: Decimal | None
    was_close_on: date | None
    added: Decimal


@dataclass(frozen=True)
class Bar:
    """One way in which the pipeline changed.

    Attributes:
        deals: How many deals.
        added: What they add to its amount; 0 for changes that move no amount.
        worth: What these deals are worth.
        without_amount: How many of them have none, or one in another currency.
        listed: The largest of them, as far as whoever asks may see them.
    """

    change: Change
    deals: int
    added: Decimal
    worth: Decimal
    without_amount: int
    listed: tuple[MovedDeal, ...]


@dataclass(frozen=True)
class End:
    """The open pipeline on a day.

    Attributes:
        day: The day asked about.
        told_on: The day of the export that tells how things stood; None: none had come by then, and
            the deals' own dates and the amounts they were first seen with stand in.
    """

    day: date
    told_on: date | None
    deals: int
    amount: Decimal


@dataclass(frozen=True)
class Bridge:
    """From the open pipeline of one day to that of another.

    ``opening.amount`` and what the bars add make ``closing.amount``, exactly; so do their deals.

    Attributes:
        bars: In the order of ``Change``; only changes that there were.
    """

    opening: End
    closing: End
    bars: tuple[Bar, ...]

    def bar(self, change: Change) -> Bar | None:
        """Return what there was of a change."""
        return next((one for one in self.bars if one.change is change), None)


class Basis(StrEnum):
    """What the time of a deal is compared with: deals won in the two years before."""

    STAGE = "stage"  # how long they stood in the same stage
    SINCE = "since"  # how long they took from its last dated stage until they were won
    LIFE = "life"  # how long they took in all


@dataclass(frozen=True)
class Pace:
    """How long a deal has been somewhere, against the company's own rhythm.

    Attributes:
        days: In the stage, since the stage, or since it was created.
        usual_days: So many or fewer took ``USUAL_SHARE`` of the deals that were won.
        stage: The one that ``basis`` is about; None for the whole life.
    """

    basis: Basis
    days: int
    usual_days: int
    stage: str | None


@dataclass(frozen=True)
class OpenDeal:
    """An open deal that something is wrong with.

    Attributes:
        pace: None where history is too thin, or its dates say nothing.
        last_activity_on: When anybody last did something about it; None: never, or not known.
    """

    deal: Deal
    pace: Pace | None
    last_activity_on: date | None


@dataclass(frozen=True)
class Worry:
    """The open deals that one thing is wrong with.

    Attributes:
        deals: How many there are.
        worth: What they are worth.
        listed: The largest, as far as whoever asks may see them.
        unavailable: Why it cannot be told; the rest is empty then.
    """

    deals: int
    worth: Decimal
    listed: tuple[OpenDeal, ...]
    unavailable: Message | None = None


@dataclass(frozen=True)
class Share:
    """How much of the open amount a few hold.

    Attributes:
        members: How many deals, or accounts, have an amount.
        largest: The share of the largest, between 0 and 1.
        three_largest: That of the three largest together.
        for_half: How many it takes to make half of the amount.
    """

    members: int
    largest: float
    three_largest: float
    for_half: int


@dataclass(frozen=True)
class Concentration:
    """How much the pipeline hangs on a few deals and accounts.

    Attributes:
        deals: None where no open deal has an amount.
        accounts: As above; a deal without an account is one by itself.
        largest_accounts: Name and open amount, as far as whoever asks may see their deals.
    """

    deals: Share | None
    accounts: Share | None
    largest_accounts: tuple[tuple[str, Decimal], ...]


class Concern(StrEnum):
    """What a question is about; the first one that holds chooses the question."""

    VANISHED = "vanished"
    SLIPPING = "slipping"
    STALLED = "stalled"
    PAST_CLOSE = "past_close"
    SHRUNK = "shrunk"
    NO_STEP = "no_step"


@dataclass(frozen=True)
class Question:
    """Something worth asking about a deal.

    Attributes:
        concerns: What holds for it, in the order of ``Concern``.
        asked: The question.
        facts: What it rests on, one sentence each.
        title: What somebody might have to do, for an action; short.
        obstacle: What is in the way, for a blocker; short.
    """

    deal: Deal
    concerns: tuple[Concern, ...]
    asked: Message
    facts: tuple[Message, ...]
    title: Message
    obstacle: Message


@dataclass(frozen=True)
class PipelineReview:
    """What a pipeline review has in front of it.

    Attributes:
        owner: Whose deals alone; None: the company's.
        currency: Of every amount that is added.
        stalled: Longer in one place than won deals were, and nobody does anything about them.
        without_step: Nothing is planned for them.
        past_close: They should have closed by now.
        notes: What is not known, or left out, one sentence each.
        unavailable: Why there is nothing to review; bridge and all the rest are empty then.
    """

    owner: str | None
    currency: str
    bridge: Bridge
    stalled: Worry
    without_step: Worry
    past_close: Worry
    concentration: Concentration
    questions: tuple[Question, ...]
    conversion: Conversion
    notes: tuple[Message, ...]
    unavailable: Message | None = None

    @property
    def worries(self) -> Mapping[Concern, Worry]:
        """The three things that may be wrong with open deals."""
        return {
            Concern.STALLED: self.stalled,
            Concern.PAST_CLOSE: self.past_close,
            Concern.NO_STEP: self.without_step,
        }

"""A month's gaps as one frozen value. Screen, PDF and archive render the same one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from dashboard.rhythm.gap_review.decision import EarlierDecision, GapDecision
from pipelines.actor import Scope
from pipelines.gaps import splits
from pipelines.gaps.model import Gap, Split
from pipelines.landing.model import Landing, Outlook, TrackRecord
from pipelines.periods import Period

#: How many open deals a closed review keeps of each KPI: so many that add most, and so many of the
#: largest among the others.
DEALS_KEPT = 20


@dataclass(frozen=True)
class Intake:
    """A file that was taken in since the last gap review.

    Attributes:
        imported_at: UTC.
        added: Rows that were not there before.
        changed: Rows that say something else than before.
        rejected: Rows that were set aside.
    """

    file_name: str
    source: str
    entity: str
    imported_at: datetime
    added: int
    changed: int
    rejected: int


@dataclass(frozen=True)
class FormerReview:
    """The last gap review of an earlier month.

    Attributes:
        month: The month it looked at.
        closed_at: UTC.
    """

    meeting_id: int
    month: Period
    held_on: date
    closed_at: datetime


@dataclass(frozen=True)
class Cause:
    """Why a KPI has a gap, as the meeting wrote it down."""

    kpi: str
    text: str


@dataclass(frozen=True)
class GapReview:
    """A month as the company looks back on it.

    Attributes:
        month: The reviewed (finished) month.
        quarter: The one it lies in.
        today: The day its numbers are from.
        proposed: Nothing was chosen yet; the KPIs are a proposal.
        gaps: In the order in which the company chose its KPIs. ``Gap.restated`` is there where
            ``former`` looked at the month before.
        records: How good earlier landings were, of those KPIs whose landing is a range.
        confidential: Keys of those KPIs among them that show costs or margins.
        former: None: no earlier month was reviewed.
        intakes: What was taken in since the last gap review was closed, be it one of the same
            month, oldest first; nothing before the first one.
        causes: Those that are written.
        decisions: Those that are taken, at most one a KPI.
        reviewed_on: The days on which the same month was reviewed before, newest first.
        earlier: The last thing that was decided then about each KPI.
        unseen: How many KPIs are withheld from whoever reads it.
    """

    company: str
    month: Period
    quarter: Period
    today: date
    proposed: bool
    gaps: tuple[Gap, ...]
    records: tuple[TrackRecord, ...] = ()
    confidential: tuple[str, ...] = ()
    former: FormerReview | None = None
    intakes: tuple[Intake, ...] = ()
    causes: tuple[Cause, ...] = ()
    decisions: tuple[GapDecision, ...] = ()
    reviewed_on: tuple[date, ...] = ()
    earlier: tuple[EarlierDecision, ...] = ()
    unseen: int = 0

    @property
    def last_on(self) -> date | None:
        """The day of the last gap review, be it one of the same month; None: this is the first."""
        former = () if self.former is None else (self.former.held_on,)
        return max((*self.reviewed_on, *former), default=None)

    def gap(self, key: str) -> Gap | None:
        """Return the gap of a KPI; None: it is not in the review."""
        return next((one for one in self.gaps if one.definition.key == key), None)

    def record(self, key: str) -> TrackRecord | None:
        """Return how good earlier landings of a KPI were; None: it has no range."""
        return next((one for one in self.records if one.definition.key == key), None)

    def cause(self, key: str) -> str:
        """Return why a KPI has a gap; empty while nobody wrote it down."""
        return next((one.text for one in self.causes if one.kpi == key), "")

    def decision(self, key: str) -> GapDecision | None:
        """Return what was decided about a KPI; None: nothing yet."""
        return next((one for one in self.decisions if one.kpi == key), None)

    def earlier_decision(self, key: str) -> EarlierDecision | None:
        """Return what an earlier review of the month decided about a KPI; None: nothing."""
        return next((one for one in self.earlier if one.decision.kpi == key), None)

    def is_decided(self, key: str) -> bool:
        """Tell whether there is a decision about a KPI, be it of an earlier review."""
        return self.decision(key) is not None or self.earlier_decision(key) is not None

    @property
    def judged(self) -> tuple[Gap, ...]:
        """The gaps of which it can be said whether the KPI is on target."""
        return tuple(one for one in self.gaps if one.month and one.month.on_target is not None)

    @property
    def missed(self) -> tuple[Gap, ...]:
        """The gaps of those KPIs that are off target: they ask for a cause and a decision."""
        return tuple(one for one in self.gaps if _is_missed(one))

    @property
    def exceptions_first(self) -> tuple[Gap, ...]:
        """The gaps as they are read: the missed ones first; what is decided moves none of them."""
        return tuple(sorted(self.gaps, key=lambda one: not _is_missed(one)))

    @property
    def restated(self) -> tuple[Gap, ...]:
        """The gaps whose former month is another one today than it was said to be."""
        return tuple(one for one in self.gaps if one.restated is not None)


def _is_missed(gap: Gap) -> bool:
    """Tell whether a target was missed: without a target none is."""
    return gap.month is not None and gap.month.on_target is False


def with_said(
    review: GapReview, causes: Iterable[Cause], decisions: Iterable[GapDecision]
) -> GapReview:
    """Return a review with what a meeting said about it; of KPIs that are not in it, nothing."""
    there = {one.definition.key for one in review.gaps}
    return replace(
        review,
        causes=tuple(one for one in causes if one.kpi in there and one.text.strip()),
        decisions=tuple(one for one in decisions if one.kpi in there),
        earlier=tuple(one for one in review.earlier if one.decision.kpi in there),
    )


def as_seen(review: GapReview, scope: Scope) -> GapReview:
    """Return a review as somebody may read it.

    Costs and margins are left out for those who may not see them. Those who see only themselves
    see of owners and deals their own, and the sum of all others; nothing of owners where they are
    none of them.
    """
    hidden = () if scope.margins else review.confidential
    gaps = tuple(_seen(one, scope) for one in review.gaps if one.definition.key not in hidden)
    records = tuple(one for one in review.records if one.definition.key not in hidden)
    confidential = review.confidential if scope.margins else ()
    seen = replace(
        review,
        gaps=gaps,
        records=records,
        confidential=confidential,
        unseen=review.unseen + len(review.gaps) - len(gaps),
    )
    return with_said(seen, review.causes, review.decisions)


def _seen(gap: Gap, scope: Scope) -> Gap:
    if scope.people is None:
        return gap

    def seen(split: Split) -> Split | None:
        by_owner = split.by == "owner"
        return splits.as_seen(split, lambda one: _is_own(one, scope)) if by_owner else split

    return replace(
        gap,
        responsible=gap.responsible if scope.sees(gap.responsible) else None,
        landing=_own_deals(gap.landing, scope) if gap.landing else None,
        splits=tuple(one for one in map(seen, gap.splits) if one is not None),
    )


def _own_deals(landing: Landing, scope: Scope) -> Landing:
    """Return a landing with somebody's own deals; how many there are of others, everybody knows."""
    outlook = landing.outlook
    if outlook is None:
        return landing
    deals = tuple(one for one in outlook.deals if _is_own(one.owner, scope))
    decisive = tuple(one for one in outlook.decisive if _is_own(one.deal.owner, scope))
    own: Outlook = replace(
        outlook,
        deals=deals,
        unseen=outlook.unseen + len(outlook.deals) - len(deals),
        decisive=decisive,
        decisive_unseen=outlook.decisive_unseen + len(outlook.decisive) - len(decisive),
    )
    return replace(landing, outlook=own)


def _is_own(owner: str | None, scope: Scope) -> bool:
    """Tell whether something is somebody's own; what nobody owns is nobody's."""
    return owner is not None and scope.sees(owner)


def for_keeping(review: GapReview) -> GapReview:
    """Return a review without the long tail of open deals, which nobody reads again."""
    return replace(review, gaps=tuple(map(_shortened, review.gaps)))


def _shortened(gap: Gap) -> Gap:
    if gap.landing is None or gap.landing.outlook is None:
        return gap
    deals = gap.landing.outlook.deals
    most, others = deals[:DEALS_KEPT], deals[DEALS_KEPT:]
    large = sorted(others, key=lambda one: -(one.amount or 0))[:DEALS_KEPT]
    outlook = replace(gap.landing.outlook, deals=(*most, *large))
    return replace(gap, landing=replace(gap.landing, outlook=outlook))

"""What the gap of a KPI is made of: which splits and factors it has, and against what."""

from collections.abc import Callable

from pipelines.analysis.verdict import is_thin
from pipelines.errors import Message, msg
from pipelines.gaps import factors, splits
from pipelines.gaps.aimed import Aimed
from pipelines.gaps.counts import SPLIT_BY, Chains
from pipelines.gaps.model import Against, Factors, Split
from pipelines.gaps.reading import Reading
from pipelines.gaps.stretches import When
from pipelines.kpis.definition import Aggregate
from pipelines.kpis.steps import is_rate_of_sums
from pipelines.kpis.tables import SPLITS

#: What the mix of a sum is about.
_MIX_BY = "segment"
#: Of more groups than this nobody could say what their mix is.
_MOST_MIXED = 200
_NO_VALUE = msg("There is no value to explain.")
_NO_YEAR_BEFORE = msg("There is no year before to compare with.")


def splits_of(reading: Reading, aimed: Aimed) -> tuple[Split, ...]:
    """Return a KPI's gap by each column in which its rows have more than one group.

    By owner, whoever asks gets the groups that they may see, and the sum of the others; nothing
    where they may see none.
    """
    sees = aimed.context.actor.scope.sees
    explain = _way(reading, aimed)
    found = []
    for by in SPLIT_BY:
        groups = {
            group
            for when in (When.MONTH, When.MONTH_LAST_YEAR)
            for group in reading.counts(by, when)
        }
        # a single group is the whole, and what names no group says nothing about it
        if len(groups | aimed.groups(reading, by).keys()) > 1:
            split = explain(by)
            found.append(splits.as_seen(split, sees) if by == "owner" else split)
    return tuple(one for one in found if one is not None)


def factors_of(reading: Reading) -> Factors | None:
    """Return a KPI's gap by its factors; None for what has none."""
    if reading.steps is None:
        return None
    if reason := _incomparable(reading):
        return factors.nothing(reason)
    by: str | None = _MIX_BY
    now, before = _chains(reading, by)
    if not 1 < len(now.keys() | before.keys()) <= _MOST_MIXED:
        by = None
        now, before = _chains(reading, by)
    return factors.by_factor(reading.steps, now, before, reading.definition.unit, mix_by=by)


def _chains(reading: Reading, by: str | None) -> tuple[Chains, Chains]:
    return (
        reading.chains.get((by, When.MONTH), {}),
        reading.chains.get((by, When.MONTH_LAST_YEAR), {}),
    )


def _way(reading: Reading, aimed: Aimed) -> Callable[[str], Split]:
    """Return how a KPI is split, or why it cannot be."""
    missing = _incomparable(reading)

    def refuse(reason: Message) -> Callable[[str], Split]:
        return lambda by: splits.nothing(by, Against.LAST_YEAR, reason)

    if missing == _NO_VALUE:
        return refuse(_NO_VALUE)
    if reading.definition.adds_up:
        return lambda by: _of_sum(reading, aimed, by, compared=missing is None)
    if not _is_rate(reading):
        return refuse(msg("A value such as a median is no sum of its parts."))
    if missing:
        return refuse(missing)
    pair = (reading.points[when] for when in (When.MONTH, When.MONTH_LAST_YEAR))
    if any(is_thin(point, reading.definition) for point in pair):
        return refuse(msg("One of the two periods holds too little to say where it comes from."))
    return lambda by: _of_rate(reading, by)


def _incomparable(reading: Reading) -> Message | None:
    """Return why a month cannot be compared with the same a year before; None: it can."""
    before = reading.points.get(When.MONTH_LAST_YEAR)
    if reading.points[When.MONTH].value is None:
        return _NO_VALUE
    return _NO_YEAR_BEFORE if before is None or before.value is None else None


def _of_sum(reading: Reading, aimed: Aimed, by: str, *, compared: bool) -> Split:
    unit = reading.definition.unit
    now = reading.counts(by, When.MONTH)
    own, whole = aimed.groups(reading, by), aimed.company(reading)
    split = splits.against_targets(by, now, own, whole, unit) if own and whole is not None else None
    if split:
        return split
    if not compared:
        reason = msg(
            "There is nothing to compare with: neither a year before, nor targets by {by} that add"
            " up to the company's.",
            by=SPLITS[by],
        )
        return splits.nothing(by, Against.LAST_YEAR, reason)
    return splits.against_last_year(by, now, reading.counts(by, When.MONTH_LAST_YEAR), unit)


def _of_rate(reading: Reading, by: str) -> Split:
    now, before = reading.counts(by, When.MONTH), reading.counts(by, When.MONTH_LAST_YEAR)
    split = splits.of_rate(by, now, before, reading.definition.unit)
    return split or splits.nothing(by, Against.LAST_YEAR, _NO_YEAR_BEFORE)


def _is_rate(reading: Reading) -> bool:
    measure = reading.definition.measure
    if measure is None:
        return reading.definition.aggregate is Aggregate.RATIO
    return is_rate_of_sums(measure)

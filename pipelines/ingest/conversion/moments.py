"""Read the dates of a column, once it is decided what they mean."""

from typing import Final

import polars as pl

from pipelines.ingest.conversion.dates import DateDecision
from pipelines.ingest.conversion.formats import ISO
from pipelines.ingest.conversion.parts import SHORT_YEAR, full_year, parts, stripped

#: Years outside are slips of the keyboard, or what some programs write for "none".
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

#: How many values are tried before all of them are.
_SOME: Final = 3
#: As most programs write timestamps, and whether they mean UTC.
_TIMESTAMPS: Final = (
    ("%Y-%m-%d %H:%M:%S%.f", False),
    ("%Y-%m-%dT%H:%M:%S%.f", False),
    ("%Y-%m-%d %H:%M", False),
    ("%Y-%m-%dT%H:%M:%S%.fZ", True),
)


def convert_dates(
    values: pl.Series, decision: DateDecision, timezone: str
) -> tuple[pl.Series, pl.Series]:
    """Read the days of a column.

    Args:
        values: The cells as text.
        decision: What they mean.
        timezone: The company's. A moment with an offset or in UTC belongs to the day it was
            there; one without is taken as written.

    Returns:
        The days (Date, null for blank and bad cells), and which cells are bad (Boolean): not a
        date, impossible (31/02), or outside ``FIRST_YEAR`` to ``LAST_YEAR``.
    """
    if decision.formats == (ISO,):
        days = values.str.to_date("%Y-%m-%d", strict=False)
        if days.null_count() == values.null_count():
            return _checked(days, values.is_not_null())
    moments, written = _moments(values, decision, timezone)
    return _checked(moments.dt.date(), written)


def convert_timestamps(
    values: pl.Series, decision: DateDecision, timezone: str
) -> tuple[pl.Series, pl.Series]:
    """Read the moments of a column, as clocks at the company showed them.

    Returns:
        As ``convert_dates``, with Datetime (microseconds, no zone) in place of Date; midnight
        where there is no time.
    """
    moments, written = _moments(values, decision, timezone)
    return _checked(moments, written)


def _checked(found: pl.Series, written: pl.Series) -> tuple[pl.Series, pl.Series]:
    within = found.dt.year().is_between(FIRST_YEAR, LAST_YEAR).fill_null(value=False)
    if within.all():
        return found, pl.repeat(value=False, n=found.len(), eager=True)
    kept = found.to_frame("found").select(pl.when(within).then("found")).to_series()
    return kept, written & ~within


def _moments(
    values: pl.Series, decision: DateDecision, timezone: str
) -> tuple[pl.Series, pl.Series]:
    """Return local moments, and which cells hold anything. Each text is read once."""
    texts = stripped(values).rename("text")
    quick = _regular_timestamps(texts, timezone) if decision.formats == (ISO,) else None
    if quick is not None:
        return quick, texts.is_not_null()
    read = _read(parts(texts.drop_nulls().unique(), serials=decision.serials), decision, timezone)
    joined = texts.to_frame().join(read, on="text", how="left", maintain_order="left")
    return joined["moment"], texts.is_not_null()


def _regular_timestamps(texts: pl.Series, timezone: str) -> pl.Series | None:
    """Read timestamps that one program wrote all alike, or return None if they are not."""
    some = texts.drop_nulls().head(_SOME)
    for written, utc in _TIMESTAMPS:
        if some.str.to_datetime(written, strict=False).null_count():
            continue
        moments = texts.str.to_datetime(written, strict=False, time_unit="us")
        if moments.null_count() == texts.null_count():
            return _at(moments, timezone) if utc else moments
    return None


def _at(moments: pl.Series, timezone: str) -> pl.Series:
    """Return moments in UTC as clocks in a time zone showed them."""
    utc = moments.dt.replace_time_zone("UTC")
    return utc.dt.convert_time_zone(timezone).dt.replace_time_zone(None)


def _read(cut: pl.DataFrame, decision: DateDecision, timezone: str) -> pl.DataFrame:
    """Return ``text`` and ``moment`` (null where there is no such day or time)."""
    orders = {known.shape: known.order for known in decision.formats}
    order = pl.col("shape").replace_strict(orders, default=None, return_dtype=pl.String)
    year = pl.when(order == "YMD").then("a").otherwise("c")
    month = pl.when(order == "MDY").then("a").otherwise("b")
    day = pl.when(order == "YMD").then("c").when(order == "DMY").then("a").otherwise("b")
    short = pl.col("shape").str.contains(SHORT_YEAR)
    year = pl.when(short).then(full_year(year)).otherwise(year)
    # An impossible day must become null; building a date from numbers would stop instead.
    written = pl.format(
        "{}-{}-{} {}:{}:{}", year, month, day, "hour", "minute", "second"
    ).str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    naive = pl.when(order.is_not_null()).then(written) + pl.duration(microseconds="micro")
    offset = pl.col("offset")
    local = (
        (naive - pl.duration(minutes=offset))
        .dt.replace_time_zone("UTC")
        .dt.convert_time_zone(timezone)
        .dt.replace_time_zone(None)
    )
    return cut.select(
        "text", pl.when(offset.is_null()).then(naive).otherwise(local).alias("moment")
    )

"""Cut written dates into parts, without deciding yet which part is the day.

A *shape* is what can be seen: ``N/N/YYYY`` has two numbers and a year, and only evidence
says whether the day comes first. A *format* is what it means: ``DD/MM/YYYY``.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import polars as pl

_TIME: Final = (
    r"(?:(?:[Tt]|,?[\s]+(?:à |at )?)(?P<hour>\d{1,2})[:hH](?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?[\s]*"
    r"(?P<half>[AaPp])?(?:\.?[Mm]\.?)?\s*(?P<zone>[Zz]|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_NUMERIC: Final = (
    rf"^(?P<a>\d{{1,4}})(?P<sep1>[-/.])(?P<b>\d{{1,2}})(?P<sep2>[-/.])(?P<c>\d{{1,4}}){_TIME}$"
)
_COMPACT: Final = rf"^(?P<a>\d{{4}})(?P<b>\d{{2}})(?P<c>\d{{2}}){_TIME}$"
_DAY_FIRST: Final = (
    rf"^(?P<c>\d{{1,2}})(?:er|st|nd|rd|th)?[\s\-./]*(?:de )?(?P<month>\p{{L}}+)\.?[\s\-./,]*(?:de )?"
    rf"(?P<a>\d{{4}}|\d{{2}}){_TIME}$"
)
_MONTH_FIRST: Final = (
    rf"^(?P<month>\p{{L}}+)\.?[\s\-]+(?P<c>\d{{1,2}})(?:st|nd|rd|th)?[\s\-,]+(?P<a>\d{{4}}){_TIME}$"
)
_SERIAL: Final = r"^\d{5}(?:\.\d+)?$"

COMPACT: Final = "YYYYMMDD"
NAMED: Final = "D MONTH YYYY"
SERIAL: Final = "serial"
#: Found in shapes whose year has two digits.
SHORT_YEAR: Final = "[^Y]YY$"

_MONTHS: Final = (
    "jan janv january janvier enero ene janeiro januar",
    "feb fev fevr february fevrier febrero fevereiro februar",
    "mar mars march marzo marco marz mrz",
    "apr avr april avril abril abr",
    "may mai mayo maio",
    "jun juin june junio junho juni",
    "jul juil juill july juillet julio julho juli",
    "aug aout august agosto ago",
    "sep sept september septembre septiembre setembro set",
    "oct october octobre octubre outubro out okt oktober",
    "nov november novembre noviembre novembro",
    "dec december decembre diciembre dic dezembro dez dezember",
)
_MONTH_NUMBERS: Final = {
    word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()
}
#: What the two-digit year of Excel means: 26 is 2026, 94 is 1994.
_PIVOT: Final = 90
_EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a day number has no time zone
_SECONDS_OF_A_DAY: Final = 86_400
_FULL_YEAR: Final = 4
_LONG: Final = 3  # neither a day nor a month


def stripped(values: pl.Series) -> pl.Series:
    """Return cells without blanks around them; a blank cell is as good as none."""
    stripped = values.str.strip_chars()
    return stripped.to_frame("t").select(pl.when(pl.col("t") != "").then("t")).to_series()


def parts(texts: pl.Series, *, serials: bool = False) -> pl.DataFrame:
    """Return the parts of written dates, one row per text, in any order.

    Args:
        texts: Without blanks around them; none twice.
        serials: Whether five digits are a day number of Excel.

    Returns:
        ``text``, ``shape`` (null where it looks like no date), the numbers ``a``, ``b``, ``c`` in
        the order of the shape (year, month, day where the shape shows the year), ``hour``,
        ``minute``, ``second``, ``micro`` (0 without a time), ``offset`` in minutes east of UTC
        (null without).
    """
    remaining = texts.rename("text")
    found: list[pl.DataFrame] = []
    for pattern, cut in _WAYS if serials else _WAYS[:-1]:
        if not remaining.len():
            break
        matching = remaining.str.contains(pattern)
        if matching.any():
            found.append(cut(remaining.filter(matching), pattern).select(_COLUMNS))
            remaining = remaining.filter(~matching)
    unknown = pl.DataFrame({"text": remaining}, schema_overrides=_SCHEMA)
    missing = (pl.lit(None, kind).alias(name) for name, kind in _SCHEMA.items() if name != "text")
    return pl.concat([*found, unknown.with_columns(missing).select(_COLUMNS)])


def _numeric(texts: pl.Series, pattern: str) -> pl.DataFrame:
    """Cut ``2026-01-31``, ``31/1/2026`` or ``31.01.26``; the marks between must be the same."""
    groups = _groups(texts, pattern)
    mark = pl.col("sep1")
    year_first = pl.col("a").str.len_bytes() == _FULL_YEAR
    year = pl.col("c").str.len_bytes()
    shape = (
        pl.when(mark != pl.col("sep2"))
        .then(None)
        .when(year_first & (year < _LONG))
        .then(pl.format("YYYY{}N{}N", mark, mark))
        .when(pl.col("a").str.len_bytes() >= _LONG)
        .then(None)
        .when(year == _FULL_YEAR)
        .then(pl.format("N{}N{}YYYY", mark, mark))
        .when((year < _LONG) & (pl.col("c").str.len_bytes() > 1))
        .then(pl.format("N{}N{}YY", mark, mark))
    )
    return _timed(groups, shape)


def _compact(texts: pl.Series, pattern: str) -> pl.DataFrame:
    return _timed(_groups(texts, pattern), pl.lit(COMPACT))


def _named(texts: pl.Series, pattern: str) -> pl.DataFrame:
    """Cut ``12 janv. 2026`` or ``Jan 12, 2026``."""
    groups = _groups(texts, pattern)
    word = pl.col("month").str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    month = word.replace_strict(_MONTH_NUMBERS, default=None, return_dtype=pl.Int32)
    shape = pl.when(pl.col("b").is_not_null()).then(pl.lit(NAMED))
    short = groups["a"].str.len_bytes() < _FULL_YEAR
    timed = _timed(groups.with_columns(month.cast(pl.String).alias("b")), shape)
    return timed.with_columns(pl.when(short).then(full_year(pl.col("a"))).otherwise("a").alias("a"))


def _serial(texts: pl.Series, _: str) -> pl.DataFrame:
    """Read day numbers of Excel, whose day 60 is a 29 February 1900 that never was."""
    seconds = (pl.col("text").cast(pl.Float64) * _SECONDS_OF_A_DAY).round().cast(pl.Int64)
    moment = pl.lit(_EXCEL_EPOCH) + pl.duration(seconds=seconds)
    return (
        texts.to_frame("text")
        .with_columns(moment.alias("moment"))
        .select(
            "text",
            pl.lit(SERIAL).alias("shape"),
            pl.col("moment").dt.year().alias("a"),
            pl.col("moment").dt.month().cast(pl.Int32).alias("b"),
            pl.col("moment").dt.day().cast(pl.Int32).alias("c"),
            pl.col("moment").dt.hour().cast(pl.Int32).alias("hour"),
            pl.col("moment").dt.minute().cast(pl.Int32).alias("minute"),
            pl.col("moment").dt.second().cast(pl.Int32).alias("second"),
            pl.lit(0, pl.Int32).alias("micro"),
            pl.lit(None, pl.Int32).alias("offset"),
        )
    )


def full_year(year: pl.Expr) -> pl.Expr:
    """Return four-digit years for two-digit ones, as Excel reads them."""
    return year + pl.when(year < _PIVOT).then(2000).otherwise(1900)


def _groups(texts: pl.Series, pattern: str) -> pl.DataFrame:
    found = texts.to_frame("text").with_columns(
        pl.col("text").str.extract_groups(pattern).alias("found")
    )
    return found.unnest("found")


def _timed(groups: pl.DataFrame, shape: pl.Expr) -> pl.DataFrame:
    """Turn the texts of the parts into numbers."""
    half = pl.col("half").str.to_lowercase()
    hour = pl.col("hour").cast(pl.Int32)
    zone = pl.col("zone").str.replace(":", "", literal=True)
    minutes = zone.str.slice(1, 2).cast(pl.Int32, strict=False) * 60 + zone.str.slice(3, 2).cast(
        pl.Int32, strict=False
    ).fill_null(0)
    return (
        groups.with_columns(
            shape.alias("shape"),
            pl.col("a", "b", "c", "minute", "second").cast(pl.Int32),
            pl.when(half.is_null())
            .then(hour)
            .when(hour.is_between(1, 12))
            .then(hour % 12 + pl.when(half == "p").then(12).otherwise(0))
            .otherwise(99)  # 14 PM is no hour
            .alias("hour"),
            pl.col("fraction").str.pad_end(6, "0").str.slice(0, 6).cast(pl.Int32).alias("micro"),
            pl.when(zone.str.starts_with("+"))
            .then(minutes)
            .when(zone.str.starts_with("-"))
            .then(-minutes)
            .when(zone.is_not_null())
            .then(0)
            .alias("offset"),
        )
        .with_columns(pl.col("hour", "minute", "second", "micro").fill_null(0))
        .cast(pl.Schema(_SCHEMA))
    )


_SCHEMA: Final = {
    "text": pl.String(),
    "shape": pl.String(),
    **dict.fromkeys(("a", "b", "c", "hour", "minute", "second", "micro", "offset"), pl.Int32()),
}
_COLUMNS: Final = tuple(_SCHEMA)
_WAYS: Final[tuple[tuple[str, Callable[[pl.Series, str], pl.DataFrame]], ...]] = (
    (_NUMERIC, _numeric),
    (_COMPACT, _compact),
    (_DAY_FIRST, _named),
    (_MONTH_FIRST, _named),
    (_SERIAL, _serial),
)

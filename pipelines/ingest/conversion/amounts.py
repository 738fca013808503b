"""Decide how the numbers of a column are written, from all of its values, and read them exactly.

``1,234`` may be a thousand or a bit more than one. The other values of the column say which: one
``12,50`` or one ``1,234.50`` is enough. Where nothing decides, somebody is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.errors import ImportRefused, msg
from pipelines.ingest.conversion.undecided import Undecided

MAPPING_KEY: Final = "decimal"
#: How amounts are kept: exactly, with four decimals.
AMOUNT: Final = pl.Decimal(18, 4)

_PLACES: Final = 4
_EXAMPLES: Final = 3
#: Wide enough to see what is rounded away.
_WIDE: Final = pl.Decimal(38, 12)
#: Numbers without thousands or currency, by decimal mark: what nearly every export writes.
_PLAIN: Final = {mark: rf"^-?\d{{1,14}}(?:[{mark}]\d{{1,12}})?$" for mark in ".,"}
#: A mark that cannot part thousands: three digits do not follow it, or too many precede it.
_DECIDING: Final = {
    mark: rf"[{mark}](?:\d{{1,2}}|\d{{4,}})$|^-?(?:\d{{4,}}|0)[{mark}]" for mark in ".,"
}

_CODES: Final = (
    "EUR|CAD|USD|GBP|CHF|AUD|NZD|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|MAD|TND|DZD|XOF|XAF|"
    "INR|RUB|TRY|ZAR|AED|SAR|SGD|HKD|KRW|ARS|CLP|COP|PEN|ILS|THB|XPF"
)
_CURRENCY: Final = (
    rf"(?:(?:CA|US|AU|NZ|HK|MX|C|A|R|S)?\$(?:[\s\x{{a0}}]?(?:CAD|USD|CA|US|C|U))?|[€£¥₽₹₺₪₩฿]|"
    rf"z[lł]|kr\.?|Fr\.?|{_CODES})"
)
_SIGN: Final = "[-−–]"
#: Sign, currency and the number itself, in the orders people write them.
_WRITTEN: Final = (
    rf"^(?P<open>\()?(?P<minus1>{_SIGN})?\+?\s*(?P<before>(?i:{_CURRENCY}))?\s*(?P<minus2>{_SIGN})?\s*"
    rf"(?P<body>[\d.,](?:[\d.,'’\s]*[\d])?)\s*(?P<minus3>{_SIGN})?\s*(?P<after>(?i:{_CURRENCY}))?(?P<close>\))?$"
)
_MARKS: Final = {
    ".": ".",
    "point": ".",
    "dot": ".",
    "period": ".",
    ",": ",",
    "comma": ",",
    "virgule": ",",
}


@dataclass(frozen=True)
class NumberDecision:
    """How the numbers of a column are written.

    Attributes:
        decimal: ``"."`` or ``","``; the other one may part thousands.
        evidence: A value that decided it; "" if it was told, or does not matter.
        unreadable: Some values that are no number.
    """

    decimal: str
    evidence: str = ""
    unreadable: tuple[str, ...] = ()


def decide_numbers(values: pl.Series, *, told: str | None = None) -> NumberDecision | Undecided:
    """Decide how the numbers of a column are written.

    Args:
        values: The cells as text; nulls and blank cells do not count.
        told: The decimal mark, where somebody has said it, or ``"."`` for the number cells of a
            sheet. It holds even where values contradict it; those are then bad.

    Returns:
        The decision, or the question to ask.

    Raises:
        ImportRefused: ``told`` is neither a comma nor a point.
    """
    return decide_numbers_together({"": values}, told={"": told})[""]


def decide_numbers_together(
    columns: Mapping[str, pl.Series], *, told: Mapping[str, str | None] | str | None = None
) -> dict[str, NumberDecision | Undecided]:
    """Decide the numbers of several columns of one file, as one program wrote them all.

    Args:
        columns: The cells as text, by name of the column.
        told: As for ``decide_numbers``, for all columns or by name.
    """
    said = {name: told.get(name) if isinstance(told, Mapping) else told for name in columns}
    found = {
        name: _decide(values) if (mark := said[name]) is None else NumberDecision(_mark(mark))
        for name, values in columns.items()
    }
    proofs = {
        one.decimal: one.evidence
        for one in found.values()
        if isinstance(one, NumberDecision) and one.evidence
    }
    if len(proofs) != 1:
        return found
    ((mark, proof),) = proofs.items()
    return {
        name: NumberDecision(mark, proof)
        if isinstance(one, Undecided) and not one.contradiction
        else one
        for name, one in found.items()
    }


def _decide(values: pl.Series) -> NumberDecision | Undecided:
    texts = values.drop_nulls().str.strip_chars()
    for mark in ".,":
        if texts.str.contains(_PLAIN[mark]).all():
            return _decide_plain(texts, mark)
    cut = _bodies(texts.filter(texts != "").unique(maintain_order=True))
    known = cut.drop_nulls("body")
    point, comma = _speaking_for(known, ".", ","), _speaking_for(known, ",", ".")
    unreadable = tuple(cut.filter(pl.col("body").is_null())["text"].head(_EXAMPLES).to_list())
    if point and comma:
        return Undecided(
            msg(
                "These numbers contradict each other: is the comma or the point the decimal mark? "
                "Rows written the other way will be rejected."
            ),
            (",", "."),
            (comma[0], point[0]),
            MAPPING_KEY,
            contradiction=True,
        )
    if point or comma:
        return NumberDecision("." if point else ",", (point or comma)[0], unreadable)
    open_ = known.filter(pl.col("body").str.contains(r"^\d{1,3}[.,]\d{3}$"))
    return _question(open_["text"]) if open_.height else NumberDecision(".", "", unreadable)


def _mark(told: str) -> str:
    mark = _MARKS.get(told.strip().lower())
    if mark is None:
        raise ImportRefused.of(
            msg("'{mark}' is not a decimal mark.", mark=told),
            MAPPING_KEY,
            msg("Write a comma or a point."),
        )
    return mark


def _decide_plain(texts: pl.Series, mark: str) -> NumberDecision | Undecided:
    deciding = texts.filter(texts.str.contains(_DECIDING[mark])).head(1).to_list()
    if deciding:
        return NumberDecision(mark, deciding[0])
    open_ = texts.filter(texts.str.contains(mark, literal=True))
    return _question(open_) if open_.len() else NumberDecision(".")


def _question(texts: pl.Series) -> Undecided:
    return Undecided(
        msg(
            "Does the mark in these numbers part thousands, or is it the decimal mark? "
            "Say which mark is the decimal one."
        ),
        (",", "."),
        tuple(texts.head(_EXAMPLES).to_list()),
        MAPPING_KEY,
    )


def _speaking_for(known: pl.DataFrame, decimal: str, other: str) -> list[str]:
    """Return some values that make sense only if ``decimal`` is the decimal mark."""
    d, o = f"\\x{ord(decimal):02x}", f"\\x{ord(other):02x}"
    spaced = r"[\s'’]"
    decisive = (
        rf"^\d*{d}(?:\d{{1,2}}|\d{{4,}})$"  # 12.5, 12.3456, .5
        rf"|^(?:0|\d{{4,}})?{d}\d+$"  # 0.125, 1234.567
        rf"|^\d{{1,3}}(?:{spaced}\d{{3}})+{d}\d+$"  # 1 234.567
        rf"|^\d{{1,3}}(?:{o}\d{{3}})+{d}\d+$"  # 1,234.5
        rf"|^\d{{1,3}}(?:{o}\d{{3}}){{2,}}$"  # 1,234,567
    )
    return known.filter(pl.col("body").str.contains(decisive))["text"].head(_EXAMPLES).to_list()


def convert_numbers(
    values: pl.Series, decision: NumberDecision
) -> tuple[pl.Series, pl.Series, int]:
    """Read the numbers of a column exactly, never through a binary fraction.

    Returns:
        The numbers (``AMOUNT``, null for blank and bad cells); which cells are bad (Boolean): not a
        number, a percentage, groups that are not thousands, or too large; and how many had more
        than four decimals and were rounded, half away from zero.
    """
    texts = values.str.strip_chars()
    if texts.drop_nulls().str.contains(_PLAIN[decision.decimal]).all():
        return _exactly(texts.str.replace(",", ".", literal=True), texts.is_not_null())
    texts = texts.rename("text")
    written = (texts != "").fill_null(value=False)
    cut = _bodies(texts.filter(written).unique())
    read = cut.select("text", _canonical(decision.decimal).alias("number"))
    joined = texts.to_frame().join(read, on="text", how="left", maintain_order="left")
    return _exactly(joined["number"], written)


def currencies_in(values: pl.Series) -> tuple[str, ...]:
    """Return the currency signs and codes written beside the numbers of a column, in order.

    Amounts in different currencies must not be added: more than one entry is worth a question.
    """
    texts = values.drop_nulls().str.strip_chars()
    if any(texts.str.contains(plain).all() for plain in _PLAIN.values()):
        return ()
    groups = pl.col("text").str.extract_groups(_WRITTEN).struct
    signs = (
        texts.unique()
        .rename("text")
        .to_frame()
        .select(
            pl.concat_list(groups.field("before"), groups.field("after")).explode().alias("sign")
        )
        .to_series()
        .drop_nulls()
        .str.to_uppercase()
    )
    return tuple(signs.str.replace_all(r"\s", "").unique().sort().to_list())


def _exactly(numbers: pl.Series, written: pl.Series) -> tuple[pl.Series, pl.Series, int]:
    frame = (
        numbers.rename("text")
        .to_frame()
        .with_columns(pl.col("text").cast(_WIDE, strict=False).alias("wide"))
    )
    frame = frame.with_columns(
        pl.col("wide")
        .round(_PLACES, mode="half_away_from_zero")
        .cast(AMOUNT, strict=False)
        .alias("amount")
    )
    bad = written & frame["amount"].is_null()
    rounded = int((frame["amount"].cast(_WIDE) != frame["wide"]).sum())
    return frame["amount"], bad, rounded


def _bodies(texts: pl.Series) -> pl.DataFrame:
    """Return ``text``, ``negative`` and ``body``: digits and marks alone, null for what is no number."""
    cut = (
        texts.rename("text")
        .to_frame()
        .with_columns(pl.col("text").str.extract_groups(_WRITTEN).alias("found"))
        .unnest("found")
    )
    signs = pl.sum_horizontal(
        pl.col("minus1", "minus2", "minus3", "open").is_not_null().cast(pl.Int8)
    )
    closed = pl.col("open").is_null() == pl.col("close").is_null()
    return cut.select(
        "text",
        (signs == 1).alias("negative"),
        pl.when(closed & (signs <= 1)).then("body").alias("body"),
    )


def _canonical(decimal: str) -> pl.Expr:
    """Return a plain number with a decimal point, null where groups are not thousands."""
    d, o = f"\\x{ord(decimal):02x}", f"\\x{ord('.' if decimal == ',' else ','):02x}"
    sound = (
        rf"^(?:\d+|\d{{1,3}}(?:{o}\d{{3}})+|\d{{1,3}}(?:[\s]\d{{3}})+|\d{{1,3}}(?:['’]\d{{3}})+|)"
        rf"(?:{d}\d+)?$"
    )
    digits = pl.col("body").str.replace_all(rf"[\s'’]|{o}", "").str.replace(d, ".")
    number = pl.when(pl.col("negative")).then(pl.lit("-") + digits).otherwise(digits)
    return pl.when(pl.col("body").str.contains(sound) & (digits != "")).then(number)

"""Decide what the dates of a column mean, from all of its values.

``05/06/2026`` alone says nothing, but one ``25/06/2026`` in the same column does. A column is
decided as a whole, shape by shape, and where nothing decides, somebody is asked.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from pipelines.errors import Message, msg
from pipelines.ingest.conversion.formats import ISO, DateFormat, told_formats
from pipelines.ingest.conversion.parts import SERIAL, SHORT_YEAR, parts, stripped
from pipelines.ingest.conversion.undecided import Undecided

MAPPING_KEY: Final = "date_format"

_ISO_LENGTH: Final = 10
_EXAMPLES: Final = 3
#: A year of two digits in front is written with both of them.
_PADDED: Final = r"^\d\d[-/.]\d\d[-/.]\d\d(?:\D|$)"

Told = str | Sequence[str] | None


@dataclass(frozen=True)
class DateDecision:
    """What the dates of a column mean.

    Attributes:
        formats: One per shape in the column; none if no value looks like a date.
        evidence: By name of a format that had to be decided, a value that decided it; from
            another column of the file if need be. A format that was told has none.
        unreadable: Some values that look like no date at all.
    """

    formats: tuple[DateFormat, ...]
    evidence: Mapping[str, str]
    unreadable: tuple[str, ...] = ()

    @property
    def serials(self) -> bool:
        """Whether some values are day numbers of Excel."""
        return any(known.shape == SERIAL for known in self.formats)


@dataclass(frozen=True)
class _Evidence:
    """What the values of one shape in one column say about its order.

    Attributes:
        viable: The orders in which every value is a date.
        proof: A value that only the viable order fits, where there is one order.
        examples: Values that leave it open, or one for each order where none fits all.
    """

    shape: str
    orders: tuple[str, ...]
    viable: tuple[str, ...]
    proof: str
    examples: tuple[str, ...]


def decide_dates(
    values: pl.Series, *, told: Told = None, serials: bool = False
) -> DateDecision | Undecided:
    """Decide what the dates of a column mean.

    Args:
        values: The cells as text; nulls and blank cells do not count.
        told: The format, or one for each shape, where somebody has said it. It holds even
            where values contradict it; those are then bad.
        serials: Whether numbers are days of Excel (true for number cells of a sheet).

    Returns:
        The decision, or the question to ask.

    Raises:
        ImportRefused: ``told`` is not a date format.
    """
    together = decide_dates_together(
        {"": values}, told={"": told}, serials={""} if serials else set()
    )
    return together[""]


def decide_dates_together(
    columns: Mapping[str, pl.Series],
    *,
    told: Mapping[str, Told] | Told = None,
    serials: Collection[str] = (),
) -> dict[str, DateDecision | Undecided]:
    """Decide the dates of several columns of one file, as one program wrote them all.

    What is decided for a shape in one column holds for the same shape in the others that leave
    it open, unless columns disagree.

    Args:
        columns: The cells as text, by name of the column.
        told: As for ``decide_dates``, for all columns or by name.
        serials: The columns whose numbers are days of Excel.
    """
    said = {
        name: told_formats(told.get(name) if isinstance(told, Mapping) else told)
        for name in columns
    }
    seen = {
        name: _evidence(
            values, serials=name in serials or any(f.shape == SERIAL for f in said[name])
        )
        for name, values in columns.items()
    }
    elsewhere: dict[str, dict[str, str]] = {}
    for evidence, _ in seen.values():
        for one in evidence:
            if len(one.viable) == 1 and len(one.orders) > 1:
                elsewhere.setdefault(one.shape, {})[one.viable[0]] = one.proof
    return {
        name: _decision(evidence, unreadable, said[name], elsewhere)
        for name, (evidence, unreadable) in seen.items()
    }


def _decision(
    evidence: Sequence[_Evidence],
    unreadable: tuple[str, ...],
    told: tuple[DateFormat, ...],
    elsewhere: Mapping[str, Mapping[str, str]],
) -> DateDecision | Undecided:
    said = {known.shape: known.order for known in told}
    orders_said = set(said.values()) - {"YMD"}
    formats: list[DateFormat] = []
    proofs: dict[str, str] = {}
    for one in evidence:
        others = {o: proof for o, proof in elsewhere.get(one.shape, {}).items() if o in one.viable}
        if one.shape in said:
            order, proof = said[one.shape], ""
        elif len(one.viable) == 1:
            order, proof = one.viable[0], one.proof
        elif one.viable and len(elsewhere.get(one.shape, {})) == 1 and others:
            ((order, proof),) = others.items()
        elif len(orders_said) == 1:
            # Told for another shape: whoever writes 05/06 day first writes 05-06 so too.
            (order,), proof = orders_said, ""
        else:
            return _question(one)
        formats.append(DateFormat(one.shape, order))
        if proof:
            proofs[formats[-1].name] = proof
    return DateDecision(tuple(formats), proofs, unreadable)


def _question(one: _Evidence) -> Undecided:
    contradiction = not one.viable
    question: Message = (
        msg(
            "These dates contradict each other: which way of writing them is right? Rows written the other way will be rejected."
        )
        if contradiction
        else msg("Which part of these dates is the day, and which the month?")
    )
    options = tuple(DateFormat(one.shape, order).name for order in one.viable or one.orders)
    return Undecided(question, options, one.examples, MAPPING_KEY, contradiction)


def _evidence(values: pl.Series, *, serials: bool) -> tuple[list[_Evidence], tuple[str, ...]]:
    if _is_iso(values):
        return [_Evidence(ISO.shape, (ISO.order,), (ISO.order,), "", ())], ()
    cut = parts(stripped(values).drop_nulls().unique(maintain_order=True), serials=serials)
    cut = cut.with_columns(
        _fits("a", "b").alias("DMY"),
        _fits("b", "a").alias("MDY"),
        (_fits("c", "b") & pl.col("text").str.contains(_PADDED)).alias("YMD"),
    )
    unreadable = cut.filter(pl.col("shape").is_null())["text"].head(_EXAMPLES).to_list()
    found = [
        _of_shape(str(shape), group)
        for (shape,), group in cut.drop_nulls("shape").group_by(["shape"], maintain_order=True)
    ]
    return found, tuple(unreadable)


def _of_shape(shape: str, cut: pl.DataFrame) -> _Evidence:
    if not shape.startswith("N"):
        return _Evidence(shape, ("YMD",), ("YMD",), "", ())
    orders = ("DMY", "MDY", "YMD") if re.search(SHORT_YEAR, shape) else ("DMY", "MDY")
    dates = cut.filter(pl.any_horizontal(orders))  # 45/45/2026 speaks for no order
    viable = tuple(order for order in orders if dates[order].all())
    only = {
        order: dates.filter(
            pl.col(order) & ~pl.any_horizontal(other for other in orders if other != order)
        )["text"]
        .head(_EXAMPLES)
        .to_list()
        for order in orders
    }
    if not viable:
        examples = [texts[0] for texts in only.values() if texts] or dates["text"].head(
            _EXAMPLES
        ).to_list()
    else:
        examples = dates["text"].head(_EXAMPLES).to_list()
    proof = (only[viable[0]] or examples or [""])[0] if len(viable) == 1 else ""
    return _Evidence(shape, orders, viable, proof, tuple(examples))


def _fits(day: str, month: str) -> pl.Expr:
    return pl.col(day).is_between(1, 31) & pl.col(month).is_between(1, 12)


def _is_iso(values: pl.Series) -> bool:
    """Tell quickly whether every value starts as an ISO date does, which most exports write."""
    days = values.str.slice(0, _ISO_LENGTH).str.to_date("%Y-%m-%d", strict=False)
    return 0 < values.len() - values.null_count() == days.len() - days.null_count()

"""Set aside what lies among the rows of an export without being one."""

import re
from dataclasses import replace
from typing import Final

import polars as pl

from pipelines.ingest.reading.parsed import Parsed
from pipelines.ingest.table import LINE, NOT_A_ROW, RAGGED, RejectedLine

_TOTAL: Final = (
    r"(?i)^\s*(?:(?:grand|report|overall)\s+total|sub-?\s?totals?|totals?|total\s+g[ée]n[ée]ral|"
    r"sous-?\s?total|total\s+partiel|totaux|somme|sum|gesamt(?:summe)?|zwischensumme|summe|"
    r"total\s+geral|suma|(?:total|number\s+of|nombre\s+d['’]|total\s+des?\s+)?\s*"
    r"(?:records?|enregistrements?|count|rows?|lignes?))"
    r"\s*(?:\(\s*[\d\s.,'’]+[^)]*\))?\s*:?\s*[\d\s.,'’]*$"
)
_FOOTER: Final = (
    r"(?i)^\s*(?:copyright\b|©|\(c\)\s|confidential information|informations? confidentielles?|"
    r"generated (?:by|on)\b|g[ée]n[ée]r[ée]e? (?:par|le)\b|report generated|rapport g[ée]n[ée]r[ée]|"
    r"exported (?:by|on)\b|export[ée]e? (?:par|le)\b|do not distribute|ne pas (?:diffuser|distribuer))"
)
#: "Stage: Closed Won (12 records)" above or below a group.
_GROUP: Final = r"(?i)^\s*[^:]+:.*\(\s*\d[\d\s.,]*\s*(?:records?|enregistrements?)\s*\)\s*$"
_AMOUNT: Final = r"^[\s\d.,'’\-+()$€£%]*(?:[A-Z]{3})?[\s\d.,'’\-+()$€£%]*$"
_SUSPECT: Final = rf"{_TOTAL}|{_FOOTER}|{_GROUP}|^\s*$"
#: A total over every column stands at the end; elsewhere a subtotal leaves columns empty.
_LAST: Final = 5


def set_aside(parsed: Parsed) -> Parsed:
    """Return the table without blank rows, repeated headers, totals and report footers.

    A row is a total only if its first filled cell is exactly such a word and all others hold
    numbers, since a customer may well be called Total.
    """
    frame = parsed.frame
    names = [name for name in frame.columns if name != LINE]
    not_rows = _not_rows(frame, names, parsed.headers)
    rejects = [*_reread(parsed.rejects, parsed.delimiter)]
    if not_rows.any():
        joined = pl.concat_str(
            pl.col(names).fill_null(""), separator=parsed.delimiter or "\t"
        ).alias("content")
        rejects += [
            RejectedLine(line, NOT_A_ROW, content)
            for line, content in frame.filter(not_rows).select(LINE, joined).iter_rows()
        ]
        frame = frame.filter(~not_rows)
    last = int(frame[LINE].max() or 0) if frame.height else 0  # type: ignore[arg-type]  # an Int64 column
    return replace(
        parsed,
        frame=frame,
        rejects=tuple(sorted(_below(rejects, last), key=lambda reject: reject.line)),
    )


def _not_rows(frame: pl.DataFrame, names: list[str], headers: tuple[str, ...]) -> pl.Series:
    """Return which rows are none."""
    first = frame.get_column(names[0])
    if first.null_count():
        first = frame.select(pl.coalesce(names)).to_series()
    header = next((header for header in headers if header), "")
    # Only what could be one of them gets a closer look, since there may be millions of rows.
    suspect = first.str.contains(_SUSPECT) | (first.str.strip_chars() == header)
    suspect = suspect.fill_null(value=True)
    if not suspect.any():
        return suspect
    place = pl.int_range(frame.height, eager=True).filter(suspect)
    closer = [
        _is_none(row, headers, from_end=frame.height - index)
        for index, row in zip(place, frame.filter(suspect).select(names).iter_rows(), strict=True)
    ]
    none = pl.repeat(value=False, n=frame.height, eager=True)
    return none.scatter(place.filter(pl.Series(closer, dtype=pl.Boolean)), True)


def _is_none(row: tuple[str | None, ...], headers: tuple[str, ...], from_end: int) -> bool:
    texts = [(cell or "").strip() for cell in row]
    filled = [text for text in texts if text]
    if not filled or texts == list(headers):
        return True
    label, *others = filled
    if re.search(_TOTAL, label) and all(re.fullmatch(_AMOUNT, other) for other in others):
        return len(filled) < len(texts) or from_end <= _LAST
    return (
        not others
        and len(texts) > 1
        and bool(re.search(_FOOTER, label) or re.search(_GROUP, label))
    )


def _reread(rejects: tuple[RejectedLine, ...], delimiter: str | None) -> list[RejectedLine]:
    """Recognise totals and footers among the lines with too few cells."""
    return [
        replace(reject, code=NOT_A_ROW)
        if reject.code == RAGGED and _is_footer(reject.content, delimiter or ",")
        else reject
        for reject in rejects
    ]


def _is_footer(content: str, delimiter: str) -> bool:
    filled = [
        text for cell in content.split(delimiter) if (text := cell.strip().strip('"').strip())
    ]
    label = filled[0] if filled else ""
    total = re.search(_TOTAL, label) and all(re.fullmatch(_AMOUNT, text) for text in filled[1:])
    return not label or bool(total or re.search(_FOOTER, label) or re.search(_GROUP, label))


def _below(rejects: list[RejectedLine], last: int) -> list[RejectedLine]:
    """Take everything below the last row for the footer, if a part of it surely is one.

    A report ends with its own name and the company's, which no pattern can know.
    """
    ends_with_footer = any(
        reject.line > last and re.search(_FOOTER, reject.content.strip().strip('"'))
        for reject in rejects
    )
    if not ends_with_footer:
        return rejects
    return [
        replace(reject, code=NOT_A_ROW) if reject.line > last and reject.code == RAGGED else reject
        for reject in rejects
    ]

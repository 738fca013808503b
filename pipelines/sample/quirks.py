"""What is wrong in the files on purpose, as it is in real ones.

Every place is counted from the end of the file, so that a longer history moves none of them.
"""

from collections.abc import Sequence

from pipelines.sample.company import MEETING_BOOKED

Row = tuple[str, ...]

_STAGE, _AMOUNT = 2, 4
_ACTIVITY_DATE = 3
_INVOICE_REVENUE = 6

UNREADABLE_DATE = "à confirmer"
UNREADABLE_AMOUNT = "à venir"


def in_first_deals(rows: Sequence[Row], kept: frozenset[str]) -> list[Row]:
    """Return the first export of deals with its quirk: one line is there twice, word for word.

    Args:
        rows: The clean rows.
        kept: Record ids that no quirk may touch, because a truth is planted there.
    """
    return _repeat_a_line(list(rows), kept)


def in_second_deals(rows: Sequence[Row], deleted: str, kept: frozenset[str]) -> list[Row]:
    """Return the second export of deals with its quirks.

    One line twice, word for word; one deal twice with different content, the older state
    first; one deal missing, since somebody deleted it in the CRM.

    Args:
        rows: The clean rows.
        deleted: Record id of the deal that is gone.
        kept: Record ids that no quirk may touch.
    """
    found = _repeat_a_line([row for row in rows if row[0] != deleted], kept)
    place = _place(found, len(found) - 240, kept)
    older = _with(_with(found[place], _STAGE, MEETING_BOOKED), _AMOUNT, "9999.00")
    found.insert(place, older)
    return found


def in_activities(rows: Sequence[Row]) -> list[Row]:
    """Return the activities with their quirks: a line twice, and a date nobody can read.

    The unreadable date is that of a line added at the end, which stands for no meeting that
    took place.
    """
    found = list(rows)
    found.insert(len(found) - 400, found[-400])
    last = found[-1]
    number = str(int(last[0]) + 1)
    found.append(_with((number, *last[1:]), _ACTIVITY_DATE, UNREADABLE_DATE))
    return found


def in_invoices(rows: Sequence[Row], header: Row, total: Row) -> list[Row]:
    """Return the invoices with their quirks.

    The header comes again where a page of the report ended, one draft has no amount yet, and
    the last line is a total.
    """
    found = list(rows)
    draft = ("F-BROUILLON", *found[-1][1:])
    found.append(_with(draft, _INVOICE_REVENUE, UNREADABLE_AMOUNT))
    found.insert(len(found) - 500, header)
    found.append(total)
    return found


def _repeat_a_line(rows: list[Row], kept: frozenset[str]) -> list[Row]:
    place = _place(rows, len(rows) - 300, kept)
    rows.insert(place + 1, rows[place])
    return rows


def _place(rows: Sequence[Row], start: int, kept: frozenset[str]) -> int:
    return next(place for place in range(start, len(rows)) if rows[place][0] not in kept)


def _with(row: Row, column: int, value: str) -> Row:
    return (*row[:column], value, *row[column + 1 :])

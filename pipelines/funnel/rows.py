"""From rows of the database to the values of a review. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.errors import msg
from pipelines.funnel.asking import SHRUNK, Signs, question
from pipelines.funnel.model import (
    Bar,
    Basis,
    Change,
    Concentration,
    Concern,
    Deal,
    MovedDeal,
    OpenDeal,
    Pace,
    Question,
    Share,
    Worry,
)

#: How many columns of a row describe the deal itself; they come in the order of ``Deal``.
_DEAL = 12
_Row = Sequence[Any]


def bars_of(bars: Iterable[_Row], moved: Iterable[_Row]) -> tuple[Bar, ...]:
    """Return the bars of a bridge in their order.

    Args:
        bars: Rows of ``funnel/bars``.
        moved: Rows of ``funnel/moved_deals``.
    """
    listed: dict[str, list[MovedDeal]] = {}
    for change, *row in moved:
        listed.setdefault(change, []).append(MovedDeal(Deal(*row[:_DEAL]), *row[_DEAL:]))
    found = {
        change: Bar(
            Change(change), deals, added, worth, without_amount, tuple(listed.get(change, ()))
        )
        for change, deals, added, worth, without_amount in bars
    }
    return tuple(found[change] for change in Change if change in found)


def worries_of(
    rows: Iterable[_Row], sums: _Row, as_of: date, *, has_planned: bool
) -> dict[str, Worry]:
    """Return what is wrong with open deals, by the words of ``funnel/worries``.

    Args:
        rows: Rows of ``funnel/worries``.
        sums: The row of ``funnel/worry_sums``.
        has_planned: Whether the files hold anything planned.
    """
    listed: dict[str, list[OpenDeal]] = {}
    for worry, *row in rows:
        days, usual_days, basis, entered, last_on = row[_DEAL:]
        listed.setdefault(worry, []).append(
            OpenDeal(Deal(*row[:_DEAL]), _pace(basis, days, usual_days, entered), last_on)
        )
    counted = zip(("stalled", "no_step", "past"), sums[::2], sums[1::2], strict=True)
    found = {
        word: Worry(deals, worth, tuple(listed.get(word, ()))) for word, deals, worth in counted
    }
    if not has_planned:
        reason = msg(
            "The files hold nothing that is planned for a deal after {day}. Export meetings, calls and"
            " tasks to come, with their deals.",
            day=as_of,
        )
        found["no_step"] = Worry(0, Decimal(0), (), reason)
    return found


def concentration_of(shares: Iterable[_Row], accounts: Iterable[_Row]) -> Concentration:
    """Return how much hangs on a few.

    Args:
        shares: Rows of ``funnel/concentration``.
        accounts: Rows of ``funnel/largest``.
    """
    found = {
        what: Share(members, float(largest / whole), float(three / whole), for_half)
        for what, members, whole, largest, three, for_half in shares
    }
    return Concentration(
        found.get("deals"),
        found.get("accounts"),
        tuple((name, amount) for name, _, amount in accounts),
    )


def questions_of(
    rows: Iterable[_Row], since: date, as_of: date, *, activities_known: bool
) -> tuple[Question, ...]:
    """Return the questions about some deals, in the order of ``funnel/to_ask``."""
    found = []
    for row in rows:
        days, usual_days, basis, entered, last_on, slips, first_close_on = row[_DEAL : _DEAL + 7]
        slipping, stalled, past, lacks_step, shrunk, vanished = row[_DEAL + 7 :]
        holds = {
            Concern.VANISHED: vanished,
            Concern.SLIPPING: slipping,
            Concern.STALLED: stalled,
            Concern.PAST_CLOSE: past,
            Concern.SHRUNK: shrunk >= SHRUNK,
            Concern.NO_STEP: lacks_step,
        }
        signs = Signs(
            deal=Deal(*row[:_DEAL]),
            pace=_pace(basis, days, usual_days, entered),
            last_activity_on=last_on,
            activities_known=activities_known,
            slips=slips,
            first_close_on=first_close_on,
            shrunk=float(shrunk),
            day=as_of,
            since=since,
            concerns=tuple(concern for concern, is_so in holds.items() if is_so),
        )
        found.append(question(signs))
    return tuple(found)


def _pace(
    basis: str | None, days: int | None, usual_days: int | None, entered: str | None
) -> Pace | None:
    if basis is None or days is None or usual_days is None:
        return None
    kind = Basis(basis)
    return Pace(kind, days, usual_days, None if kind is Basis.LIFE else entered)

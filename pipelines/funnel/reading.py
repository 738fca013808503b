"""Read a pipeline review: two days of the open pipeline, and what its deals need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.context import Context
from pipelines.errors import AccessRefused, Message, Refused, msg
from pipelines.funnel import days as offering
from pipelines.funnel.asking import SHRUNK
from pipelines.funnel.conversion import Counted, conversion
from pipelines.funnel.model import USUAL_SHARE, Bridge, End, PipelineReview
from pipelines.funnel.notes import Counts, notes_of
from pipelines.funnel.rows import (
    bars_of,
    concentration_of,
    questions_of,
    worries_of,
)
from pipelines.people.names import Names, names_at
from pipelines.sql import statement
from pipelines.store import Cursor

#: More deals than anybody reads behind one bar.
LISTED = 200
#: More questions than a meeting can work on.
ASKED = 7
#: With fewer won deals, a stage has no rhythm of its own.
MIN_WON = 10
#: A deal that somebody did something about in so many days is not stalled.
QUIET_DAYS = 21


@dataclass(frozen=True)
class _Asked:
    """What somebody wants to see.

    Attributes:
        owner: Whose deals alone.
        people: Whose deals may be listed; None: everybody's.
    """

    since: date
    as_of: date
    owner: str | None
    people: frozenset[str] | None
    company: str
    names: Names

    def bound(self) -> dict[str, Any]:
        """Return what binds in more than one statement."""
        lists = ("written", "meant", "sources", "written_there", "meant_there")
        return {**dict.fromkeys(lists, ()), **self.names.bound()}

    @property
    def owners(self) -> list[str] | None:
        """Whose deals are listed, as a statement takes it."""
        return None if self.people is None else sorted(self.people)


def pipeline_review(
    context: Context,
    since: date | None = None,
    as_of: date | None = None,
    owner: str | None = None,
    *,
    listed: int = LISTED,
) -> PipelineReview:
    """Review the open pipeline: what moved since a day, and what to ask about.

    How a deal stood on a day is what the newest export up to that day showed. A deal that no export
    had shown by then counts by its own dates, as the day began, with the amount it was first seen
    with. Who owns a deal on the later day owns it on both. Files do not say when an activity was
    planned: looked at from a past day, what was done afterwards counts as planned then.

    Args:
        since: The day to look back to; None: that of the export before the newest one, about a week
            earlier or more, else four weeks earlier.
        as_of: The day to look from; None: today.
        owner: Only the deals of this person, named as the product shows them.
        listed: So many deals behind each bar, and with each thing that is wrong.

    Returns:
        Sums are over all deals, or all of the owner's. Deals, accounts and rates of people are listed
        as far as whoever asks may see them.

    Raises:
        Refused: The days are the wrong way round.
        AccessRefused: Whoever asks may not see the deals of this person.
    """
    day = as_of or context.today()

    def read(cursor: Cursor) -> PipelineReview:
        names = names_at(cursor)
        told = _told(cursor, day)
        first = since or offering.usual_since(told, day)
        if first >= day:
            raise Refused.of(
                msg("{start} is not before {end}.", start=first, end=day),
                hint=msg("Choose an earlier day to look back to."),
            )
        people = _people(context, owner, names)
        company = context.workspace.settings.currency
        asked = _Asked(first, day, owner, people, company, names)
        return _review(cursor, asked, told, listed)

    return context.store.read(read)


def days_to_choose(context: Context, as_of: date | None = None) -> tuple[tuple[date, bool], ...]:
    """Return days worth looking back to, newest first, and whether an export came on each."""
    day = as_of or context.today()
    told = context.store.read(lambda cursor: _told(cursor, day))
    return tuple((one, one in told) for one in offering.offered(told, day, context.calendar))


def people_with_deals(context: Context) -> frozenset[str]:
    """Return who has open deals, named as the product shows them; for some, only themselves."""

    def read(cursor: Cursor) -> frozenset[str]:
        names = names_at(cursor)
        found = cursor.execute(statement("funnel/open_owners")).fetchall()
        everybody = frozenset(names.shown(written, source) for source, written in found)
        mine = _people(context, None, names)
        return everybody if mine is None else everybody & mine

    return context.store.read(read)


def _told(cursor: Cursor, day: date) -> list[date]:
    rows = cursor.execute(statement("funnel/import_days"), {"as_of": day}).fetchall()
    return [one for (one,) in rows]


def _people(context: Context, owner: str | None, names: Names) -> frozenset[str] | None:
    seen = context.actor.scope.people
    mine = None if seen is None else names.shown_names(seen)
    if owner is None:
        return mine
    if mine is not None and owner not in mine:
        raise AccessRefused.of(msg("You may see your own deals only."))
    return frozenset({owner})


def _review(cursor: Cursor, asked: _Asked, told: Sequence[date], most: int) -> PipelineReview:
    days = {"since": asked.since, "as_of": asked.as_of}
    named = asked.bound()
    _make(cursor, "states", {**days, **named, "company": asked.company, "owner": asked.owner})
    currency = _currency(cursor, asked.company)
    money = {"currency": currency}
    _make(cursor, "entries", {"as_of": asked.as_of})
    _make(cursor, "stays", {"as_of": asked.as_of})
    _make(cursor, "rhythm", {"share": USUAL_SHARE, "min_won": MIN_WON})
    _make(cursor, "transitions", {"as_of": asked.as_of})
    _make(cursor, "moves", money)
    # what is planned is known as far as the files of activities tell
    ahead = min(asked.as_of, _activities_told(cursor, asked.as_of))
    _make(
        cursor,
        "open_deals",
        {"as_of": asked.as_of, "ahead": ahead, "quiet": QUIET_DAYS, **money},
    )
    (ends,) = _fetch(cursor, "ends", money)
    ((has_done, has_planned),) = _fetch(cursor, "activities_known", {"ahead": ahead})
    listed = {"owners": asked.owners, "listed": most}
    (sums,) = _fetch(cursor, "worry_sums")
    worries = worries_of(
        _fetch(cursor, "worries", listed), sums, asked.as_of, has_planned=has_planned
    )
    to_ask = {
        "owners": asked.owners,
        "asked": ASKED,
        "shrunk": SHRUNK,
        "steps_are_known": has_planned,
    }
    counted = [
        Counted(*row) for row in _fetch(cursor, "conversion", {"as_of": asked.as_of, **named})
    ]
    bridge = Bridge(
        End(asked.since, _teller(told, asked.since), ends[0], ends[1]),
        End(asked.as_of, _teller(told, asked.as_of), ends[2], ends[3]),
        bars_of(_fetch(cursor, "bars"), _fetch(cursor, "moved_deals", listed)),
    )
    return PipelineReview(
        owner=asked.owner,
        currency=currency,
        bridge=bridge,
        stalled=worries["stalled"],
        without_step=worries["no_step"],
        past_close=worries["past"],
        concentration=concentration_of(
            _fetch(cursor, "concentration"),
            _fetch(cursor, "largest", {"owners": asked.owners}),
        ),
        questions=questions_of(
            _fetch(cursor, "to_ask", to_ask),
            asked.since,
            asked.as_of,
            activities_known=has_done,
        ),
        conversion=conversion(counted, asked.people),
        notes=notes_of(Counts(*ends[4:]), bridge, currency, ahead, has_done=has_done),
        unavailable=_unavailable(cursor, ends),
    )


def _make(cursor: Cursor, name: str, values: dict[str, Any]) -> None:
    """Fill one of the temporary tables that the others read."""
    cursor.execute(statement(f"funnel/{name}"), values)


def _fetch(
    cursor: Cursor, name: str, values: dict[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    return cursor.execute(statement(f"funnel/{name}"), values or {}).fetchall()


def _currency(cursor: Cursor, company: str) -> str:
    """Return the currency to add up: the only one there is, else the company's if it is among them."""
    codes = [code for code, _ in _fetch(cursor, "currencies")]
    return company if company in codes or not codes else str(codes[0])


def _activities_told(cursor: Cursor, day: date) -> date:
    ((until,),) = cursor.execute(
        statement("kpis/covered_until"), {"tables": ["activities"]}
    ).fetchall()
    return until or day


def _teller(told: Sequence[date], day: date) -> date | None:
    return next((one for one in told if one <= day), None)


def _unavailable(cursor: Cursor, ends: Sequence[Any]) -> Message | None:
    if ends[0] or ends[2] or _fetch(cursor, "bars"):
        return None
    return msg(
        "No deal was open on either day. Export all deals, open ones included, with their stage,"
        " amount and create date."
    )

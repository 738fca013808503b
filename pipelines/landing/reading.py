"""Read what the files tell about deals into columns, once for each state of the data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from pipelines.context import Context
from pipelines.landing.columns import NEVER, Columns, Deals, Former
from pipelines.landing.stays import stays_of
from pipelines.people.names import names_at
from pipelines.sql import statement
from pipelines.store import Cursor, Store

_Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Details:
    """Who is behind a deal; the owner as the product shows them."""

    source: str
    external_id: str
    name: str | None
    account: str | None
    owner: str | None
    currency: str


@dataclass(frozen=True)
class _Kept:
    """Columns with the state of the data they were read from, and when that was looked at last."""

    version: int
    stamp: tuple[object, ...]
    columns: Columns


_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_reading = Lock()


def read_columns(context: Context) -> Columns:
    """Return what the files tell about all deals; kept until a file changes it."""
    store = context.store
    kept = _kept.get(store)
    if kept is not None and kept.version == store.version:
        return kept.columns
    with _reading:  # two people who look at the same moment wait for one reading
        kept = _kept.get(store)
        # what is written while it is read makes it look again the next time
        version = store.version
        if kept is not None and kept.version == version:
            return kept.columns
        known = None if kept is None else kept.stamp
        stamp, found = store.read(lambda cursor: _read(cursor, known))
        columns = found if found is not None or kept is None else kept.columns
        if columns is None:
            raise AssertionError  # without anything kept it was read
        _kept[store] = _Kept(version, stamp, columns)
        return columns


def read_currencies(context: Context) -> list[str]:
    """Return the ISO codes of the amounts of deals that are open or won, in alphabetical order."""
    bound = {"company": context.workspace.settings.currency}
    rows = context.store.read(
        lambda cursor: cursor.execute(statement("landing/currencies"), bound).fetchall()
    )
    return [code for (code,) in rows]


def read_details(context: Context, keys: Sequence[int], day: date) -> dict[int, Details]:
    """Return who is behind some deals, by key, as it was on a day."""
    if not keys:
        return {}
    company = context.workspace.settings.currency
    bound = {"keys": list(keys), "day": day, "company": company}
    rows, names = context.store.read(
        lambda cursor: (
            cursor.execute(statement("landing/details"), bound).fetchall(),
            names_at(cursor),
        )
    )
    return {
        key: Details(
            source, external_id, name, account, owner and names.shown(owner, source), currency
        )
        for key, source, external_id, name, account, owner, currency in rows
    }


def _read(
    cursor: Cursor, known: tuple[object, ...] | None
) -> tuple[tuple[object, ...], Columns | None]:
    """Return the state of the data, and its columns unless it is the known one."""
    (stamp,) = cursor.execute(statement("landing/stamp")).fetchall()
    if stamp == known:
        return stamp, None
    deals = _arrays(cursor, "landing/deals")
    entries = _arrays(cursor, "landing/entries")
    former = _arrays(cursor, "landing/former")
    labels = cursor.execute(statement("landing/stages")).fetchall()
    keys = deals["key"]
    # states of deals that do not count have no place among those that do
    place = np.searchsorted(keys, former["key"])
    counted = np.zeros(len(place), dtype=np.bool_)
    if len(keys):
        counted = keys[np.minimum(place, len(keys) - 1)] == former["key"]
    all_deals = Deals(
        key=keys,
        created=deals["created"],
        closed=deals["closed"],
        won=deals["won"],
        amount=deals["amount"],
        priced=deals["priced"],
        vanished=deals["vanished"],
        seen_from=deals["seen_from"],
    )
    stays = stays_of(all_deals, entries["key"], entries["stage"], entries["entered"])
    return stamp, Columns(
        deals=all_deals,
        stays=stays,
        former=Former(
            deal=place[counted].astype(np.int32),
            since=former["since"][counted],
            until=former["until"][counted],
            amount=former["amount"][counted],
            priced=former["priced"][counted],
        ),
        labels=("", *(label for (label,) in labels)),
        first_day=int(stays.entered.min()) if len(stays.entered) else NEVER,
    )


def _arrays(cursor: Cursor, name: str) -> _Arrays:
    text = statement(name)
    bound = {"never": NEVER} if "$never" in text else {}
    found: _Arrays = cursor.execute(text, bound).fetchnumpy()
    return found

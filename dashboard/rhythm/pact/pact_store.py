"""Pacts in the store: each function is one step of somebody's transaction."""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from dashboard.rhythm.pact.facts import Facts, SlipFacts, facts_read, facts_written
from dashboard.rhythm.pact.model import (
    Pact,
    PactEvent,
    Said,
    Trigger,
    terms_read,
    terms_written,
)
from dashboard.rhythm.pact.rules import DealState
from pipelines.errors import Refused, msg
from pipelines.people.names import Names, names_at
from pipelines.sql import statement
from pipelines.store import Cursor


def read_all(cursor: Cursor) -> tuple[Pact, ...]:
    """Return every pact, oldest first."""
    rows = cursor.execute(statement("pacts/pacts")).fetchall()
    return tuple(
        Pact(number, Trigger(trigger), terms_read(json.loads(terms)), *rest)
        for number, trigger, terms, *rest in rows
    )


def read_one(cursor: Cursor, pact_id: int) -> Pact:
    """Return one pact.

    Raises:
        Refused: There is none of that number.
    """
    for pact in read_all(cursor):
        if pact.pact_id == pact_id:
            return pact
    raise Refused.of(msg("There is no pact {number}.", number=str(pact_id)))


def next_id(cursor: Cursor) -> int:
    """Return the number of the next pact."""
    return int(cursor.execute(statement("pacts/next_id")).fetchall()[0][0])


def insert(cursor: Cursor, pact: Pact) -> None:
    """Write a new pact."""
    cursor.execute(statement("pacts/insert"), _row(pact))


def update(cursor: Cursor, pact: Pact) -> None:
    """Write a changed pact."""
    values = _row(pact)
    del values["written_on"]  # never changes
    cursor.execute(statement("pacts/update"), values)


def state(pact: Pact) -> dict[str, Any]:
    """Return a pact as the journal keeps it."""
    kept = _row(pact) | {"terms": terms_written(pact.terms)}
    del kept["pact_id"]
    return kept


def read_events(cursor: Cursor) -> tuple[PactEvent, ...]:
    """Return every firing, oldest first, with people as the product names them."""
    rows = cursor.execute(statement("pacts/events")).fetchall()
    names = names_at(cursor) if rows else Names()
    return tuple(_event(row, names) for row in rows)


def read_event(cursor: Cursor, event_id: int) -> PactEvent:
    """Return one firing.

    Raises:
        Refused: There is none of that number.
    """
    for event in read_events(cursor):
        if event.event_id == event_id:
            return event
    raise Refused.of(msg("There is no pact event {number}.", number=str(event_id)))


def record_event(
    cursor: Cursor, pact: Pact, fired_on: date, subject: str, facts: Facts
) -> PactEvent:
    """Write down that a pact fired, with the facts and its own words as they were seen."""
    ((number,),) = cursor.execute(statement("pacts/next_event_id")).fetchall()
    said = Said(pact.decision, pact.reflex)
    event = PactEvent(
        int(number), pact.pact_id, fired_on, subject, facts, said, None, None, None, None, 1
    )
    cursor.execute(
        statement("pacts/insert_event"),
        {
            "event_id": event.event_id,
            "pact_id": event.pact_id,
            "fired_on": event.fired_on,
            "subject": event.subject,
            "facts": json.dumps(_seen(event), ensure_ascii=False),
        },
    )
    return event


def answer(cursor: Cursor, event: PactEvent) -> None:
    """Write down whether a pact was kept."""
    kept = asdict(event)
    fields = ("event_id", "kept", "note", "answered_by", "answered_on", "version")
    cursor.execute(statement("pacts/answer"), {name: kept[name] for name in fields})


def event_state(event: PactEvent) -> dict[str, Any]:
    """Return a firing as the journal keeps it."""
    return {
        "pact": event.pact_id,
        "fired_on": event.fired_on,
        "subject": event.subject,
        **asdict(event.said),
        "was_kept": event.kept,
        "note": event.note,
        "answered_by": event.answered_by,
        "answered_on": event.answered_on,
        "version": event.version,
    }


def open_deals(cursor: Cursor, day: date, amount: float, currency: str) -> tuple[DealState, ...]:
    """Return the deals of an amount or more that are open on a day and expected on some date."""
    rows = cursor.execute(
        statement("pacts/open_deals"), {"day": day, "amount": amount, "currency": currency}
    ).fetchall()
    names = names_at(cursor) if rows else Names()
    return tuple(
        DealState(source, number, name, owner and names.shown(owner, source), *rest)
        for source, number, name, owner, *rest in rows
    )


def _row(pact: Pact) -> dict[str, Any]:
    terms = json.dumps(terms_written(pact.terms))
    return {**asdict(pact), "trigger": pact.trigger.value, "terms": terms}


def _seen(event: PactEvent) -> dict[str, Any]:
    return {**facts_written(event.facts), "said": asdict(event.said)}


def _event(row: Any, names: Names) -> PactEvent:
    number, pact_id, fired_on, subject, written, kept, note, by, on, version = row
    seen = json.loads(written)
    said = Said(**seen.pop("said"))
    facts = facts_read(seen)
    if isinstance(facts, SlipFacts) and facts.owner:
        facts = replace(facts, owner=names.shown(facts.owner))
    by = by and names.shown(by)
    return PactEvent(number, pact_id, fired_on, subject, facts, said, kept, note, by, on, version)

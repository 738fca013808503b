"""Pacts: written calmly, shown when they hold, and answered for afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dashboard.rhythm.action import one_line
from dashboard.rhythm.pact import pact_store
from dashboard.rhythm.pact.facts import LandingFacts, OutsideFacts, SlipFacts
from dashboard.rhythm.pact.model import Draft, Pact, PactEvent, Record, problems, record, tidy
from dashboard.rhythm.versions import conflict
from dashboard.rhythm.written import too_long
from pipelines.context import Context
from pipelines.errors import Message, Refused, msg
from pipelines.journal import What, note
from pipelines.kpis.catalogue import catalogue
from pipelines.periods import Period
from pipelines.store import Cursor

_MAX_NOTE = 500


@dataclass(frozen=True)
class Fired:
    """A pact that fired, as whoever decides has to see it.

    Attributes:
        asks: The week it fired in is over, and nobody has said whether it was kept.
    """

    event: PactEvent
    pact: Pact
    asks: bool


def write_pact(context: Context, draft: Draft) -> Pact:
    """Write a pact that holds from today on.

    Raises:
        Refused: Everything that is missing or wrong.
    """
    draft = _accepted(context, draft)
    today = context.today()

    def write(cursor: Cursor) -> Pact:
        pact = Pact(
            pact_store.next_id(cursor),
            draft.trigger,
            draft.terms,
            draft.decision,
            draft.reflex,
            today,
            None,
            1,
        )
        pact_store.insert(cursor, pact)
        subject = f"pact {pact.pact_id}"
        note(cursor, context.actor, What.PACT_WRITTEN, subject, after=pact_store.state(pact))
        return pact

    return context.store.write(write)


def change_pact(context: Context, pact_id: int, version: int, draft: Draft) -> Pact:
    """Write a pact in other words or terms; what it said when it fired stays with those days.

    Args:
        version: The one that the person saw; the same for every change below.

    Raises:
        Refused: As for ``write_pact``, or there is no such pact for whoever asks.
        Conflict: Somebody changed it in the meantime.
    """
    wanted = _accepted(context, draft)
    return _change(
        context,
        pact_id,
        version,
        What.PACT_CHANGED,
        wish=said(wanted),
        changed=lambda pact: replace(
            pact,
            trigger=wanted.trigger,
            terms=wanted.terms,
            decision=wanted.decision,
            reflex=wanted.reflex,
        ),
    )


def end_pact(context: Context, pact_id: int, version: int) -> Pact:
    """Let a pact hold no longer; its record stays."""
    today = context.today()
    return _change(
        context,
        pact_id,
        version,
        What.PACT_ENDED,
        wish=msg("end the pact"),
        changed=lambda pact: replace(pact, ended_on=pact.ended_on or today),
    )


def answer(
    context: Context,
    event_id: int,
    version: int,
    *,
    kept: bool,
    remark: str = "",
) -> PactEvent:
    """Say whether a pact was kept when it fired.

    Args:
        version: Of the answer that the person saw.
        remark: In a few words how it went; may be empty.

    Raises:
        Refused: It did not fire for whoever asks, or the remark is too long.
        Conflict: Somebody answered otherwise in the meantime.
    """
    remark = one_line(remark)
    found = too_long(remark, _MAX_NOTE)
    if found:
        raise Refused(*found)
    today, subject, sees = context.today(), f"pact_event {event_id}", _seen(context)

    def write(cursor: Cursor) -> PactEvent:
        before = pact_store.read_event(cursor, event_id)
        if not sees(before):
            raise Refused.of(msg("There is no pact event {number}.", number=str(event_id)))
        if (before.kept, before.note) == (kept, remark or None):
            return before
        if before.version != version:
            raise conflict(
                cursor,
                subject,
                mine=_answer(kept, remark),
                theirs=_answered(before),
                version=before.version,
            )
        after = replace(
            before,
            kept=kept,
            note=remark or None,
            answered_by=context.actor.name,
            answered_on=today,
            version=version + 1,
        )
        pact_store.answer(cursor, after)
        note(
            cursor,
            context.actor,
            What.PACT_ANSWERED,
            subject,
            before=pact_store.event_state(before),
            after=pact_store.event_state(after),
        )
        return after

    return context.store.write(write)


def list_pacts(context: Context) -> tuple[Pact, ...]:
    """Return every pact that whoever asks may see, those in force first, oldest first."""
    found = context.store.read(pact_store.read_all)
    if found:
        found = tuple(filter(_visible(context), found))
    return tuple(sorted(found, key=lambda pact: pact.ended_on is not None))


def list_events(context: Context) -> tuple[PactEvent, ...]:
    """Return every firing that whoever asks may see, oldest first."""
    events = context.store.read(pact_store.read_events)
    return tuple(filter(_seen(context), events)) if events else ()


def records(context: Context) -> Mapping[int, Record]:
    """Return how often each pact was kept, by its number, whoever asks: it is the team's record."""
    found: dict[int, list[PactEvent]] = {}
    for event in context.store.read(pact_store.read_events):
        found.setdefault(event.pact_id, []).append(event)
    return {number: record(events) for number, events in found.items()}


def fired(context: Context, week: Period) -> tuple[Fired, ...]:
    """Return the pacts to show to those who look at a week, oldest first.

    Args:
        week: A finished week, which the meeting of the week after looks back on.

    Returns:
        Those that fired in the week after it; and for the newest finished week also those from
        before, as long as nobody has said whether they were kept.
    """
    following = context.calendar.next(week)
    is_newest = context.today() in following
    found = [
        event
        for event in list_events(context)
        if event.fired_on in following
        or (is_newest and event.kept is None and event.fired_on < following.start)
    ]
    if not found:
        return ()
    pacts = {pact.pact_id: pact for pact in context.store.read(pact_store.read_all)}
    return tuple(
        Fired(
            event,
            pacts[event.pact_id],
            asks=event.kept is None and event.fired_on < following.start,
        )
        for event in found
    )


def said(draft: Draft) -> Message:
    """Return what a pact says beside its trigger, to be compared with another wording."""
    return msg(
        "we will: {decision}; we will not: {reflex}", decision=draft.decision, reflex=draft.reflex
    )


def _accepted(context: Context, draft: Draft) -> Draft:
    wanted = tidy(draft)
    found = problems(wanted, tuple(catalogue(context)))
    if found:
        raise Refused(*found)
    return wanted


def _visible(context: Context) -> Callable[[Pact], bool]:
    """Return what tells whether a pact is about something that exists for whoever asks."""
    if context.actor.scope.margins:
        return lambda _: True
    known = catalogue(context)
    return lambda pact: pact.terms.kpi is None or pact.terms.kpi in known


def _seen(context: Context) -> Callable[[PactEvent], bool]:
    """Return what tells whether whoever asks may see why a pact fired."""
    scope = context.actor.scope
    known = None if scope.margins else catalogue(context)

    def sees(event: PactEvent) -> bool:
        match event.facts:
            case OutsideFacts(kpi=kpi) | LandingFacts(kpi=kpi):
                return known is None or kpi in known
            case SlipFacts(owner=owner):
                return scope.sees(owner)
            case _:
                return True

    return sees


def _change(
    context: Context,
    pact_id: int,
    version: int,
    what: What,
    *,
    wish: Message,
    changed: Callable[[Pact], Pact],
) -> Pact:
    subject, sees = f"pact {pact_id}", _visible(context)

    def write(cursor: Cursor) -> Pact:
        before = pact_store.read_one(cursor, pact_id)
        if not sees(before):
            raise Refused.of(msg("There is no pact {number}.", number=str(pact_id)))
        after = changed(before)
        if after == before:
            return before
        if before.version != version:
            theirs = (
                msg("the pact has ended") if before.ended_on is not None else said(before.draft)
            )
            raise conflict(cursor, subject, mine=wish, theirs=theirs, version=before.version)
        after = replace(after, version=version + 1)
        pact_store.update(cursor, after)
        note(
            cursor,
            context.actor,
            what,
            subject,
            before=pact_store.state(before),
            after=pact_store.state(after),
        )
        return after

    return context.store.write(write)


def _answer(kept: bool, remark: str) -> Message:  # noqa: FBT001 - the answer itself
    word = msg("kept") if kept else msg("not kept")
    return msg("{answer} ({note})", answer=word, note=remark) if remark else word


def _answered(event: PactEvent) -> Message:
    if event.kept is None:
        return msg("nobody has said yet")
    return _answer(event.kept, event.note or "")

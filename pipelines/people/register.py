"""The people of a company: listing, adding and changing them, and joining their names.

A person exists with or without a login. What files write stays as it is; ``names`` tells whom it
means when rows are read.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace

from pipelines.context import Context
from pipelines.errors import Conflict, Message, Problem, Refused, msg
from pipelines.journal import What, note
from pipelines.people.matching import Proposal
from pipelines.people.matching import proposals as pairs_of
from pipelines.people.names import names_at
from pipelines.people.person import Details, OpenAction, Person, in_words, one_line, problems, tidy
from pipelines.sql import statement
from pipelines.store import Cursor, Store

#: Where a person's name stands besides the list of people.
_NAMED_IN = (
    *("targets", "actions", "action_events", "chosen_kpis", "kpi_entries", "distinct_people"),
    *("experiments", "practices", "pact_events"),
    *("plans", "one_to_ones"),
    "move_requests",
    *("meetings", "meeting_events", "agenda_items", "agenda_concerns", "attendance"),
    *("meeting_notes", "blocker_notes", "wins", "blockers", "blocker_votes", "decisions"),
    *("ratings", "letters", "gap_decisions", "verdicts", "next_quarters"),
)


def list_people(context: Context) -> tuple[Person, ...]:
    """Return everybody by name, also those who left; for some, only themselves.

    Somebody whose name was joined to another person's is part of that person.
    """
    seen = context.actor.scope.sees
    return tuple(one for one in context.store.read(_everybody) if seen(one.name))


def gone(context: Context) -> frozenset[str]:
    """Return the names of those who do not work here any more, whoever asks."""
    return frozenset(one.name for one in context.store.read(_everybody) if not one.active)


def names_of(store: Store, person_id: int) -> frozenset[str]:
    """Return every name that means a person in every source; empty if there is no such person.

    What means them in one source only is left out: there, rows are read under the shown name.
    """

    def read(cursor: Cursor) -> frozenset[str]:
        person = _known(cursor).get(person_id)
        if person is None:
            return frozenset()
        names = names_at(cursor)
        return names.spellings({names.shown(person.name)})

    return store.read(read)


def add_person(context: Context, details: Details) -> Person:
    """Add somebody.

    Raises:
        Refused: The name is missing, too long or taken, or the address is none.
    """
    wanted = tidy(details)

    def write(cursor: Cursor) -> Person:
        _refuse([*problems(wanted), *_taken(cursor, wanted.name)])
        person = _insert(cursor, wanted)
        subject = f"person {person.person_id}"
        note(cursor, context.actor, What.PERSON_ADDED, subject, after=_state(person))
        return person

    return context.store.write(write)


def change_person(context: Context, person_id: int, version: int, details: Details) -> Person:
    """Change what is known about somebody; a new name is carried along wherever the old one stands.

    Files go on writing the old name: it means the same person from then on.

    Args:
        version: The one that whoever changes it saw; the same for every change below.

    Returns:
        The person as they are now. A change that is there already changes nothing.

    Raises:
        Refused: There is no such person, or as for ``add_person``.
        Conflict: Somebody changed them in the meantime.
    """
    wanted = tidy(details)
    _refuse(problems(wanted))
    return _change(
        context,
        person_id,
        version,
        What.PERSON_CHANGED,
        wish=lambda _: in_words(wanted),
        changed=lambda person: replace(person, **asdict(wanted)),
    )


def deactivate(context: Context, person_id: int, version: int) -> Person:
    """Keep in mind that somebody left. What they own stays theirs until it is given to others.

    Returns:
        The person, with what they are still to do.

    Raises:
        Refused: As for ``change_person``; so is Conflict.
    """
    return _change(
        context,
        person_id,
        version,
        What.PERSON_LEFT,
        wish=lambda person: msg("{name} left the company", name=person.name),
        changed=lambda person: replace(person, active=False),
    )


def take_back(context: Context, person_id: int, version: int) -> Person:
    """Take back that somebody left.

    Raises:
        Refused: As for ``change_person``; so is Conflict.
    """
    return _change(
        context,
        person_id,
        version,
        What.PERSON_RETURNED,
        wish=lambda person: msg("{name} is at the company", name=person.name),
        changed=lambda person: replace(person, active=True),
    )


def join(context: Context, person_id: int, written: str, source: str = "") -> Person:
    """Let a name mean a person from now on, in one source or in all of them.

    If the name is another person's, that person becomes part of this one. Nothing is rewritten:
    ``separate`` undoes it.

    Raises:
        Refused: There is no such person, the name is empty, or it means somebody already.
    """
    written = one_line(written)

    def write(cursor: Cursor) -> Person:
        person = _one(cursor, person_id)
        names = names_at(cursor)
        if not written:
            raise Refused.of(msg("The name is empty."))
        meant = names.by_source.get((source, written)) if source else names.everywhere.get(written)
        if meant == person.name:
            return person
        if meant is not None:
            raise Refused.of(
                msg("“{written}” means {name} already.", written=written, name=meant),
                hint=msg("Separate the two first."),
            )
        if names.shown(person.name) in {written, names.shown(written)}:
            raise Refused.of(
                msg("“{written}” is {name} already.", written=written, name=person.name)
            )
        cursor.execute(
            statement("people/join"),
            {"source": source, "written": written, "person_id": person_id},
        )
        fact = {"written": written, "source": source, "name": person.name}
        subject = f"person {person.person_id}"
        note(cursor, context.actor, What.PERSON_JOINED, subject, after=fact)
        return _one(cursor, person_id)

    return context.store.write(write)


def separate(context: Context, written: str, source: str = "") -> None:
    """Let a joined name stand for itself again; whoever it was is there again as before.

    Raises:
        Refused: It was joined to nobody.
    """

    def write(cursor: Cursor) -> None:
        joined = cursor.execute(statement("people/joined")).fetchall()
        owner = next((one for src, name, one in joined if (src, name) == (source, written)), None)
        person = None if owner is None else _known(cursor).get(owner)
        if person is None:
            raise Refused.of(msg("“{written}” is joined to nobody.", written=written))
        cursor.execute(statement("people/separate"), {"source": source, "written": written})
        is_known = any(one.name == written for one in _known(cursor).values())
        if not is_known and any(name == written for _, name in _written(cursor)):
            _insert(cursor, Details(written))
        fact = {"written": written, "source": source, "name": person.name}
        subject = f"person {person.person_id}"
        note(cursor, context.actor, What.PERSON_SEPARATED, subject, before=fact)

    context.store.write(write)


def proposals(context: Context) -> tuple[Proposal, ...]:
    """Return the people who may be one, with what speaks for it; nothing is joined by itself."""
    told_apart = context.store.read(
        lambda cursor: cursor.execute(statement("people/turned_down")).fetchall()
    )
    return pairs_of(list_people(context), {(one, two) for one, two in told_apart})


def turn_down(context: Context, person_id: int, other_id: int) -> None:
    """Keep in mind that two names are two people: they are not proposed again.

    Raises:
        Refused: There is no such person.
    """

    def write(cursor: Cursor) -> None:
        person, other = _one(cursor, person_id), _one(cursor, other_id)
        name, other_name = sorted((person.name, other.name))
        names = {"name": name, "other_name": other_name}
        cursor.execute(statement("people/turn_down"), names)
        note(cursor, context.actor, What.PERSON_TOLD_APART, f"person {person_id}", after=names)

    context.store.write(write)


def _everybody(cursor: Cursor) -> tuple[Person, ...]:
    names, known = names_at(cursor), _known(cursor)
    written: dict[str, list[tuple[str, str]]] = {}
    for source, name in _written(cursor):
        written.setdefault(names.shown(name, source), []).append((source, name))
    joined: dict[str, list[tuple[str, str]]] = {}
    for source, name, person_id in cursor.execute(statement("people/joined")).fetchall():
        if person_id in known:
            shown = names.shown(known[person_id].name)
            joined.setdefault(shown, []).append((source, name))
    to_do: dict[str, list[OpenAction]] = {}
    for number, title, owner, due_on in cursor.execute(statement("people/open_actions")).fetchall():
        to_do.setdefault(names.shown(owner), []).append(OpenAction(number, title, due_on))
    return tuple(
        replace(
            person,
            written=tuple(written.get(person.name, ())),
            joined=tuple(joined.get(person.name, ())),
            open_actions=tuple(to_do.get(person.name, ())),
        )
        for person in known.values()
        if person.name not in names.everywhere
    )


def _known(cursor: Cursor) -> Mapping[int, Person]:
    rows = cursor.execute(statement("people/list")).fetchall()
    return {row[0]: Person(*row) for row in rows}


def _written(cursor: Cursor) -> list[tuple[str, str]]:
    return cursor.execute(statement("people/written")).fetchall()


def _one(cursor: Cursor, person_id: int) -> Person:
    found = next((one for one in _everybody(cursor) if one.person_id == person_id), None)
    if found is None:
        raise Refused.of(msg("There is no person {number}.", number=str(person_id)))
    return found


def _taken(cursor: Cursor, name: str, besides: Person | None = None) -> list[Problem]:
    """Return why a name cannot be the shown name of a person who does not have it."""
    meant = names_at(cursor).everywhere.get(name)
    is_person = any(one.name == name for one in _known(cursor).values())
    if meant is not None and (besides is None or meant != besides.name or is_person):
        return [
            Problem(
                msg("“{written}” means {name} already.", written=name, name=meant),
                hint=msg("Separate the two first."),
            )
        ]
    if is_person and meant is None:
        return [
            Problem(
                msg("There is somebody called “{name}” already.", name=name),
                hint=msg("Join the two if they are one person."),
            )
        ]
    return []


def _insert(cursor: Cursor, details: Details) -> Person:
    ((person_id,),) = cursor.execute(statement("people/next_id")).fetchall()
    person = Person(int(person_id), **asdict(details), active=True, version=1)
    cursor.execute(statement("people/insert"), {"person_id": person.person_id, **_state(person)})
    return person


def _change(
    context: Context,
    person_id: int,
    version: int,
    what: What,
    *,
    wish: Callable[[Person], Message],
    changed: Callable[[Person], Person],
) -> Person:
    subject = f"person {person_id}"

    def write(cursor: Cursor) -> Person:
        before = _one(cursor, person_id)
        after = changed(before)
        if after == before:
            return before
        if before.version != version:
            ((by, at),) = cursor.execute(
                statement("people/last_change"), {"subject": subject}
            ).fetchall() or [(None, None)]
            raise Conflict.between(
                wish(before), in_words(before.details), before.version, by=by, at=at
            )
        if after.name != before.name:
            _refuse(_taken(cursor, after.name, besides=before))
            _carry(cursor, before, after.name)
        after = replace(after, version=version + 1)
        cursor.execute(statement("people/update"), {"person_id": person_id, **_state(after)})
        note(cursor, context.actor, what, subject, before=_state(before), after=_state(after))
        return after

    return context.store.write(write)


def _carry(cursor: Cursor, before: Person, name: str) -> None:
    """Write a new name wherever the old one stands; files go on writing the old one."""
    cursor.execute(statement("people/separate"), {"source": "", "written": name})
    if any(written == before.name for _, written in before.written):
        cursor.execute(
            statement("people/join"),
            {"source": "", "written": before.name, "person_id": before.person_id},
        )
    for table in _NAMED_IN:
        cursor.execute(
            statement(f"people/rename_in_{table}"), {"name": name, "former": before.name}
        )


def _state(person: Person) -> dict[str, object]:
    return {**asdict(person.details), "active": person.active, "version": person.version}


def _refuse(found: list[Problem]) -> None:
    if found:
        raise Refused(*found)

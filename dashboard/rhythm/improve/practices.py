"""Good practices: what worked, kept where everybody finds it."""

from dataclasses import replace

from dashboard.rhythm.action import one_line
from dashboard.rhythm.improve import practice_store
from dashboard.rhythm.improve.practice import TYPED, Practice, problems
from dashboard.rhythm.versions import conflict
from dashboard.rhythm.written import paragraph
from pipelines.context import Context
from pipelines.errors import Message, Refused, msg
from pipelines.journal import What, note
from pipelines.people.names import names_at
from pipelines.store import Cursor


def add_practice(
    context: Context, title: str, text: str = "", person: str = "", origin: str = TYPED
) -> Practice:
    """Add a good practice.

    Args:
        text: How it is done.
        person: Whom to ask about it; empty for nobody.
        origin: ``win 3``, ``experiment 2`` or ``typed``.

    Raises:
        Refused: The title is missing, or something is too long.
    """
    return context.store.write(
        lambda cursor: add_in(cursor, context, title, text, person, origin=origin)
    )


def add_in(
    cursor: Cursor,
    context: Context,
    title: str,
    text: str = "",
    person: str = "",
    *,
    origin: str = TYPED,
) -> Practice:
    """Add a good practice inside somebody's transaction, such as a win's; see ``add_practice``."""
    title, text, person = _accepted(title, text, person)
    practice = Practice(
        practice_store.next_id(cursor),
        title,
        text,
        names_at(cursor).shown(person) if person else None,
        origin,
        context.today(),
        1,
    )
    practice_store.insert(cursor, context.actor, practice)
    return practice


def change_practice(
    context: Context, practice_id: int, version: int, *, title: str, text: str, person: str = ""
) -> Practice:
    """Write a good practice in other words.

    Args:
        version: The one that the person saw.

    Raises:
        Refused: There is none of that number, or as for ``add_practice``.
        Conflict: Somebody changed it in the meantime.
    """
    title, text, person = _accepted(title, text, person)
    subject = f"practice {practice_id}"

    def write(cursor: Cursor) -> Practice:
        before = practice_store.read_one(cursor, practice_id)
        named = names_at(cursor).shown(person) if person else None
        after = replace(before, title=title, text=text, person=named)
        if after == before:
            return before
        if before.version != version:
            raise conflict(
                cursor,
                subject,
                mine=_in_words(after),
                theirs=_in_words(before),
                version=before.version,
            )
        after = replace(after, version=version + 1)
        practice_store.update(cursor, after)
        note(
            cursor,
            context.actor,
            What.PRACTICE_CHANGED,
            subject,
            before=practice_store.state(before),
            after=practice_store.state(after),
        )
        return after

    return context.store.write(write)


def list_practices(context: Context) -> tuple[Practice, ...]:
    """Return every good practice, newest first; without the person for those who may not see them."""
    found, sees = context.store.read(practice_store.read_all), context.actor.scope.sees
    return tuple(one if sees(one.person) else replace(one, person=None) for one in found)


def _accepted(title: str, text: str, person: str) -> tuple[str, str, str]:
    tidied = one_line(title), paragraph(text), one_line(person)
    found = problems(*tidied)
    if found:
        raise Refused(*found)
    return tidied


def _in_words(one: Practice) -> Message:
    return msg("“{title}”: {text}", title=one.title, text=one.text or one.person or "")

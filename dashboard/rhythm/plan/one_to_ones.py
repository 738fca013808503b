"""The one-to-one point: gaps to own targets, the help asked for, what was agreed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from dashboard.rhythm.action import too_long
from dashboard.rhythm.plan.gaps import ActivityGap, activity_gaps
from dashboard.rhythm.plan.model import Plan
from dashboard.rhythm.plan.standing import series_of
from dashboard.rhythm.plan.terms import MAX_TEXT
from pipelines.context import Context
from pipelines.errors import AccessRefused, Conflict, Message, Problem, Refused, msg
from pipelines.journal import What, note
from pipelines.kpis.catalogue import catalogue
from pipelines.people.names import names_at
from pipelines.sql import statement
from pipelines.store import Cursor
from pipelines.visible import visible
from pipelines.workdays import working_days


@dataclass(frozen=True)
class OneToOne:
    """A conversation of a salesperson and a manager, as it was.

    Attributes:
        gaps: As they were seen; they stay when the data change.
        author: Who wrote it down; None: the product.
    """

    one_to_one_id: int
    person: str
    held_on: date
    author: str | None
    gaps: tuple[ActivityGap, ...]
    help_asked: str
    agreed: str
    version: int


def gaps_of(context: Context, plan: Plan, on: date | None = None) -> tuple[ActivityGap, ...]:
    """Return how far somebody is from their own targets, over the finished weeks of their plan.

    Args:
        plan: A person's; the company's has no such targets.
        on: The day that is looked from; None for today.
    """
    if plan.person is None or plan.terms is None:
        return ()
    settings = context.workspace.settings
    series = series_of(context, [one.kpi for one in plan.terms.activity], plan.person, on)
    return activity_gaps(
        plan,
        {key: one.points for key, one in series.items()},
        working_days(settings.country, settings.province),
    )


def hold(context: Context, plan: Plan, help_asked: str, agreed: str) -> OneToOne:
    """Keep what was talked about, with the gaps as they are seen today.

    Raises:
        Refused: Nothing was written, or too much.
        AccessRefused: It is about somebody else, and whoever writes may see only their own.
    """
    if plan.person is None:
        raise Refused.of(msg("Only the plan of a person is talked about one-on-one."))
    help_asked, agreed = _checked(help_asked, agreed)
    gaps, person = gaps_of(context, plan), plan.person

    def write(cursor: Cursor) -> OneToOne:
        shown = names_at(cursor).shown(person)
        if not context.actor.scope.sees(shown):
            raise AccessRefused.of(msg("You may keep what concerns yourself only."))
        number = int(cursor.execute(statement("plan/next_one_to_one_id")).fetchall()[0][0])
        held = OneToOne(
            number, shown, context.today(), context.actor.name, gaps, help_asked, agreed, 1
        )
        cursor.execute(statement("plan/insert_one_to_one"), _row(held))
        _note(cursor, context, What.ONE_TO_ONE_HELD, None, held)
        return held

    return context.store.write(write)


def rewrite(
    context: Context, one_to_one_id: int, version: int, help_asked: str, agreed: str
) -> OneToOne:
    """Say in better words what was talked about. The gaps stay as they were seen.

    Raises:
        Refused: There is no such conversation for whoever asks, or as for ``hold``.
        Conflict: Somebody changed it in the meantime.
    """
    help_asked, agreed = _checked(help_asked, agreed)

    def write(cursor: Cursor) -> OneToOne:
        before = next(
            (
                one
                for one in read_one_to_ones(cursor)
                if one.one_to_one_id == one_to_one_id and context.actor.scope.sees(one.person)
            ),
            None,
        )
        if before is None:
            raise Refused.of(
                msg("There is no one-to-one point {number}.", number=str(one_to_one_id))
            )
        if (before.help_asked, before.agreed) == (help_asked, agreed):
            return before
        if before.version != version:
            raise Conflict.between(
                _words(help_asked, agreed),
                _words(before.help_asked, before.agreed),
                before.version,
                by=before.author,
            )
        after = replace(
            before,
            author=context.actor.name,
            help_asked=help_asked,
            agreed=agreed,
            version=version + 1,
        )
        cursor.execute(
            statement("plan/update_one_to_one"),
            {
                name: value
                for name, value in _row(after).items()
                if name not in {"person", "held_on", "gaps"}
            },
        )
        _note(cursor, context, What.ONE_TO_ONE_CHANGED, before, after)
        return after

    return context.store.write(write)


def list_one_to_ones(context: Context, person: str) -> tuple[OneToOne, ...]:
    """Return the conversations with somebody, the newest first; for some, only their own.

    Gaps of KPIs that whoever asks may not see are left out.
    """
    if not context.actor.scope.sees(person):
        return ()
    known = catalogue(context)
    return tuple(
        replace(one, gaps=tuple(gap for gap in one.gaps if gap.kpi in known))
        for one in reversed(context.store.read(read_one_to_ones))
        if one.person == person
    )


def _checked(help_asked: str, agreed: str) -> tuple[str, str]:
    help_asked, agreed = visible(help_asked).strip(), visible(agreed).strip()
    problems = [*too_long(help_asked, MAX_TEXT), *too_long(agreed, MAX_TEXT)]
    if not help_asked and not agreed:
        problems.append(
            Problem(
                msg("Nothing is written yet."),
                hint=msg("Write down the help asked for, or what was agreed."),
            )
        )
    if problems:
        raise Refused(*problems)
    return help_asked, agreed


def _words(help_asked: str, agreed: str) -> Message:
    return msg("help: “{help_asked}”; agreed: “{agreed}”", help_asked=help_asked, agreed=agreed)


def read_one_to_ones(cursor: Cursor) -> tuple[OneToOne, ...]:
    """Return every conversation, oldest first, with people as the product names them."""
    names = names_at(cursor)
    return tuple(
        OneToOne(
            number,
            names.shown(person),
            held_on,
            names.shown(author) if author else None,
            tuple(ActivityGap(**one) for one in json.loads(gaps)),
            help_asked or "",
            agreed or "",
            version,
        )
        for number, person, held_on, author, gaps, help_asked, agreed, version in cursor.execute(
            statement("plan/one_to_ones")
        ).fetchall()
    )


def _row(one: OneToOne) -> dict[str, Any]:
    gaps = json.dumps([asdict(gap) for gap in one.gaps], ensure_ascii=False)
    return {**asdict(one), "gaps": gaps}


def _note(
    cursor: Cursor, context: Context, what: What, before: OneToOne | None, after: OneToOne
) -> None:
    note(
        cursor,
        context.actor,
        what,
        f"one_to_one {after.one_to_one_id}",
        before=_state(before) if before else None,
        after=_state(after),
    )


def _state(one: OneToOne) -> Mapping[str, Any]:
    state = asdict(one)
    del state["one_to_one_id"]
    return state

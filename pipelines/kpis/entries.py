"""Typed numbers: one at a time on the page, or many from a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import isclose, isfinite

from pipelines import clock
from pipelines.actor import ITSELF, Actor
from pipelines.context import Context
from pipelines.errors import AccessRefused, Message, Problem, Refused, msg
from pipelines.journal import What, note
from pipelines.kpis.catalogue import catalogue, hand_kept_definitions, unknown_key
from pipelines.kpis.choice import chosen
from pipelines.kpis.definition import Aggregate, Definition, Unit
from pipelines.kpis.hand_kept import HandKept, guessed, insert_hand_kept
from pipelines.kpis.reader import KEY
from pipelines.people.names import names_at
from pipelines.periods import Calendar, Grain
from pipelines.sql import statement
from pipelines.store import Cursor
from pipelines.visible import visible

_GRAINS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)


@dataclass(frozen=True)
class EntryRow:
    """A typed number, on the page or in a row of a file.

    Attributes:
        start: First day of the period it is for.
        value: In the KPI's unit; may be left out where both parts are given.
        owner: Whose number it is; None for the company's.
        aggregate: How a longer period is made of such numbers; only looked at for a new
            KPI, or one that was imported without a rule and not completed yet.
        grain: Length of the period; None: told from the first days of the KPI's other numbers.
        line: Line of the file; None for the page.
    """

    key: str
    start: date
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    owner: str | None = None
    note: str | None = None
    aggregate: Aggregate | None = None
    grain: Grain | None = None
    line: int | None = None


@dataclass(frozen=True)
class Reject:
    """A row that was set aside.

    Attributes:
        code: ``bad_key``, ``computed_kpi``, ``bad_start``, ``unclear_period``, ``no_number``,
            ``parts_disagree`` or ``duplicate_id``.
        column: The column that is wrong; None if the whole row is.
    """

    row: EntryRow
    code: str
    column: str | None
    what: Message


@dataclass(frozen=True)
class Recorded:
    """What became of the rows: each is counted once."""

    added: int
    changed: int
    unchanged: int
    rejects: tuple[Reject, ...]
    new_kpis: tuple[str, ...]


@dataclass
class _Known:
    """What is there already for the KPIs of some rows."""

    computed: frozenset[str]
    hand_kept: dict[str, Definition]
    entries: dict[tuple[str, Grain, date, str], tuple[object, ...]] = field(default_factory=dict)

    def grains(self, key: str) -> set[Grain]:
        return {grain for kpi, grain, _, _ in self.entries if kpi == key}


def add_entry(context: Context, row: EntryRow) -> None:
    """Keep a number typed on the page, in place of one typed before for that period and owner.

    Raises:
        Refused: There is no such hand-kept KPI, or the number or its period cannot be; a count or
            an amount is not negative, unless it shows costs or margins.
        AccessRefused: Whoever types it sees only their own, and is not responsible for the KPI, or
            it is a colleague's number.
    """
    check_entry(context, row)
    recorded = context.store.write(
        lambda cursor: record_entries(
            cursor,
            [replace(row, owner=names_at(cursor).shown(row.owner or "") or None)],
            None,
            calendar=context.calendar,
            definitions=context.shipped_definitions,
            entered_at=clock.now(),
            actor=context.actor,
        )
    )
    if recorded.rejects:
        raise Refused(*(Problem(one.what, one.column or "") for one in recorded.rejects))


def check_entry(context: Context, row: EntryRow) -> None:
    """Refuse a number that cannot be kept, before anybody is asked anything about it.

    Raises:
        Refused: There is no such KPI, or a negative number cannot be.
        AccessRefused: As for ``add_entry``.
    """
    definitions = catalogue(context)
    if row.key not in definitions:
        raise Refused(unknown_key(row.key, definitions))
    _check_responsible(context, row)
    _refuse_negative(row, definitions[row.key])


def _refuse_negative(row: EntryRow, definition: Definition) -> None:
    """Refuse a negative number of something that is counted, or amount that cannot be a loss."""
    if definition.unit is Unit.MONEY and definition.confidential:
        return  # a margin may be a loss
    if definition.unit not in {Unit.COUNT, Unit.DAYS, Unit.MONEY}:
        return
    if any((number or 0) < 0 for number in (row.value, row.numerator, row.denominator)):
        raise Refused.of(
            msg("“{name}” cannot be negative.", name=definition.name),
            hint=msg("Type the number without its sign."),
        )


def _check_responsible(context: Context, row: EntryRow) -> None:
    sees = context.actor.scope.sees
    if context.actor.scope.people is None:
        return
    if not any(one.key == row.key and sees(one.responsible) for one in chosen(context)):
        raise AccessRefused.of(
            msg("You may type the numbers of KPIs that you are responsible for."),
            hint=msg("Ask a manager to type it, or to make you responsible."),
        )
    # None is the company's number: it has somebody responsible, and that is them
    if row.owner and not sees(row.owner):
        raise AccessRefused.of(msg("This is a colleague's number."))


def record_entries(
    cursor: Cursor,
    rows: Sequence[EntryRow],
    import_id: int | None,
    *,
    calendar: Calendar,
    definitions: Mapping[str, Definition],
    entered_at: datetime,
    actor: Actor = ITSELF,
) -> Recorded:
    """Write typed numbers within somebody's transaction.

    An import calls this inside its own write: parse the file, make an ``EntryRow`` per row with
    its line, and take ``added + changed + unchanged + len(rejects)`` as the rows read. A key that
    nobody knows becomes a hand-kept KPI, incomplete until somebody looks at it.

    Args:
        import_id: The import that brought them; None for the page.
        definitions: Those that come from files (``Context.shipped_definitions``).
        entered_at: In UTC.
        actor: Who types or imports them; the journal notes what is typed on the page number by
            number, and an import as a whole.
    """
    known = _known(cursor, rows, definitions)
    rejects: list[Reject] = []
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    new_kpis: list[str] = []
    for key, of_key in _by_key(rows).items():
        found = list(_checked(key, of_key, known, calendar))
        rejects += [one for one in found if isinstance(one, Reject)]
        good = [one for one in found if isinstance(one, EntryRow)]
        kept, repeated, identical = _without_repeats(good)
        rejects += repeated
        counts["unchanged"] += identical
        rule = next((row.aggregate for row in of_key if row.aggregate), None)
        if kept and key not in known.hand_kept and key not in known.computed:
            insert_hand_kept(cursor, _guess(key, kept, rule), actor)
            new_kpis.append(key)
        elif rule:
            cursor.execute(statement("kpis/fill_rule"), {"kpi": key, "aggregate": rule.value})
        for row in kept:
            outcome = _put(cursor, row, known, import_id, entered_at)
            counts[outcome] += 1
            if import_id is None and outcome != "unchanged":
                _note(cursor, row, known, calendar, actor)
    return Recorded(
        **counts,
        rejects=tuple(sorted(rejects, key=lambda one: one.row.line or 0)),
        new_kpis=tuple(new_kpis),
    )


def _guess(key: str, rows: Sequence[EntryRow], rule: Aggregate | None) -> HandKept:
    has_parts = all(row.denominator is not None for row in rows)
    is_share = has_parts and all(0 <= (row.value or 0) <= 1 for row in rows)
    return guessed(key, rule, has_parts=has_parts, is_share=is_share)


def _known(
    cursor: Cursor, rows: Sequence[EntryRow], definitions: Mapping[str, Definition]
) -> _Known:
    keys = sorted({row.key for row in rows})
    stored = cursor.execute(statement("kpis/entry_keys"), {"keys": keys}).fetchall()
    typed_files = {key: one for key, one in definitions.items() if one.measure is None}
    return _Known(
        computed=frozenset(key for key, one in definitions.items() if one.measure),
        hand_kept=hand_kept_definitions(cursor) | typed_files,
        entries={(row[0], Grain(row[1]), row[2], row[3]): tuple(row[4:]) for row in stored},
    )


def _by_key(rows: Iterable[EntryRow]) -> dict[str, list[EntryRow]]:
    found: dict[str, list[EntryRow]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _checked(
    key: str, rows: Sequence[EntryRow], known: _Known, calendar: Calendar
) -> Iterator[EntryRow | Reject]:
    """Yield each row with its grain and value filled in, or why it is set aside."""
    if key in known.computed:
        what = msg("'{key}' is computed from the files; it cannot be typed.", key=key)
        yield from (Reject(row, "computed_kpi", "kpi", what) for row in rows)
        return
    if not KEY.fullmatch(key):
        what = msg("'{name}' cannot be the key of a KPI.", name=key)
        yield from (Reject(row, "bad_key", "kpi", what) for row in rows)
        return
    told = _told_grain(rows, known.grains(key), calendar)
    for row in rows:
        yield _checked_row(row, row.grain or told, calendar)


def _told_grain(rows: Sequence[EntryRow], typed: set[Grain], calendar: Calendar) -> Grain | None:
    """Return the grain that the first days of a KPI's numbers tell; None if they leave it open.

    The grain typed so far decides. Without one, it is the only grain of which all days are first
    days; firsts of quarters only are quarters when there are several, and months otherwise.
    """
    if len(typed) == 1:
        return next(iter(typed))
    starts = {row.start for row in rows if row.grain is None}
    fitting = [
        grain
        for grain in _GRAINS
        if all(calendar.period(grain, start).start == start for start in starts)
    ]
    if fitting == [Grain.MONTH, Grain.QUARTER]:
        return Grain.QUARTER if len(starts) > 1 else Grain.MONTH
    return fitting[0] if len(fitting) == 1 else None


def _checked_row(row: EntryRow, grain: Grain | None, calendar: Calendar) -> EntryRow | Reject:
    if grain is None:
        what = msg(
            "{day} may begin a week, a month or none; add a column grain: week, month or quarter.",
            day=row.start,
        )
        return Reject(row, "unclear_period", "start", what)
    if grain not in _GRAINS:
        what = msg("Numbers are typed by week, month or quarter.")
        return Reject(row, "bad_start", "grain", what)
    first = calendar.period(grain, row.start).start
    if first != row.start:
        what = msg("{day} is not the first day; {first} is.", day=row.start, first=first)
        return Reject(row, "bad_start", "start", what)
    owner = visible(row.owner or "").strip() or None
    note = visible(row.note).strip() or None if row.note else None
    return _with_value(replace(row, grain=grain, owner=owner, note=note))


def _with_value(row: EntryRow) -> EntryRow | Reject:
    numbers = (row.value, row.numerator, row.denominator)
    if any(number is not None and not isfinite(number) for number in numbers):
        return Reject(row, "no_number", "value", msg("This is not a number."))
    quotient = _quotient(row)
    if row.value is None and (row.numerator is None or row.denominator is None):
        what = msg("There is neither a value nor two parts to divide.")
        return Reject(row, "no_number", "value", what)
    if row.value is not None and quotient is not None and not _agree(row.value, quotient):
        what = msg("The value is not the numerator divided by the denominator.")
        return Reject(row, "parts_disagree", "value", what)
    return replace(row, value=quotient if quotient is not None else row.value)


def _quotient(row: EntryRow) -> float | None:
    if row.numerator is None or not row.denominator:
        return None
    return row.numerator / row.denominator


def _agree(value: float, quotient: float) -> bool:
    # people round what they type: to the third digit of a percentage
    return isclose(value, quotient, rel_tol=0.005, abs_tol=0.0005)


def _identity(row: EntryRow) -> tuple[str, Grain, date, str]:
    return row.key, row.grain or Grain.WEEK, row.start, row.owner or ""


def _content(row: EntryRow) -> tuple[object, ...]:
    return row.value, row.numerator, row.denominator, row.note


def _without_repeats(
    rows: Sequence[EntryRow],
) -> tuple[list[EntryRow], list[Reject], int]:
    """Return the last row for each period and owner, the others as rejects, and the identical."""
    kept: dict[tuple[str, Grain, date, str], EntryRow] = {}
    rejects, identical = [], 0
    for row in rows:
        before = kept.get(_identity(row))
        if before is not None and _content(before) == _content(row):
            identical += 1
        elif before is not None:
            what = msg("A later line says something else for the same period.")
            rejects.append(Reject(before, "duplicate_id", None, what))
        kept[_identity(row)] = row
    return list(kept.values()), rejects, identical


def _note(cursor: Cursor, row: EntryRow, known: _Known, calendar: Calendar, actor: Actor) -> None:
    key, grain, start, owner = _identity(row)
    which = {"key": key, "grain": grain, "start": start, "owner": owner or None}
    before = known.entries.get((key, grain, start, owner))
    fields = ("value", "numerator", "denominator", "note")
    label = calendar.label(calendar.period(grain, start))
    note(
        cursor,
        actor,
        What.ENTRY_TYPED,
        " ".join(filter(None, ("entry", key, label, owner))),
        before=which | dict(zip(fields, before, strict=True)) if before else None,
        after=which | dict(zip(fields, _content(row), strict=True)),
    )


def _put(
    cursor: Cursor, row: EntryRow, known: _Known, import_id: int | None, entered_at: datetime
) -> str:
    key, grain, start, owner = _identity(row)
    before = known.entries.get((key, grain, start, owner))
    if before == _content(row):
        return "unchanged"
    cursor.execute(
        statement("kpis/put_entry"),
        {
            "kpi": key,
            "grain": grain.value,
            "start": start,
            "owner": owner,
            "value": row.value,
            "numerator": row.numerator,
            "denominator": row.denominator,
            "note": row.note,
            "entered_at": entered_at,
            "import_id": import_id,
            "file_line": row.line,
        },
    )
    return "added" if before is None else "changed"

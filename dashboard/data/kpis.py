"""What the pages about KPIs show: the KPIs, their numbers, targets and choice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard import session
from dashboard.data import reviews
from dashboard.kept import remembered
from dashboard.rhythm import build
from dashboard.rhythm.review import Row
from dashboard.rhythm.words import is_exception
from dashboard.text import alphabetical
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries
from pipelines.analysis.verdict import as_drawn
from pipelines.errors import Message
from pipelines.kpis.assess import assess
from pipelines.kpis.availability import availability as why_unavailable
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import Choice, chosen, steered
from pipelines.kpis.definition import Definition, LocalText
from pipelines.kpis.rows import Rows, rows_behind
from pipelines.kpis.targets import GROUPS, Target, list_targets
from pipelines.kpis.targets import groups as known_groups
from pipelines.periods import Grain, Period
from pipelines.workdays import working_days

#: More rows than anybody reads on a page; it says how many there are.
ROWS_SHOWN = 200


@remembered
def definitions() -> tuple[Definition, ...]:
    """Return every KPI the company can look at, by key."""
    known = catalogue(session.current())
    return tuple(known[key] for key in sorted(known))


@dataclass(frozen=True)
class Kpi:
    """A KPI with everything its page says about the whole company.

    Attributes:
        drawn: What its chart shows: a running period only once a working day of it is over.
        row: The KPI as of its last finished period, in the terms of a review.
        newest: The last finished period.
    """

    definition: Definition
    judged: JudgedSeries
    drawn: JudgedSeries
    row: Row
    newest: Period


@remembered
def kpi(key: str | None, grain: Grain) -> Kpi:
    """Return a KPI; for a key that is missing or unknown, what the newest week asks to look at.

    That is its first exception, else the first KPI that the company steers by.
    """
    context = session.current()
    known = catalogue(context)
    shown = key if key is not None and key in known else _first(known)
    judged = as_drawn(assess(context, [shown], grain)[0])
    newest = context.calendar.last_finished(grain, context.today())
    row = build.row_of(judged, newest, _responsible(shown))
    return Kpi(known[shown], judged, _begun(judged), row, newest)


@remembered
def by_owner(key: str, period: Period) -> tuple[tuple[str | None, JudgedPoint], ...]:
    """Return a period person by person; only those who have something in it or a target for it."""
    return tuple(
        (group.series.group, point)
        for group in assess(session.current(), [key], period.grain, by="owner")
        for point in group.points
        if point.point.period == period and (point.point.sample != 0 or point.aim)
    )


@remembered
def series_by_owner(key: str, grain: Grain) -> tuple[JudgedSeries, ...]:
    """Return a KPI person by person, period by period; for some, only themselves."""
    return tuple(assess(session.current(), [key], grain, by="owner"))


def all_rows(key: str, period: Period, most: int) -> Rows:
    """Return what ``rows`` shows the beginning of; read for a file, and not kept."""
    return rows_behind(session.current(), key, period.start, period.end, limit=most)


@remembered
def rows(key: str, period: Period) -> Rows:
    """Return the first rows that a period counts."""
    return rows_behind(session.current(), key, period.start, period.end, limit=ROWS_SHOWN)


@remembered
def targets() -> tuple[Target, ...]:
    """Return every target that was ever set: the company's first, by KPI, the newest first."""
    found = sorted(
        list_targets(session.current()), key=lambda target: target.target_id, reverse=True
    )
    return tuple(sorted(found, key=_place))


def _place(target: Target) -> tuple[int, tuple[str, str], str]:
    """Return where a target stands: the company's, then people's, then those of other groups."""
    if target.whose is None:
        return 0, ("", ""), target.key
    column, name = target.whose
    return 1 + GROUPS.index(column), alphabetical(name), target.key


@remembered
def groups() -> Mapping[str, tuple[str, ...]]:
    """Return the segments, regions and business units that may have targets, by column."""
    return known_groups(session.current())


@remembered
def without_target() -> tuple[Definition, ...]:
    """Return the KPIs the company steers by that nobody has set a target for."""
    context = session.current()
    known, aimed_at = catalogue(context), {target.key for target in list_targets(context)}
    return tuple(known[one.key] for one in chosen(context) if one.key not in aimed_at)


def currency() -> str:
    """Return the company's currency."""
    return session.current().workspace.settings.currency


@remembered
def choice() -> tuple[tuple[Choice, ...], bool]:
    """Return the KPIs the company steers by, or a proposal, and whether it is one."""
    return steered(session.current())


@remembered
def availability() -> dict[str, Message | LocalText | None]:
    """Return for every KPI why the data cannot support it, None if it can."""
    return why_unavailable(session.current())


def _first(known: Mapping[str, Definition]) -> str:
    context = session.current()
    newest = reviews.review(context.calendar.last_finished(Grain.WEEK, context.today()))
    for row in newest.rows:
        if is_exception(row):
            return row.definition.key
    choices, _ = steered(context)
    return choices[0].key if choices else next(iter(known))


def _begun(judged: JudgedSeries) -> JudgedSeries:
    """Return a series without a running period that nobody has worked in yet: its zero says nothing."""
    context = session.current()
    settings, today = context.workspace.settings, context.today()
    newest = judged.points[-1].point.period if judged.points else None
    if newest is None or today not in newest:
        return judged
    over = Period(newest.start, today, newest.grain)
    if working_days(settings.country, settings.province).count(over):
        return judged
    return replace(judged, points=judged.points[:-1])


def _responsible(key: str) -> str | None:
    return next((one.responsible for one in chosen(session.current()) if one.key == key), None)

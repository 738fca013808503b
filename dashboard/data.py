"""What pages show, read through the pipelines and kept until something changes.

The one cache of the screen. Keys carry the version of the data (it grows with every write) and the
day, never a duration, so nobody ever sees yesterday's numbers.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from dashboard import report, session
from dashboard.access.accounts import State, list_accounts
from dashboard.access.rights import Capability, Role
from dashboard.components.commitments import Around
from dashboard.components.scorecard import Line, line
from dashboard.rhythm import build
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.first_steps import next_step, path
from dashboard.rhythm.review import ActionLine, Review, Row, looking_from
from dashboard.text import Language, alphabetical
from pipelines.analysis.judgement import JudgedPoint, JudgedSeries
from pipelines.analysis.verdict import as_drawn
from pipelines.errors import Message
from pipelines.ingest import ImportRecord, Reject, imports_list
from pipelines.ingest import rejects as rows_set_aside
from pipelines.kpis.assess import assess
from pipelines.kpis.availability import availability as why_unavailable
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import Choice, chosen, proposed
from pipelines.kpis.definition import Definition, LocalText
from pipelines.kpis.entries import EntryRow
from pipelines.kpis.hand_kept import HandKept, incomplete
from pipelines.kpis.rows import Rows, rows_behind
from pipelines.kpis.targets import Target, list_targets, owners
from pipelines.people.matching import Proposal
from pipelines.people.person import Person
from pipelines.people.register import list_people, proposals
from pipelines.periods import Grain, Period
from pipelines.settings import FirstStep, read_logo

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")

#: Enough for a company's seven KPIs at three grains, and a few weeks back.
_KEPT = 128
#: More rows than anybody reads on a page; it says how many there are.
ROWS_SHOWN = 200
#: How many periods back numbers may be typed on the page; files go back further.
_TYPED_FOR = 26
#: How many weeks back reviews are listed: half a year; the address goes back further.
_REVIEWS_LISTED = 26
_lock = threading.Lock()
_kept: OrderedDict[object, object] = OrderedDict()


def _remembered(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Keep what a function returns for as long as data and day stay the same.

    The values are frozen, so sessions share them without copies.
    """

    @wraps(function)
    def wrapped(*args: _Args.args, **named: _Args.kwargs) -> _Result:
        context = session.current()
        # whose eyes it is for: nobody is ever shown what was read for somebody who sees more
        eyes, store = context.actor.scope, context.store
        state = (context.workspace.root, id(store), store.version, context.today(), eyes)
        key = (state, context.revision, function.__name__, args, tuple(sorted(named.items())))
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return cast("_Result", _kept[key])
        result = function(*args, **named)  # outside the lock: nobody waits for somebody's query
        with _lock:
            _kept[key] = result
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
        return result

    return wrapped


@_remembered
def review(week: Period) -> Review:
    """Return the review of a finished week."""
    return build.weekly_review(session.current(), week)


@_remembered
def scorecard(week: Period, language: Language) -> tuple[Line, ...]:
    """Return the KPIs of a week, written in a language."""
    return tuple(line(row, language) for row in review(week).rows)


@_remembered
def closed_scorecard(week: Period, language: Language) -> tuple[Line, ...]:
    """Return the KPIs of a week for somebody who reads and opens nothing."""
    return tuple(line(row, language, opens=False) for row in review(week).rows)


@_remembered
def closed_weeks() -> tuple[Period, ...]:
    """Return the weeks whose review can be read, newest first; none before the first file."""
    context = session.current()
    if not imports():
        return ()
    found = [context.calendar.last_finished(Grain.WEEK, context.today())]
    while len(found) < _REVIEWS_LISTED:
        found.append(context.calendar.previous(found[-1]))
    return tuple(found)


def weekly_pdf(review: Review, language: Language) -> bytes:
    """Return a review as a PDF. Made when it is asked for, and not kept."""
    workspace, calendar = session.served().workspace, session.current().calendar
    logo = read_logo(workspace.root, workspace.settings.logo)
    return report.weekly_pdf(review, language, calendar=calendar, logo=logo)


@_remembered
def definitions() -> tuple[Definition, ...]:
    """Return every KPI the company can look at, by key."""
    known = catalogue(session.current())
    return tuple(known[key] for key in sorted(known))


@dataclass(frozen=True)
class Kpi:
    """A KPI with everything its page says about the whole company.

    Attributes:
        row: The KPI as of its last finished period, in the terms of a review.
        newest: The last finished period.
    """

    definition: Definition
    judged: JudgedSeries
    row: Row
    newest: Period


@_remembered
def kpi(key: str | None, grain: Grain) -> Kpi:
    """Return a KPI; the first one of the week for a key that is missing or unknown."""
    context = session.current()
    known = catalogue(context)
    shown = key if key is not None and key in known else _first(known)
    judged = as_drawn(assess(context, [shown], grain)[0])
    newest = context.calendar.last_finished(grain, context.today())
    row = build.row_of(judged, newest, _responsible(shown))
    return Kpi(known[shown], judged, row, newest)


@_remembered
def by_owner(key: str, period: Period) -> tuple[tuple[str | None, JudgedPoint], ...]:
    """Return a period person by person; only those who have something in it or a target for it."""
    return tuple(
        (group.series.group, point)
        for group in assess(session.current(), [key], period.grain, by="owner")
        for point in group.points
        if point.point.period == period and (point.point.sample != 0 or point.aim)
    )


@_remembered
def rows(key: str, period: Period) -> Rows:
    """Return the first rows that a period counts."""
    return rows_behind(session.current(), key, period.start, period.end, limit=ROWS_SHOWN)


@_remembered
def people() -> tuple[str, ...]:
    """Return everybody whose name is known, in alphabetical order; for some, only themselves.

    Somebody who left is among them for as long as an action or a KPI is theirs.
    """
    context = session.current()
    left = {person.name for person in list_people(context) if not person.active}
    named = {choice.responsible for choice in chosen(context)}
    named |= {action.owner for action in list_actions(context)}
    named |= set(owners(context)) - left
    seen = (name for name in named if name and context.actor.scope.sees(name))
    return tuple(sorted(seen, key=alphabetical))


@_remembered
def persons() -> tuple[Person, ...]:
    """Return the people of the company, those who left at the end."""
    found = list_people(session.current())
    return tuple(sorted(found, key=lambda one: (not one.active, alphabetical(one.name))))


def logins() -> dict[int, Role]:
    """Return who may log in, as what, by the number of the person."""
    return {
        account.person_id: account.role
        for account in list_accounts(session.access())
        if account.person_id is not None and account.state is not State.DISABLED
    }


@_remembered
def same_people() -> tuple[Proposal, ...]:
    """Return the people who may be one."""
    return proposals(session.current())


def around() -> Around:
    """Return what actions are shown and added among."""
    return Around(session.current().today(), people(), definitions())


@_remembered
def commitments(week: Period) -> tuple[ActionLine, ...]:
    """Return the week's actions: late, due, done."""
    context = session.current()
    day = looking_from(week, context.today())
    actions_then = list_actions(context, None if day == context.today() else week.last_day)
    late, due, done = build.action_lines(actions_then, week, day, catalogue(context))
    return (*late, *due, *done)


@_remembered
def actions() -> tuple[ActionLine, ...]:
    """Return every action by date, done ones included."""
    context = session.current()
    known, today = catalogue(context), context.today()
    return tuple(
        ActionLine(
            action_id=action.action_id,
            title=action.title,
            owner=action.owner,
            due_on=action.due_on,
            kpi=known.get(action.kpi) if action.kpi else None,
            done_on=action.done_on,
            late=action.done_on is None and action.due_on < today,
            version=action.version,
        )
        for action in list_actions(context)
    )


@_remembered
def targets() -> tuple[Target, ...]:
    """Return every target that was ever set: the company's first, by KPI, the newest first."""
    found = sorted(
        list_targets(session.current()), key=lambda target: target.target_id, reverse=True
    )
    return tuple(sorted(found, key=lambda target: (alphabetical(target.owner or ""), target.key)))


def currency() -> str:
    """Return the company's currency."""
    return session.current().workspace.settings.currency


@_remembered
def choice() -> tuple[tuple[Choice, ...], bool]:
    """Return the KPIs the company steers by, or a proposal, and whether it is one."""
    context = session.current()
    steered = chosen(context)
    return (steered, False) if steered else (proposed(context), True)


@_remembered
def availability() -> dict[str, Message | LocalText | None]:
    """Return for every KPI why the data cannot support it, None if it can."""
    return why_unavailable(session.current())


@_remembered
def incomplete_kpis() -> tuple[HandKept, ...]:
    """Return the KPIs that came with a file and that nobody has described yet."""
    return incomplete(session.current())


@_remembered
def typed_kpis() -> tuple[Definition, ...]:
    """Return the KPIs whose numbers are typed."""
    return tuple(kpi for kpi in definitions() if kpi.measure is None)


@_remembered
def recent_periods(grain: Grain) -> tuple[Period, ...]:
    """Return the periods that numbers may be typed for, newest first."""
    context = session.current()
    period = context.calendar.period(grain, context.today())
    found = [period]
    while len(found) < _TYPED_FOR:
        found.append(context.calendar.previous(found[-1]))
    return tuple(found)


@_remembered
def entries(key: str) -> tuple[EntryRow, ...]:
    """Return what was typed for a KPI, newest first."""
    context = session.current()
    tomorrow = context.today() + timedelta(days=1)
    found = rows_behind(context, key, date.min, tomorrow)
    typed = []
    for record in found.records:
        said: dict[str, Any] = dict(zip(found.columns, record, strict=True))
        typed.append(
            EntryRow(
                key=key,
                start=said["start"],
                grain=Grain(said["grain"]),
                value=said["value"],
                owner=said["owner"] or None,
                note=said["note"],
            )
        )
    return tuple(sorted(typed, key=lambda entry: entry.start, reverse=True))


@_remembered
def imports() -> tuple[ImportRecord, ...]:
    """Return every import, the newest first."""
    return imports_list(session.current().store)


@_remembered
def first_steps() -> frozenset[FirstStep]:
    """Return which of the first steps are done."""
    context = session.current()
    settings, files = context.workspace.settings, imports()
    steered = {one.key for one in chosen(context)}
    aimed_at = {target.key for target in list_targets(context)}
    states = {
        FirstStep.COMPANY: settings.first_steps.company_checked or bool(files),
        FirstStep.PEOPLE: any(person.active for person in list_people(context)),
        FirstStep.FILES: bool(files),
        FirstStep.QUESTIONS: bool(files) and not incomplete(context),
        FirstStep.KPIS: bool(steered),
        FirstStep.TARGETS: bool(steered) and steered <= aimed_at,
        FirstStep.MEETING: settings.meetings.first_on is not None,
    }
    return frozenset(step for step, is_done in states.items() if is_done)


@_remembered
def begins() -> bool:
    """Tell whether something of the first steps is left to do."""
    skipped = session.current().workspace.settings.first_steps.skipped
    return next_step(path(first_steps(), skipped)) is not None


@_remembered
def known_people() -> tuple[str, ...]:
    """Return everybody who works here, by name."""
    found = [person.name for person in list_people(session.current()) if person.active]
    return tuple(sorted(found, key=alphabetical))


@_remembered
def without_target() -> tuple[Definition, ...]:
    """Return the KPIs the company steers by that nobody has set a target for."""
    context = session.current()
    known, aimed_at = catalogue(context), {target.key for target in list_targets(context)}
    return tuple(known[one.key] for one in chosen(context) if one.key not in aimed_at)


def rejects(import_id: int) -> tuple[Reject, ...]:
    """Return the rows that an import set aside, whosoever they are.

    Raises:
        AccessRefused: Whoever looks may not take files in.
    """
    session.require(Capability.IMPORT)  # before the cache, which knows only what rows may be seen
    return _rejects(import_id)


@_remembered
def _rejects(import_id: int) -> tuple[Reject, ...]:
    return rows_set_aside(session.current().store, import_id)


def _first(known: Mapping[str, Definition]) -> str:
    context = session.current()
    first = next(iter(chosen(context) or proposed(context)), None)
    return first.key if first else next(iter(known))


def _responsible(key: str) -> str | None:
    return next((one.responsible for one in chosen(session.current()) if one.key == key), None)

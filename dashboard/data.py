"""What pages show, read through the pipelines and kept until something changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dashboard import report, session
from dashboard.access.accounts import State, list_accounts
from dashboard.access.rights import Capability, Role
from dashboard.components.commitments import Around
from dashboard.components.reviews_page import ClosedWeek
from dashboard.components.scorecard import Line, line
from dashboard.kept import remembered
from dashboard.rhythm import build
from dashboard.rhythm.actions import list_actions
from dashboard.rhythm.first_steps import next_step, path
from dashboard.rhythm.one_line import Known
from dashboard.rhythm.review import ActionLine, Review, Row, looking_from
from dashboard.rhythm.series import next_meeting
from dashboard.rhythm.words import in_short, is_exception
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
from pipelines.workdays import working_days

#: More rows than anybody reads on a page; it says how many there are.
ROWS_SHOWN = 200
#: How many periods back numbers may be typed on the page; files go back further.
_TYPED_FOR = 26
#: How many weeks back reviews are listed: half a year; the address goes back further.
_REVIEWS_LISTED = 26


@remembered
def review(week: Period) -> Review:
    """Return the review of a finished week."""
    return build.weekly_review(session.current(), week)


@remembered
def scorecard(week: Period, language: Language) -> tuple[Line, ...]:
    """Return the KPIs of a week, written in a language."""
    return tuple(line(row, language) for row in review(week).rows)


@remembered
def closed_scorecard(week: Period, language: Language) -> tuple[Line, ...]:
    """Return the KPIs of a week for somebody who reads and opens nothing."""
    return tuple(line(row, language, opens=False) for row in review(week).rows)


@remembered
def closed_weeks() -> tuple[ClosedWeek, ...]:
    """Return the weeks whose review can be read, newest first; none before the first file.

    Weeks before the company's first row are left out.
    """
    context = session.current()
    if not imports():
        return ()
    weeks = [context.calendar.last_finished(Grain.WEEK, context.today())]
    while len(weeks) < _REVIEWS_LISTED:
        weeks.append(context.calendar.previous(weeks[-1]))
    return tuple(
        ClosedWeek(week, in_short(rows), any(is_exception(row) for row in rows))
        for week, rows in build.past_rows(context, weeks).items()
    )


def weekly_pdf(review: Review, language: Language) -> bytes:
    """Return a review as a PDF. Made when it is asked for, and not kept."""
    workspace, calendar = session.served().workspace, session.current().calendar
    logo = read_logo(workspace.root, workspace.settings.logo)
    return report.weekly_pdf(review, language, calendar=calendar, logo=logo)


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
def rows(key: str, period: Period) -> Rows:
    """Return the first rows that a period counts."""
    return rows_behind(session.current(), key, period.start, period.end, limit=ROWS_SHOWN)


@remembered
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


@remembered
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


@remembered
def same_people() -> tuple[Proposal, ...]:
    """Return the people who may be one."""
    return proposals(session.current())


def around() -> Around:
    """Return what actions are shown and added among."""
    return Around(session.current().today(), people(), definitions(), spoken())


def spoken() -> Known:
    """Return what an action typed in one line is understood with."""
    context, names = session.current(), people()
    today, settings = context.today(), context.workspace.settings
    working = working_days(settings.country, settings.province)
    meeting = next_meeting(settings.meetings, context.calendar, working, today)
    oneself = next((name for name in names if name in session.visitor().names), None)
    coming = meeting.held_on if meeting else None
    return Known(today, names, oneself, working, context.calendar, coming)


@remembered
def commitments(week: Period) -> tuple[ActionLine, ...]:
    """Return the week's actions: late, due, done."""
    context = session.current()
    day = looking_from(week, context.today())
    actions_then = list_actions(context, None if day == context.today() else week.last_day)
    late, due, done = build.action_lines(actions_then, week, day, catalogue(context))
    return (*late, *due, *done)


@remembered
def actions() -> tuple[ActionLine, ...]:
    """Return every action by date, done ones included."""
    context = session.current()
    known, today = catalogue(context), context.today()
    return tuple(build.action_line(action, today, known) for action in list_actions(context))


@remembered
def targets() -> tuple[Target, ...]:
    """Return every target that was ever set: the company's first, by KPI, the newest first."""
    found = sorted(
        list_targets(session.current()), key=lambda target: target.target_id, reverse=True
    )
    return tuple(sorted(found, key=lambda target: (alphabetical(target.owner or ""), target.key)))


def currency() -> str:
    """Return the company's currency."""
    return session.current().workspace.settings.currency


@remembered
def choice() -> tuple[tuple[Choice, ...], bool]:
    """Return the KPIs the company steers by, or a proposal, and whether it is one."""
    context = session.current()
    steered = chosen(context)
    return (steered, False) if steered else (proposed(context), True)


@remembered
def availability() -> dict[str, Message | LocalText | None]:
    """Return for every KPI why the data cannot support it, None if it can."""
    return why_unavailable(session.current())


@remembered
def incomplete_kpis() -> tuple[HandKept, ...]:
    """Return the KPIs that came with a file and that nobody has described yet."""
    return incomplete(session.current())


@remembered
def typed_kpis() -> tuple[Definition, ...]:
    """Return the KPIs whose numbers are typed."""
    return tuple(kpi for kpi in definitions() if kpi.measure is None)


@remembered
def recent_periods(grain: Grain) -> tuple[Period, ...]:
    """Return the periods that numbers may be typed for, newest first."""
    context = session.current()
    period = context.calendar.period(grain, context.today())
    found = [period]
    while len(found) < _TYPED_FOR:
        found.append(context.calendar.previous(found[-1]))
    return tuple(found)


@remembered
def entries(key: str) -> tuple[EntryRow, ...]:
    """Return what was typed for a KPI, newest first."""
    context = session.current()
    # a running week lies where its Thursday lies; what begins after today is left out anyway
    end = context.today() + timedelta(weeks=1)
    found = rows_behind(context, key, date.min, end)
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


@remembered
def imports() -> tuple[ImportRecord, ...]:
    """Return every import, the newest first."""
    return imports_list(session.current().store)


@remembered
def first_steps() -> frozenset[FirstStep]:
    """Return which of the first steps are done."""
    context = session.current()
    settings, files = context.workspace.settings, imports()
    choices = chosen(context)
    steered = {one.key for one in choices}
    aimed_at = {target.key for target in list_targets(context)}
    answered_for = bool(choices) and all(one.responsible for one in choices)
    states = {
        FirstStep.COMPANY: settings.first_steps.company_checked,
        # people who only came with a file were looked at by nobody yet
        FirstStep.PEOPLE: settings.first_steps.people_checked
        and any(person.active for person in list_people(context)),
        FirstStep.FILES: bool(files),
        FirstStep.QUESTIONS: bool(files) and not incomplete(context),
        FirstStep.KPIS: answered_for,
        FirstStep.TARGETS: bool(steered) and steered <= aimed_at,
        FirstStep.MEETING: settings.meetings.first_on is not None,
    }
    return frozenset(step for step, is_done in states.items() if is_done)


@remembered
def begins() -> bool:
    """Tell whether something of the first steps is left to do."""
    skipped = session.current().workspace.settings.first_steps.skipped
    return next_step(path(first_steps(), skipped)) is not None


@remembered
def known_people() -> tuple[str, ...]:
    """Return everybody who works here, by name."""
    found = [person.name for person in list_people(session.current()) if person.active]
    return tuple(sorted(found, key=alphabetical))


@remembered
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


@remembered
def _rejects(import_id: int) -> tuple[Reject, ...]:
    return rows_set_aside(session.current().store, import_id)


def _first(known: Mapping[str, Definition]) -> str:
    context = session.current()
    newest = review(context.calendar.last_finished(Grain.WEEK, context.today()))
    for row in newest.rows:
        if is_exception(row):
            return row.definition.key
    first = next(iter(chosen(context) or proposed(context)), None)
    return first.key if first else next(iter(known))


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

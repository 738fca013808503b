"""What a plan says in words: the same on the page of the company's plan and of a person's."""

from collections.abc import Collection
from datetime import date

from dashboard import format as shown
from dashboard.rhythm.action import ActionEvent, EventKind
from dashboard.rhythm.plan.board import Board, PriorityLine
from dashboard.rhythm.plan.model import ChangeKind, Plan, PlanStatus, PlanVersion
from dashboard.rhythm.plan.overview import MOST_A_WEEK, Load, PlanWeek
from dashboard.rhythm.review import ActionLine
from dashboard.rhythm.words import event_sentence
from dashboard.text import Language, render, text, text_plural
from pipelines.kpis.definition import Definition, Unit
from pipelines.periods import Calendar

#: Less of the way than this is routine.
_STILL = 0.05


def kpi_name(kpi: Definition, language: Language) -> str:
    """Return a KPI's name, for a flow with the time that its values are for."""
    name = render(kpi.name, language)
    return text("{kpi}, per week", language, kpi=name) if kpi.adds_up else name


def value(number: float | None, line: PriorityLine, language: Language) -> str:
    """Return a value of a priority's KPI, or a dash."""
    if line.kpi is None:
        return shown.NOTHING
    # where something stands is worth no more digits than where it should go
    rounded = None if number is None else shown.average(number, line.kpi.unit)
    return shown.value(rounded, line.kpi.unit, language, currency=line.currency, compact=True)


def now(line: PriorityLine, language: Language) -> str | None:
    """Return where a priority's KPI stands, in words; None for those who may not see it."""
    if line.kpi is None:
        return None
    if line.now is None:
        return text("no numbers yet", language)
    stands = value(line.now, line, language)
    if line.kpi.adds_up:
        return text("{value} per week over the last four weeks", language, value=stands)
    if line.kpi.unit is Unit.DAYS:
        return text("{value} in the last finished week", language, value=stands)
    return text("{value} over the last four weeks", language, value=stands)


def way(line: PriorityLine, language: Language) -> str | None:
    """Return how much of the way is behind, in words; None where nobody knows."""
    if line.share is None:
        return None
    if abs(line.share) < _STILL:
        return text("where it began", language)
    if line.share < 0:
        return text("further away than at the start", language)
    if line.share >= 1:
        return text("reached", language)
    return text("{percent} of the way", language, percent=_percent(line.share, language))


def done(percent: int | None, language: Language, *, own: bool) -> str | None:
    """Return how much of some actions is done; None if there are none.

    Args:
        own: Whether they are only those of whoever reads.
    """
    if percent is None:
        return None
    if own:
        share = _percent(percent / 100, language)
        return text("your actions: {percent} done", language, percent=share)
    return text("actions: {percent} done", language, percent=_percent(percent / 100, language))


def former(count: int, language: Language) -> str:
    """Return what the actions are called that are a thing of the past."""
    return text_plural(
        "{count} action done or given up before",
        "{count} actions done or given up before",
        count,
        language,
    )


def effect(action: ActionLine, currency: str, language: Language) -> str | None:
    """Return what an action should bring, and when it should show; None if nobody said."""
    if action.effect is None or action.kpi is None:
        return None
    brings = shown.gap(action.effect, action.kpi.unit, language, currency=currency, compact=True)
    if action.lag_weeks is None:
        return text("expected: {effect}", language, effect=brings)
    return text_plural(
        "expected: {effect} after {count} week",
        "expected: {effect} after {count} weeks",
        action.lag_weeks,
        language,
        effect=brings,
    )


def gone(action: ActionLine, carried: Collection[int], language: Language) -> str | None:
    """Return what became of an action that nobody works on here any more; None if they do."""
    if action.dropped_on is None:
        return None
    day = shown.short_day(action.dropped_on, language)
    if action.action_id in carried:
        return text("goes on in the next plan since {day}", language, day=day)
    return text("given up on {day}", language, day=day)


def week_said(week: PlanWeek, calendar: Calendar, language: Language) -> str:
    """Return a week of a plan in one line, for those who cannot see its marks."""
    parts = [
        text_plural("{count} action done", "{count} actions done", len(week.done), language)
        if week.done
        else "",
        text_plural("{count} action late", "{count} actions late", len(week.late), language)
        if week.late
        else "",
        text_plural(
            "{count} action still to be done",
            "{count} actions still to be done",
            len(week.due),
            language,
        )
        if week.due
        else "",
    ]
    name = shown.period_name(week.week, calendar, language)
    said = ", ".join(part for part in parts if part) or text("no action due", language)
    titles = "\n".join(f"· {one.title}" for one in (*week.late, *week.done, *week.due))
    dates = shown.period_dates(week.week, language)
    return f"{name}, {dates} — {said}" + (f"\n{titles}" if titles else "")


def load_heading(plan: Plan, language: Language) -> str:
    """Return the heading over the open actions of each person; of one alone in their own plan."""
    return text("Load", language) if plan.person else text("Who carries what", language)


def load_said(load: Load, language: Language) -> str:
    """Return how much somebody has to do."""
    said = text_plural("{count} open action", "{count} open actions", load.total, language)
    if not load.late:
        return said
    return text("{actions}, {late} of them late", language, actions=said, late=load.late)


def heavy_said(load: Load, week: date, language: Language) -> str:
    """Return that a week is too full."""
    return text(
        "{count} in the week of {day}: more than {most} rarely get done",
        language,
        count=load.counts[week],
        day=shown.short_day(week, language),
        most=MOST_A_WEEK,
    )


def plan_name(plan: Plan, language: Language) -> str:
    """Return what a plan is called among others: its days and how far it is."""
    return f"{dates(plan, language)} · {status(plan.status, language)}"


def dates(plan: Plan, language: Language) -> str:
    """Return the first and the last day of a plan."""
    first, last = shown.day(plan.starts_on, language), shown.day(plan.ends_on, language)
    return text("from {first} to {last}", language, first=first, last=last)


def status(reached: PlanStatus, language: Language) -> str:
    """Return how far a plan is."""
    match reached:
        case PlanStatus.DRAFT:
            return text("draft", language)
        case PlanStatus.ADOPTED:
            return text("adopted", language)
        case PlanStatus.CLOSED:
            return text("closed", language)


def heading(board: Board, language: Language) -> str:
    """Return a plan in one line: its days, which week it is, and how much of it is done."""
    parts = [plan_name(board.plan, language)]
    # a few weeks after its end are shown for what is due in them
    weeks = [one for one in board.weeks if one.week.start <= board.plan.ends_on]
    running = [number for number, one in enumerate(weeks, start=1) if one.running]
    if running and board.plan.status is PlanStatus.ADOPTED:
        parts.append(
            text("week {number} of {count}", language, number=running[0], count=len(weeks))
        )
    if found := done(board.progress, language, own=board.own):
        parts.append(found)
    joined = " · ".join(parts)
    return joined[:1].upper() + joined[1:]


def history(board: Board, language: Language) -> list[str]:
    """Return how a plan came to be what it is, a line for each change, the newest first."""
    changes = [
        # whoever prepares a plan may change it as often as they like
        version
        for version in board.versions
        if version.plan.status is not PlanStatus.DRAFT or version.kind is ChangeKind.DRAFTED
    ]
    # at one moment, the plan changed in the order of its versions
    lines = [
        (one.happened_on, one.happened_at, one.version, version_said(one, language))
        for one in changes
    ]
    lines += [
        (one.happened_on, one.happened_at, 0, move_said(one, title, language))
        for one, title in _called_then(board)
    ]
    return [said for *_, said in sorted(lines, reverse=True)]


def _called_then(board: Board) -> list[tuple[ActionEvent, str]]:
    """Return what happened to the actions of a plan, each with its title as it was then."""
    titles = {one.action_id: one.title for one in board.actions}
    found = []
    for move in reversed(board.moves):  # back in time: a rename tells what it was called before
        if move.action_id not in titles:
            continue
        found.append((move, titles[move.action_id]))
        if move.kind is EventKind.RENAMED:
            titles[move.action_id] = move.before or ""
    return found


def move_said(move: ActionEvent, title: str, language: Language) -> str:
    """Return one line about what happened to an action of a plan.

    Args:
        title: As it was after that; a rename says both titles itself.
    """
    by = f" ({move.author})" if move.author else ""
    what = render(event_sentence(move, {}), language)
    if move.kind is EventKind.RENAMED:
        return f"{shown.day(move.happened_on, language)} — {what}{by}"
    return f"{shown.day(move.happened_on, language)} — {title}{by} — {what}"


def version_said(version: PlanVersion, language: Language) -> str:
    """Return one line of a plan's history."""
    what = {
        ChangeKind.DRAFTED: text("Drafted", language),
        ChangeKind.SCOPE: text("Priorities changed", language),
        ChangeKind.DATES: text("Dates changed", language),
        ChangeKind.TERMS: text("Agreement changed", language),
        ChangeKind.ADOPTED: text("Adopted", language),
        ChangeKind.CLOSED: text("Closed", language),
    }[version.kind]
    by = f" ({version.author})" if version.author else ""
    colon = ": " if language == "en" else "\N{NO-BREAK SPACE}: "
    why = f"{colon}{version.reason}" if version.reason else ""
    now_named = ""
    if version.kind in {ChangeKind.SCOPE, ChangeKind.ADOPTED}:
        now_named = " → " + " · ".join(one.title for one in version.plan.standing)
    return f"{shown.day(version.happened_on, language)} — {what}{by}{why}{now_named}"


def as_typed(number: float | None, unit: Unit, language: Language) -> str:
    """Return a value as somebody would type it into a field; "" for None."""
    if number is None:
        return ""
    rounded = shown.average(number, unit)
    written = f"{rounded * 100:.1f}" if unit is Unit.PERCENT else f"{rounded:.1f}"
    written = written.removesuffix(".0")
    if language != "en":
        written = written.replace(".", ",")
    percent = "%" if language == "en" else " %"
    return f"{written}{percent}" if unit is Unit.PERCENT else written


def _percent(share: float, language: Language) -> str:
    return shown.value(round(share, 2), Unit.PERCENT, language)

"""One's own commitments, made for a telephone: what is due, what was said, and one's numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.components.assets import asset, given
from dashboard.components.entry_page import NewEntry
from dashboard.rhythm.action import MAX_COMMENT, MAX_REASON, Comment
from dashboard.rhythm.requests import MoveRequest
from dashboard.rhythm.review import ActionLine
from dashboard.scripts import loader
from dashboard.text import Language, listed, render, text, text_plural
from pipelines.analysis.judgement import JudgedPoint
from pipelines.analysis.verdict import reached
from pipelines.kpis.definition import Aggregate, Definition
from pipelines.kpis.entries import EntryRow
from pipelines.periods import Calendar, Grain, Period

_panel = st.components.v2.component(
    "cap90_mine",
    html='<div class="mine"></div>',
    css=asset("mine.css"),
    js=loader(),
)
#: What was accepted last, so that its field empties itself.
_ACCEPTED = "mine_accepted"
#: The texts of a comment and of a reason are cut in what is shown beside a title.
_SHORT = 200


@dataclass(frozen=True)
class Promise:
    """An action of one's own.

    Attributes:
        comment: What was said about it last.
        request: The last wish to move it.
    """

    line: ActionLine
    comment: Comment | None
    request: MoveRequest | None


@dataclass(frozen=True)
class Typed:
    """A KPI whose numbers one types.

    Attributes:
        periods: Those that can be typed for, newest first.
        usual: The one of them that is typed for as a rule: the last finished one.
        typed: What stands for the newest periods, of the company's own numbers, newest first.
    """

    kpi: Definition
    periods: Sequence[Period]
    usual: Period
    typed: Sequence[EntryRow]


@dataclass(frozen=True)
class OwnNumber:
    """What somebody has done and aims at, in the week that runs and in the one before.

    Attributes:
        finished: None: nothing was counted; so is ``running``.
    """

    kpi: Definition
    finished: JudgedPoint | None
    running: JudgedPoint | None
    currency: str | None


@dataclass(frozen=True)
class Mine:
    """Everything on the page.

    Attributes:
        moves: Whether whoever looks moves actions, or asks for it.
        known: Whether the account is linked to one of the people.
    """

    promises: Sequence[Promise]
    typed: Sequence[Typed]
    numbers: Sequence[OwnNumber]
    today: date
    calendar: Calendar
    moves: bool
    known: bool


@dataclass(frozen=True)
class Wishes:
    """What a click does; each tells whether it was accepted, and what was refused stays."""

    tick: Callable[[ActionLine, bool], None]
    comment: Callable[[ActionLine, str], bool]
    move: Callable[[ActionLine, date | None, str], bool]
    type_number: Callable[[NewEntry], bool]


def mine(key: str, own: Mine, language: Language, wishes: Wishes) -> None:
    """Show somebody's commitments and numbers.

    Args:
        key: Unique on the page.
    """
    by_number = {one.line.action_id: one.line for one in own.promises}
    by_key = {one.kpi.key: one for one in own.typed}

    def sent(name: str) -> tuple[dict[str, Any], ActionLine | None]:
        said = st.session_state[key][name] or {}
        line = by_number.get(int(said.get("id") or 0))
        return said, replace(line, version=said["version"]) if line else None

    def ticked() -> None:
        said, line = sent("tick")
        if line:
            wishes.tick(line, bool(said["done"]))

    def commented() -> None:
        said, line = sent("comment")
        if line and wishes.comment(line, str(said.get("text") or "")):
            _accept(f"comment-{line.action_id}")

    def moved() -> None:
        said, line = sent("move")
        if line and wishes.move(line, _day(said.get("due")), str(said.get("reason") or "")):
            _accept(f"move-{line.action_id}")

    def typed() -> None:
        said, _ = sent("type")
        one = by_key.get(said.get("kpi", ""))
        if one and wishes.type_number(_entry(one, said)):
            _accept(f"type-{one.kpi.key}")

    _panel(
        key=key,
        data=given(
            {
                "words": _words(own, language),
                "actions": [_promise(one, own, language) for one in own.promises],
                "typed": [_typed(one, own.calendar, language) for one in own.typed],
                "numbers": [_number(one, language) for one in own.numbers],
                "accepted": st.session_state.get(_ACCEPTED, {"number": 0, "key": ""}),
            }
        ),
        on_tick_change=ticked,
        on_comment_change=commented,
        on_move_change=moved,
        on_type_change=typed,
    )


def _accept(key: str) -> None:
    before = st.session_state.get(_ACCEPTED, {"number": 0})
    st.session_state[_ACCEPTED] = {"number": before["number"] + 1, "key": key}


def _day(written: Any) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


def _entry(one: Typed, said: dict[str, Any]) -> NewEntry:
    """Read what the browser sent, trusting none of it."""
    wanted = said.get("period")
    period = next((at for at in one.periods if at.start.isoformat() == wanted), one.usual)
    return NewEntry(
        kpi=one.kpi,
        period=period,
        value=str(said.get("value") or ""),
        numerator=str(said.get("numerator") or ""),
        denominator=str(said.get("denominator") or ""),
        owner=None,
        note="",
    )


def _words(own: Mine, language: Language) -> dict[str, Any]:
    still_open = sum(one.line.is_open for one in own.promises)
    late = sum(one.line.late for one in own.promises)
    return {
        "open": text_plural("{count} open action", "{count} open actions", still_open, language),
        "late": text_plural("{count} of them is late", "{count} of them are late", late, language)
        if late
        else None,
        "nothing": text("You have promised nothing that is still open.", language)
        if own.known
        else text(
            "Your account is not linked to one of the people: whoever keeps the accounts can do it.",
            language,
        ),
        "comment": text("Comment", language),
        "commentHint": text("What others should know", language),
        "move": text("Move", language) if own.moves else text("Ask to move", language),
        "asks": not own.moves,
        "moveAgain": text("Ask for another day instead", language),
        "until": text("Until when", language),
        "reason": text("Why", language),
        "send": text("Send", language),
        "cancel": text("Cancel", language),
        "numbersToType": text("My numbers to type", language),
        "period": text("Period", language),
        "value": text("Value", language),
        "numerator": text("First part", language),
        "denominator": text("Out of", language),
        "keep": text("Keep", language),
        "numbers": text("My numbers", language),
        "finished": text("Last week", language),
        "running": text("This week so far", language),
        "target": text("Target", language),
        "off": text("Off target", language),
        "longest": {"comment": MAX_COMMENT, "reason": MAX_REASON},
        "tomorrow": (own.today + timedelta(days=1)).isoformat(),
    }


def _promise(one: Promise, own: Mine, language: Language) -> dict[str, Any]:
    line = one.line
    late = (own.today - line.due_on).days
    return {
        "id": line.action_id,
        "version": line.version,
        "title": line.title,
        "done": line.done_on is not None,
        "due": text("by {day}", language, day=shown.full_day(line.due_on, language)),
        "late": text_plural("{count} day late", "{count} days late", late, language)
        if line.late
        else None,
        "kpi": render(line.kpi.name, language) if line.kpi else None,
        "said": _said(one.comment, language) if one.comment else None,
        "waits": one.request is not None and one.request.granted is None,
        "asked": _asked(one.request, language) if one.request and line.is_open else None,
    }


def _said(comment: Comment, language: Language) -> str:
    words = comment.text if len(comment.text) <= _SHORT else f"{comment.text[:_SHORT]}…"
    who = comment.author or text("Cap 90, by itself", language)
    return text("{name}: {words}", language, name=who, words=words)


def _asked(request: MoveRequest, language: Language) -> str:
    day = shown.full_day(request.due_on, language)
    if request.granted is None:
        return text(
            "You asked for {day} (“{reason}”): not answered yet.",
            language,
            day=day,
            reason=request.reason,
        )
    name = request.answered_by or ""
    if request.granted:
        words = text("{name} has granted {day}.", language, name=name, day=day)
    else:
        words = text("{name} has declined {day}.", language, name=name, day=day)
    return f"{words} {request.answer}" if request.answer else words


def _typed(one: Typed, calendar: Calendar, language: Language) -> dict[str, Any]:
    return {
        "kpi": one.kpi.key,
        "name": render(one.kpi.name, language),
        "rate": one.kpi.aggregate is Aggregate.RATIO,
        "periods": [
            {
                "start": period.start.isoformat(),
                "label": f"{shown.period_name(period, calendar, language)}"
                f" · {shown.period_dates(period, language)}",
            }
            for period in one.periods
        ],
        "usual": one.usual.start.isoformat(),
        "last": text(
            "The company's number. Typed so far: {numbers}",
            language,
            numbers=listed(
                [_number_typed(entry, one, calendar, language) for entry in one.typed], language
            ),
        )
        if one.typed
        else text("The company's number.", language),
    }


def _number_typed(entry: EntryRow, one: Typed, calendar: Calendar, language: Language) -> str:
    """Return a number with the period it is for."""
    period = calendar.period(entry.grain or one.usual.grain, entry.start)
    called = (
        text("week of {day}", language, day=shown.short_day(period.start, language))
        if period.grain is Grain.WEEK
        else shown.period_name(period, calendar, language)
    )
    value = shown.value(entry.value, one.kpi.unit, language)
    return text("{value} ({period})", language, value=value, period=called)


def _number(one: OwnNumber, language: Language) -> dict[str, Any]:
    def value(point: JudgedPoint | None) -> str:
        number = point.point.value if point else None
        return shown.value(number, one.kpi.unit, language, currency=one.currency, compact=True)

    aim = next((point.aim for point in (one.running, one.finished) if point and point.aim), None)
    return {
        "name": render(one.kpi.name, language),
        "finished": value(one.finished),
        "running": value(one.running),
        "target": shown.aim(aim, one.kpi.unit, language, currency=one.currency, compact=True),
        "off": bool(one.finished and reached(one.finished, one.kpi) is False),
    }

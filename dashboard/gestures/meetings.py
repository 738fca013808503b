"""What people do in a meeting: every gesture by name, who may make it, and what it does.

They come as requests of their own, not as clicks on a widget: two that follow each other closely
are two requests, and neither is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import data, posting, session
from dashboard.access.rights import Capability
from dashboard.components.messages import attempt
from dashboard.gestures import asking, corrections, gaps, quarter
from dashboard.gestures.said import Said
from dashboard.rhythm import actions
from dashboard.rhythm.meeting import (
    agenda,
    blockers,
    closing,
    deciding,
    noting,
    preparing,
    running,
    sections,
    voting,
    wins,
)
from dashboard.rhythm.meeting.days import DayRefused
from dashboard.rhythm.meeting.letters import Post
from dashboard.rhythm.meeting.model import Kind, Purpose
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from dashboard.rhythm.meeting.reading import revision
from dashboard.rhythm.one_line import understand
from dashboard.rhythm.pact import pacts
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.errors import Message, Refused, msg

#: What a gesture answers beside that it was done: what to say, or values by name.
Answer = Message | Mapping[str, Any] | None


@dataclass(frozen=True)
class Gesture:
    """Something people do in a meeting.

    Attributes:
        needs: What it takes; taking part at least.
        work: Does it, for a meeting.
    """

    needs: Capability
    work: Callable[[Context, int, Said], Answer]


def prepare_next(language: Language, day: date, kind: Kind = Kind.WEEKLY) -> None:
    """Prepare the meeting of a kind on a day."""

    def work() -> None:
        session.require(Capability.RUN_MEETINGS)
        preparing.plan_meeting(session.current(), kind, day)

    attempt(language, work)


def perform(meeting_id: int, what: str, said: Said) -> Answer:
    """Do what somebody asks for in a meeting.

    Raises:
        Refused: It makes no sense, or nobody knows the gesture; so are its subclasses, such as
            AccessRefused, Conflict and, for a note, TextConflict.
    """
    gesture = GESTURES.get(what)
    if gesture is None:
        raise Refused.of(msg("Nobody knows how to do this."), hint=msg("Reload the page."))
    session.require(gesture.needs)
    try:
        return gesture.work(session.current(), meeting_id, said)
    except DayRefused as refused:
        raise asking.about_day(refused, said) from refused


def _start(context: Context, meeting_id: int, said: Said) -> None:
    asking.start_today(context, meeting_id, said)
    running.start(context, meeting_id)


def _save_note(context: Context, meeting_id: int, said: Said) -> Mapping[str, int]:
    subject, text, version = said.typed("subject"), said.typed("text"), said.number("version")
    return {"version": noting.save_note(context, meeting_id, subject, text, version).version}


def _tick(context: Context, meeting_id: int, said: Said) -> None:
    session.require(Capability.DO_ACTIONS)
    revision(context, meeting_id)  # for those who take part; its other pages notice by themselves
    action_id, version = said.number("action"), said.number("version")
    # somebody who sees only their own actions finds no other one here either
    change = actions.complete if said.flag("done") else actions.reopen
    change(context, action_id, version)


def _make_blocker(context: Context, meeting_id: int, said: Said) -> Message | None:
    placed = blockers.make_blocker(
        context,
        meeting_id,
        title=said.typed("title") or None,
        kpi=said.typed("kpi") or None,
        action_id=said.maybe_number("action"),
        item_id=said.maybe_number("item"),
    )
    return msg("It is on the list already.") if placed.already else None


def _park(context: Context, meeting_id: int, said: Said) -> None:
    blocker_id, version = said.number("blocker"), said.number("version")
    blockers.park(
        context,
        meeting_id,
        blocker_id,
        version,
        until=said.day("until"),
        forum=said.typed("forum"),
        anyway=said.flag("anyway"),
    )


def _decide(context: Context, meeting_id: int, said: Said) -> None:
    due = asking.due_day(said)
    deciding.decide(
        context,
        meeting_id,
        said.typed("text"),
        asking.person(context, meeting_id, said, "owner"),
        due,
        blocker_id=said.maybe_number("blocker"),
    )


def _understand(context: Context, meeting_id: int, said: Said) -> Mapping[str, str]:
    """Take a line apart; nothing is written before somebody has seen what it was taken for."""
    there = [one.name for one in read_meeting(context, meeting_id).attendees]
    found = understand(said.typed("line"), data.commitments.spoken(there), said.language)
    return {
        "title": found.title,
        "owner": found.owner or "",
        "due": found.due_on.isoformat() if found.due_on else "",
        "message": " ".join(render(problem, said.language) for problem in found.problems),
    }


def _new_action(context: Context, meeting_id: int, said: Said) -> None:
    session.require(Capability.DO_ACTIONS)
    due, owner = asking.due_day(said), asking.responsible(context, meeting_id, said, "owner")
    deciding.new_action(
        context,
        meeting_id,
        said.typed("title"),
        owner,
        due,
    )


def _change_meeting(context: Context, meeting_id: int, said: Said) -> None:
    purposes = {purpose.value: purpose for purpose in Purpose}
    preparing.change_meeting(
        context,
        meeting_id,
        day=asking.meeting_day(said),
        purpose=purposes.get(said.typed("purpose")),
        chair=asking.person(context, meeting_id, said, "chair") or None,
    )


def _add_item(context: Context, meeting_id: int, said: Said) -> None:
    named = asking.people(context, meeting_id, said, "concerns")
    agenda.add_item(
        context,
        meeting_id,
        said.typed("title"),
        section=said.maybe_number("section"),
        concerns=named or None,
    )


def _require_whose(name: str | None) -> None:
    """Let pass whoever it is of, and whoever may lead meetings."""
    if name not in session.visitor().names:
        session.require(Capability.RUN_MEETINGS)


def _close_item(context: Context, meeting_id: int, said: Said) -> None:
    item_id, version = said.number("item"), said.number("version")
    raised = {one.item_id: one.raised_by for one in read_meeting(context, meeting_id).items}
    _require_whose(raised.get(item_id))  # what one brought, one may take back
    agenda.close_item(context, meeting_id, item_id, version, closed=not said.flag("open"))


def _answer_pact(context: Context, meeting_id: int, said: Said) -> Message:
    revision(context, meeting_id)  # for those who take part
    kept = said.yes_or_no("kept")
    if kept is None:
        raise Refused.of(msg("Something is missing."), hint=msg("Reload the page."))
    pacts.answer(context, said.number("event"), said.number("version"), kept=kept)
    return msg("Noted.")


def _take_back_win(context: Context, meeting_id: int, said: Said) -> None:
    win_id, version = said.number("win"), said.number("version")
    told = {one.win_id: one.author for one in read_meeting(context, meeting_id).wins}
    _require_whose(told.get(win_id))
    wins.take_back(context, meeting_id, win_id, version)


def _change_section(context: Context, meeting_id: int, said: Said) -> None:
    sections.change_section(
        context,
        meeting_id,
        said.number("section"),
        said.typed("title") or None,
        asking.minutes(said),
    )


def _mark(context: Context, meeting_id: int, said: Said) -> None:
    name, version = said.typed("name"), said.number("version")
    _require_whose(name)  # whether one is there, one may say oneself
    present = said.yes_or_no("present")
    running.mark(context, meeting_id, name, version, present=present)


def _close(context: Context, meeting_id: int) -> None:
    closing.close(context, meeting_id)
    posting.submit(meeting_id, Post.MINUTES)  # those who have them already get them once


def _leads(work: Callable[[Context, int], object]) -> Gesture:
    """Return a gesture that needs nothing but the meeting."""

    def moved(context: Context, meeting_id: int, _said: Said) -> None:
        work(context, meeting_id)

    return Gesture(Capability.RUN_MEETINGS, moved)


def _part(work: Callable[[Context, int, Said], object]) -> Gesture:
    return _asks(Capability.TAKE_PART, work)


def _led(work: Callable[[Context, int, Said], object]) -> Gesture:
    return _asks(Capability.RUN_MEETINGS, work)


def _asks(needs: Capability, work: Callable[[Context, int, Said], object]) -> Gesture:
    def silent(context: Context, meeting_id: int, said: Said) -> None:
        work(context, meeting_id, said)

    return Gesture(needs, silent)


GESTURES: dict[str, Gesture] = {
    "start": _led(_start),
    "next_section": _led(
        lambda c, m, said: running.next_section(c, m, said.maybe_number("section"))
    ),
    "previous_section": _led(
        lambda c, m, said: running.previous_section(c, m, said.maybe_number("section"))
    ),
    "pause": _leads(running.pause),
    "resume": _leads(running.resume),
    "suspend": _leads(running.suspend),
    "close": _leads(_close),
    "pick_top_three": _leads(voting.pick_top_three),
    "enter": _led(lambda c, m, said: running.enter(c, m, said.number("section"))),
    "mark": _part(_mark),
    "change_meeting": _led(_change_meeting),
    "invite": _led(lambda c, m, said: preparing.invite(c, m, [asking.person(c, m, said, "name")])),
    "uninvite": _led(lambda c, m, said: preparing.uninvite(c, m, said.typed("name"))),
    "add_section": _led(
        lambda c, m, said: sections.add_section(c, m, said.typed("title"), asking.minutes(said))
    ),
    "change_section": _led(_change_section),
    "move_section": _led(
        lambda c, m, said: sections.move_section(c, m, said.number("section"), said.number("to"))
    ),
    "remove_section": _led(
        lambda c, m, said: sections.remove_section(c, m, said.number("section"))
    ),
    "put_in_top": _led(lambda c, m, said: voting.put_in_top(c, m, said.number("blocker"))),
    "take_from_top": _led(lambda c, m, said: voting.take_from_top(c, m, said.number("blocker"))),
    "park": _led(_park),
    "decide": _led(_decide),
    "add_item": _part(_add_item),
    "close_item": _part(_close_item),
    "tick": _part(_tick),
    "save_note": Gesture(Capability.TAKE_PART, _save_note),
    "answer_pact": Gesture(Capability.TAKE_PART, _answer_pact),
    "make_blocker": Gesture(Capability.TAKE_PART, _make_blocker),
    "vote": _part(lambda c, m, said: voting.vote(c, m, said.number("blocker"))),
    "take_back_vote": _part(lambda c, m, said: voting.take_back_vote(c, m, said.number("blocker"))),
    "add_win": _part(
        lambda c, m, said: wins.add_win(
            c, m, said.typed("text"), asking.person(c, m, said, "person") or None
        )
    ),
    "take_back_win": _part(_take_back_win),
    "keep_as_practice": _part(lambda c, m, said: wins.keep_as_practice(c, m, said.number("win"))),
    "understand": Gesture(Capability.TAKE_PART, _understand),
    "new_action": _part(_new_action),
    "rate": _part(lambda c, m, said: closing.rate(c, m, said.number("score"))),
    **{name: _part(work) for name, work in corrections.CORRECTING.items()},
    **{name: Gesture(Capability.RUN_MEETINGS, work) for name, work in gaps.DECIDING.items()},
    **{name: Gesture(Capability.RUN_MEETINGS, work) for name, work in quarter.DECIDING.items()},
}

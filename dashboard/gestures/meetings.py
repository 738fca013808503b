"""What people do in a meeting: every gesture by name, who may make it, and what it does.

They come as requests of their own, not as clicks on a widget: two that follow each other closely
are two requests, and neither is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard import data, posting, session
from dashboard.access.rights import Capability
from dashboard.components.messages import attempt
from dashboard.gestures.said import Said
from dashboard.rhythm import actions
from dashboard.rhythm.dates import date_warnings
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
)
from dashboard.rhythm.meeting.days import DayRefused
from dashboard.rhythm.meeting.letters import Post
from dashboard.rhythm.meeting.model import Note, Purpose
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from dashboard.rhythm.meeting.reading import revision
from dashboard.rhythm.one_line import understand
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.errors import Cap90Error, Message, Refused, msg
from pipelines.workdays import working_days

#: What a gesture answers beside that it was done: what to say, or fields to fill.
Answer = Message | Mapping[str, str] | None


@dataclass(frozen=True)
class Gesture:
    """Something people do in a meeting.

    Attributes:
        needs: What it takes; taking part at least.
        work: Does it, for a meeting.
    """

    needs: Capability
    work: Callable[[Context, int, Said], Answer]


def prepare_next(language: Language, day: date) -> None:
    """Prepare the meeting of a day."""

    def work() -> None:
        session.require(Capability.RUN_MEETINGS)
        preparing.plan_meeting(session.current(), day=day)

    attempt(language, work)


def perform(meeting_id: int, what: str, said: Said) -> Answer:
    """Do what somebody asks for in a meeting.

    Raises:
        Refused: It makes no sense, or nobody knows the gesture; so are its subclasses, such as
            AccessRefused and Conflict.
    """
    gesture = GESTURES.get(what)
    if gesture is None:
        raise Refused.of(msg("Nobody knows how to do this."), hint=msg("Reload the page."))
    session.require(gesture.needs)
    return gesture.work(session.current(), meeting_id, said)


def save_note(meeting_id: int, said: Said) -> Note:
    """Keep what somebody wrote.

    Raises:
        TextConflict: Somebody else wrote there meanwhile; nothing was overwritten.
        Refused: It is too long, or there is nothing to write about.
    """
    session.require(Capability.TAKE_PART)
    version = said.number("version")
    return noting.save_note(
        session.current(), meeting_id, said.typed("subject"), said.typed("text"), version
    )


def may_be_meant(error: Cap90Error) -> bool:
    """Tell whether a refusal is only a question: the day may be meant all the same."""
    return isinstance(error, DayRefused)


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


def _top(context: Context, meeting_id: int, said: Said, *, into: bool) -> None:
    chosen = said.number("blocker")
    ranked = sorted(
        (one.rank, one.blocker_id)
        for one in read_meeting(context, meeting_id).blockers
        if one.rank is not None and one.blocker_id != chosen
    )
    first = [blocker_id for _, blocker_id in ranked]
    voting.order_blockers(context, meeting_id, [*first, chosen] if into else first)


def _park(context: Context, meeting_id: int, said: Said) -> None:
    blocker_id = said.number("blocker")
    blockers.park(
        context,
        meeting_id,
        blocker_id,
        _version(context, meeting_id, blocker_id),
        until=said.day("until"),
        forum=said.typed("forum"),
        anyway=said.flag("anyway"),
    )


def _version(context: Context, meeting_id: int, blocker_id: int) -> int:
    """Return the version of a blocker: parking rests on nothing that others may have changed."""
    found = read_meeting(context, meeting_id).blockers
    return next((one.version for one in found if one.blocker_id == blocker_id), 0)


def _decide(context: Context, meeting_id: int, said: Said) -> None:
    deciding.decide(
        context,
        meeting_id,
        said.typed("text"),
        said.typed("owner"),
        _due(context, said),
        blocker_id=said.maybe_number("blocker"),
    )


def _due(context: Context, said: Said) -> date | None:
    """Return the day something is due.

    Raises:
        DayRefused: It is odd, and nobody said that it is meant.
    """
    day, settings = said.day("due"), context.workspace.settings
    if day is not None and not said.flag("anyway"):
        works = working_days(settings.country, settings.province)
        for warning in date_warnings(day, context.today(), works):
            raise DayRefused(warning)
    return day


def _understand(context: Context, meeting_id: int, said: Said) -> Mapping[str, str]:
    """Take a line apart; nothing is written before somebody has seen what it was taken for."""
    revision(context, meeting_id)  # as above
    found = understand(said.typed("line"), data.spoken(), said.language)
    return {
        "title": found.title,
        "owner": found.owner or "",
        "due": found.due_on.isoformat() if found.due_on else "",
        "message": " ".join(render(problem, said.language) for problem in found.problems),
    }


def _new_action(context: Context, meeting_id: int, said: Said) -> None:
    owner = said.typed("owner").strip()
    if owner not in session.visitor().names:
        session.require(Capability.ASSIGN_ACTIONS)
    deciding.new_action(
        context,
        meeting_id,
        said.typed("title"),
        owner,
        _due(context, said),
    )


def _change_meeting(context: Context, meeting_id: int, said: Said) -> None:
    purposes = {purpose.value: purpose for purpose in Purpose}
    preparing.change_meeting(
        context,
        meeting_id,
        day=said.day("day"),
        purpose=purposes.get(said.typed("purpose")),
        chair=said.typed("chair") or None,
    )


def _add_item(context: Context, meeting_id: int, said: Said) -> None:
    named = [name.strip() for name in said.typed("concerns").split(",") if name.strip()]
    agenda.add_item(
        context,
        meeting_id,
        said.typed("title"),
        section=said.maybe_number("section"),
        concerns=named or None,
    )


def _close_item(context: Context, meeting_id: int, said: Said) -> None:
    item_id, version = said.number("item"), said.number("version")
    raised = {one.item_id: one.raised_by for one in read_meeting(context, meeting_id).items}
    if raised.get(item_id) not in session.visitor().names:  # what one brought, one may take back
        session.require(Capability.RUN_MEETINGS)
    agenda.close_item(context, meeting_id, item_id, version)


def _change_section(context: Context, meeting_id: int, said: Said) -> None:
    sections.change_section(
        context,
        meeting_id,
        said.number("section"),
        said.typed("title") or None,
        said.number("minutes"),
    )


def _mark(context: Context, meeting_id: int, said: Said) -> None:
    present = {"1": True, "0": False}.get(said.typed("present"))
    version = said.number("version")
    running.mark(context, meeting_id, said.typed("name"), version, present=present)


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
    "start": _leads(running.start),
    "next_section": _leads(running.next_section),
    "previous_section": _leads(running.previous_section),
    "pause": _leads(running.pause),
    "resume": _leads(running.resume),
    "suspend": _leads(running.suspend),
    "close": _leads(_close),
    "pick_top_three": _leads(voting.pick_top_three),
    "enter": _led(lambda c, m, said: running.enter(c, m, said.number("section"))),
    "mark": _led(_mark),
    "change_meeting": _led(_change_meeting),
    "invite": _led(lambda c, m, said: preparing.invite(c, m, [said.typed("name")])),
    "uninvite": _led(lambda c, m, said: preparing.uninvite(c, m, said.typed("name"))),
    "add_section": _led(
        lambda c, m, said: sections.add_section(c, m, said.typed("title"), said.number("minutes"))
    ),
    "change_section": _led(_change_section),
    "move_section": _led(
        lambda c, m, said: sections.move_section(c, m, said.number("section"), said.number("to"))
    ),
    "remove_section": _led(
        lambda c, m, said: sections.remove_section(c, m, said.number("section"))
    ),
    "put_in_top": _led(lambda c, m, said: _top(c, m, said, into=True)),
    "take_from_top": _led(lambda c, m, said: _top(c, m, said, into=False)),
    "park": _led(_park),
    "decide": _led(_decide),
    "add_item": _part(_add_item),
    "close_item": _part(_close_item),
    "tick": _part(_tick),
    "make_blocker": Gesture(Capability.TAKE_PART, _make_blocker),
    "vote": _part(lambda c, m, said: voting.vote(c, m, said.number("blocker"))),
    "take_back_vote": _part(lambda c, m, said: voting.take_back_vote(c, m, said.number("blocker"))),
    "add_win": _part(
        lambda c, m, said: noting.add_win(c, m, said.typed("text"), said.typed("person") or None)
    ),
    "keep_as_practice": _part(lambda c, m, said: noting.keep_as_practice(c, m, said.number("win"))),
    "understand": Gesture(Capability.TAKE_PART, _understand),
    "new_action": _part(_new_action),
    "rate": _part(lambda c, m, said: closing.rate(c, m, said.number("score"))),
}

"""How the told meetings are held: prepared, run against the clock, closed, and followed up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial

from dashboard.demo_story.quarter import QUARTER
from dashboard.demo_story.script import Good, Promise, Told, Worked
from dashboard.demo_story.sitting import TEAM
from dashboard.demo_story.stage import (
    ETIENNE,
    GENEVIEVE,
    MARC_ANDRE,
    ZOE,
    Days,
    Scene,
    Stage,
    later,
)
from dashboard.rhythm import action_store
from dashboard.rhythm.actions import complete
from dashboard.rhythm.meeting import (
    agenda,
    blockers,
    closing,
    deciding,
    escalating,
    noting,
    preparing,
    running,
    voting,
    wins,
)
from dashboard.rhythm.meeting.model import Meeting
from dashboard.rhythm.meeting.reading import current_meeting
from dashboard.rhythm.meeting.reading import meeting as read_meeting

_DAY = timedelta(days=1)
#: Nobody begins on the second.
_BEGINS = time(9, 1, 20)
_GOES_ON = time(13, 15, 5)
_BEFORE = time(16, 40)
_TICKED_OFF = time(15, 10)
#: The position of the blockers on the agenda.
_BLOCKERS = 4
#: For the meeting that comes: who, what, and whom it concerns.
_POINTS = (
    (
        GENEVIEVE,
        "Rabais demandé sur une soumission en trois options\N{NO-BREAK SPACE}: on répond quoi?",
        TEAM,
    ),
    (
        ZOE,
        "Mon agenda partagé\N{NO-BREAK SPACE}: qui prend quels rendez-vous?",
        (ZOE, GENEVIEVE, ETIENNE),
    ),
)


def meeting_scenes(days: Days) -> Iterator[Scene]:
    """Return the meetings, what was promised in them and kept, and the one that comes."""
    first = days.worked(days.meetings[0] - 4 * _DAY)
    yield Scene(first, _BEFORE, lambda stage: _plan(stage, days.meetings[0]))
    for place_, (day, told) in enumerate(zip(days.meetings, QUARTER, strict=True)):
        evening = max(first, days.worked(day - 2 * _DAY) if place_ else first)
        before = min(evening, day - _DAY)
        for raised in told.points:
            put = partial(_put, name=raised.name, point=raised.title, concerns=TEAM)
            yield Scene(before, later(_BEFORE, minutes=5), put)
        yield Scene(day, _BEGINS, _Held(told, place_).play)
        yield from _followed_up(days, day, told)
    for minute, (name, point, concerns) in enumerate(_POINTS):
        at = later(time(7, 30), minutes=minute)
        yield Scene(days.today, at, partial(_put, name=name, point=point, concerns=concerns))
    yield Scene(days.today, time(7, 35), _escalate)


def due_on(days: Days, meeting: date, promise: Promise) -> date:
    """Return the day on which a promise of a meeting is due."""
    if promise.open:
        return max(days.today, days.monday + promise.due * _DAY)
    return days.worked(meeting + promise.due * _DAY)


@dataclass
class _Held:
    """A meeting while it is held."""

    told: Told
    place: int

    def play(self, stage: Stage) -> None:
        """Hold it, from the first minute to the read-back."""
        seen = _coming(stage)
        number = seen.meeting_id
        lead = stage.by(MARC_ANDRE)
        review = stage.review()
        running.start(lead, number, review=review)
        absent = {*self.told.absent} | ({ZOE} if _is_ill(stage) else set())
        for one in seen.attendees:
            running.mark(lead, number, one.name, one.version, present=one.name not in absent)
        begins = _BEGINS
        for section, minutes in enumerate(self.told.lengths, start=1):
            with stage.at(begins):
                if section > 1:
                    running.next_section(lead, number)
                begins = later(begins, minutes=self._break_at(stage, number, section, begins))
                self._talk(stage, number, section)
            begins = later(begins, minutes=minutes)
            if section == self.told.suspended:
                with stage.at(begins):
                    running.suspend(lead, number)
                with stage.at(_GOES_ON):
                    running.resume(lead, number)
                begins = _GOES_ON
        there = [name for name in TEAM if name not in absent]
        with stage.at(later(begins, seconds=-20)):
            for name, score in zip(there, self.told.ratings, strict=False):
                closing.rate(stage.by(name), number, score)
        with stage.at(begins):
            closing.close(lead, number, review=review)

    def _break_at(self, stage: Stage, number: int, section: int, begins: time) -> float:
        """Make a break at the beginning of the blockers; return how long it took."""
        if section != _BLOCKERS or not self.told.paused:
            return 0
        running.pause(stage.by(), number)
        with stage.at(later(begins, minutes=self.told.paused)):
            running.resume(stage.by(), number)
        return self.told.paused

    def _talk(self, stage: Stage, number: int, section: int) -> None:
        for place_, text in self.told.notes:
            if place_ == section:
                noting.save_note(stage.by(), number, f"section {section}", text, 0)
        match section:
            case 1:
                for win in self.told.wins:
                    _share(stage, number, win)
            case 2:
                self._raise(stage, number)
            case 4:
                self._work(stage, number)
            case 5:
                for promise in self.told.promises:
                    give_out(stage, number, promise)
            case _:
                pass

    def _raise(self, stage: Stage, number: int) -> None:
        """Make exceptions and late actions blockers, and deal with the other points."""
        seen = read_meeting(stage.by(), number)
        new = [one for one in self.told.blockers if one.key not in stage.blockers]
        made = {_make(stage, seen, one) for one in new}
        answers = {point.title: point.answer for point in self.told.points}
        for item in seen.items:
            if answer := answers.get(item.title):
                noting.save_note(stage.by(), number, f"item {item.item_id}", answer, 0)
            if item.item_id not in made:
                agenda.close_item(stage.by(), number, item.item_id, item.version)

    def _work(self, stage: Stage, number: int) -> None:
        for name, key in self.told.votes:
            voting.vote(stage.by(name), number, stage.blockers[key])
        wanted = [stage.blockers[one.key] for one in self.told.blockers]
        if wanted:
            voting.order_blockers(stage.by(), number, wanted)
        for one in self.told.blockers:
            _work_one(stage, number, one)


def _plan(stage: Stage, day: date) -> None:
    preparing.plan_meeting(stage.by(), day=day, invited=TEAM)


def _coming(stage: Stage) -> Meeting:
    found = current_meeting(stage.by())
    if found is None:
        raise RuntimeError("closing a meeting plans the next one")
    return found


def _put(stage: Stage, name: str, point: str, concerns: tuple[str, ...]) -> None:
    number = _coming(stage).meeting_id
    agenda.add_item(stage.by(name), number, point, section=_BLOCKERS, concerns=concerns)


def _escalate(stage: Stage) -> None:
    escalating.escalate(stage.by(), _coming(stage).meeting_id)


def _is_ill(stage: Stage) -> bool:
    return timedelta() <= stage.day - stage.days.planted.lost_week < timedelta(weeks=1)


def _share(stage: Stage, number: int, win: Good) -> None:
    told = wins.add_win(stage.by(win.person or MARC_ANDRE), number, win.text, win.person)
    if win.practice:
        wins.keep_as_practice(stage.by(), number, told.win_id, win.practice)


def _make(stage: Stage, seen: Meeting, one: Worked) -> int | None:
    """Make a blocker; return the point of the agenda that it was, if it was one."""
    action = stage.actions[one.action].action_id if one.action else None
    kpi = None if one.action else one.kpi
    raised = [
        item.item_id
        for item in seen.items
        if (action is not None and item.action_id == action)
        or (kpi is not None and item.kpi == kpi and item.action_id is None)
    ]
    point = raised[0] if raised else None
    placed = blockers.make_blocker(
        stage.by(one.raised_by or MARC_ANDRE),
        seen.meeting_id,
        title=one.title,
        kpi=kpi,
        action_id=action,
        item_id=point,
        deal=stage.days.deals.get(one.about or ""),
    )
    stage.blockers[one.key] = placed.blocker_id
    return point


def _work_one(stage: Stage, number: int, one: Worked) -> None:
    blocker_id = stage.blockers[one.key]
    for step in ("facts", "tried", "problem", "ideas"):
        if text := getattr(one, step):
            noting.save_note(stage.by(), number, f"blocker {blocker_id} {step}", text, 0)
    if one.parking:
        seen = read_meeting(stage.by(), number)
        (blocker,) = (each for each in seen.blockers if each.blocker_id == blocker_id)
        until = _meeting_after(stage, one.parking.meetings)
        blockers.park(
            stage.by(),
            number,
            blocker_id,
            blocker.version,
            until=until,
            forum=one.parking.forum,
        )
    if one.decision:
        _decide(stage, number, blocker_id, one.decision)


def _meeting_after(stage: Stage, meetings: int) -> date:
    days = stage.days.meetings
    return days[days.index(stage.day) + meetings]


def _decide(stage: Stage, number: int, blocker_id: int, promise: Promise) -> None:
    decision = deciding.decide(
        stage.by(),
        number,
        promise.title,
        promise.owner,
        due_on(stage.days, stage.day, promise),
        blocker_id=blocker_id,
        kpi=promise.kpi,
    )
    given = decision.action_id
    stage.place(stage.context.store.read(lambda cursor: action_store.read_one(cursor, given)))


def give_out(stage: Stage, number: int, promise: Promise) -> None:
    """Write down in a meeting what somebody promises."""
    given = deciding.new_action(
        stage.by(),
        number,
        promise.title,
        promise.owner,
        due_on(stage.days, stage.day, promise),
        kpi=promise.kpi,
        deal=stage.days.deals.get(promise.about or ""),
    )
    stage.place(given)


def _followed_up(days: Days, day: date, told: Told) -> Iterator[Scene]:
    """Return when those who promised something ticked it off."""
    for minute, promise in enumerate(told.given_out):
        if not promise.open:
            done = days.worked(due_on(days, day, promise) + promise.late * _DAY)
            at = later(_TICKED_OFF, minutes=minute)
            yield Scene(done, at, partial(tick_off, promise=promise))


def tick_off(stage: Stage, promise: Promise) -> None:
    """Let whoever promised something say that it is done."""
    action = stage.actions[promise.title]
    context = stage.by(promise.owner)
    stage.remember(complete(context, action.action_id, action.version))

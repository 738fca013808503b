"""Questions that a gesture comes back with: what was typed stays, and one more click answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.gestures.named import named
from dashboard.gestures.said import Said
from dashboard.rhythm.action import one_line
from dashboard.rhythm.dates import date_warnings
from dashboard.rhythm.meeting.days import DayRefused
from dashboard.rhythm.meeting.looking_back import reviewed_on
from dashboard.rhythm.meeting.model import Kind, Meeting, Status
from dashboard.rhythm.meeting.reading import meeting as read_meeting
from dashboard.rhythm.meeting.running import refuse_start
from dashboard.rhythm.meeting.sections import MOST_MINUTES
from dashboard.rhythm.period_words import in_full
from dashboard.rhythm.series import reviewed
from dashboard.rhythm.strangers import Stranger, Unclear
from pipelines.context import Context
from pipelines.errors import AccessRefused, Message, Problem, Refused, msg
from pipelines.people.person import Details
from pipelines.people.register import add_person
from pipelines.workdays import working_days

#: The fields in which days are typed.
_DAYS = ("due", "until", "day")


@dataclass(frozen=True)
class Way:
    """An answer to a question.

    Attributes:
        name: What the button says.
        values: What is sent with it, beside or in place of what was sent before.
    """

    name: Message
    values: Mapping[str, str]


class Asked(Refused):
    """Nothing was written: something is asked about first.

    Attributes:
        field: Where what it is about was typed; "" for nowhere.
    """

    def __init__(self, problems: Sequence[Problem], field: str, ways: Sequence[Way]) -> None:
        super().__init__(*problems)
        self.field, self.ways = field, tuple(ways)


def due_day(said: Said) -> date | None:
    """Return the day something is due, None for none.

    Raises:
        DayRefused: It is odd, and nobody said that it is meant.
    """
    return _meant_day(said, said.day("due"))


def meeting_day(said: Said) -> date | None:
    """Return the day a meeting is put to, None for none.

    Raises:
        DayRefused: Nobody works on it, and nobody said that it is meant. One in the past passes:
            it is refused where it matters.
    """
    day = said.day("day")
    return day if day and day < session.current().today() else _meant_day(said, day)


def start_today(context: Context, meeting_id: int, said: Said) -> None:
    """Ask before a meeting is started on another day than the one it is planned for.

    Raises:
        Asked: It is, and nobody said that it is meant.
        Refused: It could not be started today whatever they say.
    """
    meeting = read_meeting(context, meeting_id)
    moved = meeting.status is Status.PLANNED and meeting.held_on != context.today()
    if not moved or said.flag("today"):
        return
    refuse_start(context, meeting_id)
    what = msg("This meeting is planned for {day}.", day=meeting.held_on)
    hint = msg("Started now, it is held today, and its minutes bear today's date.")
    problems = [Problem(what, hint=hint), *_looks_back_on(context, meeting)]
    raise Asked(problems, "", [Way(msg("Start it today"), {"today": "1"})])


def _looks_back_on(context: Context, meeting: Meeting) -> Iterator[Problem]:
    """Yield what a review looks back on today, and whether another one did already."""
    if meeting.kind is Kind.WEEKLY:
        return
    calendar = context.calendar
    now = reviewed(meeting.kind, context.today(), calendar)
    then = reviewed(meeting.kind, meeting.held_on, calendar)
    done = context.store.read(lambda cursor: reviewed_on(cursor, meeting.kind, now))
    again = (
        msg(
            "{period} was reviewed already, on {day}: what was decided then holds unless you decide "
            "otherwise.",
            period=in_full(now, calendar),
            day=done[0][1],
        )
        if done
        else None
    )
    if now == then:
        what = msg("It looks back on {period}.", period=in_full(now, calendar))
    elif then.is_partial(context.today()):
        what = msg(
            "Today it looks back on {period}, not on {planned}, which ends on {day}.",
            period=in_full(now, calendar),
            planned=in_full(then, calendar),
            day=then.last_day,
        )
    else:
        what = msg(
            "Today it looks back on {period}, not on {planned}.",
            period=in_full(now, calendar),
            planned=in_full(then, calendar),
        )
    yield Problem(what, hint=again)


def _meant_day(said: Said, day: date | None) -> date | None:
    context = session.current()
    settings = context.workspace.settings
    if day is not None and not said.flag("anyway"):
        works = working_days(settings.country, settings.province)
        for warning in date_warnings(day, context.today(), works):
            raise DayRefused(warning)
    return day


def about_day(refused: DayRefused, said: Said) -> Asked:
    """Return the question about an odd day, at the field it was typed in."""
    field = next(name for name in _DAYS if said.day(name))
    ways = [Way(msg("Take {day}", day=refused.proposed), {field: refused.proposed.isoformat()})]
    if not said.flag("anyway"):
        ways.insert(0, Way(msg("Keep this date"), {"anyway": "1"}))
    return Asked(refused.problems, field, ways)


def minutes(said: Said) -> int:
    """Return how long a section is to take.

    Raises:
        Asked: It is no number of minutes that a section may take.
    """
    number = said.maybe_number("minutes")
    if number is None or not 1 <= number <= MOST_MINUTES:
        what = msg("A section takes 1 to {most} minutes.", most=MOST_MINUTES)
        raise Asked([Problem(what)], "minutes", [])
    return number


def person(context: Context, meeting_id: int, said: Said, field: str) -> str:
    """Return whom a field names, "" for nobody: anybody known, or a guest of the meeting.

    Raises:
        Asked: It means several people, or nobody.
    """
    return _meant(said, field, [said.typed(field)], 0, _there(context, meeting_id))


def responsible(context: Context, meeting_id: int, said: Said, field: str) -> str:
    """Return who is to do something: whoever asks, or anybody if they give out actions.

    Raises:
        AccessRefused: They may not give out actions, and it is not themselves.
        Asked: As for ``person``.
    """
    visitor = session.visitor()
    try:
        owner = person(context, meeting_id, said, field)
    except Asked:
        if visitor.may(Capability.ASSIGN_ACTIONS):
            raise
        owner = said.typed(field)  # whoever it is, it is not themselves
    if owner not in visitor.names and not visitor.may(Capability.ASSIGN_ACTIONS):
        raise AccessRefused.of(
            msg("You may add actions for yourself only."),
            hint=msg("Ask a manager to give an action to somebody else."),
        )
    return owner


def people(context: Context, meeting_id: int, said: Said, field: str) -> list[str]:
    """Return whom a field names, with commas between them; see ``person``."""
    written = [name for name in said.typed(field).split(",") if one_line(name)]
    there = _there(context, meeting_id)
    return [_meant(said, field, written, place, there) for place in range(len(written))]


def _there(context: Context, meeting_id: int) -> list[str]:
    return [one.name for one in read_meeting(context, meeting_id).attendees]


def _meant(
    said: Said, field: str, written: Sequence[str], place: int, there: Collection[str]
) -> str:
    """Return whom one of the names in a field means."""
    try:
        return named(written[place], there)
    except Unclear as unclear:
        stranger, name = isinstance(unclear, Stranger), unclear.name
        if stranger and said.typed("newcomer") == name:
            session.require(Capability.EDIT_PEOPLE)
            return add_person(session.current(), Details(name)).name
        names = list(map(one_line, written))
        ways = [
            Way(
                msg("{name}", name=one),
                {field: ", ".join([*names[:place], one, *names[place + 1 :]])},
            )
            for one in unclear.people
        ]
        problems = unclear.problems
        if stranger and session.visitor().may(Capability.EDIT_PEOPLE):
            if not unclear.people:  # the button says what the hint would
                problems = tuple(replace(one, hint=None) for one in problems)
            ways.append(Way(msg("Add {name} as a new person", name=name), {"newcomer": name}))
        raise Asked(problems, field, ways) from unclear

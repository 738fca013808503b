"""Where the story is played: the days it happens on, and what has come of it so far."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from dashboard.rhythm.action import Action
from dashboard.rhythm.course import place
from dashboard.rhythm.dates import next_working_day
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.series import occurrences
from pipelines import clock
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.periods import Grain, Period
from pipelines.sample import PEOPLE, Planted
from pipelines.workdays import WorkingDays, working_days

ZOE, MARC_ANDRE, GENEVIEVE, ETIENNE, FRANCOIS = PEOPLE
_DAY = timedelta(days=1)
#: Far enough back for the twelve last meetings, whatever holidays move.
_LOOK_BACK = timedelta(weeks=14)
MEETINGS = 12


class Days:
    """The days of the story, counted back from the day it is told on."""

    def __init__(self, context: Context) -> None:
        settings = context.workspace.settings
        self.planted = Planted(context.today())
        self.working: WorkingDays = working_days(settings.country, settings.province)
        self.quarter: Period = context.calendar.period(Grain.QUARTER, self.today)
        self.former_quarter: Period = context.calendar.previous(self.quarter)
        held = occurrences(
            settings.meetings,
            context.calendar,
            self.working,
            self.today - _LOOK_BACK,
            self.today,
        )
        #: Of the weekly meetings that were held before today, the oldest first.
        self.meetings = [one.held_on for one in held if one.kind is Kind.WEEKLY][-MEETINGS:]

    @property
    def today(self) -> date:
        """The day the story is told on."""
        return self.planted.today

    @property
    def monday(self) -> date:
        """First day of the running week."""
        return self.planted.monday

    def worked(self, day: date) -> date:
        """Return the first day from a day on, on which people work."""
        return next_working_day(day - _DAY, self.working)

    def until_today(self, day: date) -> date:
        """Return a working day, or today if that is before it: nothing is told of the future."""
        return min(self.worked(day), self.today)


@dataclass
class Stage:
    """What scenes share.

    Attributes:
        context: The company; ``by`` puts it into somebody's hands.
        day: The one it is in the story.
        actions: By their titles, as they were written last.
        priorities: Of the company's plan in force, by the KPI they move.
        blockers: By the words the script knows them by.
    """

    context: Context
    days: Days
    day: date = date.min
    actions: dict[str, Action] = field(default_factory=dict)
    priorities: dict[str, int] = field(default_factory=dict)
    blockers: dict[str, int] = field(default_factory=dict)

    def by(self, name: str = MARC_ANDRE) -> Context:
        """Return the company on the day of the story, in somebody's hands."""
        return self.context.on(self.day).by(Actor(name))

    def remember(self, action: Action) -> Action:
        """Keep an action as it is now, under its title."""
        self.actions[action.title] = action
        return action

    def place(self, action: Action) -> Action:
        """Keep an action, under the priority of the plan that its KPI serves, if there is one."""
        priority = self.priorities.get(action.kpi or "")
        if priority is not None:
            action = place(self.by(), action.action_id, action.version, priority)
        return self.remember(action)

    @contextmanager
    def at(self, moment: time) -> Iterator[None]:
        """Let it be a time of the day, as clocks at the company show it."""
        zone = self.context.workspace.settings.timezone
        with clock.told(clock.in_utc(self.day, moment, zone)):
            yield


@dataclass(frozen=True)
class Scene:
    """Something that happened."""

    day: date
    begins: time
    play: Callable[[Stage], None]


def play(scenes: list[Scene], stage: Stage) -> None:
    """Play scenes in the order they happened in."""
    for scene in sorted(scenes, key=lambda one: (one.day, one.begins)):
        stage.day = scene.day
        with stage.at(scene.begins):
            scene.play(stage)


def later(begins: time, **span: float) -> time:
    """Return the time of day after a span, on the same day."""
    return (datetime.combine(date.min, begins) + timedelta(**span)).time()

"""Where the story is played: the days it happens on, and what has come of it so far."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from dashboard.rhythm.action import Action
from dashboard.rhythm.build import weekly_review
from dashboard.rhythm.course import place
from dashboard.rhythm.dates import next_working_day
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.review import Review
from dashboard.rhythm.series import occurrences
from pipelines import clock
from pipelines.actor import Actor
from pipelines.context import Context
from pipelines.periods import Grain, Period
from pipelines.sample import PEOPLE, Planted, stuck_deals
from pipelines.workdays import WorkingDays, working_days

ZOE, MARC_ANDRE, GENEVIEVE, ETIENNE, FRANCOIS = PEOPLE
#: The customers of the three deals that are talked about.
SCHOOL, HOTEL, TOWER = "École des Cèdres", "Hôtel du Lac", "Immeubles Carrefour 20"
_DAY = timedelta(days=1)
_LAST_MONTH = timedelta(days=30)
MEETINGS = 12


class Days:
    """The days of the story, counted back from the day it is told on."""

    def __init__(self, context: Context) -> None:
        settings = context.workspace.settings
        self.planted = Planted(context.today())
        #: The deals that are talked about, by their customer, as actions and blockers name them.
        self.deals = {
            deal.account.name: f"hubspot {deal.number}" for deal in stuck_deals(self.planted).all
        }
        self.working: WorkingDays = working_days(settings.country, settings.province)
        calendar = context.calendar
        quarter = calendar.period(Grain.QUARTER, self.today)
        if self.worked(quarter.start) > self.today:
            # nobody has worked in it yet
            quarter = calendar.previous(quarter)
        #: The one whose plan holds; the two before it are reviewed.
        self.quarter: Period = quarter
        self.former_quarter: Period = calendar.previous(quarter)
        self.first_quarter: Period = calendar.previous(self.former_quarter)
        # the first weekly meeting is not the first review
        rules = settings.meetings.model_copy(update={"first_on": self.planted.first_day})
        held = occurrences(
            rules, calendar, self.working, self.first_quarter.start, self.quarter.end
        )

        def days(kind: Kind) -> list[date]:
            return [one.held_on for one in held if one.kind is kind]

        #: Of the weekly meetings that were held before today, the oldest first.
        self.meetings = [day for day in days(Kind.WEEKLY) if day < self.today][-MEETINGS:]
        #: Of the gap reviews, from the last month of the first reviewed quarter on.
        self.gap_reviews = [
            day
            for day in days(Kind.MONTHLY)
            if self.former_quarter.start - _LAST_MONTH <= day < self.today
        ]
        #: Of the two quarterly reviews; where the second is due in the days to come, it is held
        #: sooner: the plan of the quarter comes out of it.
        self.quarter_reviews = [
            min(day, self._last_worked)
            for day in days(Kind.QUARTERLY)
            if day >= self.former_quarter.start
        ]

    @property
    def exported_on(self) -> tuple[date, ...]:
        """The days of the last reviews, whose papers tell what their numbers come from."""
        return tuple(sorted({self.quarter_reviews[-1], self.gap_reviews[-1]} - {self.today}))

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

    @property
    def _last_worked(self) -> date:
        """Today, or the last day before on which people worked."""
        day = self.today
        while day not in self.working:
            day -= _DAY
        return day

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
    _reviews: dict[date, Review] = field(default_factory=dict)

    def review(self) -> Review:
        """Return the numbers of the day of the story, everything in them, computed once."""
        if self.day not in self._reviews:
            self._reviews[self.day] = weekly_review(self.context.on(self.day))
        return self._reviews[self.day]

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

"""What the company tries out, and what it promised itself for bad days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta

from dashboard.demo_story.stage import GENEVIEVE, ZOE, Days, Scene, Stage
from dashboard.rhythm.improve.experiment import Experiment, Outcome, Plan
from dashboard.rhythm.improve.experiments import end_experiment, practice_from, start_experiment
from dashboard.rhythm.pact.check import check_pacts
from dashboard.rhythm.pact.model import Draft, Terms, Trigger
from dashboard.rhythm.pact.pacts import answer, list_events, write_pact
from pipelines.sample import OWNER

_MORNING, _NOON, _EVENING = time(8, 5), time(12, 20), time(16, 30)
_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)
#: The pact about the end of a quarter holds in its last so many weeks.
_LAST_WEEKS = 2
_REMINDERS = Plan(
    title="Rappel par texto la veille du rendez-vous",
    hypothesis="Un client qui reçoit un texto la veille vient, ou nous dit qu’il ne vient pas. "
    "Les rendez-vous manqués passent d’un sur cinq à un sur dix.",
    kpi="no_show_rate",
    owner=ZOE,
    starts_on=None,
    effect=-0.10,
    lag_weeks=1,
)
_LEARNED = (
    "Les rendez-vous manqués sont passés d’un sur cinq à un sur vingt, chaque semaine depuis le "
    "début. Le texto prend deux minutes par jour. Tout le monde le fait."
)
_OPTIONS = Plan(
    title="Trois options dans chaque soumission de plus de 50\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}$",
    hypothesis="Un client qui choisit entre trois options compare les nôtres entre elles, et non "
    "notre haut de gamme au bas de gamme d’un autre.",
    kpi="win_rate",
    owner=GENEVIEVE,
    starts_on=None,
    effect=0.05,
    lag_weeks=4,
)
_END_OF_QUARTER = Draft(
    Trigger.QUARTER_ENDS,
    Terms(weeks=_LAST_WEEKS),
    decision="appeler chaque client en négociation et lui demander ce qui manque pour décider",
    reflex="donner un rabais pour fermer avant la fin du trimestre",
)
_BIG_DEAL = Draft(
    Trigger.DEAL_SLIPS,
    Terms(amount=250_000),
    decision="rencontrer la personne qui signe, avec Louise, dans les dix jours",
    reflex="repousser la date dans le CRM et attendre",
)


@dataclass
class _Trial:
    """An experiment on its way."""

    plan: Plan
    experiment: Experiment | None = None

    def start(self, stage: Stage) -> None:
        self.experiment = start_experiment(stage.by(), self.plan)

    def end(self, stage: Stage) -> None:
        if self.experiment is None:
            raise RuntimeError("an experiment ends after it began")
        ended = end_experiment(
            stage.by(),
            self.experiment.experiment_id,
            self.experiment.version,
            Outcome.GENERALISE,
            _LEARNED,
        )
        practice_from(stage.by(), ended.experiment_id, ended.version)


def trial_scenes(days: Days) -> Iterator[Scene]:
    """Return one experiment that became everybody's habit, and one that runs."""
    since = days.planted.reminders_since
    reminders = _Trial(replace(_REMINDERS, starts_on=since))
    yield Scene(since - 6 * _DAY, _NOON, reminders.start)
    yield Scene(days.worked(since + 9 * _WEEK + 3 * _DAY), _NOON, reminders.end)
    begins = days.worked(days.monday - 3 * _WEEK)
    options = _Trial(replace(_OPTIONS, starts_on=begins))
    yield Scene(begins, _NOON, options.start)


def pact_scenes(days: Days) -> Iterator[Scene]:
    """Return one pact that held at the end of the last quarter and was kept, and one that waits."""
    ends = days.quarter.start
    fires = ends - _LAST_WEEKS * _WEEK
    yield Scene(days.worked(fires - 12 * _DAY), _EVENING, _write(_END_OF_QUARTER))
    yield Scene(fires, _MORNING, _look)
    yield Scene(days.until_today(ends + _DAY), _EVENING, _keep)
    yield Scene(days.worked(days.monday - 9 * _WEEK), _EVENING, _write(_BIG_DEAL))
    again = days.quarter.end - _LAST_WEEKS * _WEEK
    if again <= days.today:
        yield Scene(again, _MORNING, _look)
    # what fires today is there before the first page is opened
    yield Scene(days.today, _MORNING, _look)


def _write(draft: Draft) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        write_pact(stage.by(OWNER), draft)

    return play


def _look(stage: Stage) -> None:
    check_pacts(stage.by())


def _keep(stage: Stage) -> None:
    first = list_events(stage.by())[0]
    answer(
        stage.by(),
        first.event_id,
        first.version,
        kept=True,
        remark="Aucun rabais. Quatre clients appelés, deux ont donné une date.",
    )

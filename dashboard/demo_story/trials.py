"""What the company tries out, and what it promised itself for bad days."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from dashboard.demo_story.quarter_script import LEARNED
from dashboard.demo_story.stage import GENEVIEVE, ZOE, Days, Scene, Stage
from dashboard.rhythm.improve import experiment_store
from dashboard.rhythm.improve.experiment import Experiment, Outcome, Plan
from dashboard.rhythm.improve.experiments import end_experiment, practice_from, start_experiment
from dashboard.rhythm.pact.check import check_pacts
from dashboard.rhythm.pact.model import Draft, Terms, Trigger
from dashboard.rhythm.pact.pacts import answer, list_events, write_pact
from pipelines.sample import OWNER

_MORNING, _NOON, _EVENING, _LATE = time(8, 5), time(12, 20), time(16, 30), time(16, 50)
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


def reminders(stage: Stage) -> Experiment | None:
    """Return the experiment with the reminders as it stands; None: it has not begun."""
    found = stage.context.store.read(experiment_store.read_all)
    return next((one for one in found if one.kpi == _REMINDERS.kpi), None)


def ends_in_review(days: Days, day: date) -> bool:
    """Tell whether the reminders were tried for long enough on the day of a quarterly review.

    If they were for much longer, nobody waited for the review.
    """
    return timedelta(weeks=8) <= day - days.planted.reminders_since <= timedelta(weeks=14)


def trial_scenes(days: Days) -> Iterator[Scene]:
    """Return one experiment that became everybody's habit, and one that runs."""
    since = days.planted.reminders_since
    yield Scene(since - 6 * _DAY, _NOON, _starts(replace(_REMINDERS, starts_on=since)))
    review = next((day for day in days.quarter_reviews if ends_in_review(days, day)), None)
    if review is None:
        yield Scene(days.worked(since + 9 * _WEEK + 3 * _DAY), _NOON, _end)
    after = review or since + 9 * _WEEK + 3 * _DAY
    yield Scene(days.until_today(after + 2 * _DAY), _LATE, _keep_as_practice)
    begins = days.worked(days.monday - 3 * _WEEK)
    yield Scene(begins, _NOON, _starts(replace(_OPTIONS, starts_on=begins)))


def _starts(plan: Plan) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        start_experiment(stage.by(), plan)

    return play


def _end(stage: Stage) -> None:
    trial = _tried(stage)
    end_experiment(stage.by(), trial.experiment_id, trial.version, Outcome.GENERALISE, LEARNED)


def _keep_as_practice(stage: Stage) -> None:
    trial = _tried(stage)
    practice_from(stage.by(), trial.experiment_id, trial.version)


def _tried(stage: Stage) -> Experiment:
    trial = reminders(stage)
    if trial is None:
        raise RuntimeError("an experiment ends after it began")
    return trial


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

"""What the pages about getting better show: pacts, experiments, good practices, discipline."""

from collections.abc import Mapping

from dashboard import session
from dashboard.kept import remembered
from dashboard.rhythm.effect.discipline import Discipline
from dashboard.rhythm.effect.gauge import Gauge
from dashboard.rhythm.effect.reading import read_discipline, read_gauge
from dashboard.rhythm.improve import experiments as improving
from dashboard.rhythm.improve.experiments import Trial
from dashboard.rhythm.improve.practice import Practice
from dashboard.rhythm.improve.practices import list_practices
from dashboard.rhythm.pact import pacts as agreed
from dashboard.rhythm.pact.model import Pact, PactEvent, Record
from dashboard.rhythm.pact.pacts import Fired
from dashboard.rhythm.pact.words import Around
from dashboard.text import Language
from pipelines.kpis.catalogue import catalogue
from pipelines.periods import Grain, Period


@remembered
def fired(week: Period) -> tuple[Fired, ...]:
    """Return the pacts to show to those who look at a finished week."""
    return agreed.fired(session.current(), week)


@remembered
def pacts() -> tuple[Pact, ...]:
    """Return every pact, those in force first."""
    return agreed.list_pacts(session.current())


@remembered
def pact_events() -> tuple[PactEvent, ...]:
    """Return how often pacts fired, oldest first."""
    return agreed.list_events(session.current())


@remembered
def pact_records() -> Mapping[int, Record]:
    """Return how often each pact was kept."""
    return agreed.records(session.current())


def around(language: Language) -> Around:
    """Return what the words of pacts depend on."""
    context = session.current()
    settings = context.workspace.settings
    return Around(
        catalogue(context), context.calendar, settings.currency, language, context.today()
    )


@remembered
def trials() -> tuple[Trial, ...]:
    """Return every experiment: running ones first, the newest start first."""
    return improving.trials(session.current())


def trial_of(key: str, grain: Grain) -> Trial | None:
    """Return the experiment that a KPI's chart shows: the newest on it; only week by week."""
    if grain is not Grain.WEEK:
        return None
    return next((one for one in trials() if one.experiment.kpi == key and one.judgement), None)


@remembered
def practices() -> tuple[Practice, ...]:
    """Return every good practice, newest first."""
    return list_practices(session.current())


@remembered
def gauge() -> Gauge:
    """Return how people find the meetings, beside what comes of them."""
    return read_gauge(session.current())


@remembered
def discipline() -> Discipline:
    """Return the checklist of today."""
    return read_discipline(session.current())

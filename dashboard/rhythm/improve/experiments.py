"""Experiments: started one at a time for a KPI, judged by signals, ended with a conclusion."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard.rhythm.improve import experiment_store, practice_store
from dashboard.rhythm.improve.experiment import (
    Experiment,
    Outcome,
    Plan,
    beside,
    conclusion_problems,
    problems,
    tidy,
)
from dashboard.rhythm.improve.judgement import Judgement, judge_experiment
from dashboard.rhythm.improve.practice import MAX_TITLE, Practice
from dashboard.rhythm.versions import conflict
from dashboard.rhythm.written import MAX_TEXT, paragraph
from pipelines.analysis.judgement import JudgedSeries
from pipelines.context import Context
from pipelines.errors import Message, Refused, msg
from pipelines.journal import What, note
from pipelines.kpis.assess import assess
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Definition
from pipelines.people.names import names_at
from pipelines.periods import Grain
from pipelines.store import Cursor


@dataclass(frozen=True)
class Trial:
    """An experiment with all that is said about it.

    Attributes:
        kpi: None: its definition is gone.
        beside: Others on the same KPI at the same time, which make both hard to judge.
        judgement: None without numbers.
    """

    experiment: Experiment
    kpi: Definition | None
    beside: tuple[Experiment, ...]
    judgement: Judgement | None


def start_experiment(context: Context, plan: Plan) -> Experiment:
    """Start an experiment. A second one on the same KPI is allowed; the page warns of it.

    Raises:
        Refused: Everything that is missing or wrong.
    """
    plan = _accepted(context, plan)

    def write(cursor: Cursor) -> Experiment:
        experiment = Experiment(
            experiment_store.next_id(cursor),
            plan.title,
            plan.hypothesis,
            plan.kpi,
            names_at(cursor).shown(plan.owner),
            plan.starts_on or context.today(),
            plan.effect,
            plan.lag_weeks,
            None,
            None,
            None,
            None,
            1,
        )
        experiment_store.insert(cursor, experiment)
        note(
            cursor,
            context.actor,
            What.EXPERIMENT_STARTED,
            _subject(experiment.experiment_id),
            after=experiment_store.state(experiment),
        )
        return experiment

    return context.store.write(write)


def change_experiment(context: Context, experiment_id: int, version: int, plan: Plan) -> Experiment:
    """Describe an experiment otherwise.

    Args:
        version: The one that the person saw; the same for every change below.

    Raises:
        Refused: As for ``start_experiment``, or there is no such experiment for whoever asks.
        Conflict: Somebody changed it in the meantime.
    """
    wanted = _accepted(context, plan)
    return _change(
        context,
        experiment_id,
        version,
        What.EXPERIMENT_CHANGED,
        wish=msg("“{title}”: {text}", title=wanted.title, text=wanted.hypothesis),
        changed=lambda one: replace(
            one,
            title=wanted.title,
            hypothesis=wanted.hypothesis,
            kpi=wanted.kpi,
            owner=wanted.owner,
            starts_on=wanted.starts_on or one.starts_on,
            effect=wanted.effect,
            lag_weeks=wanted.lag_weeks,
        ),
    )


def end_experiment(
    context: Context, experiment_id: int, version: int, outcome: Outcome, conclusion: str
) -> Experiment:
    """End an experiment today, with what was learned; or say otherwise how it ended.

    Raises:
        Refused: The conclusion is missing or too long.
    """
    conclusion = paragraph(conclusion)
    found = conclusion_problems(conclusion)
    if found:
        raise Refused(*found)
    today = context.today()
    return _change(
        context,
        experiment_id,
        version,
        What.EXPERIMENT_ENDED,
        wish=msg("end it: {text}", text=conclusion),
        changed=lambda one: replace(
            one, ended_on=one.ended_on or today, outcome=outcome, conclusion=conclusion
        ),
    )


def practice_from(context: Context, experiment_id: int, version: int) -> Practice:
    """Keep what an experiment showed as a good practice; once.

    Returns:
        The practice; the one that is there already if somebody was faster.

    Raises:
        Refused: It has not ended as something for everybody.
        Conflict: Somebody changed it in the meantime.
    """
    today, made = context.today(), list[Practice]()

    def changed(cursor: Cursor, one: Experiment) -> Experiment:
        if one.outcome is not Outcome.GENERALISE:
            raise Refused.of(
                msg("The experiment has not ended as something for everybody."),
                hint=msg("End it first, and choose to generalise it."),
            )
        if one.practice_id is not None:
            made[:] = [practice_store.read_one(cursor, one.practice_id)]
            return one
        practice = Practice(
            practice_store.next_id(cursor),
            one.title[:MAX_TITLE],
            f"{one.hypothesis}\n\n{one.conclusion or ''}".strip()[:MAX_TEXT],
            one.owner,
            _subject(experiment_id),
            today,
            1,
        )
        practice_store.insert(cursor, context.actor, practice)
        made[:] = [practice]
        return replace(one, practice_id=practice.practice_id)

    _write(
        context,
        experiment_id,
        version,
        What.EXPERIMENT_CHANGED,
        wish=msg("make it a good practice"),
        changed=changed,
    )
    return made[0]


def list_experiments(context: Context) -> tuple[Experiment, ...]:
    """Return the experiments whose KPI exists for whoever asks: running ones first, newest first.

    Who is responsible is left out for those who may not see that person.
    """
    found, scope = context.store.read(experiment_store.read_all), context.actor.scope
    if not scope.margins:
        known = catalogue(context)
        found = tuple(one for one in found if one.kpi in known)
    if scope.people is not None:
        found = tuple(one if scope.sees(one.owner) else replace(one, owner="") for one in found)
    return tuple(sorted(found, key=lambda one: one.ended_on is not None))


def trials(context: Context) -> tuple[Trial, ...]:
    """Return every experiment with what the weeks say about it: running ones first."""
    found, known = list_experiments(context), catalogue(context)
    keys = list(dict.fromkeys(one.kpi for one in found if one.kpi in known))
    series = {one.series.definition.key: one for one in assess(context, keys, Grain.WEEK)}
    today = context.today()
    return tuple(
        Trial(
            one,
            known.get(one.kpi),
            beside(one, found, today) if one.ended_on is None else (),
            _judged(one, series.get(one.kpi)),
        )
        for one in found
    )


def _judged(experiment: Experiment, series: JudgedSeries | None) -> Judgement | None:
    if series is None or series.series.unavailable is not None:
        return None
    return judge_experiment(series, experiment.starts_on, experiment.lag_weeks, experiment.ended_on)


def _accepted(context: Context, plan: Plan) -> Plan:
    wanted = tidy(plan)
    found = problems(wanted, catalogue(context).get(wanted.kpi))
    if found:
        raise Refused(*found)
    return wanted


def _subject(experiment_id: int) -> str:
    return f"experiment {experiment_id}"


def _change(
    context: Context,
    experiment_id: int,
    version: int,
    what: What,
    *,
    wish: Message,
    changed: Callable[[Experiment], Experiment],
) -> Experiment:
    return _write(
        context,
        experiment_id,
        version,
        what,
        wish=wish,
        changed=lambda cursor, one: _named(cursor, changed(one)),
    )


def _named(cursor: Cursor, one: Experiment) -> Experiment:
    return replace(one, owner=names_at(cursor).shown(one.owner))


def _write(
    context: Context,
    experiment_id: int,
    version: int,
    what: What,
    *,
    wish: Message,
    changed: Callable[[Cursor, Experiment], Experiment],
) -> Experiment:
    subject = _subject(experiment_id)
    known = None if context.actor.scope.margins else catalogue(context)

    def write(cursor: Cursor) -> Experiment:
        before = experiment_store.read_one(cursor, experiment_id)
        if known is not None and before.kpi not in known:
            raise experiment_store.no_experiment(experiment_id)
        after = changed(cursor, before)
        if after == before:
            return before
        if before.version != version:
            raise conflict(
                cursor, subject, mine=wish, theirs=_in_words(before), version=before.version
            )
        after = replace(after, version=version + 1)
        experiment_store.update(cursor, after)
        note(
            cursor,
            context.actor,
            what,
            subject,
            before=experiment_store.state(before),
            after=experiment_store.state(after),
        )
        return after

    return context.store.write(write)


def _in_words(one: Experiment) -> Message:
    if one.ended_on is not None:
        return msg("it ended: {text}", text=one.conclusion or "")
    return msg("“{title}”: {text}", title=one.title, text=one.hypothesis)

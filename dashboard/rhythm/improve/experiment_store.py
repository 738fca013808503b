"""Experiments in the store: each function is one step of somebody's transaction."""

from dataclasses import asdict
from typing import Any

from dashboard.rhythm.improve.experiment import Experiment, Outcome
from pipelines.errors import Refused, msg
from pipelines.people.names import Names, names_at
from pipelines.sql import statement
from pipelines.store import Cursor


def read_all(cursor: Cursor) -> tuple[Experiment, ...]:
    """Return every experiment, the newest start first, with people as the product names them."""
    rows = cursor.execute(statement("experiments/experiments")).fetchall()
    names = names_at(cursor) if rows else Names()
    return tuple(_experiment(row, names) for row in rows)


def read_one(cursor: Cursor, experiment_id: int) -> Experiment:
    """Return one experiment.

    Raises:
        Refused: There is none of that number.
    """
    for experiment in read_all(cursor):
        if experiment.experiment_id == experiment_id:
            return experiment
    raise no_experiment(experiment_id)


def no_experiment(experiment_id: int) -> Refused:
    """Return the refusal of an experiment that is not there for whoever asks."""
    return Refused.of(msg("There is no experiment {number}.", number=str(experiment_id)))


def next_id(cursor: Cursor) -> int:
    """Return the number of the next experiment."""
    return int(cursor.execute(statement("experiments/next_id")).fetchall()[0][0])


def insert(cursor: Cursor, experiment: Experiment) -> None:
    """Write a new experiment."""
    cursor.execute(statement("experiments/insert"), _row(experiment))


def update(cursor: Cursor, experiment: Experiment) -> None:
    """Write a changed experiment."""
    cursor.execute(statement("experiments/update"), _row(experiment))


def state(experiment: Experiment) -> dict[str, Any]:
    """Return an experiment as the journal keeps it."""
    kept = _row(experiment)
    del kept["experiment_id"]
    return kept


def _row(experiment: Experiment) -> dict[str, Any]:
    outcome = experiment.outcome
    return {**asdict(experiment), "outcome": outcome.value if outcome else None}


def _experiment(row: Any, names: Names) -> Experiment:
    number, title, hypothesis, kpi, owner, start, effect, lag, ended, outcome, *rest = row
    return Experiment(
        number,
        title,
        hypothesis,
        kpi,
        names.shown(owner),
        start,
        effect,
        lag,
        ended,
        Outcome(outcome) if outcome else None,
        *rest,
    )

"""What became of an action or an experiment, in sentences. Pure."""

from collections.abc import Iterator, Sequence

from dashboard.rhythm.action import Action
from dashboard.rhythm.improve.experiment import Experiment, Outcome
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.quarter.amounts import amount, change
from dashboard.rhythm.quarter.model import Effect, WorkState
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.definition import Unit

_ENDED = {
    Outcome.GENERALISE: msg("generalised"),
    Outcome.CHANGE: msg("to be changed"),
    Outcome.STOP: msg("stopped"),
}
_STATES = {
    WorkState.DONE: msg("It is done"),
    WorkState.OPEN: msg("Still open"),
    WorkState.LATE: msg("Late"),
    WorkState.DROPPED: msg("Given up"),
    WorkState.RUNNING: msg("Running"),
    WorkState.ENDED: msg("Ended"),
}


def outcome_name(outcome: Outcome) -> Message:
    """Return how an experiment ended, in a word."""
    return _ENDED[outcome]


def state_name(state: WorkState) -> Message:
    """Return how something stands, in a word or two."""
    return _STATES[state]


def action_state(action: Action, state: WorkState, *, goes_on: bool) -> Message:
    """Return how an action stands.

    Args:
        goes_on: It is continued as an action of the next plan.
    """
    match state:
        case WorkState.DONE if action.done_on is not None and action.done_on > action.due_on:
            return msg_plural(
                "Done on {day}, {count} day after its date.",
                "Done on {day}, {count} days after its date.",
                (action.done_on - action.due_on).days,
                day=action.done_on,
            )
        case WorkState.DONE:
            return msg("Done on {day}, on time.", day=action.done_on)
        case WorkState.DROPPED if goes_on:
            return msg("It goes on in the next plan.")
        case WorkState.DROPPED:
            return msg("Given up on {day}.", day=action.dropped_on)
        case WorkState.LATE:
            return msg("Late: due on {day}.", day=action.due_on)
        case _:
            return msg("Open: due on {day}.", day=action.due_on)


def experiment_state(experiment: Experiment) -> Message:
    """Return how an experiment stands."""
    if experiment.ended_on is None:
        return msg("Running since {day}.", day=experiment.starts_on)
    outcome = outcome_name(experiment.outcome) if experiment.outcome else msg("ended")
    return msg(
        "From {start} to {end}: {outcome}.",
        start=experiment.starts_on,
        end=experiment.ended_on,
        outcome=outcome,
    )


def conclusion(text: str) -> Message:
    """Return what was learned."""
    return msg("Learned: {text}", text=text)


def alone(titles: Sequence[str]) -> Message:
    """Return the same without what colleagues call it."""
    return msg_plural(
        "Judged as one with {count} other thing.",
        "Judged as one with {count} other things.",
        len(titles),
    )


def unjudged(why: Message) -> Message:
    """Return that nothing can be said about the effect."""
    return msg("Its effect cannot be judged: {why}.", why=why)


def effect(found: Effect, unit: Unit, currency: str | None) -> Iterator[Message]:
    """Yield what came of it: the signal, then the size."""
    day, kpi = found.shows_from, found.kpi_name
    match found.finding:
        case Finding.RIGHT:
            yield msg_plural(
                "{kpi}: {count} week with a signal in the right direction since {day}.",
                "{kpi}: {count} weeks with a signal in the right direction since {day}.",
                found.signals,
                kpi=kpi,
                day=day,
            )
        case Finding.WRONG:
            yield msg("{kpi}: a signal in the wrong direction since {day}.", kpi=kpi, day=day)
        case Finding.MIXED:
            yield msg("{kpi}: signals in both directions since {day}.", kpi=kpi, day=day)
        case _:
            yield msg(
                "{kpi}: no signal in the {weeks} weeks since {day}.",
                kpi=kpi,
                weeks=found.weeks_after,
                day=day,
            )
    yield _size(found, unit, currency)


def together(titles: Sequence[str]) -> Message:
    """Return what is judged with it."""
    return msg("Judged as one with {others}.", others=[msg("“{text}”", text=one) for one in titles])


def _size(found: Effect, unit: Unit, currency: str | None) -> Message:
    said = {
        "before": amount(found.before, unit, currency),
        "after": amount(found.after, unit, currency),
        "change": change(found.difference, unit, currency),
        "weeks_before": found.weeks_before,
        "weeks_after": found.weeks_after,
    }
    if found.low is None or found.high is None:
        return msg(
            "From {before} to {after}: {change}. One week is too little for an interval.",
            **said,
        )
    low, high = change(found.low, unit, currency), change(found.high, unit, currency)
    if found.low <= 0 <= found.high:
        return msg(
            "From {before} to {after} on average ({weeks_before} weeks before, {weeks_after} after): "
            "{change}, between {low} and {high}, so perhaps nothing.",
            **said,
            low=low,
            high=high,
        )
    return msg(
        "From {before} to {after} on average ({weeks_before} weeks before, {weeks_after} after): "
        "{change}, between {low} and {high}.",
        **said,
        low=low,
        high=high,
    )

"""The second pass: which actions and experiments were done, and what came of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.action import Action
from dashboard.rhythm.improve.experiment import Experiment, Outcome
from dashboard.rhythm.quarter import work_words
from dashboard.rhythm.quarter.effects import Doing, Why, judge_effect
from dashboard.rhythm.quarter.model import Fact, Item, Part, WorkNumbers, WorkState
from pipelines.analysis.judgement import JudgedSeries
from pipelines.kpis.catalogue import shows_margins
from pipelines.kpis.definition import Definition, LocalText
from pipelines.periods import Period


@dataclass(frozen=True)
class Work:
    """All that was done and tried.

    Attributes:
        weekly: Every series by key, up to the last finished week.
        today: The day that is looked from.
    """

    actions: Sequence[Action]
    experiments: Sequence[Experiment]
    weekly: Mapping[str, JudgedSeries]
    definitions: Mapping[str, Definition]
    today: date


def work_items(work: Work, quarter: Period) -> tuple[Item, ...]:
    """Return the experiments and the actions that lived in a quarter, those with an effect first.

    An action that went on as another one of the next plan stands there as that one.
    """
    experiments = [one for one in work.experiments if _lived(one.starts_on, one.ended_on, quarter)]
    alive = [
        one
        for one in work.actions
        if _lived(one.created_on, one.done_on or one.dropped_on, quarter) or _shows(one, quarter)
    ]
    follow = {one.carried_from for one in alive}
    actions = [one for one in alive if one.action_id not in follow]
    carried = {one.carried_from for one in work.actions if one.carried_from is not None}
    doings = _doings(work)
    items = [
        *(_experiment(one, work, doings) for one in experiments),
        *(_action(one, work, doings, goes_on=one.action_id in carried) for one in actions),
    ]
    return tuple(sorted(items, key=_order))


def _lived(begins: date, ends: date | None, quarter: Period) -> bool:
    return begins < quarter.end and (ends is None or ends >= quarter.start)


def _shows(action: Action, quarter: Period) -> bool:
    """Tell whether what was done before a quarter was to show in it."""
    shows_from = _of_action(action).shows_from
    return action.lag_weeks is not None and shows_from is not None and shows_from in quarter


def _order(item: Item) -> tuple[bool, bool, int, str]:
    work = item.work
    if work is None:
        return False, False, 0, item.subject
    settled = work.state in {WorkState.DONE, WorkState.DROPPED}
    # what can be judged first, then what is still to be decided, then what is over
    return not work.experiment, work.effect is None, int(settled), work.due_on.isoformat()


def _doings(work: Work) -> list[Doing]:
    return [
        *(_of_experiment(one) for one in work.experiments),
        *(_of_action(one) for one in work.actions),
    ]


def _of_experiment(one: Experiment) -> Doing:
    stopped = one.ended_on if one.outcome in {Outcome.STOP, Outcome.CHANGE} else None
    return Doing(
        f"experiment {one.experiment_id}",
        one.title,
        one.kpi,
        one.starts_on,
        stopped,
        one.lag_weeks,
        one.effect,
    )


def _of_action(one: Action) -> Doing:
    return Doing(
        f"action {one.action_id}",
        one.title,
        one.kpi,
        one.done_on,
        None,
        one.lag_weeks or 0,
        one.effect,
    )


def _experiment(one: Experiment, work: Work, doings: Iterable[Doing]) -> Item:
    doing = _of_experiment(one)
    effect, why = judge_effect(doing, doings, work.weekly.get(one.kpi))
    definition = work.definitions.get(one.kpi)
    numbers = WorkNumbers(
        one.experiment_id,
        experiment=True,
        state=WorkState.ENDED if one.ended_on else WorkState.RUNNING,
        due_on=one.shows_from,
        done_on=one.ended_on,
        kpi=one.kpi,
        unit=definition.unit if definition else None,
        currency=_currency(work, one.kpi),
        effect=effect,
        unjudged=why.said if why else None,
        discreet=why.discreet if why else None,
        outcome=one.outcome,
        because=why.because if why else None,
        kpi_name=definition.name if definition else None,
    )
    state = work_words.experiment_state(one)
    facts = [Fact(state)]
    if one.conclusion:
        facts.append(Fact(work_words.conclusion(one.conclusion), _hides(definition)))
    return Item(
        doing.subject,
        Part.WORK,
        LocalText(one.title, one.title),
        one.owner or None,
        (*facts, *_of_effect(numbers, why, definition)),
        work=numbers,
        # its title and its hypothesis speak of the KPI
        confidential=_hides(definition),
    )


def _action(one: Action, work: Work, doings: Iterable[Doing], *, goes_on: bool) -> Item:
    doing = _of_action(one)
    effect, why = judge_effect(doing, doings, work.weekly.get(one.kpi or ""))
    definition = work.definitions.get(one.kpi or "")
    state = state_on(one, work.today)
    numbers = WorkNumbers(
        one.action_id,
        experiment=False,
        state=state,
        due_on=one.due_on,
        done_on=one.done_on or one.dropped_on,
        kpi=one.kpi,
        unit=definition.unit if definition else None,
        currency=_currency(work, one.kpi),
        effect=effect,
        unjudged=why.said if why else None,
        discreet=why.discreet if why else None,
        because=why.because if why else None,
        kpi_name=definition.name if definition else None,
    )
    return Item(
        doing.subject,
        Part.WORK,
        LocalText(one.title, one.title),
        one.owner,
        (
            Fact(work_words.action_state(one, state, goes_on=goes_on)),
            *(_of_effect(numbers, why, definition) if state is not WorkState.DROPPED else ()),
        ),
        work=numbers,
    )


def _of_effect(
    numbers: WorkNumbers, why: Why | None, definition: Definition | None
) -> Iterable[Fact]:
    hidden = _hides(definition)
    found = numbers.effect
    if found is not None and definition is not None:
        for said in work_words.effect(found, definition.unit, numbers.currency):
            yield Fact(said, hidden)
        if found.together:
            said = work_words.together(found.together)
            yield Fact(said, hidden, work_words.alone(found.together))
    elif why is not None:
        discreet = why.discreet and work_words.unjudged(why.discreet)
        yield Fact(work_words.unjudged(why.said), hidden, discreet)


def state_on(action: Action, today: date) -> WorkState:
    """Return how an action stands on a day."""
    if action.done_on is not None:
        return WorkState.DONE
    if action.dropped_on is not None:
        return WorkState.DROPPED
    return WorkState.LATE if action.due_on < today else WorkState.OPEN


def _currency(work: Work, key: str | None) -> str | None:
    judged = work.weekly.get(key or "")
    return judged.series.currency if judged else None


def _hides(definition: Definition | None) -> bool:
    return definition is not None and shows_margins(definition)

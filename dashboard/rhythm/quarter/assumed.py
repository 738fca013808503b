"""Which result an input was to move, after how many weeks, and whether it did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.rhythm.action import Action
from dashboard.rhythm.plan.model import Plan
from dashboard.rhythm.quarter.model import Lagged
from pipelines.analysis.judgement import JudgedSeries
from pipelines.analysis.lagged import FEWEST_PAIRS, follows, pairs
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.catalogue import shows_margins
from pipelines.kpis.definition import Definition, Kind

_DAYS = 7


@dataclass(frozen=True)
class Assumed:
    """What somebody assumed: the input moves the result so many weeks later.

    Attributes:
        leading: Key of the input.
        result: Key of the result.
        written_in: ``action 12``; None: nobody wrote it down, the sales cycle stands in.
    """

    leading: str
    result: str
    lag_weeks: int
    written_in: str | None


def assumptions(
    actions: Iterable[Action], plans: Iterable[Plan], definitions: Mapping[str, Definition]
) -> tuple[Assumed, ...]:
    """Return what actions say: one about an input, under a priority for a result, with a lag.

    Each pair of KPIs and lag once, as the oldest action says it.
    """
    priorities = {one.priority_id: one.kpi for plan in plans for one in plan.priorities}
    found: dict[tuple[str, str, int], Assumed] = {}
    for action in sorted(actions, key=lambda one: one.action_id):
        result = priorities.get(action.priority_id or 0)
        if action.kpi is None or result is None or action.lag_weeks is None:
            continue
        if not _is(action.kpi, Kind.INPUT, definitions) or not _is(
            result, Kind.OUTPUT, definitions
        ):
            continue
        key = action.kpi, result, action.lag_weeks
        found.setdefault(key, Assumed(*key, f"action {action.action_id}"))
    return tuple(found.values())


def stand_ins(
    known: Iterable[Assumed],
    inputs: Iterable[str],
    results: Sequence[str],
    cycle_days: float | None,
) -> tuple[Assumed, ...]:
    """Return what is assumed of inputs about which nobody wrote anything down.

    The first result that the company watches, as much later as its sales take.

    Args:
        results: Keys of the chosen results that add up, in their order.
        cycle_days: The median length of a sale; None: nobody knows, and nothing stands in.
    """
    if cycle_days is None or not results:
        return ()
    said = {one.leading for one in known}
    lag = round(cycle_days / _DAYS)
    return tuple(Assumed(key, results[0], lag, None) for key in inputs if key not in said)


def _is(key: str, kind: Kind, definitions: Mapping[str, Definition]) -> bool:
    found = definitions.get(key)
    return found is not None and found.kind is kind


def judge_lag(
    weekly: Mapping[str, JudgedSeries], assumed: Assumed, definitions: Mapping[str, Definition]
) -> Lagged:
    """Return whether the weeks bear out what was assumed; see ``lagged.follows`` for the method.

    Args:
        weekly: By key, up to the end of the quarter.
    """
    definition = definitions[assumed.result]
    leading = _values(weekly.get(assumed.leading))
    result = _values(weekly.get(assumed.result))
    weeks = sorted(leading.keys() | result.keys())
    found = pairs(
        [leading.get(week) for week in weeks],
        [result.get(week) for week in weeks],
        assumed.lag_weeks,
    )
    following = follows(found)
    unjudged: Message | None = None
    moved: bool | None = None
    if len(found) < FEWEST_PAIRS:
        unjudged = msg_plural(
            "there is {count} week to compare, where {needed} are needed",
            "there are {count} weeks to compare, where {needed} are needed",
            len(found),
            needed=FEWEST_PAIRS,
        )
    elif following is None:
        unjudged = msg("one of the two never varied")
    else:
        hoped = 1 if definition.better is definitions[assumed.leading].better else -1
        moved = following.tells and following.correlation * hoped > 0
    return Lagged(
        assumed.result,
        definition.name,
        assumed.lag_weeks,
        assumed.written_in,
        len(found),
        following.correlation if following else None,
        following.by_chance if following else None,
        moved,
        unjudged,
        shows_margins(definition),
    )


def _values(judged: JudgedSeries | None) -> dict[date, float | None]:
    if judged is None:
        return {}
    return {
        one.point.period.start: one.point.value for one in judged.points if not one.point.partial
    }

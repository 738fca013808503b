"""What the quarter of a KPI says, in sentences. Facts, not grades. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dashboard.rhythm.quarter.amounts import amount, beside, change, share
from dashboard.rhythm.quarter.model import Item, KpiNumbers, Lagged
from dashboard.rhythm.words import EXCEPTIONS
from pipelines.analysis.judgement import Limits
from pipelines.analysis.signals import MIN_POINTS
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.definition import LocalText


def facts(
    numbers: KpiNumbers,
    weeks: int,
    unavailable: Message | LocalText | None,
    known_until: date | None,
    aim_notes: Iterable[Message] = (),
) -> tuple[Message, ...]:
    """Return what is known about a KPI in a quarter, the most important first.

    Args:
        weeks: How many finished weeks of the quarter there are.
        unavailable: Why there are no numbers at all; None if there are.
        known_until: The last day the files tell about.
        aim_notes: What its target was before, and is made of, where it changed in the quarter.
    """
    if unavailable is not None:
        return (*_chosen(numbers), msg("{reason}", reason=unavailable), *_worth(numbers, weeks))
    return (
        *_value(numbers, known_until),
        *_chosen(numbers),
        *(aim_notes if numbers.aim is not None else []),
        *_last_year(numbers),
        *_weeks(numbers),
        *_limits(numbers),
        *_worth(numbers, weeks),
    )


def _chosen(numbers: KpiNumbers) -> Iterator[Message]:
    if numbers.replaced:
        yield msg(
            "Followed from {day} on, in place of {kpis}.",
            day=numbers.chosen_from,
            kpis=list(numbers.replaced),
        )
    if numbers.chosen_to is None:
        return
    last = numbers.chosen_to - timedelta(days=1)
    if numbers.replaced_by:
        yield msg(
            "Followed until {day} only: {kpis} replaced it.",
            day=last,
            kpis=list(numbers.replaced_by),
        )
    else:
        yield msg("Followed until {day} only.", day=last)


def _value(numbers: KpiNumbers, known_until: date | None) -> Iterator[Message]:
    if numbers.value is None:
        if known_until is not None:
            yield msg("No value for the quarter: the data stop on {day}.", day=known_until)
        else:
            yield msg("No value for the quarter: the data hold nothing to compute it from.")
        return
    value = amount(numbers.value, numbers.unit, numbers.currency)
    if numbers.partial:
        yield msg("{value} so far: the quarter is not complete in the data.", value=value)
    elif numbers.aim is None or numbers.gap is None:
        yield msg("{value} in the quarter; there was no target for it.", value=value)
    else:
        value, target, gap = beside(
            numbers.value, numbers.aim, numbers.gap, numbers.unit, numbers.currency
        )
        if numbers.aim.max_value is not None:
            low = amount(numbers.aim.value, numbers.unit, numbers.currency)
            high = amount(numbers.aim.max_value, numbers.unit, numbers.currency)
            yield msg(
                "{value} in the quarter, for a target between {target} and {high}.",
                value=value,
                target=low,
                high=high,
            )
        elif numbers.on_target is None:
            yield msg(
                "{value} in the quarter, for a target of {target} ({gap}): too little lies behind "
                "it to judge.",
                value=value,
                target=target,
                gap=gap,
            )
        elif numbers.on_target:
            yield msg(
                "{value} in the quarter, for a target of {target}: reached ({gap}).",
                value=value,
                target=target,
                gap=gap,
            )
        else:
            yield msg(
                "{value} in the quarter, for a target of {target}: missed ({gap}).",
                value=value,
                target=target,
                gap=gap,
            )


def _last_year(numbers: KpiNumbers) -> Iterator[Message]:
    if numbers.last_year is None:
        yield msg("There is nothing from the same quarter a year before.")
        return
    before = amount(numbers.last_year, numbers.unit, numbers.currency)
    if numbers.value is None or numbers.partial:
        yield msg("A year before: {before}.", before=before)
        return
    yield msg(
        "A year before: {before} ({change}).",
        before=before,
        change=change(numbers.value - numbers.last_year, numbers.unit, numbers.currency),
    )


def _weeks(numbers: KpiNumbers) -> Iterator[Message]:
    if not numbers.weeks_with_value:
        return
    if numbers.weeks_aimed:
        yield on_target(numbers.weeks_on_target, numbers.weeks_aimed)
    good, bad = numbers.good_signals, numbers.bad_signals
    if not numbers.weeks_judged:
        yield msg("No week can be judged: a signal could not be told from routine variation.")
        return
    if not good and not bad:
        yield msg("Routine variation all along: no week was a signal.")
        return
    yield msg(
        "Signals: {good} and {bad}.",
        good=msg_plural("{count} favourable week", "{count} favourable weeks", good),
        bad=msg_plural("{count} adverse week", "{count} adverse weeks", bad),
    )


def on_target(part: int, weeks: int) -> Message:
    """Return in how many weeks a KPI was on target, out of those that have one."""
    return msg_plural(
        "{on} of {count} week on target.", "{on} of {count} weeks on target.", weeks, on=part
    )


def _limits(numbers: KpiNumbers) -> Iterator[Message]:
    before, after = numbers.limits_before, numbers.limits_after
    if before is None:
        yield msg(
            "No natural limits before the quarter: they take {needed} weeks with a value.",
            needed=MIN_POINTS,
        )
    if after is None:
        if numbers.weeks_with_value:
            yield msg_plural(
                "Too few weeks in the quarter for limits of its own: {count} with a value.",
                "Too few weeks in the quarter for limits of its own: {count} with a value.",
                numbers.weeks_with_value,
            )
        return
    if before is not None:
        yield msg(
            "Weeks before the quarter: {before}. Weeks of the quarter: {after}.",
            before=_band(before, numbers),
            after=_band(after, numbers),
        )
    else:
        yield msg("Weeks of the quarter: {after}.", after=_band(after, numbers))


def _band(limits: Limits, numbers: KpiNumbers) -> Message:
    def said(value: float) -> LocalText:
        return amount(value, numbers.unit, numbers.currency)

    return msg(
        "mean {centre}; natural limits {lower} to {upper}",
        centre=said(limits.centre),
        lower=said(limits.lower),
        upper=said(limits.upper),
    )


def _worth(numbers: KpiNumbers, weeks: int) -> Iterator[Message]:
    """Yield what may speak against looking at it every week, as facts."""
    missing = weeks - numbers.weeks_with_value
    if missing and numbers.weeks_with_value:
        yield msg_plural(
            "{missing} of {count} week had no value.",
            "{missing} of {count} weeks had no value.",
            weeks,
            missing=missing,
        )
    exceptional = any(one in EXCEPTIONS for one, _ in numbers.verdicts)
    moved = numbers.good_signals or numbers.bad_signals
    if numbers.weeks_judged and not exceptional and not moved:
        yield msg("No week of the quarter was an exception.")
    if not numbers.decisions and not numbers.actions and not numbers.blockers:
        yield msg("Nobody decided anything about it, and no action was linked to it.")
        return
    yield msg(
        "About it in the quarter: {counts}.",
        counts=[
            msg_plural("{count} decision", "{count} decisions", numbers.decisions),
            msg_plural("{count} action", "{count} actions", numbers.actions),
            msg_plural("{count} blocker", "{count} blockers", numbers.blockers),
        ],
    )


def lagged(found: Lagged, name: LocalText) -> Message:
    """Return whether an input moved a result as it was assumed."""
    if found.assumed_in is None:
        return _beside(found)
    assumed = msg_plural(
        "Assumed: {kpi} moves {result} {count} week later.",
        "Assumed: {kpi} moves {result} {count} weeks later.",
        found.lag_weeks,
        kpi=name,
        result=found.output_name,
    )
    if found.unjudged is not None or found.correlation is None or found.by_chance is None:
        return msg("{assumed} This cannot be judged: {why}.", assumed=assumed, why=found.unjudged)
    numbers = {
        "pairs": found.pairs,
        "chance": share(found.by_chance),
    }
    if found.moved:
        return msg(
            "{assumed} The weeks bear it out: over {pairs} weeks the two rise and fall together; "
            "chance does as much in {chance} of cases.",
            assumed=assumed,
            **numbers,
        )
    return msg(
        "{assumed} The weeks do not show it: over {pairs} weeks, chance does as much in {chance} "
        "of cases.",
        assumed=assumed,
        **numbers,
    )


def stood_in(items: Iterable[Item]) -> Message | None:
    """Return what inputs are compared with of which nobody wrote it down; None: there are none."""
    found = (one for item in items if item.kpi for one in item.kpi.lagged if not one.assumed_in)
    one = next(found, None)
    if one is None:
        return None
    return msg_plural(
        "Where nobody wrote down which result an activity should move, it is compared with {result} "
        "{count} week later, as long as a sale takes.",
        "Where nobody wrote down which result an activity should move, it is compared with {result} "
        "{count} weeks later, as long as a sale takes.",
        one.lag_weeks,
        result=one.output_name,
    )


def _beside(found: Lagged) -> Message:
    """Return whether a result followed an input; ``stood_in`` says why the two are compared."""
    said: dict[str, object] = {"result": found.output_name}
    if found.unjudged is not None or found.by_chance is None:
        return msg_plural(
            "Whether {result} follows {count} week later cannot be judged: {why}.",
            "Whether {result} follows {count} weeks later cannot be judged: {why}.",
            found.lag_weeks,
            **said,
            why=found.unjudged,
        )
    said |= {"pairs": found.pairs, "chance": share(found.by_chance)}
    if found.moved:
        return msg_plural(
            "{result} follows {count} week later: over {pairs} weeks the two rise and fall "
            "together; chance does as much in {chance} of cases.",
            "{result} follows {count} weeks later: over {pairs} weeks the two rise and fall "
            "together; chance does as much in {chance} of cases.",
            found.lag_weeks,
            **said,
        )
    return msg_plural(
        "No visible link with {result} {count} week later: over {pairs} weeks, chance does as much "
        "in {chance} of cases.",
        "No visible link with {result} {count} weeks later: over {pairs} weeks, chance does as much "
        "in {chance} of cases.",
        found.lag_weeks,
        **said,
    )

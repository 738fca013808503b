"""What a verdict, a review and an event say in words; screen and PDF use the same ones."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.rhythm.action import ActionEvent, EventKind, read_expectation
from dashboard.rhythm.review import Review, Row
from pipelines.analysis.judgement import JudgedPoint, Limits, Signal, Verdict
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.definition import Definition, LocalText
from pipelines.periods import Grain

#: Verdicts that the weekly meeting talks about; the rest is quiet, or cannot be judged.
EXCEPTIONS = frozenset({Verdict.FIND_THE_CAUSE, Verdict.CHANGE_THE_SYSTEM, Verdict.LEARN})


_LABELS = {
    Verdict.FIND_THE_CAUSE: msg("Find the cause"),
    Verdict.CHANGE_THE_SYSTEM: msg("Change the system"),
    Verdict.LEARN: msg("Learn"),
    Verdict.QUIET: msg("Nothing to report"),
    Verdict.NO_TARGET: msg("No target yet"),
    Verdict.TOO_FEW: msg("Too little data"),
    Verdict.PARTIAL: msg("Still running"),
    Verdict.NONE: msg("No value"),
}
_ENTITIES = {
    "deals": msg("deals"),
    "stage_entries": msg("stage history"),
    "activities": msg("activities"),
    "invoices": msg("invoices"),
    "kpi_entries": msg("typed numbers"),
}
_PER = {
    Grain.WEEK: msg("per week"),
    Grain.MONTH: msg("per month"),
    Grain.QUARTER: msg("per quarter"),
    Grain.YEAR: msg("per year"),
}


def per_name(grain: Grain) -> Message:
    """Return the period that a target is for: per week."""
    return _PER[grain]


def entity_name(entity: str) -> Message | LocalText:
    """Return what a canonical table holds, for people; its own name if it is new to us."""
    return _ENTITIES.get(entity, LocalText(en=entity, fr=entity))


def is_exception(row: Row) -> bool:
    """Tell whether the weekly meeting has to talk about a row."""
    return row.latest is not None and row.latest.verdict in EXCEPTIONS


def verdict_label(row: Row) -> Message:
    """Return a row's verdict in two or three words."""
    return label_of(row.latest.verdict if row.latest else None)


def label_of(verdict: Verdict | None) -> Message:
    """Return a verdict in two or three words; None: the KPI was unavailable."""
    return _LABELS[verdict] if verdict else msg("Unavailable")


def verdict_sentence(row: Row) -> Message | LocalText:  # noqa: PLR0911 - one return a verdict
    """Return one sentence with the facts of a row; ``verdict_label`` says what to do about them."""
    if row.latest is None:
        return row.unavailable or msg("There is no number.")
    point = row.latest
    match point.verdict:
        case Verdict.FIND_THE_CAUSE | Verdict.LEARN:
            return _exception(point, _signal(point, row.limits))
        case Verdict.CHANGE_THE_SYSTEM:
            return msg(
                "{off_target}, routine variation.",
                off_target=_target(point),
            )
        case Verdict.QUIET:
            return msg("{on_target}, routine variation.", on_target=_target(point))
        case Verdict.NO_TARGET if point.signal:
            return msg("Nothing to compare with, but {signal}.", signal=_signal(point, row.limits))
        case Verdict.NO_TARGET:
            return msg("Set a target to see whether this is enough.")
        case Verdict.TOO_FEW:
            return _too_few(row, point)
        case Verdict.PARTIAL:
            return msg("The period is still running: shown, not judged.")
        case Verdict.NONE:
            return _no_value(row)


def _no_value(row: Row) -> Message:
    if row.data_until is not None:
        return msg("The data stop on {day}.", day=row.data_until)
    return msg("Nothing in the data to compute it from.")


def summary(review: Review) -> Message:
    """Return a review in one sentence: how many exceptions, how much is quiet, what is late."""
    if not review.rows:
        return msg("There is no KPI to show yet.")
    return msg("{kpis}; {actions}.", kpis=_counts(review.rows), actions=_late(review))


def _late(review: Review) -> Message:
    """Return how much is late; whoever sees only some of it is told whose count it is."""
    late = len(review.late) + review.late_unseen
    if review.late_unseen:
        return msg_plural(
            "{count} action late in the company", "{count} actions late in the company", late
        )
    if late:
        return msg_plural("{count} action late", "{count} actions late", late)
    return msg("no action late")


def in_short(rows: Sequence[Row]) -> Message:
    """Return the rows of a review in a few words: how many exceptions, how much is quiet."""
    if not rows:
        return msg("There is no KPI to show yet.")
    return msg("{kpis}", kpis=_counts(rows))


def _counts(rows: Sequence[Row]) -> list[Message]:
    verdicts = [row.latest.verdict if row.latest else None for row in rows]
    exceptions = sum(verdict in EXCEPTIONS for verdict in verdicts)
    quiet = verdicts.count(Verdict.QUIET)
    aimless = sum(
        row.latest is not None
        and row.latest.verdict is Verdict.NO_TARGET
        and row.latest.signal is not None
        for row in rows
    )
    other = len(verdicts) - exceptions - quiet - aimless
    parts = []
    if exceptions or not aimless:
        parts.append(
            msg_plural("{count} exception", "{count} exceptions", exceptions)
            if exceptions
            else msg("No exception")
        )
    if aimless:
        parts.append(
            msg_plural(
                "{count} signal without a target", "{count} signals without a target", aimless
            )
        )
    if quiet:
        parts.append(
            msg_plural(
                "{count} KPI with nothing to report", "{count} KPIs with nothing to report", quiet
            )
        )
    if other:
        parts.append(msg_plural("{count} not judged", "{count} not judged", other))
    return parts


def event_sentence(  # noqa: PLR0911 - one return a kind
    event: ActionEvent, kpis: Mapping[str, Definition]
) -> Message:
    """Return one line of an action's history, without its day and author.

    Args:
        kpis: The KPIs that an action may be linked to, by key.
    """
    before, after = event.before, event.after
    match event.kind:
        case EventKind.ADDED:
            return msg("Added: “{title}”", title=after)
        case EventKind.DONE:
            return msg("Ticked off")
        case EventKind.REOPENED:
            return msg("Reopened")
        case EventKind.MOVED:
            return msg(
                "Moved from {before} to {after}: {reason}",
                before=date.fromisoformat(before or ""),
                after=date.fromisoformat(after or ""),
                reason=event.reason,
            )
        case EventKind.ASSIGNED:
            return msg("Given by {before} to {after}", before=before, after=after)
        case EventKind.RENAMED:
            return msg("Renamed from “{before}” to “{after}”", before=before, after=after)
        case EventKind.LINKED if after:
            return msg("Linked to {kpi}", kpi=_kpi_name(after, kpis))
        case EventKind.LINKED:
            return msg("No longer linked to {kpi}", kpi=_kpi_name(before or "", kpis))
        case _:
            return _course_sentence(event)


def _course_sentence(event: ActionEvent) -> Message:  # noqa: PLR0911 - one return a kind
    before, after = event.before, event.after
    match event.kind:
        case EventKind.PROGRESSED:
            return msg("{after}% done, {before}% before", before=before or 0, after=after or 0)
        case EventKind.PLACED if after:
            return msg("Put under a priority of the plan")
        case EventKind.PLACED:
            return msg("Taken out of the plan")
        case EventKind.EXPECTED:
            return _expected_sentence(*read_expectation(after))
        case EventKind.DROPPED:
            return msg("Given up: {reason}", reason=event.reason)
        case EventKind.CARRIED:
            return msg("Carried over to the next plan")
        case _:
            return msg("Taken up again")


def _expected_sentence(effect: float | None, lag_weeks: int | None) -> Message:
    if effect is None and lag_weeks is None:
        return msg("No effect is expected any more")
    if effect is None:
        return msg_plural(
            "Its effect is expected after {count} week",
            "Its effect is expected after {count} weeks",
            lag_weeks or 0,
        )
    if lag_weeks is None:
        return msg("Expected to bring {effect}", effect=effect)
    return msg_plural(
        "Expected to bring {effect} after {count} week",
        "Expected to bring {effect} after {count} weeks",
        lag_weeks,
        effect=effect,
    )


def _kpi_name(key: str, kpis: Mapping[str, Definition]) -> LocalText | str:
    return kpis[key].name if key in kpis else key


def _exception(point: JudgedPoint, signal: Message) -> Message:
    target = _target(point)
    match point.verdict, point.on_target:
        case Verdict.FIND_THE_CAUSE, False:
            return msg(
                "{off_target}, and {signal}.",
                off_target=target,
                signal=signal,
            )
        case Verdict.FIND_THE_CAUSE, _:
            return msg(
                "{on_target}, but {signal}.",
                on_target=target,
                signal=signal,
            )
        case _, False:
            return msg("Still off target, but improving: {signal}.", signal=signal)
        case _:
            return msg("{on_target}, and {signal}.", on_target=target, signal=signal)


def _target(point: JudgedPoint) -> Message:
    if point.on_target:
        return msg("On target")
    run = point.off_target_run
    if run < 2:  # noqa: PLR2004 - one period is no run
        return msg("Off target")
    match point.point.period.grain:
        case Grain.WEEK:
            return msg_plural(
                "Off target {count} week running", "Off target {count} weeks running", run
            )
        case Grain.MONTH:
            return msg_plural(
                "Off target {count} month running", "Off target {count} months running", run
            )
        case _:
            return msg_plural(
                "Off target {count} quarter running", "Off target {count} quarters running", run
            )


def _signal(point: JudgedPoint, limits: Limits | None) -> Message:
    """Return what the signal saw; the side is read from the value, not from good or bad."""
    value = point.point.value
    above = limits is not None and value is not None and value > limits.centre
    match point.signal:
        case Signal.OUTSIDE:
            return msg("above its natural limits") if above else msg("below its natural limits")
        case Signal.RANGE:
            return msg("changed more than usual from one value to the next")
        case Signal.THREE_OF_FOUR:
            return (
                msg("three of its last four values are well above the average")
                if above
                else msg("three of its last four values are well below the average")
            )
        case _:
            return (
                msg("eight values or more in a row are above the average")
                if above
                else msg("eight values or more in a row are below the average")
            )


def _too_few(row: Row, point: JudgedPoint) -> Message:
    measure, sample = row.definition.measure, point.point.sample
    if measure is not None and sample is not None and sample < measure.min_sample:
        return msg_plural(
            "Only {count} row; below {least}, no verdict.",
            "Only {count} rows; below {least}, no verdict.",
            sample,
            least=measure.min_sample,
        )
    return msg("The history is too short to judge by: shown, not judged.")

"""The gaps of a month in its minutes: each KPI with its cause and what was decided. Pure."""

from dataclasses import dataclass
from datetime import date

from dashboard import format as fmt
from dashboard.report.sheet import Entries, Entry, Fact, Part, Tone
from dashboard.rhythm.gap_review.decision import (
    EarlierDecision,
    GapDecision,
    GapLine,
    GivenAction,
    NewTarget,
    Response,
)
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.words import per_name
from dashboard.text import Language, render, text
from pipelines.analysis.judgement import Aim
from pipelines.kpis.definition import Unit
from pipelines.periods import Calendar


@dataclass(frozen=True)
class Measured:
    """How a KPI's numbers are written.

    Attributes:
        currency: ISO code for money.
    """

    unit: Unit
    currency: str | None
    language: Language

    def aim(self, target: Aim) -> str:
        """Return a target with its unit, for a sentence."""
        return fmt.aim(target, self.unit, self.language, currency=self.currency, in_words=True)


def gaps(minutes: Minutes, calendar: Calendar, language: Language) -> Part | None:
    """Return the gaps that a review looked at; None of any other meeting."""
    if not minutes.gaps:
        return None
    month = fmt.period_in_full(minutes.gaps[0].month, calendar, language)
    heading = text("Gaps, {month}", language, month=month)
    listed = sorted(minutes.gaps, key=lambda one: one.on_target is not False)
    return Part(heading, (Entries(tuple(_entry(one, language) for one in listed)),))


def decided_lines(minutes: Minutes, language: Language) -> list[str]:
    """Return what was decided about gaps, one line a KPI."""
    return [
        text(
            "{name}: {value}",
            language,
            name=one.name,
            value=decided(one, Measured(one.unit, one.currency, language)),
        )
        for one in minutes.gaps
        if one.response is not None
    ]


def decided(decision: GapDecision | GapLine, measured: Measured) -> str:
    """Return what was decided about a gap, with all that belongs to it; "" for nothing."""
    language = measured.language
    target = decision.new_target if isinstance(decision, GapLine) else decision.target
    match decision.response:
        case None:
            return ""
        case Response.ACT:
            return _acting(decision.action, language)
        case Response.ADJUST:
            return _adjusting(target, decision.reason or "", measured)
        case Response.ACCEPT:
            return text("Gap accepted: {reason}", language, reason=decision.reason or "")


def gap_then(earlier: EarlierDecision | None, measured: Measured) -> str:
    """Return what was decided about a gap then; "": nothing."""
    if earlier is None:
        return ""
    return decided_on(earlier.held_on, decided(earlier.decision, measured), measured.language)


def decided_on(held_on: date, said: str, language: Language) -> str:
    """Return what was decided with the day of its meeting."""
    day = fmt.short_day(held_on, language)
    return text("Decided on {day}: {said}", language, day=day, said=said)


def _acting(action: GivenAction | None, language: Language) -> str:
    if action is None:
        return text("Act", language)
    return text(
        "Act: {title} ({owner}, {day})",
        language,
        title=action.title,
        owner=action.owner,
        day=fmt.dated(action.due_on, language),
    )


def _adjusting(target: NewTarget | None, reason: str, measured: Measured) -> str:
    language = measured.language
    if target is None:
        return text("Target adjusted: {reason}", language, reason=reason)
    aim = Aim(target.value, target.max_value, target.at_most)
    per = render(per_name(target.per), language) if target.per else ""
    return text(
        "New target {target} from {day} on: {reason}",
        language,
        target=" ".join(part for part in (measured.aim(aim), per) if part),
        day=fmt.dated(target.valid_from, language),
        reason=reason,
    )


def _entry(line: GapLine, language: Language) -> Entry:
    measured = Measured(line.unit, line.currency, language)
    said = (
        Fact(text("Cause", language), line.cause),
        Fact(text("Decision", language), decided(line, measured), f"gap {line.key}"),
        Fact(text("Decision", language), gap_then(line.earlier, measured)),
    )
    return Entry(
        render(line.name, language),
        _numbers(line, language),
        _tone(line),
        tuple(one for one in said if one.text.strip()),
    )


def _numbers(line: GapLine, language: Language) -> str:
    aim = None if line.target is None else Aim(line.target, line.max_target, line.at_most)
    written = fmt.figures(
        line.actual, aim, line.gap, line.unit, language, currency=line.currency, compact=True
    )
    if aim is None:
        return written.number
    return text(
        "{actual}, target {target}, gap {gap}",
        language,
        actual=written.number,
        target=written.target,
        gap=written.gap,
    )


def _tone(line: GapLine) -> Tone:
    if line.on_target is None:
        return "plain"
    return "good" if line.on_target else "alert"

"""What an earlier review of the same month or quarter decided, beside what this one does. Pure."""

from collections.abc import Sequence
from datetime import date

from dashboard import format as fmt
from dashboard.report.minutes_gaps import decided_on
from dashboard.rhythm.gap_review.decision import EarlierDecision, response_then
from dashboard.rhythm.quarter.model import EarlierVerdict
from dashboard.rhythm.quarter.words import way_name
from dashboard.text import Language, listed, render, text
from pipelines.periods import Calendar, Period


def reviewed_before(
    period: Period, days: Sequence[date], calendar: Calendar, language: Language
) -> str:
    """Return that a month or quarter was reviewed already; "": it was not.

    Args:
        days: Newest first.
    """
    if not days:
        return ""
    return text(
        "{period} was reviewed already, on {days}: what was decided then holds unless it is "
        "decided otherwise.",
        language,
        period=fmt.period_title(period, calendar, language),
        days=listed([fmt.day(one, language) for one in reversed(days)], language),
    )


def verdict_then(earlier: EarlierVerdict | None, language: Language) -> str:
    """Return the verdict about something then; "": there was none."""
    if earlier is None:
        return ""
    verdict = earlier.decided
    said = text(
        "{way}: {reason}",
        language,
        way=render(way_name(verdict.way), language),
        reason=" ".join(part for part in (verdict.reason, verdict.change) if part),
    )
    return decided_on(earlier.held_on, said, language)


def word_then(earlier: EarlierDecision | EarlierVerdict | None, language: Language) -> str:
    """Return the same in a word or two with its day; "": nothing was decided."""
    match earlier:
        case None:
            return ""
        case EarlierDecision():
            name = response_then(earlier.decision.response)
        case EarlierVerdict():
            name = way_name(earlier.decided.way)
    day = fmt.short_day(earlier.held_on, language)
    return text("{decision}, {day}", language, decision=name, day=day)

"""The minutes of a meeting in words. Pure.

What was decided and who does what by when comes first; the numbers are those that were seen.
"""

from collections.abc import Mapping

from dashboard import format as fmt
from dashboard.report.minutes_gaps import gaps
from dashboard.report.minutes_parts import (
    blockers,
    commitments,
    decisions,
    new_actions,
    notes,
    points,
    still_open,
    wins,
)
from dashboard.report.minutes_timing import duration, timing
from dashboard.report.minutes_title import kicker_of, title_of_minutes
from dashboard.report.minutes_verdicts import next_quarter, verdicts
from dashboard.report.scoreboard import scoreboard
from dashboard.report.sheet import Fact, Sentence, Sheet
from dashboard.rhythm.meeting.minutes import Minutes, RatingLine
from dashboard.rhythm.meeting.words import purpose_name
from dashboard.text import Language, listed, render, text, text_plural
from pipelines.periods import Calendar


def minutes_sheet(
    minutes: Minutes,
    language: Language,
    calendar: Calendar,
    *,
    today: Mapping[str, float] | None = None,
) -> Sheet:
    """Return everything minutes say.

    Args:
        minutes: As whoever reads them may see them.
        calendar: The company's, for the number of the week.
        today: Values by KPI that are different now; shown beside those that were seen. None: the
            paper is for keeping, and says what was seen only.
    """
    found = (
        gaps(minutes, calendar, language),
        verdicts(minutes, language),
        next_quarter(minutes, language),
        decisions(minutes, language),
        new_actions(minutes, language),
        commitments(minutes, language),
        blockers(minutes, language),
        # a gap review is about its month, a quarterly review about its quarter
        None
        if minutes.gaps or minutes.verdicts
        else scoreboard(minutes.scoreboard, minutes.week, calendar, language, today or {}),
        wins(minutes, language),
        points(minutes, language),
        notes(minutes, language),
        still_open(minutes, language),
        timing(minutes, language),
    )
    return Sheet(
        language,
        minutes.company,
        kicker_of(minutes, language),
        title_of_minutes(minutes, language),
        _lead(minutes, language),
        _facts(minutes, language),
        tuple(part for part in found if part is not None),
        text("Cap 90 · frozen when the meeting was closed", language),
        minutes.held_on,
    )


def _lead(minutes: Minutes, language: Language) -> tuple[Sentence, ...]:
    brought = minutes.hygiene
    if brought.numbers_meeting:
        gently = text(
            "A numbers meeting: no blocker worked, nothing decided, no new action. "
            "The next one may begin with the blocker that costs most.",
            language,
        )
        return (Sentence(gently, "work"),)
    said = text(
        "{decisions}, {actions}, {blockers}.",
        language,
        decisions=text_plural("{count} decision", "{count} decisions", minutes.decided, language),
        # as many as the table below lists
        actions=text_plural(
            "{count} new action", "{count} new actions", len(minutes.actions), language
        ),
        blockers=text_plural(
            "{count} blocker worked", "{count} blockers worked", brought.worked, language
        ),
    )
    return (Sentence(said),)


def _facts(minutes: Minutes, language: Language) -> tuple[Fact, ...]:
    unmarked = tuple(one.name for one in minutes.attendance if one.present is None)
    took = text(
        "{duration}, {planned} planned",
        language,
        duration=duration(minutes.seconds, language),
        planned=fmt.minutes(minutes.planned_minutes, language),
    )
    found = (
        (text("Purpose", language), render(purpose_name(minutes.purpose), language)),
        (text("Led by", language), minutes.chair or ""),
        (text("Present", language), listed(minutes.present, language)),
        (text("Absent", language), listed(minutes.absent, language)),
        (text("Attendance not marked", language), listed(unmarked, language)),
        (text("Duration", language), took),
        (text("Rating", language), _rating(minutes.rating, language)),
        (
            text("Next meeting", language),
            fmt.full_day(minutes.next_on, language) if minutes.next_on else "",
        ),
    )
    return tuple(Fact(label, said) for label, said in found if said)


def _rating(rating: RatingLine, language: Language) -> str:
    """Return the mean, or why there is none; "" where nobody answered."""
    if rating.mean is not None:
        return text_plural(
            "{rating} ({count} answer)",
            "{rating} ({count} answers)",
            rating.count,
            language,
            rating=fmt.rating(rating.mean, language),
        )
    if not rating.count:
        return ""
    answers = text_plural("{count} answer", "{count} answers", rating.count, language)
    why = text("With fewer than three answers no mean is shown.", language)
    return text("{answers}. {why}", language, answers=answers, why=why)

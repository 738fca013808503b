"""What the gauge and the checklist say, in the reader's language."""

from dashboard import format as shown
from dashboard.rhythm.effect.discipline import IN_TIME, Discipline, Line, Mark, Point
from dashboard.rhythm.effect.gauge import HIGH_RATING, MIN_MEETINGS, Gauge, Reading
from dashboard.text import LANGUAGES, Language, render, text, text_plural
from pipelines.errors import Message, msg
from pipelines.kpis.definition import LocalText, Unit

_MARKS = {
    Mark.MET: msg("as agreed"),
    Mark.MISSED: msg("not as agreed"),
    Mark.DUE: msg("still to do"),
    Mark.NOT_YET: msg("not yet"),
}
_POINTS: dict[Point, Message] = {
    Point.HELD: msg("The weekly meeting is held every week"),
    Point.IN_TIME: msg("It takes {minutes} minutes at most", minutes=IN_TIME),
    Point.KPIS: msg("Five to seven KPIs, for activity and results"),
    Point.OWNED: msg("Every action has an owner and a date"),
    Point.KEPT: msg("Commitments are kept on their day: the goal is 90%"),
    Point.MONTHLY: msg("The gaps are reviewed every month"),
    Point.QUARTERLY: msg("The plan is reviewed every quarter"),
}
#: From which rating on meetings are said to please.
_HIGH = LocalText(*(shown.rating(HIGH_RATING, language) for language in LANGUAGES))
_READINGS: dict[Reading, Message] = {
    Reading.NO_RATINGS: msg(
        "Nobody rates the meetings, so nobody can tell how they are felt. Ask for a number from 1 "
        "to 10 at the close."
    ),
    Reading.UNSUNG: msg(
        "The meetings have an effect; their rating stays below {high}. Ask what makes them hard "
        "before you change what works.",
        high=_HIGH,
    ),
    Reading.NEITHER: msg(
        "The meetings change nothing, and their rating stays below {high}. Work one blocker well "
        "next time, to one decision with owner and date.",
        high=_HIGH,
    ),
}


def gauge_sentence(gauge: Gauge, language: Language) -> str:
    """Return what the gauge says."""
    if gauge.reading is Reading.NOT_YET:
        return text_plural(
            "Not yet: {count} of {needed} meetings. Before that, a gauge would be a guess.",
            "Not yet: {count} of {needed} meetings. Before that, a gauge would be a guess.",
            len(gauge.meetings),
            language,
            needed=MIN_MEETINGS,
        )
    if gauge.reading in {Reading.ILLUSION, Reading.PARTLY, Reading.EARNED}:
        return _pleased(gauge, language)
    return render(_READINGS[gauge.reading], language)


def _pleased(gauge: Gauge, language: Language) -> str:
    """Return what comes of meetings that people like, with the numbers it rests on.

    Commitments are said to be kept only where as many are as the goal asks for.
    """
    rating = rating_words(gauge.rating, language)
    kept = gauge.kept
    if kept.share is None:
        return (
            text(
                "Satisfaction is high ({rating}) and KPIs move in the right direction. No commitment "
                "has fallen due yet.",
                language,
                rating=rating,
            )
            if gauge.moves
            else text(
                "Satisfaction is high ({rating}), but no commitment has fallen due and no KPI began to "
                "move during these meetings.",
                language,
                rating=rating,
            )
        )
    share = shown.value(round(kept.share, 2), Unit.PERCENT, language)
    goal = shown.value(kept.goal, Unit.PERCENT, language)
    said = {"rating": rating, "share": share}
    match gauge.moves, kept.reaches_goal:
        case True, True:
            return text(
                "Satisfaction ({rating}) and effect go together: {share} of commitments were kept, "
                "and KPIs move in the right direction.",
                language,
                **said,
            )
        case True, False:
            return text(
                "Satisfaction is high ({rating}) and KPIs move in the right direction, but only "
                "{share} of commitments were kept; the goal is {goal}.",
                language,
                **said,
                goal=goal,
            )
        case False, True:
            return text(
                "Satisfaction is high ({rating}) and {share} of commitments were kept, but no KPI "
                "began to move during these meetings. Check whether they are the right commitments.",
                language,
                **said,
            )
    if gauge.reading is Reading.ILLUSION:
        return text(
            "Satisfaction is high ({rating}), and nothing changes: only {share} of commitments "
            "were kept, and no KPI began to move. These meetings please more than they help.",
            language,
            **said,
        )
    return text(
        "Satisfaction is high ({rating}), but only {share} of commitments were kept and no KPI "
        "began to move during these meetings.",
        language,
        **said,
    )


def rating_words(rating: float | None, language: Language) -> str:
    """Return an average rating: 8.2/10."""
    if rating is None:
        return shown.NOTHING
    return shown.rating(rating, language)


def share_words(part: int, whole: int, language: Language) -> str:
    """Return a part of a whole with its percentage: 11 of 12 (92 %)."""
    if not whole:
        return shown.NOTHING
    return text(
        "{part} of {whole} ({share})",
        language,
        part=part,
        whole=whole,
        share=shown.value(round(part / whole, 2), Unit.PERCENT, language),
    )


def point_name(point: Point, language: Language) -> str:
    """Return what the method asks for."""
    return render(_POINTS[point], language)


def mark_name(mark: Mark, language: Language) -> str:
    """Return how a point of the checklist stands."""
    return render(_MARKS[mark], language)


def line_words(line: Line, language: Language) -> str:  # noqa: PLR0911 - one return a point
    """Return what was measured for a point of the checklist."""
    if line.mark is Mark.NOT_YET:
        return _not_yet(line, language)
    match line.point:
        case Point.HELD:
            return text_plural(
                "{part} of {count} week",
                "{part} of {count} weeks",
                line.whole,
                language,
                part=line.part,
            )
        case Point.IN_TIME:
            return text_plural(
                "{part} of {count} meeting",
                "{part} of {count} meetings",
                line.whole,
                language,
                part=line.part,
            )
        case Point.KPIS:
            return text(
                "{inputs} activity, {outputs} result KPIs",
                language,
                inputs=line.part,
                outputs=line.whole,
            )
        case Point.OWNED | Point.KEPT:
            return share_words(line.part, line.whole, language)
        case Point.MONTHLY | Point.QUARTERLY:
            if line.mark is Mark.MET:
                return text("held on {day}", language, day=line.day)
            return text("to be held by {day}", language, day=line.day)


def streak_words(discipline: Discipline, language: Language) -> str:
    """Return how long the rhythm has been kept without a gap."""
    if discipline.since is None:
        return text(
            "The count begins with the first weekly meeting that is held and closed.", language
        )
    since = text("The first meeting was held on {day}.", language, day=discipline.since)
    if not discipline.streak:
        broken = text("Last week there was none: this week begins a new streak.", language)
        return f"{broken} {since}"
    streak = text_plural(
        "{count} week in a row.", "{count} weeks in a row.", discipline.streak, language
    )
    return f"{streak} {since}"


def _not_yet(line: Line, language: Language) -> str:
    match line.point:
        case Point.HELD | Point.IN_TIME:
            return text("not yet: no meeting so far", language)
        case Point.KPIS:
            return text("not yet: none is chosen", language)
        case Point.OWNED:
            return text("not yet: no action is open", language)
        case Point.KEPT:
            return text("not yet: nothing was due", language)
        case _:
            if line.day is None:
                return text("not yet: no meeting so far", language)
            return text("not yet: due from {day} on", language, day=line.day)

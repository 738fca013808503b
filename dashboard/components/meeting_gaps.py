"""Gaps in a meeting: every KPI, and the one that is talked about with what it is made of."""

from dataclasses import asdict
from typing import Any

from dashboard import format as shown
from dashboard.components.gap_words import (
    changed_words,
    numbers_words,
    restated_words,
    split_name,
    standing_words,
)
from dashboard.components.meeting_note import note_field
from dashboard.components.meeting_pacts import pacts_beside, pacts_of_kpi
from dashboard.components.meeting_sight import Sight
from dashboard.components.words import grain_name
from dashboard.navigation import Place, address
from dashboard.report.earlier import word_then
from dashboard.report.gap_parts import (
    factors_drawing,
    nothing_judged,
    split_drawing,
    state_of,
)
from dashboard.report.landing_parts import landing_sentence
from dashboard.report.minutes_gaps import Measured, decided, gap_then
from dashboard.report.sheet import Waterfall
from dashboard.rhythm.gap_review.decision import GapDecision, Response, response_then
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.text import Language, render, text, text_plural
from pipelines.gaps import words
from pipelines.gaps.model import Gap
from pipelines.kpis.catalogue import shows_margins
from pipelines.kpis.definition import Unit
from pipelines.periods import Grain

#: For what length of time a target that adds up may be typed.
_PER = (Grain.MONTH, Grain.WEEK, Grain.QUARTER, Grain.YEAR)


def gaps_data(sight: Sight, language: Language) -> dict[str, Any]:
    """Return the gaps that a meeting looks at, and the one it talks about."""
    review = sight.gaps
    if review is None:
        return {"lead": "", "rows": [], "opened": None, "changes": [], "pacts": []}
    opened = _opened(sight, review)
    return {
        "lead": _lead(review, language),
        "rows": [_row(one, review, opened, language) for one in review.exceptions_first],
        "opened": opened and _talked_about(opened, sight, review, language),
        "changes": changed_words(review, sight.calendar, language),
        "pacts": pacts_beside({one.definition.key for one in review.gaps}, sight, language),
    }


def decided_without_action(sight: Sight, language: Language) -> list[dict[str, Any]]:
    """Return what was decided about gaps that nobody acts on."""
    review = sight.gaps
    found = []
    for one in review.decisions if review else ():
        gap = review.gap(one.kpi) if review else None
        if gap is None or one.response is Response.ACT:
            continue
        measured = Measured(gap.definition.unit, gap.currency, language)
        name = render(gap.definition.name, language)
        line = {"id": f"gap {one.kpi}", "changes": False, "owner": name, "due": ""}
        found.append({**line, "title": decided(one, measured)})
    return found


def _opened(sight: Sight, review: GapReview) -> Gap | None:
    """Return the gap that whoever looks opened, else the first one that still waits.

    Of those that wait for nothing, those come first that this meeting has not decided about.
    """
    asked = review.gap(sight.gap_looked_at) if sight.gap_looked_at else None
    if asked is not None:
        return asked
    ordered = review.exceptions_first
    waiting = [one for one in review.missed if not review.is_decided(one.definition.key)]
    again = [one for one in ordered if not review.decision(one.definition.key)]
    return next(iter((*waiting, *again, *ordered)), None)


def _lead(review: GapReview, language: Language) -> str:
    if not review.gaps:
        return text("There is no KPI to look at yet.", language)
    if not review.judged:
        return nothing_judged(language)
    off = review.missed
    if not off:
        return text("No KPI is off target.", language)
    waiting = sum(not review.is_decided(one.definition.key) for one in off)
    return text(
        "{off}, {waiting}.",
        language,
        off=text_plural("{count} KPI off target", "{count} KPIs off target", len(off), language),
        waiting=text_plural(
            "{count} still to decide on", "{count} still to decide on", waiting, language
        )
        if waiting
        else text("all decided on", language),
    )


def _row(gap: Gap, review: GapReview, opened: Gap | None, language: Language) -> dict[str, Any]:
    on_target = gap.month.on_target if gap.month else None
    return {
        "key": gap.definition.key,
        "name": render(gap.definition.name, language),
        "facts": numbers_words(gap, language),
        "state": state_of(gap, language)[0],
        "tone": {True: "good", False: "alert", None: "quiet"}[on_target],
        "decided": _answer(gap.definition.key, review, language),
        "shown": gap is opened,
    }


def _answer(key: str, review: GapReview, language: Language) -> str:
    """Return what was decided about a gap in a word or two, be it in an earlier review."""
    decision = review.decision(key)
    if decision is not None:
        return render(response_then(decision.response), language)
    return word_then(review.earlier_decision(key), language)


def _talked_about(gap: Gap, sight: Sight, review: GapReview, language: Language) -> dict[str, Any]:
    key = gap.definition.key
    decision = review.decision(key)
    measured = Measured(gap.definition.unit, gap.currency, language)
    return {
        "key": key,
        "name": render(gap.definition.name, language),
        "version": decision.version if decision else 0,
        "runs": sight.runs,
        "facts": [
            *standing_words(gap, sight.calendar, language),
            *_landing(gap, language),
            *restated_words(gap, sight.calendar, language),
        ],
        "responsible": text("Responsible: {name}", language, name=gap.responsible)
        if gap.responsible
        else "",
        "drawings": _drawings(gap, language),
        "missing": [
            text("{name}: {value}", language, name=name, value=reason)
            for name, reason in _missing(gap, language)
        ],
        "pacts": pacts_of_kpi(key, sight, language),
        "cause": note_field(
            sight.meeting, f"gap {key}", text("The cause", language), _hint(gap, language)
        ),
        "earlier": gap_then(review.earlier_decision(key), measured),
        "blocker": _handed_on(key, sight, language),
        "decision": decision
        and {
            "response": decision.response.value,
            "said": decided(decision, measured),
            "by": text("Decided by {name}", language, name=decision.decided_by)
            if decision.decided_by
            else "",
            "undone": _undone(decision, sight, language),
        },
        "adjusting": _adjusting(gap, sight, language),
    }


def _undone(decision: GapDecision, sight: Sight, language: Language) -> str:
    """Return which action another decision takes back; "": none."""
    action = decision.action
    open_ones = {one.action.action_id for one in sight.read_back if one.action.is_open}
    if action is None or action.action_id not in open_ones:
        return ""
    return text("Deciding otherwise takes back the action “{title}”.", language, title=action.title)


def _handed_on(key: str, sight: Sight, language: Language) -> dict[str, str] | None:
    """Return where the blocker is talked about that a gap was made; None: it was not."""
    if not any(one.kpi == key for one in sight.meeting.blockers):
        return None
    day = sight.weekly_on
    return {
        "said": text(
            "A blocker for the weekly meeting of {day}",
            language,
            day=shown.full_day(day, language),
        )
        if day
        else text("On the list of blockers", language),
        "href": address(Place.MEETING, language),
    }


def _hint(gap: Gap, language: Language) -> str:
    if shows_margins(gap.definition):
        return text("with the facts; only those who see the margins read it", language)
    return text(
        "with the facts, without blame; everybody who may read the review reads it, "
        "viewers included",
        language,
    )


def _landing(gap: Gap, language: Language) -> list[str]:
    landing = gap.landing
    if landing is None or landing.outlook is None:
        return []
    return [landing_sentence(landing, landing.outlook, language)]


def _drawings(gap: Gap, language: Language) -> list[dict[str, Any]]:
    """Return what the gap is made of, each way as a drawing: what tells most comes first."""
    telling = words.telling(gap.splits)
    splits = [one for one in gap.splits if one.unavailable is None and one.contributions]
    found = [
        _drawn(split_name(one.by, language), split_drawing(gap, one, language))
        for one in sorted(splits, key=lambda one: one is not telling)
    ]
    factors = gap.factors
    if factors is not None and factors.unavailable is None:
        by_factor = factors_drawing(gap, factors, language)
        found.insert(1, _drawn(text("By factor", language), by_factor))
    return found


def _drawn(name: str, drawing: Waterfall) -> dict[str, Any]:
    """Return a drawing with what it tells; None for one that would show nothing."""
    return {
        "name": name,
        "said": drawing.said,
        "drawing": None if drawing.is_flat else asdict(drawing),
    }


def _missing(gap: Gap, language: Language) -> list[tuple[str, str]]:
    """Return what the gap cannot be explained by, and why."""
    found = [
        (split_name(one.by, language), render(one.unavailable, language))
        for one in gap.splits
        if one.unavailable is not None
    ]
    if gap.factors is not None and gap.factors.unavailable is not None:
        found.append((text("By factor", language), render(gap.factors.unavailable, language)))
    return found


def _adjusting(gap: Gap, sight: Sight, language: Language) -> dict[str, Any]:
    """Return what the form for another target begins with."""
    month, week = (sight.calendar.period(one, sight.today) for one in (Grain.MONTH, Grain.WEEK))
    return {
        # finished weeks keep what they had, unless somebody wants it otherwise
        "from": max(month.start, week.start).isoformat(),
        "example": _example(gap.definition.unit, language),
        "range": gap.month is not None and gap.month.max_target is not None,
        "per": [{"value": grain.value, "name": grain_name(grain, language)} for grain in _PER]
        if gap.definition.adds_up
        else None,
    }


def _example(unit: Unit, language: Language) -> str:
    match unit:
        case Unit.PERCENT:
            return text("30%", language)
        case Unit.MONEY:
            return shown.value(150_000, Unit.COUNT, language)
        case _:
            return "25"

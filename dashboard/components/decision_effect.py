"""What a decision did to the KPI it was meant to move, in the reader's language."""

from collections.abc import Iterable
from typing import Literal

from dashboard import format as shown
from dashboard.rhythm.improve.judgement import Finding, Judgement
from dashboard.rhythm.meeting.life import Effect, Unjudged
from dashboard.text import Language, listed, text, text_plural
from pipelines.analysis.signals import MIN_POINTS
from pipelines.kpis.definition import Definition, Unit

Tone = Literal["alert", "work", "good", "quiet", "plain"]
_TONES: dict[Finding, Tone] = {Finding.RIGHT: "good", Finding.WRONG: "alert"}


def tone(effect: Effect) -> Tone:
    """Return how loudly it is said."""
    if effect.judgement is None or effect.beside:
        return "quiet"
    return _TONES.get(effect.judgement.finding, "quiet")


def sentence(effect: Effect, language: Language) -> str:
    """Return what can be said about it, or why nothing can."""
    if effect.judgement is None or effect.kpi is None:
        return _why(effect, language)
    return _finding(effect.judgement, language)


def facts(effect: Effect, language: Language) -> Iterable[tuple[str, str]]:
    """Yield what it rests on, each under its name."""
    judgement, kpi = effect.judgement, effect.kpi
    if judgement is None or kpi is None:
        return
    yield text("Expected", language), _expected(effect, kpi, language)
    if judgement.before is not None and judgement.mean_after is not None:
        yield text("In numbers", language), _compared(judgement, effect, kpi, language)
    if effect.beside:
        beside = text(
            "At the same time, an experiment on the same KPI: {titles}. What moved it cannot be "
            "told for sure.",
            language,
            titles=listed(effect.beside, language),
        )
        yield text("Beside it", language), beside
    elif judgement.finding in {Finding.RIGHT, Finding.WRONG}:
        caution = text(
            "A signal says that something changed; it does not say that the decision did it.",
            language,
        )
        yield text("To keep in mind", language), caution


def in_short(effect: Effect, language: Language) -> str:
    """Return it in a few words; "" where there is nothing to tell."""
    if effect.judgement is None:
        return ""
    if effect.beside:
        return text("Its effect cannot be told apart.", language)
    match effect.judgement.finding:
        case Finding.RIGHT:
            return text("Its KPI moved the right way.", language)
        case Finding.WRONG:
            return text("Its KPI moved the wrong way.", language)
        case Finding.NO_SIGNAL:
            return text("Its KPI did not move.", language)
        case _:
            return text("Its effect cannot be judged.", language)


def _why(effect: Effect, language: Language) -> str:
    match effect.unjudged:
        case Unjudged.NOT_DONE:
            return text("Cannot be judged: it is not done yet.", language)
        case Unjudged.GIVEN_UP:
            return text("Cannot be judged: it was given up.", language)
        case Unjudged.NO_KPI:
            return text("Cannot be judged: it was meant to move no KPI.", language)
        case _:
            return text("Cannot be judged: there are no numbers for its KPI.", language)


def _finding(judgement: Judgement, language: Language) -> str:  # noqa: PLR0911 - one return a finding
    match judgement.finding:
        case Finding.NO_BASELINE:
            return text_plural(
                "Cannot be judged: {count} week with a value before it was done, where {needed} "
                "are needed.",
                "Cannot be judged: {count} weeks with a value before it was done, where {needed} "
                "are needed.",
                judgement.weeks_before,
                language,
                needed=MIN_POINTS,
            )
        case Finding.TOO_EARLY if not judgement.weeks_after:
            return text(
                "Cannot be judged yet: the effect should show from {day} on.",
                language,
                day=judgement.shows_from,
            )
        case Finding.TOO_EARLY:
            return text_plural(
                "Cannot be judged yet: {count} week since {day}, without a signal; {needed} are "
                "needed.",
                "Cannot be judged yet: {count} weeks since {day}, without a signal; {needed} are "
                "needed.",
                judgement.weeks_after,
                language,
                day=judgement.shows_from,
                needed=judgement.needed,
            )
        case Finding.RIGHT:
            return text_plural(
                "The KPI moved the right way: {count} signal in {weeks} weeks since {day}.",
                "The KPI moved the right way: {count} signals in {weeks} weeks since {day}.",
                judgement.signals,
                language,
                weeks=judgement.weeks_after,
                day=judgement.shows_from,
            )
        case Finding.WRONG:
            return text(
                "The KPI moved the wrong way: a signal since {day}.",
                language,
                day=judgement.shows_from,
            )
        case Finding.MIXED:
            return text("No clear answer: signals in both directions.", language)
        case Finding.NO_SIGNAL:
            return text_plural(
                "No effect to be seen: no signal in {count} week since {day}.",
                "No effect to be seen: no signal in {count} weeks since {day}.",
                judgement.weeks_after,
                language,
                day=judgement.shows_from,
            )


def _expected(effect: Effect, kpi: Definition, language: Language) -> str:
    change = (
        text("a signal in the right direction", language)
        if effect.expected is None
        else shown.gap(effect.expected, kpi.unit, language, currency=effect.currency)
    )
    if not effect.lag_weeks:
        return text("{effect}, from the day it was done", language, effect=change)
    return text_plural(
        "{effect}, {count} week after it was done",
        "{effect}, {count} weeks after it was done",
        effect.lag_weeks,
        language,
        effect=change,
    )


def _compared(judgement: Judgement, effect: Effect, kpi: Definition, language: Language) -> str:
    before = judgement.before
    if before is None or judgement.mean_after is None:
        return ""

    def value(number: float) -> str:
        digits = 3 if kpi.unit is Unit.PERCENT else 1
        return shown.value(round(number, digits), kpi.unit, language, currency=effect.currency)

    return text(
        "{mean} on average since then; before, {centre} on average, with routine variation "
        "between {lower} and {upper}.",
        language,
        mean=value(judgement.mean_after),
        centre=value(before.centre),
        lower=value(before.lower),
        upper=value(before.upper),
    )

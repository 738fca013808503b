"""What an experiment and its judgement say, in the reader's language."""

from dashboard import format as shown
from dashboard.rhythm.improve.experiment import Experiment, Outcome
from dashboard.rhythm.improve.judgement import Finding, Judgement
from dashboard.text import Language, render, text, text_plural
from pipelines.analysis.signals import MIN_POINTS
from pipelines.errors import Message, msg
from pipelines.kpis.definition import Definition, Unit

_OUTCOMES: dict[Outcome, Message] = {
    Outcome.GENERALISE: msg("Generalise: everybody does it from now on"),
    Outcome.CHANGE: msg("Change: try it another way"),
    Outcome.STOP: msg("Stop"),
}
_ENDED: dict[Outcome, Message] = {
    Outcome.GENERALISE: msg("Generalised"),
    Outcome.CHANGE: msg("To be changed"),
    Outcome.STOP: msg("Stopped"),
}


def outcome_choice(outcome: Outcome, language: Language) -> str:
    """Return a way to end an experiment, as a choice."""
    return render(_OUTCOMES[outcome], language)


def outcome_word(outcome: Outcome, language: Language) -> str:
    """Return how an experiment ended, in a word."""
    return render(_ENDED[outcome], language)


def origin_word(origin: str, language: Language) -> str:
    """Return where a good practice comes from; the origin itself if it is new to us."""
    match origin.partition(" ")[0]:
        case "win":
            return text("from a win", language)
        case "experiment":
            return text("from an experiment", language)
        case "typed":
            return text("written down", language)
        case _:
            return origin


def expected_words(
    experiment: Experiment, definition: Definition, currency: str | None, language: Language
) -> str:
    """Return what an experiment should bring: +5 points, two weeks after the start."""
    effect = (
        text("a signal in the right direction", language)
        if experiment.effect is None
        else shown.gap(experiment.effect, definition.unit, language, currency=currency)
    )
    if not experiment.lag_weeks:
        return text("{effect}, from the start on", language, effect=effect)
    return text_plural(
        "{effect}, {count} week after the start",
        "{effect}, {count} weeks after the start",
        experiment.lag_weeks,
        language,
        effect=effect,
    )


def judgement_words(
    judgement: Judgement, definition: Definition, currency: str | None, language: Language
) -> str:
    """Return what the weeks say so far, in a sentence or two with the numbers."""
    match judgement.finding:
        case Finding.NO_BASELINE:
            return text_plural(
                "Nothing to compare with: {count} week with a value before the start, where "
                "{needed} are needed.",
                "Nothing to compare with: {count} weeks with a value before the start, where "
                "{needed} are needed.",
                judgement.weeks_before,
                language,
                needed=MIN_POINTS,
            )
        case Finding.TOO_EARLY:
            return _too_early(judgement, language)
        case Finding.RIGHT:
            said = text_plural(
                "It works: {count} signal in the right direction in {weeks} weeks",
                "It works: {count} signals in the right direction in {weeks} weeks",
                judgement.signals,
                language,
                weeks=judgement.weeks_after,
            )
        case Finding.WRONG:
            said = text("It makes things worse: a signal in the wrong direction", language)
        case Finding.MIXED:
            said = text("No clear answer: signals in both directions", language)
        case Finding.NO_SIGNAL:
            said = text_plural(
                "No effect to be seen: no signal in {count} week",
                "No effect to be seen: no signal in {count} weeks",
                judgement.weeks_after,
                language,
            )
    return text(
        "{finding}. {compared}",
        language,
        finding=said,
        compared=_compared(judgement, definition, currency, language),
    )


def _too_early(judgement: Judgement, language: Language) -> str:
    if not judgement.weeks_after:
        return text(
            "Too early: the effect should show from {day} on.", language, day=judgement.shows_from
        )
    return text_plural(
        "Too early: {count} week since {day}, without a signal; after {needed} it can be judged.",
        "Too early: {count} weeks since {day}, without a signal; after {needed} it can be judged.",
        judgement.weeks_after,
        language,
        day=judgement.shows_from,
        needed=judgement.needed,
    )


def _compared(
    judgement: Judgement, definition: Definition, currency: str | None, language: Language
) -> str:
    """Return the average after, beside what was routine before."""
    before, mean = judgement.before, judgement.mean_after
    if before is None or mean is None:
        return ""

    def value(number: float) -> str:
        digits = 3 if definition.unit is Unit.PERCENT else 1
        return shown.value(round(number, digits), definition.unit, language, currency=currency)

    return text(
        "{mean} on average since then; before, {centre} on average, with routine variation "
        "between {lower} and {upper}.",
        language,
        mean=value(mean),
        centre=value(before.centre),
        lower=value(before.lower),
        upper=value(before.upper),
    )

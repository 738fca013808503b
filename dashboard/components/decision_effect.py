"""What a decision did to the KPI it was meant to move, in the reader's language."""

from collections.abc import Iterable
from typing import Literal

from dashboard.rhythm.action import Action
from dashboard.rhythm.improve.judgement import Finding
from dashboard.rhythm.meeting.life import Effect
from dashboard.text import Language, render, text, text_plural

Tone = Literal["alert", "work", "good", "quiet", "plain"]
_TONES: dict[Finding, Tone] = {Finding.RIGHT: "good", Finding.WRONG: "alert"}


def tone(effect: Effect) -> Tone:
    """Return how loudly it is said."""
    return _TONES.get(effect.finding, "quiet") if effect.finding else "quiet"


def facts(effect: Effect, action: Action | None, language: Language) -> Iterable[tuple[str, str]]:
    """Yield what belongs to it, each under its name.

    Args:
        action: None: it is an experiment.
    """
    if action is not None and effect.finding:
        yield text("Expected", language), _expected(effect, action, language)
    if effect.finding in _TONES:
        caution = text(
            "A signal says that something changed; it does not say that the decision did it.",
            language,
        )
        yield text("To keep in mind", language), caution


def in_short(effect: Effect, language: Language) -> str:
    """Return it in a few words; "" where nothing can be said."""
    match effect.finding:
        case None:
            return ""
        case Finding.RIGHT:
            return text("Its KPI moved the right way.", language)
        case Finding.WRONG:
            return text("Its KPI moved the wrong way.", language)
        case Finding.NO_SIGNAL:
            return text("Its KPI did not move.", language)
        case _:
            return text("Its effect cannot be judged.", language)


def _expected(effect: Effect, action: Action, language: Language) -> str:
    change = (
        render(effect.expected, language)
        if effect.expected
        else text("a signal in the right direction", language)
    )
    if not action.lag_weeks:
        return text("{effect}, from the day it was done", language, effect=change)
    return text_plural(
        "{effect}, {count} week after it was done",
        "{effect}, {count} weeks after it was done",
        action.lag_weeks,
        language,
        effect=change,
    )

"""Experiments: what runs, what the weeks say about it, and how it ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from dashboard import format as shown
from dashboard.chart_changes import Change
from dashboard.components.cards import Card, Pressed, Tone, cards
from dashboard.components.messages import plain
from dashboard.navigation import Place, address
from dashboard.rhythm.improve import words
from dashboard.rhythm.improve.experiment import Experiment, Outcome
from dashboard.rhythm.improve.experiments import Trial
from dashboard.rhythm.improve.judgement import Finding
from dashboard.text import Language, render, text

_CHANGE, _END, _KEEP = "change", "end", "keep"
_TONES: dict[Finding, Tone] = {Finding.RIGHT: "good", Finding.WRONG: "alert"}


@dataclass(frozen=True)
class Asked:
    """What somebody has just asked to do with an experiment."""

    experiment: Experiment
    ends: bool


def experiment_list(
    found: Sequence[Trial],
    currency: str,
    language: Language,
    *,
    may_edit: bool,
    keep: Callable[[Experiment], None],
) -> Asked | None:
    """Show experiments, with what the weeks say.

    Args:
        keep: Called with an experiment that becomes a good practice, before the page is drawn
            again.

    Returns:
        What somebody has just asked to change or end, else None.
    """
    by_number = {one.experiment.experiment_id: one.experiment for one in found}

    def seen(pressed: Pressed) -> Experiment:
        # what the person saw, though the list may be newer by now
        return replace(by_number[pressed.number], version=pressed.version)

    def press(pressed: Pressed) -> None:
        if pressed.key == _KEEP:
            keep(seen(pressed))

    pressed = cards(
        "experiments",
        text("Experiments", language),
        [_card(one, currency, language, may_edit=may_edit) for one in found],
        press=press,
    )
    if pressed is None or pressed.key not in {_CHANGE, _END}:
        return None
    return Asked(seen(pressed), ends=pressed.key == _END)


def kpis_on_trial(
    kpis: Mapping[str, str], trials: Sequence[Trial], language: Language
) -> dict[str, str]:
    """Return names of KPIs; those that an experiment is to move already say so."""
    running = {
        one.experiment.kpi: one.experiment.title
        for one in trials
        if one.experiment.ended_on is None
    }
    return {
        key: text(
            "{kpi} (already on trial: {title}; neither could be judged)",
            language,
            kpi=name,
            title=running[key],
        )
        if key in running
        else name
        for key, name in kpis.items()
    }


def changed(trial: Trial) -> Change | None:
    """Return an experiment as the chart of its KPI draws it; None without numbers."""
    judgement = trial.judgement
    if judgement is None:
        return None
    return Change(
        trial.experiment.starts_on,
        judgement.shows_from,
        judgement.before,
        judgement.after,
    )


def trial_caption(trial: Trial, currency: str | None, language: Language) -> None:
    """Say under the chart of a KPI what the weeks say about the experiment that it shows."""
    verdict = _verdict(trial, currency, language)
    colon = ": " if language == "en" else "\N{NO-BREAK SPACE}: "
    st.markdown(
        f"**{plain(text('Experiment', language) + colon + trial.experiment.title)}** — "
        f"{plain(verdict[1])} "
        f"[{text('All experiments', language)}]({address(Place.EXPERIMENTS, language)})"
    )


def _card(one: Trial, currency: str, language: Language, *, may_edit: bool) -> Card:
    experiment = one.experiment
    ended = experiment.ended_on is not None
    return Card(
        experiment.experiment_id,
        experiment.version,
        eyebrow=_eyebrow(experiment, language),
        title=experiment.title,
        warning=None if ended else _warning(one, language),
        text=experiment.hypothesis,
        rows=_rows(one, currency, language),
        verdict=_verdict(one, currency, language),
        links=_links(one, language),
        buttons=_buttons(experiment, language) if may_edit else (),
        offer=_offer(experiment, language) if may_edit else None,
    )


def _eyebrow(experiment: Experiment, language: Language) -> str:
    start = shown.dated(experiment.starts_on, language)
    if experiment.ended_on is None or experiment.outcome is None:
        facts = [text("Since {day}", language, day=start)]
    else:
        end = shown.dated(experiment.ended_on, language)
        facts = [
            words.outcome_word(experiment.outcome, language),
            text("from {start} to {end}", language, start=start, end=end),
        ]
    return " · ".join([*facts, experiment.owner] if experiment.owner else facts)


def _rows(one: Trial, currency: str, language: Language) -> tuple[tuple[str, str], ...]:
    experiment, kpi = one.experiment, one.kpi
    rows = [(text("KPI", language), render(kpi.name, language) if kpi else experiment.kpi)]
    if kpi:
        expected = words.expected_words(experiment, kpi, currency, language)
        rows.append((text("Expected", language), expected))
    if experiment.conclusion:
        rows.append((text("Learned", language), experiment.conclusion))
    return tuple(rows)


def _verdict(one: Trial, currency: str | None, language: Language) -> tuple[Tone, str]:
    if one.judgement is None or one.kpi is None:
        return "quiet", text("There are no numbers for its KPI.", language)
    said = words.judgement_words(one.judgement, one.kpi, currency, language)
    return _TONES.get(one.judgement.finding, "quiet"), said


def _warning(one: Trial, language: Language) -> str | None:
    if not one.beside:
        return None
    titles = [
        f"“{other.title}”"
        if language == "en"
        else f"«\N{NO-BREAK SPACE}{other.title}\N{NO-BREAK SPACE}»"
        for other in one.beside
    ]
    if any(other.ended_on is None for other in one.beside):
        return text(
            "At the same time on the same KPI: {titles}. Neither can be judged; end one first.",
            language,
            titles=titles,
        )
    return text(
        "For a part of the time, on the same KPI: {titles}. What moved it cannot be told for sure.",
        language,
        titles=titles,
    )


def _links(one: Trial, language: Language) -> tuple[tuple[str, str], ...]:
    if one.kpi is None:
        return ()
    return ((text("See the chart", language), address(Place.KPI, language, kpi=one.kpi.key)),)


def _buttons(experiment: Experiment, language: Language) -> tuple[tuple[str, str], ...]:
    if experiment.ended_on is not None:
        return ()
    return ((_END, text("End the experiment", language)), (_CHANGE, text("Change", language)))


def _offer(experiment: Experiment, language: Language) -> tuple[str, str] | None:
    if experiment.outcome is Outcome.GENERALISE and experiment.practice_id is None:
        return _KEEP, text("Keep as a good practice", language)
    return None

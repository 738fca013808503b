"""What adopting the next quarter does, in short: asked before it is done, wherever it is."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dashboard import format as shown
from dashboard.rhythm.quarter.draft import Draft
from dashboard.rhythm.quarter.model import Way
from dashboard.rhythm.quarter.target_words import changing, moved
from dashboard.text import Language, listed, render, text, text_plural
from pipelines.kpis.definition import Definition


class Adopting(NamedTuple):
    """What is said before the next quarter is adopted.

    Attributes:
        said: A sentence each: plan, KPIs, dates that are moved, the plan before it, targets.
        targets: Each that changes, from what to what.
    """

    said: tuple[str, ...]
    targets: tuple[str, ...]


def adopting_it(
    draft: Draft, known: Mapping[str, Definition], currency: str, language: Language
) -> Adopting:
    """Return what becomes of plans, actions, KPIs and targets once a draft is adopted.

    Args:
        draft: Dated: its targets say what they come in place of.
        known: The KPIs that whoever is asked may see, by key.
    """
    targets = tuple(_targets(draft, known, currency, language))
    when = changing(draft) if targets else None
    found = (
        _takes_over(draft, language),
        _unfollowed(draft, known, language),
        *_moved(draft, language),
        _cut_short(draft, language),
        render(when, language) if when else text("No target changes.", language),
    )
    return Adopting(tuple(one for one in found if one), targets)


def _takes_over(draft: Draft, language: Language) -> str:
    dropped = sum(one.way is Way.DROP for one in draft.actions)
    carried = len(draft.actions) - dropped
    kpis = sum(one.key is not None for one in draft.kpis)
    parts = [
        text_plural("{count} action goes on", "{count} actions go on", carried, language),
        text_plural("{count} is given up", "{count} are given up", dropped, language)
        if dropped
        else "",
        text_plural("{count} KPI is followed", "{count} KPIs are followed", kpis, language),
    ]
    return text(
        "The plan from {start} to {end} takes over: {parts}. What was before stays in the history.",
        language,
        start=shown.short_day(draft.starts_on, language),
        end=shown.day(draft.ends_on, language),
        parts=listed([part for part in parts if part], language),
    )


def _unfollowed(draft: Draft, known: Mapping[str, Definition], language: Language) -> str:
    """Return which KPIs are followed until now and not any more; "" where all of them are."""
    wanted = {one.key for one in draft.kpis}
    gone = [key for key in draft.chosen if key not in wanted and key in known]
    if not gone:
        return ""
    names = listed([render(known[key].name, language) for key in gone], language)
    return text("No longer followed: {names}.", language, names=names)


def _moved(draft: Draft, language: Language) -> Iterator[str]:
    """Yield each action that goes on and is due on another day."""
    for one in draft.actions:
        if one.way is Way.DROP or one.due_before is None or one.due_before == one.due_on:
            continue
        yield text(
            "Date moved: {title}, {before} → {day}",
            language,
            title=one.title,
            before=shown.dated(one.due_before, language),
            day=shown.dated(one.due_on, language),
        )


def _cut_short(draft: Draft, language: Language) -> str:
    """Return that the plan in force ends before its last day; "" where it does not."""
    if draft.cut_short is None:
        return ""
    return text(
        "The plan in force ends today instead of on {day}: its open actions move to the new plan with "
        "their priority, or stay with their owners where it does not go on.",
        language,
        day=shown.day(draft.cut_short, language),
    )


def _targets(
    draft: Draft, known: Mapping[str, Definition], currency: str, language: Language
) -> Iterator[str]:
    for one in draft.targets:
        kpi = known.get(one.key)
        if one.is_another and kpi is not None:
            value = moved(one.former, one, kpi.unit, currency)
            yield text("{name}: {value}", language, name=kpi.name, value=value)

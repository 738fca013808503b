"""What adopting the next quarter does, in one sentence: asked before it is done, wherever it is."""

from dashboard import format as shown
from dashboard.rhythm.quarter.draft import Draft
from dashboard.rhythm.quarter.model import Way
from dashboard.text import Language, listed, text, text_plural


def adopting_it(draft: Draft, language: Language) -> str:
    """Return what becomes of actions, KPIs and targets once a draft is adopted.

    Args:
        draft: Dated: its targets say what they come in place of.
    """
    dropped = sum(one.way is Way.DROP for one in draft.actions)
    carried = len(draft.actions) - dropped
    kpis = sum(one.key is not None for one in draft.kpis)
    changed = sum(one.is_another for one in draft.targets)
    parts = [
        text_plural("{count} action goes on", "{count} actions go on", carried, language),
        text_plural("{count} is given up", "{count} are given up", dropped, language)
        if dropped
        else "",
        text_plural("{count} KPI is followed", "{count} KPIs are followed", kpis, language),
        text_plural(
            "{count} target changes from {day} on",
            "{count} targets change from {day} on",
            changed,
            language,
            day=shown.day(draft.aims_from or draft.quarter.start, language),
        )
        if changed
        else text("no target changes", language),
    ]
    return text(
        "The plan from {start} to {end} takes over: {parts}. What was before stays in the history.",
        language,
        start=shown.short_day(draft.starts_on, language),
        end=shown.day(draft.ends_on, language),
        parts=listed([part for part in parts if part], language),
    )

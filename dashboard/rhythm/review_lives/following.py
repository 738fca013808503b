"""What a verdict changed in the next quarter, as it was adopted. Pure."""

from collections.abc import Iterator, Mapping

from dashboard.rhythm.quarter.draft import Draft, NextQuarter
from dashboard.rhythm.quarter.model import Item, Part, Way
from dashboard.rhythm.quarter.target_words import whole
from dashboard.rhythm.quarter.work_words import outcome_name
from pipelines.errors import Message, msg
from pipelines.kpis.definition import Definition


def follows(
    item: Item, following: NextQuarter | None, known: Mapping[str, Definition]
) -> Iterator[Message]:
    """Yield what the next quarter has of something; nothing of rituals, which are in no plan.

    Args:
        following: As whoever reads may see it; None: it was not adopted.
        known: The KPIs that exist for them.
    """
    if item.part is Part.RITUALS:
        return
    if following is None:
        yield msg("The next quarter is not adopted yet.")
    elif item.kpi is not None:
        yield from _kpi(item.kpi.key, item.kpi.currency, following.draft, known)
    elif item.work is not None and item.work.experiment:
        yield _experiment(item.work.number, following.draft)
    elif item.work is not None:
        yield _action(item.work.number, following.draft)


def _kpi(
    key: str, currency: str | None, draft: Draft, known: Mapping[str, Definition]
) -> Iterator[Message]:
    instead = next((one.key for one in draft.kpis if one.instead_of == key and one.key), None)
    if any(one.key == key for one in draft.kpis):
        yield msg("It stays among the KPIs.")
    elif instead is not None and instead in known:
        yield msg("{kpi} takes its place.", kpi=known[instead].name)
    else:
        yield msg("It is no longer among the KPIs.")
    for aimed in draft.targets:
        if aimed.key == key and key in known:
            yield msg("Target: {target}", target=whole(aimed, known[key].unit, currency))
    for one in draft.priorities:
        if one.kpi == key:
            yield msg("Priority of the plan: “{title}”", title=one.title)


def _experiment(number: int, draft: Draft) -> Message:
    found = next((one for one in draft.experiments if one.experiment_id == number), None)
    if found is None:
        return msg("It was over already.")
    if found.outcome is None:
        return msg("It goes on.")
    return msg("It ends: {outcome}.", outcome=outcome_name(found.outcome))


def _action(number: int, draft: Draft) -> Message:
    found = next((one for one in draft.actions if one.action_id == number), None)
    if found is None:
        return msg("It was over already.")
    if found.way is Way.DROP:
        return msg("It is given up.")
    return msg("It goes on: {owner}, by {day}.", owner=found.owner, day=found.due_on)

"""What a draft aims at, and from when on, in words. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from dashboard import format as fmt
from dashboard.rhythm.gap_review.decision import NewTarget
from dashboard.rhythm.quarter.amounts import amount
from dashboard.rhythm.quarter.draft import Draft, DraftTarget, LaterTarget, says
from dashboard.rhythm.words import per_name
from dashboard.text import LANGUAGES, Language, listed, render
from pipelines.analysis.judgement import Aim
from pipelines.errors import Message, msg
from pipelines.kpis.definition import LocalText, Unit
from pipelines.kpis.target import Target, turns
from pipelines.periods import Grain, Period

Aimed = DraftTarget | LaterTarget | NewTarget | Target


def aimed(one: Aimed, unit: Unit, currency: str | None, *, in_words: bool = False) -> LocalText:
    """Return a target, with the time it is for: 20 a week.

    Args:
        in_words: For a sentence: see ``format.aim``.
    """
    aim = Aim(one.value, one.max_value, one.at_most)

    def written(language: Language) -> str:
        target = fmt.aim(aim, unit, language, currency=currency, compact=True, in_words=in_words)
        return f"{target} {render(per_name(one.per), language)}" if one.per else target

    return LocalText(*map(written, LANGUAGES))


def around(one: DraftTarget, unit: Unit, currency: str | None) -> tuple[Message, ...]:
    """Return from when on a target holds, and what becomes of what was decided for later days."""
    found = []
    if (day := one.valid_from) is not None:
        found.append(_holds(one, day, unit, currency))
    if one.later:
        said = _later(one, unit, currency)
        after = msg("then {later}", later=said)
        found.append(after if one.stays else msg("in place of {later}", later=said))
    return tuple(found)


def changing(draft: Draft) -> Message | None:
    """Return on which day the targets of a draft change, and why on that one; None: nobody knows."""
    if draft.aims_from is None:
        return None
    if draft.aims_from == draft.quarter.start:
        return msg("Targets change on {day}, the first day of the quarter.", day=draft.aims_from)
    return msg(
        "Targets change on {day}, the first day of the week: a week is not split between two.",
        day=draft.aims_from,
    )


def _holds(one: DraftTarget, day: date, unit: Unit, currency: str | None) -> Message:
    if not one.stays:
        return msg("from {day} on", day=day)
    if one.former is not None and one.former.valid_from == day:
        if one.before is not None:
            before = _as_beside(one.before, one, unit, currency)
            return msg("since {day} ({before} before)", day=day, before=before)
        return msg("unchanged since {day}", day=day)
    return msg("unchanged (from {day} on)", day=day)


def aims_apart(draft: Draft, measured: Mapping[str, tuple[Unit, str | None]]) -> Iterator[Message]:
    """Yield the priorities that aim at something else than the target of their KPI.

    Args:
        measured: Unit and currency of each KPI by its key; others are left out.
    """
    targets = {one.key: one for one in draft.targets}
    for one in draft.priorities:
        target = targets.get(one.kpi or "")
        if target is None or target.key not in measured or one.to_value is None:
            continue
        # a priority counts by the week; only what is counted alike can be compared
        if target.per not in {None, Grain.WEEK}:
            continue
        steps: list[DraftTarget | LaterTarget] = [target, *target.later]
        if any(_aims_at(each, one.to_value) for each in steps):
            continue
        unit, currency = measured[target.key]
        yield msg(
            "The priority “{title}” aims at {value}, the target is {target}.",
            title=one.title,
            value=amount(one.to_value, unit, currency),
            target=aimed(target, unit, currency, in_words=True),
        )


def _aims_at(target: DraftTarget | LaterTarget, value: float) -> bool:
    upper = target.value if target.max_value is None else target.max_value
    return target.value <= value <= upper


def whole(one: DraftTarget, unit: Unit, currency: str | None) -> LocalText:
    """Return a target with what it becomes: 30%, then 29% from December 1, 2026 on."""
    said = around(one, unit, currency)
    # of what stays as it is, only what comes after it is news
    parts: list[Message | LocalText] = [aimed(one, unit, currency)]
    parts += said[1:] if one.stays else said
    return LocalText(
        *(", ".join(render(each, language) for each in parts) for language in LANGUAGES)
    )


def moved(
    former: LaterTarget | Target | None, one: Aimed, unit: Unit, currency: str | None
) -> LocalText:
    """Return a target after the one that it follows, if there is any: 9 → 12 a week."""
    now = aimed(one, unit, currency)
    if former is None:
        return now
    before = _as_beside(former, one, unit, currency)
    return LocalText(*(f"{render(before, each)} → {render(now, each)}" for each in LANGUAGES))


def turned(
    targets: Sequence[Target], key: str, period: Period, unit: Unit, currency: str | None
) -> Iterator[Message]:
    """Yield each target of the company that began in a period in place of another one.

    Args:
        targets: Every target that was ever set.
    """
    own = [one for one in targets if one.key == key and one.whose is None]
    held = [
        (day, one)
        for day, one in turns(own, period.start - timedelta(days=1))
        if one is not None and day < period.end
    ]
    for (_, before), (day, now) in pairwise(held):
        if says(before) != says(now):
            yield msg(
                "Target: {now} from {day} on ({before} before).",
                now=aimed(now, unit, currency, in_words=True),
                day=day,
                before=_as_beside(before, now, unit, currency, in_words=True),
            )


def _as_beside(
    former: LaterTarget | Target,
    one: Aimed,
    unit: Unit,
    currency: str | None,
    *,
    in_words: bool = False,
) -> LocalText:
    """Return a former target beside another one: for how long both are is said once."""
    alone = replace(former, per=None) if former.per is one.per else former
    return aimed(alone, unit, currency, in_words=in_words)


def _later(one: DraftTarget, unit: Unit, currency: str | None) -> LocalText:
    def written(language: Language) -> str:
        said = [
            msg("{target} from {day} on", target=aimed(each, unit, currency), day=each.valid_from)
            for each in one.later
        ]
        return listed([render(each, language) for each in said], language)

    return LocalText(*map(written, LANGUAGES))

"""What a draft aims at, and from when on, in words. Pure."""

from dataclasses import replace
from datetime import date

from dashboard import format as fmt
from dashboard.rhythm.gap_review.decision import NewTarget
from dashboard.rhythm.quarter.draft import DraftTarget, LaterTarget
from dashboard.rhythm.words import per_name
from dashboard.text import LANGUAGES, Language, listed, render
from pipelines.analysis.judgement import Aim
from pipelines.errors import Message, msg
from pipelines.kpis.definition import LocalText, Unit
from pipelines.kpis.target import Target

Aimed = DraftTarget | LaterTarget | NewTarget | Target


def aimed(one: Aimed, unit: Unit, currency: str | None) -> LocalText:
    """Return a target, with the time it is for: 20 a week."""
    aim = Aim(one.value, one.max_value, one.at_most)

    def written(language: Language) -> str:
        target = fmt.aim(aim, unit, language, currency=currency, compact=True)
        return f"{target} {render(per_name(one.per), language)}" if one.per else target

    return LocalText(*map(written, LANGUAGES))


def around(one: DraftTarget, unit: Unit, currency: str | None) -> tuple[Message, ...]:
    """Return from when on a target holds, and what becomes of what was decided for later days."""
    found = []
    if (day := one.valid_from) is not None:
        found.append(_holds(one, day))
    if one.later:
        said = _later(one, unit, currency)
        after = msg("then {later}", later=said)
        found.append(after if one.stays else msg("in place of {later}", later=said))
    return tuple(found)


def _holds(one: DraftTarget, day: date) -> Message:
    if not one.stays:
        return msg("from {day} on", day=day)
    if one.former is not None and one.former.valid_from == day:
        return msg("unchanged since {day}", day=day)
    return msg("unchanged (from {day} on)", day=day)


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
    # for how long both are is said once
    same = former.per is one.per
    before = aimed(replace(former, per=None) if same else former, unit, currency)
    return LocalText(*(f"{render(before, each)} → {render(now, each)}" for each in LANGUAGES))


def _later(one: DraftTarget, unit: Unit, currency: str | None) -> LocalText:
    def written(language: Language) -> str:
        said = [
            msg("{target} from {day} on", target=aimed(each, unit, currency), day=each.valid_from)
            for each in one.later
        ]
        return listed([render(each, language) for each in said], language)

    return LocalText(*map(written, LANGUAGES))

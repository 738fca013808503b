"""What a gap says in words while it is talked about."""

from collections.abc import Mapping

from dashboard import format as shown
from dashboard.report.landing_parts import chance, deal_amount, rests_on, stage_name
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.words import entity_name
from dashboard.text import Language, render, text
from pipelines.analysis.judgement import Aim
from pipelines.errors import Message, msg
from pipelines.gaps.model import Gap, Standing
from pipelines.landing.model import Decisive, Landing
from pipelines.periods import Calendar

_SPLITS: Mapping[str, Message] = {
    "owner": msg("By salesperson"),
    "segment": msg("By segment"),
    "region": msg("By region"),
    "lead_source": msg("By source"),
    "business_unit": msg("By business unit"),
    "product_line": msg("By product line"),
}


def split_name(by: str, language: Language) -> str:
    """Return what a gap is divided by."""
    found = _SPLITS.get(by)
    return render(found, language) if found else by


def numbers_words(gap: Gap, language: Language) -> str:
    """Return a KPI's month on one line: actual, target, gap; or why there is none."""
    if gap.month is None:
        return render(gap.unavailable or msg("There is no number."), language)
    return _numbers(gap.month, gap, language)


def standing_words(gap: Gap, calendar: Calendar, language: Language) -> list[str]:
    """Return the month and the quarter to date, each as a sentence."""
    if gap.month is None:
        return [render(gap.unavailable or msg("There is no number."), language)]
    month = shown.period_name(gap.month.period, calendar, language)
    found = [_standing(gap.month, gap, month, language)]
    # in the first month of a quarter they are the same
    if gap.to_date is not None and gap.to_date.period.start != gap.month.period.start:
        name = text(
            "{quarter} up to {day}",
            language,
            quarter=shown.period_name(gap.to_date.period, calendar, language),
            day=shown.short_day(gap.to_date.period.last_day, language),
        )
        found.append(_standing(gap.to_date, gap, name, language))
    return found


def restated_words(gap: Gap, calendar: Calendar, language: Language) -> list[str]:
    """Return that the month before is another one today than it was said to be; nothing if not."""
    if gap.restated is None or gap.month is None:
        return []
    then, now = gap.restated
    return [
        text(
            "{month} was {then} in its own review; today the data say {now}.",
            language,
            month=shown.period_in_full(calendar.previous(gap.month.period), calendar, language),
            then=_value(then, gap, language),
            now=_value(now, gap, language),
        )
    ]


def changed_words(review: GapReview, calendar: Calendar, language: Language) -> list[str]:
    """Return what changed in the data since the last gap review, one sentence a thing."""
    if review.last_on is None:
        return []
    found = [
        text(
            "{file} ({entity}): {added} new, {changed} changed, {rejected} set aside.",
            language,
            file=one.file_name,
            entity=entity_name(one.entity),
            added=one.added,
            changed=one.changed,
            rejected=one.rejected,
        )
        for one in review.intakes
    ]
    found += [
        text("{name}: {value}", language, name=one.definition.name, value=sentence)
        for one in review.gaps
        for sentence in restated_words(one, calendar, language)
    ]
    day = review.last_on
    return found or [text("Nothing was taken in since the review of {day}.", language, day=day)]


def decisive_words(one: Decisive, landing: Landing, language: Language) -> tuple[str, str]:
    """Return what is known about a decisive deal, and what becomes of the landing without it."""
    deal = one.deal
    known = [
        deal_amount(deal, landing, language) if deal.amount is not None else "",
        deal.owner or "",
        stage_name(deal, language),
        text("chance {chance}", language, chance=chance(deal.chance, language)),
        rests_on(deal, language),
    ]
    amount = _amount(float(one.without), landing, language)
    without = (
        text("Without it: {amount}", language, amount=amount)
        if one.chance_without is None
        else text(
            "Without it: {amount}, chance of the target {chance}",
            language,
            amount=amount,
            chance=chance(one.chance_without, language),
        )
    )
    return " · ".join(part for part in known if part), without


def plain_landing(landing: Landing, language: Language) -> str:
    """Return where a quarter ends where that is one number; or why nobody can tell."""
    if landing.unavailable is not None or landing.value is None:
        return render(landing.unavailable or msg("There is no number."), language)
    unit, currency = landing.definition.unit, landing.currency
    value = _amount(landing.value, landing, language)
    if landing.aim is None:
        return text("{value} at today’s pace, no target", language, value=value)
    said = text(
        "{value} at today’s pace, target {target}",
        language,
        value=value,
        target=shown.aim(landing.aim, unit, language, currency=currency, compact=True),
    )
    return f"{said}. {render(landing.aim_note, language)}" if landing.aim_note else said


def _standing(standing: Standing, gap: Gap, name: str, language: Language) -> str:
    numbers = _numbers(standing, gap, language)
    if standing.last_year is None:
        return text("{name}: {value}", language, name=name, value=numbers)
    return text(
        "{name}: {value} (a year before {before})",
        language,
        name=name,
        value=numbers,
        before=_value(standing.last_year, gap, language),
    )


def _numbers(standing: Standing, gap: Gap, language: Language) -> str:
    aim = (
        None
        if standing.target is None
        else Aim(standing.target, standing.max_target, standing.at_most)
    )
    written = shown.figures(
        standing.actual,
        aim,
        standing.gap,
        gap.definition.unit,
        language,
        currency=gap.currency,
        compact=True,
    )
    if aim is None:
        return text("{value}, no target", language, value=written.number)
    return text(
        "{actual}, target {target}, gap {gap}",
        language,
        actual=written.number,
        target=written.target,
        gap=written.gap,
    )


def _value(number: float | None, gap: Gap, language: Language) -> str:
    return shown.value(number, gap.definition.unit, language, currency=gap.currency, compact=True)


def _amount(number: float, landing: Landing, language: Language) -> str:
    unit = landing.definition.unit
    return shown.value(number, unit, language, currency=landing.currency, compact=True)

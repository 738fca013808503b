"""Where a quarter ends, on paper: the range, the deals that make it, how good earlier ones were. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from dashboard import format as fmt
from dashboard.report.sheet import (
    Block,
    Cell,
    Column,
    Mark,
    Part,
    Range,
    Sentence,
    Subheading,
    Table,
)
from dashboard.text import Language, render, text, text_plural
from pipelines.kpis.definition import Unit
from pipelines.landing.model import Decisive, Landing, OpenDeal, Outlook, Score, TrackRecord
from pipelines.periods import Calendar


def landing_part(
    landings: Sequence[Landing],
    records: Sequence[TrackRecord],
    language: Language,
    calendar: Calendar,
) -> Part | None:
    """Return where the quarter ends for each KPI that has a range; None if none has.

    Args:
        records: Track records of the same KPIs, in any order.
    """
    found = [(one, one.outlook) for one in landings if one.outlook is not None]
    if not found:
        return None
    by_key = {one.definition.key: one for one in records}
    quarter = fmt.period_name(found[0][0].period, calendar, language)
    seen = fmt.day(found[0][0].as_of, language)
    blocks: list[Block] = [
        Sentence(text("Seen from {day}.", language, day=seen), "quiet"),
    ]
    for landing, outlook in found:
        blocks += [
            Subheading(render(landing.definition.name, language)),
            landing_range(landing, outlook, language),
            *decisive_table(landing, outlook, language),
            *(Sentence(render(note, language), "quiet") for note in landing.notes),
            *track_record(by_key.get(landing.definition.key), language),
        ]
    heading = text("Where {quarter} ends", language, quarter=quarter)
    return Part(heading, tuple(blocks))


def landing_sentence(landing: Landing, outlook: Outlook, language: Language) -> str:
    """Return a landing in a sentence."""
    middle = _amount(outlook.middle, landing, language)
    if outlook.low == outlook.high:
        # what never happened before may happen: no range is no certainty
        return text(
            "Most likely {middle}; history does not tell how far off that may be.",
            language,
            middle=middle,
        )
    between = text(
        "Most likely {middle}; eight times in ten between {low} and {high}.",
        language,
        middle=middle,
        low=_amount(outlook.low, landing, language),
        high=_amount(outlook.high, landing, language),
    )
    if outlook.chance is None or landing.aim is None:
        return between
    target = _amount(landing.aim.value, landing, language)
    reached = text(
        "Chance to reach the target of {target}: {chance}.",
        language,
        target=target,
        chance=chance(outlook.chance, language),
    )
    return f"{between} {reached}"


def chance(share: float, language: Language) -> str:
    """Return a probability in percent, never as certain as it is not."""
    least, most = 0.01, 0.99
    if share < least:
        return text("under {share}", language, share=_percent(least, language))
    if share > most:
        return text("over {share}", language, share=_percent(most, language))
    return _percent(share, language)


def landing_range(landing: Landing, outlook: Outlook, language: Language) -> Range:
    """Return a landing as a drawing."""
    aim = Decimal(str(landing.aim.value)) if landing.aim else None
    most = max(outlook.high, outlook.closed, aim or Decimal(0)) * Decimal("1.04") or Decimal(1)

    def at(amount: Decimal) -> float:
        return min(max(float(amount / most), 0.0), 1.0)

    closed = _amount(outlook.closed, landing, language)
    likely = _amount(outlook.middle, landing, language)
    marks = [
        Mark(text("closed {amount}", language, amount=closed), at(outlook.closed)),
        Mark(text("likely {amount}", language, amount=likely), at(outlook.middle), "value"),
    ]
    if aim is not None:
        target = _amount(aim, landing, language)
        marks.append(Mark(text("target {amount}", language, amount=target), at(aim), "aim"))
    return Range(
        landing_sentence(landing, outlook, language),
        at(outlook.closed),
        at(outlook.low),
        at(outlook.high),
        tuple(marks),
    )


def decisive_table(
    landing: Landing, outlook: Outlook, language: Language
) -> tuple[Sentence | Table, ...]:
    """Return the handful of deals that make a landing, and what becomes of it without each."""
    others = unseen_deals(outlook, language)
    more = (Sentence(text("{said}.", language, said=others), "quiet"),) if others else ()
    if not outlook.decisive:
        return more
    columns = (
        Column(text("Deal", language), wide=True),
        Column(text("Amount", language), number=True),
        Column(text("Chance", language), number=True),
        Column(text("Landing without it", language), number=True),
        Column(text("Chance of the target without it", language), number=True),
    )
    rows = tuple(_decisive(one, landing, language) for one in outlook.decisive)
    own = text_plural(
        "Your deal among those that make it:",
        "Your {count} deals among those that make it:",
        len(rows),
        language,
    )
    all_of_them = text_plural(
        "The deal that makes it:", "The {count} deals that make it:", len(rows), language
    )
    return Sentence(own if outlook.decisive_unseen else all_of_them), Table(columns, rows), *more


def unseen_deals(outlook: Outlook, language: Language) -> str:
    """Return how many of the deals that make a landing are somebody else's; "": none is hidden."""
    if not outlook.decisive_unseen:
        return ""
    if not outlook.decisive:
        return text_plural(
            "{count} deal decides it, and is not yours to see",
            "{count} deals decide it, and are not yours to see",
            outlook.decisive_unseen,
            language,
        )
    return text_plural(
        "{count} more that decides is a colleague's",
        "{count} more that decide are colleagues'",
        outlook.decisive_unseen,
        language,
    )


def stage_name(deal: OpenDeal, language: Language) -> str:
    """Return where a deal is, as its chance knows it: by the day on which it entered a stage."""
    return deal.stage or text("no dated stage", language)


def track_record(record: TrackRecord | None, language: Language) -> tuple[Sentence, ...]:
    """Return how good earlier landings were, or why nobody knows."""
    if record is None:
        return ()
    if record.unavailable is not None:
        return (Sentence(render(record.unavailable, language), "quiet"),)
    if record.score is None:
        return ()
    return (
        Sentence(_scored(record, record.score, language)),
        *(Sentence(render(note, language), "quiet") for note in record.notes),
    )


def _scored(record: TrackRecord, score: Score, language: Language) -> str:
    def written(amount: Decimal) -> str:
        unit = record.definition.unit
        return fmt.value(float(amount), unit, language, currency=record.currency, compact=True)

    covered = text_plural(
        "Tried on {count} day of past quarters, {share} of the results lay in the range "
        "({promised} would be right).",
        "Tried on {count} days of past quarters, {share} of the results lay in the range "
        "({promised} would be right).",
        len(record.tried),
        language,
        share=_percent(score.covered, language),
        promised=_percent(0.8, language),
    )
    missed = text(
        "It missed by {error} on average; the plain pace would have missed by {pace}, "
        "fixed chances by stage by {static}.",
        language,
        error=written(score.error),
        pace=written(score.run_rate_error),
        static=written(score.static_error),
    )
    high = text("It was {bias} too high on average.", language, bias=written(abs(score.bias)))
    low = text("It was {bias} too low on average.", language, bias=written(abs(score.bias)))
    leaning = high if score.bias > 0 else low if score.bias < 0 else ""
    return " ".join(part for part in (covered, missed, leaning) if part)


def _decisive(one: Decisive, landing: Landing, language: Language) -> tuple[Cell, ...]:
    deal = one.deal
    about = " · ".join(part for part in (deal.owner, stage_name(deal, language)) if part)
    without = fmt.NOTHING if one.chance_without is None else chance(one.chance_without, language)
    amount = fmt.NOTHING if deal.amount is None else _amount(deal.amount, landing, language)
    return (
        Cell(deal.name or deal.external_id, about),
        Cell(amount),
        Cell(chance(deal.chance, language)),
        Cell(_amount(one.without, landing, language)),
        Cell(without),
    )


def _amount(amount: Decimal | float, landing: Landing, language: Language) -> str:
    unit = landing.definition.unit
    return fmt.value(float(amount), unit, language, currency=landing.currency, compact=True)


def _percent(share: float, language: Language) -> str:
    return fmt.value(round(share, 2), Unit.PERCENT, language)

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
from dashboard.text import Language, listed, render, text, text_plural
from pipelines.kpis.definition import Unit
from pipelines.landing.model import Decisive, Landing, OpenDeal, Outlook, Score, TrackRecord
from pipelines.periods import Calendar

#: A smaller chance, or a smaller doubt, is not told to the percent.
_LEAST = 0.01
#: More names are not read.
_MOST_NAMED = 3


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
            landing_range(landing, outlook, language, by_key.get(landing.definition.key)),
            Sentence(made_of_sentence(landing, outlook, language), "quiet"),
            *decisive_table(landing, outlook, language),
            *(Sentence(render(note, language), "quiet") for note in landing.notes),
            *track_record(by_key.get(landing.definition.key), language),
        ]
    heading = text("Where {quarter} is heading", language, quarter=quarter)
    return Part(heading, tuple(blocks))


def landing_sentence(
    landing: Landing, outlook: Outlook, language: Language, record: TrackRecord | None = None
) -> str:
    """Return a landing in a sentence, with how often earlier ranges held, if that was tried."""
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
        high=_range_end(outlook, landing, language, record),
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
    made_of = landing.aim_note and render(landing.aim_note, language)
    return " ".join(part for part in (between, reached, made_of) if part)


def _range_end(
    outlook: Outlook, landing: Landing, language: Language, record: TrackRecord | None
) -> str:
    """Return where a range ends, with the share of earlier ones that held."""
    high = _amount(outlook.high, landing, language)
    if record is None or record.score is None:
        return high
    return text(
        "{amount} (when tried on past quarters: {share} of the time)",
        language,
        amount=high,
        share=_percent(record.score.covered, language),
    )


def made_of_sentence(landing: Landing, outlook: Outlook, language: Language) -> str:
    """Return what a range is made of."""
    return text(
        "{closed} closed. On average, {open} are still to come of {deals} and {others} of deals that "
        "are not there yet.",
        language,
        closed=_amount(outlook.closed, landing, language),
        open=_amount(outlook.open, landing, language),
        deals=text_plural("{count} open deal", "{count} open deals", outlook.count, language),
        others=_amount(outlook.others, landing, language),
    )


def chance(share: float, language: Language) -> str:
    """Return a probability in percent, never as certain as it is not."""
    if share < _LEAST:
        return text("under {share}", language, share=_percent(_LEAST, language))
    if share > 1 - _LEAST:
        return text("over {share}", language, share=_percent(1 - _LEAST, language))
    return _percent(share, language)


def landing_range(
    landing: Landing, outlook: Outlook, language: Language, record: TrackRecord | None = None
) -> Range:
    """Return a landing as a drawing, below its sentence."""
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
    if outlook.low != outlook.high:
        low, high = (_amount(end, landing, language) for end in (outlook.low, outlook.high))
        begins = text("eight times in ten from {amount}", language, amount=low)
        marks.insert(1, Mark(begins, at(outlook.low)))
        marks.append(Mark(text("to {amount}", language, amount=high), at(outlook.high)))
    if aim is not None:
        target = _amount(aim, landing, language)
        marks.append(Mark(text("target {amount}", language, amount=target), at(aim), "aim"))
    return Range(
        landing_sentence(landing, outlook, language, record),
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
    more = (
        *((Sentence(text("{said}.", language, said=others), "quiet"),) if others else ()),
        *(Sentence(said) for said in outsized(landing, outlook, language)),
    )
    if not outlook.decisive:
        return more
    columns = (
        Column(text("Deal", language), wide=True),
        Column(text("Amount", language), number=True),
        Column(text("Chance", language), number=True),
        Column(text("Forecast without it", language), number=True),
        Column(text("Chance of the target without it", language), number=True),
    )
    rows = tuple(_decisive(one, landing, language) for one in outlook.decisive)
    own = text_plural(
        "Your deal among those that matter most:",
        "Your {count} deals among those that matter most:",
        len(rows),
        language,
    )
    all_of_them = text_plural(
        "The deal that matters most:",
        "The {count} deals that matter most:",
        len(rows),
        language,
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


def outsized(landing: Landing, outlook: Outlook, language: Language) -> tuple[str, ...]:
    """Return which deals count for next to nothing, though larger than those that make a landing."""
    if landing.definition.unit is not Unit.MONEY or not outlook.decisive:
        return ()
    largest = max(one.deal.amount or Decimal(0) for one in outlook.decisive)
    open_ones = sorted(outlook.deals, key=lambda one: -(one.amount or 0))
    found = [one for one in open_ones if (one.amount or 0) > largest and one.chance < _LEAST]
    if not found:
        return ()
    names = [
        f"{one.name or one.external_id} ({deal_amount(one, landing, language)})"
        for one in found[:_MOST_NAMED]
    ]
    if more := len(found) - len(names):
        names.append(text_plural("{count} more", "{count} more", more, language))
    said = text_plural(
        "A larger one hardly counts, with a chance {chance}: {deals}.",
        "Larger ones hardly count, each with a chance {chance}: {deals}.",
        len(found),
        language,
        chance=chance(0.0, language),
        deals=listed(names, language),
    )
    if any(one.few is None for one in found):
        return (said,)
    little = text_plural(
        "Hardly any earlier deal stood still for so long: little is known about it.",
        "Hardly any earlier deal stood still for so long: little is known about them.",
        len(found),
        language,
    )
    return (said, little)


def deal_amount(deal: OpenDeal, landing: Landing, language: Language) -> str:
    """Return what a deal is worth, also in a landing that counts deals; a dash if nobody knows."""
    amount = None if deal.amount is None else float(deal.amount)
    currency = deal.currency or landing.currency
    return fmt.value(amount, Unit.MONEY, language, currency=currency, compact=True)


def stage_name(deal: OpenDeal, language: Language) -> str:
    """Return where a deal is, as its chance knows it: by the day on which it entered a stage."""
    return deal.stage or text("no dated stage", language)


def rests_on(deal: OpenDeal, language: Language) -> str:
    """Return on how few earlier deals the chance of a deal rests; "" where they are enough."""
    if deal.few is None:
        return ""
    return text_plural(
        "chance resting on {count} earlier deal",
        "chance resting on {count} earlier deals",
        deal.few,
        language,
    )


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
        "The forecast missed by {error} on average; the plain pace would have missed by {pace}, "
        "fixed chances by stage by {static}.",
        language,
        error=written(score.error),
        pace=written(score.run_rate_error),
        static=written(score.static_error),
    )
    high = text(
        "The forecast was {bias} too high on average.", language, bias=written(abs(score.bias))
    )
    low = text(
        "The forecast was {bias} too low on average.", language, bias=written(abs(score.bias))
    )
    leaning = high if score.bias > 0 else low if score.bias < 0 else ""
    return " ".join(part for part in (covered, missed, leaning) if part)


def _decisive(one: Decisive, landing: Landing, language: Language) -> tuple[Cell, ...]:
    deal = one.deal
    about = " · ".join(
        part for part in (deal.owner, stage_name(deal, language), rests_on(deal, language)) if part
    )
    without = fmt.NOTHING if one.chance_without is None else chance(one.chance_without, language)
    return (
        Cell(deal.name or deal.external_id, about),
        Cell(deal_amount(deal, landing, language)),
        Cell(chance(deal.chance, language)),
        Cell(_amount(one.without, landing, language)),
        Cell(without),
    )


def _amount(amount: Decimal | float, landing: Landing, language: Language) -> str:
    unit = landing.definition.unit
    return fmt.value(float(amount), unit, language, currency=landing.currency, compact=True)


def _percent(share: float, language: Language) -> str:
    return fmt.value(round(share, 2), Unit.PERCENT, language)

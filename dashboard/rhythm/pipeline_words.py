"""What a pipeline review says, on screen and on paper."""

from decimal import Decimal

from dashboard import format as shown
from dashboard import money
from dashboard.text import Language, listed, text, text_plural
from pipelines.funnel.conversion import Conversion, Rate
from pipelines.funnel.model import (
    Bar,
    Change,
    Concentration,
    PipelineReview,
    Share,
    Worry,
)
from pipelines.kpis.definition import Unit

_MINUS = "\N{MINUS SIGN}"
#: With so many open deals, the three largest are all there are.
_TOO_FEW = 3


def change_name(change: Change, language: Language) -> str:
    """Return how a bar of the bridge is called."""
    return {
        Change.CREATED: text("New deals", language),
        Change.REOPENED: text("Open again", language),
        Change.GROWN: text("Grown", language),
        Change.SHRANK: text("Shrunk", language),
        Change.RESTATED: text("In another currency", language),
        Change.ADVANCED: text("Advanced a stage", language),
        Change.MOVED_BACK: text("Moved back a stage", language),
        Change.SLIPPED: text("Put off", language),
        Change.BROUGHT_FORWARD: text("Brought forward", language),
        Change.WON: text("Won", language),
        Change.LOST: text("Lost", language),
        Change.ENDED: text("Ended otherwise", language),
        Change.VANISHED: text("Vanished", language),
    }[change]


def amount(value: Decimal | None, currency: str, language: Language) -> str:
    """Return an amount where space is short; a dash for none."""
    if value is None:
        return shown.NOTHING
    return money.amount(float(value), currency, language, compact=True).replace("-", _MINUS)


def signed(value: Decimal, currency: str, language: Language) -> str:
    """Return a difference with its sign."""
    written = amount(value, currency, language)
    return f"+{written}" if value > 0 else written


def percent(share: float, language: Language) -> str:
    """Return a share without decimals."""
    return shown.value(round(share, 2), Unit.PERCENT, language, compact=True)


def deals(count: int, language: Language) -> str:
    """Return so many deals."""
    return text_plural("{count} deal", "{count} deals", count, language)


def summary(review: PipelineReview, language: Language) -> str:
    """Return what became of the open pipeline in one sentence."""
    first, last = review.bridge.opening, review.bridge.closing
    return text(
        "From {since} to {day}, the open pipeline went from {before} ({deals_before}) to {after}"
        " ({deals_after}): {difference}.",
        language,
        since=first.day,
        day=last.day,
        before=amount(first.amount, review.currency, language),
        deals_before=deals(first.deals, language),
        after=amount(last.amount, review.currency, language),
        deals_after=deals(last.deals, language),
        difference=signed(last.amount - first.amount, review.currency, language),
    )


def counted(what: str, number: int, shown_ones: int, language: Language) -> str:
    """Return what a table holds, and how much of it is shown."""
    if number == shown_ones:
        return f"{what} · {deals(number, language)}"
    return text(
        "{what} · {listed} of {all}: the largest that you may see",
        language,
        what=what,
        listed=shown_ones,
        all=number,
    )


def bar_words(bar: Bar, currency: str, language: Language) -> str:
    """Return what stands beside a bar: its amount and its deals."""
    count = deals(bar.deals, language)
    if bar.change.moves_amount:
        return f"{signed(bar.added, currency, language)} · {count}"
    return f"{count} · {amount(bar.worth, currency, language)}"


def short_bar(bar: Bar, currency: str, language: Language) -> str:
    """Return the same where there is room for little: the amount, the number of deals in brackets."""
    added = signed(bar.added, currency, language) if bar.change.moves_amount else ""
    return f"{added} ({bar.deals})".strip()


def worry_words(worry: Worry, currency: str, language: Language) -> str:
    """Return how many deals something is wrong with, and what they are worth."""
    return f"{deals(worry.deals, language)} · {amount(worry.worth, currency, language)}"


def concentration_words(found: Concentration, language: Language) -> list[str]:
    """Return how much hangs on a few deals and accounts, a sentence each."""
    if found.deals and found.deals.members <= _TOO_FEW:
        return [
            text_plural(
                "Only {count} open deal has an amount: too few to speak of concentration.",
                "Only {count} open deals have an amount: too few to speak of concentration.",
                found.deals.members,
                language,
            )
        ]
    said = []
    if found.deals:
        said.append(
            text_plural(
                "The largest deal makes {largest} of the open amount, the three largest {three};"
                " {count} of {all} deals makes half of it.",
                "The largest deal makes {largest} of the open amount, the three largest {three};"
                " {count} of {all} deals make half of it.",
                found.deals.for_half,
                language,
                **_share(found.deals, language),
            )
        )
    if found.accounts:
        said.append(
            text_plural(
                "The largest account makes {largest} of it, the three largest {three}; {count} of"
                " {all} accounts makes half.",
                "The largest account makes {largest} of it, the three largest {three}; {count} of"
                " {all} accounts make half.",
                found.accounts.for_half,
                language,
                **_share(found.accounts, language),
            )
        )
    return said


def conversion_words(found: Conversion, language: Language) -> str:
    """Return whether people differ by more than chance explains."""
    apart = [
        text("{name} ({stage})", language, name=one.who, stage=stage_name(stage.stage, language))
        for stage in found.stages
        for one in stage.people
        if one.stands_out
    ]
    if apart:
        return text(
            "Chance does not explain the win rate of {names}: find out what is done differently.",
            language,
            names=listed(apart, language),
        )
    if not any(stage.people for stage in found.stages):
        return text("Too few finished deals of each person to compare them.", language)
    if found.everybody:
        return text("No difference between people that chance would not explain.", language)
    return text("Nothing in these rates that chance would not explain.", language)


def stage_name(stage: str | None, language: Language) -> str:
    """Return what a row of rates is about."""
    return stage or text("All finished deals", language)


def rate_words(rate: Rate, language: Language) -> str:
    """Return a share with its parts: 31 % (47 of 153)."""
    return text(
        "{share} ({won} of {finished})",
        language,
        share=percent(rate.share, language),
        won=rate.won,
        finished=rate.finished,
    )


def range_words(rate: Rate, language: Language) -> str:
    """Return the shares that are plausible for what was seen."""
    return f"{percent(rate.lower, language)} – {percent(rate.upper, language)}"


def _share(found: Share, language: Language) -> dict[str, object]:
    return {
        "largest": percent(found.largest, language),
        "three": percent(found.three_largest, language),
        "all": found.members,
    }

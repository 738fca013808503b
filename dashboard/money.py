"""Amounts of money as each language writes them: in full, in thousands, in millions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.numbers import format_currency, parse_pattern

from dashboard.text import Language

#: From here on money is shown in thousands where space is short.
_COMPACT_FROM = 1_000
#: Thousands get a decimal below this.
_NO_DECIMAL_FROM = 100_000
_MILLION = 1_000_000
#: In thousands this would be a thousand of them.
_MILLIONS_FROM = 999_500


@dataclass(frozen=True)
class Precision:
    """What amounts are told in.

    Attributes:
        size: Of what is counted: 1, a thousand or a million.
        digits: Decimals of that.
    """

    size: int = 1
    digits: int = 0

    def steps(self, amount: float) -> int:
        """Return an amount as so many of the smallest step that is told, halves away from zero."""
        told = Decimal(str(amount)) / self.size * 10**self.digits
        return int(told.to_integral_value(ROUND_HALF_UP))


#: To the whole dollar, whatever the amount.
IN_FULL = Precision()


def precisions(largest: float) -> Iterator[Precision]:
    """Return what amounts up to ``largest`` may be told in where space is short, coarsest first."""
    if largest >= _MILLIONS_FROM:
        fewest = _compact_digits(max(largest, _MILLION))
        yield from (Precision(_MILLION, digits) for digits in range(fewest, 4))
    elif largest >= _COMPACT_FROM:
        fewest = _compact_digits(largest)
        yield from (Precision(_COMPACT_FROM, digits) for digits in range(fewest, 2))
    yield IN_FULL


def subtracting(number: float, target: float, others: Sequence[float] = ()) -> Precision:
    """Return the coarsest precision at which a reader finds the gap by subtracting what is shown.

    Of millions, a gap below a hundred thousand is told as it is told alone.

    Args:
        others: What stands in the same row and has to fit in as well.
    """
    difference = Decimal(str(number)) - Decimal(str(target))
    largest = max(abs(one) for one in (number, target, *others))
    apart = abs(float(difference))
    is_small = largest >= _MILLIONS_FROM and 0 < apart < _NO_DECIMAL_FROM
    for precision in precisions(apart if is_small else largest):
        gap = precision.steps(number) - precision.steps(target)
        if gap == precision.steps(float(difference)) and (gap or not difference):
            return precision
    return IN_FULL


def dividing(part: float, whole: float) -> Precision:
    """Return the coarsest precision at which a reader finds the percentage by dividing what is shown."""

    def share(one: float, of: float) -> int:
        return Precision(digits=3).steps(one / of) if of else 0

    for precision in precisions(min(abs(part), abs(whole))):
        if share(precision.steps(part), precision.steps(whole)) == share(part, whole):
            return precision
    return IN_FULL


def written(steps: int, precision: Precision, currency: str, language: Language) -> str:
    """Return so many steps of a precision as an amount."""
    if precision.size == 1 or not steps:
        return amount(steps, currency, language, compact=False)
    locale = Locale.parse(_locale(currency, language))
    short = locale.compact_currency_formats["short"]["other"][str(precision.size)]
    # of many thousands, the digits stand in groups
    pattern = parse_pattern(short.pattern.replace("0", "#,##0", 1))
    return str(
        pattern.apply(
            Decimal(steps).scaleb(-precision.digits),
            locale,
            currency=currency,
            currency_digits=False,
            decimal_quantization=False,
        )
    )


def amount(number: float, currency: str, language: Language, *, compact: bool) -> str:
    """Return an amount; ``compact`` writes large ones as 152 k$."""
    locale = _locale(currency, language)
    if compact and abs(number) >= _COMPACT_FROM:
        coarsest = next(precisions(abs(number)))
        return written(coarsest.steps(number), coarsest, currency, language)
    return str(
        format_currency(
            IN_FULL.steps(number),
            currency,
            "¤#,##0" if language == "en" else "#,##0\N{NO-BREAK SPACE}¤",
            locale=locale,
            currency_digits=False,
        )
    )


def _locale(currency: str, language: Language) -> str:
    # in English a Canadian company writes $, not CA$
    return "en_CA" if (language, currency) == ("en", "CAD") else language


def _compact_digits(number: float) -> int:
    """Return how many decimals leave about three digits: 5.9k, 49.1k, 152k, 1.52M."""
    if number < _MILLION:
        return 0 if number >= _NO_DECIMAL_FROM else 1
    return 2 if number < 10 * _MILLION else 1

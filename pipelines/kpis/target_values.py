"""Read a target as a person types it."""

import re

from pipelines.errors import Message, Refused, msg
from pipelines.kpis.definition import Unit

#: A comma or point, if any, is the decimal sign; blanks stand between groups of three digits.
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
#: Written so that the groups are plain: several of them, or another sign before the decimals.
_GROUPED_BY_COMMA = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)")
_GROUPED_BY_POINT = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)")
#: No-break, narrow no-break and thin spaces, and the apostrophe of the Swiss.
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009'’", " "))
#: Points of a percentage, at the end: ``pt``, ``pts``, ``points``.
_POINTS = re.compile(r"\s*(?:pts?\.?|points?)$", re.IGNORECASE)
#: In percent; a bare 1 or more is no fraction.
_WHOLE = 100
_SIGNS = re.escape("$€£¥₹₩₽₺₫₪₴₦")
#: ``$``, ``CA$``, ``US$``, ``$ CA``, or a code such as ``CAD``, on one side of the amount.
_MONEY_BEFORE = re.compile(rf"([+-]?) ?((?:[A-Z]{{1,3}})?[{_SIGNS}]|[A-Z]{{3}}(?= ?[\d+-])) ?(.+)")
_MONEY_AFTER = re.compile(rf"(.+?) ?(?:(?:[A-Z]{{1,3}})?[{_SIGNS}](?: ?[A-Z]{{2,3}})?|[A-Z]{{3}})")


def parse_target_value(text: str, unit: Unit) -> float:
    """Return the number somebody typed, in the KPI's unit (percentages as fractions).

    Args:
        text: ``12 000``, ``0,3``, ``30%``, ``12 000,50 $``, ``$12,000``; the decimal sign is a
            comma or a point.

    Raises:
        Refused: It is not a number, or may be meant in two ways: a bare ``30`` for a percentage,
            ``12,000`` for anything.
    """
    written = text.translate(_SPACES).replace("\N{MINUS SIGN}", "-").strip()
    has_sign = written.endswith("%")
    digits = written.removesuffix("%").strip()
    if unit is Unit.MONEY and not has_sign:
        digits = _without_currency(digits)
    digits = _without_groups(digits)
    if not _NUMBER.fullmatch(digits):
        raise Refused.of(
            msg("'{text}' is not a number.", text=text), hint=msg("Write 12000, 0.3 or 30%.")
        )
    if has_sign and unit is not Unit.PERCENT:
        raise Refused.of(
            msg("'{text}' is a percentage, which this KPI is not.", text=text),
            hint=msg("Leave the % out."),
        )
    if _THOUSANDS.fullmatch(digits) and unit is not Unit.PERCENT:
        raise Refused.of(
            msg("'{text}' may be meant in two ways.", text=text),
            hint=msg("Write thousands without a sign: 12000."),
        )
    number = float(digits.replace(" ", "").replace(",", "."))
    if unit is not Unit.PERCENT:
        return number
    if has_sign:
        # 12.3 / 100 is the nearest number to 0.123; 12.3 * 0.01 is not
        return number / 100
    if abs(number) >= 1:
        raise Refused.of(
            msg("'{text}' may be meant in two ways.", text=text), hint=_either(digits, number)
        )
    return number


def _either(digits: str, number: float) -> Message:
    """Return how to write a percentage whose sign is missing; from 100 on there is one way only."""
    if abs(number) >= _WHOLE:
        return msg("Write {text}%, with the sign.", text=digits)
    return msg("Write {text}%, or the fraction {fraction}.", text=digits, fraction=number / 100)


def parse_change_value(text: str, unit: Unit) -> float:
    """Return a change somebody typed, in the KPI's unit, as ``parse_target_value`` does.

    Args:
        text: With or without its sign; a change of a percentage may be in points: ``+5 pts``.

    Raises:
        Refused: As for ``parse_target_value``.
    """
    if unit is not Unit.PERCENT:
        return parse_target_value(text, unit)
    return parse_target_value(_POINTS.sub("%", text.translate(_SPACES).strip()), unit)


def _without_currency(written: str) -> str:
    """Return an amount without the symbol or code of its currency."""
    if before := _MONEY_BEFORE.fullmatch(written):
        sign, currency, amount = before.groups()
        # who writes the symbol first, as English does, groups by commas: $12,000
        if not currency.isalpha() and "," in amount and _THOUSANDS.fullmatch(amount):
            amount = amount.replace(",", "")
        return f"{sign}{amount}"
    after = _MONEY_AFTER.fullmatch(written)
    return after[1] if after else written


def _without_groups(digits: str) -> str:
    """Return a number without the commas or points that can only stand between thousands."""
    if _GROUPED_BY_COMMA.fullmatch(digits):
        return digits.replace(",", "")
    if _GROUPED_BY_POINT.fullmatch(digits):
        return digits.replace(".", "")
    return digits

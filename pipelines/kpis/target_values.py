"""Read a target as a person types it."""

import re

from pipelines.errors import Refused, msg
from pipelines.kpis.definition import Unit

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
#: Ordinary, no-break, narrow no-break and thin spaces, and the apostrophe of the Swiss.
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'’")


def parse_target_value(text: str, unit: Unit) -> float:
    """Return the number somebody typed, in the KPI's unit (percentages as fractions).

    Args:
        text: ``12 000``, ``0,3``, ``30%``; the decimal sign is a comma or a point.

    Raises:
        Refused: It is not a number, or may be meant in two ways: a bare ``30`` for a percentage,
            ``12,000`` for anything.
    """
    written = text.translate(_SPACES).replace("\N{MINUS SIGN}", "-")
    has_sign = written.endswith("%")
    digits = written.removesuffix("%")
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
    number = float(digits.replace(",", "."))
    if unit is not Unit.PERCENT:
        return number
    if has_sign:
        # 12.3 / 100 is the nearest number to 0.123; 12.3 * 0.01 is not
        return number / 100
    if abs(number) >= 1:
        raise Refused.of(
            msg("'{text}' may be meant in two ways.", text=text),
            hint=msg("Write a percentage as {text}% or as a fraction, such as 0.3.", text=text),
        )
    return number

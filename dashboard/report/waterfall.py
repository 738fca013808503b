"""Where the bars of a waterfall lie. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.report.sheet import Bar, Tone, Waterfall


@dataclass(frozen=True)
class Step:
    """An amount that adds to a sum.

    Attributes:
        amount: In any unit, as long as all have the same.
    """

    label: str
    amount: Decimal


def waterfall(
    steps: Sequence[Step],
    total: str,
    said: str,
    *,
    written: Callable[[Decimal], str],
    more_is_better: bool = True,
) -> Waterfall:
    """Return bars that add up from nothing, then what they add up to.

    The scale begins at nothing and not at some large amount: what is compared are the steps. Where
    so little is added that it is written as nothing, the bar has no length.

    Args:
        total: What the sum is called.
        said: The same in words.
        written: Writes an amount, with its sign.
    """
    ends, end = [Decimal(0)], Decimal(0)
    for step in steps:
        end += step.amount
        ends.append(end)
    low, high = min(ends), max(ends)
    span = high - low or Decimal(1)

    def at(amount: Decimal) -> float:
        return float((amount - low) / span)

    def bar(label: str, amount: Decimal, start: Decimal, *, is_total: bool = False) -> Bar:
        if written(amount) == written(Decimal(0)):
            return Bar(label, written(amount), at(start), at(start), "plain", is_total)
        helps = amount > 0 if more_is_better else amount < 0
        tone: Tone = "plain" if is_total else "good" if helps else "alert"
        return Bar(label, written(amount), at(start), at(start + amount), tone, is_total)

    bars = [bar(step.label, step.amount, start) for step, start in zip(steps, ends, strict=False)]
    return Waterfall(said, at(Decimal(0)), (*bars, bar(total, end, Decimal(0), is_total=True)))

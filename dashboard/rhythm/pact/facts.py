"""What made a pact fire, as it was seen that day. Pure values, and the way to JSON and back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class OutsideFacts:
    """A KPI that was outside its natural limits, on the wrong side, in weeks running.

    Attributes:
        weeks: First day and value of each, oldest first; in the KPI's unit, as are the limits.
    """

    kpi: str
    weeks: tuple[tuple[date, float], ...]
    lower: float
    upper: float
    currency: str | None


@dataclass(frozen=True)
class LandingFacts:
    """A KPI that lands too far below its target.

    Attributes:
        start, end: Of the period; its end is exclusive.
        until: The last day that is counted.
        actual: What was reached until then.
        aim: What should have been reached until then.
        share: Of the aim, as a fraction; where less is better, the aim's share of the actual.
    """

    kpi: str
    start: date
    end: date
    until: date
    actual: float
    aim: float
    share: float
    currency: str | None


@dataclass(frozen=True)
class SlipFacts:
    """A deal whose expected close date was moved later, or passed.

    Attributes:
        amount: In the company's currency.
        before: The date it was expected on before; None: its date just passed.
        expected: The date it was or is expected on.
    """

    source: str
    external_id: str
    name: str | None
    owner: str | None
    amount: float
    before: date | None
    expected: date


@dataclass(frozen=True)
class QuarterFacts:
    """A quarter that nears its end.

    Attributes:
        start, end: Of the quarter; its end is exclusive.
        weeks: The last so many have begun.
    """

    start: date
    end: date
    weeks: int


Facts = OutsideFacts | LandingFacts | SlipFacts | QuarterFacts

_KINDS: dict[str, type[Any]] = {
    "outside": OutsideFacts,
    "landing": LandingFacts,
    "slip": SlipFacts,
    "quarter": QuarterFacts,
}
_DAYS = frozenset({"start", "end", "until", "before", "expected"})


def kpi_of(facts: Facts) -> str | None:
    """Return the key of the KPI that something happened to; None if it is about none."""
    match facts:
        case OutsideFacts(kpi=kpi) | LandingFacts(kpi=kpi):
            return kpi
        case _:
            return None


def end_of(facts: Facts) -> date | None:
    """Return the day after the period that a pact was about; None if it is about none."""
    match facts:
        case LandingFacts(end=end) | QuarterFacts(end=end):
            return end
        case _:
            return None


def facts_written(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON holds them; days as 2026-11-21."""
    kind = next(name for name, known in _KINDS.items() if isinstance(facts, known))
    written = {name: _written(value) for name, value in asdict(facts).items()}
    return {"kind": kind, **written}


def facts_read(written: Mapping[str, Any]) -> Facts:
    """Return facts from what JSON holds."""
    values = {name: _read(name, value) for name, value in written.items() if name != "kind"}
    found: Facts = _KINDS[written["kind"]](**values)
    return found


def _written(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_written(one) for one in value]
        case _:
            return value


def _read(name: str, value: Any) -> Any:
    if name == "weeks" and isinstance(value, list):
        return tuple((date.fromisoformat(start), number) for start, number in value)
    return date.fromisoformat(value) if name in _DAYS and value is not None else value

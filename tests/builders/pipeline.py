"""Deals as successive exports showed them: ``followed("A", seen("2026-10-01", 100), …)``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.builders.warehouse import Row, deal


@dataclass(frozen=True)
class Seen:
    """What an export of a day showed of a deal."""

    day: str
    values: Mapping[str, Any]


def seen(day: str, amount: float | None = None, status: str = "open", **values: Any) -> Seen:
    """Return a state; name only what matters."""
    return Seen(day, {"amount": amount, "status": status, **values})


def followed(name: str, *states: Seen, **values: Any) -> list[Row]:
    """Return a deal in its states, oldest first, and what is true of it in all of them."""
    *former, last = states
    known = {"external_id": name, "name": name, **values}
    versioned = {key: value for key, value in values.items() if key in {"owner", "stage"}}
    rows = [
        Row(
            "former_deals",
            {
                "source": "hubspot",
                "external_id": name,
                "import_id": 1,
                "valid_from": state.day,
                "valid_to": after.day,
                **versioned,
                **state.values,
            },
        )
        for state, after in zip(former, states[1:], strict=True)
    ]
    return [*rows, deal(**{**known, **last.values, "seen_from": last.day})]

"""Deals as successive exports showed them: ``followed("A", seen("2026-10-01", 100), …)``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.builders.warehouse import Row, deal, imported


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


def put_off_and_won() -> list[Row]:
    """Return two exports, five weeks apart, and two deals: Marc's was put off, Zoé's was won."""
    former, last, created = "2026-10-12", "2026-11-16", "2026-09-01"
    return [
        imported("deals", former),
        imported("deals", last),
        *followed(
            "Hall",
            seen(former, 80_000, expected_close_on="2026-11-02"),
            seen(last, 80_000, expected_close_on="2026-12-14"),
            owner="Marc",
            stage="Quoted",
            created_on=created,
        ),
        *followed(
            "Desk",
            seen(former, 5_000),
            seen(last, 5_000, "won", closed_on="2026-11-03"),
            owner="Zoé",
            created_on=created,
        ),
    ]

"""Frozen values come back as they were."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

import pytest

from dashboard import text
from dashboard.rhythm.frozen import Freezer
from dashboard.text import LANGUAGES, render
from pipelines.errors import Message, msg, msg_plural
from pipelines.kpis.definition import LocalText


class _Tone(Enum):
    CALM = "calm"
    LOUD = "loud"


@dataclass(frozen=True)
class _Line:
    said: Message
    amounts: tuple[Decimal, ...]
    tone: _Tone


@dataclass(frozen=True)
class _Page:
    day: date
    at: datetime
    lines: tuple[_Line, ...]
    shares: dict[str, float]
    note: str | None = None


_NAME = LocalText(en="Sales won", fr="Ventes signées", fr_CA="Ventes conclues")
_FREEZER = Freezer(_Page, _Line, _Tone, Message, LocalText)


def _page() -> _Page:
    said = msg(
        "{kpi} until {day}: {amount}", kpi=_NAME, day=date(2026, 9, 30), amount=Decimal("1.50")
    )
    return _Page(
        day=date(2026, 10, 1),
        at=datetime(2026, 10, 1, 14, 30, tzinfo=UTC),
        lines=(_Line(said, (Decimal("0.10"), Decimal(-3)), _Tone.LOUD),),
        shares={"a": 0.1},
        note="« é »",
    )


def test_a_value_comes_back_as_it_was() -> None:
    assert _FREEZER.from_json(_FREEZER.to_json(_page())) == _page()


def test_a_kept_sentence_is_said_in_the_readers_language() -> None:
    said = _FREEZER.from_json(_FREEZER.to_json(_page())).lines[0].said

    assert "Ventes conclues" in render(said, "fr_CA")
    assert "30 septembre 2026" in render(said, "fr_CA")


def test_a_sentence_that_counts_still_counts() -> None:
    freezer = Freezer(Message)
    said = msg_plural("{count} deal", "{count} deals", count=3)

    assert str(freezer.from_json(freezer.to_json(said))) == "3 deals"


def test_a_kept_sentence_is_said_in_the_words_of_then(monkeypatch: pytest.MonkeyPatch) -> None:
    freezer = Freezer(Message)
    kept = freezer.to_json(msg_plural("{count} blocker", "{count} blockers", count=2))

    monkeypatch.setattr(text, "_catalogue", lambda _language: {"{count} blocker": "(autrement)"})

    said = freezer.from_json(kept)
    assert [render(said, language) for language in LANGUAGES] == [
        "2 blockers",
        "2 blocages",
        "2 blocages",
    ]
    assert freezer.to_json(said) == kept


def test_the_same_value_gives_the_same_text() -> None:
    assert _FREEZER.to_json(_page()) == _FREEZER.to_json(_page())


def test_a_field_that_is_new_since_takes_its_default() -> None:
    kept = _FREEZER.to_json(_page()).replace('"note": "« é »", ', "")

    assert _FREEZER.from_json(kept).note is None


def test_a_field_that_is_gone_since_is_left_out() -> None:
    kept = _FREEZER.to_json(_page()).replace('"note"', '"mood": 7, "note"')

    assert _FREEZER.from_json(kept) == _page()


def test_a_kind_nobody_named_is_refused_before_it_is_kept() -> None:
    with pytest.raises(TypeError, match="_Line"):
        Freezer(_Page, _Tone, Message, LocalText).to_json(_page())

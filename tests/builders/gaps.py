"""Gaps written out by hand, for reviews whose numbers do not matter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboard.rhythm.gap_review.decision import GapLine
from pipelines.analysis.judgement import Aim
from pipelines.errors import msg
from pipelines.gaps.model import (
    Against,
    Contribution,
    Factor,
    FactorEffect,
    Factors,
    Gap,
    Split,
    Standing,
)
from pipelines.kpis.definition import Better, Definition, Kind, LocalText, Unit
from pipelines.landing.model import Decisive, Landing, Method, OpenDeal, Outlook, TrackRecord
from pipelines.periods import Grain, Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1), Grain.MONTH)
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1), Grain.QUARTER)


def definition(
    key: str = "sales_won", unit: Unit = Unit.MONEY, *, confidential: bool = False
) -> Definition:
    """Return a KPI of which more is better."""
    name = key.replace("_", " ").capitalize()
    return Definition(
        key=key,
        kind=Kind.OUTPUT,
        unit=unit,
        better=Better.UP,
        name=LocalText(name, f"{name} (fr)"),
        question=LocalText("", ""),
        formula=LocalText("", ""),
        reviewed=(Grain.MONTH,),
        measure=None,
        adds_up=unit is not Unit.PERCENT,
        confidential=confidential,
    )


def standing(actual: float | None, target: float | None, period: Period = OCTOBER) -> Standing:
    """Return how a KPI stood in a month."""
    gap = None if actual is None or target is None else actual - target
    return Standing(
        period=period,
        actual=actual,
        numerator=None,
        denominator=None,
        target=target,
        max_target=None,
        at_most=False,
        gap=gap,
        on_target=None if gap is None else gap >= 0,
        partial=False,
        last_year=None if actual is None else actual * 0.9,
    )


def by_owner(parts: dict[str | None, int]) -> Split:
    """Return a split of a gap by owner."""
    found = tuple(
        Contribution(name, Decimal(50_000 + part), Decimal(50_000), Decimal(part))
        for name, part in parts.items()
    )
    return Split("owner", Against.TARGET, Decimal(sum(parts.values())), found)


def factors(volume: int, rate: int, value: int) -> Factors:
    """Return a gap by its factors."""
    return Factors(
        Against.LAST_YEAR,
        Decimal(volume + rate + value),
        (
            FactorEffect(Factor.VOLUME, Decimal(volume), Decimal(40), Decimal(36)),
            FactorEffect(Factor.RATE, Decimal(rate), Decimal("0.4"), Decimal("0.3")),
            FactorEffect(Factor.VALUE, Decimal(value), Decimal(9_000), Decimal(9_500)),
        ),
    )


def deal(name: str, owner: str | None, amount: int, chance: float) -> OpenDeal:
    """Return an open deal."""
    return OpenDeal(
        source="hubspot",
        external_id=name,
        name=name,
        account=None,
        owner=owner,
        stage="Proposal",
        days_there=12,
        amount=Decimal(amount),
        chance=chance,
        alike=30,
        expected=Decimal(amount) * Decimal(str(chance)),
        vanished=False,
        reason=msg("Of {count} deals in this stage, so many were won.", count=30),
    )


def landing(kpi: Definition, deals: Sequence[OpenDeal] = ()) -> Landing:
    """Return where a quarter ends, as a range."""
    decisive = tuple(
        Decisive(one, Decimal(180_000), 0.3, Decimal(220_000), 0.6) for one in deals[:2]
    )
    outlook = Outlook(
        closed=Decimal(120_000),
        open=Decimal(60_000),
        others=Decimal(20_000),
        low=Decimal(170_000),
        middle=Decimal(200_000),
        high=Decimal(240_000),
        chance=0.45,
        exact=True,
        days_left=60,
        earlier=(),
        deals=tuple(deals),
        count=len(deals),
        unseen=0,
        decisive=decisive,
        decisive_unseen=0,
    )
    return Landing(
        kpi,
        QUARTER,
        date(2026, 11, 3),
        date(2026, 11, 2),
        Method.OPEN_DEALS,
        "CAD",
        Aim(210_000.0),
        120_000.0,
        200_000.0,
        outlook,
    )


def gap(
    key: str = "sales_won",
    actual: float | None = 85_000.0,
    target: float | None = 100_000.0,
    *,
    unit: Unit = Unit.MONEY,
    responsible: str | None = None,
    splits: tuple[Split, ...] = (),
    made_of: Factors | None = None,
    deals: Sequence[OpenDeal] = (),
) -> Gap:
    """Return the gap of a KPI in October 2026."""
    kpi = definition(key, unit)
    return Gap(
        definition=kpi,
        month=standing(actual, target),
        to_date=standing(actual, target, QUARTER),
        landing=landing(kpi, deals),
        currency="CAD" if unit is Unit.MONEY else None,
        responsible=responsible,
        splits=splits,
        factors=made_of,
    )


def gap_line(**changes: Any) -> GapLine:
    """Return a gap of October as minutes keep it, about which nothing was decided."""
    line = GapLine(
        key="sales_won",
        name=LocalText("Sales won", "Ventes conclues"),
        month=OCTOBER,
        actual=85_000.0,
        target=100_000.0,
        max_target=None,
        at_most=False,
        gap=-15_000.0,
        on_target=False,
        unit=Unit.MONEY,
        currency="CAD",
        cause="Two orders slipped",
        response=None,
        reason=None,
        action=None,
        new_target=None,
        confidential=False,
    )
    return replace(line, **changes)


def record(key: str) -> TrackRecord:
    """Return the track record of a KPI whose history is short."""
    return TrackRecord(definition(key), date(2026, 11, 17), "CAD")


def look_at(monkeypatch: pytest.MonkeyPatch, *found: Gap) -> None:
    """Make gap reviews look at some gaps, whoever asks for whatever month."""
    by_key = {one.definition.key: one.landing for one in found}
    building = "dashboard.rhythm.gap_review.building"
    monkeypatch.setattr(f"{building}.gaps", lambda *_args, **_named: found)
    monkeypatch.setattr(
        f"{building}.landings", lambda _context, keys, _period: [by_key[key] for key in keys]
    )
    monkeypatch.setattr(f"{building}.track_record", lambda _context, key: record(key))

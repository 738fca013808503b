"""Reviews made by hand: each helper names only what matters to a test."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from dashboard.rhythm.review import ActionLine, FileLine, Review, Row
from pipelines.analysis.judgement import Aim, JudgedPoint, Limits, Signal, Verdict
from pipelines.errors import Message
from pipelines.kpis.definition import Better, Definition, Kind, LocalText, Unit
from pipelines.kpis.values import Point
from pipelines.periods import Calendar, Grain, Period

#: A Saturday in week 47 of 2026; week 46 is the last finished one.
TODAY = date(2026, 11, 21)
CALENDAR = Calendar()
#: Moments are kept in UTC and without a zone.
_IMPORTED_AT = datetime(2026, 11, 16, 13, 5, tzinfo=UTC).replace(tzinfo=None)


def week(label: str = "2026-W46") -> Period:
    return CALENDAR.parse(label)


def kpi(
    key: str = "meetings_held",
    name: str | LocalText = "Meetings held",
    unit: Unit = Unit.COUNT,
    kind: Kind = Kind.INPUT,
    *,
    better: Better = Better.UP,
    formula: str | LocalText = "Meetings that took place, by the day they took place.",
) -> Definition:
    return Definition(
        key=key,
        kind=kind,
        unit=unit,
        better=better,
        name=_local(name),
        question=_local("How often did we meet our customers?"),
        formula=_local(formula),
        reviewed=(Grain.WEEK, Grain.MONTH, Grain.QUARTER),
        measure=None,
        adds_up=unit in {Unit.COUNT, Unit.MONEY},
    )


def judged(
    period: Period,
    value: float | None,
    target: float | Aim | None = None,
    verdict: Verdict = Verdict.QUIET,
    signal: Signal | None = None,
    *,
    favourable: bool | None = None,
    run: int = 0,
    on_target: bool | None = None,
    parts: tuple[float, float] | None = None,
) -> JudgedPoint:
    """Return a point; ``on_target`` follows from a target below or at the value if not given."""
    aim = Aim(target) if isinstance(target, int | float) else target
    gap = value - aim.value if aim is not None and value is not None else None
    if on_target is None and gap is not None:
        on_target = gap >= 0
    numerator, denominator = parts or (None, None)
    return JudgedPoint(
        Point(period, value, numerator, denominator),
        aim,
        gap,
        on_target,
        signal,
        favourable,
        verdict,
        run,
    )


def row(
    definition: Definition,
    values: Sequence[float | None],
    target: float | Aim | None = None,
    verdict: Verdict = Verdict.QUIET,
    signal: Signal | None = None,
    *,
    favourable: bool | None = None,
    run: int = 0,
    on_target: bool | None = None,
    parts: tuple[float, float] | None = None,
    limits: Limits | None = None,
    currency: str | None = None,
    responsible: str | None = "Zoé Côté",
    until: Period | None = None,
) -> Row:
    """Return a row whose last value is the reviewed week's; verdict and signal are about it."""
    last = until or week()
    periods = [last]
    while len(periods) < len(values):
        periods.append(CALENDAR.previous(periods[-1]))
    periods.reverse()
    earlier = [
        judged(period, value, target)
        for period, value in zip(periods[:-1], values[:-1], strict=True)
    ]
    latest = judged(
        last,
        values[-1],
        target,
        verdict,
        signal,
        favourable=favourable,
        run=run,
        on_target=on_target,
        parts=parts,
    )
    return Row(definition, latest, (*earlier, latest), limits, currency, responsible)


def unavailable(definition: Definition, reason: Message | LocalText) -> Row:
    return Row(definition, None, (), None, None, None, reason)


def action(
    number: int,
    title: str,
    owner: str = "Marc Roy",
    due_on: date = TODAY,
    kpi: Definition | None = None,
    *,
    done_on: date | None = None,
) -> ActionLine:
    return ActionLine(
        number, title, owner, due_on, kpi, done_on, done_on is None and due_on < TODAY, version=1
    )


def file(
    name: str = "hubspot-transactions-2026-11-16.csv",
    entity: str = "deals",
    source: str = "hubspot",
    rejected: int = 0,
) -> FileLine:
    return FileLine(
        name, source, entity, _IMPORTED_AT, date(2026, 11, 16), 1234, rejected,
        date(2026, 11, 15),
    )  # fmt: skip


def review(*rows: Row, **changes: object) -> Review:
    """Return a review of week 46 with one import and no action, changed where named."""
    made = Review(
        company="Menuiserie Laurentides inc.",
        period=week(),
        today=TODAY,
        proposed=False,
        rows=rows,
        late=(),
        due=(),
        done=(),
        files=(file(),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the names are the fields'


def empty_review(**changes: object) -> Review:
    return review(**{"files": (), "proposed": True, **changes})


def full_review(**changes: object) -> Review:
    """Return a week with seven KPIs of every kind, and actions late, due and done."""
    meetings = kpi(name=LocalText("Meetings held", "Rendez-vous tenus", "Rencontres tenues"))
    fresh = kpi(
        "new_opportunities",
        LocalText("New opportunities", "Nouvelles affaires", "Nouvelles opportunités"),
        formula=LocalText(
            "Deals by the day they were created.",
            "Affaires selon leur date de création.",
            "Opportunités selon leur date de création.",
        ),
    )
    margin = kpi("gross_margin", LocalText("Gross margin", "Marge brute"), Unit.MONEY, Kind.OUTPUT)
    rate = kpi(
        "win_rate",
        LocalText("Win rate", "Taux de transformation", "Ratio de conclusion"),
        Unit.PERCENT,
        Kind.OUTPUT,
        formula=LocalText(
            "Deals won ÷ deals won or lost, by the day they were closed.",
            "Affaires gagnées ÷ affaires gagnées ou perdues, selon leur date de clôture.",
            "Opportunités gagnées ÷ opportunités gagnées ou perdues, selon leur date de fermeture.",
        ),
    )
    cycle = kpi(
        "sales_cycle",
        LocalText("Sales cycle", "Cycle de vente"),
        Unit.DAYS,
        Kind.OUTPUT,
        better=Better.DOWN,
    )
    proposals = kpi("proposals_sent", LocalText("Proposals sent", "Propositions envoyées"))
    sales = kpi("sales_won", LocalText("Sales won", "Ventes signées"), Unit.MONEY, Kind.OUTPUT)
    rows = (
        row(
            meetings,
            [31, 24, 25, 23, 26, 20, 22, 21, 20, 21, 22, 24, 9],
            25,
            Verdict.FIND_THE_CAUSE,
            Signal.OUTSIDE,
            favourable=False,
            run=3,
            limits=Limits(12.4, 22.2, 32.0, 12.1),
        ),
        row(
            fresh,
            [21, 14, 16, 19, 15, 18, 19, 17, 16, 15, 19, 17, 18],
            22,
            Verdict.CHANGE_THE_SYSTEM,
            run=13,
            limits=Limits(9.7, 17.2, 24.8, 9.3),
        ),
        row(
            rate,
            [0.25, 0.25, 0.31, 0.22, 0.28, 0.21, 0.34, 0.31, 0.33, 0.29, None, 0.27, 0.25],
            0.33,
            Verdict.CHANGE_THE_SYSTEM,
            run=2,
            parts=(3, 12),
            limits=Limits(0.11, 0.28, 0.45, 0.21),
            responsible="Marc Roy",
        ),
        row(
            cycle,
            [44, 46, 45, 47, 43, 46, 45, 44, 46, 43, 41, 40, 31.5],
            Aim(30, at_most=True),
            Verdict.LEARN,
            Signal.OUTSIDE,
            favourable=True,
            on_target=False,
            run=6,
            limits=Limits(35.7, 43.2, 50.7, 9.2, locked_on=date(2026, 9, 1)),
            responsible="Luc Paré",
        ),
        row(
            margin,
            [49e3, 51e3, 47.5e3, 50e3, 53e3, 51e3, 56e3, 45e3, 49e3, 47e3, 46.5e3, 50e3, 49.1e3],
            None,
            Verdict.NO_TARGET,
            currency="CAD",
            limits=Limits(38e3, 49.5e3, 61e3, 14e3, provisional=True),
            responsible="Anne Roy",
        ),
        row(
            proposals,
            [15, 16, 12, 10, 9, 12, 10, 8, 13, 13, 14, 11, 13],
            12,
            limits=Limits(5.1, 12.0, 18.9, 8.5),
            responsible=None,
        ),
        row(
            sales,
            [149e3, 152e3, 146e3, 151e3, 148.2e3, 148e3, 157e3, 149e3, 148.5e3, 151.5e3, 153e3,
             149e3, 152345],
            150_000,
            currency="CAD",
            limits=Limits(136e3, 150.3e3, 164e3, 17e3),
            responsible="Anne Roy",
        ),
    )  # fmt: skip
    plan = {
        "late": (
            action(1, "Rappeler les douze clients inactifs de l’Estrie", "Zoé Côté",
                   TODAY - timedelta(days=9), meetings),
            action(2, "Corriger le gabarit de soumission", "Luc Paré", TODAY - timedelta(days=1)),
        ),
        "due": (
            action(3, "Deux rencontres de plus par représentant", "Marc Roy", TODAY, meetings),
            action(4, "Revoir les prix de la gamme Boréal", "Anne Roy", TODAY + timedelta(days=1),
                   margin),
        ),
        "done": (
            action(5, "Envoyer la liste des relances", "Zoé Côté", TODAY - timedelta(days=3),
                   done_on=TODAY - timedelta(days=2)),
        ),
        "files": (
            file(),
            file("activites-hubspot.csv", "activities", rejected=3),
            file("factures 2026.csv", "invoices", "generic"),
        ),
    }  # fmt: skip
    return review(*rows, **{**plan, **changes})


def _local(text: str | LocalText) -> LocalText:
    return text if isinstance(text, LocalText) else LocalText(text, text)

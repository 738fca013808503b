"""Minutes of a meeting in which everything happened, in plain values."""

from dataclasses import replace
from datetime import date, datetime

from dashboard.rhythm.meeting.hygiene import Hygiene, SectionTime
from dashboard.rhythm.meeting.minutes import (
    AttendeeLine,
    BlockerLine,
    CommitmentLine,
    DecisionLine,
    Minutes,
    PointLine,
    RatingLine,
    ScoreLine,
    SectionNote,
    Standing,
    TaskLine,
    WinLine,
)
from dashboard.rhythm.meeting.model import BlockerStatus, Kind, Purpose, Topic
from pipelines.analysis.judgement import Signal, Verdict
from pipelines.kpis.definition import LocalText, Unit
from pipelines.periods import Calendar, Grain

CALENDAR = Calendar()
DAY = date(2026, 11, 10)
NEXT = date(2026, 11, 17)
ZOE, MARC, ETIENNE, LOUISE = "Zoé Côté", "Marc-André Roy", "Étienne Morin", "Louise Gagnon"
RATE = LocalText("Win rate", "Taux de transformation", "Ratio de conclusion")
MARGIN = LocalText(
    "Gross margin (% of sales)",
    "Taux de marge brute (sur CA)",
    "Marge bénéficiaire brute (%)",
)
DECIDED = "Appeler chaque devis de plus de 20 000 $ dans les deux jours"


def full_minutes() -> Minutes:
    """Return minutes with something under every heading."""
    return Minutes(
        meeting_id=7,
        kind=Kind.WEEKLY,
        purpose=Purpose.DECIDE,
        company="Menuiserie Érable",
        held_on=DAY,
        chair=LOUISE,
        started_at=datetime.fromisoformat("2026-11-10 14:02"),
        closed_at=datetime.fromisoformat("2026-11-10 14:34"),
        seconds=31 * 60 + 20,
        attendance=(
            AttendeeLine(ZOE, present=True),
            AttendeeLine(MARC, present=True),
            AttendeeLine(ETIENNE, present=False),
            AttendeeLine(LOUISE, present=True),
        ),
        sections=(
            SectionTime(1, Topic.WINS, None, 2, 115),
            SectionTime(2, Topic.SCOREBOARD, None, 6, 340),
            SectionTime(3, Topic.COMMITMENTS, None, 6, 420),
            SectionTime(4, Topic.BLOCKERS, None, 12, 805),
            SectionTime(5, Topic.CLOSE, "Qui fait quoi", 4, 200),
        ),
        notes=(
            SectionNote(2, "Le salon de la semaine 44 explique la hausse.\nÀ revoir en janvier."),
        ),
        points=(
            PointLine(3, 2, "Tarifs 2027", MARC, None, "On attend les prix du bois.", True, False),
            PointLine(4, 2, "Taux de marge brute", None, "off_target 3", "", False, True),
        ),
        week=CALENDAR.period(Grain.WEEK, date(2026, 11, 2)),
        scoreboard=(
            replace(_score("win_rate", RATE, 0.25, 0.30, (3, 12)), weeks_off=4),
            replace(
                _score("gross_margin_rate", MARGIN, 0.29, 0.32, (29_000, 100_000)),
                verdict=Verdict.FIND_THE_CAUSE,
                signal=Signal.OUTSIDE,
                favourable=False,
                currency="CAD",
                confidential=True,
            ),
            replace(
                _score("sales_won", LocalText("Sales won", "Ventes signées"), 152_000.0, 100_000),
                unit=Unit.MONEY,
                currency="CAD",
                verdict=Verdict.LEARN,
                signal=Signal.OUTSIDE,
                favourable=True,
                responsible=ZOE,
            ),
        ),
        commitments=(
            _commitment(21, "Relancer le devis 1042", MARC, date(2026, 11, 6), Standing.LATE),
            _commitment(22, "Préparer la visite de Lemieux", ZOE, DAY, Standing.OPEN),
            _commitment(23, "Envoyer le rappel par texto", ZOE, date(2026, 11, 9), Standing.DONE),
            _commitment(
                24, "Fixer les rendez-vous du salon", ZOE, date(2026, 11, 5), Standing.DONE
            ),
        ),
        wins=(
            WinLine("Lemieux a signé pour trois ans", ZOE, is_practice=True),
            WinLine("Deux recommandations de clients", None, is_practice=False),
        ),
        blockers=(
            _blocker(5, "Devis sans réponse", BlockerStatus.WORKED, rank=1, decisions=(11,)),
            _blocker(
                6,
                "Délais de l'atelier",
                BlockerStatus.PARKED,
                parked_until=date(2026, 11, 24),
                forum="réunion de production",
            ),
            _blocker(8, "Fichier clients à jour", BlockerStatus.OPEN),
        ),
        decisions=(DecisionLine(11, 5, DECIDED, MARC, date(2026, 11, 13), 31),),
        actions=(TaskLine(32, "Demander les prix du bois", LOUISE, date(2026, 11, 16), new=True),),
        tasks=(
            TaskLine(32, "Demander les prix du bois", LOUISE, date(2026, 11, 16), new=True),
            TaskLine(21, "Relancer le devis 1042", MARC, date(2026, 11, 6), new=False),
            TaskLine(31, DECIDED, MARC, date(2026, 11, 13), new=True),
            TaskLine(22, "Préparer la visite de Lemieux", ZOE, DAY, new=False),
        ),
        rating=RatingLine(3, 25 / 3),
        hygiene=Hygiene(1, 1, 2),
        next_on=NEXT,
    )


def empty_minutes() -> Minutes:
    """Return minutes of a meeting that brought nothing."""
    return replace(
        full_minutes(),
        decisions=(),
        actions=(),
        tasks=(),
        blockers=(),
        wins=(),
        points=(),
        notes=(),
        commitments=(),
        scoreboard=(),
        rating=RatingLine(2, None),
        hygiene=Hygiene(0, 0, 0),
        next_on=None,
    )


def _score(
    key: str,
    name: LocalText,
    value: float,
    target: float,
    parts: tuple[float | None, float | None] = (None, None),
) -> ScoreLine:
    return ScoreLine(
        key=key,
        name=name,
        value=value,
        numerator=parts[0],
        denominator=parts[1],
        target=target,
        max_target=None,
        at_most=False,
        gap=value - target,
        on_target=value >= target,
        verdict=Verdict.CHANGE_THE_SYSTEM,
        signal=None,
        favourable=None,
        weeks_off=0,
        unit=Unit.PERCENT,
        currency=None,
        responsible=ETIENNE,
        confidential=False,
    )


def _commitment(
    number: int, title: str, owner: str, due: date, standing: Standing
) -> CommitmentLine:
    done = due if standing is Standing.DONE else None
    return CommitmentLine(number, title, owner, due, done, standing, RATE, False)


def _blocker(number: int, title: str, status: BlockerStatus, **changes: object) -> BlockerLine:
    line = BlockerLine(
        number,
        title,
        RATE,
        ZOE,
        DAY,
        status,
        2,
        None,
        "Onze devis sur vingt sont sans réponse après dix jours.",
        "Un courriel de relance à tous.",
        "Personne n'appelle, parce que personne n'est nommé.",
        "Une liste le lundi\nUn appel dans les deux jours",
        (),
        None,
        None,
        False,
    )
    return replace(line, **changes)  # type: ignore[arg-type]  # the names are the fields'

"""What people promised each other between the meetings: kept, put off, and waiting for an answer."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from dashboard.demo_story.stage import (
    ETIENNE,
    FRANCOIS,
    GENEVIEVE,
    MARC_ANDRE,
    SCHOOL,
    TOWER,
    ZOE,
    Days,
    Scene,
    Stage,
)
from dashboard.rhythm.actions import add_action, complete, move
from dashboard.rhythm.course import comment, expect, set_progress
from dashboard.rhythm.requests import ask
from pipelines.sample import OWNER

_MORNING, _NOON, _EVENING = time(8, 20), time(11, 50), time(16, 10)
TEXT = "Envoyer un rappel par texto la veille de chaque rendez-vous"
_RECOMMENDED = "Demander une recommandation à trois clients du commercial"
_SCHOOL = "Décider avec l’École des Cèdres si la soumission tient encore"
_SIGNING = "Obtenir une date de signature ferme d’Immeubles Carrefour 20"
_COST = "Revoir le prix de revient des soumissions institutionnelles"
_TEMPLATE = "Monter un gabarit de soumission pour les comptoirs d’accueil"
_LOST = "Relire les dix dernières opportunités perdues sur le prix"


def promise_scenes(days: Days) -> Iterator[Scene]:
    """Return what was promised between the meetings, and how it went on."""
    monday, reminders = days.monday, days.planted.reminders_since
    yield _added(TEXT, ZOE, reminders - timedelta(days=6), reminders, "no_show_rate")
    yield _done(TEXT, reminders)
    yield _added(
        _RECOMMENDED,
        GENEVIEVE,
        monday - timedelta(days=18),
        monday - timedelta(days=5),
        "new_opportunities",
    )
    yield _done(_RECOMMENDED, monday - timedelta(days=6))
    yield _added(
        _SCHOOL,
        ETIENNE,
        monday - timedelta(days=24),
        monday - timedelta(days=11),
        "sales_won",
        about=SCHOOL,
    )
    yield _put_off(
        _SCHOOL,
        monday - timedelta(days=12),
        monday - timedelta(days=4),
        "La directrice n’était pas joignable cette semaine-là",
    )
    yield _added(
        "Appeler la direction de l’École des Cèdres et proposer une rencontre",
        OWNER,
        monday - timedelta(days=10),
        max(days.today, days.worked(monday + timedelta(days=9))),
        "sales_won",
        about=SCHOOL,
    )
    yield _added(
        _SIGNING,
        MARC_ANDRE,
        monday - timedelta(days=17),
        monday - timedelta(days=5),
        "sales_won",
        about=TOWER,
    )
    yield _put_off(
        _SIGNING,
        monday - timedelta(days=6),
        max(days.today, monday + timedelta(days=3)),
        "L’architecte du client revoit les plans",
    )
    yield Scene(days.today, _MORNING, _go_on)


def _added(
    title: str, owner: str, day: date, due: date, kpi: str, *, about: str | None = None
) -> Scene:
    def play(stage: Stage) -> None:
        deal = stage.days.deals.get(about or "")
        stage.place(add_action(stage.by(), title, owner, due, kpi, deal=deal))

    return Scene(day, _NOON, play)


def _done(title: str, day: date) -> Scene:
    def play(stage: Stage) -> None:
        action = stage.actions[title]
        stage.remember(complete(stage.by(action.owner), action.action_id, action.version))

    return Scene(day, _EVENING, play)


def _put_off(title: str, day: date, due: date, reason: str) -> Scene:
    def play(stage: Stage) -> None:
        action = stage.actions[title]
        stage.remember(move(stage.by(), action.action_id, action.version, due, reason))

    return Scene(day, _EVENING, play)


def _go_on(stage: Stage) -> None:
    """Tell how far the open actions are; one of them needs more time."""
    _expect(stage, _COST, 0.01, 8)
    _expect(stage, _TEMPLATE, 2.0, 4)
    for title, percent in ((_COST, 50), (_TEMPLATE, 70), (_LOST, 20)):
        action = stage.actions[title]
        changed = set_progress(stage.by(action.owner), action.action_id, action.version, percent)
        stage.remember(changed)
    comment(
        stage.by(ETIENNE),
        stage.actions[_SCHOOL].action_id,
        "J’ai laissé deux messages. Je passe à l’école cette semaine.",
    )
    comment(
        stage.by(GENEVIEVE),
        stage.actions[_TEMPLATE].action_id,
        "Il manque seulement la page des trois options.",
    )
    cost = stage.actions[_COST]
    ask(
        stage.by(FRANCOIS),
        cost.action_id,
        stage.days.worked(cost.due_on + timedelta(days=7)),
        "Les heures de pose du dernier chantier arrivent la semaine prochaine",
    )


def _expect(stage: Stage, title: str, effect: float, weeks: int) -> None:
    action = stage.actions[title]
    stage.remember(expect(stage.by(), action.action_id, action.version, effect, weeks))

"""What the people of the sample company decided and promised, told through the usual functions."""

from datetime import date, timedelta

from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import add_action, complete, move
from pipelines.context import Context
from pipelines.kpis.choice import choose
from pipelines.kpis.targets import TargetRequest, set_target
from pipelines.periods import Grain
from pipelines.sample import PEOPLE, Planted

_ZOE, _MARC_ANDRE, _GENEVIEVE, _ETIENNE, _FRANCOIS = PEOPLE
_CHOICE = (
    ("new_opportunities", _ZOE),
    ("meetings_held", _ZOE),
    ("no_show_rate", _ZOE),
    ("proposals_sent", _GENEVIEVE),
    ("sales_won", _MARC_ANDRE),
    ("win_rate", _ETIENNE),
    ("gross_margin_rate", _FRANCOIS),
)
_SALES_A_QUARTER = 1_300_000
_SALES_SHARES = dict(zip(PEOPLE, (0.28, 0.20, 0.19, 0.18, 0.15), strict=True))
_MEETINGS_A_WEEK = dict.fromkeys(PEOPLE, 3) | {_ZOE: 12}
#: The company began to work with Cap 90 this long before today.
_BEGAN = timedelta(weeks=16)
#: Targets reach further back than any trend that is shown, so that past weeks have theirs.
_AIMED = timedelta(weeks=52)


def tell(context: Context) -> None:
    """Choose seven KPIs, set targets, and promise what was promised until the context's day."""
    planted = Planted(context.today())
    choose(context.on(planted.monday - _BEGAN), _CHOICE)
    _aim(context, planted)
    _keep_promises(context, planted)
    _make_promises(context, planted)


def _aim(context: Context, planted: Planted) -> None:
    start = (planted.monday - _AIMED).replace(day=1)
    for request in (
        TargetRequest("new_opportunities", 11, start, per=Grain.WEEK),
        TargetRequest("meetings_held", 22, start, per=Grain.WEEK),
        TargetRequest("no_show_rate", 0.10, start),
        TargetRequest("proposals_sent", 9, start, per=Grain.WEEK),
        TargetRequest("sales_won", _SALES_A_QUARTER, start, per=Grain.QUARTER),
        TargetRequest("win_rate", 0.30, start),
        TargetRequest("gross_margin_rate", 0.32, start),
    ):
        set_target(context, request)
    for owner in PEOPLE:
        sales = _SALES_A_QUARTER * _SALES_SHARES[owner]
        for request in (
            TargetRequest("sales_won", sales, start, per=Grain.QUARTER, owner=owner),
            TargetRequest(
                "meetings_held", _MEETINGS_A_WEEK[owner], start, per=Grain.WEEK, owner=owner
            ),
        ):
            set_target(context, request)


def _keep_promises(context: Context, planted: Planted) -> None:
    """Add what is done by now, and tick it off on its day."""
    reminders, monday = planted.reminders_since, planted.monday
    for title, owner, added, due, done, kpi in (
        (
            "Envoyer un rappel par texto la veille de chaque rendez-vous",
            _ZOE,
            reminders - timedelta(days=6),
            reminders,
            reminders,
            "no_show_rate",
        ),
        (
            "Demander une recommandation à trois clients du commercial",
            _GENEVIEVE,
            monday - timedelta(days=18),
            monday - timedelta(days=5),
            monday - timedelta(days=6),
            "new_opportunities",
        ),
    ):
        action = add_action(context.on(added), title, owner, due, kpi)
        complete(context.on(done), action.action_id, action.version)


def _make_promises(context: Context, planted: Planted) -> None:
    monday, today = planted.monday, planted.today
    late = add_action(
        context.on(monday - timedelta(days=24)),
        "Décider avec l’École des Cèdres si la soumission tient encore",
        _ETIENNE,
        monday - timedelta(days=11),
        "sales_won",
    )
    _put_off(
        context.on(monday - timedelta(days=12)),
        late,
        monday - timedelta(days=4),
        "La directrice n’était pas joignable cette semaine-là",
    )
    signing = add_action(
        context.on(monday - timedelta(days=17)),
        "Obtenir une date de signature ferme d’Immeubles Carrefour 20",
        _MARC_ANDRE,
        monday - timedelta(days=5),
        "sales_won",
    )
    _put_off(
        context.on(monday - timedelta(days=6)),
        signing,
        max(today, monday + timedelta(days=3)),
        "L’architecte du client revoit les plans",
    )
    last_week = context.on(monday - timedelta(days=6))
    for title, owner, days, kpi in (
        ("Céder quatre rendez-vous par semaine de Zoé à un collègue", _ZOE, 2, "meetings_held"),
        (
            "Revoir le prix de revient des soumissions institutionnelles",
            _FRANCOIS,
            4,
            "gross_margin_rate",
        ),
        (
            "Monter un gabarit de soumission pour les comptoirs d’accueil",
            _GENEVIEVE,
            8,
            "proposals_sent",
        ),
        ("Rappeler l’Hôtel du Lac et fixer une date de décision", _GENEVIEVE, 9, "sales_won"),
        ("Relire les dix dernières opportunités perdues sur le prix", _ETIENNE, 11, "win_rate"),
    ):
        add_action(last_week, title, owner, max(today, monday + timedelta(days=days)), kpi)


def _put_off(context: Context, action: Action, due: date, reason: str) -> None:
    move(context, action.action_id, action.version, due, reason)

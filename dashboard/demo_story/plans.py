"""The plans of 90 days: what became of the company's, and those of two salespeople."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from dashboard.demo_story.stage import ETIENNE, MARC_ANDRE, ZOE, Days, Scene, Stage
from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import add_action, complete
from dashboard.rhythm.plan import plan_store
from dashboard.rhythm.plan.model import NewPriority, Plan
from dashboard.rhythm.plan.one_to_ones import hold
from dashboard.rhythm.plan.plans import adopt, draft, set_dates, set_terms
from dashboard.rhythm.plan.priorities import set_priority
from dashboard.rhythm.plan.standing import proposed_from
from dashboard.rhythm.plan.terms import (
    Account,
    ActivityTarget,
    Effort,
    Frequency,
    PersonalTerms,
)
from dashboard.rhythm.quarter.proposing import former_plan
from pipelines.sample import OWNER

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_AFTERNOON, _EVENING = time(14, 30), time(16, 35)
TOGETHER = "Faire un premier rendez-vous à deux avec chaque vendeur"
_ZOE = PersonalTerms(
    accounts=(
        Account("Clinique du Parc", "Commercial"),
        Account("Assurances Boréal-Est", "Commercial"),
        Account("Caisse du Vallon", "Commercial"),
        Account("Résidence des Aînés du Fleuve", "Institutionnel"),
        Account("Chalets du Grand Pic", "Résidentiel"),
    ),
    frequencies=(
        Frequency("Commercial", 4),
        Frequency("Institutionnel", 6),
        Frequency("Résidentiel", 12),
    ),
    rendez_vous="Une rencontre de 30 minutes ou plus, chez le client ou à l’atelier, avec la "
    "personne qui décide, et une suite datée.",
    effort=(Effort("Commercial", 50), Effort("Institutionnel", 30), Effort("Résidentiel", 20)),
    activity=(ActivityTarget("meetings_held", 9), ActivityTarget("new_opportunities", 5)),
    means="Le camion de démonstration deux jours par semaine. Une demi-journée par mois avec "
    "Marc-André chez les clients.",
)
_ETIENNE = PersonalTerms(
    accounts=(
        Account("École des Cèdres", "Institutionnel"),
        Account("Cégep du Plateau", "Institutionnel"),
        Account("Ville de Sainte-Aurore", "Institutionnel"),
        Account("Boutiques Ormeau", "Commercial"),
    ),
    frequencies=(Frequency("Institutionnel", 4), Frequency("Commercial", 6)),
    rendez_vous="Une rencontre en personne avec quelqu’un qui signe ou qui recommande.",
    effort=(Effort("Institutionnel", 60), Effort("Commercial", 40)),
    activity=(ActivityTarget("meetings_held", 4), ActivityTarget("proposals_sent", 2)),
    means="Une formation d’une journée sur les appels d’offres publics.",
)


@dataclass
class _OwnPlan:
    """The plan of one person, and what was talked about one to one."""

    person: str
    priority: NewPriority
    terms: PersonalTerms
    help_asked: str
    agreed: str
    plan: Plan | None = None

    def make(self, stage: Stage) -> None:
        """Draft it together, and adopt it."""
        lead = stage.by(MARC_ANDRE)
        plan = draft(lead, person=self.person, starts_on=stage.days.worked(stage.day + _DAY))
        stands = proposed_from(lead, self.priority.kpi or "", self.person)
        wanted = replace(self.priority, from_value=_below(stands, self.priority.to_value or 0))
        plan = set_priority(lead, plan.plan_id, plan.version, wanted)
        plan = set_terms(lead, plan.plan_id, plan.version, self.terms)
        self.plan = adopt(lead, plan.plan_id, plan.version)

    def talk(self, stage: Stage) -> None:
        """Look at the gaps together."""
        if self.plan is not None:
            hold(stage.by(MARC_ANDRE), self.plan, self.help_asked, self.agreed)


def plan_scenes(days: Days) -> Iterator[Scene]:
    """Return what became of the company's plan, and how people made their own.

    The company's come out of the quarterly reviews.
    """
    yield Scene(days.worked(days.former_quarter.start + 3 * _WEEK), _AFTERNOON, _promise)
    shortened = days.worked(days.quarter.start + 2 * _WEEK)
    if shortened < days.today:
        yield Scene(shortened, _EVENING, _shorten)
    if _due(days) < days.today:
        yield Scene(_due(days), _AFTERNOON, _tick_off)
    made = days.worked(days.monday - 7 * _WEEK)
    own = (
        _OwnPlan(
            ZOE,
            NewPriority("Ouvrir des portes au commercial", "new_opportunities", None, 5),
            _ZOE,
            "Quelqu’un pour confirmer les rendez-vous deux heures par semaine. Je passe mes "
            "vendredis au téléphone.",
            "Geneviève confirme les rendez-vous du lundi et du mardi. On regarde ensemble dans "
            "deux semaines.",
        ),
        _OwnPlan(
            ETIENNE,
            NewPriority("Des soumissions institutionnelles qui gagnent", "win_rate", None, 0.40),
            _ETIENNE,
            "Rencontrer la directrice de l’École des Cèdres avec Louise.",
            "Louise appelle la direction. Étienne prépare une page\N{NO-BREAK SPACE}: ce qu’on offre, et jusqu’à quand.",
        ),
    )
    for minute, one in enumerate(own):
        yield Scene(made, time(10, 15 + minute), one.make)
        # before the week in which Zoé was ill
        yield Scene(days.worked(days.monday - 11 * _DAY), time(14, 30 + minute), one.talk)


def _due(days: Days) -> date:
    return days.worked(days.quarter.start + 3 * _WEEK)


def _promise(stage: Stage) -> None:
    """Promise something that outlives the plan."""
    stage.place(add_action(stage.by(), TOGETHER, ZOE, _due(stage.days), "meetings_held"))


def _shorten(stage: Stage) -> None:
    """Let the running plan end earlier, and say why."""
    plan = former_plan(stage.context.store.read(plan_store.read_plans))
    if plan is not None:
        set_dates(
            stage.by(OWNER),
            plan.plan_id,
            plan.version,
            plan.starts_on,
            plan.ends_on - _WEEK,
            reason="L’atelier ferme une semaine plus tôt que d’habitude, pour l’inventaire",
        )


def _below(value: float | None, most: float) -> float | None:
    return value if value is not None and value < most else None


def _tick_off(stage: Stage) -> None:
    action: Action = stage.actions[TOGETHER]
    stage.remember(complete(stage.by(ZOE), action.action_id, action.version))

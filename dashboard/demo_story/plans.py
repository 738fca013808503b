"""The plans of 90 days: the company's, the one before it, and those of two salespeople."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from dashboard.demo_story.stage import ETIENNE, MARC_ANDRE, ZOE, Days, Scene, Stage
from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import add_action, complete, list_actions
from dashboard.rhythm.plan.carry import carry_over
from dashboard.rhythm.plan.model import NewPriority, Plan
from dashboard.rhythm.plan.one_to_ones import hold
from dashboard.rhythm.plan.plans import adopt, close, draft, set_dates, set_terms
from dashboard.rhythm.plan.priorities import set_priority
from dashboard.rhythm.plan.standing import proposed_from
from dashboard.rhythm.plan.terms import (
    Account,
    ActivityTarget,
    Effort,
    Frequency,
    PersonalTerms,
)
from pipelines.sample import OWNER

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_MORNING, _AFTERNOON = time(10, 15), time(14, 30)
_TOGETHER = "Faire un premier rendez-vous à deux avec chaque vendeur"
_FORMER = (
    NewPriority("Que les clients se présentent aux rendez-vous", "no_show_rate", 0.20, 0.10),
    NewPriority("Des rendez-vous chaque semaine, vacances ou non", "meetings_held", 19, 22),
    NewPriority("Arrêter l’érosion de la marge institutionnelle", "gross_margin_rate", 0.31, 0.32),
)
_NEW = NewPriority("Des soumissions plus rapides et plus claires", "proposals_sent", 7, 9)


@dataclass
class _Plans:
    """The company's plans on their way."""

    days: Days
    former: Plan | None = None
    plan: Plan | None = None

    def scenes(self) -> Iterator[Scene]:
        """Return how the former plan was made, and the running one out of it."""
        began, begins = self.days.former_quarter.start, self.days.quarter.start
        adopted = self.days.worked(begins - 8 * _DAY)
        yield Scene(self.days.worked(began - 5 * _DAY), _AFTERNOON, self.first)
        yield Scene(self.days.worked(began + 3 * _WEEK), _AFTERNOON, self.promise)
        yield Scene(adopted, _AFTERNOON, self.next)
        yield Scene(self.days.until_today(begins), _AFTERNOON, self.let_go)
        yield Scene(self.days.until_today(begins + 2 * _WEEK), _AFTERNOON, self.shorten)
        due = self._due()
        if due < self.days.today:
            yield Scene(due, _AFTERNOON, _tick_off)

    def first(self, stage: Stage) -> None:
        """Draft the plan of the former quarter, and adopt it."""
        boss = stage.by(OWNER)
        plan = draft(
            boss,
            starts_on=self.days.worked(self.days.former_quarter.start),
            ends_on=self.days.former_quarter.last_day,
        )
        for new in _FORMER:
            plan = set_priority(boss, plan.plan_id, plan.version, new)
        self.former = adopt(boss, plan.plan_id, plan.version)
        stage.priorities = _by_kpi(self.former)

    def promise(self, stage: Stage) -> None:
        """Promise something that outlives the plan."""
        stage.place(add_action(stage.by(), _TOGETHER, ZOE, self._due(), "meetings_held"))

    def next(self, stage: Stage) -> None:
        """Draft the running plan with what goes on, and adopt it."""
        boss, former = stage.by(OWNER), self.former
        if former is None:
            raise RuntimeError("there is a plan before")
        going_on = [one.priority_id for one in former.standing if one.kpi != "no_show_rate"]
        plan = carry_over(
            boss,
            former.plan_id,
            former.version,
            priorities=going_on,
            actions=[stage.actions[_TOGETHER].action_id],
            starts_on=self.days.worked(self.days.quarter.start),
            ends_on=self.days.quarter.last_day,
        )
        for priority in plan.standing:
            title, most = _SAID_ANEW[priority.kpi or ""]
            new = NewPriority(title, priority.kpi, _below(priority.from_value, most), most)
            plan = set_priority(
                boss, plan.plan_id, plan.version, new, priority_id=priority.priority_id
            )
        plan = set_priority(boss, plan.plan_id, plan.version, _NEW)
        self.plan = adopt(boss, plan.plan_id, plan.version)
        stage.priorities = _by_kpi(self.plan)
        (carried,) = (
            one for one in list_actions(stage.context) if one.title == _TOGETHER and one.is_open
        )
        stage.remember(carried)

    def let_go(self, stage: Stage) -> None:
        """Close the plan of the former quarter."""
        if self.former is not None:
            close(stage.by(OWNER), self.former.plan_id, self.former.version)

    def shorten(self, stage: Stage) -> None:
        """Let the running plan end earlier, and say why."""
        if self.plan is not None:
            set_dates(
                stage.by(OWNER),
                self.plan.plan_id,
                self.plan.version,
                self.plan.starts_on,
                self.plan.ends_on - _WEEK,
                reason="Le bilan du trimestre se fait une semaine plus tôt, avant l’inventaire",
            )

    def _due(self) -> date:
        return self.days.worked(self.days.quarter.start + 3 * _WEEK)


_SAID_ANEW = {
    "meetings_held": (
        "Répartir les rendez-vous\N{NO-BREAK SPACE}: Zoé n’en porte plus la moitié",
        24.0,
    ),
    "gross_margin_rate": ("Ramener la marge institutionnelle", 0.33),
}
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
    """Return how the plans were made and changed."""
    yield from _Plans(days).scenes()
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


def _by_kpi(plan: Plan) -> dict[str, int]:
    return {one.kpi: one.priority_id for one in plan.standing if one.kpi}


def _below(value: float | None, most: float) -> float | None:
    return value if value is not None and value < most else None


def _tick_off(stage: Stage) -> None:
    action: Action = stage.actions[_TOGETHER]
    stage.remember(complete(stage.by(ZOE), action.action_id, action.version))

"""A plan with priorities and actions, made the way people make it."""

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.rhythm.action import Action
from dashboard.rhythm.actions import add_action, complete, move
from dashboard.rhythm.course import set_progress
from dashboard.rhythm.plan.model import NewPriority, Plan
from dashboard.rhythm.plan.plans import adopt, draft, set_terms
from dashboard.rhythm.plan.priorities import set_priority
from dashboard.rhythm.plan.terms import (
    Account,
    ActivityTarget,
    Effort,
    Frequency,
    PersonalTerms,
)
from pipelines.context import Context

MEETINGS = NewPriority("Plus de premiers rendez-vous", "meetings_held", 14, 22)
NO_SHOWS = NewPriority("Des rendez-vous honorés", "no_show_rate", 0.18, 0.1)
SALES = NewPriority("Vendre plus régulièrement", "sales_won", 80_000, 100_000)

TERMS = PersonalTerms(
    accounts=(Account("Hôtel du Lac", "A"), Account("École des Cèdres", "B")),
    frequencies=(Frequency("A", 2), Frequency("B", 6)),
    rendez_vous="Une rencontre de 30 minutes avec quelqu’un qui décide",
    effort=(Effort("A", 35), Effort("B", 25)),
    activity=(ActivityTarget("meetings_held", 4),),
    means="Une journée de formation, un budget de déplacement de 1 500 $",
)


@dataclass(frozen=True)
class Made:
    plan: Plan
    actions: tuple[Action, ...]


def drafted(
    context: Context,
    *priorities: NewPriority,
    person: str | None = None,
    starts_on: date | None = None,
) -> Plan:
    """Return a draft with some priorities."""
    plan = draft(context, person=person, starts_on=starts_on)
    for one in priorities:
        plan = set_priority(context, plan.plan_id, plan.version, one)
    return plan


def adopted(
    context: Context,
    *priorities: NewPriority,
    person: str | None = None,
    starts_on: date | None = None,
) -> Plan:
    """Return a plan that holds."""
    plan = drafted(context, *priorities, person=person, starts_on=starts_on)
    return adopt(context, plan.plan_id, plan.version)


def five_weeks_in(context: Context, today: date, people: tuple[str, ...]) -> Made:
    """Return a plan of three priorities that has run for five weeks, with actions under way.

    One action is done, one late, one moved with a reason, one half done, one still to come.

    Args:
        today: A Monday.
        people: At least two.
    """
    start = today - timedelta(weeks=5)
    then = context.on(start - timedelta(days=3))
    plan = adopted(then, MEETINGS, NO_SHOWS, SALES)
    meetings, no_shows, sales = (one.priority_id for one in plan.priorities)
    first, second = people[:2]
    week = timedelta(weeks=1)
    begun = context.on(start)

    def add(title: str, owner: str, weeks: int, kpi: str, priority: int) -> Action:
        due_on = start + weeks * week + timedelta(days=3)
        return add_action(begun, title, owner, due_on, kpi, priority_id=priority)

    reminders = add("Rappeler chaque rendez-vous la veille", first, 1, "no_show_rate", no_shows)
    done = complete(context.on(start + week), reminders.action_id, reminders.version)
    late = add("Relancer les dix soumissions ouvertes", second, 4, "sales_won", sales)
    template = add("Monter un gabarit de soumission", second, 3, "sales_won", sales)
    moved = move(
        context.on(start + 3 * week),
        template.action_id,
        template.version,
        today + timedelta(days=4),
        "Le graphiste est absent",
    )
    half = add("Appeler quarante clients inactifs", first, 6, "meetings_held", meetings)
    half = set_progress(context.on(start + 4 * week), half.action_id, half.version, 50)
    ahead = add("Inviter vingt architectes à l’atelier", first, 9, "meetings_held", meetings)
    return Made(plan, (done, late, moved, half, ahead))


def personal(context: Context, person: str, *, starts_on: date) -> Plan:
    """Return the adopted plan of a person, with terms."""
    plan = drafted(context, MEETINGS, person=person, starts_on=starts_on)
    plan = set_terms(context, plan.plan_id, plan.version, TERMS)
    return adopt(context, plan.plan_id, plan.version)

"""Everything that can be done on the page of a plan, by whoever looks at it."""

from functools import partial

from dashboard import data, session
from dashboard.access.rights import Capability
from dashboard.components.personal_page import PersonalHands
from dashboard.components.plan_forms import PlanGestures
from dashboard.components.plan_page import Hands
from dashboard.gestures import actions, plans
from dashboard.rhythm import course
from dashboard.rhythm.plan.board import Board
from dashboard.rhythm.plan.model import Plan, PlanStatus
from dashboard.text import Language


def hands(language: Language, plan: Plan) -> Hands:
    """Return what whoever looks may do with a plan and its actions."""
    visitor = session.visitor()
    decides = visitor.may(Capability.EDIT_PLAN)
    prepares = plan.status is PlanStatus.DRAFT and data.plan.may_draft(plan.person)
    return Hands(
        edit=decides or prepares,
        decide=decides,
        add=visitor.may(Capability.DO_ACTIONS) and plan.status is not PlanStatus.CLOSED,
        plan=_of_plan(language, plan),
        changes=actions.changes(language),
        comments=lambda action: course.comments(session.current(), action.action_id),
        tick=partial(actions.tick, language),
        progress=partial(plans.set_progress, language),
        add_action=partial(plans.add_under, language, plan),
    )


def personal_hands(language: Language, board: Board) -> PersonalHands:
    """Return what whoever looks may do with the agreement and the one-to-one point of a plan."""
    plan, visitor = board.plan, session.visitor()
    decides = visitor.may(Capability.EDIT_PLAN)
    prepares = data.plan.may_draft(plan.person)
    draft = plan.status is PlanStatus.DRAFT
    return PersonalHands(
        edit=not board.past
        and plan.status is not PlanStatus.CLOSED
        and (decides or (draft and prepares)),
        talk=prepares and not board.past,
        terms=partial(plans.set_terms, language, plan),
        hold=partial(plans.hold_one_to_one, language, plan),
        rewrite=partial(plans.rewrite_one_to_one, language),
    )


def _of_plan(language: Language, plan: Plan) -> PlanGestures:
    return PlanGestures(
        set_priority=partial(plans.set_priority, language, plan),
        take_out=partial(plans.take_out, language, plan),
        up=partial(plans.raise_priority, language, plan),
        set_dates=partial(plans.set_dates, language, plan),
        adopt=partial(plans.adopt, language, plan),
        close=partial(plans.close, language, plan),
        carry_over=partial(plans.carry_over, language, plan),
        start=lambda key: data.plan.proposed_start(key, plan.person),
    )

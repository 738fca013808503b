"""The company's 90-day plan: three priorities, the actions under them, and how it goes."""

from functools import partial

import streamlit as st

from dashboard import data
from dashboard.components.conflict import conflict_panel
from dashboard.components.files import file_links
from dashboard.components.messages import show_outcome
from dashboard.components.plan_page import begin_plan, no_plan, plan_part
from dashboard.data.plan import Wanted
from dashboard.downloads import table_files
from dashboard.gestures import plan_page, plans
from dashboard.navigation import Place, title
from dashboard.state import plan_asked, plan_place, selection
from dashboard.text import text

state = selection()
language = state.language
st.title(title(Place.PLAN, language), anchor=False)
show_outcome(language)
conflict_panel(data.access.timezone(), language)
board = data.plan.board(Wanted(None, *plan_asked()))
if board is not None:
    plan_part(board, plan_place(None), language, plan_page.hands(language, board.plan))
    shown = {
        "plan": str(board.plan.plan_id),
        "on": board.seen_from.isoformat() if board.past else "",
    }
    file_links("plan_files", table_files("plan_actions", language, **shown), language)
else:
    no_plan(
        text(
            "There is no plan yet. A 90-day plan names up to three priorities, each with the KPI "
            "that will show whether it works, and the actions that bring it about.",
            language,
        )
    )
    if data.plan.may_draft(None):
        begin_plan(data.plan.proposed_dates(None), language, partial(plans.draft, language, None))

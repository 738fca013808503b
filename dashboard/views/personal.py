"""The plan of one person: what was agreed on, how it goes, and the one-to-one point."""

from functools import partial

import streamlit as st

from dashboard import data
from dashboard.components.conflict import conflict_panel
from dashboard.components.files import FileLink, file_links
from dashboard.components.messages import show_outcome
from dashboard.components.personal_page import person_part, whose_plan
from dashboard.components.plan_page import begin_plan, no_plan, plan_part
from dashboard.data.plan import Wanted
from dashboard.downloads import table_files
from dashboard.gestures import plan_page, plans
from dashboard.navigation import Place, title
from dashboard.rhythm.plan.board import Board
from dashboard.state import person_asked, plan_asked, plan_place, selection, show_person
from dashboard.text import Language, text


def agreed(board: Board, language: Language) -> None:
    """Show what belongs to a person's plan beside its priorities."""
    personal = data.plan.personal(board)
    person_part(
        board.plan,
        personal,
        {kpi.key: kpi for kpi in data.kpis.definitions()},
        language,
        plan_page.personal_hands(language, board),
    )
    if personal.gaps:
        file_links("gaps_files", files(board, "own_targets", language), language)


def files(board: Board, name: str, language: Language) -> tuple[FileLink, ...]:
    """Return where a table of a person's plan can be taken away."""
    return table_files(
        name,
        language,
        person=board.plan.person or "",
        plan=str(board.plan.plan_id),
        on=board.seen_from.isoformat() if board.past else "",
    )


state = selection()
language = state.language
people = data.plan.whose()
person = person_asked(people, data.plan.planned())
st.title(title(Place.PERSONAL, language), anchor=False)
show_outcome(language)
conflict_panel(data.access.timezone(), language)
if person is None:
    no_plan(text("Nobody is known here whose plan you may see.", language))
else:
    whose_plan(people, person, language, show=show_person)
    board = data.plan.board(Wanted(person, *plan_asked()))
    if board is not None:
        plan_part(
            board,
            plan_place(person),
            language,
            plan_page.hands(language, board.plan),
            more=partial(agreed, board, language),
        )
        file_links("plan_files", files(board, "plan_actions", language), language)
    else:
        no_plan(
            text(
                "{person} has no plan yet. A plan of one's own is prepared together: target "
                "accounts, own targets, and what is needed for it.",
                language,
                person=person,
            )
        )
        if data.plan.may_draft(person):
            dates = data.plan.proposed_dates(person)
            begin_plan(dates, language, partial(plans.draft, language, person))

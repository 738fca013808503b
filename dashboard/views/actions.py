"""Every action: who does what by when, and what happened to it since."""

from functools import partial

import streamlit as st

from dashboard import data
from dashboard.components.action_list import action_list, filters, listed
from dashboard.components.conflict import conflict_panel
from dashboard.components.files import file_links
from dashboard.components.messages import show_outcome
from dashboard.components.requests import MoveRequests
from dashboard.downloads import table_files
from dashboard.gestures import actions as action_gestures
from dashboard.gestures.mine import answer_request
from dashboard.navigation import Place, title
from dashboard.state import action_filter, selection, show_actions
from dashboard.text import text

language = selection().language
status, person = action_filter()
st.title(title(Place.ACTIONS, language), anchor=False)
show_outcome(language)
conflict_panel(data.access.timezone(), language)
if not data.commitments.actions():
    st.markdown(
        text(
            "No action has been agreed yet. Add the first one below: what, who, by when.", language
        )
    )
filters(status, person, data.people.names(), language, show=show_actions)
action_list(
    listed(data.commitments.actions(), status, person),
    data.commitments.around(),
    language,
    tick=partial(action_gestures.tick, language),
    add=partial(action_gestures.add_action, language),
    stranger=action_gestures.stranger(),
    adopt=partial(action_gestures.adopt, language),
    waiting=MoveRequests(data.own.requests_to_answer(), partial(answer_request, language)),
    changes=action_gestures.changes(language),
)
if data.commitments.actions():
    shown = {"status": status.value, **({"person": person} if person else {})}
    file_links("actions_files", table_files("actions", language, **shown), language)

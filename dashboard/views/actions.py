"""Every action: who does what by when, and what happened to it since."""

from functools import partial

import streamlit as st

from dashboard import data, gestures
from dashboard.components.action_list import action_list, filters, listed
from dashboard.components.messages import show_outcome
from dashboard.navigation import Place, title
from dashboard.state import action_filter, selection, show_actions

language = selection().language
status, person = action_filter()
st.title(title(Place.ACTIONS, language), anchor=False)
show_outcome(language)
filters(status, person, data.people(), language, show=show_actions)
action_list(
    listed(data.actions(), status, person),
    data.around(),
    language,
    tick=partial(gestures.tick, language),
    add=partial(gestures.add_action, language),
    changes=gestures.changes(language),
)

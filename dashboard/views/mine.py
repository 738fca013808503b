"""What I promised, and my numbers: made for a telephone."""

import streamlit as st

from dashboard import data
from dashboard.components.conflict import conflict_panel
from dashboard.components.messages import guarded, show_outcome
from dashboard.components.mine import mine
from dashboard.gestures.mine import wishes
from dashboard.navigation import Place, title
from dashboard.state import selection
from dashboard.text import Language


@st.fragment
def commitments(language: Language) -> None:
    """Only this is drawn again after a tap."""
    with guarded(language):
        show_outcome(language)
        conflict_panel(data.access.timezone(), language)
        mine("mine", data.own.mine(), language, wishes(language))


language = selection().language
st.title(title(Place.MINE, language), anchor=False)
commitments(language)

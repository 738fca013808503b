"""The data: files taken in, rows set aside, and the form that takes the next file in."""

from functools import partial

import streamlit as st

from dashboard import data, gestures
from dashboard.components.import_page import (
    import_table,
    questions,
    reject_choice,
    reject_table,
    report,
    upload_form,
)
from dashboard.components.messages import show_outcome
from dashboard.navigation import Place, title
from dashboard.state import selection
from dashboard.text import text

language = selection().language
st.title(title(Place.IMPORTS, language), anchor=False)
show_outcome(language)
if pending := gestures.pending_import():
    questions(pending.report, language, answer=partial(gestures.answer_import, language))
if upload := upload_form(language):
    with st.spinner(text("Reading the file…", language)):
        gestures.take_in(language, upload)
    st.rerun()  # what is to be said stands above the form
if result := gestures.last_import():
    report(result, language)
imports = data.imports()
import_table(imports, language)
if chosen := reject_choice(imports, language):
    reject_table(data.rejects(chosen.import_id), language)

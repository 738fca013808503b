"""The data: files taken in, rows set aside, and the form that takes the next file in."""

from functools import partial

import streamlit as st

from dashboard import data
from dashboard.components.files import file_links
from dashboard.components.import_page import (
    import_table,
    questions,
    reject_choice,
    reject_table,
    report,
    upload_form,
)
from dashboard.components.job_list import being_read, others_at_work, watched
from dashboard.components.messages import show_outcome
from dashboard.downloads import table_files
from dashboard.gestures import imports as import_gestures
from dashboard.jobs import looking
from dashboard.navigation import Place, title
from dashboard.state import selection
from dashboard.text import text

language = selection().language
st.title(title(Place.IMPORTS, language), anchor=False)
running = import_gestures.running_import(language)
show_outcome(language)
if pending := import_gestures.pending_import():
    questions(pending.report, language, answer=partial(import_gestures.answer_import, language))
if running:
    watched(
        partial(import_gestures.running_import, language),
        partial(being_read, language=language, stop=partial(import_gestures.stop_job, language)),
    )
elif upload := upload_form(language):
    with st.spinner(text("Reading the file…", language)):
        import_gestures.take_in(language, upload)
    st.rerun()  # what is to be said stands above the form
others_at_work(len(looking.at_work()) - bool(running), language)
if result := import_gestures.last_import():
    report(result, language)
imports = data.imports.imports()
import_table(imports, language)
if imports:
    file_links("imports_files", table_files("imports", language), language)
if chosen := reject_choice(imports, language):
    reject_table(data.imports.rejects(chosen.import_id), language)
    number = {"import": str(chosen.import_id)}
    file_links("rejects_files", table_files("rejects", language, **number), language)

"""The jobs: who started what, how far it is, and what came of it."""

from functools import partial

import streamlit as st

from dashboard import company, data, session
from dashboard.components.job_list import job_table, running_jobs, watched
from dashboard.components.messages import show_outcome
from dashboard.components.next_step import next_step
from dashboard.gestures import imports as import_gestures
from dashboard.jobs import looking
from dashboard.navigation import Place, title
from dashboard.state import selection
from pipelines.errors import msg

language = selection().language
st.title(title(Place.JOBS, language), anchor=False)
show_outcome(language)
if active := looking.at_work():
    watched(
        partial(looking.at_work, as_of=active),
        partial(running_jobs, language=language, stop=partial(import_gestures.stop_job, language)),
    )
elif not looking.ended():
    next_step(
        msg("The first job is usually a file that is taken in."),
        msg("Take in a file"),
        Place.IMPORTS,
        session.visitor(),
        language,
        whom=company.whom_to_ask,
    )
job_table(looking.ended(), data.access.timezone(), language)

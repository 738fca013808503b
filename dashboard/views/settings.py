"""The company: its name and logo, place and calendar, mail, and what its owner alone decides."""

from functools import partial

import streamlit as st

from dashboard import company, session
from dashboard.access.rights import Capability
from dashboard.components.conflict import conflict_panel
from dashboard.components.messages import beside, show_outcome, show_refusal
from dashboard.components.rhythm_form import rhythm_form
from dashboard.components.settings_page import (
    company_form,
    logo_form,
    mail_form,
    meeting_form,
    owner_form,
    test_button,
)
from dashboard.gestures import company as company_gestures
from dashboard.navigation import Place, title
from dashboard.state import selection
from dashboard.text import text

language = selection().language
session.require(Capability.EDIT_SETTINGS)
st.title(title(Place.SETTINGS, language), anchor=False)
show_outcome(language)
form = company_gestures.form(language)
conflict_panel(form.settings.timezone, language)
st.subheader(text("The company", language), anchor=False)
company_form(form)
st.subheader(text("Logo", language), anchor=False)
logo_form(form, company.logo(), partial(company_gestures.change_logo, language))
st.subheader(text("Meetings", language), anchor=False)
meeting_form(form)
rhythm_form(form, company.coming_meetings())
st.subheader(text("Mail server", language), anchor=False)
mail_form(form)
address = company.own_address()
show_refusal("test_mail", language)
if test_button(form, address) and address:
    with st.spinner(text("Talking to the mail server…", language)):
        beside("test_mail", company_gestures.send_test)(language, address)
    st.rerun()  # what is to be said stands above the form
if session.visitor().may(Capability.MANAGE_ACCOUNTS):
    owner_form(form)

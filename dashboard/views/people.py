"""Who is who: the people, the names that mean them, and who may be one person."""

import streamlit as st

from dashboard import data
from dashboard.components.files import file_links
from dashboard.components.menu import role_name
from dashboard.components.messages import show_outcome
from dashboard.components.people_page import (
    details_form,
    left_behind,
    people_table,
    person_choice,
    person_panel,
    proposed,
)
from dashboard.downloads import table_files
from dashboard.gestures import people as people_gestures
from dashboard.navigation import Place, go, title
from dashboard.state import selection
from dashboard.text import text
from pipelines.people.person import Details

language = selection().language
gestures = people_gestures.gestures(language)
people = data.people.persons()
st.title(title(Place.PEOPLE, language), anchor=False)
show_outcome(language)
if owner := left_behind(people, language):
    go(Place.ACTIONS, language, person=owner.name, status="open")
proposed(data.people.same_people(), language, gestures)
logins = {number: role_name(role, language) for number, role in data.people.logins().items()}
people_table(people, logins, language)
if people:
    file_links("people_files", table_files("people", language), language)
st.caption(text("Who may log in is said on the page of the accounts.", language))
if person := person_choice(people, language):
    person_panel(person, people, language, gestures)
with st.expander(text("Add a person", language), expanded=not people):
    details_form("new_person", Details(""), text("Add", language), language, send=gestures.add)

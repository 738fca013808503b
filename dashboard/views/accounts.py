"""Who may log in, as what; and what each role may do."""

from functools import partial

import streamlit as st

from dashboard import data
from dashboard.components.account_forms import add_form, change_forms
from dashboard.components.accounts_page import account_table, one_use_link, rights_table
from dashboard.components.conflict import conflict_panel
from dashboard.components.files import file_links
from dashboard.components.messages import show_outcome
from dashboard.downloads import table_files
from dashboard.gestures import access as access_gestures
from dashboard.navigation import Place, title
from dashboard.state import selection
from dashboard.text import text

language = selection().language
st.title(title(Place.ACCOUNTS, language), anchor=False)
show_outcome(language)
conflict_panel(data.access.timezone(), language)
if made := access_gestures.made_link():
    one_use_link(*made, language)
accounts, people = data.access.accounts(), data.access.people_by_number()
account_table(accounts, data.access.last_logins(language), people, language)
if accounts:
    file_links("accounts_files", table_files("accounts", language), language)
st.subheader(text("Change an account", language), anchor=False)
change_forms(accounts, people, language, changes=access_gestures.account_changes(language))
st.subheader(text("Add somebody", language), anchor=False)
add_form(
    people,
    [account.person_id for account in accounts],
    language,
    add=partial(access_gestures.add_account, language),
)
st.subheader(text("What each role may do", language), anchor=False)
rights_table(language)

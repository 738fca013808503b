"""Backups: what there is to go back to, and going back."""

from functools import partial

import streamlit as st

from dashboard import downloads, safekeeping, session
from dashboard.components import safety_page
from dashboard.components.messages import show_outcome
from dashboard.gestures import safety as safety_gestures
from dashboard.navigation import Place, title
from dashboard.state import selection

language = selection().language
st.title(title(Place.SAFETY, language), anchor=False)
show_outcome(language)
shelf = safekeeping.shelf()
timezone = session.current().workspace.settings.timezone
safety_page.warnings(shelf.damaged, shelf.problems, language)
safety_page.actions(
    language,
    make=partial(safety_gestures.make_backup, language),
    look=partial(safety_gestures.look_at_everything, language),
)
safety_page.checks(safety_gestures.last_checks(), language)
safety_page.backup_table(shelf.backups, timezone, language)
safety_page.room(shelf.free, language)
safety_page.replaced(shelf.replaced, str(session.served().workspace.root), language)
safety_page.going_back(
    shelf.backups,
    timezone,
    language,
    link=lambda one: downloads.link("backup", one.path.name, name=one.path.name, language=language),
    restore=partial(safety_gestures.restore_backup, language),
)

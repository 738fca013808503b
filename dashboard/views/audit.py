"""What changed: who did it, when, before and after; and the way back to a former value."""

from functools import partial

import streamlit as st

from dashboard import data, downloads
from dashboard.components import audit_page, audit_search
from dashboard.components.conflict import conflict_panel
from dashboard.components.messages import show_outcome
from dashboard.gestures import access as access_gestures
from dashboard.navigation import Place, title
from dashboard.state import selection
from dashboard.text import text

state = selection()
language = state.language
st.title(title(Place.AUDIT, language), anchor=False)
show_outcome(language)
conflict_panel(data.access.timezone(), language)
around = data.access.around(language)
search = data.access.Search(**audit_search.wanted())
found = data.access.trail(search, audit_search.below())  # first: it takes over what is new
chain = data.access.chain()
audit_page.chain_state(chain.count, chain.broken, language)
audit_page.filters(
    data.access.actors(), data.access.kinds(), language, changed=audit_search.first_page
)
if search.subject:
    audit_page.one_thing(search.subject, language, leave=audit_search.leave_thing)
audit_page.entry_list(
    found.entries,
    around,
    can_restore=access_gestures.can_restore,
    only=audit_search.only,
    restore=audit_search.ask_to_restore,
)
audit_page.pages(
    language,
    newer=audit_search.newer if audit_search.below() else None,
    older=partial(audit_search.older, found.entries[-1].number) if found.older else None,
)
st.link_button(
    text("Take these entries as CSV", language),
    downloads.link(
        "audit_csv",
        f"cap90-audit-{state.today.isoformat()}.csv",
        language=language,
        **search.as_parameters(),
    ),
)
if entry := audit_search.asked_to_restore():
    former = access_gestures.look(entry)
    audit_page.restore_dialog(
        entry,
        former.now,
        former.then,
        around,
        restore=partial(access_gestures.restore, language, entry, former),
        close=audit_search.close_dialog,
    )

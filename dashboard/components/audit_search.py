"""What somebody looks for in the audit trail. It is private, so it is not in the address."""

from typing import Any

import streamlit as st

from dashboard.access.entry import Entry

_SUBJECT = "audit_subject"
#: Where each page began, the newest first: the number below which its entries lie.
_PAGES = "audit_pages"
_RESTORE = "audit_restore"


def wanted() -> dict[str, Any]:
    """Return what the filters say, by the names of a search."""
    state = st.session_state
    return {
        "actor": state.get("audit_actor"),
        "what": state.get("audit_what"),
        "subject": state.get(_SUBJECT),
        "first": state.get("audit_first"),
        "last": state.get("audit_last"),
        "words": state.get("audit_words") or "",
    }


def below() -> int | None:
    """Return the number below which the entries of this page lie; None on the first one."""
    pages: list[int] = st.session_state.get(_PAGES, [])
    return pages[-1] if pages else None


def older(number: int) -> None:
    """Go on behind an entry."""
    st.session_state[_PAGES] = [*st.session_state.get(_PAGES, []), number]


def newer() -> None:
    """Go back to the page before."""
    st.session_state[_PAGES] = st.session_state.get(_PAGES, [])[:-1]


def first_page() -> None:
    """Begin again: somebody looks for something else."""
    st.session_state[_PAGES] = []


def only(entry: Entry) -> None:
    """List everything that was done to the thing of an entry."""
    st.session_state[_SUBJECT] = entry.subject
    first_page()


def leave_thing() -> None:
    """List all things again."""
    st.session_state.pop(_SUBJECT, None)
    first_page()


def ask_to_restore(entry: Entry) -> None:
    """Have the dialog opened that restores what stood there before an entry."""
    st.session_state[_RESTORE] = entry


def asked_to_restore() -> Entry | None:
    """Return the entry whose dialog is open."""
    found: Entry | None = st.session_state.get(_RESTORE)
    return found


def close_dialog() -> None:
    """Have the dialog closed."""
    st.session_state.pop(_RESTORE, None)

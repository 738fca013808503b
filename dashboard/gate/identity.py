"""Who is looking at a page: told by the cookie of its web socket, asked anew every time."""

import json
from collections.abc import Callable
from hashlib import sha256

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import session
from dashboard.access.visitor import Visitor
from dashboard.gate import cookies
from dashboard.gate.doorstep import Doorstep
from dashboard.gate.middleware import Finder
from dashboard.gate.tabs import tabs
from pipelines.settings import Settings

_VISITOR = "visitor"


def identify_by(sessions: Finder, step: Doorstep) -> Callable[[], Visitor | None]:
    """Return the function that tells who is looking at the page that asks."""

    def identify() -> Visitor | None:
        token = cookies.token(st.context.cookies, step)
        return sessions.find(token, active=False) if token else None

    return identify


def begin(visitor: Visitor) -> None:
    """Start a page for somebody: what it held for another login or another role is forgotten."""
    key = f"{visitor.session_id} {visitor.role}"
    if st.session_state.get(_VISITOR, key) != key:
        st.session_state.clear()
    st.session_state[_VISITOR] = key
    running = get_script_run_ctx()
    if running is not None and visitor.session_id:
        tabs.claim(running.session_id, visitor.session_id)


def revision(visitor: Visitor, settings: Settings) -> str:
    """Return what changes when somebody becomes somebody else or may see other things."""
    scope = visitor.scope(settings)
    told = [
        *(visitor.session_id, visitor.name, visitor.role, visitor.account_id, visitor.person_id),
        *(sorted(visitor.names), visitor.language, scope.margins, scope.people is None),
    ]
    return sha256(json.dumps(told).encode()).hexdigest()[:16]


def own_revision() -> str:
    """Return it for whoever is looking."""
    return revision(session.visitor(), session.served().workspace.settings)

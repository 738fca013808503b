"""What a click on the company's settings or on a first step does."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import company, session
from dashboard.access.rights import Capability
from dashboard.components.conflict import attempt_seen
from dashboard.components.messages import attempt, say
from dashboard.components.settings_page import Form
from dashboard.state import show_first_step
from dashboard.text import Language, render
from pipelines.errors import Conflict, Refused, msg
from pipelines.folding import folded
from pipelines.people.person import Details
from pipelines.people.register import add_person, list_people
from pipelines.settings import FirstStep, Settings

_SEEN = "settings_seen"
_ROUND = "settings_round"


def form(language: Language) -> Form:
    """Return what the parts of the page are drawn with.

    While somebody fills them in, they stand for the settings as they were when the page was
    opened, so that what others change meanwhile is noticed.

    Raises:
        WorkspaceError: The settings are broken.
    """
    state = st.session_state
    number = state.get(_ROUND, 0)
    # fields that are not on the page any more are forgotten: whoever comes back begins anew
    is_open = any(str(key).startswith(f"settings_{number}_") for key in state)
    if not is_open or _SEEN not in state:
        state[_SEEN] = company.settings()
        state[_ROUND] = number = number + 1
    return Form(state[_SEEN], language, number, _save(language))


def change_logo(language: Language, seen: Settings, content: bytes | None) -> None:
    """Show another logo, or none."""

    def work(version: int) -> None:
        company.change_logo(_seen(seen, version), content)
        _begin_anew()

    attempt_seen(language, 0, work, msg("Saved. It holds from now on, for everybody."))


def send_test(language: Language, address: str) -> None:
    """Send a letter to whoever is looking."""

    def work() -> None:
        say(render(company.message_of(company.send_test(language), address), language))

    attempt(language, work)


def add_people(language: Language, names: Sequence[str]) -> bool:
    """Add people by their names; tell whether all were accepted.

    Those who are known already are left alone, so that a list may be sent again.
    """

    def work() -> None:
        context = session.current()
        session.require(Capability.EDIT_PEOPLE)
        if not names and not list_people(context):
            raise Refused.of(msg("Write at least one name."))
        known = {folded(person.name) for person in list_people(context)}
        for name in dict.fromkeys(names):
            if folded(name) not in known:
                add_person(context, Details(name))
        company.people_checked()

    return attempt(language, work, msg("The people are on the list."))


def skip(language: Language, step: FirstStep) -> None:
    """Leave a first step out, and go on with the next one."""
    if attempt(language, lambda: company.skip(step)):
        show_first_step(None)


def take_up(language: Language, step: FirstStep) -> None:
    """Do a first step after all."""
    attempt(language, lambda: company.take_up(step))


def _save(language: Language) -> Any:
    def save(seen: Settings, wanted: Mapping[str, Any]) -> None:
        def work(version: int) -> None:
            try:
                company.change(_seen(seen, version), wanted)
            except Conflict:
                _begin_anew()  # the panel keeps what was wanted, the fields show what is
                raise
            _begin_anew()

        attempt_seen(language, 0, work, msg("Saved. It holds from now on, for everybody."))

    return save


def _seen(seen: Settings, version: int) -> Settings:
    """Return what somebody had before their eyes: once both were shown, the newest."""
    return company.settings() if version else seen


def _begin_anew() -> None:
    """Let the fields show the settings as they are now."""
    st.session_state.pop(_SEEN, None)

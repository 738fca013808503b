"""Two people changed the same thing: both texts side by side, and nothing is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.components.messages import attempt, plain, say
from dashboard.text import Language, render, text
from pipelines.errors import Conflict, Message

_WAITING = "conflicts"


@dataclass(frozen=True)
class _Clash:
    """What waits for somebody's decision: it stays on their page until then."""

    conflict: Conflict
    again: Callable[[int], Any]
    done: Message | None


def attempt_seen(
    language: Language, version: int, work: Callable[[int], Any], done: Message | None = None
) -> bool:
    """Do what somebody asked for with a click on a thing of which they saw a version.

    Args:
        version: The one they saw.
        work: Called with that version; and once more, with the one that the panel shows, if
            somebody else was faster and they decide to keep theirs.
        done: See ``attempt``.

    Returns:
        Whether it was done. A conflict waits for ``conflict_panel``.
    """

    def kept() -> None:
        try:
            work(version)
        except Conflict as conflict:
            keep_conflict(conflict, work, done)
            raise _Waits from conflict

    try:
        return attempt(language, kept, done)
    except _Waits:
        return False


def keep_conflict(
    conflict: Conflict, work: Callable[[int], Any], done: Message | None = None
) -> None:
    """Have somebody decide on a conflict on their page; see ``attempt_seen``."""
    _waiting().append(_Clash(conflict, work, done))


def conflict_panel(timezone: str, language: Language) -> None:
    """Show what somebody wanted beside what it is now, for as long as they have not decided.

    Args:
        timezone: The company's, for the time at which the other one did it.
    """
    for number, clash in enumerate(_waiting()):
        _panel(number, clash, timezone, language)


def _panel(number: int, clash: _Clash, timezone: str, language: Language) -> None:
    conflict = clash.conflict
    with st.container(border=True, key=f"conflict_{number}"):
        st.subheader(text("Somebody else was faster", language), anchor=False)
        st.caption(text("Nothing is lost: compare the two and decide which one holds.", language))
        mine, theirs = st.columns(2, gap="medium")
        with mine:
            st.markdown(f"**{text('Yours', language)}**")
            st.markdown(plain(render(conflict.mine, language)))
            st.button(
                text("Keep mine", language),
                key=f"keep_mine_{number}",
                type="primary",
                on_click=_keep_mine,
                args=(clash, language),
            )
        with theirs:
            st.markdown(f"**{plain(_as_it_is(conflict, timezone, language))}**")
            st.markdown(plain(render(conflict.theirs, language)))
            st.button(
                text("Keep theirs", language),
                key=f"keep_theirs_{number}",
                on_click=_keep_theirs,
                args=(clash, language),
            )


def _as_it_is(conflict: Conflict, timezone: str, language: Language) -> str:
    if conflict.at is None:
        return text("As it is now", language)
    time = shown.clock_time(conflict.at, timezone, language)
    if conflict.by is None:
        return text("As it is now, since {time}", language, time=time)
    return text("As it is now, by {name} at {time}", language, name=conflict.by, time=time)


def _keep_mine(clash: _Clash, language: Language) -> None:
    _decided(clash)
    before = len(_waiting())
    accepted = attempt_seen(language, clash.conflict.version, clash.again, clash.done)
    if not accepted and len(_waiting()) == before:
        _waiting().append(clash)  # refused for another reason, which the page says: still undecided


def _keep_theirs(clash: _Clash, language: Language) -> None:
    _decided(clash)
    say(text("It stays as it is now.", language))


def _decided(clash: _Clash) -> None:
    waiting = _waiting()
    if clash in waiting:
        waiting.remove(clash)


def _waiting() -> list[_Clash]:
    found: list[_Clash] = st.session_state.setdefault(_WAITING, [])
    return found


class _Waits(Exception):  # noqa: N818 - no error: it leaves ``attempt`` without a message
    pass

"""What went wrong or well, said in words where the person is looking."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from dashboard.text import Language, render, text
from pipelines.errors import Cap90Error, Message, Problem
from pipelines.visible import visible

_log = logging.getLogger(__name__)
_REFUSALS = "refusals"
_DONE = "done"


#: What Markdown would take for something else in the middle of a line; a colon only before a word.
_MARKUP = re.compile(r"[\\`*_\[\]<$~]|:(?=\w)|&(?=#?\w+;)")


#: Where Markdown makes a link of an address by itself, whatever is escaped.
_LINKED = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)
#: Where a word between colons becomes a picture, and two signs an arrow, whatever is escaped.
_PICTURED = re.compile(r"(?<=:)(?=[A-Za-z+_-][\w+/-]*:)|(?<=[-<>~])(?=[->=](?:\s|$))")
#: Has no width and keeps the two sides together.
_WORD_JOINER = "\N{WORD JOINER}"


def plain(words: str) -> str:
    """Return text that Markdown shows as it is: no markup, no formula after $, no live link."""
    unlinked = _PICTURED.sub(_WORD_JOINER, _LINKED.sub(_WORD_JOINER, visible(words)))
    return _MARKUP.sub(r"\\\g<0>", unlinked)


@contextmanager
def guarded(language: Language) -> Iterator[None]:
    """Show a refusal as a message, and anything unforeseen as a calm sentence (the log has more)."""
    try:
        yield
    except Cap90Error as error:
        show_problems(error.problems, language)
    except Exception:  # noqa: BLE001 - whatever it is, people get a sentence and the log the rest
        _log.exception("A page failed.")
        st.error(
            text(
                "Something unexpected happened on this page. Your data is safe; "
                "reload the page, and tell the person who looks after Cap 90 if it happens again.",
                language,
            )
        )


def attempt(language: Language, work: Callable[[], Any], done: Message | None = None) -> bool:
    """Do what somebody asked for with a click, and keep what is to be said for the next display.

    Callbacks run before the page is drawn: what they show would be lost.

    Returns:
        Whether it was done.
    """
    try:
        work()
    except Cap90Error as error:
        st.session_state[_REFUSALS] = error.problems
        return False
    if done is not None:
        say(render(done, language))
    return True


def say(done: str) -> None:
    """Keep a sentence about what went well for the next display."""
    st.session_state[_DONE] = done


def show_outcome(language: Language) -> None:
    """Show what ``attempt`` kept, once."""
    if done := st.session_state.pop(_DONE, None):
        st.toast(plain(done))
    if refusals := st.session_state.pop(_REFUSALS, None):
        show_problems(refusals, language)


def show_problems(problems: tuple[Problem, ...], language: Language) -> None:
    """Show every problem of a refusal."""
    sentences = [plain(render(problem, language)) for problem in problems]
    st.error(sentences[0] if len(sentences) == 1 else "\n".join(f"- {line}" for line in sentences))

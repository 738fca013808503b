"""What went wrong or well, said in words where the person is looking."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from dashboard.text import Language, render, text
from pipelines.errors import Cap90Error, Message, Problem
from pipelines.visible import visible

_log = logging.getLogger(__name__)
_REFUSALS = "refusals"
_DONE = "done"
_SPOKEN = "language_spoken"
#: The form whose button is being followed up; None: what is refused stands at the top of the page.
_form: ContextVar[str | None] = ContextVar("form", default=None)
_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


#: What Markdown would take for something else in the middle of a line; a colon only before a word.
_MARKUP = re.compile(r"[\\`*_\[\]<$~]|:(?=\w)|&(?=#?\w+;)")


#: Where Markdown makes a link of an address by itself, whatever is escaped.
_LINKED = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=[\w.+-])(?=@\w)", re.IGNORECASE)
#: Where a word between colons becomes a picture, and two signs an arrow, whatever is escaped.
_PICTURED = re.compile(r"(?<=:)(?=[A-Za-z+_-][\w+/-]*:)|(?<=[-<>~])(?=[->=](?:\s|$))")
#: Has no width and keeps the two sides together.
_WORD_JOINER = "\N{WORD JOINER}"


def plain(words: str) -> str:
    """Return text that Markdown shows as it is: no markup, no formula after $, no live link."""
    unlinked = _PICTURED.sub(_WORD_JOINER, _LINKED.sub(_WORD_JOINER, visible(words)))
    return _MARKUP.sub(r"\\\g<0>", unlinked)


def remember_language(language: Language) -> None:
    """Keep the reader's language for what is said when nobody is known any more."""
    st.session_state[_SPOKEN] = language


@contextmanager
def guarded(language: Language) -> Iterator[None]:
    """Show a refusal as a message, and anything unforeseen as a calm sentence (the log has more).

    Args:
        language: The reader's. Where it is not known yet, or no longer since their session ended:
            the one to speak on a page that has shown nothing so far.
    """
    try:
        yield
    except Cap90Error as error:
        show_problems(error.problems, st.session_state.get(_SPOKEN, language))
    except Exception:  # noqa: BLE001 - whatever it is, people get a sentence and the log the rest
        _log.exception("A page failed.")
        st.error(
            text(
                "Something unexpected happened on this page. Your data is safe; "
                "reload the page, and tell the person who looks after Cap 90 if it happens again.",
                st.session_state.get(_SPOKEN, language),
            )
        )


def beside(form: str, callback: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Return a button's callback whose refusals are shown at its form.

    On a page longer than a screen, a message at its top looks as if the button did nothing.

    Args:
        form: Unique on the page; ``show_refusal`` with the same name shows what was refused.
    """

    @wraps(callback)
    def placed(*args: _Args.args, **named: _Args.kwargs) -> _Result:
        token = _form.set(form)
        try:
            return callback(*args, **named)
        finally:
            _form.reset(token)

    return placed


def attempt(language: Language, work: Callable[[], Any], done: Message | None = None) -> bool:
    """Do what somebody asked for with a click, and keep what is to be said for the next display.

    Callbacks run before the page is drawn: what they show would be lost.

    Returns:
        Whether it was done.
    """
    try:
        work()
    except Cap90Error as error:
        st.session_state[_REFUSALS] = (_form.get(), error.problems)
        return False
    if done is not None:
        say(render(done, language))
    return True


def say(done: str) -> None:
    """Keep a sentence about what went well for the next display."""
    st.session_state[_DONE] = done


def was_refused() -> bool:
    """Tell whether a refusal waits to be shown."""
    return _REFUSALS in st.session_state


def show_outcome(language: Language) -> None:
    """Show what ``attempt`` kept, once."""
    if done := st.session_state.pop(_DONE, None):
        st.toast(plain(done))
    show_refusal(None, language)


def show_refusal(form: str | None, language: Language) -> bool:
    """Show, once, what was refused at a form; call it right above the form's button.

    Args:
        form: As in ``beside``; None: whatever belongs to no form.

    Returns:
        Whether something was.
    """
    at, problems = st.session_state.get(_REFUSALS, (None, ()))
    if not problems or at != form:
        return False
    del st.session_state[_REFUSALS]
    show_problems(problems, language)
    return True


def show_the_rest(language: Language) -> None:
    """Show what was refused at a form that the page no longer has; call it at the page's end."""
    at, _problems = st.session_state.get(_REFUSALS, (None, ()))
    show_refusal(at, language)


def show_problems(problems: tuple[Problem, ...], language: Language) -> None:
    """Show every problem of a refusal."""
    sentences = [plain(render(problem, language)) for problem in problems]
    st.error(sentences[0] if len(sentences) == 1 else "\n".join(f"- {line}" for line in sentences))

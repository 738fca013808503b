"""The field that takes an action in one line, and what was understood of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard import format as shown
from dashboard.rhythm.one_line import Known, Read, Understood, understand
from dashboard.text import Language, render, text


@dataclass(frozen=True)
class _Answer:
    """What was understood last, by this session."""

    number: int
    line: str
    understood: Understood


def texts(language: Language) -> dict[str, str]:
    """Return the words of the field."""
    return {
        "label": text("In one line: what, who, by when", language),
        "example": text("call back quote 1042, Marc, Friday", language),
        "fill": text("Fill in", language),
        "each": text("Or fill in each field", language),
    }


def take(key: str, typed: Any, known: Known, language: Language) -> None:
    """Understand what somebody typed, for the next display.

    Args:
        key: Of the component it was typed in.
        typed: As the browser sent it.
    """
    line = str(typed.get("line") or "") if isinstance(typed, dict) else ""
    before: _Answer | None = st.session_state.get(_kept(key))
    number = before.number + 1 if before else 1
    st.session_state[_kept(key)] = _Answer(number, line, understand(line, known, language))


def answer(key: str, language: Language) -> dict[str, Any] | None:
    """Return what the form is filled with, and what is said beside it; None: nothing was typed."""
    kept: _Answer | None = st.session_state.get(_kept(key))
    if kept is None:
        return None
    found = kept.understood
    return {
        "number": kept.number,
        "line": kept.line,
        "title": found.title,
        "owner": found.owner or "",
        "due": found.due_on.isoformat() if found.due_on else "",
        "read": _read(found.read, language),
        "said": [render(problem, language) for problem in found.problems],
        "people": list(found.people),
        "days": [
            {"day": day.isoformat(), "label": shown.full_day(day, language)} for day in found.days
        ],
    }


def forget(key: str) -> None:
    """Drop what was understood: the action is added."""
    st.session_state.pop(_kept(key), None)


def _kept(key: str) -> str:
    return f"{key}_understood"


def _read(parts: Sequence[Read], language: Language) -> list[str]:
    return [
        text("“{written}”: {meant}", language, written=one.written, meant=_meant(one, language))
        for one in parts
    ]


def _meant(one: Read, language: Language) -> str:
    return shown.full_day(one.meant, language) if isinstance(one.meant, date) else one.meant

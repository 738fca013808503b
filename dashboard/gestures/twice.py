"""Asking once before something odd is written: pressed again with the same in it, it is meant."""

from datetime import date

import streamlit as st

from dashboard import data, session
from dashboard import format as shown
from dashboard.rhythm.dates import date_warnings
from dashboard.text import Language
from pipelines.errors import Message, Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.entries import EntryRow

_ASKED = "asked_once"


def ask_once(about: object, what: Message, hint: Message) -> None:
    """Let something odd pass the second time in a row.

    Args:
        about: What is to be written; something else is asked about anew.

    Raises:
        Refused: It was not asked about just before.
    """
    if st.session_state.pop(_ASKED, None) != about:
        st.session_state[_ASKED] = about
        raise Refused(Problem(what, hint=hint))


def ask_about_day(due_on: date | None, about: object) -> None:
    """Ask before something is due on a day in the past, or one on which nobody works.

    Args:
        about: What is due then.

    Raises:
        Refused: As for ``ask_once``.
    """
    today = session.current().today()
    for odd in date_warnings(due_on, today, data.plan.company_days()) if due_on else ():
        hint = msg(
            "The next working day is {day}. To keep the date all the same, press the button again.",
            day=odd.proposed,
        )
        ask_once((about, due_on), odd.what, hint)
        return


def ask_before_replacing(row: EntryRow, language: Language) -> None:
    """Ask before a number is typed in place of another one for the same period and person.

    Raises:
        Refused: As for ``ask_once``.
    """
    same = (row.start, row.grain, row.owner)
    for before in data.entries.entries(row.key):
        if (before.start, before.grain, before.owner) != same or before.value == row.value:
            continue
        unit = catalogue(session.current())[row.key].unit
        number = shown.value(before.value, unit, language, currency=data.kpis.currency())
        what = (
            msg(
                "{number} is kept for {name} and this period already.",
                number=number,
                name=row.owner,
            )
            if row.owner
            else msg("{number} is kept for the company and this period already.", number=number)
        )
        ask_once(row, what, msg("To put yours in its place, press the button again."))
        return

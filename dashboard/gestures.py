"""What a click does: hands it to the domain and keeps what is to be said about it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import session, uploads
from dashboard.components.action_list import Changes
from dashboard.components.commitments import NewAction
from dashboard.components.entry_page import NewEntry, NewKpi
from dashboard.components.import_page import Upload
from dashboard.components.messages import attempt, say
from dashboard.components.target_page import NewTarget
from dashboard.rhythm import actions
from dashboard.rhythm.review import ActionLine
from dashboard.text import Language, render
from pipelines.context import Context
from pipelines.errors import Problem, Refused, msg
from pipelines.ingest import ImportReport
from pipelines.kpis import choice, entries
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Unit
from pipelines.kpis.entries import EntryRow
from pipelines.kpis.hand_kept import HandKept, complete_hand_kept, create_hand_kept
from pipelines.kpis.target_values import parse_target_value
from pipelines.kpis.targets import TargetRequest
from pipelines.kpis.targets import set_target as set_one

_PENDING = "pending_import"
_REPORT = "last_import"


def tick(language: Language, action: ActionLine, done: bool) -> None:  # noqa: FBT001 - the state of a box
    """Tick an action off, or take it back."""
    change = actions.complete if done else actions.reopen
    attempt(language, lambda: change(session.current(), action.action_id, action.version))


def add_action(language: Language, new: NewAction, listed_until: date | None = None) -> bool:
    """Add an action; tell whether it was accepted.

    Args:
        listed_until: The first day that the list on the page leaves out; None if it has them all.
    """
    unlisted = listed_until is not None and new.due_on is not None and new.due_on >= listed_until
    return attempt(
        language,
        lambda: actions.add_action(session.current(), new.title, new.owner, new.due_on, new.kpi),
        msg(
            "The action is added. It is due later than this list goes: "
            "you will find it on the Actions page."
        )
        if unlisted
        else msg("The action is on the list."),
    )


def changes(language: Language) -> Changes:
    """Return what the dialog of an action does. It shows refusals itself."""

    def told(wish: Callable[[Context, ActionLine], object], action: ActionLine) -> None:
        wish(session.current(), action)
        say(render(msg("Saved."), language))

    return Changes(
        assign=lambda action, owner: told(
            lambda context, seen: actions.assign(context, seen.action_id, seen.version, owner),
            action,
        ),
        move=lambda action, due_on, reason: told(
            lambda context, seen: actions.move(
                context, seen.action_id, seen.version, due_on, reason
            ),
            action,
        ),
        rename=lambda action, title: told(
            lambda context, seen: actions.rename(context, seen.action_id, seen.version, title),
            action,
        ),
        link=lambda action, kpi: told(
            lambda context, seen: actions.link(context, seen.action_id, seen.version, kpi), action
        ),
        history=lambda action: actions.history(session.current(), action.action_id),
    )


def set_target(language: Language, new: NewTarget) -> bool:
    """Set a target from what somebody typed; tell whether it was accepted."""

    def work() -> None:
        set_one(session.current(), _target_request(new))

    return attempt(language, work, msg("The target is set."))


def _target_request(new: NewTarget) -> TargetRequest:
    """Read what was typed.

    Raises:
        Refused: A number is missing or may be meant in two ways, or the first day is missing.
    """
    if new.valid_from is None:
        raise Refused.of(msg("The first day is missing."))
    return TargetRequest(
        key=new.kpi.key,
        value=parse_target_value(new.value, new.kpi.unit),
        max_value=parse_target_value(new.max_value, new.kpi.unit) if new.max_value else None,
        at_most=new.at_most and not new.max_value,
        per=new.per,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        owner=new.owner,
        reason=new.reason.strip() or None,
    )


def choose(language: Language, choices: list[tuple[str, str | None]]) -> None:
    """Steer by these KPIs from today on."""

    def work() -> None:
        try:
            choice.choose(session.current(), choices)
        except Refused as refused:
            raise Refused(*map(_with_names, refused.problems)) from refused

    attempt(language, work, msg("From today on, the week shows these KPIs."))


def _with_names(problem: Problem) -> Problem:
    """Name the KPIs that a problem's hint lists by key: on a page nobody knows their keys."""
    keys = problem.hint.values.get("keys") if problem.hint else None
    if not isinstance(keys, tuple):
        return problem
    known = catalogue(session.current())
    names = tuple(known[key].name for key in keys)
    return replace(problem, hint=msg("Available: {keys}.", keys=names))


def add_entry(language: Language, new: NewEntry) -> bool:
    """Keep a typed number; tell whether it was accepted."""

    def work() -> None:
        entries.add_entry(
            session.current(),
            EntryRow(
                key=new.kpi.key,
                start=new.period.start,
                grain=new.period.grain,
                value=_typed(new.value, new.kpi.unit),
                numerator=_typed(new.numerator, Unit.COUNT),
                denominator=_typed(new.denominator, Unit.COUNT),
                owner=new.owner,
                note=new.note.strip() or None,
            ),
        )

    return attempt(language, work, msg("The number is kept."))


def save_kpi(language: Language, new: NewKpi) -> None:
    """Add a hand-kept KPI, or complete what an import guessed about it."""

    def work() -> None:
        described = HandKept(
            key=new.key or _key(new.name),
            name=new.name,
            kind=new.kind,
            unit=new.unit,
            better=new.better,
            aggregate=new.aggregate,
        )
        write = complete_hand_kept if new.key else create_hand_kept
        write(session.current(), described)

    attempt(language, work, msg("The KPI is there; its numbers can be typed."))


def _typed(written: str, unit: Unit) -> float | None:
    return parse_target_value(written, unit) if written.strip() else None


def _key(name: str) -> str:
    """Return a key for a KPI that somebody named: letters without accents, digits and _."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def take_in(language: Language, upload: Upload) -> None:
    """Import a file; its outcome or its questions wait for the page."""
    if pending := pending_import():
        uploads.forget(pending)
    _import(language, lambda: uploads.take_in(upload))


def answer_import(language: Language, answers: Mapping[str, str | None]) -> None:
    """Import the waiting file with what somebody answered."""
    pending = pending_import()
    given = {key: value for key, value in answers.items() if value}
    if pending is None:
        return
    if len(given) < len(answers):
        attempt(language, _refuse_gaps)
        return
    _import(language, lambda: uploads.answer(pending, given))


def _refuse_gaps() -> None:
    raise Refused.of(msg("Answer every question first."))


def pending_import() -> uploads.Pending | None:
    """Return the file that waits for this person's answers."""
    found: uploads.Pending | None = st.session_state.get(_PENDING)
    return found


def last_import() -> ImportReport | None:
    """Return what came of the file this person has just sent, once."""
    found: ImportReport | None = st.session_state.pop(_REPORT, None)
    return found


def _import(language: Language, work: Callable[[], ImportReport | uploads.Pending]) -> None:
    st.session_state.pop(_PENDING, None)

    def kept() -> None:
        outcome = work()
        waits = isinstance(outcome, uploads.Pending)
        st.session_state[_PENDING if waits else _REPORT] = outcome

    attempt(language, kept)

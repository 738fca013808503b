"""What people set: targets, the choice of KPIs, typed numbers."""

import re
import unicodedata
from dataclasses import replace

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.entry_page import NewEntry, NewKpi
from dashboard.components.messages import attempt, say
from dashboard.components.target_page import NewTarget
from dashboard.gestures.named import named
from dashboard.gestures.twice import ask_before_replacing
from dashboard.text import Language, render
from pipelines.errors import Refused, msg
from pipelines.kpis import choice, entries
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.hand_kept import HandKept, complete_hand_kept, create_hand_kept
from pipelines.kpis.target_values import parse_target_value
from pipelines.kpis.target_words import weeks_changed
from pipelines.kpis.targets import TargetRequest, finished_weeks_changed
from pipelines.kpis.targets import set_target as set_one
from pipelines.periods import Grain, day_after


def set_target(language: Language, new: NewTarget) -> bool:
    """Set a target from what somebody typed; tell whether it was accepted."""

    def work() -> None:
        session.require(Capability.SET_TARGETS)
        context, request = session.current(), _target_request(new)
        weeks = finished_weeks_changed(context, request)
        if weeks and request.reason is None:
            this_week = context.calendar.period(Grain.WEEK, context.today())
            raise Refused.of(
                weeks_changed(weeks),
                hint=msg("Say why in the reason, or let it begin on {day}.", day=this_week.start),
            )
        set_one(context, request)
        said = [msg("The target is set."), *([weeks_changed(weeks)] if weeks else [])]
        say(" ".join(render(sentence, language) for sentence in said))

    return attempt(language, work)


def _target_request(new: NewTarget) -> TargetRequest:
    """Read what was typed.

    Raises:
        Refused: A number is missing or may be meant in two ways, the first day is missing, or
            the last one comes before it.
    """
    if new.valid_from is None:
        raise Refused.of(msg("The first day is missing."))
    if new.last_day is not None and new.last_day < new.valid_from:
        raise Refused.of(
            msg("The target would end before it begins."),
            hint=msg("Its last day may be its first one, or any day after it."),
        )
    return TargetRequest(
        key=new.kpi.key,
        value=parse_target_value(new.value, new.kpi.unit),
        max_value=parse_target_value(new.max_value, new.kpi.unit) if new.max_value else None,
        at_most=new.at_most and not new.max_value,
        per=new.per,
        valid_from=new.valid_from,
        valid_to=day_after(new.last_day) if new.last_day else None,
        owner=named(new.owner) or None,
        reason=new.reason.strip() or None,
        **dict([new.group] if new.group else []),
    )


def choose(language: Language, choices: list[tuple[str, str | None]]) -> None:
    """Steer by these KPIs from today on."""

    def work() -> None:
        session.require(Capability.SET_TARGETS)
        try:
            choice.choose(
                session.current(), [(key, named(person) or None) for key, person in choices]
            )
        except Refused as refused:
            known = catalogue(session.current())
            named_ = (choice.with_names(one, known) for one in refused.problems)
            raise Refused(*named_) from refused

    attempt(language, work, msg("From today on, the week shows these KPIs."))


def add_entry(language: Language, new: NewEntry) -> bool:
    """Keep a typed number; tell whether it was accepted."""

    def work() -> None:
        session.require(Capability.TYPE_NUMBERS)
        row = replace(new.row(), owner=named(new.owner) or None)
        entries.check_entry(session.current(), row)
        ask_before_replacing(row, language)
        entries.add_entry(session.current(), row)

    return attempt(language, work, msg("The number is kept."))


def save_kpi(language: Language, new: NewKpi) -> None:
    """Add a hand-kept KPI, or complete what an import guessed about it."""

    def work() -> None:
        session.require(Capability.TYPE_NUMBERS)
        described = HandKept(
            key=new.key or _key(new.name),
            name=new.name,
            kind=new.kind,
            unit=new.unit,
            better=new.better,
            aggregate=new.aggregate,
            confidential=new.confidential,
        )
        write = complete_hand_kept if new.key else create_hand_kept
        write(session.current(), described)

    attempt(language, work, msg("The KPI is there; its numbers can be typed."))


def _key(name: str) -> str:
    """Return a key for a KPI that somebody named: letters without accents, digits and _."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")

"""What people decide in a quarterly review, and how the next quarter comes to hold."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.components.messages import attempt
from dashboard.components.next_quarter_lines import TypedKpi
from dashboard.components.next_quarter_page import TypedQuarter
from dashboard.gestures.named import named
from dashboard.gestures.said import Said
from dashboard.rhythm.quarter import adopting, drafting, verdicts
from dashboard.rhythm.quarter.draft import (
    Draft,
    DraftKpi,
    DraftPriority,
    DraftTarget,
    NextQuarter,
)
from dashboard.rhythm.quarter.model import Way
from dashboard.text import Language
from pipelines.context import Context
from pipelines.errors import Message, Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.definition import Better, Definition, Unit
from pipelines.kpis.target_values import parse_target_value


def _decide_on(context: Context, meeting_id: int, said: Said) -> None:
    ways = {way.value: way for way in Way}
    way = ways.get(said.typed("way"))
    if way is None:
        raise Refused.of(msg("Something is missing."), hint=msg("Reload the page."))
    verdicts.decide_on(
        context,
        meeting_id,
        said.typed("subject"),
        said.number("version"),
        way=way,
        reason=said.typed("reason"),
        change=said.typed("change"),
    )


def _take_back(context: Context, meeting_id: int, said: Said) -> None:
    verdicts.take_back(context, meeting_id, said.typed("subject"), said.number("version"))


def _adopt(context: Context, meeting_id: int, said: Said) -> Message:
    for needed in (Capability.EDIT_PLAN, Capability.SET_TARGETS):
        session.require(needed)
    adopting.adopt(context, meeting_id, said.number("version"))
    return msg("The next quarter is adopted.")


#: By name, what whoever leads a quarterly review does in it.
DECIDING: Mapping[str, Callable[[Context, int, Said], Message | None]] = {
    "decide_on": _decide_on,
    "take_back_verdict": _take_back,
    "adopt_quarter": _adopt,
}


def read_draft(language: Language, found: NextQuarter, typed: TypedQuarter) -> NextQuarter | None:
    """Return the next quarter as somebody filled it in; None: it cannot be adopted as it is."""
    read: list[NextQuarter] = []

    def work() -> None:
        _require()
        context = session.current()
        wanted = replace(found, draft=_read(context, found.draft, typed))
        read.append(adopting.adoptable(context, wanted))

    return read[0] if attempt(language, work) else None


def change_draft(language: Language, found: NextQuarter, typed: TypedQuarter) -> bool:
    """Keep the next quarter as somebody filled it in; tell whether it was accepted."""

    def work() -> None:
        _require()
        context = session.current()
        wanted = _read(context, found.draft, typed)
        drafting.change_draft(context, found.meeting_id, found.version, wanted)

    return attempt(language, work, msg("The draft is kept."))


def draft_again(language: Language, meeting_id: int, version: int) -> None:
    """Draft the next quarter anew from the verdicts."""

    def work() -> None:
        _require()
        drafting.draft_again(session.current(), meeting_id, version)

    attempt(language, work, msg("Drafted anew from the verdicts."))


def adopt(language: Language, found: NextQuarter, typed: TypedQuarter) -> bool:
    """Let the next quarter hold as somebody filled it in; tell whether it was accepted."""

    def work() -> None:
        _require()
        context = session.current()
        wanted = _read(context, found.draft, typed)
        kept = drafting.change_draft(context, found.meeting_id, found.version, wanted)
        adopting.adopt(context, found.meeting_id, kept.version)

    return attempt(language, work, msg("The next quarter is adopted."))


def _require() -> None:
    for needed in (Capability.RUN_MEETINGS, Capability.EDIT_PLAN, Capability.SET_TARGETS):
        session.require(needed)


def _read(context: Context, before: Draft, typed: TypedQuarter) -> Draft:
    """Read what was typed.

    Raises:
        Refused: All that is no number, or may be meant in two ways, at once; a date is missing.
    """
    known = catalogue(context)
    problems: list[Problem] = []

    def number(written: str, key: str | None) -> float | None:
        definition = known.get(key or "")
        try:
            unit = definition.unit if definition else Unit.COUNT
            return parse_target_value(written, unit) if written else None
        except Refused as refused:
            name = definition.name if definition else key
            problems.extend(
                Problem(msg("{name}: {value}", name=name, value=one.what), hint=one.hint)
                for one in refused.problems
            )
            return None

    former = {one.key: one for one in before.targets}
    targets = []
    for one in typed.kpis:
        value = number(one.target, one.key)
        if value is not None and one.key:
            targets.append(_target(one, value, former.get(one.key), known.get(one.key)))
    priorities = tuple(
        DraftPriority(
            one.title,
            one.kpi,
            number(one.from_value, one.kpi),
            number(one.to_value, one.kpi),
            one.carried_from,
        )
        for one in typed.priorities
    )
    if typed.starts_on is None or typed.ends_on is None:
        problems.append(
            Problem(msg("A date is missing."), hint=msg("A plan has a first day and a last day."))
        )
    if problems or typed.starts_on is None or typed.ends_on is None:
        raise Refused(*problems)
    return replace(
        before,
        starts_on=typed.starts_on,
        ends_on=typed.ends_on,
        kpis=tuple(
            DraftKpi(one.key or None, named(one.responsible) or None, one.instead_of)
            for one in typed.kpis
        ),
        targets=tuple(targets),
        priorities=priorities,
        actions=typed.actions,
        experiments=typed.experiments,
    )


def _target(
    typed: TypedKpi, value: float, former: DraftTarget | None, definition: Definition | None
) -> DraftTarget:
    """Return a target as it was typed; what the form does not show of it stays."""
    adds_up = definition is not None and definition.adds_up
    less_is_better = definition is not None and definition.better is Better.DOWN
    most = former.max_value if former and former.max_value and former.max_value > value else None
    return DraftTarget(
        typed.key,
        value,
        most,
        most is None and (less_is_better or bool(former and former.at_most)),
        typed.per if adds_up else None,
    )

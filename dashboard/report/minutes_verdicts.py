"""What a quarterly review decided, in its minutes: what changes first, then what stops. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from dashboard import format as fmt
from dashboard.report.sheet import Cell, Column, Fact, Facts, Part, Table
from dashboard.rhythm.meeting.minutes import Minutes
from dashboard.rhythm.quarter.adopted import Adopted, GivenUp
from dashboard.rhythm.quarter.draft import DraftAction
from dashboard.rhythm.quarter.model import VerdictLine, Way
from dashboard.rhythm.quarter.target_words import whole
from dashboard.rhythm.quarter.words import way_name
from dashboard.text import Language, listed, render, text

#: What asks for something comes first.
_ORDER = (Way.CHANGE, Way.DROP, Way.KEEP)


def verdicts(minutes: Minutes, language: Language) -> Part | None:
    """Return what is kept, changed and dropped, with the reasons; None of any other meeting."""
    if not minutes.verdicts:
        return None
    return Part(
        text("Keep, change or drop", language), (verdict_table(minutes.verdicts, language),)
    )


def verdict_lines(minutes: Minutes, language: Language) -> list[str]:
    """Return what is changed and dropped, one line each with the reason, then what is kept."""
    found = sorted(minutes.verdicts, key=lambda one: _ORDER.index(one.way))
    asking = [
        text(
            "{name}: {way} – {reason}",
            language,
            name=one.name,
            way=way_name(one.way),
            reason=one.change or one.reason,
        )
        for one in found
        if one.way is not Way.KEEP
    ]
    kept = [render(one.name, language) for one in found if one.way is Way.KEEP]
    if not kept:
        return asking
    return [*asking, text("Kept: {names}", language, names=listed(kept, language))]


def next_quarter(minutes: Minutes, language: Language) -> Part | None:
    """Return the next quarter as the meeting adopted it; None: it adopted none."""
    facts = next_quarter_facts(minutes, language)
    return Part(text("The next quarter", language), (Facts(facts),)) if facts else None


def next_quarter_facts(minutes: Minutes, language: Language) -> tuple[Fact, ...]:
    """Return plan, KPIs and targets of the next quarter, in short."""
    adopted = minutes.adopted
    if adopted is None:
        return ()
    plan = text(
        "Adopted: the plan from {start} to {end}.",
        language,
        start=fmt.short_day(adopted.starts_on, language),
        end=fmt.day(adopted.ends_on, language),
    )
    found = (
        Fact(text("Plan", language), plan),
        Fact(text("Priorities", language), "\n".join(adopted.priorities)),
        Fact(text("KPIs replaced", language), "\n".join(_replaced(adopted, language))),
        Fact(text("Targets changed", language), "\n".join(_changed(adopted, language))),
        given_up(adopted.given_up, language),
    )
    return tuple(one for one in found if one.text)


def _replaced(adopted: Adopted, language: Language) -> Iterator[str]:
    for one in adopted.kpis:
        if one.instead_of is not None:
            yield text("{kpi} in place of {former}", language, kpi=one.name, former=one.instead_of)


def _changed(adopted: Adopted, language: Language) -> Iterator[str]:
    for one in adopted.kpis:
        if one.target is None:
            continue
        said = whole(one.target, one.unit, one.currency)
        yield text("{name}: {value}", language, name=one.name, value=said)


def given_up(actions: Iterable[DraftAction | GivenUp], language: Language) -> Fact:
    """Return which actions end with the adoption, and why; without a text: none."""
    said = (
        text("{name}: {value}", language, name=one.title, value=one.reason)
        if one.reason
        else one.title
        for one in actions
    )
    return Fact(text("Actions given up", language), "\n".join(said))


def verdict_table(verdicts: Sequence[VerdictLine], language: Language) -> Table:
    """Return verdicts with their reasons, those first that ask for something."""
    found = sorted(verdicts, key=lambda one: _ORDER.index(one.way))
    columns = (
        Column(text("What", language), wide=True),
        Column(text("Decision", language)),
        Column(text("Reason", language), wide=True),
        Column(text("Decided by", language)),
    )
    return Table(columns, tuple(_row(one, language) for one in found))


def _row(line: VerdictLine, language: Language) -> tuple[Cell, ...]:
    return (
        Cell(render(line.name, language)),
        Cell(render(way_name(line.way), language), subject=f"verdict {line.subject}"),
        Cell(line.reason, line.change or ""),
        Cell(line.decided_by or ""),
    )

"""Everything a quarterly review decided, in one table: first what changes, then what stops. Pure."""

from collections import Counter
from collections.abc import Iterable

from dashboard.report.quarterly.scores import decided_cell
from dashboard.report.sheet import Block, Cell, Column, Fact, Facts, Part, Sentence, Table
from dashboard.rhythm.quarter.model import Decided, Item, QuarterReview, Way
from dashboard.rhythm.quarter.record import QuarterRecord
from dashboard.rhythm.quarter.target_words import moved
from dashboard.text import Language, render, text, text_plural

#: More would leave no room for the numbers.
_ON_THE_FIRST_PAGE = 6
#: What asks for something comes first.
_ORDER = (Way.CHANGE, Way.DROP, Way.KEEP)


def decided(review: QuarterReview, language: Language) -> Part:
    """Return the verdicts with their reasons."""
    heading = text("Keep, change, drop", language)
    found = [(item, item.holds) for item in review.items if item.holds is not None]
    if not found:
        return Part(heading, (Sentence(text("Nothing was decided.", language), "quiet"),))
    found.sort(key=lambda one: _ORDER.index(one[1].way))
    columns: tuple[Column, ...] = (
        Column(text("What", language), wide=True),
        Column(text("Reason", language), wide=True),
        Column(text("Decision", language)),
    )
    rows = [_row(item, verdict, language) for item, verdict in found]
    by = [verdict.decided_by or "" for _, verdict in found]
    said = tally(review, language)
    if len(set(by)) == 1:
        said = text("{said} Decided by {name}.", language, said=said, name=by[0]) if by[0] else said
    else:
        columns = (*columns, Column(text("Decided by", language)))
        rows = [(*row, Cell(name)) for row, name in zip(rows, by, strict=True)]
    return Part(heading, (Sentence(said), Table(columns, tuple(rows))))


def deciders(review: QuarterReview) -> list[str]:
    """Return the names of those who decided in this review, in their order."""
    verdicts = [item.decided for item in review.items if item.decided]
    return sorted({one.decided_by for one in verdicts if one.decided_by})


def changes(record: QuarterRecord, language: Language) -> Part | None:
    """Return what will be different, for the first page; None: nothing will."""
    blocks = (*_changed(record.review, language), *_targets(record, language))
    return Part(text("What will be different", language), blocks) if blocks else None


def _targets(record: QuarterRecord, language: Language) -> tuple[Block, ...]:
    """Return the targets that are others in the next quarter, once it is adopted."""
    following = record.following
    if following is None or not following.adopted:
        return ()
    said = [
        text(
            "{name}: {value}",
            language,
            name=kpi.name,
            value=moved(one.former, one, kpi.unit, kpi.currency),
        )
        for one in following.draft.targets
        if one.is_another and (kpi := record.meaning(one.key)) is not None
    ]
    return (Facts((Fact(text("Targets changed", language), "\n".join(said)),)),) if said else ()


def _changed(review: QuarterReview, language: Language) -> tuple[Block, ...]:
    found = [
        (item, item.holds)
        for way in (Way.CHANGE, Way.DROP)
        for item in review.items
        if item.holds is not None and item.holds.way is way
    ]
    if not found:
        return ()
    # there is room for a few, and what holds from before is known
    found.sort(key=lambda one: one[0].decided is None)
    columns = (
        Column(text("What", language), wide=True),
        Column(text("What changes", language), wide=True),
        Column(text("Decision", language)),
    )
    rows = [
        (
            Cell(render(item.name, language)),
            Cell(said.change or said.reason),
            decided_cell(item, language),
        )
        for item, said in found[:_ON_THE_FIRST_PAGE]
    ]
    blocks: list[Block] = [Table(columns, tuple(rows))]
    more = len(found) - len(rows)
    if more:
        said = text_plural(
            "{count} more under “Keep, change, drop”.",
            "{count} more under “Keep, change, drop”.",
            more,
            language,
        )
        blocks.append(Sentence(said, "quiet"))
    return tuple(blocks)


def tally(review: QuarterReview, language: Language) -> str:
    """Return how many things are kept, changed and dropped; beside it, what holds from before."""
    here = [item.decided for item in review.items if item.decided]
    before = [item.holds for item in review.items if item.holds and not item.decided]
    said = _counted(here, language)
    waiting = sum(item.is_waiting for item in review.items)
    found = (
        text("{said}; {count} not decided.", language, said=said, count=str(waiting))
        if waiting
        else text("{said}.", language, said=said)
    )
    if not before:
        return found
    return text(
        "In this review: {here} Decided in an earlier one, and still holding: {before}.",
        language,
        here=found,
        before=_counted(before, language),
    )


def _counted(verdicts: Iterable[Decided], language: Language) -> str:
    counts = Counter(one.way for one in verdicts)
    return text(
        "{keep} kept, {change} changed, {drop} dropped",
        language,
        keep=str(counts[Way.KEEP]),
        change=str(counts[Way.CHANGE]),
        drop=str(counts[Way.DROP]),
    )


def _row(item: Item, verdict: Decided, language: Language) -> tuple[Cell, ...]:
    changes = text("Now: {change}", language, change=verdict.change) if verdict.change else ""
    return (
        Cell(render(item.name, language)),
        Cell(verdict.reason, changes),
        decided_cell(item, language),
    )

"""Everything a quarterly review decided, in one table: first what changes, then what stops. Pure."""

from collections import Counter

from dashboard.report.quarterly.scores import decided_cell
from dashboard.report.sheet import Block, Cell, Column, Part, Sentence, Table
from dashboard.rhythm.quarter.model import Item, QuarterReview, Way
from dashboard.text import Language, render, text, text_plural

#: More would leave no room for the numbers.
_ON_THE_FIRST_PAGE = 6
#: What asks for something comes first.
_ORDER = (Way.CHANGE, Way.DROP, Way.KEEP)


def decided(review: QuarterReview, language: Language) -> Part:
    """Return the verdicts with their reasons."""
    heading = text("Keep, change, drop", language)
    found = [item for item in review.items if item.decided is not None]
    if not found:
        return Part(heading, (Sentence(text("Nothing was decided.", language), "quiet"),))
    found.sort(key=lambda item: _ORDER.index(item.decided.way) if item.decided else 0)
    columns = (
        Column(text("What", language), wide=True),
        Column(text("Reason", language), wide=True),
        Column(text("Decision", language)),
        Column(text("Decided by", language)),
    )
    table = Table(columns, tuple(_row(item, language) for item in found))
    return Part(heading, (Sentence(tally(review, language)), table))


def changes(review: QuarterReview, language: Language) -> Part | None:
    """Return what will be different, for the first page; None: nothing will."""
    found = [
        (item, item.decided)
        for way in (Way.CHANGE, Way.DROP)
        for item in review.items
        if item.decided is not None and item.decided.way is way
    ]
    if not found:
        return None
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
    return Part(text("What will be different", language), tuple(blocks))


def tally(review: QuarterReview, language: Language) -> str:
    """Return how many things are kept, changed and dropped."""
    counts = Counter(item.decided.way for item in review.items if item.decided)
    said = text(
        "{keep} kept, {change} changed, {drop} dropped",
        language,
        keep=str(counts[Way.KEEP]),
        change=str(counts[Way.CHANGE]),
        drop=str(counts[Way.DROP]),
    )
    waiting = sum(item.is_waiting for item in review.items)
    if not waiting:
        return text("{said}.", language, said=said)
    return text("{said}; {count} not decided.", language, said=said, count=str(waiting))


def _row(item: Item, language: Language) -> tuple[Cell, ...]:
    decided_ = item.decided
    if decided_ is None:  # only what was decided is listed
        raise AssertionError(item.subject)
    changes = text("Now: {change}", language, change=decided_.change) if decided_.change else ""
    return (
        Cell(render(item.name, language)),
        Cell(decided_.reason, changes),
        decided_cell(item, language),
        Cell(decided_.decided_by or ""),
    )

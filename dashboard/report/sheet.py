"""A paper in words, before anybody draws it. Pure values.

Minutes and preparations are written once, as a ``Sheet``; PDF, Markdown, e-mail and page draw the
same one and so cannot disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from dashboard.text import Language
from pipelines.visible import visible

#: ``plain`` is ink; the others are those of ``dashboard.theme``.
Tone = Literal["alert", "work", "good", "quiet", "plain"]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        wide: It takes the room that the others leave.
        number: Its texts stand at its end.
        leads: What stands before its texts where a row is written out as a line, such as
            "imported on"; "": nothing, or the label of a number.
    """

    label: str
    wide: bool = False
    number: bool = False
    leads: str = ""


@dataclass(frozen=True)
class Cell:
    """A text in a table.

    Attributes:
        small: What is said about it in small print.
        subject: What it is about, such as "decision 12", for a page that leads there; "": nothing.
    """

    text: str
    small: str = ""
    tone: Tone = "plain"
    subject: str = ""


@dataclass(frozen=True)
class Table:
    """Lines that are alike; as many cells each as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Fact:
    """Something that has a name; the text may have several lines.

    Attributes:
        subject: What it is about, as for ``Cell``.
    """

    label: str
    text: str
    subject: str = ""


@dataclass(frozen=True)
class Entry:
    """Something that is told at more length.

    Attributes:
        meta: What is said about it beside its title.
    """

    title: str
    meta: str = ""
    tone: Tone = "plain"
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Entries:
    """Several of them, one after the other."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Facts:
    """What is said under several names."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Sentence:
    """A line of its own."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Subheading:
    """What stands above some blocks of a part.

    Attributes:
        meta: What is said beside it.
    """

    text: str
    meta: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bar:
    """A step of a waterfall, from left to right.

    Attributes:
        amount: Written, with its sign.
        start, end: Where it lies, as fractions of the width; ``end`` is where the next one begins.
        total: It is what all steps before it add up to.
    """

    label: str
    amount: str
    start: float
    end: float
    tone: Tone
    total: bool = False


@dataclass(frozen=True)
class Waterfall:
    """How several amounts add up.

    Attributes:
        said: What it tells, in a sentence; stands above it.
        zero: Where nothing lies, as a fraction of the width.
    """

    said: str
    zero: float
    bars: tuple[Bar, ...]

    @property
    def alt(self) -> str:
        """What is drawn, for those who do not see it."""
        return "; ".join(f"{bar.label}\N{NO-BREAK SPACE}{bar.amount}" for bar in self.bars)

    @property
    def is_flat(self) -> bool:
        """Whether no bar has a length: drawn, it would show nothing."""
        return all(bar.start == bar.end for bar in self.bars)


@dataclass(frozen=True)
class Mark:
    """A named place on a scale.

    Attributes:
        at: A fraction of the width.
        kind: ``aim``: what is aimed at; ``value``: what is expected; ``plain``: anything else.
    """

    label: str
    at: float
    kind: Literal["aim", "value", "plain"] = "plain"


@dataclass(frozen=True)
class Range:
    """Between which amounts something will lie.

    Attributes:
        said: The same in words; stands above it.
        certain: Up to here it is certain; as all places, a fraction of the width.
        low, high: The likely ends.
    """

    said: str
    certain: float
    low: float
    high: float
    marks: tuple[Mark, ...]

    @property
    def alt(self) -> str:
        """What is drawn, for those who do not see it."""
        return "; ".join(mark.label for mark in self.marks)


@dataclass(frozen=True)
class Chart:
    """A KPI over time.

    Attributes:
        drawing: As ``report.charts.chart`` returns it.
    """

    drawing: Mapping[str, Any]

    @property
    def said(self) -> str:
        """The chart in words."""
        return str(self.drawing["alt"])


Block = Table | Entries | Facts | Sentence | Subheading | Waterfall | Range | Chart


@dataclass(frozen=True)
class Part:
    """What stands under a heading.

    Attributes:
        new_page: It leaves the first page to what stands before it, on paper.
        folded: On a screen, whoever wants to read it opens it.
    """

    heading: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    folded: bool = False


def folded(*parts: Part | None) -> tuple[Part, ...]:
    """Return parts that are long and looked up one by one, folded; without those that are None."""
    return tuple(replace(part, folded=True) for part in parts if part is not None)


@dataclass(frozen=True)
class Sheet:
    """Everything a paper says, in one language.

    Attributes:
        kicker: What kind of paper it is; stands above the title.
        lead: What to read if nothing else is read.
        made: What stands at the foot of every page.
        made_on: The day that stands in the file.
    """

    language: Language
    company: str
    kicker: str
    title: str
    lead: tuple[Sentence, ...]
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    made: str
    made_on: date


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without those that are empty."""
    return [line.strip() for line in visible(text).splitlines() if line.strip()]


def colon_of(language: Language) -> str:
    """Return what stands between a name and what is said under it."""
    return ": " if language == "en" else "\N{NO-BREAK SPACE}: "


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as JSON values, for whoever draws it."""
    return {
        "company": sheet.company,
        "kicker": sheet.kicker,
        "title": sheet.title,
        "lead": [_sentence(one) for one in sheet.lead],
        "facts": _facts(sheet.facts),
        "parts": parts_data(sheet.parts),
    }


def parts_data(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Return parts of a sheet as JSON values."""
    return [
        {
            "heading": part.heading,
            "newPage": part.new_page,
            "folded": part.folded,
            "blocks": [_block(one) for one in part.blocks],
        }
        for part in parts
    ]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Table():
            return {
                "kind": "table",
                "columns": [
                    {"label": one.label, "wide": one.wide, "number": one.number}
                    for one in block.columns
                ],
                "rows": [[_cell(one) for one in row] for row in block.rows],
            }
        case Entries():
            return {"kind": "entries", "entries": [_entry(one) for one in block.entries]}
        case Facts():
            return {"kind": "facts", "facts": _facts(block.facts)}
        case Sentence():
            return {"kind": "sentence", **_sentence(block)}
        case Chart():
            return {"kind": "chart", **block.drawing}
        case Subheading() | Waterfall() | Range():
            alt = {} if isinstance(block, Subheading) else {"alt": block.alt}
            return {"kind": type(block).__name__.lower(), **asdict(block), **alt}


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": cell.text, "small": cell.small, "tone": cell.tone, "subject": cell.subject}


def _sentence(sentence: Sentence) -> dict[str, str]:
    return {"text": sentence.text, "tone": sentence.tone}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "meta": entry.meta,
        "tone": entry.tone,
        "facts": _facts(entry.facts),
    }


def _facts(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "lines": lines_of(one.text), "subject": one.subject} for one in facts
    ]

"""A sheet as Markdown. What people wrote stays text: nothing in it becomes markup or a link."""

import re

from dashboard.report.sheet import (
    Block,
    Cell,
    Chart,
    Entries,
    Fact,
    Facts,
    Range,
    Sentence,
    Sheet,
    Subheading,
    Table,
    Waterfall,
    colon_of,
    lines_of,
)

#: Has no width and keeps two signs apart.
_WORD_JOINER = "\N{WORD JOINER}"
#: Where readers make a link of an address by themselves, whatever is escaped.
_LINKED = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?=@\w)", re.IGNORECASE)
#: What may begin markup in the middle of a line; a colon only before a word, as in ``:skull:``.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$^]|:(?=\w)|&(?=#?\w+;)|=(?==)|!(?=\[)")
#: What begins a list, a heading or a rule at the beginning of a line.
_BEGINS = re.compile(r"^(?:\+(?=\s|$)|[-=](?=[-=\s]|$)|\d{1,9}(?=[.)](?:\s|$)))")


def sheet_markdown(sheet: Sheet) -> str:
    """Return a sheet as Markdown (CommonMark, with the tables of GitHub's)."""
    lines = [f"# {escaped(sheet.title)}", f"{escaped(sheet.company)} · {escaped(sheet.kicker)}"]
    lines += [f"**{escaped(one.text)}**" for one in sheet.lead]
    colon = colon_of(sheet.language)
    lines += [_facts(sheet.facts, colon)] if sheet.facts else []
    for part in sheet.parts:
        lines.append(f"## {escaped(part.heading)}")
        lines += [_block(one, colon) for one in part.blocks]
    lines.append(f"---\n\n{escaped(sheet.made)}")
    return "\n\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return text on one line that Markdown shows as it is."""
    line = " ".join(lines_of(text))
    unlinked = _LINKED.sub(_WORD_JOINER, line)
    return _BEGINS.sub(_unbegun, _MARKUP.sub(r"\\\g<0>", unlinked))


def _unbegun(found: re.Match[str]) -> str:
    begin = found[0]
    return f"{begin}\\" if begin[0].isdecimal() else f"\\{begin}"


def _block(block: Block, colon: str) -> str:  # noqa: PLR0911 - one for each kind
    match block:
        case Table():
            head = [escaped(column.label) for column in block.columns]
            rule = ["---:" if column.number else "---" for column in block.columns]
            rows = [[_cell(cell) for cell in row] for row in block.rows]
            return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
        case Entries():
            return "\n\n".join(
                "\n\n".join(
                    [
                        f"### {escaped(one.title)}",
                        *([f"*{escaped(one.meta)}*"] if one.meta else []),
                        *([_facts(one.facts, colon)] if one.facts else []),
                    ]
                )
                for one in block.entries
            )
        case Facts():
            return _facts(block.facts, colon)
        case Subheading():
            meta = f" · {block.meta}" if block.meta else ""
            return f"### {escaped(block.text + meta)}"
        case Waterfall():
            bars = (f"- {escaped(bar.label)}{colon}{escaped(bar.amount)}" for bar in block.bars)
            return "\n".join([escaped(block.said), "", *bars])
        case Chart() | Range():
            return escaped(block.said)
        case Sentence():
            return escaped(block.text)


def _cell(cell: Cell) -> str:
    return f"{escaped(cell.text)}<br>{escaped(cell.small)}" if cell.small else escaped(cell.text)


def _facts(facts: tuple[Fact, ...], colon: str) -> str:
    return "\n".join(
        # lines of one text stay apart: two blanks end a line
        f"- **{escaped(fact.label)}{colon.rstrip()}** "
        + "  \n  ".join(map(escaped, lines_of(fact.text)))
        for fact in facts
    )

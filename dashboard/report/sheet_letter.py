"""A sheet as a letter: plain text, and the same as simple HTML that fetches nothing."""

from html import escape
from textwrap import fill

from dashboard.report.sheet import (
    Block,
    Cell,
    Entries,
    Fact,
    Facts,
    Sentence,
    Sheet,
    Table,
    lines_of,
)

#: Longer lines are hard to read, and are broken by some mail servers.
_WIDTH = 76
_TONES = {
    "alert": "#a3202f",
    "work": "#8f4a0c",
    "good": "#0d6b4b",
    "quiet": "#56636c",
    "plain": "#1d2a33",
}
_SMALL = "font-size:13px;color:#56636c"
_CELL = "padding:6px 14px 6px 0;border-bottom:1px solid #d3dade;vertical-align:top"


def sheet_text(sheet: Sheet) -> str:
    """Return a sheet as plain text."""
    lines = [_line(sheet.title), f"{_line(sheet.company)} · {_line(sheet.kicker)}"]
    lines += [_wrapped(one.text) for one in sheet.lead]
    colon = ": " if sheet.language == "en" else "\N{NO-BREAK SPACE}: "
    lines += [_facts_text(sheet.facts, colon)] if sheet.facts else []
    for part in sheet.parts:
        heading = _line(part.heading)
        lines.append(f"{heading.upper()}\n{'-' * len(heading)}")
        lines += [_block_text(one, colon) for one in part.blocks]
    lines.append(_line(sheet.made))
    return "\n\n".join(lines) + "\n"


def sheet_html(sheet: Sheet) -> str:
    """Return a sheet as HTML: text only, nothing that is fetched, nothing that can be pressed."""
    language = sheet.language.replace("_", "-")
    parts = [
        f'<h1 style="font-size:21px;color:#0f5a78;margin:4px 0 12px">{_safe(sheet.title)}</h1>'
    ]
    parts += [f'<p style="margin:8px 0;{_ink(one)}">{_safe(one.text)}</p>' for one in sheet.lead]
    parts += [_facts_html(sheet.facts)] if sheet.facts else []
    for part in sheet.parts:
        parts.append(f'<h2 style="font-size:16px;margin:26px 0 8px">{_safe(part.heading)}</h2>')
        parts += [_block_html(one) for one in part.blocks]
    body = "\n".join(parts)
    return f"""<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{_safe(sheet.title)}</title></head>
<body style="margin:0;padding:16px;background:#ffffff">
<div style="max-width:680px;font:15px/1.5 sans-serif;color:#1d2a33">
<p style="margin:0;{_SMALL}">{_safe(sheet.company)} · {_safe(sheet.kicker)}</p>
{body}
<p style="margin:26px 0 0;{_SMALL}">{_safe(sheet.made)}</p>
</div>
</body>
</html>
"""


def _block_text(block: Block, colon: str) -> str:
    match block:
        case Table():
            return "\n".join(_row_text(row, block, colon) for row in block.rows)
        case Entries():
            return "\n\n".join(
                "\n".join(
                    [
                        _wrapped(f"{one.title} ({one.meta})" if one.meta else one.title),
                        *([_facts_text(one.facts, colon)] if one.facts else []),
                    ]
                )
                for one in block.entries
            )
        case Facts():
            return _facts_text(block.facts, colon)
        case Sentence():
            return _wrapped(block.text)


def _row_text(row: tuple[Cell, ...], table: Table, colon: str) -> str:
    """Return a line of a table as a list: what it is first, then what is said about it."""
    first, *others = row
    said = [
        f"{column.label}{colon}{cell.text}" if column.number else cell.text
        for cell, column in zip(others, table.columns[1:], strict=True)
        if cell.text
    ]
    smalls = [cell.small for cell in row if cell.small]
    about = " · ".join((*said, *smalls))
    lines = [_wrapped(first.text, "- ", "  ")]
    return "\n".join([*lines, _wrapped(about, "  ", "  ")] if about else lines)


def _facts_text(facts: tuple[Fact, ...], colon: str) -> str:
    return "\n".join(
        _wrapped(f"{fact.label}{colon}{' / '.join(lines_of(fact.text))}", "  ", "    ")
        for fact in facts
    )


def _wrapped(text: str, first: str = "", then: str = "") -> str:
    return fill(
        _line(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _block_html(block: Block) -> str:
    match block:
        case Table():
            head = "".join(
                f'<th align="{_side(column.number)}" style="{_CELL};{_SMALL};font-weight:normal">'
                f"{_safe(column.label)}</th>"
                for column in block.columns
            )
            rows = "".join(
                "<tr>"
                + "".join(
                    f'<td align="{_side(column.number)}" style="{_CELL};{_ink(cell)}">'
                    f"{_safe(cell.text)}{_small(cell)}</td>"
                    for cell, column in zip(row, block.columns, strict=True)
                )
                + "</tr>\n"
                for row in block.rows
            )
            return (
                '<table width="100%" style="border-collapse:collapse;font-size:15px">\n'
                f"<tr>{head}</tr>\n{rows}</table>"
            )
        case Entries():
            return "\n".join(
                f'<p style="margin:12px 0 4px"><strong>{_safe(one.title)}</strong> '
                f'<span style="{_SMALL}">{_safe(one.meta)}</span></p>\n{_facts_html(one.facts)}'
                for one in block.entries
            )
        case Facts():
            return _facts_html(block.facts)
        case Sentence():
            return f'<p style="margin:8px 0;{_ink(block)}">{_safe(block.text)}</p>'


def _facts_html(facts: tuple[Fact, ...]) -> str:
    rows = "".join(
        f'<tr><td style="padding:2px 14px 2px 0;vertical-align:top;{_SMALL}">'
        f"{_safe(fact.label)}</td><td>{'<br>'.join(map(_safe, lines_of(fact.text)))}</td></tr>\n"
        for fact in facts
    )
    return f'<table style="font-size:15px">\n{rows}</table>' if rows else ""


def _small(cell: Cell) -> str:
    return f'<br><span style="{_SMALL}">{_safe(cell.small)}</span>' if cell.small else ""


def _ink(said: Cell | Sentence) -> str:
    return f"color:{_TONES[said.tone]}"


def _side(number: bool) -> str:  # noqa: FBT001 - a column's own fact
    return "right" if number else "left"


def _safe(text: str) -> str:
    return escape(_line(text))


def _line(text: str) -> str:
    return " ".join(lines_of(text))

"""A sheet as a letter: plain text, and the same as simple HTML that fetches nothing."""

from html import escape
from textwrap import fill

from dashboard.report.sheet import (
    Block,
    Cell,
    Chart,
    Column,
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
from dashboard.report.unbroken import unbroken

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
#: What a row says before a number or a date where it stands as a block of its own.
_HIDDEN = "display:none;mso-hide:all"
#: What is longer may be somebody's words, and may break.
_SHORT = 24
#: On a telephone, a row is a block of its own. A program that leaves this out shows the table.
_NARROW = """\
@media (max-width: 560px) {
  table.rows, table.rows tbody, table.rows tr { display: block !important; width: 100% !important; }
  table.rows tr.names { display: none !important; }
  table.rows tr { padding: 8px 0 !important; border-bottom: 1px solid #d3dade !important; }
  table.rows td { display: block !important; padding: 0 !important; border: 0 !important;
    text-align: left !important; }
  table.rows td.first strong { font-weight: bold !important; }
  table.rows td.number { display: inline-block !important; width: 31% !important;
    white-space: normal !important; }
  table.rows span.label { display: inline !important; }
  table.rows td.number span.label { display: block !important; }
}
@media (min-width: 561px) {
  table.rows .short { white-space: nowrap; }
}"""


def sheet_text(sheet: Sheet) -> str:
    """Return a sheet as plain text."""
    lines = [_line(sheet.title), f"{_line(sheet.company)} · {_line(sheet.kicker)}"]
    lines += [_wrapped(one.text) for one in sheet.lead]
    colon = colon_of(sheet.language)
    lines += [_facts_text(sheet.facts, colon)] if sheet.facts else []
    for part in sheet.parts:
        heading = _line(part.heading)
        lines.append(f"{heading.upper()}\n{'-' * len(heading)}")
        lines += [_block_text(one, colon) for one in part.blocks]
    lines.append(_wrapped(sheet.made))
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
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{_safe(sheet.title)}</title>
<style>
{_NARROW}
</style></head>
<body style="margin:0;padding:16px;background:#ffffff">
<div style="max-width:680px;font:15px/1.5 sans-serif;color:#1d2a33;overflow-wrap:break-word">
<p style="margin:0;{_SMALL}">{_safe(sheet.company)} · {_safe(sheet.kicker)}</p>
{body}
<p style="margin:26px 0 0;{_SMALL}">{_safe(sheet.made)}</p>
</div>
</body>
</html>
"""


def _block_text(block: Block, colon: str) -> str:  # noqa: PLR0911 - one for each kind
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
        case Subheading():
            return _wrapped(f"{block.text} ({block.meta})" if block.meta else block.text)
        case Waterfall():
            bars = tuple(Fact(bar.label, bar.amount) for bar in block.bars)
            return f"{_wrapped(block.said)}\n{_facts_text(bars, colon)}"
        case Chart() | Range():
            return _wrapped(block.said)
        case Sentence():
            return _wrapped(block.text)


def _row_text(row: tuple[Cell, ...], table: Table, colon: str) -> str:
    """Return a line of a table as a list: what it is first, then what is said about it."""
    first, *others = row
    said = [
        f"{_lead(column, colon)}{cell.text}{f' ({cell.small})' if cell.small else ''}"
        for cell, column in zip(others, table.columns[1:], strict=True)
        if cell.text
    ]
    about = " · ".join(([first.small] if first.small else []) + said)
    lines = [_wrapped(first.text, "- ", "  ")]
    return "\n".join([*lines, _wrapped(about, "  ", "  ")] if about else lines)


def _lead(column: Column, colon: str) -> str:
    """Return what stands before a text where a row is written out as a line; both stay together."""
    name = f"{column.label}{colon}" if column.number and not column.leads else column.leads
    return f"{name.rstrip()}\N{NO-BREAK SPACE}" if name else ""


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


def _block_html(block: Block) -> str:  # noqa: PLR0911 - one for each kind
    match block:
        case Table():
            return _table_html(block)
        case Entries():
            return "\n".join(
                f'<p style="margin:12px 0 4px"><strong>{_safe(one.title)}</strong> '
                f'<span style="{_SMALL}">{_safe(one.meta)}</span></p>\n{_facts_html(one.facts)}'
                for one in block.entries
            )
        case Facts():
            return _facts_html(block.facts)
        case Subheading():
            return (
                f'<p style="margin:14px 0 4px"><strong>{_safe(block.text)}</strong> '
                f'<span style="{_SMALL}">{_safe(block.meta)}</span></p>'
            )
        case Waterfall():
            bars = tuple(Fact(bar.label, bar.amount) for bar in block.bars)
            return f'<p style="margin:8px 0">{_safe(block.said)}</p>\n{_facts_html(bars)}'
        case Chart() | Range():
            return f'<p style="margin:8px 0">{_safe(block.said)}</p>'
        case Sentence():
            return f'<p style="margin:8px 0;{_ink(block)}">{_safe(block.text)}</p>'


def _table_html(table: Table) -> str:
    head = "".join(
        f'<th align="{_side(column)}" style="{_CELL};{_SMALL};font-weight:normal">'
        f"{_safe(column.label)}</th>"
        for column in table.columns
    )
    rows = "".join(f"<tr>{_row_html(row, table.columns)}</tr>\n" for row in table.rows)
    return (
        '<table class="rows" width="100%" style="border-collapse:collapse;font-size:15px">\n'
        f'<tr class="names">{head}</tr>\n{rows}</table>'
    )


def _row_html(row: tuple[Cell, ...], columns: tuple[Column, ...]) -> str:
    first, *others = row
    cells = "".join(
        f'<td class="{_class(cell, column)}" align="{_side(column)}"'
        f' style="{_CELL};{_ink(cell)}{";white-space:nowrap" if column.leads else ""}">'
        f"{_label(column)}{_number(cell.text) if column.number else _safe(cell.text)}"
        f"{_small(cell)}</td>"
        for cell, column in zip(others, columns[1:], strict=True)
    )
    # its weight changes where it becomes the heading of a block
    title = f'<strong style="font-weight:normal">{_safe(first.text)}</strong>'
    return f'<td class="first" style="{_CELL};{_ink(first)}">{title}{_small(first)}</td>{cells}'


def _class(cell: Cell, column: Column) -> str:
    kind = "number" if column.number else "said"
    return f"{kind} short" if max(len(cell.text), len(cell.small)) <= _SHORT else kind


def _label(column: Column) -> str:
    """Return the name of a number or a date, which is seen where no column has a name."""
    if not (column.leads or column.number):
        return ""
    name = f"{_safe(column.leads)} " if column.leads else _safe(column.label)
    return f'<span class="label" style="{_HIDDEN};{_SMALL}">{name}</span>'


def _number(text: str) -> str:
    return f'<span style="white-space:nowrap">{_safe(text)}</span>'


def _facts_html(facts: tuple[Fact, ...]) -> str:
    rows = "".join(
        f'<tr><td style="padding:2px 14px 2px 0;vertical-align:top;{_SMALL};line-height:22px'
        f'{";white-space:nowrap" if len(fact.label) <= _SHORT else ""}">'
        f'{_safe(fact.label)}</td><td style="padding:2px 0;vertical-align:top;line-height:22px">'
        f"{'<br>'.join(map(_safe, lines_of(fact.text)))}</td></tr>\n"
        for fact in facts
    )
    return (
        f'<table style="border-collapse:collapse;font-size:15px">\n{rows}</table>' if rows else ""
    )


def _small(cell: Cell) -> str:
    return f'<br><span style="{_SMALL}">{_safe(cell.small)}</span>' if cell.small else ""


def _ink(said: Cell | Sentence) -> str:
    return f"color:{_TONES[said.tone]}"


def _side(column: Column) -> str:
    return "right" if column.number else "left"


def _safe(text: str) -> str:
    return escape(_line(text))


def _line(text: str) -> str:
    return unbroken(" ".join(lines_of(text)))

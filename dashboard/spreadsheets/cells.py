"""Texts that no spreadsheet takes for a formula."""

from pipelines.visible import visible

#: A cell that begins with one of these is a formula to some spreadsheet; the wide ones are what
#: keyboards of East Asia type for the first four.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def begins_formula(cell: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula."""
    # what was a control is a blank when it is shown, behind which a formula may still begin
    return any(one.startswith(FORMULA_SIGNS) for one in (cell, visible(cell).lstrip()))


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, for files that have no types.

    Source:
        OWASP, *CSV Injection*: an apostrophe before what might begin a formula.
    """
    shown = visible(cell)
    return f"'{shown}" if begins_formula(cell) else shown

"""No cell of a file can run as a formula, whatever somebody wrote into a name."""

import pytest

from dashboard.spreadsheets import harmless


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        *((f"{sign}x", f"'{sign}x") for sign in "=+-@\t"),
        ("\rx", "' x"),  # a control is a blank
        ("\nx", "'\nx"),
        ("\x07=x", "' =x"),
        ("  =x", "'  =x"),
        ("\uff1dx", "'\uff1dx"),  # the wide signs that keyboards of East Asia type
        ("x=1", "x=1"),
        ("", ""),
        ("−8", "−8"),  # a minus sign, as the product writes it, begins no formula
    ],
)
def test_a_cell_is_never_a_formula(cell: str, kept: str) -> None:
    assert harmless(cell) == kept

"""Terms as people type them: a line for each account, segment and share."""

import pytest

from dashboard.rhythm.plan.terms import (
    Account,
    ActivityTarget,
    Effort,
    Frequency,
    PersonalTerms,
)
from dashboard.rhythm.plan.typed import read_terms
from pipelines.errors import Refused

NOTHING = {"accounts": "", "frequencies": "", "rendez_vous": "", "effort": "", "means": ""}


def test_lines_are_read_with_and_without_segments_units_and_blanks() -> None:
    found = read_terms(
        accounts="Hôtel du Lac; A\n\n  École des Cèdres  \n",
        frequencies="A; 2\nB ;6",
        rendez_vous="30 minutes",
        effort="A; 35 %\nB; 12,5",
        activity={"meetings_held": "4", "proposals_sent": " "},
        means="A car",
    )

    assert found == PersonalTerms(
        accounts=(Account("Hôtel du Lac", "A"), Account("École des Cèdres")),
        frequencies=(Frequency("A", 2), Frequency("B", 6)),
        rendez_vous="30 minutes",
        effort=(Effort("A", 35), Effort("B", 12.5)),
        activity=(ActivityTarget("meetings_held", 4),),
        means="A car",
    )
    assert read_terms(**NOTHING, activity={}) == PersonalTerms()


def test_every_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(Refused) as error:
        read_terms(
            **{**NOTHING, "frequencies": "A; 2.5\nB", "effort": "C; much"},
            activity={"meetings_held": "four"},
        )

    said = [str(one) for one in error.value.problems]
    assert said[0].startswith("A: Weeks are whole numbers.")
    assert said[1].startswith("B: The number is missing.")
    assert said[2].startswith("'much' is not a number.")
    assert said[3].startswith("'four' is not a number.")

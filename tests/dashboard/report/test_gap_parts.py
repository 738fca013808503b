"""A gap on paper: what is judged, and what is drawn."""

from dataclasses import replace

from dashboard.report.gap_parts import explained, gap_blocks
from dashboard.report.sheet import Sentence, Subheading, Waterfall
from tests.builders import gaps


def test_factors_that_changed_nothing_are_told_and_not_drawn() -> None:
    (told,) = explained(gaps.gap(made_of=gaps.factors(0, 0, 0)), "en")
    (drawn,) = explained(gaps.gap(made_of=gaps.factors(5, -5, 0)), "en")

    assert told == Sentence("There is no difference against the same month last year.")
    assert isinstance(drawn, Waterfall)


def test_a_number_of_few_rows_is_called_neither_reached_nor_missed() -> None:
    one = gaps.gap()
    assert one.month is not None

    heading = gap_blocks(replace(one, month=replace(one.month, on_target=None)), "fr")[0]

    assert isinstance(heading, Subheading)
    assert heading.meta == "trop peu pour juger"

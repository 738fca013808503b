"""Messages that are kept apart from their values, and errors that carry them."""

import pytest

from pipelines.errors import Problem, Refused, did_you_mean, msg, msg_plural


def test_a_message_reads_as_plain_english_in_logs() -> None:
    assert str(msg("{file} holds {keys}.", file="a.toml", keys=["x", "y"])) == "a.toml holds x, y."


@pytest.mark.parametrize(("count", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_a_message_that_counts_chooses_its_form(count: int, said: str) -> None:
    assert str(msg_plural("{count} row", "{count} rows", count)) == said


def test_an_error_says_where_what_and_what_to_do() -> None:
    problem = Problem(msg("It is empty."), "a.csv", msg("Export it again."))

    assert str(problem) == "a.csv: It is empty. Export it again."


def test_an_error_carries_all_that_was_found() -> None:
    error = Refused(Problem(msg("One.")), Problem(msg("Two.")))

    assert str(error) == "One.; Two."
    assert len(error.problems) == 2


def test_only_a_near_word_is_suggested() -> None:
    assert str(did_you_mean("precent", ["percent", "money"])) == "Did you mean 'percent'?"
    assert did_you_mean("kilometres", ["percent", "money"]) is None

"""Why a letter could not be sent is kept for readers of every language."""

import pytest

from dashboard.rhythm.meeting.trouble import from_kept, to_kept
from dashboard.text import render
from pipelines.errors import Problem, msg

REFUSED = Problem(
    msg("The mail server does not accept these addresses: {addresses}.", addresses=["a@b.ca"]),
    "mail.example:587",
    msg("Check the date."),
)


def test_what_is_kept_is_read_in_each_language() -> None:
    (problem,) = from_kept(to_kept([REFUSED]))

    for language in ("en", "fr", "fr_CA"):
        assert render(problem, language) == render(REFUSED, language)
    assert "a@b.ca" in render(problem, "en")


def test_without_trouble_nothing_is_kept() -> None:
    assert to_kept([]) is None
    assert from_kept(None) == ()


@pytest.mark.parametrize("kept", ["Le serveur ne répond pas.", "451", "{odd}", '["a"]', "{}"])
def test_a_sentence_of_former_days_is_said_as_it_was_written(kept: str) -> None:
    said = [render(one, "en") for one in from_kept(kept)]

    assert said in ([kept], [])

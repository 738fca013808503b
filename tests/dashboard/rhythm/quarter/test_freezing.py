"""Closed reviews of quarters, read by a product that words things in another way."""

from types import MappingProxyType

from dashboard.rhythm.quarter.freezing import SAID_BEFORE
from dashboard.text import render
from pipelines.errors import Message


def test_what_reviews_said_that_were_closed_long_ago_is_still_translated() -> None:
    # as they were kept: the English template and what goes into it
    values = MappingProxyType({"count": 3, "needed": 8})
    kept = [Message(one.template, values) for one in SAID_BEFORE]

    assert [render(one, "fr") for one in kept] == [
        "Aucune valeur pour le trimestre.",
        "il y a 3 semaines à comparer, il en faut 8",
    ]
    assert [render(one, "fr_CA") for one in kept] == [render(one, "fr") for one in kept]

"""Closed reviews of quarters, read by a product that words things in another way."""

from types import MappingProxyType

from dashboard.rhythm.quarter.freezing import SAID_BEFORE
from dashboard.text import render
from pipelines.errors import Message

#: What goes into one of them or another.
_FIELDS = (
    *("needed", "before", "after", "centre", "lower", "upper", "result", "day"),
    *("taken", "planned", "in_time"),
)


def test_what_reviews_said_that_were_closed_long_ago_is_still_translated() -> None:
    # as they were kept: the English template and what goes into it
    values = MappingProxyType(dict.fromkeys(_FIELDS, "x") | {"count": 3})
    kept = [Message(one.template, values, one.plural, 3) for one in SAID_BEFORE]

    french = [render(one, "fr") for one in kept]
    assert french[:2] == [
        "Aucune valeur pour le trimestre.",
        "il y a 3 semaines à comparer, il en faut x",
    ]
    assert "Tenue 3 fois." in french
    for language in ("fr", "fr_CA"):
        assert not {render(one, language) for one in kept} & {render(one, "en") for one in kept}

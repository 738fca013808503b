"""Pressure pacts in a meeting: one line each, where what they are about is worked."""

from collections.abc import Collection, Iterable
from typing import Any

from dashboard.components.meeting_sight import Sight
from dashboard.rhythm.meeting.model import Blocker
from dashboard.rhythm.pact import words
from dashboard.rhythm.pact.facts import kpi_of
from dashboard.rhythm.pact.pacts import Fired
from dashboard.rhythm.pact.words import Around
from dashboard.text import Language


def pacts_of_blocker(blocker: Blocker, sight: Sight, language: Language) -> list[dict[str, Any]]:
    """Return the pacts that fired for the KPI of a blocker."""
    return pacts_of_kpi(blocker.kpi, sight, language) if blocker.kpi else []


def other_pacts(sight: Sight, language: Language) -> list[dict[str, Any]]:
    """Return the pacts that no blocker of the meeting shows: each is shown once."""
    placed = {one.kpi for one in sight.meeting.blockers if one.kpi}
    return pacts_beside(placed, sight, language)


def pacts_of_kpi(key: str, sight: Sight, language: Language) -> list[dict[str, Any]]:
    """Return the pacts that fired for a KPI."""
    return _lines((one for one in sight.pacts if kpi_of(one.event.facts) == key), sight, language)


def pacts_beside(keys: Collection[str], sight: Sight, language: Language) -> list[dict[str, Any]]:
    """Return the pacts that fired for anything but some KPIs, which show their own."""
    return _lines(
        (one for one in sight.pacts if kpi_of(one.event.facts) not in keys), sight, language
    )


def _lines(found: Iterable[Fired], sight: Sight, language: Language) -> list[dict[str, Any]]:
    around = Around(sight.kpis, sight.calendar, sight.currency, language)
    return [
        {
            "id": one.event.event_id,
            "version": one.event.version,
            "agreed": words.agreed_words(one.event.said, language),
            "facts": [
                words.since_words(one.event.fired_on, language, asks=one.asks),
                words.facts_words(one.event.facts, around),
            ],
            "asks": one.asks,
        }
        for one in found
    ]

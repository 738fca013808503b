"""Where the quarter ends, in a meeting: a range for each KPI that has one, and what decides it."""

from dataclasses import asdict
from typing import Any

from dashboard.components.gap_words import decisive_words, plain_landing
from dashboard.components.meeting_sight import Sight
from dashboard.report.landing_parts import (
    landing_range,
    landing_sentence,
    made_of_sentence,
    outsized,
    track_record,
    unseen_deals,
)
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.text import Language, render, text
from pipelines.landing.model import Landing, Outlook


def landing_data(sight: Sight, language: Language) -> dict[str, Any]:
    """Return where the quarter ends: ranges first, then what is one number."""
    review = sight.gaps
    found = [one.landing for one in review.gaps if one.landing] if review else []
    return {
        "lead": text("No discussion now: gaps come next.", language)
        if found
        else text("Nothing can be said about where the quarter ends.", language),
        "landings": [
            _range(one, one.outlook, review, language)
            for one in found
            if one.outlook is not None and review is not None
        ],
        "plain": [
            {
                "name": render(one.definition.name, language),
                "said": plain_landing(one, language),
            }
            for one in found
            if one.outlook is None
        ],
    }


def _range(
    landing: Landing, outlook: Outlook, review: GapReview, language: Language
) -> dict[str, Any]:
    record = review.record(landing.definition.key)
    decisive = [
        (one.deal.name or one.deal.external_id, *decisive_words(one, landing, language))
        for one in outlook.decisive
    ]
    return {
        "key": landing.definition.key,
        "name": render(landing.definition.name, language),
        "said": landing_sentence(landing, outlook, language, record),
        "drawing": asdict(landing_range(landing, outlook, language, record)),
        "madeOf": made_of_sentence(landing, outlook, language),
        "decisive": [
            {"name": name, "facts": facts, "without": without} for name, facts, without in decisive
        ],
        "unseen": unseen_deals(outlook, language),
        "notes": [
            *outsized(landing, outlook, language),
            *(render(note, language) for note in landing.notes),
            *(sentence.text for sentence in track_record(record, language)),
        ],
    }

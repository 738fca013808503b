"""What an entry of the audit trail says."""

from datetime import datetime

from dashboard.access.entry import BEGINNING, Entry
from dashboard.components.audit_words import Around, change_sentence, differences, sentence, written
from pipelines.journal import State
from pipelines.kpis.definition import Unit
from tests.builders.reviews import kpi

_NB = "\N{NO-BREAK SPACE}"
AROUND = Around(
    "fr_CA", "America/Montreal", "CAD", {"win_rate": kpi("win_rate", unit=Unit.PERCENT)}
)


def entry(what: str, before: State | None, after: State) -> Entry:
    at = datetime.fromisoformat("2026-11-16T14:05")
    return Entry(1, at, "Marie", what, "action 1", before, after, BEGINNING, "e1")


def test_an_expected_effect_is_written_in_the_unit_of_its_kpi() -> None:
    unsaid: dict[str, object] = {"title": "Trois options", "kpi": "win_rate", "effect": None}

    changed = differences(entry("action.expected", unsaid, {**unsaid, "effect": 0.05}), AROUND)

    assert [(before, after) for _, before, after in changed] == [("–", f"5{_NB}%")]


def test_a_plans_priorities_have_their_values_in_the_unit_of_each_ones_kpi() -> None:
    priority = {"title": "Gagner plus", "kpi": "win_rate", "from_value": 0.318, "to_value": 0.4}

    said = written("priorities", [priority], AROUND)

    assert f"31,8{_NB}%" in said
    assert f"40{_NB}%" in said


def test_letters_that_were_sent_are_counted_and_not_taken_for_a_file() -> None:
    sent = entry("meeting.sent", None, {"file": 3, "kind": "preread", "server": 0})

    assert sentence(sent, AROUND) == "Courriels d’une rencontre envoyés"
    assert change_sentence(sent, AROUND) == (
        f"Déposés dans le dossier outbox{_NB}: 3 · Type{_NB}: À lire avant la rencontre"
        f" · Remis au serveur de courriel{_NB}: 0"
    )


def test_a_language_goes_by_its_own_name() -> None:
    assert written("language", "fr_CA", AROUND) == "Français (Québec)"


def test_a_decision_about_a_gap_is_said_with_its_kpi_and_in_its_unit() -> None:
    nothing = dict.fromkeys(("title", "owner", "due_on", "value", "per", "valid_from"))
    accepted = {"key": "win_rate", "response": "accept", "reason": "Les salons", **nothing}
    adjusted = {**accepted, "response": "adjust", "reason": "Le bois", "value": 0.25}

    said = entry("gap.decided", accepted, {**adjusted, "owner": "Zoé"})

    assert sentence(said, AROUND).startswith(f"Décision sur un écart{_NB}: ")
    assert "Zoé" not in sentence(said, AROUND)  # whose action it is does not name the KPI
    changed = change_sentence(said, AROUND)
    assert f"Ce qui est fait{_NB}: Accepter l’écart → Ajuster la cible" in changed
    assert f"– → 25{_NB}%" in changed

import pytest

from pipelines.sources.vocabulary import (
    activity_kind,
    activity_outcome,
    deal_status,
    is_proposal,
    stage_status,
)


@pytest.mark.parametrize(
    "label",
    [
        "Closed Won",
        "CLOSED-WON",
        "Won",
        "closedwon",
        "Fermé/Gagné",
        "Fermée gagnée",
        "Clôturée gagnée",
        "Gagnée",
        "Conclusion gagnante",
        "Conclue",
        "Cerrado ganado",
        "Ganho",
        "Gewonnen",
    ],
)
def test_a_won_stage_is_recognised_in_five_languages(label: str) -> None:
    assert stage_status(label) == "won"


@pytest.mark.parametrize(
    "label",
    [
        "Closed Lost",
        "closedlost",
        "Closed Lost to Competition",
        "Fermé perdu",
        "Fermée perdue",
        "Conclusion perdante",
        "Perdida",
        "Perdido",
        "Verloren",
    ],
)
def test_a_lost_stage_is_recognised_in_five_languages(label: str) -> None:
    assert stage_status(label) == "lost"


@pytest.mark.parametrize(
    "label",
    [
        "Qualification",
        "Négociation",
        "Not won yet",
        "Won back customer after a second call",
        "Wonder",
        "Contract Sent",
        "",
    ],
)
def test_any_other_stage_is_open(label: str) -> None:
    assert stage_status(label) == "open"


@pytest.mark.parametrize("label", ["Closed", "Fermée", "Terminé", "Geschlossen", "Done"])
def test_a_stage_that_only_says_closed_is_left_to_a_person(label: str) -> None:
    assert stage_status(label) is None


@pytest.mark.parametrize("label", ["Cancelled", "Annulé", "Abandoned", "deleted"])
def test_what_was_cancelled_is_neither_won_nor_lost(label: str) -> None:
    assert stage_status(label) == "neither"


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Open", "open"),
        ("En cours", "open"),
        ("Gagnée", "won"),
        ("Perdue", "lost"),
        ("To do", "open"),
        ("Prospect", None),
    ],
)
def test_a_status_column_has_words_of_its_own(label: str, status: str | None) -> None:
    assert deal_status(label) == status


@pytest.mark.parametrize(
    "stage",
    [
        "Proposal/Price Quote",
        "Proposition/Devis",
        "Soumission envoyée",
        "Quote sent",
        "Offre transmise",
        "Angebot",
        "Propuesta enviada",
        "Presupuesto",
        "Orçamento",
        "Proposta enviada",
    ],
)
def test_reaching_a_proposal_stage_means_a_proposal_was_sent(stage: str) -> None:
    assert is_proposal(stage)


@pytest.mark.parametrize(
    "stage",
    [
        "Value Proposition",
        "Proposition de valeur",
        "Angebot unterschrieben",
        "Devis à faire",
        "Proposition refusée",
        "Negotiation",
    ],
)
def test_stages_that_only_sound_like_proposals_do_not(stage: str) -> None:
    assert not is_proposal(stage)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Call", "call"),
        ("Appel", "call"),
        ("Réunion", "meeting"),
        ("Rendez-vous", "meeting"),
        ("Courriel", "email"),
        ("Soumission", "proposal"),
        ("Tâche", "task"),
        ("Visite", "visit"),
        ("Note", None),
    ],
)
def test_kinds_of_activity_are_read_in_english_and_french(label: str, kind: str | None) -> None:
    assert activity_kind(label) == kind


@pytest.mark.parametrize(
    ("label", "outcome"),
    [
        ("Completed", "done"),
        ("No show", "no_show"),
        ("Not Held", "no_show"),
        ("Non effectué", "no_show"),
        ("Canceled", "cancelled"),
        ("Rescheduled", "cancelled"),
        ("Scheduled", "planned"),
        ("Done", "done"),
        ("Undone", "planned"),
        ("Waiting on someone else", "planned"),
        ("Terminée", "done"),
        ("Went fine", None),
    ],
)
def test_outcomes_are_read_in_english_and_french(label: str, outcome: str | None) -> None:
    assert activity_outcome(label) == outcome

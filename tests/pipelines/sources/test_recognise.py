import pytest

from pipelines.errors import ImportRefused
from pipelines.sources.recognise import Recognised, recognise


def seen(headers: str, **asked: str | None) -> Recognised:
    return recognise([header.strip() for header in headers.split("|")], file="x.csv", **asked)  # type: ignore[arg-type]  # names of parameters


def taken_for(headers: str, **asked: str | None) -> tuple[str, str]:
    found = seen(headers, **asked)
    return found.source.name, found.layout.entity


@pytest.mark.parametrize(
    ("headers", "source", "entity"),
    [
        ("Record ID | Deal Name | Deal Stage | Amount | Close Date", "hubspot", "deals"),
        (
            "ID de fiche d’informations | NOM DE LA TRANSACTION | Phase de la transaction | Montant",
            "hubspot",
            "deals",
        ),
        ("hs_object_id | dealname | dealstage | closedate", "hubspot", "deals"),
        ("Record ID | Type d'activité | Date de l'activité | Attribué à", "hubspot", "activities"),
        ("Record ID | Call title | Activity date | Call outcome", "hubspot", "activities"),
        (
            "Record ID | Meeting name | Meeting start time | Meeting outcome",
            "hubspot",
            "activities",
        ),
        ("Record ID | Task title | Due date | Task status | Assigned to", "hubspot", "activities"),
        (
            "Opportunity Name | Account Name | Stage | Amount | Close Date | Opportunity Owner",
            "salesforce",
            "deals",
        ),
        (
            "Nom de l'opportunité | Nom du compte | Étape | Montant | Date de clôture",
            "salesforce",
            "deals",
        ),
        ("Id | IsDeleted | Name | StageName | CloseDate | IsWon | OwnerId", "salesforce", "deals"),
        (
            "Id | OpportunityId | CreatedDate | StageName | Amount | PrevAmount",
            "salesforce",
            "stage_entries",
        ),
        (
            "Id | Subject | ActivityDateTime | WhatId | DurationInMinutes",
            "salesforce",
            "activities",
        ),
        ("Id | Subject | ActivityDate | Status | TaskSubtype | WhatId", "salesforce", "activities"),
        ("Deal - Title* | Deal - Value | Deal - Status | Deal - Owner", "pipedrive", "deals"),
        ("Affaire - Titre | Affaire - Valeur | Affaire - Statut", "pipedrive", "deals"),
        (
            "Activity - Subject | Activity - Type | Activity - Due date | Activity - Done",
            "pipedrive",
            "activities",
        ),
        (
            "Activité - Sujet | Activité - Type | Activité - Date d'échéance | Activité - Attribué à l’utilisateur",
            "pipedrive",
            "activities",
        ),
        ("id_oportunidad | cliente | etapa | importe | fecha de cierre", "generic", "deals"),
        ("Chance-ID | Kunde | Phase | Betrag | Abschlussdatum", "generic", "deals"),
        ("Id oportunidade | estágio | valor | criado em", "generic", "deals"),
        ("Numéro de facture | Date de facture | Client | Montant HT", "generic", "invoices"),
        ("Rechnungsnummer | Rechnungsdatum | Kunde | Nettobetrag", "generic", "invoices"),
        ("deal_id | new_stage | changed_at", "generic", "stage_entries"),
        ("kpi | start | value", "generic", "kpi_entries"),
    ],
)
def test_a_file_is_recognised_by_the_names_of_its_columns(
    headers: str, source: str, entity: str
) -> None:
    assert taken_for(headers) == (source, entity)


@pytest.mark.parametrize(
    "headers",
    [
        "account | sector | revenue | employees",
        "product | series | sales_price",
        "OwnerName | StartDate | Quota",
        "Num_CMD | Date_CMD | Fournisseur | Montant_HT",
        "stage_id | stage_name | is_final | is_success",
    ],
)
def test_lists_of_something_else_are_refused_with_what_was_found_and_what_to_pass(
    headers: str,
) -> None:
    with pytest.raises(ImportRefused) as refusal:
        seen(headers)

    sentence = str(refusal.value)
    assert headers.partition(" | ")[0] in sentence
    assert "--source" in sentence
    assert "--entity" in sentence
    assert "--mapping" in sentence


def test_a_file_that_could_be_two_things_is_not_guessed() -> None:
    with pytest.raises(ImportRefused, match="could be any of"):
        seen("deal id | stage | entered on | title | subject | type | date")


def test_somebody_may_say_what_a_file_is() -> None:
    assert taken_for("Deal Name | Deal Stage", source="hubspot") == ("hubspot", "deals")
    assert taken_for("Name | Stage | Amount", source="generic", entity="deals") == (
        "generic",
        "deals",
    )


def test_an_unknown_source_or_entity_is_named_with_the_nearest_one() -> None:
    with pytest.raises(ImportRefused, match="Did you mean 'hubspot'"):
        seen("Deal Name | Deal Stage", source="hubspott")
    with pytest.raises(ImportRefused, match="Did you mean 'deals'"):
        seen("Deal Name | Deal Stage", entity="deal")
    with pytest.raises(ImportRefused, match="HubSpot do not hold"):
        seen("Deal Name | Deal Stage", source="hubspot", entity="invoices")


def test_a_missing_column_is_named_with_the_words_it_goes_by() -> None:
    with pytest.raises(ImportRefused) as refusal:
        seen("Record ID | Deal Name | Amount", source="hubspot", entity="deals")

    assert "No column says stage" in str(refusal.value)
    assert "Deal Stage" in str(refusal.value)


def test_stage_dates_of_hubspot_are_found_with_their_pipeline() -> None:
    found = seen(
        'Record ID | Deal Name | Deal Stage | Date entered "Soumission envoyée (Ventes)" | Date entered current stage'
    )

    (date,) = found.stage_dates
    assert (date.stage, date.pipeline) == ("Soumission envoyée", "Ventes")


def test_the_currency_may_stand_in_the_header() -> None:
    found = seen("deal_id | stage | deal_value_usd | close_date")

    assert found.columns["amount"] == "deal_value_usd"
    assert found.currency == "USD"


def test_a_date_that_means_something_else_is_no_creation_date() -> None:
    found = seen("opportunity_id | deal_stage | engage_date | close_date | close_value")

    assert "created_on" not in found.columns
    assert found.columns["close_on"] == "close_date"


@pytest.mark.parametrize("number", ["Numéro", "No", "N°", "Nº", "Number", "Nummer", "Número"])
def test_a_number_is_the_id_where_nothing_better_is(number: str) -> None:
    deals = seen(f"{number} | Titre | Étape | Montant | Date de clôture")
    invoices = seen(f"{number} | Date de facture | Client | Montant HT")

    assert (deals.layout.entity, deals.columns["external_id"]) == ("deals", number)
    assert (invoices.layout.entity, invoices.columns["external_id"]) == ("invoices", number)


def test_a_number_gives_way_to_an_id() -> None:
    deals = seen("No | ID affaire | Titre | Étape | Montant | Date de clôture")
    invoices = seen("No | Facture | Date de facture | Client | Montant HT")

    assert deals.columns["external_id"] == "ID affaire"
    assert invoices.columns["external_id"] == "Facture"

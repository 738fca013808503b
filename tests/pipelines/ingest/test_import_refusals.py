from pathlib import Path

import pytest

from pipelines.context import Context
from pipelines.errors import ImportRefused
from pipelines.ingest import ImportRequest, import_file
from tests.builders.imports import contents, import_text, shared

GOOD = "deal_id,stage,amount\n1,Won,10\n"


def refused(company: Context, text: str, match: str, **request: str) -> None:
    import_text(company, GOOD)
    before = contents(company)
    with pytest.raises(ImportRefused, match=match):
        import_text(company, text, name="bad.csv", **request)
    assert contents(company) == before


def test_an_empty_file_changes_nothing(company: Context) -> None:
    refused(company, "", "bad.csv")


def test_a_table_of_something_else_changes_nothing(company: Context) -> None:
    refused(company, "sku,colour\n1,red\n", "bad.csv: We cannot tell what this file holds")


def test_a_missing_column_changes_nothing(company: Context) -> None:
    refused(
        company,
        "stage,amount\nWon,10\n",
        "No column says external_id",
        source="generic",
        entity="deals",
    )


def test_an_unknown_source_changes_nothing(company: Context) -> None:
    refused(company, GOOD, "Did you mean 'salesforce'", source="salesforse")


def test_an_unknown_entity_changes_nothing(company: Context) -> None:
    refused(company, GOOD, "Did you mean 'invoices'", entity="invoice")


def test_a_mapping_that_names_a_column_the_file_does_not_have_changes_nothing(
    company: Context,
) -> None:
    refused(
        company,
        GOOD,
        "no such column. Did you mean 'amount'",
        mapping='[columns]\namount = "amounts"\n',
    )


def test_a_file_that_is_not_there_changes_nothing(company: Context, tmp_path: Path) -> None:
    before = contents(company)
    with pytest.raises(ImportRefused):
        import_file(company, tmp_path / "nowhere.csv", ImportRequest())
    assert contents(company) == before


@pytest.mark.parametrize(
    "name",
    [
        "maven_crm_opportunities/accounts.csv",
        "maven_crm_opportunities/products.csv",
        "salesforce/Quota.csv",
        "salesforce/OpportunityLineItem.csv",
        "marketstar/Quotas.csv",
        "marketstar/experience-map_utf16_tab.csv",
        "bitrix24/pipeline_stages.csv",
        "generic_fr/achats_ht_ttc.csv",
        "generic_fr/commandes.csv",
        "generic_pt/metas.csv",
        "generic_es/sales_reps.csv",
        "generic_de/deals_stage_dates.csv",
    ],
)
def test_real_lists_of_something_else_are_refused_readably(company: Context, name: str) -> None:
    before = contents(company)

    with pytest.raises(ImportRefused, match="We cannot tell what this file holds"):
        import_file(company, shared(name), ImportRequest())

    assert contents(company) == before

"""Every row of the public sample exports is read, whatever program wrote them."""

from pathlib import Path

import pytest

from pipelines.ingest.reading import read_table
from pipelines.ingest.reading.parsing import parse

EXPORTS = Path(__file__).resolve().parents[5] / "shared" / "crm_exports"

pytestmark = pytest.mark.skipif(
    not EXPORTS.is_dir(), reason="the shared sample exports are not on this machine"
)

#: Rows and columns of each file, and its delimiter, as listed by those who collected them.
FILES = {
    "bitrix24/deals.csv": (12, 14, ","),
    "bitrix24/activities.csv": (4, 9, ","),
    "bitrix24/stage_history.csv": (6, 6, ","),
    "bitrix24/pipeline_stages.csv": (9, 6, ","),
    "dynamics365/opportunities.csv": (20, 5, ","),
    "generic_de/deals_stage_dates.csv": (25, 8, ","),
    "generic_en/deals_missing_amounts.csv": (150, 6, ","),
    "generic_en/opportunities_revops.csv": (126, 13, ","),
    "generic_en/demo_requests_no_show.csv": (180, 9, ","),
    "generic_en/closed_deals.csv": (482, 11, ","),
    "generic_es/opportunities.csv": (500, 12, ","),
    "generic_es/sales_reps.csv": (10, 6, ","),
    "generic_fr/commandes.csv": (11_242, 8, ";"),
    "generic_fr/ventes_bom_semicolon.csv": (48_620, 6, ";"),
    "generic_fr/ventes_ht_ttc.csv": (15, 13, ","),
    "generic_fr/achats_ht_ttc.csv": (10, 11, ","),
    "generic_pt/oportunidades.csv": (8_331, 9, ","),
    "generic_pt/vendedores.csv": (16, 3, ","),
    "generic_pt/metas.csv": (16, 3, ","),
    "hubspot/hubspot_deals.csv": (500, 12, ","),
    "hubspot/hubspot_activities.csv": (2_000, 11, ","),
    "hubspot/hubspot_deals_minimal.csv": (1_000, 4, ","),
    "hubspot/deals_lowercase_headers.csv": (598, 4, ","),
    "marketstar/Opportunities.csv": (1_061, 8, ","),
    "marketstar/Quotas.csv": (8, 6, ","),
    "marketstar/experience-map_utf16_tab.csv": (2_554, 4, "\t"),
    "maven_crm_opportunities/sales_pipeline.csv": (8_800, 8, ","),
    "maven_crm_opportunities/accounts.csv": (85, 7, ","),
    "maven_crm_opportunities/products.csv": (7, 3, ","),
    "maven_crm_opportunities/sales_teams.csv": (35, 3, ","),
    "maven_crm_opportunities/sales_pipeline.xlsx": (8_800, 8, None),
    "salesforce/Opportunity.csv": (5_197, 14, ","),
    "salesforce/OpportunityHistory.csv": (17_502, 7, ","),
    "salesforce/Event.csv": (7_823, 9, ","),
    "salesforce/Task.csv": (7_814, 12, ","),
    "salesforce/Quota.csv": (408, 5, ","),
    "salesforce/OpportunityLineItem.csv": (5_197, 5, ","),
    "salesforce/salesforce_opportunities_us_dates.csv": (1_000, 10, ","),
    "salesforce/opportunities_utc_timestamps.csv": (10, 8, ","),
}

#: One of each kind through the child process too; starting one takes a while.
GUARDED = (
    "generic_fr/ventes_bom_semicolon.csv",
    "marketstar/experience-map_utf16_tab.csv",
    "maven_crm_opportunities/sales_pipeline.csv",
    "maven_crm_opportunities/sales_pipeline.xlsx",
    "salesforce/Opportunity.csv",
)


@pytest.mark.parametrize("name", FILES)
def test_every_row_and_column_of_an_export_is_read(name: str) -> None:
    rows, columns, delimiter = FILES[name]

    table = parse(EXPORTS / name, None, None)

    assert table.frame.height == rows
    assert table.rejects == ()
    assert len(table.headers) == columns
    assert table.delimiter == delimiter


@pytest.mark.parametrize("name", GUARDED)
def test_an_export_comes_whole_out_of_the_child_process(name: str, tmp_path: Path) -> None:
    rows, columns, delimiter = FILES[name]

    table = read_table(EXPORTS / name, staging=tmp_path)

    assert table.rows_read == table.frame.height == rows
    assert len(table.columns) == columns
    assert table.delimiter == delimiter
    assert not any("\ufeff" in header for header in table.headers)


def test_no_export_is_forgotten_here() -> None:
    found = {
        str(path.relative_to(EXPORTS)) for path in EXPORTS.rglob("*.*") if path.suffix != ".md"
    }

    assert found - set(FILES) == {"maven_crm_opportunities/data_dictionary.xlsx"}  # not an export

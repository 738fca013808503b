from datetime import date

from pipelines.context import Context
from tests.builders.imports import import_text, rows

ALL = "select deal, stage, entered_on, milestone, evidence from stage_entries order by deal, entered_on"


def test_a_history_becomes_stage_entries_and_changes_of_amount_are_none(company: Context) -> None:
    report = import_text(
        company,
        "Id,OpportunityId,CreatedDate,StageName,Amount,PrevAmount\n"
        "h1,D1,2026-01-01 10:00:00,Prospecting,10,\n"
        "h2,D1,2026-02-01 10:00:00,Proposal/Price Quote,10,10\n"
        "h3,D1,2026-02-09 10:00:00,Proposal/Price Quote,12,10\n"
        "h4,D1,2026-02-20 10:00:00,Negotiation/Review,12,12\n"
        "h5,D1,2026-03-01 10:00:00,Proposal/Price Quote,11,12\n",
    )

    assert rows(company, ALL) == [
        ("D1", "Prospecting", date(2026, 1, 1), None, "exported"),
        ("D1", "Proposal/Price Quote", date(2026, 2, 1), "proposal", "exported"),
        ("D1", "Negotiation/Review", date(2026, 2, 20), None, "exported"),
        ("D1", "Proposal/Price Quote", date(2026, 3, 1), "proposal", "exported"),
    ]
    assert (report.rows_read, report.added, report.rejected) == (5, 4, 1)


def test_the_order_of_a_history_does_not_matter(company: Context) -> None:
    report = import_text(
        company,
        "deal_id,stage,changed_at\n1,Proposal,2026-03-05\n1,Proposal,2026-03-02\n1,Lead,2026-03-01\n",
    )

    assert rows(company, ALL) == [
        ("1", "Lead", date(2026, 3, 1), None, "exported"),
        ("1", "Proposal", date(2026, 3, 2), "proposal", "exported"),
    ]
    assert report.rejected == 1


def test_a_change_from_a_stage_to_itself_is_none(company: Context) -> None:
    report = import_text(
        company,
        "deal_id,old_stage,new_stage,changed_at\n1,,Lead,2026-03-01\n1,Lead,Lead,2026-03-02\n",
    )

    assert (report.added, report.rejected) == (1, 1)


def test_a_row_twice_is_one_entry(company: Context) -> None:
    report = import_text(
        company,
        "deal_id,old_stage,new_stage,changed_at\n1,A,Won,2026-03-01\n1,A,Won,2026-03-01\n",
    )

    assert (report.added, report.unchanged, report.rejected) == (1, 1, 0)


def test_hubspot_writes_the_day_of_each_stage_beside_the_deal(company: Context) -> None:
    header = 'Record ID,Deal Name,Deal Stage,"Date entered ""Soumission envoyée (Ventes)""","Date entered ""Contrat (Ventes)"""\n'
    first = import_text(
        company, header + "1,A,Contrat,2026-02-03 10:00,2026-03-01 10:00\n2,B,Lead,,\n"
    )

    assert (first.entity, first.rows_read, first.added) == ("deals", 2, 2)
    assert rows(company, ALL) == [
        ("1", "Soumission envoyée", date(2026, 2, 3), "proposal", "exported"),
        ("1", "Contrat", date(2026, 3, 1), None, "exported"),
    ]

    # HubSpot overwrites the date when a deal comes into a stage again; both times happened
    import_text(company, header + "1,A,Soumission envoyée,2026-03-15 10:00,2026-03-01 10:00\n")

    assert rows(
        company,
        "select entered_on, evidence from stage_entries where milestone = 'proposal' order by 1",
    ) == [
        (date(2026, 2, 3), "exported"),
        (date(2026, 3, 15), "exported"),
    ]


def test_entries_without_deal_or_date_are_set_aside(company: Context) -> None:
    report = import_text(
        company,
        "deal_id,new_stage,changed_at\n,Lead,2026-03-01\n1,Lead,\n1,Lead,not a day\n1,Lead,2026-03-01\n",
    )

    assert (report.added, report.rejected) == (1, 3)
    assert rows(company, "select file_line, code from import_rejects order by 1") == [
        (2, "missing_value"),
        (3, "missing_value"),
        (4, "bad_date"),
    ]

from datetime import date
from decimal import Decimal

from pipelines.context import Context
from tests.builders.imports import codes, import_text, one, rows

HUBSPOT = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n"


def test_a_french_hubspot_export_becomes_deals(company: Context) -> None:
    report = import_text(
        company,
        "ID de fiche d'informations,Nom de la transaction,Phase de la transaction,Pipeline,Montant,"
        "Devise,Date de fermeture,Date de création,Propriétaire de la transaction,"
        "Associated Company (Primary),Segment,Région\n"
        "11,Toiture,Fermé gagné,Ventes,1200.50,CAD,2026-03-02 16:45,2026-01-10 09:00,Julie Roy,"
        "Acme (991),Industrie,Estrie\n"
        "12,Porte,Contrat envoyé,Ventes,,CAD,2026-04-30,2026-02-01,Marc Côté,,Détail,Montréal\n",
    )

    assert (report.source, report.entity, report.rows_read, report.added) == (
        "hubspot",
        "deals",
        2,
        2,
    )
    assert rows(
        company,
        "select external_id, name, account, owner, stage, status, amount, currency, created_on, "
        "expected_close_on, closed_on, segment, region from deals order by external_id",
    ) == [
        (
            "11",
            "Toiture",
            "Acme",
            "Julie Roy",
            "Fermé gagné",
            "won",
            Decimal("1200.50"),
            "CAD",
            date(2026, 1, 10),
            None,
            date(2026, 3, 2),
            "Industrie",
            "Estrie",
        ),
        (
            "12",
            "Porte",
            None,
            "Marc Côté",
            "Contrat envoyé",
            "open",
            None,
            "CAD",
            date(2026, 2, 1),
            date(2026, 4, 30),
            None,
            "Détail",
            "Montréal",
        ),
    ]


def test_one_close_date_is_when_closed_deals_closed_and_open_ones_are_expected_to(
    company: Context,
) -> None:
    import_text(
        company,
        HUBSPOT
        + "1,A,Closed Won,1,2026-03-01,,Ann\n2,B,Closed Lost,1,2026-03-02,,Ann\n3,C,Contract Sent,1,2026-05-01,,Ann\n",
    )

    assert rows(
        company, "select status, closed_on, expected_close_on from deals order by external_id"
    ) == [
        ("won", date(2026, 3, 1), None),
        ("lost", date(2026, 3, 2), None),
        ("open", None, date(2026, 5, 1)),
    ]


def test_separate_expected_and_actual_dates_both_stay(company: Context) -> None:
    import_text(
        company,
        "opportunity_id,stage,amount,expected_close_date,actual_close_date\n"
        "1,Won,10,2026-02-01,2026-03-01\n2,Proposal,10,2026-04-01,\n",
    )

    assert rows(company, "select expected_close_on, closed_on from deals order by external_id") == [
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 4, 1), None),
    ]


def test_pipedrive_tells_won_and_lost_by_status_and_each_has_its_time(company: Context) -> None:
    import_text(
        company,
        "Affaire - ID;Affaire - Titre*;Affaire - Valeur;Affaire - Statut;Affaire - Étape;"
        "Affaire - Date de gain;Affaire - Date de perte;Affaire - Date de clôture prévue\n"
        "1;A;12 500,50;Gagnée;Négociations commencées;2026-03-03 10:00:00;;2026-03-31\n"
        "2;B;800;Perdue;Proposition faite;;2026-03-04 11:00:00;\n"
        "3;C;90;En cours;Qualifiée;;;2026-06-01\n"
        "4;D;90;deleted;Qualifiée;;;\n",
    )

    assert rows(
        company,
        "select status, amount, closed_on, expected_close_on from deals order by external_id",
    ) == [
        ("won", Decimal("12500.50"), date(2026, 3, 3), date(2026, 3, 31)),
        ("lost", Decimal(800), date(2026, 3, 4), None),
        ("open", Decimal(90), None, date(2026, 6, 1)),
        ("neither", Decimal(90), None, None),
    ]


def test_salesforce_flags_go_before_stages_and_deleted_records_are_not_counted(
    company: Context,
) -> None:
    report = import_text(
        company,
        "Id,IsDeleted,Name,StageName,Amount,CloseDate,IsClosed,IsWon,OwnerId\n"
        "1,0,A,Signed,10,2026-03-01,1,1,U1\n"
        "2,0,B,Signed,10,2026-03-01,1,0,U1\n"
        "3,0,C,Signed,10,2026-03-30,0,0,U1\n"
        "4,1,D,Signed,10,2026-03-01,1,1,U1\n",
    )

    assert rows(company, "select external_id, status from deals order by 1") == [
        ("1", "won"),
        ("2", "lost"),
        ("3", "open"),
    ]
    assert (report.rows_read, report.added, report.rejected) == (4, 3, 1)
    assert rows(company, "select code, column_name from import_rejects") == [
        ("not_counted", "IsDeleted")
    ]


def test_without_any_word_about_the_outcome_somebody_is_asked(company: Context) -> None:
    text = "Topic,Est. Revenue,Actual Close Date\nA,10,2026-03-01\n"

    report = import_text(company, text)

    (question,) = report.questions
    assert (question.id, question.mapping_key) == ("status", 'stages.""')
    assert question.options == ("open", "won", "lost", "neither")
    assert (report.import_id, report.added, one(company, "select count(*) from imports")) == (
        None,
        0,
        0,
    )

    answered = import_text(company, text, mapping='[stages]\n"" = "lost"\n')

    assert answered.added == 1
    assert rows(company, "select status, closed_on from deals") == [("lost", date(2026, 3, 1))]


def test_a_stage_that_only_says_closed_is_asked_about(company: Context) -> None:
    text = "id_oportunidade,estagio,valor\n1,Lead,10\n2,Closed,20\n"

    (question,) = import_text(company, text).questions

    assert question.examples == ("Closed",)
    assert question.mapping_key == 'stages."Closed"'
    import_text(company, text, mapping='[stages]\n"Closed" = "won"\n')
    assert rows(company, "select external_id, status from deals order by 1") == [
        ("1", "open"),
        ("2", "won"),
    ]


def test_what_a_mapping_says_about_a_stage_goes_before_our_words(company: Context) -> None:
    import_text(
        company,
        HUBSPOT + "1,A,Contract Sent,1,2026-03-01,,Ann\n2,B,Closed Won,1,2026-03-01,,Ann\n",
        mapping='[stages]\n"contract sent" = "won"\n"CLOSED WON" = "neither"\n',
    )

    assert rows(company, "select status from deals order by external_id") == [
        ("won",),
        ("neither",),
    ]


def test_columns_without_a_known_name_can_be_named(company: Context) -> None:
    report = import_text(
        company,
        "Nº;Was;Wer;Was wert;Wie weit\n1;Dach;mt;12,50;Gewonnen\n",
        mapping=(
            'entity = "deals"\ncurrency = "CHF"\n'
            '[columns]\nexternal_id = "Nº"\nname = "was"\nowner = "Wer"\namount = "Was wert"\n'
            'stage = "Wie weit"\n[owners]\n"MT" = "Maria Thoma"\n'
        ),
    )

    assert (report.source, report.added) == ("generic", 1)
    assert rows(
        company, "select external_id, name, owner, amount, currency, status from deals"
    ) == [("1", "Dach", "Maria Thoma", Decimal("12.50"), "CHF", "won")]


def test_a_column_can_be_named_away(company: Context) -> None:
    import_text(
        company, HUBSPOT + "1,A,Closed Won,1,2026-03-01,,Ann\n", mapping='[columns]\nowner = ""\n'
    )

    assert one(company, "select owner from deals") is None


def test_the_same_id_keeps_the_row_modified_last_wherever_it_stands(company: Context) -> None:
    report = import_text(
        company,
        "deal_id,stage,amount,updated_at\n"
        "1,Proposal,30,2026-03-03 09:00:00\n1,Lead,10,2026-03-01 09:00:00\n1,Demo,20,2026-03-02\n",
    )

    assert (report.rows_read, report.added, report.rejected) == (3, 1, 2)
    assert rows(company, "select amount, file_line from deals") == [(Decimal(30), 2)]
    assert rows(company, "select code, file_line, content from import_rejects order by 2") == [
        ("duplicate_id", 3, "1"),
        ("duplicate_id", 4, "1"),
    ]


def test_the_same_id_without_a_modification_date_keeps_the_last_line(company: Context) -> None:
    report = import_text(company, "deal_id,stage,amount\n1,Lead,10\n1,Lead,20\n1,Lead,20\n")

    # the third row says what the second says
    assert (report.added, report.unchanged, report.rejected) == (1, 1, 1)
    assert rows(company, "select amount, file_line from deals") == [(Decimal(20), 4)]
    assert rows(company, "select code, file_line from import_rejects") == [("duplicate_id", 2)]


def test_rows_without_an_id_are_told_apart_by_name_date_and_occurrence(company: Context) -> None:
    text = (
        "Deal Name,Deal Stage,Amount,Close Date\n"
        "Roof,Closed Won,10,2026-03-01\nRoof,Closed Won,20,2026-03-01\nRoof,Closed Won,30,2026-03-02\n"
    )

    report = import_text(company, text)

    assert codes(report)["no_id"] == 3
    assert rows(company, "select external_id, amount from deals order by 2") == [
        ("Roof · 2026-03-01 · 1", Decimal(10)),
        ("Roof · 2026-03-01 · 2", Decimal(20)),
        ("Roof · 2026-03-02 · 1", Decimal(30)),
    ]
    assert one(company, "select count(*) from deal_versions") == 0
    assert import_text(company, text).unchanged == 3


def test_an_unreadable_amount_or_date_sets_the_row_aside_with_line_column_and_cell(
    company: Context,
) -> None:
    report = import_text(
        company,
        "deal_id,stage,amount,close_date,expected_close_date,created_date\n"
        "1,Won,12x,2026-03-01,,2026-01-01\n"
        "2,Won,12.5,2026-02-31,,2026-01-01\n"
        "3,Lead,12.5,,soon,2026-01-01\n",
    )

    assert (report.rows_read, report.added, report.rejected) == (3, 1, 2)
    assert rows(
        company, "select file_line, code, column_name, content from import_rejects order by 1"
    ) == [(2, "bad_number", "amount", "12x"), (3, "bad_date", "close_date", "2026-02-31")]
    assert codes(report)["unreadable_cell"] == 1
    assert rows(company, "select external_id, expected_close_on from deals") == [("3", None)]


def test_odd_deals_are_pointed_out(company: Context) -> None:
    report = import_text(
        company,
        HUBSPOT + "1,A,Closed Won,1,,,Ann\n2,B,Closed Won,1,2027-01-01,,Ann\n3,C,,1,,,Ann\n",
    )

    found = codes(report)
    assert (found["closed_without_date"], found["closed_in_future"], found["no_stage"]) == (1, 1, 1)


def test_dates_and_numbers_that_decide_nothing_are_asked_about_and_nothing_is_written(
    company: Context,
) -> None:
    text = "deal_id;stage;amount;close_date\n1;Won;1,234;03/04/2026\n"

    report = import_text(company, text)

    assert {question.mapping_key for question in report.questions} == {"date_format", "decimal"}
    assert one(company, "select count(*) from imports") == 0
    answered = import_text(company, text, mapping='date_format = "DD/MM/YYYY"\ndecimal = ","\n')
    assert answered.questions == ()
    assert rows(company, "select amount, closed_on from deals") == [
        (Decimal("1.234"), date(2026, 4, 3))
    ]


def test_only_columns_that_mean_something_are_stored_and_the_others_are_named(
    company: Context,
) -> None:
    report = import_text(
        company, "deal_id,stage,amount,contact email\n1,Won,10,someone@example.com\n"
    )

    assert codes(report)["unused_column"] == 1
    assert "someone" not in str(rows(company, "from deals"))


def test_everybody_who_owns_something_becomes_known(company: Context) -> None:
    import_text(company, HUBSPOT + "1,A,Lead,1,,,Ann\n2,B,Lead,1,,,Bob\n3,C,Lead,1,,,Ann\n")

    assert rows(company, "select name from people order by 1") == [("Ann",), ("Bob",)]

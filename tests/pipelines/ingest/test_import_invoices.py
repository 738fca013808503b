from datetime import date
from decimal import Decimal

from pipelines.context import Context
from tests.builders.imports import import_text, one, rows

FRENCH = (
    "Numéro de facture;Date de facture;Client;Représentant;Segment;Région;Montant avant taxes;"
    "Coût de revient;Devise\n"
)


def test_a_quebec_list_of_invoices_in_an_old_encoding(company: Context) -> None:
    report = import_text(
        company,
        FRENCH + "F-1;25/02/2026;Métal Côté;Julie Roy;Industrie;Estrie;12 500,50;7 000,25;CAD\n",
        encoding="cp1252",
    )

    assert (report.source, report.entity, report.added) == ("generic", "invoices", 1)
    assert rows(
        company,
        "select external_id, invoiced_on, account, owner, segment, region, revenue, cost, currency from invoices",
    ) == [
        (
            "F-1",
            date(2026, 2, 25),
            "Métal Côté",
            "Julie Roy",
            "Industrie",
            "Estrie",
            Decimal("12500.50"),
            Decimal("7000.25"),
            "CAD",
        )
    ]


def test_revenue_is_read_before_taxes_where_both_are_there(company: Context) -> None:
    import_text(
        company, "Num_CMD,Date_CMD,Client,Montant_HT,Taxe,Montant_TTC\nA,2026-03-01,X,100,20,120\n"
    )

    assert one(company, "select revenue from invoices") == Decimal(100)


def test_totals_with_taxes_only_are_asked_about_and_can_be_brought_down(company: Context) -> None:
    text = "Facture,Date facture,Total TTC\nA,2026-03-01,120\n"

    (question,) = import_text(company, text).questions

    assert (question.mapping_key, question.column) == ("tax", "Total TTC")
    assert one(company, "select count(*) from invoices") == 0
    import_text(company, text, mapping='tax = "20%"\n')
    assert one(company, "select revenue from invoices") == Decimal(100)


def test_amounts_that_do_not_say_are_asked_about(company: Context) -> None:
    text = "Invoice number,Invoice date,Amount\nA,2026-03-01,120\n"

    (question,) = import_text(company, text).questions

    assert question.options[0] == "excluded"
    import_text(company, text, mapping='tax = "excluded"\n')
    assert one(company, "select revenue from invoices") == Decimal(120)


def test_credit_notes_are_negative_however_they_are_written_and_drafts_do_not_count(
    company: Context,
) -> None:
    report = import_text(
        company,
        "Numéro;Date;Client;Total HT;Coût;Type;Statut\n"
        "F1;2026-03-01;X;100;60;Facture;Payée\n"
        "A1;2026-03-02;X;30;20;Avoir;Payée\n"
        "A2;2026-03-02;X;-30;-20;Note de crédit;Payée\n"
        "F2;2026-03-03;X;500;60;Facture;Brouillon\n",
    )

    assert rows(company, "select external_id, revenue, cost from invoices order by 1") == [
        ("A1", Decimal(-30), Decimal(-20)),
        ("A2", Decimal(-30), Decimal(-20)),
        ("F1", Decimal(100), Decimal(60)),
    ]
    assert (report.added, report.rejected) == (3, 1)
    assert rows(company, "select code, content from import_rejects") == [
        ("not_counted", "Brouillon")
    ]


def test_rows_that_repeat_a_number_are_lines_of_one_invoice(company: Context) -> None:
    header = "Invoice number,Invoice date,Item,Net amount\n"
    text = (
        header
        + "F1,2026-03-01,Door,100\nF1,2026-03-01,Lock,100\nF1,2026-03-01,Lock,100\nF2,2026-03-02,Door,7\n"
    )

    report = import_text(company, text)

    # the second lock repeats a row in every cell: that is a row twice, not two locks
    assert rows(company, "select external_id, revenue from invoices order by 1") == [
        ("F1", Decimal(100)),
        ("F1 · 2", Decimal(100)),
        ("F2", Decimal(7)),
    ]
    assert (report.added, report.unchanged, report.rejected) == (3, 1, 0)
    assert import_text(company, text).unchanged == 4


def test_a_line_that_an_invoice_no_longer_has_goes_away(company: Context) -> None:
    header = "Invoice number,Invoice date,Item,Net amount\n"
    import_text(
        company, header + "F1,2026-03-01,Door,100\nF1,2026-03-01,Lock,20\nF2,2026-03-01,Door,5\n"
    )

    import_text(company, header + "F1,2026-03-01,Door,100\n")

    assert rows(company, "select external_id, revenue from invoices order by 1") == [
        ("F1", Decimal(100)),
        ("F2", Decimal(5)),
    ]


def test_an_invoice_without_date_or_amount_cannot_be_counted(company: Context) -> None:
    report = import_text(
        company, "Invoice number,Invoice date,Net amount\nA,,5\nB,2026-03-01,\nC,2026-03-01,5\n"
    )

    assert (report.added, report.rejected) == (1, 2)
    assert rows(
        company, "select file_line, code, column_name, content from import_rejects order by 1"
    ) == [
        (2, "missing_value", "Invoice date", "A"),
        (3, "missing_value", "Net amount", "B"),
    ]

"""Invoices: revenue before taxes, with credit notes negative and drafts left out."""

import re

import polars as pl

from pipelines.errors import msg
from pipelines.ingest.report import Question
from pipelines.ingest.rows import MISSING_VALUE, NOT_COUNTED, Rows, labels_of
from pipelines.sources.words import tokens

_CREDIT = re.compile(
    r"\bavoirs?\b|\bnotes? de credit\b|\bcredit (note|memo)s?\b|\brefund|\babono\b"
    r"|\bnota de credito\b|\bgutschrift|\bstorno"
)
_NO_INVOICE = re.compile(
    r"\bbrouillon|\bdraft|\bborrador|\brascunho|\bentwurf|\bannule|\bcancel|\bvoid|\banulad"
    r"|\bstorniert|\bdevis\b|\bsoumission|\bquote|\bpro ?forma|\bbon de commande|\bestimate"
)
#: How many cells a question repeats.
_EXAMPLES = 3


def questions(rows: Rows, tax: float | None) -> list[Question]:
    """Return the question whether amounts include taxes, if the columns leave it open."""
    if rows.has("revenue") or tax is not None:
        return []
    column = "revenue_with_tax" if rows.has("revenue_with_tax") else "revenue_unclear"
    cells = rows.frame.get_column(column).drop_nulls().head(_EXAMPLES).cast(pl.String).to_list()
    if column == "revenue_with_tax":
        sentence = msg(
            "The column '{column}' includes taxes, and sales are counted before them. At which rate?",
            column=rows.headers[column],
        )
    else:
        sentence = msg(
            "Are the amounts in the column '{column}' before taxes, or do they include them at a rate?",
            column=rows.headers[column],
        )
    options = ("20%", "14.975%") if column == "revenue_with_tax" else ("excluded", "20%", "14.975%")
    return [Question("tax", rows.headers[column], sentence, options, tuple(cells), "tax")]


def shape(rows: Rows, tax: float | None) -> None:
    """Give invoices their revenue and their sign.

    Args:
        tax: The rate that amounts include, where no column is before taxes.
    """
    for column in ("document_status", "document_type"):
        if rows.has(column):
            rows.set_aside(
                pl.col(column).is_in(_labels(rows, column, _NO_INVOICE)), NOT_COUNTED, column=column
            )
    if not rows.has("revenue"):
        gross = rows.first("revenue_with_tax", "revenue_unclear", dtype=pl.Float64)
        rows.frame = rows.frame.with_columns((gross / (1 + (tax or 0.0))).round(4).alias("revenue"))
    rows.set_aside(
        pl.col("invoiced_on").is_null(), MISSING_VALUE, column="invoiced_on", content="external_id"
    )
    rows.set_aside(
        pl.col("revenue").is_null(), MISSING_VALUE, column="revenue", content="external_id"
    )
    if rows.has("document_type"):
        credit = (
            pl.col("document_type")
            .is_in(_labels(rows, "document_type", _CREDIT))
            .fill_null(value=False)
        )
        rows.frame = rows.frame.with_columns(
            pl.when(credit).then(-pl.col(column).abs()).otherwise(pl.col(column)).alias(column)
            for column in ("revenue", "cost")
            if rows.has(column)
        )
    rows.frame = rows.frame.drop(
        "document_status", "document_type", "revenue_with_tax", "revenue_unclear", strict=False
    )


def _labels(rows: Rows, column: str, pattern: re.Pattern[str]) -> list[str]:
    return [
        label for label in labels_of(rows.frame, column) if pattern.search(" ".join(tokens(label)))
    ]

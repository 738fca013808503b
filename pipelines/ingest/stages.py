"""Stage entries: the day a deal came into a stage, from a table of changes."""

import polars as pl

from pipelines.ingest.rows import FILE_LINE, MISSING_VALUE, NOT_COUNTED, Rows, translated
from pipelines.sources.vocabulary import is_proposal


def shape(rows: Rows) -> None:
    """Keep the rows in which a deal enters a stage.

    Histories also list changes of amount or date, with the stage the deal already was in. Those
    are no entries: counted, a proposal whose price was corrected would have been sent twice.
    """
    if rows.has("is_deleted"):
        rows.set_aside(pl.col("is_deleted"), NOT_COUNTED, column="is_deleted")
    for column in ("deal", "stage", "entered_on"):
        rows.set_aside(pl.col(column).is_null(), MISSING_VALUE, column=column, content="deal")
    if rows.has("from_stage"):
        rows.set_aside(pl.col("from_stage") == pl.col("stage"), NOT_COUNTED, column="stage")
        rows.frame = rows.frame.drop("from_stage")
    else:
        _drop_standstill(rows)
    rows.frame = rows.frame.with_columns(
        pl.col("entered_on").dt.date(),
        translated(
            rows.frame, "stage", lambda label: "proposal" if is_proposal(label) else None
        ).alias("milestone"),
        pl.lit("exported").alias("evidence"),
    ).drop("is_deleted", strict=False)


def _drop_standstill(rows: Rows) -> None:
    """Set aside rows whose stage is the one the deal was in just before."""
    # Exports list the newest change first or last; of two at the same moment nobody can tell,
    # unless the order of the file does: that of its first and last moment.
    newest_first = bool(
        rows.frame.height
        and rows.frame.select(
            (pl.col("entered_on").diff().over("deal") < 0).sum()
            > (pl.col("entered_on").diff().over("deal") > 0).sum()
        ).item()
    )
    ordered = rows.frame.sort(
        "deal", "entered_on", FILE_LINE, descending=[False, False, newest_first]
    )
    standstill = (
        (pl.col("stage") == pl.col("stage").shift(1)) & (pl.col("deal") == pl.col("deal").shift(1))
    ).fill_null(value=False)
    rows.frame = ordered.with_columns(standstill.alias("__standstill__"))
    rows.set_aside(pl.col("__standstill__"), NOT_COUNTED, column="stage")
    rows.frame = rows.frame.drop("__standstill__").sort(FILE_LINE)

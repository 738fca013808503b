"""Which rows of a file are the same thing, and what a thing without an id is called.

- The same id twice: the row modified last stays (by ``updated_on``, else the last line). Rows
  that say the same change nothing; those that say otherwise are set aside as ``duplicate_id``.
- Invoices list one line per product under one number: rows that repeat a number with other
  content are lines of one invoice, called ``F-100``, ``F-100 · 2``, ``F-100 · 3`` in the file's
  order. Only a row that is the same in every cell is the same line.
- A row without an id is called after what changes least: its name, the company, the day it was
  created (the day it closed or took place, where no creation is known), and its number among the
  rows alike: ``Acme roof · Acme · 2026-03-01 · 1``. When any of these changes, it is another
  thing for us, so such rows have no history.
"""

import polars as pl

from pipelines.errors import msg_plural
from pipelines.ingest.canonical import Entity
from pipelines.ingest.rows import DUPLICATE_ID, FILE_LINE, Rows
from pipelines.ingest.typed import REPEATS

#: Between the parts of a name made for a row without an id.
_DOT = " · "
#: What stays the same when a thing is edited, by table; of the dates, the first known counts.
_STABLE = {
    "deals": (("name", "account"), ("created_on", "closed_on", "expected_close_on")),
    "activities": (("subject", "kind", "deal", "account", "owner"), ("planned_on", "done_on")),
    "invoices": (("account",), ("invoiced_on",)),
}
#: Says that a row's id was made by us.
MADE = "__made__"


def identify(rows: Rows, entity: Entity) -> None:
    """Leave one row per key, set the others aside, and name rows without an id.

    Adds the flag ``MADE``: the key was made here.
    """
    if entity.table not in _STABLE:
        rows.frame = rows.frame.with_columns(pl.lit(value=False).alias(MADE))
        _one_per_key(rows, list(entity.key))
        return
    if not rows.has("external_id"):
        rows.frame = rows.frame.with_columns(pl.lit(None, pl.String).alias("external_id"))
    rows.frame = rows.frame.with_columns(pl.col("external_id").is_null().alias(MADE))
    if entity.table == "invoices":
        _number_lines(rows)
        rows.frame = rows.frame.drop(REPEATS)
    _name(rows, entity)
    _one_per_key(rows, list(entity.key))


def _name(rows: Rows, entity: Entity) -> None:
    """Give rows without an id a key."""
    made = int(rows.frame.get_column(MADE).sum())
    if not made:
        return
    names, dates = _STABLE[entity.table]
    parts = [pl.col(name) for name in names if rows.has(name)]
    parts.append(rows.first(*dates, dtype=pl.Date).cast(pl.String))
    stem = pl.concat_str(parts, separator=_DOT, ignore_nulls=True)
    rows.frame = (
        rows.frame.with_columns(pl.when(pl.col(MADE)).then(stem).alias("__stem__"))
        .with_columns(
            pl.when(pl.col(MADE))
            .then(
                pl.concat_str(
                    pl.col("__stem__"),
                    pl.lit(_DOT),
                    pl.int_range(1, pl.len() + 1).over("__stem__").cast(pl.String),
                )
            )
            .otherwise(pl.col("external_id"))
            .alias("external_id")
        )
        .drop("__stem__")
    )
    rows.note(
        "no_id",
        made,
        msg_plural(
            "{count} row has no id; it is told from others by its name and date, and its changes are not followed.",
            "{count} rows have no id; they are told apart by their names and dates, and their changes are not followed.",
            count=made,
        ),
    )


def _number_lines(rows: Rows) -> None:
    """Tell the lines of one invoice apart."""
    frame = rows.frame
    if frame.filter(~pl.col(MADE)).get_column("external_id").is_unique().all():
        return
    rows.drop_repeats(pl.col(REPEATS) & ~pl.col(MADE))
    line = pl.int_range(1, pl.len() + 1).over("external_id")
    rows.frame = rows.frame.with_columns(
        pl.when(~pl.col(MADE) & (line > 1))
        .then(pl.concat_str(pl.col("external_id"), pl.lit(_DOT), line.cast(pl.String)))
        .otherwise(pl.col("external_id"))
        .alias("external_id")
    )


def _one_per_key(rows: Rows, key: list[str]) -> None:
    frame = rows.frame
    if frame.select(key).n_unique() == frame.height:
        return
    order = [FILE_LINE]
    if rows.has("updated_on"):
        order = ["updated_on", FILE_LINE]
    newest = frame.sort(order, nulls_last=False).unique(key, keep="last")
    keep = pl.col(FILE_LINE).is_in(newest.get_column(FILE_LINE).implode())
    content = [name for name in frame.columns if name != FILE_LINE]
    same = frame.filter(~keep).join(newest, on=content, how="semi", nulls_equal=True)
    rows.drop_repeats(pl.col(FILE_LINE).is_in(same.get_column(FILE_LINE).implode()))
    rows.set_aside(~keep, DUPLICATE_ID, column=key[0])

"""Activities: what kind they are, how they ended and when.

An outcome is *exported* when a column says it and *assumed* when only the date does: on or
before today it is taken for done, later it is planned. Tasks are never assumed done, and neither
are meetings of a file that has a column for their outcome: whether one without took place, nobody
knows.
"""

from datetime import date

import polars as pl

from pipelines.errors import msg, msg_plural
from pipelines.ingest.rows import MISSING_VALUE, NOT_COUNTED, Rows, labels_of, translated
from pipelines.sources.vocabulary import activity_kind, activity_outcome
from pipelines.sources.words import words

#: Set in the calendar beforehand: their date is when they were planned and when they were held.
_APPOINTMENTS = ("meeting", "visit")
#: How many labels a finding repeats.
_SHOWN = 5
_DATES = ("activity_on", "due_on", "planned_on", "done_on", "completed_on")
_HELPERS = words(
    "activity_on due_on completed_on call_outcome meeting_outcome task_status call_status "
    "call_type is_done is_task is_deleted attended scheduled duration_sec"
)


def shape(rows: Rows, kind: str | None, today: date) -> None:
    """Give activities their kind, outcome and dates.

    Args:
        kind: What the whole file holds, where no column says it.
        today: The company's day, which decides about what has no outcome.
    """
    if rows.has("is_deleted"):
        rows.set_aside(pl.col("is_deleted"), NOT_COUNTED, column="is_deleted")
    if rows.has("scheduled"):
        rows.set_aside(~pl.col("scheduled"), NOT_COUNTED, column="scheduled")
    _kinds(rows, kind)
    when = rows.first(*_DATES, dtype=pl.Date)
    rows.set_aside(when.is_null(), MISSING_VALUE, column=next(c for c in _DATES if rows.has(c)))
    _outcomes(rows, today)
    _dates(rows)
    if rows.has("duration_min", "duration_sec"):
        minutes = rows.first("duration_min", "duration_sec", dtype=pl.Int32)
        rows.frame = rows.frame.with_columns(minutes.alias("duration_min"))
    rows.frame = rows.frame.drop(_HELPERS, strict=False)


def _kinds(rows: Rows, kind: str | None) -> None:
    frame = rows.frame
    default = kind or ("meeting" if rows.has("attended", "scheduled") else None)
    otherwise: pl.Expr = pl.lit(default, pl.String)
    if rows.has("is_task"):
        otherwise = pl.when(pl.col("is_task")).then(pl.lit("task")).otherwise(pl.lit("meeting"))
    if rows.has("call_type"):
        otherwise = (
            pl.when(pl.col("call_type").is_not_null()).then(pl.lit("call")).otherwise(otherwise)
        )
    if not rows.has("kind"):
        rows.frame = frame.with_columns(otherwise.alias("kind"))
        rows.set_aside(pl.col("kind").is_null(), NOT_COUNTED)
        return
    unknown = [label for label in labels_of(frame, "kind") if activity_kind(label) is None]
    rows.set_aside(pl.col("kind").is_in(unknown), NOT_COUNTED, column="kind")
    rows.frame = rows.frame.with_columns(
        pl.when(pl.col("kind").is_null())
        .then(otherwise)
        .otherwise(translated(rows.frame, "kind", activity_kind))
        .alias("kind")
    )
    rows.set_aside(pl.col("kind").is_null(), MISSING_VALUE, column="kind")
    rows.note(
        "kinds_not_counted",
        len(unknown),
        msg("These kinds of activity are not counted: {labels}.", labels=unknown[:_SHOWN]),
    )


def _outcomes(rows: Rows, today: date) -> None:
    """Add ``outcome`` and ``outcome_evidence``."""
    frame = rows.frame
    appointment = pl.col("kind").is_in(_APPOINTMENTS)
    call = pl.col("kind") == "call"
    when = rows.first(*_DATES, dtype=pl.Date)
    steps: list[pl.Expr] = []
    if rows.has("attended"):
        steps += [
            pl.when(pl.col("attended")).then(pl.lit("done")),
            pl.when(~pl.col("attended") & (when <= today)).then(pl.lit("no_show")),
            pl.when(~pl.col("attended")).then(pl.lit("planned")),
        ]
    own = {"meeting_outcome": appointment, "call_outcome": call, "call_status": call}
    own |= {"task_status": pl.lit(value=True), "outcome": pl.lit(value=True)}
    unknown: list[str] = []
    for column, applies in own.items():
        if not rows.has(column):
            continue
        said = translated(frame, column, activity_outcome)
        if column == "call_outcome":
            # whoever did not answer was called all the same
            said = pl.coalesce(said, pl.when(pl.col(column).is_not_null()).then(pl.lit("done")))
        else:
            unknown += [one for one in labels_of(frame, column) if activity_outcome(one) is None]
        steps.append(pl.when(applies).then(said))
    if rows.has("is_done"):
        steps.append(
            pl.when(pl.col("is_done"))
            .then(pl.lit("done"))
            .when(~pl.col("is_done"))
            .then(pl.lit("planned"))
        )
    if rows.has("completed_on", "done_on"):
        completed = rows.first("completed_on", "done_on", dtype=pl.Date).is_not_null()
        steps.append(pl.when(completed).then(pl.lit("done")))
    exported = pl.coalesce(*steps) if steps else pl.lit(None, pl.String)
    # with a column for it, the outcome of a meeting is told or unknown, never assumed
    told = rows.has("attended", "meeting_outcome", "outcome", "is_done")
    silent = appointment & (when <= today) if told else pl.lit(value=False)
    assumed = (
        pl.when((pl.col("kind") == "task") | silent)
        .then(pl.lit(None, pl.String))
        .when(when <= today)
        .then(pl.lit("done"))
        .otherwise(pl.lit("planned"))
    )
    rows.frame = (
        frame.with_columns(exported.alias("__exported__"))
        .with_columns(
            pl.coalesce(pl.col("__exported__"), assumed).alias("outcome"),
            pl.when(pl.col("__exported__").is_not_null())
            .then(pl.lit("exported"))
            .when(assumed.is_not_null())
            .then(pl.lit("assumed"))
            .alias("outcome_evidence"),
        )
        .drop("__exported__")
    )
    held = int(
        rows.frame.select(
            ((pl.col("outcome_evidence") == "assumed") & (pl.col("outcome") == "done")).sum()
        ).item()
    )
    rows.note(
        "held_assumed",
        held,
        msg_plural(
            "{count} activity has no outcome; its date has passed, so it is taken for done.",
            "{count} activities have no outcome; their dates have passed, so they are taken for done.",
            count=held,
        ),
    )
    unsaid = int(rows.frame.select((appointment & pl.col("outcome").is_null()).sum()).item())
    rows.note(
        "outcome_missing",
        unsaid,
        msg_plural(
            "{count} past meeting has no outcome: nobody knows whether it took place, and it is not counted.",
            "{count} past meetings have no outcome: nobody knows whether they took place, and they are not counted.",
            count=unsaid,
        ),
    )
    rows.note(
        "unknown_outcome",
        len(unknown),
        msg(
            "These outcomes are not known; the dates decide instead: {labels}.",
            labels=unknown[:_SHOWN],
        ),
    )


def _dates(rows: Rows) -> None:
    """Add ``planned_on`` and ``done_on`` from whatever dates the file has."""
    done = pl.col("outcome") == "done"
    logged = pl.col("kind").is_in(("call", "email", "proposal"))
    beforehand = rows.first("planned_on", "due_on", dtype=pl.Date)
    any_date = rows.first(
        "planned_on", "due_on", "activity_on", "completed_on", "done_on", dtype=pl.Date
    )
    rows.frame = rows.frame.with_columns(
        pl.when(logged & done).then(beforehand).otherwise(any_date).alias("planned_on"),
        pl.when(done)
        .then(
            rows.first(
                "done_on", "completed_on", "activity_on", "due_on", "planned_on", dtype=pl.Date
            )
        )
        .alias("done_on"),
    )

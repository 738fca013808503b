"""Deals: won or lost, when they closed, and when they entered their stages."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from pipelines.errors import msg, msg_plural
from pipelines.ingest.report import Question
from pipelines.ingest.rows import FILE_LINE, NOT_COUNTED, Rows, folded_keys, labels_of, translated
from pipelines.sources.recognise import StageDates
from pipelines.sources.vocabulary import (
    LOST,
    OPEN,
    STATUSES,
    WON,
    deal_status,
    is_proposal,
    stage_status,
)
from pipelines.sources.words import fold

#: Columns that say, each in its way, how a deal ended.
_SAYS_STATUS = ("status", "is_won", "is_lost", "is_closed", "won_on", "lost_on")
#: How many labels or cells a question repeats.
_EXAMPLES = 5


def questions(
    rows: Rows, own_labels: Mapping[str, str], stages: Mapping[str, str]
) -> list[Question]:
    """Return what only a person can say about how these deals ended.

    Args:
        own_labels: What stage labels of the source mean, by folded label.
        stages: What a mapping file says about them.
    """
    said = folded_keys(stages)
    if rows.has(*_SAYS_STATUS):
        return []
    if not rows.has("stage"):
        if "" in said:
            return []
        return [
            Question(
                "status",
                "",
                msg("No column says whether these deals are open, won or lost. What are they?"),
                STATUSES,
                (),
                'stages.""',
            )
        ]
    unclear = [
        label
        for label in labels_of(rows.frame, "stage")
        if fold(label) not in said and stage_status(label, own_labels) is None
    ]
    return [
        Question(
            f"stage:{label}",
            rows.headers["stage"],
            msg("Deals in the stage '{label}' have ended. How?", label=label),
            STATUSES,
            (label,),
            f'stages."{label}"',
        )
        for label in unclear
    ]


def shape(
    rows: Rows, own_labels: Mapping[str, str], stages: Mapping[str, str], today: date
) -> None:
    """Give deals their status and their dates.

    Afterwards ``rows.frame`` has canonical columns only (those the file says, and status), and
    ``file_line``. Status comes from a column that says it, else from flags and dates of winning
    and losing, else from the stage; what a mapping file says about a label goes before all.

    Args:
        own_labels: What stage labels of the source mean, by folded label.
        stages: What a mapping file says about them.
        today: The company's day.
    """
    if rows.has("is_deleted"):
        rows.set_aside(pl.col("is_deleted"), NOT_COUNTED, column="is_deleted")
    frame = rows.frame
    said = folded_keys(stages)
    rows.frame = frame.with_columns(_status(rows, own_labels, said).alias("status"))
    _unknown_statuses(rows, frame, said)
    closed = pl.col("status") != OPEN
    won, lost = pl.col("status") == WON, pl.col("status") == LOST
    dated = rows.has("closed_on", "close_on", "won_on", "lost_on")
    expected = rows.has("expected_close_on", "close_on")
    ended = pl.coalesce(
        pl.when(won).then(rows.first("won_on", dtype=pl.Date)),
        pl.when(lost).then(rows.first("lost_on", dtype=pl.Date)),
        rows.first("closed_on", "close_on", dtype=pl.Date),
    )
    awaited = rows.first("expected_close_on", dtype=pl.Date)
    if rows.has("close_on"):
        awaited = pl.coalesce(awaited, pl.when(~closed).then(pl.col("close_on")))
    changes = []
    if dated:
        changes.append(pl.when(closed).then(ended).alias("closed_on"))
    if expected:
        changes.append(awaited.alias("expected_close_on"))
    rows.frame = rows.frame.with_columns(changes).drop(
        "close_on",
        "won_on",
        "lost_on",
        "is_won",
        "is_lost",
        "is_closed",
        "is_deleted",
        strict=False,
    )
    _notes(rows, today, says_more=bool(set(_SAYS_STATUS).intersection(frame.columns)) or "" in said)


def _notes(rows: Rows, today: date, *, says_more: bool) -> None:
    """Note what is odd about these deals.

    Args:
        says_more: Whether anything but the stage tells how a deal ended.
    """
    frame = rows.frame
    ended = pl.col("status").is_in((WON, LOST))
    closed_on = rows.first("closed_on", dtype=pl.Date)
    undated = int(frame.select((ended & closed_on.is_null()).sum()).item())
    rows.note(
        "closed_without_date",
        undated,
        msg_plural(
            "{count} closed deal has no closing date and counts in no period.",
            "{count} closed deals have no closing date and count in no period.",
            count=undated,
        ),
    )
    early = int(frame.select((ended & (closed_on > today)).sum()).item())
    rows.note(
        "closed_in_future",
        early,
        msg_plural(
            "{count} closed deal has a closing date still to come.",
            "{count} closed deals have a closing date still to come.",
            count=early,
        ),
    )
    if rows.has("stage") and not says_more:
        blank = frame.get_column("stage").null_count()
        rows.note(
            "no_stage",
            blank,
            msg_plural(
                "{count} deal has no stage and is read as open.",
                "{count} deals have no stage and are read as open.",
                count=blank,
            ),
        )


def _status(rows: Rows, own_labels: Mapping[str, str], said: Mapping[str, str]) -> pl.Expr:
    """Return the status of each deal; the frame still has its helper columns."""
    frame, has = rows.frame, rows.has
    steps: list[pl.Expr] = []
    if has("stage"):
        steps.append(translated(frame, "stage", lambda label: said.get(fold(label))))
    if has("status"):
        steps.append(translated(frame, "status", lambda label: said.get(fold(label))))
        steps.append(translated(frame, "status", deal_status))
    if has("is_won"):
        steps.append(pl.when(pl.col("is_won")).then(pl.lit(WON)))
    if has("is_lost"):
        steps.append(pl.when(pl.col("is_lost")).then(pl.lit(LOST)))
    if has("is_closed"):
        ended = pl.lit(LOST) if has("is_won") else pl.lit(None, pl.String)
        steps.append(
            pl.when(pl.col("is_closed")).then(ended).otherwise(pl.lit(OPEN))
            if has("is_won")
            else pl.when(~pl.col("is_closed")).then(pl.lit(OPEN))
        )
    elif has("is_won") and has("closed_on") and not has("stage"):
        steps.append(
            pl.when(~pl.col("is_won") & pl.col("closed_on").is_not_null()).then(pl.lit(LOST))
        )
    if has("won_on"):
        steps.append(pl.when(pl.col("won_on").is_not_null()).then(pl.lit(WON)))
    if has("lost_on"):
        steps.append(pl.when(pl.col("lost_on").is_not_null()).then(pl.lit(LOST)))
    if has("stage"):
        steps.append(translated(frame, "stage", lambda label: stage_status(label, own_labels)))
    return pl.coalesce(*steps, pl.lit(said.get("", OPEN)))


def _unknown_statuses(rows: Rows, frame: pl.DataFrame, said: Mapping[str, str]) -> None:
    """Note the words of a status column that nobody explained."""
    if "status" not in frame.columns:
        return
    unknown = [
        label
        for label in labels_of(frame, "status")
        if fold(label) not in said and deal_status(label) is None
    ]
    rows.note(
        "unknown_status",
        len(unknown),
        msg(
            "These words in the column '{column}' do not say won or lost; such deals are read by their stage, or as open: {labels}.",
            column=rows.headers["status"],
            labels=unknown[:_EXAMPLES],
        ),
    )


def entries(frame: pl.DataFrame, dates: Sequence[StageDates]) -> pl.DataFrame:
    """Return when deals entered their stages, from one column per stage.

    Args:
        frame: Deals with ``external_id``, ``file_line`` and the date columns by their header.

    Returns:
        One row per deal and stage entered: deal, stage, entered_on, milestone, evidence, file_line.
    """
    parts = [
        frame.filter(pl.col(one.header).is_not_null()).select(
            pl.col("external_id").alias("deal"),
            pl.lit(one.stage).alias("stage"),
            pl.col(one.header).alias("entered_on"),
            pl.lit("proposal" if is_proposal(one.stage) else None, pl.String).alias("milestone"),
            pl.lit("exported").alias("evidence"),
            pl.col(FILE_LINE),
        )
        for one in dates
    ]
    found = pl.concat(parts)
    # two pipelines may have a stage of the same name; a deal enters it once a day at most
    return found.unique(["deal", "stage", "entered_on"], keep="first", maintain_order=True)

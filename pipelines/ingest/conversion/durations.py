"""Read how long something took."""

from typing import Final, Literal

import polars as pl

#: "1:30", "01:30:00"; "1 h 30", "1h30min", "2 hours", "45 min", "90 s"; or a number alone.
_CLOCK: Final = r"^(?P<ch>\d{1,3})\s*[:hH]\s*(?P<cm>[0-5]\d)(?::(?P<cs>[0-5]\d)(?:\.\d+)?)?$"
_WORDS: Final = (
    r"(?i)^(?:(?P<wh>\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hours?|heures?)\.?)?\s*"
    r"(?:(?P<wm>\d+(?:[.,]\d+)?)\s*(?:m|mn|mins?|minutes?)\.?)?\s*"
    r"(?:(?P<ws>\d+)\s*(?:s|secs?|secondes?|seconds?)\.?)?$"
)
_NUMBER: Final = r"^(?P<n>\d+(?:[.,]\d+)?)$"


def convert_minutes(
    values: pl.Series, unit: Literal["minutes", "seconds"] = "minutes"
) -> tuple[pl.Series, pl.Series]:
    """Read a column of durations as whole minutes, rounded half up.

    Args:
        values: The cells as text.
        unit: What a number alone counts; Salesforce counts calls in seconds.

    Returns:
        The minutes (Int64, null for blank and bad cells), and which cells are bad (Boolean).
    """
    texts = values.str.strip_chars().rename("text")
    written = (texts != "").fill_null(value=False)
    unique = texts.filter(written).unique().to_frame()
    cut = unique.with_columns(
        pl.col("text").str.extract_groups(pattern).alias(name)
        for name, pattern in (("clock", _CLOCK), ("words", _WORDS), ("number", _NUMBER))
    ).unnest("clock", "words", "number")
    number = pl.col("n", "wh", "wm", "ws").str.replace(",", ".", literal=True).cast(pl.Float64)
    cut = cut.with_columns(number, pl.col("ch", "cm", "cs").cast(pl.Float64))
    seconds = (
        pl.when(pl.col("n").is_not_null())
        .then(pl.col("n") * (60 if unit == "minutes" else 1))
        .when(pl.col("ch").is_not_null())
        .then(pl.col("ch") * 3600 + pl.col("cm") * 60 + pl.col("cs").fill_null(0))
        .when(pl.any_horizontal(pl.col("wh", "wm", "ws").is_not_null()))
        .then(
            pl.col("wh").fill_null(0) * 3600
            + pl.col("wm").fill_null(0) * 60
            + pl.col("ws").fill_null(0)
        )
    )
    read = cut.select("text", (seconds / 60 + 0.5).floor().cast(pl.Int64).alias("minutes"))
    minutes = texts.to_frame().join(read, on="text", how="left", maintain_order="left")["minutes"]
    return minutes, written & minutes.is_null()

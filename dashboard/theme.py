"""Colours that charts and tables share, and what they stand for. Always beside a word."""

from dataclasses import dataclass
from typing import Literal

from pipelines.analysis.judgement import Verdict

#: Adverse, worth work, favourable, nothing to say.
Tone = Literal["alert", "work", "good", "quiet"]

_TONES: dict[Verdict, Tone] = {
    Verdict.FIND_THE_CAUSE: "alert",
    Verdict.CHANGE_THE_SYSTEM: "work",
    Verdict.LEARN: "good",
}


def tone(verdict: Verdict) -> Tone:
    """Return how loud a verdict is; the ones that ask for nothing are quiet."""
    return _TONES.get(verdict, "quiet")


@dataclass(frozen=True)
class Palette:
    """The colours of a chart on a light or a dark page."""

    ink: str
    faint: str
    band: str
    target: str
    adverse: str
    favourable: str
    paper: str


LIGHT = Palette(
    ink="#1d2a33",
    faint="#56636c",
    band="rgba(15, 90, 120, 0.10)",
    target="#0f5a78",
    adverse="#b3263a",
    favourable="#0d7a55",
    paper="#ffffff",
)
DARK = Palette(
    ink="#e6ecef",
    faint="#a3b0b8",
    band="rgba(124, 195, 222, 0.16)",
    target="#7cc3de",
    adverse="#f28391",
    favourable="#6fd0a8",
    paper="#12191d",
)

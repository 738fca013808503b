"""What the parts of a quarterly review and its verdicts are called. Pure."""

from dashboard.rhythm.quarter.model import Part, Way
from dashboard.rhythm.written import sentence
from pipelines.errors import Message, msg

_WAYS = {Way.KEEP: msg("Keep it"), Way.CHANGE: msg("Change it"), Way.DROP: msg("Drop it")}
_PARTS = {
    Part.KPIS: msg("KPIs"),
    Part.WORK: msg("Actions and experiments"),
    Part.RITUALS: msg("Rituals"),
}


def way_name(way: Way) -> Message:
    """Return what becomes of something, in a word."""
    return _WAYS[way]


def why(reason: str, change: str | None) -> str:
    """Return why something was decided, and what changes."""
    return f"{sentence(reason)} {change}" if change else reason


def part_name(part: Part) -> Message:
    """Return what a pass of the review is called."""
    return _PARTS[part]

"""The kinds of jobs: who may ask for them, what they may run beside, whether they may run twice."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from dashboard.access.rights import Capability
from pipelines.errors import Message, msg


class Again(Enum):
    """Whether a job that was cut off may be done again."""

    ALWAYS = "always"  # twice is the same as once
    IF_UNCHANGED = "if_unchanged"  # the journal proves that it did not happen
    NEVER = "never"


@dataclass(frozen=True)
class Kind:
    """How jobs of a kind are handled.

    Attributes:
        name: What people call it.
        needs: What whoever asks must be allowed to do.
        in_turn: One at a time, in the order they were asked for; else beside the others.
        kept: Shown on the page and done after a restart; else it only lives as long as whoever
            waits for it.
        confidential: What it says is for whoever asked, and is not kept: links that let people in.
    """

    name: Message
    needs: Capability
    in_turn: bool = True
    kept: bool = True
    again: Again = Again.NEVER
    confidential: bool = False


#: A file sent on the data page.
UPLOAD: Final = "upload"
#: Minutes and preparations to those who are invited.
LETTERS: Final = "letters"

_SEE = Capability.SEE_FIGURES
_READING: Final = Kind(msg("looking something up"), _SEE, in_turn=False, kept=False)
_TARGETS: Final = Capability.SET_TARGETS

#: By the words of the command.
_KINDS: Final[dict[str, Kind]] = {
    UPLOAD: Kind(msg("import"), Capability.IMPORT, again=Again.ALWAYS),
    "import": Kind(msg("import"), Capability.IMPORT, again=Again.ALWAYS),
    # whoever has one already does not get it again
    LETTERS: Kind(
        msg("letters about a meeting"),
        Capability.RUN_MEETINGS,
        in_turn=False,
        again=Again.ALWAYS,
    ),
    "imports list": Kind(_READING.name, Capability.IMPORT, in_turn=False, kept=False),
    "kpi list": _READING,
    "kpi show": _READING,
    "kpi rows": _READING,
    "target list": _READING,
    "choose": Kind(msg("choice of KPIs"), _TARGETS, again=Again.IF_UNCHANGED),
    "target set": Kind(msg("target"), _TARGETS, again=Again.IF_UNCHANGED),
    "limits lock": Kind(msg("locking limits"), _TARGETS, again=Again.IF_UNCHANGED),
    "report": Kind(msg("report"), _SEE, in_turn=False, again=Again.ALWAYS),
    "user list": Kind(_READING.name, Capability.MANAGE_ACCOUNTS, in_turn=False, kept=False),
    "user": Kind(msg("account"), Capability.MANAGE_ACCOUNTS, confidential=True),
    "backup": Kind(msg("backup"), Capability.KEEP_BACKUPS, again=Again.ALWAYS),
    "check": Kind(msg("check"), Capability.KEEP_BACKUPS, in_turn=False, again=Again.ALWAYS),
    "restore": Kind(msg("restoring a copy"), Capability.KEEP_BACKUPS),
    "forget": Kind(msg("erasing somebody's data"), Capability.ERASE),
}
#: What nothing is known about is done one at a time, never twice, and only for those who may all.
_UNKNOWN: Final = Kind(msg("command"), Capability.ERASE)


def kind_of(name: str) -> Kind:
    """Return how jobs of a kind are handled; a group of commands may be known as a whole."""
    group = name.partition(" ")[0]
    return _KINDS.get(name) or _KINDS.get(group) or _UNKNOWN

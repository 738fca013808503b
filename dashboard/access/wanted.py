"""Which entries of the audit trail somebody looks for."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.access.entry import written_moment
from pipelines.folding import folded


@dataclass(frozen=True)
class Wanted:
    """Which entries somebody looks for; what is None lets everything through.

    Attributes:
        actor: Who did it, exactly; "" for the product by itself.
        what: A kind of change, or a kind of thing: ``target.set``, ``target``.
        subject: Which thing, exactly.
        since: From this moment on, in UTC.
        until: Before this moment, in UTC.
        words: Part of anything an entry says, whatever its case and accents.
    """

    actor: str | None = None
    what: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str | None = None

    def bound(self) -> dict[str, object]:
        """Return it as the statements take it."""
        return {
            "actor": self.actor or None,
            "itself": int(self.actor == ""),
            "what": self.what,
            "subject": self.subject,
            "since": self.since and written_moment(self.since),
            "until": self.until and written_moment(self.until),
            "words": folded(self.words) if self.words else None,
        }


#: Everything.
ANYTHING = Wanted()

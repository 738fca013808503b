"""What comes with a gesture that is a request of its own."""

from collections.abc import Mapping
from datetime import date

from dashboard.text import Language
from pipelines.errors import Refused, msg


class Said:
    """What came with a gesture: texts, of which none is trusted."""

    def __init__(self, values: Mapping[str, str], language: Language) -> None:
        self._values = values
        self.language = language

    def typed(self, name: str) -> str:
        """Return a text, "" if it is missing."""
        return self._values.get(name, "")

    def flag(self, name: str) -> bool:
        """Return whether something was said at all."""
        return bool(self._values.get(name))

    def yes_or_no(self, name: str) -> bool | None:
        """Return an answer, None if there is none."""
        return {"1": True, "0": False}.get(self.typed(name))

    def number(self, name: str) -> int:
        """Return a number.

        Raises:
            Refused: It is none.
        """
        found = self.maybe_number(name)
        if found is None:
            raise Refused.of(msg("Something is missing."), hint=msg("Reload the page."))
        return found

    def maybe_number(self, name: str) -> int | None:
        """Return a number, None if there is none."""
        written = self.typed(name)
        return int(written) if written.isdecimal() and len(written) < 10 else None  # noqa: PLR2004 - what an integer column holds

    def day(self, name: str) -> date | None:
        """Return a day, None if it is missing or none."""
        try:
            return date.fromisoformat(self.typed(name))
        except ValueError:
            return None

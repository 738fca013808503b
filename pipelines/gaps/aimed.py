"""What is aimed at in the stretches of a gap review: by the company, and by groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.analysis.judgement import Aim
from pipelines.context import Context
from pipelines.gaps.reading import Reading
from pipelines.gaps.stretches import When
from pipelines.kpis.target import GROUPS, Target, Whose
from pipelines.kpis.targets import aims


@dataclass(frozen=True)
class Aimed:
    """The targets of a review.

    Attributes:
        targets: Everybody's: whether those of the groups add up is no matter of who asks.
    """

    context: Context
    targets: Sequence[Target]

    def at(self, reading: Reading, when: When, whose: Whose = None) -> Aim | None:
        """Return the target of a stretch: its share, by working days, of what adds up."""
        (found,) = aims(
            self.context,
            reading.definition,
            [reading.stretches.days[when]],
            whose=whose,
            targets=self.targets,
        )
        return found

    def company(self, reading: Reading) -> Decimal | None:
        """Return the company's target of the month; None if there is none, or a range."""
        aim = self.at(reading, When.MONTH)
        return None if aim is None or aim.max_value is not None else Decimal(str(aim.value))

    def groups(self, reading: Reading, by: str) -> dict[str | None, Decimal]:
        """Return the targets of the groups of a column in the month; none where one is a range."""
        if by not in GROUPS:
            return {}
        key = reading.definition.key
        mine = (one.whose for one in self.targets if one.key == key)
        names = {whose[1] for whose in mine if whose and whose[0] == by}
        found: dict[str | None, Decimal] = {}
        for name in sorted(names):
            aim = self.at(reading, When.MONTH, (by, name))
            if aim is not None and aim.max_value is not None:
                return {}
            if aim is not None:
                found[name] = Decimal(str(aim.value))
        return found

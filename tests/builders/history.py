"""Companies with years of deals behind them, whose chances can be worked out on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.builders.warehouse import Row, deal, stage_entry

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Life:
    """A deal from its first day to its last; None: it is still open."""

    name: str
    created: date
    closed: date | None
    won: bool
    amount: int | None
    stages: tuple[tuple[str, date], ...] = ()
    owner: str = "Anne"

    def rows(self, until: date | None = None) -> Iterator[Row]:
        """Yield the rows that a file of a day holds; of today if None."""
        if until is not None and self.created > until:
            return
        closed = self.closed if until is None or (self.closed and self.closed <= until) else None
        status = "open" if closed is None else "won" if self.won else "lost"
        yield deal(
            status,
            external_id=self.name,
            name=self.name,
            owner=self.owner,
            amount=self.amount,
            created_on=self.created,
            closed_on=closed,
        )
        for stage, day in self.stages:
            if until is None or day <= until:
                yield stage_entry(self.name, str(day), stage=stage, milestone=None)


def every_monday(first: date, weeks: int, amount: int | None = 1000) -> list[Life]:
    """Return a deal for every Monday: one in two is won after 28 days, the other lost after 56."""
    return [
        Life(
            name=f"M{week}",
            created=first + week * _WEEK,
            closed=first + week * _WEEK + timedelta(days=56 if week % 2 else 28),
            won=not week % 2,
            amount=amount,
        )
        for week in range(weeks)
    ]


def at_random(seed: int, first: date, many: int, days: int = 1050) -> list[Life]:
    """Return deals that go through three stages and end in any of them."""
    dice = Random(seed)  # noqa: S311 - nothing to keep secret
    lives = []
    for number in range(many):
        created = first + timedelta(days=dice.randrange(days))
        day, stages, won = created, [], False
        for stage in ("Talk", "Offer", "Last"):
            stages.append((stage, day))
            day += timedelta(days=dice.randrange(1, 40))
            won = stage == "Last" and dice.random() < 0.6
            if dice.random() < 0.25:
                break
        lives.append(
            Life(
                name=f"R{number}",
                created=created,
                closed=day,
                won=won,
                amount=dice.randrange(1000, 50_000),
                stages=tuple(stages),
                owner=dice.choice(["Anne", "Luc", "Zoé"]),
            )
        )
    return lives


def rows_of(lives: list[Life], until: date | None = None) -> list[Row]:
    """Return the rows that a file of a day holds; with all that is to come if None."""
    return [row for life in lives for row in life.rows(until)]

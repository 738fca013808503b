"""What a pact is: when something happens, we will do one thing, and not another. Pure values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Any

from dashboard.rhythm.action import one_line
from dashboard.rhythm.pact.facts import Facts
from dashboard.rhythm.written import text_problems
from pipelines.errors import Problem, msg
from pipelines.periods import Grain

#: One sentence each: what is read under pressure is short.
MAX_SENTENCE = 300
#: A quarter has thirteen weeks; a pact about more than half of it is about the quarter.
MOST_WEEKS = 6
#: The periods a landing is looked at in.
LANDING_GRAINS = (Grain.MONTH, Grain.QUARTER)


class Trigger(StrEnum):
    """What makes a pact hold."""

    OUTSIDE_LIMITS = "outside_limits"
    BELOW_TARGET = "below_target"
    DEAL_SLIPS = "deal_slips"
    QUARTER_ENDS = "quarter_ends"


@dataclass(frozen=True)
class Terms:
    """What a trigger needs to know; None where it needs nothing of the kind.

    Attributes:
        kpi: Key of the KPI it watches.
        grain: The month or the quarter whose target is looked at.
        share: Of the target to date, as a fraction: below it the pact holds.
        amount: From which a deal is watched, in the company's currency.
        weeks: The last so many of a quarter.
    """

    kpi: str | None = None
    grain: Grain | None = None
    share: float | None = None
    amount: float | None = None
    weeks: int | None = None


@dataclass(frozen=True)
class Draft:
    """A pact as somebody writes it.

    Attributes:
        decision: What we will do.
        reflex: What we will not do.
    """

    trigger: Trigger
    terms: Terms
    decision: str
    reflex: str


@dataclass(frozen=True)
class Pact:
    """A pact.

    Attributes:
        written_on: The day at the company; what happened until then does not make it hold.
        ended_on: None while it is in force.
        version: 1 when written, one more with every change.
    """

    pact_id: int
    trigger: Trigger
    terms: Terms
    decision: str
    reflex: str
    written_on: date
    ended_on: date | None
    version: int

    @property
    def draft(self) -> Draft:
        """What somebody wrote."""
        return Draft(self.trigger, self.terms, self.decision, self.reflex)


@dataclass(frozen=True)
class Said:
    """What a pact said on the day it fired, whatever it says today."""

    decision: str
    reflex: str


@dataclass(frozen=True)
class PactEvent:
    """A pact that fired.

    Attributes:
        subject: What made it fire: a week, a period, a deal; it fires once for each.
        kept: None: nobody has said yet.
        version: Of the answer: 1 before there is one.
    """

    event_id: int
    pact_id: int
    fired_on: date
    subject: str
    facts: Facts
    said: Said
    kept: bool | None
    note: str | None
    answered_by: str | None
    answered_on: date | None
    version: int


@dataclass(frozen=True)
class Record:
    """How often a pact was kept: 3 of 4.

    Attributes:
        open: How many times nobody has said yet.
    """

    kept: int = 0
    answered: int = 0
    open: int = 0


def record(events: Iterable[PactEvent]) -> Record:
    """Return how often a pact was kept."""
    answers = [event.kept for event in events]
    return Record(
        kept=answers.count(True),
        answered=len(answers) - answers.count(None),
        open=answers.count(None),
    )


def tidy(draft: Draft) -> Draft:
    """Return a pact as it is kept: one line each, and of the terms only what its trigger needs."""
    needed = {name: getattr(draft.terms, name) for name in _NEEDED[draft.trigger]}
    return Draft(draft.trigger, Terms(**needed), one_line(draft.decision), one_line(draft.reflex))


def problems(draft: Draft, kpis: Sequence[str]) -> list[Problem]:
    """Return everything that is wrong with a tidied pact; empty if nothing is.

    Args:
        kpis: The keys of the KPIs that there are for whoever writes it.
    """
    return [
        *_terms_problems(draft, kpis),
        *text_problems(
            draft.decision,
            MAX_SENTENCE,
            msg("The pact does not say what you will do."),
            msg("Decide it now, while it is calm."),
        ),
        *text_problems(
            draft.reflex,
            MAX_SENTENCE,
            msg("The pact does not say what you will not do."),
            msg("Name the old reflex, such as a discount to close before the end of the quarter."),
        ),
    ]


def _terms_problems(draft: Draft, kpis: Sequence[str]) -> Iterable[Problem]:
    terms = draft.terms
    needed = _NEEDED[draft.trigger]
    if "kpi" in needed and terms.kpi not in kpis:
        yield Problem(msg("The pact watches no KPI."), hint=msg("Choose one."))
    if "grain" in needed and terms.grain not in LANDING_GRAINS:
        yield Problem(msg("Say whether the target of the month or of the quarter is meant."))
    if "share" in needed and not (terms.share and isfinite(terms.share) and 0 < terms.share <= 1):
        yield Problem(
            msg("The share of the target is missing, or is none."),
            hint=msg("Write a percentage up to 100%, such as 80%."),
        )
    if "amount" in needed and not (terms.amount and isfinite(terms.amount) and terms.amount > 0):
        yield Problem(
            msg("The amount is missing."),
            hint=msg("Deals of this amount or more are watched."),
        )
    if "weeks" in needed and not (terms.weeks and 1 <= terms.weeks <= MOST_WEEKS):
        yield Problem(
            msg("Say how many weeks: from 1 to {most}.", most=MOST_WEEKS),
        )


def terms_written(terms: Terms) -> dict[str, Any]:
    """Return terms as JSON holds them, without what is not needed."""
    return {name: value for name, value in asdict(terms).items() if value is not None}


def terms_read(written: Mapping[str, Any]) -> Terms:
    """Return terms from what JSON holds."""
    grain = written.get("grain")
    return Terms(**{**written, "grain": Grain(grain) if grain else None})


_NEEDED: dict[Trigger, tuple[str, ...]] = {
    Trigger.OUTSIDE_LIMITS: ("kpi",),
    Trigger.BELOW_TARGET: ("kpi", "grain", "share"),
    Trigger.DEAL_SLIPS: ("amount",),
    Trigger.QUARTER_ENDS: ("weeks",),
}

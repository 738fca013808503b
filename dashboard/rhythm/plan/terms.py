"""What a person's plan agrees on beside priorities. Pure: values in, problems out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from dashboard.rhythm.action import MAX_NAME, one_line, too_long
from pipelines.errors import Problem, msg, msg_plural
from pipelines.kpis.definition import Definition, Kind
from pipelines.visible import visible

#: More accounts than this are a list of customers, not a choice.
MOST_ACCOUNTS = 50
#: Segments and own targets that somebody can keep in mind.
MOST_LINES = 12
MAX_TEXT = 2_000
#: All the time there is.
_ALL = 100


@dataclass(frozen=True)
class Account:
    """A customer to win or to develop.

    Attributes:
        segment: "" if it has none.
    """

    name: str
    segment: str = ""


@dataclass(frozen=True)
class Frequency:
    """How often customers of a segment are to be contacted: every so many weeks."""

    segment: str
    every_weeks: int


@dataclass(frozen=True)
class Effort:
    """The share of somebody's selling time that a segment gets, in percent."""

    segment: str
    percent: float


@dataclass(frozen=True)
class ActivityTarget:
    """What somebody wants to do each week, counted by a KPI of activity."""

    kpi: str
    per_week: float


@dataclass(frozen=True)
class PersonalTerms:
    """What a salesperson and a manager agree on.

    Attributes:
        accounts: Target accounts by name.
        rendez_vous: What counts as a customer meeting, in a sentence.
        effort: Sums to 100 percent at most.
        means: What the company gives for it: time, budget, training.
    """

    accounts: tuple[Account, ...] = ()
    frequencies: tuple[Frequency, ...] = ()
    rendez_vous: str = ""
    effort: tuple[Effort, ...] = ()
    activity: tuple[ActivityTarget, ...] = ()
    means: str = ""


def tidy_terms(terms: PersonalTerms) -> PersonalTerms:
    """Return terms with every text as it may be kept and shown, and without empty lines."""
    return PersonalTerms(
        accounts=tuple(
            Account(one_line(one.name), one_line(one.segment))
            for one in terms.accounts
            if one_line(one.name) or one_line(one.segment)
        ),
        frequencies=tuple(
            Frequency(one_line(one.segment), one.every_weeks) for one in terms.frequencies
        ),
        rendez_vous=visible(terms.rendez_vous).strip(),
        effort=tuple(Effort(one_line(one.segment), one.percent) for one in terms.effort),
        activity=terms.activity,
        means=visible(terms.means).strip(),
    )


def terms_problems(terms: PersonalTerms, definitions: Mapping[str, Definition]) -> list[Problem]:
    """Return all that is wrong with terms; empty if nothing is.

    Args:
        definitions: The KPIs that whoever sets them may see.
    """
    return [
        *_account_problems(terms.accounts),
        *_frequency_problems(terms.frequencies),
        *too_long(terms.rendez_vous, MAX_TEXT),
        *_effort_problems(terms.effort),
        *_activity_problems(terms.activity, definitions),
        *too_long(terms.means, MAX_TEXT),
    ]


def terms_from(state: Mapping[str, Any] | None) -> PersonalTerms | None:
    """Return terms from what JSON says of them; None if it says nothing."""
    if state is None:
        return None
    return PersonalTerms(
        accounts=tuple(Account(**one) for one in state["accounts"]),
        frequencies=tuple(Frequency(**one) for one in state["frequencies"]),
        rendez_vous=state["rendez_vous"],
        effort=tuple(Effort(**one) for one in state["effort"]),
        activity=tuple(ActivityTarget(**one) for one in state["activity"]),
        means=state["means"],
    )


def _account_problems(accounts: tuple[Account, ...]) -> Iterator[Problem]:
    if len(accounts) > MOST_ACCOUNTS:
        yield Problem(
            msg("{count} target accounts are too many.", count=len(accounts)),
            hint=msg("Name at most {most}: a choice leaves something out.", most=MOST_ACCOUNTS),
        )
        return
    for one in accounts:
        if not one.name:
            yield Problem(msg("A target account has no name."))
        yield from too_long(one.name, MAX_NAME)
        yield from too_long(one.segment, MAX_NAME)
    yield from _twice(one.name for one in accounts)


def _frequency_problems(frequencies: tuple[Frequency, ...]) -> Iterator[Problem]:
    yield from _segment_problems([one.segment for one in frequencies])
    for one in frequencies:
        if not 1 <= one.every_weeks <= 52:  # noqa: PLR2004 - a year
            yield Problem(
                msg("“Every {weeks} weeks” is no rhythm.", weeks=one.every_weeks),
                where=one.segment,
                hint=msg("Choose between every week and every 52 weeks."),
            )


def _effort_problems(effort: tuple[Effort, ...]) -> Iterator[Problem]:
    yield from _segment_problems([one.segment for one in effort])
    wrong = [one for one in effort if not (isfinite(one.percent) and 0 <= one.percent <= _ALL)]
    for one in wrong:
        yield Problem(
            msg("A share of effort lies between 0 and 100%."),
            where=one.segment,
        )
    total = sum(one.percent for one in effort)
    if not wrong and total > _ALL:
        yield Problem(
            msg("The shares of effort add up to {total}%.", total=total),
            hint=msg("Nobody has more than 100% of their time: lower one of them."),
        )


def _activity_problems(
    activity: tuple[ActivityTarget, ...], definitions: Mapping[str, Definition]
) -> Iterator[Problem]:
    yield from _too_many(len(activity))
    yield from _twice(one.kpi for one in activity)
    for one in activity:
        found = definitions.get(one.kpi)
        if found is None:
            yield Problem(msg("There is no KPI '{key}'.", key=one.kpi))
        elif found.kind is not Kind.INPUT or not found.adds_up:
            yield Problem(
                msg("{kpi} does not count an activity.", kpi=found.name),
                hint=msg("Own targets are for what somebody does: meetings, proposals."),
            )
        if not (isfinite(one.per_week) and one.per_week > 0):
            yield Problem(msg("A target for each week is a number above 0."), where=one.kpi)


def _segment_problems(segments: list[str]) -> Iterator[Problem]:
    yield from _too_many(len(segments))
    for one in segments:
        if not one:
            yield Problem(msg("A segment has no name."))
        yield from too_long(one, MAX_NAME)
    yield from _twice(segments)


def _too_many(count: int) -> Iterator[Problem]:
    if count > MOST_LINES:
        yield Problem(
            msg_plural("{count} line is too many.", "{count} lines are too many.", count),
            hint=msg("At most {most} can be kept in mind.", most=MOST_LINES),
        )


def _twice(names: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    said: set[str] = set()
    for name in names:
        if name and name in seen and name not in said:
            said.add(name)
            yield Problem(msg("“{name}” is there twice.", name=name))
        seen.add(name)

"""Terms as somebody types them: one line for each account, segment and share. Pure."""

from collections.abc import Iterator, Mapping

from dashboard.rhythm.action import one_line
from dashboard.rhythm.plan.terms import (
    Account,
    ActivityTarget,
    Effort,
    Frequency,
    PersonalTerms,
)
from pipelines.errors import Problem, Refused, msg
from pipelines.kpis.definition import Unit
from pipelines.kpis.target_values import parse_target_value


def read_terms(
    *,
    accounts: str,
    frequencies: str,
    rendez_vous: str,
    effort: str,
    activity: Mapping[str, str],
    means: str,
) -> PersonalTerms:
    """Return what was typed.

    Args:
        accounts: ``Hôtel du Lac; A`` a line; the segment may be missing.
        frequencies: ``A; 2`` a line: segment, every how many weeks.
        effort: ``A; 35`` or ``A; 35 %`` a line.
        activity: What was typed for a week, by KPI; empty ones are left out.

    Raises:
        Refused: Some lines cannot be read; all of them are named.
    """
    problems: list[Problem] = []
    found = PersonalTerms(
        accounts=tuple(Account(name, segment) for name, segment in _pairs(accounts)),
        frequencies=tuple(
            Frequency(segment, round(number))
            for segment, number in _numbers(frequencies, problems)
            if _is_whole(segment, number, problems)
        ),
        rendez_vous=rendez_vous,
        effort=tuple(Effort(*pair) for pair in _numbers(effort, problems)),
        activity=tuple(
            ActivityTarget(key, number)
            for key, written in activity.items()
            if written.strip()
            for number in _number(written, problems)
        ),
        means=means,
    )
    if problems:
        raise Refused(*problems)
    return found


def _pairs(lines: str) -> Iterator[tuple[str, str]]:
    for line in lines.splitlines():
        if one_line(line):
            first, _, second = line.partition(";")
            yield one_line(first), one_line(second)


def _numbers(lines: str, problems: list[Problem]) -> Iterator[tuple[str, float]]:
    for segment, written in _pairs(lines):
        for number in _number(written.removesuffix("%").strip(), problems, segment):
            yield segment, number


def _number(written: str, problems: list[Problem], where: str = "") -> Iterator[float]:
    if not written:
        problems.append(
            Problem(msg("The number is missing."), where=where, hint=msg("Write: segment; number."))
        )
        return
    try:
        yield parse_target_value(written, Unit.COUNT)
    except Refused as refused:
        problems.extend(refused.problems)


def _is_whole(segment: str, number: float, problems: list[Problem]) -> bool:
    whole = number == round(number)
    if not whole:
        problems.append(
            Problem(msg("Weeks are whole numbers."), where=segment, hint=msg("Write 2, not 2.5."))
        )
    return whole

"""Whether some people win more or less than others, or only seem to. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.errors import Message, msg
from pipelines.funnel.chance import Outcome, beyond_chance, by_chance, interval

#: Fewer finished deals say nothing about anybody.
MIN_FINISHED = 10
#: More stages than a sales process has; the ones that fewest deals reach are left out.
_STAGES = 6


@dataclass(frozen=True)
class Rate:
    """How many of the deals that reached a stage were won.

    Attributes:
        who: A person; None: the whole company, or deals that name nobody.
        lower: Lower end of the interval that holds the true share with 95 % confidence.
        upper: Its upper end.
        stands_out: The difference from everybody else is more than chance explains.
    """

    who: str | None
    won: int
    finished: int
    lower: float
    upper: float
    stands_out: bool = False

    @property
    def share(self) -> float:
        """The share that was won, between 0 and 1."""
        return self.won / self.finished


@dataclass(frozen=True)
class StageRates:
    """The rates of one stage.

    Attributes:
        stage: None: all finished deals, whatever stages they reached.
        company: Everybody together.
        people: Those with enough finished deals whom whoever asks may see, the most deals first.
        too_few: How many others have too few to be compared.
    """

    stage: str | None
    company: Rate
    people: tuple[Rate, ...]
    too_few: int


@dataclass(frozen=True)
class Conversion:
    """Who wins more or less than the others, with respect for chance.

    Attributes:
        stages: First all deals, then the stages that most deals reached.
        compared: How many comparisons were made; each has to stand out all the more.
        everybody: Whether the rates of everybody are shown who can be compared.
        unavailable: Why it cannot be told.
    """

    stages: tuple[StageRates, ...]
    compared: int
    everybody: bool = True
    unavailable: Message | None = None

    @property
    def stands_out(self) -> bool:
        """Whether chance does not explain all there is."""
        return any(one.stands_out for stage in self.stages for one in stage.people)


class Counted(NamedTuple):
    """How the deals of one person that reached a stage ended; "" for any stage."""

    stage: str
    owner: str | None
    finished: int
    won: int


class _Compared(NamedTuple):
    stage: str
    owner: str
    outcome: Outcome
    probability: float


def conversion(counted: Iterable[Counted], people: Collection[str] | None = None) -> Conversion:
    """Compare people stage by stage, each with everybody else.

    Args:
        people: Whose rates are shown beside the company's; None: everybody's. The comparisons are
            the same whoever looks.
    """
    by_stage: dict[str, list[Counted]] = {}
    for one in counted:
        by_stage.setdefault(one.stage, []).append(one)
    stages = sorted(by_stage, key=lambda stage: (stage != "", -_whole(by_stage[stage]).of, stage))
    shown = [stage for stage in stages if _whole(by_stage[stage]).of >= MIN_FINISHED]
    shown = shown[: _STAGES + 1]
    if not shown:
        return Conversion(
            (),
            0,
            unavailable=msg(
                "Fewer than {count} deals were won or lost in the last year: people cannot be"
                " compared.",
                count=MIN_FINISHED,
            ),
        )
    compared = [found for stage in shown for found in _compared(stage, by_stage[stage])]
    apart = beyond_chance([one.probability for one in compared])
    named = [
        (one, out)
        for one, out in zip(compared, apart, strict=True)
        if people is None or one.owner in people
    ]
    return Conversion(
        tuple(_rates(stage, by_stage[stage], named) for stage in shown),
        len(compared),
        everybody=people is None,
    )


def _compared(stage: str, counted: Sequence[Counted]) -> list[_Compared]:
    whole = _whole(counted)
    found = []
    for one in counted:
        rest = Outcome(whole.won - one.won, whole.of - one.finished)
        if one.owner is None or min(one.finished, rest.of) < MIN_FINISHED:
            continue
        outcome = Outcome(one.won, one.finished)
        found.append(_Compared(stage, one.owner, outcome, by_chance(outcome, rest)))
    return sorted(found, key=lambda one: (-one.outcome.of, one.owner))


def _rates(
    stage: str, counted: Sequence[Counted], named: Sequence[tuple[_Compared, bool]]
) -> StageRates:
    people = tuple(
        _rate(one.owner, one.outcome, stands_out=out) for one, out in named if one.stage == stage
    )
    few = sum(one.owner is not None and one.finished < MIN_FINISHED for one in counted)
    return StageRates(stage or None, _rate(None, _whole(counted)), people, few)


def _rate(who: str | None, outcome: Outcome, *, stands_out: bool = False) -> Rate:
    return Rate(who, *outcome, *interval(*outcome), stands_out)


def _whole(counted: Iterable[Counted]) -> Outcome:
    listed = list(counted)
    return Outcome(sum(one.won for one in listed), sum(one.finished for one in listed))

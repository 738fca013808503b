"""What a gap is made of, in one sentence. Pure."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from pipelines.errors import Message, msg
from pipelines.gaps.model import (
    Against,
    Contribution,
    Factor,
    FactorEffect,
    Factors,
    Gap,
    Split,
)
from pipelines.kpis.definition import Unit
from pipelines.kpis.quantity import Quantity
from pipelines.kpis.tables import SPLITS
from pipelines.periods import Grain

#: Groups are said to make most of a gap when they make this share of all that goes its way.
_MOST = Decimal("0.6")
#: What goes the other way is told from this share of the gap on; from the second one on, the two
#: sides cancel out so far that nobody can be said to make the gap.
_WORTH_TELLING, _CANCELLING = Decimal("0.05"), Decimal("0.5")
#: A factor that does less than this share of what the largest does is drawn, and not told.
_TRACE = Decimal("0.001")
#: So many groups are named on a side.
_NAMED = 3
#: A group's effect on a rate comes from its own rate, or from its weight, from this share on.
_MAINLY = Decimal("0.75")

_ZERO = Decimal(0)
_Write = Callable[[Decimal], Quantity]


def telling(splits: Sequence[Split]) -> Split | None:
    """Return the split that tells most: the one in which the fewest groups make the gap.

    One against the target goes before those against last year; None where none is available.
    """
    able = [one for one in splits if not one.unavailable and any(_effects(one))]
    return max(able, key=lambda one: (one.against is Against.TARGET, _focus(one)), default=None)


def split_sentence(gap: Gap, split: Split) -> Message:
    """Return which groups make most of a gap, and which go the other way.

    Where that is another gap than the one to the target, it says so.
    """
    if split.unavailable:
        return split.unavailable
    against = _against(gap, split.against)
    aimed = gap.month is not None and gap.month.target is not None
    if not aimed or split.against is Against.TARGET:
        return _told(gap, split, against)
    said = _told(gap, split, msg("over the year"))
    if not gap.definition.adds_up:
        return msg("The gap is taken {against}, not the target. {said}", against=against, said=said)
    return msg(
        "For lack of targets by {by}, the gap is taken {against}. {said}",
        by=SPLITS[split.by],
        against=against,
        said=said,
    )


def _told(gap: Gap, split: Split, against: Message) -> Message:
    write = _writer(gap)
    if not any(_effects(split)):
        return msg("There is no difference {against}.", against=against)
    total = write(split.total)
    if split.others is not None:
        return _as_far_as_seen(gap, split, against)
    with_it, the_other_way = _sides(split)
    pull, counter = _sum(with_it), _sum(the_other_way)
    if not split.total or abs(counter) >= abs(pull) * _CANCELLING:
        return msg(
            "Much of it cancels out: above all {parts} on one side and {others} on the other, in all"
            " {total} {against}.",
            parts=_parts(gap, split, _largest(with_it, pull)),
            others=_parts(gap, split, _largest(the_other_way, pull)),
            total=total,
            against=against,
        )
    makers = _makers(with_it, pull)
    if not makers:
        head = msg(
            "{total} {against} is spread out: the largest part is {part}",
            total=total,
            against=against,
            part=_part(gap, split, with_it[0]),
        )
    elif 1 < len(makers) == len(with_it):
        # all of them: that most comes from them says nothing
        parts = _parts(gap, split, makers)
        head = msg("Of {total} {against}: {parts}", total=total, against=against, parts=parts)
    else:
        head = msg(
            "Of {total} {against}, most comes from {parts}",
            total=total,
            against=against,
            parts=_parts(gap, split, makers),
        )
    return _with_rest(head, _parts(gap, split, _largest(the_other_way, split.total)))


def factors_sentence(gap: Gap, factors: Factors) -> Message:
    """Return how much of a gap comes from which factor; all that counts is named."""
    if factors.unavailable:
        return factors.unavailable
    write, against = _writer(gap), _against(gap, factors.against)
    effects = sorted(factors.effects, key=lambda one: -abs(one.effect))
    effects = [
        one for one in effects if one.effect and abs(one.effect) >= abs(effects[0].effect) * _TRACE
    ]
    if not effects:
        return msg("There is no difference {against}.", against=against)
    upward = factors.total > 0 or (not factors.total and effects[0].effect > 0)

    def told(one: FactorEffect) -> Message:
        return msg("{effect} from {what}", effect=write(one.effect), what=_cause(one, factors))

    head = msg(
        "Of {total} {against}: {parts}",
        total=write(factors.total),
        against=against,
        parts=tuple(told(one) for one in effects if (one.effect > 0) is upward),
    )
    return _with_rest(head, tuple(told(one) for one in effects if (one.effect > 0) is not upward))


def factor_name(factor: Factor, volume_of: str | None) -> Message:
    """Return what a factor is called, in the words of the sentence about it.

    Args:
        volume_of: As ``Factors`` has it.
    """
    return _NAMES.get((factor, volume_of or "")) or _NAMES[factor, ""]


def _with_rest(head: Message, rest: tuple[Message, ...]) -> Message:
    if not rest:
        return msg("{head}.", head=head)
    return msg("{head}; the other way: {rest}.", head=head, rest=rest)


def _as_far_as_seen(gap: Gap, split: Split, against: Message) -> Message:
    """Return what the groups that somebody sees make of a gap, and all others together."""
    write = _writer(gap)
    return msg(
        "Of {total} {against}: {parts}; all others together: {others}.",
        total=write(split.total),
        against=against,
        parts=_parts(gap, split, split.contributions),
        others=write(split.others or _ZERO),
    )


def _sides(split: Split) -> tuple[list[Contribution], list[Contribution]]:
    """Return the contributions that go the way of the gap, and the others, each largest first."""
    ordered = sorted(split.contributions, key=lambda one: -abs(one.effect))
    ordered = [one for one in ordered if one.effect]
    upward = split.total > 0 or (not split.total and ordered[0].effect > 0)
    return (
        [one for one in ordered if (one.effect > 0) is upward],
        [one for one in ordered if (one.effect > 0) is not upward],
    )


def _largest(side: Sequence[Contribution], whole: Decimal) -> list[Contribution]:
    """Return the contributions of a side that are worth telling beside a whole."""
    return [one for one in side if abs(one.effect) >= abs(whole) * _WORTH_TELLING][:_NAMED]


def _makers(with_it: Sequence[Contribution], pull: Decimal) -> Sequence[Contribution]:
    """Return the fewest groups that make most of what goes one way; none where it takes many."""
    for count in range(1, _NAMED + 1):
        makers = with_it[:count]
        # most groups make most of anything: that tells nothing about them
        is_few = count == 1 or 2 * count <= len(with_it) or count == len(with_it)
        if is_few and abs(_sum(makers)) >= abs(pull) * _MOST:
            return makers
    return ()


def _focus(split: Split) -> Decimal:
    """Return how much of all effects the largest one of the gap's own side makes.

    0 where all are alike, however many there are; 1 where it is the only one.
    """
    effects = _effects(split)
    whole, even = sum(map(abs, effects), _ZERO), Decimal(1) / len(effects)
    same_side = [abs(one) for one in effects if one * split.total > 0]
    if not same_side or len(effects) == 1:
        return _ZERO
    return (max(same_side) / whole - even) / (1 - even)


def _effects(split: Split) -> list[Decimal]:
    found = [one.effect for one in split.contributions]
    return found if split.others is None else [*found, split.others]


def _sum(contributions: Sequence[Contribution]) -> Decimal:
    return sum((one.effect for one in contributions), _ZERO)


def _parts(gap: Gap, split: Split, some: Sequence[Contribution]) -> tuple[Message, ...]:
    return tuple(_part(gap, split, one) for one in some)


def _part(gap: Gap, split: Split, one: Contribution) -> Message:
    """Return a group with its effect and, for rates, where that comes from."""
    group = one.group if one.group is not None else msg("no {by}", by=SPLITS[split.by])
    values = {"group": group, "effect": _writer(gap)(one.effect)}
    if one.rate is None or one.mix is None:
        return msg("{group} ({effect})", **values)
    threshold = abs(one.effect) * _MAINLY
    if abs(one.rate) >= threshold > abs(one.mix):
        return (
            msg("{group} ({effect}, by its own rate)", **values)
            if gap.definition.unit is Unit.PERCENT
            else msg("{group} ({effect}, by its own average)", **values)
        )
    if abs(one.mix) >= threshold > abs(one.rate):
        return msg("{group} ({effect}, by its weight in the whole)", **values)
    return msg("{group} ({effect})", **values)


def _writer(gap: Gap) -> _Write:
    unit = gap.definition.unit
    currency = gap.currency if unit is Unit.MONEY else None
    return lambda number: Quantity(number, unit, currency, signed=True)


def _against(gap: Gap, against: Against) -> Message:
    partial = gap.month is not None and gap.month.partial
    if against is Against.TARGET:
        return msg("against the target to date") if partial else msg("against the target")
    if partial:
        return msg("against the same days last year")
    if gap.month is not None and gap.month.period.grain is Grain.QUARTER:
        return msg("against the same quarter last year")
    return msg("against the same month last year")


#: What a factor is called, by what the volume counts.
_NAMES: Mapping[tuple[Factor, str], Message] = {
    (Factor.VOLUME, "finished_deals"): msg("Deals finished"),
    (Factor.VOLUME, "deals"): msg("Number of deals"),
    (Factor.VOLUME, "invoices"): msg("Number of invoices"),
    (Factor.VOLUME, ""): msg("Count"),
    (Factor.MIX, ""): msg("Mix of segments"),
    (Factor.RATE, "finished_deals"): msg("Win rate"),
    (Factor.RATE, "invoices"): msg("Margin rate"),
    (Factor.RATE, ""): msg("Rate"),
    (Factor.VALUE, "finished_deals"): msg("Size of won deals"),
    (Factor.VALUE, "deals"): msg("Size of deals"),
    (Factor.VALUE, "invoices"): msg("Size of invoices"),
    (Factor.VALUE, ""): msg("Average"),
}
#: What a factor did where it lowers and where it raises the sum, by what the volume counts.
_CAUSES: Mapping[tuple[Factor, str], tuple[Message, Message]] = {
    (Factor.VOLUME, "finished_deals"): (msg("fewer deals finished"), msg("more deals finished")),
    (Factor.VOLUME, "deals"): (msg("fewer deals"), msg("more deals")),
    (Factor.VOLUME, "invoices"): (msg("fewer invoices"), msg("more invoices")),
    (Factor.VOLUME, ""): (msg("a smaller number"), msg("a larger number")),
    (Factor.MIX, ""): (
        msg("a less favourable mix of segments"),
        msg("a better mix of segments"),
    ),
    (Factor.RATE, "finished_deals"): (msg("a lower win rate"), msg("a better win rate")),
    (Factor.RATE, "invoices"): (msg("a lower margin rate"), msg("a better margin rate")),
    (Factor.RATE, ""): (msg("a lower rate"), msg("a better rate")),
    (Factor.VALUE, "finished_deals"): (msg("smaller won deals"), msg("larger won deals")),
    (Factor.VALUE, "deals"): (msg("smaller deals"), msg("larger deals")),
    (Factor.VALUE, "invoices"): (msg("smaller invoices"), msg("larger invoices")),
    (Factor.VALUE, ""): (msg("a smaller average"), msg("a larger average")),
}


def _cause(one: FactorEffect, factors: Factors) -> Message:
    """Return what a factor did, in words."""
    words = _CAUSES.get((one.factor, factors.volume_of or "")) or _CAUSES[one.factor, ""]
    change = None if one.before is None or one.after is None else one.after - one.before
    if one.factor is Factor.VOLUME and change:
        # more of what loses money lowers the sum, and is more nevertheless
        return words[change > 0]
    what = words[one.effect > 0]
    if change and (change > 0) is not (one.effect > 0) and factors.mix_by:
        # the whole went one way because of the mix, the segments themselves the other
        return msg("{what}, segment by segment", what=what)
    return what

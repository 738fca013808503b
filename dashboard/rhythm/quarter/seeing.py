"""A quarterly review as somebody may read it, and what it decided as the minutes keep it. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.rhythm.quarter.model import Item, Part, QuarterReview, VerdictLine, WorkNumbers
from pipelines.actor import Scope


def verdict_lines(review: QuarterReview) -> tuple[VerdictLine, ...]:
    """Return what a review decided, in the order of its passes."""
    return tuple(
        VerdictLine(
            one.subject,
            one.part,
            one.name,
            one.decided.way,
            one.decided.reason,
            one.decided.change,
            one.decided.decided_by,
            one.confidential,
        )
        for one in review.items
        if one.decided is not None
    )


def as_seen(review: QuarterReview, scope: Scope, *, together: bool) -> QuarterReview:
    """Return a review as somebody may read it.

    Args:
        together: In a meeting they take part in: it talks about everybody's work.
    """
    with_verdicts = tells_decisions(review, scope, together=together)

    def items(found: tuple[Item, ...]) -> Iterator[Item]:
        for one in found:
            if one.part is Part.WORK and not together and not scope.sees(one.owner):
                continue
            seen = item_as_seen(one, scope, together=together)
            if seen is not None:
                yield seen if with_verdicts else replace(seen, earlier=None)

    return replace(
        review,
        kpis=tuple(items(review.kpis)),
        work=tuple(items(review.work)),
        rituals=tuple(items(review.rituals)),
    )


def tells_decisions(review: QuarterReview, scope: Scope, *, together: bool) -> bool:
    """Tell whether somebody reads what meetings decided.

    A page that is read without a meeting tells it to nobody who sees only themselves.
    """
    return together or scope.people is None or review.meeting_id is not None


def item_as_seen(item: Item, scope: Scope, *, together: bool) -> Item | None:
    """Return one item as somebody may read it who may know of it; None: they may not."""
    if item.confidential and not scope.margins:
        return None
    seen = item if scope.margins else _without_margins(item)
    if scope.people is not None and not together:
        seen = _without_colleagues(seen)
    owner = item.owner if item.part is Part.WORK or scope.sees(item.owner) else None
    return replace(seen, owner=owner)


def _without_colleagues(item: Item) -> Item:
    """Return an item without what it tells about the work of others."""
    work = item.work
    if work is None:
        return item
    return replace(
        item,
        facts=tuple(replace(one, said=one.discreet or one.said) for one in item.facts),
        work=replace(
            work,
            unjudged=work.discreet or work.unjudged,
            effect=work.effect and replace(work.effect, together=()),
        ),
    )


def _without_margins(item: Item) -> Item:
    """Return an item without what it tells about costs and margins."""
    if not any(one.confidential for one in item.facts):
        return item
    work, kpi = item.work, item.kpi
    return replace(
        item,
        facts=tuple(one for one in item.facts if not one.confidential),
        work=work and _without_kpi(work),
        kpi=kpi and replace(kpi, lagged=tuple(one for one in kpi.lagged if not one.confidential)),
    )


def _without_kpi(work: WorkNumbers) -> WorkNumbers:
    """Return what was done without what it was to move."""
    return replace(
        work,
        kpi=None,
        kpi_name=None,
        unit=None,
        currency=None,
        effect=None,
        unjudged=None,
        because=None,
    )

"""What closed reviews decided, beside what other meetings did: a list of decisions."""

from collections.abc import Iterable, Iterator, Mapping

from dashboard.rhythm.action import Action
from dashboard.rhythm.gap_review.decision import response_name
from dashboard.rhythm.gap_review.model import GapReview
from dashboard.rhythm.meeting.life import At, Decided, Standing
from dashboard.rhythm.meeting.lives import carried_out
from dashboard.rhythm.meeting.reading import MeetingLine
from dashboard.rhythm.quarter.model import Item, QuarterReview
from dashboard.rhythm.quarter.target_words import aimed
from dashboard.rhythm.quarter.words import way_name, why
from pipelines.context import Context
from pipelines.people.names import names_at

_Carried = Mapping[int, tuple[Action, Standing]]


def decided_in(
    context: Context, reviews: Iterable[tuple[MeetingLine, GapReview | QuarterReview]]
) -> tuple[Decided, ...]:
    """Return what closed reviews decided, in their order.

    Args:
        reviews: As whoever reads may see them.
    """
    carried = context.store.read(
        lambda cursor: carried_out(cursor, names_at(cursor), context.today())
    )
    found: list[Decided] = []
    for line, review in reviews:
        at = At(line.meeting_id, line.kind, line.held_on, readable=True)
        if isinstance(review, GapReview):
            found += _about_gaps(review, at, carried)
        else:
            found += _verdicts(review, at)
    return tuple(found)


def kpi_of(item: Item) -> str | None:
    """Return the key of the KPI that an item of a quarterly review is about; None: none."""
    if item.work is not None:
        return item.work.kpi
    return item.kpi.key if item.kpi else None


def _about_gaps(review: GapReview, at: At, carried: _Carried) -> Iterator[Decided]:
    for one in review.decisions:
        gap, given = review.gap(one.kpi), one.action
        action, standing = carried.get(given.action_id if given else 0, (None, None))
        now = action or given
        yield Decided(
            f"gap {at.meeting_id} {one.kpi}",
            now.title if now else one.reason or "",
            at,
            now.owner if now else None,
            now.due_on if now else None,
            action.done_on if action else None,
            kpi=one.kpi,
            standing=standing,
            action_id=given.action_id if given else None,
            about=gap.definition.name if gap else None,
            way=response_name(one.response),
            decided_by=one.decided_by,
            target=aimed(one.target, gap.definition.unit, gap.currency)
            if gap and one.target
            else None,
        )


def _verdicts(review: QuarterReview, at: At) -> Iterator[Decided]:
    for item in review.items:
        one = item.decided
        if one is None:
            continue
        yield Decided(
            f"verdict {at.meeting_id} {item.subject}",
            why(one.reason, one.change),
            at,
            kpi=kpi_of(item),
            about=item.name,
            way=way_name(one.way),
            decided_by=one.decided_by,
        )

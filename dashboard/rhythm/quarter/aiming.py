"""From which day on the targets of a draft hold, and what becomes of those set before. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import dropwhile, pairwise

from dashboard.rhythm.quarter.draft import Draft, DraftTarget, LaterTarget, says
from pipelines.kpis.target import Target, TargetRequest, in_force, turns
from pipelines.periods import Calendar, Grain, Period


def first_day(quarter: Period, today: date, calendar: Calendar) -> date:
    """Return the first day of targets that change with a quarter.

    Its own, if that lies ahead, else that of the running week: finished weeks keep what they had.
    """
    return max(quarter.start, calendar.period(Grain.WEEK, today).start)


def last_aimed(targets: Sequence[Target], key: str, begins: date) -> Target | None:
    """Return the company's target of a KPI on a day, else the next one, else the last one."""
    own = _company(targets, key)
    ahead = (held for _, held in turns(own, begins) if held is not None)
    return next(ahead, None) or _last(own)


def dated(draft: Draft, targets: Sequence[Target], begins: date) -> Draft:
    """Return a draft whose targets say from when they hold, and what was decided for later.

    Args:
        targets: Every target that was ever set.
        begins: See ``first_day``.
    """
    return replace(
        draft,
        aims_from=begins,
        targets=tuple(_dated(one, _company(targets, one.key), begins) for one in draft.targets),
    )


def requests(draft: Draft, targets: Sequence[Target], reason: str) -> Iterator[TargetRequest]:
    """Yield the targets that have to be set for a dated draft to hold; nothing for one that stays.

    One that stays, but ends within the quarter with nothing after it, is prolonged.
    """
    begins = draft.aims_from or draft.quarter.start
    for one in draft.targets:
        course = _aimed(_company(targets, one.key), begins)
        if not one.stays:
            yield request_of(one, begins, reason=reason)
            continue
        for (day, held), (end, _) in pairwise([*course, (None, None)]):
            if held is None and day is not None and day < draft.quarter.end:
                yield request_of(one, day, end, reason=reason)


def request_of(
    target: DraftTarget, begins: date, ends: date | None = None, *, reason: str | None = None
) -> TargetRequest:
    """Return a target of a draft as it is set."""
    return TargetRequest(
        key=target.key,
        value=target.value,
        max_value=target.max_value,
        at_most=target.at_most,
        per=target.per,
        valid_from=begins,
        valid_to=ends,
        reason=reason,
    )


def _company(targets: Sequence[Target], key: str) -> list[Target]:
    return [one for one in targets if one.key == key and one.whose is None]


def _aimed(own: Sequence[Target], begins: date) -> list[tuple[date, Target | None]]:
    """Return what is aimed at from a day on, from the first target on."""
    return list(dropwhile(lambda turn: turn[1] is None, turns(own, begins)))


def _dated(one: DraftTarget, own: Sequence[Target], begins: date) -> DraftTarget:
    steps = [(day, held) for day, held in _aimed(own, begins) if held is not None]
    first = next((held for _, held in steps), None)
    stays = first is not None and says(first) == says(one)
    after = steps[1:] if stays else [(day, held) for day, held in steps if day > begins]
    past = [each for each in own if each.valid_from < begins]
    former = in_force(own, begins) or _last(past)
    before = in_force(own, first.valid_from - timedelta(days=1)) if first and stays else None
    return replace(
        one,
        stays=stays,
        valid_from=first.valid_from if first and stays else begins,
        later=tuple(_decided_before(day, held) for day, held in after),
        former=_decided_before(former.valid_from, former) if former else None,
        before=_decided_before(before.valid_from, before)
        if before and says(before) != says(one)
        else None,
    )


def _last(targets: Sequence[Target]) -> Target | None:
    """Return the target that began last, of those that were not taken back."""
    held = [one for one in targets if not one.taken_back]
    return max(held, key=lambda one: (one.valid_from, one.target_id), default=None)


def _decided_before(day: date, held: Target) -> LaterTarget:
    return LaterTarget(day, held.value, held.max_value, held.at_most, held.per)

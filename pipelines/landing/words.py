"""Where a chance comes from, and what a landing leaves out, in words. Pure."""

from pipelines.errors import Message, msg, msg_plural
from pipelines.landing.columns import day_of
from pipelines.landing.forecast import MIN_EARLIER, Forecast

#: With fewer deals alike, what became of all deals says more.
_FEW = 10
#: A smaller change is not worth a sentence.
_NOTABLE = 0.02


def rests_on_few(found: Forecast, place: int) -> int | None:
    """Return on how many earlier deals the chance of an open one rests if they are too few."""
    few = int(found.anywhere[place])
    return None if found.settled[place] or few >= _FEW else few


def reason(found: Forecast, place: int, stage: str, closed: int, *, money: bool) -> Message:
    """Return where the chance of an open deal comes from.

    Args:
        closed: The day on which it is won or lost, as ``columns`` count days, where a file tells.
    """
    if money and not found.priced[place]:
        return msg("The files tell no amount for it: it counts as nothing.")
    if found.settled[place]:
        return msg(
            "The files close it on {day} already: nothing about it is left to chance.",
            day=day_of(closed),
        )
    days, alike = int(found.open.days_there[place]), int(found.alike[place])
    curve, chance = float(found.curve[place]), float(found.chance[place])
    if stage and rests_on_few(found, place) is not None:
        return msg_plural(
            "Few earlier deals were in any stage for more than {count} day: little is known about"
            " it.",
            "Few earlier deals were in any stage for more than {count} days: little is known about"
            " it.",
            days,
        )
    said = _by_stage(stage, days, alike, round(100 * curve))
    if abs(chance - curve) < _NOTABLE:
        return said
    return msg("{reason} {size}", reason=said, size=_by_size(found.size.slope, chance > curve))


def _by_stage(stage: str, days: int, alike: int, percent: int) -> Message:
    if stage and alike < _FEW:
        return msg_plural(
            "Few earlier deals were in “{stage}” for more than {count} day: the chance leans on"
            " deals of all stages.",
            "Few earlier deals were in “{stage}” for more than {count} days: the chance leans on"
            " deals of all stages.",
            days,
            stage=stage,
        )
    if stage:
        return msg_plural(
            "Of {alike} earlier deals that were in “{stage}” for more than {count} day, about"
            " {percent}% were won within the time that is left.",
            "Of {alike} earlier deals that were in “{stage}” for more than {count} days, about"
            " {percent}% were won within the time that is left.",
            days,
            alike=alike,
            stage=stage,
            percent=percent,
        )
    if alike < _FEW:
        return msg_plural(
            "Few earlier deals were open for more than {count} day: little is known about it.",
            "Few earlier deals were open for more than {count} days: little is known about it.",
            days,
        )
    return msg_plural(
        "Of {alike} earlier deals that were open for more than {count} day, about {percent}% were"
        " won within the time that is left.",
        "Of {alike} earlier deals that were open for more than {count} days, about {percent}% were"
        " won within the time that is left.",
        days,
        alike=alike,
        percent=percent,
    )


def _by_size(slope: float, more: bool) -> Message:  # noqa: FBT001 - one of two sentences
    if more:
        return (
            msg("Deals as small as this one were won more often.")
            if slope < 0
            else msg("Deals as large as this one were won more often.")
        )
    return (
        msg("Deals as large as this one were won less often.")
        if slope < 0
        else msg("Deals as small as this one were won less often.")
    )


def left_out(found: Forecast, earlier: int, vanished: int, *, money: bool) -> tuple[Message, ...]:
    """Return what a landing leaves out or takes for granted.

    Args:
        earlier: How many earlier periods there are.
        vanished: How many of the open deals a full export no longer holds.
    """
    notes = []
    if earlier < MIN_EARLIER:
        notes.append(
            msg(
                "What deals that are not there yet will still bring is left out: it takes"
                " {fewest} earlier periods to know.",
                fewest=MIN_EARLIER,
            )
        )
    unpriced = len(found.priced) - int(found.priced.sum())
    if money and unpriced:
        notes.append(
            msg_plural(
                "{count} open deal has no amount and counts as nothing.",
                "{count} open deals have no amount and count as nothing.",
                unpriced,
            )
        )
    if vanished:
        notes.append(
            msg_plural(
                "{count} open deal is no longer in the newest full export; it counts.",
                "{count} open deals are no longer in the newest full export; they count.",
                vanished,
            )
        )
    return tuple(notes)


def too_few(finished: int) -> Message:
    """Return why a landing falls back on the rate to date."""
    return msg_plural(
        "Only {count} deal was won or lost so far: too few to know what becomes of open ones. What"
        " there is to date goes on at the same rate instead.",
        "Only {count} deals were won or lost so far: too few to know what becomes of open ones."
        " What there is to date goes on at the same rate instead.",
        finished,
    )


def present_amounts(count: int) -> Message:
    """Return what a landing of a past day takes from later files."""
    return msg_plural(
        "No export of that time tells what {count} of the open deals was worth: it counts with"
        " the amount in the first one that has it.",
        "No export of that time tells what {count} of the open deals were worth: they count with"
        " the amounts in the first one that has them.",
        count,
    )

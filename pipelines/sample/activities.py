"""Meetings, calls, e-mails and tasks of five people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pipelines.sample import company
from pipelines.sample.deals import Deal
from pipelines.sample.dice import Dice
from pipelines.sample.planted import NO_SHOWS_BEFORE, NO_SHOWS_SINCE, Planted
from pipelines.sample.stuck import Stuck
from pipelines.sample.workdays import pace, workdays

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_EPOCH = date(2015, 1, 5)
_WEEKS_PLANNED_AHEAD = 2

MEETING, CALL, EMAIL, TASK = "Réunion", "Appel", "E-mail", "Tâche"
SCHEDULED, COMPLETED, NO_SHOW = "Scheduled", "Completed", "No show"
CANCELED, RESCHEDULED = "Canceled", "Rescheduled"

#: Meetings a person books in a full week, and how much that varies.
_BOOKED = dict.fromkeys(company.PEOPLE, (3, 4)) | {company.OPENER: (13, 15)}
_OTHER_A_WEEK = {CALL: 4.0, EMAIL: 2.0, TASK: 1.5}
_TITLES = {
    MEETING: ("Rencontre", "Prise de mesures", "Présentation de la soumission", "Visite d'atelier"),
    CALL: ("Appel de suivi", "Relance de la soumission"),
    EMAIL: ("Envoi des plans", "Confirmation des délais"),
    TASK: ("Préparer la soumission", "Vérifier les dimensions"),
}


@dataclass(frozen=True)
class Activity:
    """One line of the activities export.

    Attributes:
        outcome: Of a meeting; "" for everything else.
        deal: Record id of the opportunity; None if it is about none.
    """

    number: int
    kind: str
    title: str
    at: datetime
    owner: str
    outcome: str
    deal: int | None


def activities(planted: Planted, deals: Sequence[Deal], stuck: Stuck) -> list[Activity]:
    """Return what an export on the morning of today holds, in order of time.

    Args:
        planted: The story's dates.
        deals: The ordinary deals of the CRM; meetings are about those open on their day.
        stuck: The planted deals, whose few activities are planted too.
    """
    found: list[Activity] = []
    monday = planted.first_day
    while monday < planted.monday + _WEEKS_PLANNED_AHEAD * _WEEK:
        found += _meetings(planted, monday)
        if monday <= planted.monday:
            found += _others(monday)
        monday += _WEEK
    found = [a for a in found if a.kind == MEETING or a.at.date() < planted.today]
    told = [*_linked(found, deals), *_about_stuck(planted, stuck)]
    told.sort(key=lambda activity: (activity.at, activity.owner, activity.title))
    return list(_numbered(told))


def _meetings(planted: Planted, monday: date) -> list[Activity]:
    booked = sorted(_booked(monday), key=lambda meeting: (meeting.at, meeting.owner))
    fates = _fates(planted, monday, booked)
    return [
        replace(meeting, outcome=SCHEDULED if meeting.at.date() >= planted.today else fate)
        for meeting, fate in zip(booked, fates, strict=True)
    ]


def _booked(monday: date) -> Iterator[Activity]:
    days = list(workdays(monday, monday + _WEEK))
    for owner in company.PEOPLE:
        dice = Dice("meetings", monday, owner)
        count = dice.around(dice.between(*_BOOKED[owner]) * _capacity(monday))
        slots = dice.shuffled([(day, half) for day in days for half in range(16)])
        for day, half in slots[:count]:
            at = datetime.combine(day, time(8 + (half + 1) // 2, 30 * ((half + 1) % 2)))
            yield Activity(0, MEETING, dice.pick(_TITLES[MEETING]), at, owner, "", None)


def _capacity(monday: date) -> float:
    """How much of a full week's meetings a week takes: a lone holiday costs less than its day."""
    paces = [pace(day) for day in workdays(monday, monday + _WEEK)]
    share = sum(paces) / 5
    return share if any(p < 1 for p in paces) else 0.5 + 0.5 * share


def _fates(planted: Planted, monday: date, booked: Sequence[Activity]) -> list[str]:
    """Return what becomes of each meeting of a week.

    The shares are kept week by week rather than drawn meeting by meeting, so that routine
    variation stays small enough for a signal to mean something.
    """
    lost = {
        place
        for place, meeting in enumerate(booked)
        if monday == planted.lost_week and meeting.owner == company.OPENER
    }
    dice = Dice("fates", monday)
    order = dice.shuffled([place for place in range(len(booked)) if place not in lost])
    since = monday >= planted.reminders_since
    count = len(order)
    canceled = dice.around(0.05 * count)
    rescheduled = dice.around(0.04 * count)
    kept = count - canceled - rescheduled
    share = NO_SHOWS_SINCE if since else NO_SHOWS_BEFORE
    no_shows = dice.around(share * kept, spread=min(2.0, share * kept))
    words = [CANCELED] * canceled + [RESCHEDULED] * rescheduled + [NO_SHOW] * no_shows
    fates = dict.fromkeys(lost, CANCELED) | dict(zip(order, words, strict=False))
    return [fates.get(place, COMPLETED) for place in range(len(booked))]


def _others(monday: date) -> Iterator[Activity]:
    days = list(workdays(monday, monday + _WEEK))
    dice = Dice("others", monday)
    for kind, mean in _OTHER_A_WEEK.items():
        for _ in range(dice.around(mean * _capacity(monday), spread=1.0)):
            at = datetime.combine(dice.pick(days), time(8 + dice.between(0, 8), 15))
            owner, title = dice.pick(company.PEOPLE), dice.pick(_TITLES[kind])
            yield Activity(0, kind, title, at, owner, "", None)


def _linked(found: Sequence[Activity], deals: Sequence[Deal]) -> Iterator[Activity]:
    """Give three of four activities an opportunity that their owner had open on that day."""
    open_deals = _open_by_day(deals)
    for activity in found:
        dice = Dice("link", activity.at, activity.owner, activity.title)
        candidates = open_deals.get((activity.owner, activity.at.date()), ())
        if not candidates or dice.chance(0.25):
            yield activity
        else:
            deal = dice.pick(candidates)
            title = f"{activity.title} – {deal.account.name}"
            yield replace(activity, deal=deal.number, title=title)


def _open_by_day(deals: Sequence[Deal]) -> Mapping[tuple[str, date], Sequence[Deal]]:
    found: dict[tuple[str, date], list[Deal]] = {}
    for deal in deals:
        day, closed = deal.created.date(), deal.steps[-1].at.date()
        while day < closed:
            day += _DAY
            found.setdefault((deal.owner, day), []).append(deal)
    return found


def _numbered(found: Sequence[Activity]) -> Iterator[Activity]:
    today, index = date.min, 0
    for activity in found:
        day = activity.at.date()
        index = index + 1 if day == today else 0
        today = day
        number = 51_200_000_000 + (day - _EPOCH).days * 1_000 + index * 7
        yield replace(activity, number=number)


def _about_stuck(planted: Planted, stuck: Stuck) -> Iterator[Activity]:
    for deal in stuck.all:
        first, second, *_ = (step.at for step in deal.steps)
        for at, title in ((first, "Rencontre"), (second, "Présentation de la soumission")):
            yield _planted(deal, MEETING, f"{title} – {deal.account.name}", at, COMPLETED)
    slipping = stuck.slipping
    for before, after in zip(slipping.forecasts, slipping.forecasts[1:], strict=False):
        at = datetime.combine(after.since, time(16, 15))
        title = f"Date de fermeture repoussée du {before.close} au {after.close}"
        yield _planted(slipping, TASK, title, at, "")
    at = datetime.combine(planted.reminders_since, time(8, 15))
    title = "Mise en service des rappels par texto la veille des rendez-vous"
    yield Activity(0, TASK, title, at, company.OPENER, "", None)


def _planted(deal: Deal, kind: str, title: str, at: datetime, outcome: str) -> Activity:
    return Activity(0, kind, title, at, deal.owner, outcome, deal.number)

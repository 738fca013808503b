"""What to ask about a deal, and what the question rests on. Pure."""

from dataclasses import dataclass
from datetime import date

from pipelines.errors import Message, msg, msg_plural
from pipelines.funnel.model import USUAL_SHARE, Basis, Concern, Deal, Pace, Question

#: A deal that lost this share of its amount since the first day is asked about.
SHRUNK = 0.2
_HUNDRED = 100
_USUAL = round(USUAL_SHARE * _HUNDRED)


@dataclass(frozen=True)
class Signs:
    """What is known about a deal that may be worth a question.

    Attributes:
        last_activity_on: None: never; without ``activities_known``, not known.
        slips: How often its close date was seen moving later.
        first_close_on: The first of the dates that it slipped from.
        shrunk: The share of its amount that it lost since the first day.
        day: The later day of the review.
        since: Its first day.
    """

    deal: Deal
    pace: Pace | None
    last_activity_on: date | None
    activities_known: bool
    slips: int
    first_close_on: date | None
    shrunk: float
    day: date
    since: date
    concerns: tuple[Concern, ...]


def question(signs: Signs) -> Question:
    """Return what to ask about a deal with one concern or more."""
    deal = signs.deal
    facts = [fact for concern in signs.concerns for fact in _facts(concern, signs)]
    return Question(
        deal,
        signs.concerns,
        _asked(signs.concerns[0], signs),
        tuple(facts),
        _title(signs.concerns[0], deal),
        _obstacle(signs.concerns[0], deal),
    )


def _asked(concern: Concern, signs: Signs) -> Message:
    name = signs.deal.called
    match concern:
        case Concern.SLIPPING:
            return _when(signs)
        case Concern.STALLED:
            return _who(signs.deal)
        case Concern.VANISHED:
            asked = msg("What became of “{deal}”, and who took it out of the CRM?", deal=name)
        case Concern.PAST_CLOSE:
            asked = msg(
                "By when can “{deal}” really sign, and what has to happen before?", deal=name
            )
        case Concern.SHRUNK:
            asked = msg("What does the customer no longer want in “{deal}”, and why?", deal=name)
        case Concern.NO_STEP:
            asked = msg("What is the next step for “{deal}”, on which day, and by whom?", deal=name)
    return asked


def _when(signs: Signs) -> Message:
    close_on = signs.deal.expected_close_on
    if close_on is not None and close_on >= signs.day:
        return msg(
            "What has to happen for “{deal}” to sign before {day}, and why this time?",
            deal=signs.deal.called,
            day=close_on,
        )
    return msg(
        "What has to happen for “{deal}” to sign, and why was it put off again?",
        deal=signs.deal.called,
    )


def _who(deal: Deal) -> Message:
    if deal.account:
        return msg(
            "Who at {account} still wants “{deal}”, and what are they waiting for?",
            account=deal.account,
            deal=deal.called,
        )
    return msg("Who still wants “{deal}”, and what are they waiting for?", deal=deal.called)


def _title(concern: Concern, deal: Deal) -> Message:
    match concern:
        case Concern.VANISHED:
            return msg("Find out what became of {deal}", deal=deal.called)
        case Concern.SLIPPING:
            return msg("Agree with the customer what has to happen for {deal}", deal=deal.called)
        case Concern.STALLED:
            return msg("Ask the customer whether {deal} goes on", deal=deal.called)
        case Concern.PAST_CLOSE:
            return msg("Agree on a date with the customer for {deal}", deal=deal.called)
        case Concern.SHRUNK:
            return msg("Ask the customer what changed in {deal}", deal=deal.called)
        case Concern.NO_STEP:
            return msg("Agree on the next step for {deal}", deal=deal.called)


def _obstacle(concern: Concern, deal: Deal) -> Message:
    match concern:
        case Concern.VANISHED:
            return msg("{deal}: gone from the CRM", deal=deal.called)
        case Concern.SLIPPING:
            return msg("{deal}: put off again", deal=deal.called)
        case Concern.STALLED:
            return msg("{deal}: stands still", deal=deal.called)
        case Concern.PAST_CLOSE:
            return msg("{deal}: should have closed by now", deal=deal.called)
        case Concern.SHRUNK:
            return msg("{deal}: the customer wants less of it", deal=deal.called)
        case Concern.NO_STEP:
            return msg("{deal}: nobody knows the next step", deal=deal.called)


def _facts(concern: Concern, signs: Signs) -> list[Message]:
    match concern:
        case Concern.VANISHED:
            return [
                msg("The newest export no longer holds it, though it was neither won nor lost.")
            ]
        case Concern.SLIPPING:
            return _slips(signs)
        case Concern.STALLED:
            pace = [pace_words(signs.pace)] if signs.pace else []
            return [*pace, *_silence(signs)]
        case Concern.PAST_CLOSE:
            return [msg("It was expected to close on {day}.", day=signs.deal.expected_close_on)]
        case Concern.SHRUNK:
            share = round(signs.shrunk * _HUNDRED)
            return [
                msg(
                    "It lost {share}% of its amount since {day}.",
                    share=share,
                    day=signs.since,
                )
            ]
        case Concern.NO_STEP:
            return [msg("Nothing is planned for it in the CRM.")]


def _slips(signs: Signs) -> list[Message]:
    if not signs.first_close_on:
        return []
    return [
        msg_plural(
            "Its expected close date moved once, from {first} to {now}.",
            "Its expected close date moved {count} times, from {first} to {now}.",
            count=signs.slips,
            first=signs.first_close_on,
            now=signs.deal.expected_close_on,
        )
    ]


def pace_words(pace: Pace) -> Message:
    """Return how long a deal has been somewhere, beside what is usual."""
    match pace.basis:
        case Basis.STAGE:
            return msg_plural(
                "It has been in “{stage}” for {count} day; {share}% of the deals that we won had left"
                " it, or were signed, within {usual} days.",
                "It has been in “{stage}” for {count} days; {share}% of the deals that we won had left"
                " it, or were signed, within {usual} days.",
                count=pace.days,
                stage=pace.stage,
                usual=pace.usual_days,
                share=_USUAL,
            )
        case Basis.SINCE:
            return msg_plural(
                "It entered “{stage}” {count} day ago; {share}% of the deals that we won were signed"
                " within {usual} days of it.",
                "It entered “{stage}” {count} days ago; {share}% of the deals that we won were signed"
                " within {usual} days of it.",
                count=pace.days,
                stage=pace.stage,
                usual=pace.usual_days,
                share=_USUAL,
            )
        case Basis.LIFE:
            return msg_plural(
                "It is {count} day old; {share}% of the deals that we won were signed within {usual}"
                " days.",
                "It is {count} days old; {share}% of the deals that we won were signed within {usual}"
                " days.",
                count=pace.days,
                usual=pace.usual_days,
                share=_USUAL,
            )


def _silence(signs: Signs) -> list[Message]:
    if not signs.activities_known:
        return []
    if signs.last_activity_on is None:
        return [msg("The files hold no activity for it.")]
    return [msg("The last activity was on {day}.", day=signs.last_activity_on)]

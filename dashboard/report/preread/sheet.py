"""What to read before a meeting, in words. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard import format as fmt
from dashboard.report.preread import month, quarter, shared, week
from dashboard.report.sheet import Fact, Part, Sentence, Sheet
from dashboard.rhythm.meeting.words import purpose_name
from dashboard.rhythm.pact.words import Around
from dashboard.rhythm.preread.model import Month, Preread, Quarter, Week
from dashboard.rhythm.series import kind_name
from dashboard.text import Language, listed, render, text


def preread_sheet(value: Preread, around: Around, *, beside_agenda: bool = False) -> Sheet:
    """Return everything that is to be read before a meeting, in the language of ``around``.

    Args:
        beside_agenda: It stands beside the meeting itself: who is invited and what is on the
            agenda is seen there.
    """
    language = around.language
    lead, parts = _told(value, around)
    agenda = () if beside_agenda else (shared.points, shared.agenda)
    return Sheet(
        language,
        value.company,
        render(kind_name(value.kind), language),
        text("To read before {day}", language, day=fmt.full_day(value.held_on, language)),
        tuple(lead),
        () if beside_agenda else _facts(value, language),
        # what is one page of a paper for others is read in one go here
        tuple(
            replace(part, new_page=False)
            for part in (*parts, *(made(value, language) for made in agenda))
            if part is not None
        ),
        text("Cap 90 · made from the data of the moment", language),
        value.held_on,
    )


def _told(value: Preread, around: Around) -> tuple[Iterable[Sentence], Iterable[Part | None]]:
    """Return what a meeting of its kind has to say."""
    match value.about:
        case Week() as about:
            return week.lead(value, about, around), week.parts(value, about, around)
        case Month() as about:
            return month.lead(value, about, around), month.parts(value, about, around)
        case Quarter() as about:
            return quarter.lead(value, about, around), quarter.parts(value, about, around)


def _facts(value: Preread, language: Language) -> tuple[Fact, ...]:
    whole = sum(section.minutes for section in value.sections)
    found = (
        (text("Purpose", language), render(purpose_name(value.purpose), language)),
        (text("Duration", language), fmt.minutes(whole, language) if whole else ""),
        (text("Led by", language), value.chair or ""),
        (text("Invited", language), listed(value.invited, language)),
    )
    return tuple(Fact(label, said) for label, said in found if said)

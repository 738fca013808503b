"""What somebody is written after a meeting: their own commitments first. Pure."""

from dashboard import format as fmt
from dashboard.report.minutes_gaps import decided_lines
from dashboard.report.minutes_parts import decisions, due_column, kept_words, title_of
from dashboard.report.minutes_title import kicker_of, review_name, title_of_minutes
from dashboard.report.minutes_verdicts import next_quarter_facts, verdict_lines
from dashboard.report.sheet import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Part,
    Sentence,
    Sheet,
    Table,
)
from dashboard.rhythm.meeting.keeping import kept_of
from dashboard.rhythm.meeting.minutes import Minutes, TaskLine
from dashboard.rhythm.meeting.model import BlockerStatus
from dashboard.text import Language, text


def minutes_letter(minutes: Minutes, name: str, language: Language) -> Sheet:
    """Return a letter about a meeting: what its reader does by when, then what was decided.

    Args:
        minutes: As the reader may see them; they come along in full.
        name: Of the reader, who may not have been there.
    """
    parts = (_yours(minutes, name, language), decisions(minutes, language))
    return Sheet(
        language,
        minutes.company,
        kicker_of(minutes, language),
        title_of_minutes(minutes, language),
        (_opening(minutes, name, language),),
        (),
        (*(part for part in parts if part is not None), _in_short(minutes, language)),
        text("Attached: the minutes in full, and your own dates for your calendar.", language)
        if has_dates(minutes, name)
        else text("Attached: the minutes in full.", language),
        minutes.held_on,
    )


def has_dates(minutes: Minutes, name: str) -> bool:
    """Tell whether there is a date for somebody's calendar."""
    return minutes.next_on is not None or bool(_tasks(minutes, name))


def subject_of(minutes: Minutes, language: Language) -> str:
    """Return what stands above the letter in somebody's mailbox."""
    if minutes.reviewed is not None:
        name = review_name(minutes, language)
        return text("{company}: {name}", language, company=minutes.company, name=name)
    return text(
        "{company}: minutes of {day}",
        language,
        company=minutes.company,
        day=fmt.day(minutes.held_on, language),
    )


def _opening(minutes: Minutes, name: str, language: Language) -> Sentence:
    if name in minutes.absent:
        return Sentence(
            text("{name}, you were not there; this is what was agreed.", language, name=name)
        )
    return Sentence(text("{name}, this is what was agreed.", language, name=name))


def _yours(minutes: Minutes, name: str, language: Language) -> Part:
    """Return what is theirs: what they had open before, for absent people too."""
    theirs = _tasks(minutes, name)
    blocks: tuple[Block, ...] = (
        (_dated(theirs, minutes, language),)
        if theirs
        else (Sentence(text("You have nothing to do by the next meeting.", language), "quiet"),)
    )
    return Part(text("What you do", language), blocks)


def _tasks(minutes: Minutes, name: str) -> list[TaskLine]:
    return [one for one in minutes.tasks if one.owner == name]


def _dated(lines: list[TaskLine], minutes: Minutes, language: Language) -> Table:
    """Return what somebody does by when, without saying their name on each line."""
    columns = (
        Column(text("Action", language), wide=True),
        due_column(language),
    )
    late = text("late", language)
    rows = tuple(
        (
            Cell(one.title),
            Cell(fmt.dated(one.due_on, language), late, "alert")
            if one.due_on < minutes.held_on
            else Cell(fmt.dated(one.due_on, language)),
        )
        for one in lines
    )
    return Table(columns, rows)


def _in_short(minutes: Minutes, language: Language) -> Part:
    waiting = [
        f"{title_of(one, language)} ({fmt.dated(one.parked_until, language)}, {one.forum or '–'})"
        for one in minutes.blockers
        if one.status is BlockerStatus.PARKED and one.parked_until is not None
    ]
    others = [f"{one.title} ({one.owner})" for one in minutes.actions]
    following = [f"{one.label} – {one.text}" for one in next_quarter_facts(minutes, language)]
    found = (
        (text("Gaps", language), "\n".join(decided_lines(minutes, language))),
        (text("Keep, change or drop", language), "\n".join(verdict_lines(minutes, language))),
        (text("The next quarter", language), "\n".join(following)),
        (text("New actions", language), "\n".join(others)),
        (text("Due since the last meeting", language), kept_words(kept_of(minutes), language)),
        (text("On hold", language), "\n".join(waiting)),
        (text("Wins", language), "\n".join(one.text for one in minutes.wins)),
        (
            text("Next meeting", language),
            fmt.full_day(minutes.next_on, language) if minutes.next_on else "",
        ),
    )
    facts = tuple(Fact(label, said) for label, said in found if said)
    return Part(text("In short", language), (Facts(facts),))

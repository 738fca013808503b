"""What people write down together: one text for each subject.

Everybody writes into the same fields. A text carries the version that its writer saw; where
somebody else wrote in the meantime, nothing is overwritten: the refusal holds both texts, and
whoever wrote last decides what becomes of them.
"""

from dataclasses import replace

from dashboard.rhythm.meeting import typed
from dashboard.rhythm.meeting.agenda import known_item
from dashboard.rhythm.meeting.model import Blocker, Note, Step
from dashboard.rhythm.meeting.placing import blocker_of, known_blocker, known_section
from dashboard.rhythm.meeting.rows import read_blocker_notes, read_notes
from dashboard.rhythm.meeting.seat import Seat, take_seat
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Conflict, Problem, Refused, msg
from pipelines.kpis.catalogue import catalogue, shows_margins


class TextConflict(Conflict):
    """Somebody else wrote about the same subject in the meantime; nothing was written.

    Attributes:
        mine_text: What was to be saved, as it was typed.
        theirs_text: What stands there; ``version`` is its version.
    """

    def __init__(self, now: Note, mine_text: str) -> None:
        mine = msg("“{text}”", text=typed.beginning(mine_text))
        theirs = msg("“{text}”", text=typed.beginning(now.text))
        what = (
            msg("{author} wrote here in the meantime.", author=now.author)
            if now.author
            else msg("Somebody wrote here in the meantime.")
        )
        hint = msg("Both texts are kept: choose one, or join them.")
        super().__init__(
            Problem(what, hint=hint),
            mine=mine,
            theirs=theirs,
            version=now.version,
            by=now.author,
            at=now.changed_at,
        )
        self.mine_text = mine_text
        self.theirs_text = now.text


def save_note(context: Context, meeting_id: int, subject: str, text: str, version: int) -> Note:
    """Save what is written down about a subject.

    Args:
        subject: ``section 3``, ``item 12``, ``blocker 4 facts`` (tried, problem, ideas), or
            ``gap sales_won``: why a KPI has a gap.
        version: The one that the writer saw; 0: nothing was there.

    Returns:
        The note as it stands now. The same text again changes nothing; neither does it matter
        whose version it was if what stands there is the beginning of the new text.

    Raises:
        Refused: There is no such subject, the text is too long, or it is an idea about a blocker
            whose facts, trials and real problem are not written yet.
        TextConflict: Somebody wrote something else in the meantime.
        AccessRefused: Whoever asks is not invited.
    """
    cleaned = typed.note(text)
    kind, number, step = _about(context, subject)

    def gesture(seat: Seat) -> Note:
        if kind == "blocker":
            blocker = known_blocker(seat, number)
            if step is Step.IDEAS and cleaned:
                refuse_early(blocker)
        elif kind == "item":
            known_item(seat, number)
        elif kind == "section":
            known_section(seat, number)
        now = _now(seat, number, step, subject)
        if now.text == cleaned:
            return now
        if now.version != version and not _goes_on(now, cleaned):
            raise TextConflict(now, cleaned)
        note = Note(subject, cleaned, now.version + 1, clock.now(), seat.me)
        _put(seat, note, number, step)
        if kind == "gap":
            carry_cause(seat, subject.removeprefix("gap "), instead_of=now.text)
        return note

    return take_seat(context, meeting_id, gesture)


def carry_cause(seat: Seat, kpi: str, *, instead_of: str = "") -> None:
    """Let the blocker that a gap was made say why: its cause is where its facts begin.

    What somebody wrote there stays, and so does a cause that tells of costs or margins: blockers
    are everybody's.

    Args:
        instead_of: The cause as it was before, which stands there.
    """
    number = blocker_of(seat, kpi=kpi)
    definition = catalogue(seat.context).get(kpi)
    if number is None or definition is None or shows_margins(definition):
        return
    subject = f"blocker {number} {Step.FACTS}"
    cause = next((one for one in read_notes(seat) if one.subject == f"gap {kpi}"), None)
    now = _now(seat, number, Step.FACTS, subject)
    if cause is None or now.text not in {"", instead_of} or now.text == cause.text:
        return
    carried = replace(cause, subject=subject, version=now.version + 1)
    _put(seat, carried, number, Step.FACTS)


def refuse_early(blocker: Blocker) -> None:
    """Refuse ideas and decisions before a blocker's facts, trials and real problem are written.

    Raises:
        Refused: Something of it is missing.
    """
    missing = [
        name
        for text, name in (
            (blocker.facts, msg("the facts")),
            (blocker.tried, msg("what was tried")),
            (blocker.problem, msg("the real problem")),
        )
        if not text
    ]
    if missing:
        raise Refused.of(
            msg("Facts first. Still missing: {missing}.", missing=missing),
            hint=msg("Write it down in a sentence; then come ideas and the decision."),
        )


def _goes_on(now: Note, text: str) -> bool:
    """Tell whether a text holds all of what stands there; what somebody emptied is not nothing."""
    return text.startswith(now.text) and (now.text != "" or now.version == 0)


def _about(context: Context, subject: str) -> tuple[str, int, Step | None]:
    """Return what a note is about, as ``_parts`` does; KPIs have no number.

    Raises:
        Refused: Nothing is called that, for whoever writes.
    """
    kind, _, key = subject.partition(" ")
    if kind == "gap" and key in catalogue(context):
        return kind, 0, None
    return _parts(subject)


def _parts(subject: str) -> tuple[str, int, Step | None]:
    """Return what a note is about: the kind of thing, its number, and the step of a blocker.

    Raises:
        Refused: Nothing is called that.
    """
    kind, _, rest = subject.partition(" ")
    number, _, step = rest.partition(" ")
    steps = set(Step) if kind == "blocker" else {""}
    known = kind in {"section", "item", "blocker"} and step in steps
    # a number as the product writes it: one subject has one name
    if not known or not (number.isascii() and number.isdecimal()) or str(int(number)) != number:
        raise Refused.of(
            msg("There is nothing called '{subject}'.", subject=typed.beginning(subject))
        )
    return kind, int(number), Step(step) if step else None


def _now(seat: Seat, number: int, step: Step | None, subject: str) -> Note:
    notes = read_notes(seat) if step is None else read_blocker_notes(seat, [number])
    for note in notes:
        if note.subject == subject:
            return note
    return Note(subject, "", 0, None, None)


def _put(seat: Seat, note: Note, number: int, step: Step | None) -> None:
    values = {
        "text": note.text,
        "version": note.version,
        "changed_at": note.changed_at,
        "author": note.author,
    }
    if step is None:
        seat.put("put_note", meeting_id=seat.meeting_id, subject=note.subject, **values)
    else:
        seat.put("put_blocker_note", blocker_id=number, step=step, **values)

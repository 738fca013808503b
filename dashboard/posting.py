"""Sends minutes and preparations to everybody who is invited, each in their own language.

A letter that no mail server takes is written into ``outbox/``, and why is kept beside it; asking
again sends what the server does not have yet.
"""

import smtplib
import threading
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

from dashboard import session
from dashboard.access.rights import Capability
from dashboard.format import full_day
from dashboard.jobs.current import desk
from dashboard.jobs.job import Asker, Job, Order
from dashboard.jobs.kinds import LETTERS
from dashboard.jobs.runners import Output, register
from dashboard.mail import MailRefused, send
from dashboard.readers import Reader, readers
from dashboard.report.letters import Written, written_minutes, written_preread
from dashboard.rhythm.meeting import reading
from dashboard.rhythm.meeting.letters import Letter, Post, Way, letters, note_sent, record
from dashboard.rhythm.meeting.minutes import as_seen
from dashboard.rhythm.preread.kinds import preread
from dashboard.text import language_of, render, text
from pipelines import clock
from pipelines.context import Context
from pipelines.errors import Message, Problem, msg, msg_plural
from pipelines.settings import Mail
from pipelines.work import current

#: Two who ask at once do not send twice.
_one_at_a_time = threading.Lock()


def submit(meeting_id: int, post: Post, *, again: bool = False) -> int:
    """Have something about a meeting sent; return the number of the job.

    Args:
        again: Also to those whom the mail server has brought it already.

    Raises:
        AccessRefused: Whoever asks may not run meetings.
        Refused: There is no such meeting.
        StoreError: It cannot be written down.
    """
    session.require(Capability.RUN_MEETINGS)
    visitor = session.visitor()
    by = Asker(visitor.name, visitor.role, visitor.account_id)
    title = _title(session.current(), meeting_id, post)
    parameters = {"meeting": meeting_id, "post": post.value, "again": again}
    return desk().submit(Order(LETTERS, title, parameters, by)).job_id


def under_way(meeting_id: int, post: Post) -> Job | None:
    """Return the job that is sending something about a meeting just now, or waits to."""
    for job in desk().jobs():
        given = job.order.parameters
        if (
            job.order.kind == LETTERS
            and not job.state.ended
            and (given["meeting"], given["post"]) == (meeting_id, post.value)
        ):
            return job
    return None


def deliver(meeting_id: int, post: Post, *, again: bool = False) -> tuple[Letter, ...]:
    """Send something about a meeting here and now to all who are invited and have not got it.

    Returns:
        What became of the letters that were sent.

    Raises:
        Refused: There is no such meeting, or it has no minutes yet.
        MailRefused: A letter could not even be written into a file.
    """
    with _one_at_a_time:
        context = session.served()
        settings = context.workspace.settings
        there = {one.name: one for one in letters(context, meeting_id) if one.post is post}
        invited = [one.name for one in reading.meeting(context, meeting_id).attendees]
        waiting = [
            reader
            for reader in readers(invited)
            if reader.address
            and _may_read(reader, post)
            and (again or _wants(there.get(reader.name), settings.mail))
        ]
        write = _writer(context, meeting_id, post)
        sent: list[Letter] = []
        try:
            for one in _sent(context, post, waiting, write):
                record(context, meeting_id, one)
                _clear(context, there.get(one.name), one)
                sent.append(one)
        finally:
            if sent:
                note_sent(session.current(), meeting_id, post, sent)
        return tuple(sent)


def _title(context: Context, meeting_id: int, post: Post) -> str:
    """Return what a job is called, in the company's language."""
    language = language_of(context.workspace.settings.locale)
    day = full_day(reading.meeting(context, meeting_id).held_on, language)
    if post is Post.PREREAD:
        return text("To read before {day}", language, day=day)
    return text("Minutes of {day}", language, day=day)


def _wants(before: Letter | None, mail: Mail) -> bool:
    """Tell whether somebody has not got it: a file counts where there is no server."""
    return before is None or (before.way is Way.FILE and bool(mail.host))


def _may_read(reader: Reader, post: Post) -> bool:
    """Tell whether somebody may: what comes before a meeting is for those who take part in it."""
    return post is Post.MINUTES or reader.visitor.may(Capability.TAKE_PART)


def _writer(context: Context, meeting_id: int, post: Post) -> Callable[[Reader], EmailMessage]:
    """Return what writes the letter to somebody."""
    minutes = reading.minutes(context, meeting_id) if post is Post.MINUTES else None

    def write(reader: Reader) -> EmailMessage:
        theirs = context.by(reader.visitor.actor(context.workspace.settings))
        to = Written(reader.name, reader.address or "", reader.language)
        if minutes is None:
            value = preread(theirs, meeting_id)
            return written_preread(value, to, theirs)
        return written_minutes(as_seen(minutes, theirs.actor.scope), to, theirs)

    return write


def _sent(
    context: Context,
    post: Post,
    waiting: Sequence[Reader],
    write: Callable[[Reader], EmailMessage],
) -> Iterator[Letter]:
    """Send letters one by one; a server that fails as such is not asked for each of them."""
    mail, outbox = context.workspace.settings.mail, context.workspace.outbox
    trouble: tuple[Problem, ...] = ()
    gone = False
    for reader in waiting:
        if current().stopped:
            return  # what is left is sent when somebody asks again
        letter = write(reader)
        if not gone:
            try:
                file = send(mail, letter, outbox).file
            except MailRefused as refused:
                trouble = refused.problems
                gone = not isinstance(refused.__cause__, smtplib.SMTPRecipientsRefused)
            else:
                way = Way.FILE if file else Way.SERVER
                yield _letter(post, reader, way, file)
                continue
        yield _letter(post, reader, Way.FILE, send(Mail(), letter, outbox).file, trouble)


def _letter(
    post: Post, reader: Reader, way: Way, file: Path | None, trouble: tuple[Problem, ...] = ()
) -> Letter:
    name = file.name if file else None
    return Letter(post, reader.name, reader.address or "", clock.now(), way, name, trouble)


def _clear(context: Context, before: Letter | None, now: Letter) -> None:
    """Take a letter out of the outbox that has gone out by now: nobody sends it by hand as well."""
    if before is not None and before.file and before.file != now.file:
        (context.workspace.outbox / Path(before.file).name).unlink(missing_ok=True)


def _do(job: Job, output: Output) -> int:
    given = job.order.parameters
    sent = deliver(given["meeting"], Post(given["post"]), again=given["again"])
    language = language_of(session.served().workspace.settings.locale)
    output.result = sent
    for said in _told(sent):
        output.out(f"{render(said, language)}\n")
    troubles = dict.fromkeys(render(why, language) for one in sent for why in one.trouble)
    for trouble in troubles:
        output.err(f"{trouble}\n")
    return 1 if troubles or current().stopped else 0


def _told(sent: Sequence[Letter]) -> Iterator[Message]:
    ways = [one.way for one in sent]
    if by_server := ways.count(Way.SERVER):
        yield msg_plural("{count} letter sent", "{count} letters sent", by_server)
    if in_files := ways.count(Way.FILE):
        yield msg_plural(
            "{count} letter written into the outbox folder",
            "{count} letters written into the outbox folder",
            in_files,
        )
    if not sent:
        yield msg("There was nobody left to send it to.")


register(LETTERS, _do)

"""The sample company as a workspace that somebody has been working in.

Files come in through the import, choices, targets and actions through the functions that the
pages use: nothing is inserted behind their backs.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from pathlib import Path

from dashboard import demo_marker, demo_story
from dashboard.rhythm.meeting.model import Kind
from dashboard.rhythm.series import occurrences
from dashboard.text import language_of, render
from pipelines import clock, ingest, workspace
from pipelines.actor import Actor
from pipelines.context import Context, open_context
from pipelines.errors import Message, WorkspaceError, msg
from pipelines.sample import COMPANY, OWNER, SampleFile, generate, generate_earlier
from pipelines.settings import FirstSteps, Locale, Meetings, Settings
from pipelines.workdays import working_days

#: Far enough back for the meetings of the story, whatever holidays move.
_LOOK_BACK = timedelta(weeks=14)
#: When somebody takes a file in, on the day it was exported.
_TAKEN_IN = time(7, 20)

#: What the sample company speaks.
LOCALE = Locale.FR_CA
_SETTINGS = Settings(
    company=COMPANY,
    locale=LOCALE,
    currency="CAD",
    timezone="America/Montreal",
    country="CA",
    province="QC",
)


def _settings(today: date) -> Settings:
    """Return the settings of a company that has met every week for a quarter."""
    days = working_days(_SETTINGS.country, _SETTINGS.province)
    looked_at = Meetings(first_on=today - _LOOK_BACK)
    held = [
        one.held_on
        for one in occurrences(looked_at, _SETTINGS.calendar, days, today - _LOOK_BACK, today)
        if one.kind is Kind.WEEKLY
    ]
    meetings = Meetings(first_on=held[-demo_story.MEETINGS])
    steps = FirstSteps(company_checked=True, people_checked=True)
    return _SETTINGS.model_copy(update={"meetings": meetings, "first_steps": steps})


def _in_its_language(message: Message) -> str:
    return render(message, language_of(_SETTINGS.locale))


def _nothing(_: Message) -> None:
    """Say nothing."""


def build_demo(
    root: Path, today: date | None = None, *, say: Callable[[Message], None] = _nothing
) -> Path:
    """Make the sample company for a day, or leave it as it is if it was made for that day.

    Made for another day, it is made anew; what somebody changed in it is never thrown away: the
    folder is then set aside under a name with its day, beside the new one.

    Args:
        root: The folder; made if it is missing.
        today: The day to make it for; by default the day it is in Montréal.
        say: Told that it is being made, and what was set aside and where.

    Returns:
        The folder, ready to be opened.

    Raises:
        WorkspaceError: The folder holds something that this function did not make.
        StoreError: The sample company is open in another Cap 90, and was made for another day.
    """
    root = root.resolve()
    today = today or clock.today(_SETTINGS.timezone)
    made = demo_marker.read(root)
    if made is None:
        _refuse_foreign(root)
    elif made.day == today:
        return root
    say(msg("Preparing the sample company in {folder} …", folder=str(root)))
    fresh = _build(root, today)
    try:
        if made is not None:
            _clear(root, made, say)
        elif root.exists():
            root.rmdir()
        fresh.rename(root)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return root


def _refuse_foreign(root: Path) -> None:
    if root.is_dir() and not any(root.iterdir()):
        return
    if os.path.lexists(root):
        raise WorkspaceError.of(
            msg("This folder was not made by the demonstration, so it is left alone."),
            where=str(root),
            hint=msg("Choose another one with: cap90 demo --workspace FOLDER"),
        )


def _build(root: Path, today: date) -> Path:
    """Make the company beside its place: a folder at the place is always a whole company."""
    root.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{root.name}-", dir=root.parent))
    try:
        workspace.create(folder, _settings(today), phrase=_in_its_language)
        with open_context(folder) as context:
            _fill(context.on(today).by(Actor(OWNER)))
            state = demo_marker.state(context)
        demo_marker.write(folder, today, state)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _fill(context: Context) -> None:
    days = demo_story.Days(context)
    earlier = generate_earlier(context.today(), days.exported_on)
    exports = sorted([*generate(context.today()), *earlier], key=lambda file: file.exported_on)
    by_entity: dict[str, list[SampleFile]] = {}
    for file in exports:
        by_entity.setdefault(file.entity, []).append(file)

    def take_in(files: list[SampleFile]) -> None:
        for file in files:
            _take_in(context.on(file.exported_on), file)

    # each file is read in a process of its own, whose start takes longer than its work; those of
    # one kind come one after the other, since each is compared with the one before
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(take_in, by_entity.values()))
    demo_story.tell(context)


def _take_in(context: Context, file: SampleFile) -> None:
    path = context.workspace.staging / file.name
    path.write_bytes(file.content)
    request = ingest.ImportRequest(
        file.source, file.entity, coverage="full" if file.entity == "deals" else "view"
    )
    told = clock.in_utc(file.exported_on, _TAKEN_IN, _SETTINGS.timezone)
    with clock.told(told):
        ingest.import_file(context, path, request)
    path.unlink()


def _clear(root: Path, made: demo_marker.Made, say: Callable[[Message], None]) -> None:
    with open_context(root) as context:
        touched = demo_marker.state(context) != made.state
    if not touched:
        shutil.rmtree(root)
        return
    aside = _free_name(root.with_name(f"{root.name}-{made.day}"))
    root.rename(aside)
    say(
        msg(
            "What you changed in the sample company of {day} is kept in {folder}.",
            day=made.day,
            folder=str(aside),
        )
    )


def _free_name(path: Path) -> Path:
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free

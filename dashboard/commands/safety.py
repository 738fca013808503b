"""Keep the data safe: backup, restore, check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.commands.console import Console, console, opened
from dashboard.commands.line import handed, typed
from dashboard.commands.options import DEFAULT_FOLDER, AsJson, Folder
from dashboard.commands.remote import hand_over, user
from pipelines.errors import Refused, msg, msg_plural

if TYPE_CHECKING:
    from pipelines.backup import Backup, Restored
    from pipelines.checking import Check


def backup(
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where it goes; it is never cleared away then."),
    ] = None,
    as_json: AsJson = False,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Make a backup of everything, the imported files included."""
    with opened(workspace, as_json=as_json) as (context, talk):
        from dashboard.safekeeping import make_of

        made = make_of(context, talk.at(out) if out else None)
        talk.document(_document(made))
        talk.print(str(made.path))
        talk.say(
            msg(
                "The backup is made and verified ({size} MB). It holds the imported files too; "
                "those that are made by themselves do not, since imported files are never changed.",
                size=_megabytes(made.size),
            )
        )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Put a backup in the place of everything; what was there is kept."""
    with console(as_json=as_json) as talk:
        _speak_of(talk, workspace)
        if handed.get():
            from dashboard import safekeeping

            _tell(safekeeping.restore(talk.at(file)), talk)
            return
        from pipelines.backup import read_manifest

        read_manifest(talk.at(file))  # nobody is asked about what is no backup
        _confirm(talk, file, yes=yes)
        if line := typed():
            hand_over(workspace, line, talk)  # ends here if an app is open
        from dashboard.safekeeping import note_restored
        from dashboard.soundness import inspect_accounts
        from pipelines.actor import Actor
        from pipelines.backup import restore as put_back
        from pipelines.context import open_context

        restored = put_back(workspace, talk.at(file), inspect_accounts=inspect_accounts)
        with open_context(workspace) as context:
            note_restored(context.by(Actor(user())), restored, file)
        _tell(restored, talk)


def check(
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="Also import every file again elsewhere, and compare."),
    ] = False,
    as_json: AsJson = False,
    workspace: Folder = DEFAULT_FOLDER,
) -> None:
    """Look whether everything is as it should be."""
    with opened(workspace, as_json=as_json) as (context, talk):
        from dashboard.soundness import look

        checks = []
        for one in look(context, rebuild=rebuild):
            checks.append(one)
            _print(one, talk)
        sound = not any(one.problems for one in checks)
        talk.document({"sound": sound, "checks": [_check(one, talk) for one in checks]})
        if not sound:
            raise typer.Exit(1)
        talk.say(msg("Everything is as it should be."))


def _speak_of(talk: Console, folder: Path) -> None:
    """Speak a workspace's language even if nothing else of it can be read."""
    from dashboard.text import language_of
    from pipelines.settings import FILE_NAME, written_locale

    if written := written_locale(folder / FILE_NAME):
        talk.language = language_of(written)


def _confirm(talk: Console, file: Path, *, yes: bool) -> None:
    if yes:
        return
    hint = msg("Add --yes to restore without being asked.")
    if not sys.stdin.isatty():
        raise Refused.of(msg("Nothing was restored: nobody can be asked here."), hint=hint)
    asked = msg(
        "Everything in the workspace is replaced by what {file} holds. Go on?", file=file.name
    )
    if not typer.confirm(talk.phrase(asked), err=True):
        raise typer.Exit(1)


def _tell(restored: Restored, talk: Console) -> None:
    talk.document(
        {
            "created": restored.manifest.created.isoformat(),
            "kept": str(restored.kept) if restored.kept else None,
            "missing": list(restored.missing),
        }
    )
    talk.say(
        msg(
            "Restored: everything is as it was on {day}. Everybody has to log in again.",
            day=restored.manifest.day,
        )
    )
    if restored.kept:
        talk.say(msg("What was there before lies in {folder}.", folder=str(restored.kept)))
    if restored.kept_accounts:
        talk.say(msg("The backup holds no accounts: those of now stay."))
    if restored.missing:
        talk.say(
            msg_plural(
                "{count} imported file is missing here and in the backup.",
                "{count} imported files are missing here and in the backup.",
                len(restored.missing),
            )
        )


def _print(one: Check, talk: Console) -> None:
    talk.print(f"{'x' if one.problems else '-'} {talk.phrase(one.said)}")
    for problem in one.problems:
        talk.say(msg("  {problem}", problem=problem))


def _check(one: Check, talk: Console) -> dict[str, Any]:
    return {
        "name": one.name,
        "said": talk.phrase(one.said),
        "problems": [
            {
                "what": talk.phrase(problem.what),
                "where": problem.where,
                "hint": talk.phrase(problem.hint) if problem.hint else "",
            }
            for problem in one.problems
        ],
    }


def _document(made: Backup) -> dict[str, Any]:
    return {
        "file": str(made.path),
        "why": made.manifest.why.value,
        "created": made.manifest.created.isoformat(timespec="seconds"),
        "size": made.size,
        "originals": len(made.manifest.originals),
    }


def _megabytes(size: int) -> int:
    return max(1, round(size / 1_000_000))

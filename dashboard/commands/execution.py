"""Run, inside the app, a command that another process handed over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dashboard.commands.line import Handed, handed

if TYPE_CHECKING:
    from typer.core import TyperGroup

    from dashboard.jobs.job import Job
    from dashboard.jobs.runners import Output, Runner


def executor(group: TyperGroup) -> Runner:
    """Return what runs the commands of a group as jobs."""

    def run(job: Job, output: Output) -> int:
        line = job.order.parameters
        hands = Handed(
            output.out,
            output.err,
            Path(line["folder"]),
            line["language"],
            {one["path"]: one["copy_path"] for one in line["files"] if one["copy_path"]},
        )
        token = handed.set(hands)
        try:
            code = group.main(args=list(line["argv"]), prog_name="cap90", standalone_mode=False)
        except typer.Abort:
            return 1
        except typer.TyperException as error:
            # the caller's own look at the line let it through: another version of the product
            output.err(f"{error}\n")
            return 2
        finally:
            handed.reset(token)
        return code if isinstance(code, int) else 0

    return run

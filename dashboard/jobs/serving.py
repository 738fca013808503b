"""What a running app opens for jobs, and closes in the right order."""

import json
import logging
import os
import shutil
from pathlib import Path

from dashboard.access.access import Access
from dashboard.jobs import running
from dashboard.jobs.asker import whois
from dashboard.jobs.book import Book
from dashboard.jobs.current import close_desk, open_desk
from dashboard.jobs.local import Door
from dashboard.jobs.runners import COMMAND, Runner, register
from dashboard.jobs.running import Running
from pipelines import clock
from pipelines.workspace import Workspace

_log = logging.getLogger(__name__)
#: What work in progress calls its folders.
_LEFT_BEHIND = ("upload-", "handed-", "reading-", "original-")


class Jobs:
    """The jobs of an app that serves a workspace.

    Args:
        runner: Does commands; None: commands are not taken in.
    """

    def __init__(self, workspace: Workspace, access: Access, runner: Runner | None) -> None:
        self._workspace = workspace
        self._access = access
        self._token = running.new_token()
        self._announced: Running | None = None
        self.door = Door(self._token, workspace.staging) if runner else None
        if runner:
            register(COMMAND, runner)

    def open(self) -> None:
        """Go on with what an earlier process left, and take jobs in.

        Raises:
            StoreError: The jobs cannot be read or written.
        """
        book = Book(self._access.store)
        waiting = [dict(job.order.parameters) for job in book.jobs() if not job.state.ended]
        _sweep(self._workspace.staging, json.dumps(waiting))  # before anything works there again
        open_desk(book, whois(self._access))

    def announce(self, host: str, port: int, address: str) -> None:
        """Let commands on this computer find the app; without that they open nothing, and say so.

        Args:
            host: Where programs on this computer reach it.
            address: As people open it.
        """
        if self.door is None:
            return
        now = clock.now().isoformat(timespec="seconds")
        said = Running(host, port, address, self._token, os.getpid(), now)
        try:
            running.announce(self._workspace.root, said)
        except OSError:
            _log.warning("%s could not be written.", running.FILE_NAME)
            return
        self._announced = said

    def close(self) -> None:
        """Take nothing more in, and stop what runs. Closing twice does no harm."""
        if self._announced:
            running.withdraw(self._workspace.root, self._announced)
            self._announced = None
        close_desk()


def _sweep(staging: Path, needed: str) -> None:
    """Throw away what a crash left in the staging folder and no waiting job names."""
    for folder in staging.iterdir() if staging.is_dir() else ():
        if folder.name.startswith(_LEFT_BEHIND) and folder.name not in needed:
            shutil.rmtree(folder, ignore_errors=True)

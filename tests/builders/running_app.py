"""An app that serves a workspace: in this process without its pages, or for real."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import uvicorn
from starlette.applications import Starlette
from typer.core import TyperGroup
from typer.main import get_command

from dashboard import session
from dashboard.access.access import Access
from dashboard.cli import app
from dashboard.commands.execution import executor
from dashboard.jobs import running
from dashboard.jobs.current import desk
from dashboard.jobs.desk import Desk
from dashboard.jobs.running import Running
from dashboard.jobs.serving import Jobs
from pipelines.context import Context, open_context
from tests.builders.browser import free_port

_COMMAND = "from dashboard.cli import main; main()"
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class App:
    """What a test knows of it."""

    context: Context
    access: Access
    desk: Desk
    running: Running


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answers = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answers.set()


@contextmanager
def door_open(folder: Path) -> Iterator[App]:
    """Serve the door for commands, and nothing else, in this process."""
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    with open_context(folder) as context, Access.open(context.workspace) as access:
        session.use(context)
        jobs = Jobs(context.workspace, access, executor(group))
        assert jobs.door is not None
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(Starlette(routes=jobs.door.routes), log_level="warning")
        server = _Server(config)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        serving.start()
        try:
            assert server.answers.wait(_PATIENCE_SECONDS)
            jobs.open()
            jobs.announce("127.0.0.1", port, f"http://localhost:{port}")
            found = running.find(folder)
            assert found is not None
            yield App(context, access, desk(), found)
        finally:
            jobs.close()
            server.should_exit = True
            serving.join(_PATIENCE_SECONDS)
            session.leave()


class Process:
    """``cap90 run`` in a process of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-c", _COMMAND, "run", "--no-browser"),
                *("--port", str(free_port()), "--workspace", str(folder)),
            ],
            env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        self.said: list[str] = []
        for line in self.process.stderr:
            self.said.append(line)
            if "http://" in line:  # the address is printed once the app answers
                break
        # nobody may have to wait because nobody reads
        self._drain = threading.Thread(
            target=self.said.extend, args=(self.process.stderr,), daemon=True
        )
        self._drain.start()

    def kill(self) -> None:
        """End it without warning."""
        self.process.kill()
        self.process.wait(_PATIENCE_SECONDS)

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        self.process.terminate()
        return self.process.wait(_PATIENCE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self._drain.join(_PATIENCE_SECONDS)
        assert self.process.stderr is not None
        self.process.stderr.close()

"""An import that somebody stops leaves everything as it was."""

from pathlib import Path

import pytest

from pipelines.errors import Message
from pipelines.work import Stopped, Work, doing
from tests.builders.imports import contents, import_text, workspace

DEALS = "Deal ID,Deal Name,Deal Stage,Amount,Create Date,Close Date\n" + "".join(
    f"{number},Kitchen,Closed Won,1200.50,2026-03-{number:02},2026-06-{number:02}\n"
    for number in range(1, 20)
)


@pytest.mark.parametrize("step", ["Reading export.csv", "Saving 19 rows"])
def test_an_import_stopped_at_a_step_writes_nothing_and_leaves_nothing(
    tmp_path: Path, step: str
) -> None:
    told: list[str] = []

    def stop(message: Message) -> None:
        told.append(str(message))
        if str(message) == step:
            watched.stop()

    watched = Work(stop)
    with workspace(tmp_path) as context:
        before = contents(context)
        with doing(watched), pytest.raises(Stopped):
            import_text(context, DEALS)

        assert told[-1] == step
        assert contents(context) == before
        assert list((tmp_path / "staging").iterdir()) == []


def test_the_same_file_is_taken_in_once_nobody_stops_it(tmp_path: Path) -> None:
    told: list[str] = []
    with workspace(tmp_path) as context, doing(Work(lambda said: told.append(str(said)))):
        report = import_text(context, DEALS)

    assert report.added == 19
    assert told == ["Reading export.csv", "Saving 19 rows"]

"""Files sent on a page are taken in as jobs, and the jobs page shows what was asked for."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, uploads
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.components.import_page import Upload
from dashboard.gestures import imports as import_gestures
from dashboard.jobs import looking, runners
from dashboard.jobs.current import desk
from dashboard.jobs.job import Job, State
from dashboard.jobs.kinds import UPLOAD
from dashboard.jobs.runners import Output
from dashboard.navigation import Place
from pipelines import work
from pipelines.context import Context
from tests.builders.pages import empty_company, given, open_page, showing, texts

DEALS = "Deal ID,Deal Name,Deal Stage,Amount,Create Date,Close Date\n"
DECIDED = DEALS + "1,Kitchen,Closed Won,1200.50,2026-03-24,2026-06-25\n"
#: 3/4 and 5/6 may be days and months either way.
UNDECIDED = DEALS + "1,Kitchen,Closed Won,1200.50,03/04/2026,05/06/2026\n"
SECONDS = 60


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Context]:
    with empty_company(tmp_path) as context:
        yield context


class Reading:
    """A file that is read for as long as a test wants."""

    def __init__(self) -> None:
        self.began, self.go = threading.Event(), threading.Event()

    def __call__(self, job: Job, output: Output) -> int:
        self.began.set()
        with work.current().interruptible(self.go.set):
            assert self.go.wait(SECONDS)
        return uploads._do(job, output)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reading]:
    slow = Reading()
    monkeypatch.setitem(runners._runners, UPLOAD, slow)
    monkeypatch.setattr(import_gestures, "_SOON_SECONDS", 0)
    yield slow
    slow.go.set()


def send(page: AppTest, content: str, name: str = "deals.csv") -> AppTest:
    """Send a file as the form does, which the simulation cannot fill in."""
    before: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("streamlit.session_state", before)
        import_gestures.take_in("en", Upload(name, content.encode(), "view", None, None))
    for key, value in before.items():
        page.session_state[key] = value
    return page.run()


def finished(page: AppTest) -> AppTest:
    """Return the page with what came of the file; a quick one was over before it was drawn."""
    if "running_import" not in page.session_state:
        return page
    desk().wait(page.session_state["running_import"], SECONDS)
    return page.run()


def test_a_page_says_that_a_file_is_being_read_and_then_what_came_of_it(
    company: Context, reading: Reading
) -> None:
    page = send(open_page(Place.IMPORTS, lang="en"), DECIDED)
    assert reading.began.wait(SECONDS)
    page.run()
    assert "**deals.csv** is being read…" in texts(page)
    assert [button.label for button in page.button] == ["Stop"]

    reading.go.set()
    finished(page)

    assert "rows read: 1 · added: 1" in page.success[0].value
    assert [one.file_name for one in data.imports.imports()] == ["deals.csv"]
    assert list(company.workspace.staging.iterdir()) == []


@pytest.mark.usefixtures("company")
def test_what_a_file_leaves_open_is_asked_once_it_was_read() -> None:
    page = finished(send(open_page(Place.IMPORTS, lang="en"), UNDECIDED))
    assert page.subheader[0].value == "deals.csv leaves something open"
    assert data.imports.imports() == ()

    page.selectbox(key="answer_date_format").select("DD/MM/YYYY")
    page.button[0].click().run()
    finished(page)

    assert "added: 1" in page.success[0].value


@pytest.mark.usefixtures("company")
def test_a_file_that_is_refused_says_why_where_it_was_sent() -> None:
    page = finished(send(open_page(Place.IMPORTS, lang="en"), "colour,shape\nred,round\n"))

    assert "colour" in page.error[0].value
    assert data.imports.imports() == ()


def test_a_file_is_stopped_with_the_button_and_leaves_nothing(
    company: Context, reading: Reading
) -> None:
    page = send(open_page(Place.IMPORTS, lang="en"), DECIDED)
    assert reading.began.wait(SECONDS)
    number = page.session_state["running_import"]

    page.run().button(key=f"stop_{number}").click().run()
    told = [error.value for error in page.error]  # it may have ended by now
    job = desk().wait(number, SECONDS)
    told += [error.value for error in page.run().error]

    assert job is not None
    assert job.state is State.CANCELLED
    assert len(told) == 1
    assert "This was stopped before it was finished" in told[0]
    assert data.imports.imports() == ()
    assert list(company.workspace.staging.iterdir()) == []


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("language", ["en", "fr", "fr_CA"])
def test_the_jobs_page_shows_what_runs_what_waits_and_what_is_over(
    reading: Reading, language: str
) -> None:
    reading.go.set()
    page = open_page(Place.IMPORTS, lang="en")
    finished(send(page, DECIDED, "first.csv"))
    reading.began.clear()
    reading.go.clear()
    send(page, DECIDED, "second.csv")
    send(page, DECIDED, "third.csv")
    assert reading.began.wait(SECONDS)

    jobs = open_page(Place.JOBS, lang=language)
    rows = given(jobs, "table")["rows"]

    assert [row[0] for row in rows] == ["first.csv"]
    assert rows[0][2] == "Louise Gagnon"
    assert "**second.csv**" in texts(jobs)
    assert "**third.csv**" in texts(jobs)
    assert len(jobs.button) == 2
    assert not jobs.error


def test_a_job_of_somebody_else_is_not_stopped_by_whoever_may_not_import(
    company: Context, reading: Reading
) -> None:
    page = send(open_page(Place.IMPORTS, lang="en"), DECIDED)
    assert reading.began.wait(SECONDS)
    number = page.session_state["running_import"]

    with showing(company, Visitor("Bruno", Role.SALESPERSON, 3)):
        seen = looking.at_work()
        said: dict[str, object] = {}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("streamlit.session_state", said)
            import_gestures.stop_job("en", number)
    job = desk().job(number)

    assert seen == ()
    assert "There is no such job any more." in str(said["refusals"])
    assert job is not None
    assert job.state is State.RUNNING
    with showing(company):
        reading.go.set()
        desk().wait(number, SECONDS)

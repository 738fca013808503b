from datetime import date
from pathlib import Path

import pytest

from dashboard import demo
from dashboard.demo import build_demo
from dashboard.demo_marker import read
from dashboard.rhythm.action import EventKind
from dashboard.rhythm.actions import add_action, history, list_actions
from dashboard.rhythm.build import weekly_review
from pipelines.analysis.judgement import Verdict
from pipelines.context import Context, open_context
from pipelines.errors import Message, WorkspaceError
from pipelines.ingest import ImportRecord, imports_list, rejects
from pipelines.kpis.choice import chosen
from pipelines.kpis.locks import lock_limits
from pipelines.kpis.targets import list_targets
from pipelines.sample import PEOPLE
from pipelines.settings import Settings
from pipelines.workspace import create
from tests.builders.by_hand import TODAY
from tests.builders.sample import sample_context, sample_workspace

TOMORROW = date(2026, 11, 17)


@pytest.fixture(autouse=True)
def _the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())


def titles(root: Path) -> list[str]:
    with open_context(root) as context:
        return [action.title for action in list_actions(context)]


def promise_something(root: Path) -> None:
    with open_context(root) as context:
        add_action(context, "Commander les échantillons", "Zoé Côté", date(2026, 11, 20))


# what the company is like


def test_the_company_is_quebecois() -> None:
    settings = sample_context().workspace.settings

    assert settings.company == "Menuiserie Laurentides inc."
    assert (settings.locale, settings.currency, settings.province) == ("fr-CA", "CAD", "QC")


def test_seven_kpis_are_chosen_and_everyone_answers_for_one() -> None:
    choices = chosen(sample_context())

    assert len(choices) == 7
    assert {choice.responsible for choice in choices} == set(PEOPLE)


def test_the_company_and_each_person_have_targets() -> None:
    targets = list_targets(sample_context())

    # and the KPI that gave way to another one had its own
    assert {target.key for target in targets if target.owner is None} == {
        *(choice.key for choice in chosen(sample_context())),
        "pipeline_created",
    }
    assert {target.owner for target in targets} == {None, *PEOPLE}


def test_a_persons_sales_targets_add_up_to_the_companys() -> None:
    targets = [t for t in list_targets(sample_context()) if t.key == "sales_won"]
    (company,) = (target.value for target in targets if target.owner is None)

    assert sum(t.value for t in targets if t.owner) == pytest.approx(company)


def actions_by_state(context: Context) -> dict[str, list[str]]:
    states = ("done", "carried over", "late", "this week", "later")
    found: dict[str, list[str]] = {state: [] for state in states}
    for action in list_actions(context):
        if action.done_on:
            found["done"].append(action.title)
        elif not action.is_open:
            found["carried over"].append(action.title)
        elif action.due_on < TODAY:
            found["late"].append(action.title)
        elif action.due_on < date(2026, 11, 23):
            found["this week"].append(action.title)
        else:
            found["later"].append(action.title)
    return found


def test_some_actions_are_done_one_is_late_and_others_are_due_this_week_and_next() -> None:
    counts = {state: len(names) for state, names in actions_by_state(sample_context()).items()}

    # thirty that weekly meetings gave out, three of the gap reviews' and three of the quarterly
    # one's, one of the plan's, two from between the meetings; three went from plan to plan, one was
    # given up in a review
    assert counts == {"done": 39, "carried over": 4, "late": 1, "this week": 3, "later": 4}


def test_every_action_is_linked_to_a_chosen_kpi() -> None:
    keys = {choice.key for choice in chosen(sample_context())}

    assert {action.kpi for action in list_actions(sample_context())} <= keys


def test_an_action_that_was_put_off_says_why() -> None:
    context = sample_context()
    moved = [
        event
        for action in list_actions(context)
        for event in history(context, action.action_id)
        if event.kind is EventKind.MOVED
    ]

    assert len(moved) == 2
    assert all(event.reason for event in moved)


def imports_in_order() -> list[ImportRecord]:
    order = ("deals", "activities", "invoices")
    records = imports_list(sample_context().store)
    return sorted(records, key=lambda record: (order.index(record.entity), record.as_of))


def test_the_exports_were_taken_in_on_their_own_days() -> None:
    records = imports_in_order()

    assert [(record.entity, record.coverage, record.as_of.isoformat()) for record in records] == [
        ("deals", "full", "2026-10-12"),
        ("deals", "full", "2026-11-16"),
        # on the days of the last reviews too, whose papers name their files
        ("activities", "view", "2026-10-13"),
        ("activities", "view", "2026-11-03"),
        ("activities", "view", "2026-11-16"),
        ("invoices", "view", "2026-10-13"),
        ("invoices", "view", "2026-11-03"),
        ("invoices", "view", "2026-11-16"),
    ]


def test_every_line_of_the_files_is_accounted_for() -> None:
    records = imports_in_order()
    codes = [
        sorted(reject.code for reject in rejects(sample_context().store, record.import_id))
        for record in records
    ]

    # of the shipped files, the lines before each day
    assert [record.rows_read for record in records] == [
        *(1785, 1837),
        *(5026, 5145, 5266),
        *(1532, 1573, 1592),
    ]
    assert [(r.added, r.changed, r.unchanged, r.rejected) for r in records] == [
        (1784, 0, 1, 0),
        (52, 48, 1736, 1),
        (5026, 0, 0, 0),
        (119, 0, 5026, 0),
        (119, 0, 5146, 1),
        (1532, 0, 0, 0),
        (41, 0, 1532, 0),
        (16, 0, 1573, 3),
    ]
    quirks = {1: ["duplicate_id"], 4: ["bad_date"], 7: ["bad_number", "not_a_row", "not_a_row"]}
    assert codes == [quirks.get(place, []) for place in range(8)]


# when it is made, and when it is left alone


@pytest.fixture
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make new companies without files and history: these tests are about folders."""
    sample_context()  # the one that tests share has both: it is made before
    monkeypatch.setattr(demo, "_fill", lambda _: None)


def test_what_somebody_changed_is_still_there_when_the_demo_starts_again(tmp_path: Path) -> None:
    root = sample_workspace(tmp_path)
    promise_something(root)
    said: list[Message] = []

    build_demo(root, TODAY, say=said.append)

    assert "Commander les échantillons" in titles(root)
    assert not said


@pytest.mark.usefixtures("_quickly")
def test_an_untouched_company_is_made_anew_for_another_day(tmp_path: Path) -> None:
    root = sample_workspace(tmp_path)
    said: list[Message] = []

    build_demo(root, TOMORROW, say=said.append)

    made = read(root)
    assert made is not None
    assert made.day == TOMORROW
    assert [path.name for path in tmp_path.iterdir()] == [root.name]
    assert [str(one) for one in said] == [f"Preparing the sample company in {root} …"]


@pytest.mark.usefixtures("_quickly")
def test_what_somebody_changed_is_set_aside_on_another_day(tmp_path: Path) -> None:
    root = sample_workspace(tmp_path)
    promise_something(root)
    said: list[Message] = []

    build_demo(root, TOMORROW, say=said.append)

    aside = tmp_path / "cap90-demo-2026-11-16"
    assert "Commander les échantillons" in titles(aside)
    assert "Commander les échantillons" not in titles(root)
    assert len(said) == 2  # that it is made, and what was kept
    assert str(aside) in str(said[1])


@pytest.mark.usefixtures("_quickly")
def test_locked_limits_are_a_change_worth_keeping(tmp_path: Path) -> None:
    root = sample_workspace(tmp_path)
    with open_context(root) as context:
        lock_limits(
            context, "deals_won", date(2026, 1, 5), date(2026, 6, 29), "Before the reminders"
        )

    build_demo(root, TOMORROW, say=lambda _: None)

    assert (tmp_path / "cap90-demo-2026-11-16").is_dir()


@pytest.mark.usefixtures("_quickly")
def test_an_empty_folder_becomes_the_company(tmp_path: Path) -> None:
    root = tmp_path / "new"
    root.mkdir()

    assert build_demo(root, TODAY) == root
    assert titles(root) == []


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine", encoding="utf-8")

    with pytest.raises(WorkspaceError, match="not made by the demonstration"):
        build_demo(tmp_path, TODAY)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_real_workspace_is_left_alone(tmp_path: Path) -> None:
    root = tmp_path / "company"
    create(root, Settings(company="Une vraie entreprise"))
    before = sorted(path.name for path in root.iterdir())

    with pytest.raises(WorkspaceError, match="not made by the demonstration"):
        build_demo(root, TODAY)

    assert sorted(path.name for path in root.iterdir()) == before


def test_a_company_that_could_not_be_finished_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Context) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(demo, "_fill", fail)

    with pytest.raises(OSError, match="no space left"):
        build_demo(tmp_path / "cap90-demo", TODAY)

    assert list(tmp_path.iterdir()) == []


def test_the_monday_page_has_something_to_say_on_other_days_too(tmp_path: Path) -> None:
    day = date(2028, 2, 29)

    with open_context(build_demo(tmp_path / "cap90-demo", day)) as context:
        review = weekly_review(context.on(day))

    values = [row.latest.point.value for row in review.rows if row.latest]
    verdicts = {row.latest.verdict for row in review.rows if row.latest}
    assert len(values) == 7
    assert None not in values
    assert {Verdict.FIND_THE_CAUSE, Verdict.LEARN} <= verdicts
    assert len(review.late) == 1

"""The drill that proves a backup: everything of a company is damaged, and comes back equal."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.access import accounts
from dashboard.access.access import Access
from dashboard.access.rights import Role
from dashboard.access.visitor import Visitor
from dashboard.rhythm.actions import list_actions
from pipelines.context import open_context
from pipelines.kpis.assess import assess
from pipelines.kpis.availability import availability
from pipelines.kpis.catalogue import catalogue
from pipelines.kpis.choice import chosen
from pipelines.kpis.targets import list_targets
from pipelines.periods import Grain
from tests.builders.by_hand import TODAY
from tests.builders.command_line import cap90
from tests.builders.sample import sample_workspace

GRAINS = (Grain.WEEK, Grain.MONTH, Grain.QUARTER)
BOSS = Visitor("Louise Gagnon", Role.OWNER)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAP90_TODAY", TODAY.isoformat())
    root = sample_workspace(tmp_path)
    with open_context(root) as context, Access.open(context.workspace) as access:
        accounts.add_account(
            access, BOSS, email="louise@example.test", name="Louise Gagnon", role=Role.OWNER
        )
        accounts.add_account(
            access, BOSS, email="anne@example.test", name="Anne Roy", role=Role.VIEWER
        )
    return root


def everything(root: Path) -> dict[str, Any]:
    """Return what a company would miss: every KPI at every grain, actions, targets, accounts."""
    with open_context(root) as context, Access.open(context.workspace) as access:
        access.audit.take_over(context)
        known = catalogue(context)
        unavailable = availability(context)
        keys = [key for key in known if unavailable.get(key) is None]
        return {
            "kpis": {grain: assess(context, keys, grain) for grain in GRAINS},
            "actions": list_actions(context),
            "targets": list_targets(context),
            "choice": chosen(context),
            "accounts": accounts.list_accounts(access),
            "audit": access.audit.entries(limit=10_000),
            "settings": context.workspace.settings,
        }


def test_a_company_whose_folder_is_ruined_comes_back_equal_and_sound(
    root: Path, tmp_path: Path
) -> None:
    before = everything(root)
    assert len(before["kpis"][Grain.WEEK]) >= 7
    assert before["actions"]
    assert before["targets"]
    assert len(before["accounts"]) == 2
    saved = tmp_path / "saved.cap90"
    assert cap90("backup", "--out", saved, "--workspace", root).code == 0

    content = bytearray((root / "cap90.duckdb").read_bytes())
    content[100:200_000] = b"\0" * 199_900
    (root / "cap90.duckdb").write_bytes(content)
    (root / "access.sqlite").unlink()
    (root / "cap90.toml").unlink()
    shutil.rmtree(root / "imports")
    shutil.rmtree(root / "backups")
    assert cap90("check", "--workspace", root).code == 1

    restored = cap90("restore", saved, "--yes", "--workspace", root)

    assert (restored.code, restored.out) == (0, "")
    after = everything(root)
    # the trail says one thing more: that it was restored
    assert after["audit"][0].what == "backup.restored"
    assert after["audit"][1:] == before["audit"]
    assert {**after, "audit": None} == {**before, "audit": None}
    assert cap90("backup", "--workspace", root).code == 0
    checked = cap90("check", "--rebuild", "--json", "--workspace", root)
    assert checked.document["sound"], checked.out
    assert [one["name"] for one in checked.document["checks"]] == [
        "database",
        "register",
        "originals",
        "backups",
        "rebuild",
        "accounts",
    ]

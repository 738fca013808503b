"""Backups: one file that holds everything a company has told Cap 90.

A backup that is made by hand also holds the imported files. Those that are made by themselves do
not: imported files lie in ``imports/`` and are never changed.
"""

from pipelines.backup.archive import verify
from pipelines.backup.making import before_import, before_update, by_hand, daily
from pipelines.backup.manifest import Manifest, Why
from pipelines.backup.replaced import KEPT_DAYS
from pipelines.backup.replaced import states as replaced_states
from pipelines.backup.restoring import Restored, restore
from pipelines.backup.shelf import Backup, backups, damaged, read_manifest
from pipelines.backup.timer import Timer

__all__ = [
    "KEPT_DAYS",
    "Backup",
    "Manifest",
    "Restored",
    "Timer",
    "Why",
    "backups",
    "before_import",
    "before_update",
    "by_hand",
    "daily",
    "damaged",
    "read_manifest",
    "replaced_states",
    "restore",
    "verify",
]

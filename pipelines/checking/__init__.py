"""Look whether everything is as it should be: database, register, originals, backups."""

from pipelines.checking.check import Check, check

__all__ = ["Check", "check"]

"""Frozen values as JSON and back: a closed review is read as it was, whatever the product became.

Every value says of which kind it is, so that sentences keep what they speak of (a day, an amount, a
KPI's name in each language) and are said to each reader in their own language and number format, in
the words they were said in then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from dashboard.text import worded
from pipelines.errors import Message

#: The key that names the kind of a value; no field may be called so.
_KIND = "is"


class Freezer:
    """Writes and reads values of some classes.

    Args:
        kinds: Every dataclass and enumeration that the values may hold, at any depth. Their
            names are what is written: renaming one makes what was kept unreadable.

    Raises:
        ValueError: Two kinds have one name.
    """

    def __init__(self, *kinds: type) -> None:
        self._kinds = {kind.__name__: kind for kind in kinds}
        if len(self._kinds) != len(kinds):
            raise ValueError("two kinds have one name")

    def to_json(self, value: object) -> str:
        """Return a value as it is kept; the same value gives the same text.

        Raises:
            TypeError: It holds something of another kind.
        """
        return json.dumps(self._written(value), ensure_ascii=False, sort_keys=True)

    def from_json(self, kept: str) -> Any:
        """Return a value that was kept.

        Fields that a class has got since take their defaults; those it has lost are left out.
        """
        return self._read(json.loads(kept))

    def _written(self, value: object) -> Any:  # noqa: PLR0911 - one line for each kind of value
        match value:
            case Enum():
                return {_KIND: self._name(value), "name": value.name}
            case None | bool() | int() | float() | str():
                return value
            case Decimal():
                return {_KIND: "decimal", "value": str(value)}
            case datetime():
                return {_KIND: "moment", "value": value.isoformat()}
            case date():
                return {_KIND: "day", "value": value.isoformat()}
            case Mapping():
                pairs = {str(key): self._written(one) for key, one in value.items()}
                return {_KIND: "mapping", "value": pairs}
            case Sequence() | frozenset():
                return [self._written(one) for one in value]
            case Message() if value.words is None:
                return self._written(worded(value))
            case _ if is_dataclass(value):
                held = {one.name: self._written(getattr(value, one.name)) for one in fields(value)}
                return {_KIND: self._name(value), **held}
            case _:
                raise TypeError(type(value).__name__)

    def _name(self, value: object) -> str:
        name = type(value).__name__
        if self._kinds.get(name) is not type(value):
            raise TypeError(name)
        return name

    def _read(self, kept: Any) -> Any:  # noqa: PLR0911 - as above
        if isinstance(kept, list):
            return tuple(self._read(one) for one in kept)
        if not isinstance(kept, dict):
            return kept
        match kept[_KIND]:
            case "decimal":
                return Decimal(kept["value"])
            case "moment":
                return datetime.fromisoformat(kept["value"])
            case "day":
                return date.fromisoformat(kept["value"])
            case "mapping":
                pairs = {name: self._read(one) for name, one in kept["value"].items()}
                return MappingProxyType(pairs)
            case name:
                return self._made(self._kinds[name], kept)

    def _made(self, kind: Any, kept: Mapping[str, Any]) -> Any:
        if issubclass(kind, Enum):
            return kind[kept["name"]]
        known = {one.name: one for one in fields(kind)}
        held = {name: self._read(kept[name]) for name in known.keys() & kept.keys()}
        return kind(**held)


def kinds_of(*hints: Any) -> tuple[type, ...]:
    """Return every dataclass and enumeration that values of some types may hold.

    Args:
        hints: Types as annotations name them; what sentences speak of has to be among them, since
            no annotation says what that is.
    """
    found: dict[type, None] = {}
    waiting = list(hints)
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if not isinstance(hint, type) or hint in found:
            continue
        if is_dataclass(hint):
            waiting += get_type_hints(hint).values()
        if is_dataclass(hint) or issubclass(hint, Enum):
            found[hint] = None
    return tuple(found)

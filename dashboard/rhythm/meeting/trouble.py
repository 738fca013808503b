"""Why a letter could not be sent, kept so that everybody reads it in their own language."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pipelines.errors import Message, Problem, msg


def to_kept(problems: Sequence[Problem]) -> str | None:
    """Return problems as they are kept; None for none."""
    if not problems:
        return None
    plain = [
        {
            "what": _plain(one.what),
            "where": one.where,
            "hint": _plain(one.hint) if one.hint else None,
        }
        for one in problems
    ]
    return json.dumps(plain, ensure_ascii=False)


def from_kept(kept: str | None) -> tuple[Problem, ...]:
    """Return problems that were kept.

    What was kept as a sentence, before problems were, is still said as it was written.
    """
    if not kept:
        return ()
    try:
        return tuple(_problem(one) for one in json.loads(kept))
    except (ValueError, TypeError, KeyError):
        return (Problem(msg("{said}", said=kept)),)


def _plain(message: Message) -> dict[str, Any]:
    values = {
        name: list(value) if isinstance(value, list | tuple) else str(value)
        for name, value in message.values.items()
    }
    return {"template": message.template, "values": values}


def _problem(plain: Mapping[str, Any]) -> Problem:
    hint = plain["hint"]
    return Problem(_message(plain["what"]), plain["where"], _message(hint) if hint else None)


def _message(plain: Mapping[str, Any]) -> Message:
    return Message(plain["template"], MappingProxyType(dict(plain["values"])))

"""The one cache of the screen: what was read is kept until something changes.

Keys carry the version of the data (it grows with every write) and the day, never a duration, so
nobody ever sees yesterday's numbers.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from dashboard import session
from pipelines.context import Context
from pipelines.journal import newest_about

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")

#: Enough for a company's seven KPIs at three grains, and a few weeks back.
_KEPT = 128
#: Kinds of things whose changes change numbers; a meeting that is closed freezes some.
_ABOUT_NUMBERS = (
    *("import", "target", "choice", "entry", "kpi", "limits", "person", "settings", "meeting"),
)
#: What a review of a quarter also looks at; its own verdicts leave the evidence as it is.
_ABOUT_WORK = (*("action", "experiment", "decision", "blocker", "plan", "one_to_one"),)
_lock = threading.Lock()
_kept: OrderedDict[object, object] = OrderedDict()


def remembered(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Keep what a function returns for as long as data and day stay the same.

    The values are frozen, so sessions share them without copies.
    """
    return _kept_while(function, lambda context: context.store.version)


def remembered_numbers(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Keep what a function returns for as long as no number can have changed.

    What people write in meetings, and actions and plans, leave the numbers as they are: somebody
    who types a note has not everybody's screen compute a month anew.
    """
    return _kept_while(function, _numbers)


def remembered_evidence(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Keep what a function returns for as long as neither numbers nor work can have changed."""
    kinds = (*_ABOUT_NUMBERS, *_ABOUT_WORK)
    return _kept_while(
        function, lambda context: context.store.read(lambda cursor: newest_about(cursor, kinds))
    )


def _numbers(context: Context) -> int:
    """Return a number that grows with everything that may change a KPI, a target or a name."""
    return context.store.read(lambda cursor: newest_about(cursor, _ABOUT_NUMBERS))


def _kept_while(
    function: Callable[_Args, _Result], version: Callable[[Context], int]
) -> Callable[_Args, _Result]:
    @wraps(function)
    def wrapped(*args: _Args.args, **named: _Args.kwargs) -> _Result:
        context = session.current()
        # whose eyes it is for: nobody is ever shown what was read for somebody who sees more
        eyes, store = context.actor.scope, context.store
        state = (context.workspace.root, id(store), version(context), context.today(), eyes)
        name = f"{function.__module__}.{function.__name__}"
        key = (state, context.revision, name, args, tuple(sorted(named.items())))
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return cast("_Result", _kept[key])
        result = function(*args, **named)  # outside the lock: nobody waits for somebody's query
        with _lock:
            _kept[key] = result
            while len(_kept) > _KEPT:
                _kept.popitem(last=False)
        return result

    return wrapped

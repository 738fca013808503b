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

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")

#: Enough for a company's seven KPIs at three grains, and a few weeks back.
_KEPT = 128
_lock = threading.Lock()
_kept: OrderedDict[object, object] = OrderedDict()


def remembered(function: Callable[_Args, _Result]) -> Callable[_Args, _Result]:
    """Keep what a function returns for as long as data and day stay the same.

    The values are frozen, so sessions share them without copies.
    """

    @wraps(function)
    def wrapped(*args: _Args.args, **named: _Args.kwargs) -> _Result:
        context = session.current()
        # whose eyes it is for: nobody is ever shown what was read for somebody who sees more
        eyes, store = context.actor.scope, context.store
        state = (context.workspace.root, id(store), store.version, context.today(), eyes)
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

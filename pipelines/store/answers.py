"""What a transaction was told stays true until it changes it itself: nothing is asked twice."""

import pickle
import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, Self

import duckdb

#: Views, whose readers do not name the tables behind them: asked again after every change.
VIEWS = frozenset({"deal_versions"})

_Rows = list[tuple[Any, ...]]
_COMMENT = re.compile(r"--[^\n]*")
_WORD = re.compile(r"\w+")
_TARGET = re.compile(r"\s*(?:insert\s+(?:or\s+\w+\s+)?into|update|delete\s+from)\s+(\w+)")
#: So many rows are small enough to keep, for so many parameters of a statement.
_MOST_ROWS = 1_000
_MOST_ANSWERS = 200
#: All there are, but for those that are made of definitions.
_MOST_STATEMENTS = 2_000


class _Parsed(NamedTuple):
    """A statement that was parsed once, which takes a quarter of the time of a small one.

    Attributes:
        run: What to run: a text of several statements stays as it is.
        words: Whatever may be a name in it.
        changes: The table it changes, "" if it only reads; None: who knows.
    """

    run: duckdb.Statement | str
    words: frozenset[str]
    changes: str | None


class _Asked(NamedTuple):
    """A question and the answers it got, by its parameters."""

    words: frozenset[str]
    answers: dict[bytes, _Rows]


#: By text, for all databases of this process: names are looked up when a statement is run.
_parsed: dict[str, _Parsed] = {}


class Answers:
    """A cursor in a transaction; a question that was asked before gets the answer it got.

    Answers about a table are forgotten when it is changed, and all of them whenever something else
    is done than to read, insert, update or delete. They depend on tables and parameters alone: no
    statement tells the time or draws lots.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self._asked: dict[str, _Asked] = {}
        self._known: _Rows | None = None
        self._learn: Callable[[_Rows], object] | None = None
        self._run: Callable[[], object] = self._asked.clear  # until there is a statement

    def execute(self, query: str, parameters: object = None) -> Self:
        """Run a statement, or do not where its answer is known."""
        parsed = _parsed.get(query) or _parse(self._cursor, query)
        self._run = partial(self._cursor.execute, parsed.run, parameters)
        self._known = self._learn = None
        if parsed.changes is None:
            self._asked.clear()
        elif parsed.changes:
            self._forget(parsed.changes)
        else:
            values = pickle.dumps(parameters)
            _, answers = self._asked.setdefault(query, _Asked(parsed.words, {}))
            self._known = answers.get(values)
            if len(answers) < _MOST_ANSWERS:
                self._learn = partial(answers.__setitem__, values)
        if self._known is None:
            self._run()
        return self

    def fetchall(self) -> _Rows:
        """Return all rows of the last statement, in a list of the caller's own."""
        if self._known is not None:
            return list(self._known)
        rows = self._cursor.fetchall()
        if self._learn is not None and len(rows) <= _MOST_ROWS:
            self._learn(list(rows))
        self._learn = None  # fetched once more, there is nothing left
        return rows

    def __getattr__(self, name: str) -> Any:
        """Hand on what else a cursor can do, after which nothing is taken for granted."""
        if self._known is not None:  # there is more to an answer than its rows
            self._run()
        self._known = self._learn = None
        self._asked.clear()
        return getattr(self._cursor, name)

    def _forget(self, table: str) -> None:
        for query, asked in tuple(self._asked.items()):
            if table in asked.words or not VIEWS.isdisjoint(asked.words):
                del self._asked[query]


def _parse(cursor: duckdb.DuckDBPyConnection, query: str) -> _Parsed:
    bare = _COMMENT.sub("", query).lower()
    words = frozenset(_WORD.findall(bare))
    statements = cursor.extract_statements(query)
    parsed = _Parsed(query, words, None)
    if len(statements) == 1:
        (statement,) = statements
        target = _TARGET.match(bare)
        reads = statement.type == duckdb.StatementType.SELECT
        parsed = _Parsed(statement, words, "" if reads else target[1] if target else None)
    if len(_parsed) >= _MOST_STATEMENTS:
        _parsed.clear()
    _parsed[query] = parsed
    return parsed

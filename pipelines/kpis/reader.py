"""Read KPI definitions from TOML files: ``kpi_definitions/README.md`` describes the format."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError
from pydantic_core import ErrorDetails

from pipelines.errors import DefinitionError, Message, Problem, did_you_mean, msg
from pipelines.kpis import expressions
from pipelines.kpis.definition import (
    Aggregate,
    Better,
    Definition,
    Kind,
    LocalText,
    Measure,
    Requirement,
    Unit,
)
from pipelines.kpis.expressions import FragmentError
from pipelines.kpis.tables import TABLES, ColumnType, Table
from pipelines.periods import Grain

#: A key is typed on the command line and stands in URLs and file names.
KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")

_WORDS = {
    "kind": tuple(Kind),
    "unit": tuple(Unit),
    "better": tuple(Better),
    "aggregate": tuple(Aggregate),
    "reviewed": (Grain.WEEK, Grain.MONTH, Grain.QUARTER),
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Text(_Strict):
    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)
    fr_CA: str = ""  # noqa: N815 - the name of the locale

    def value(self) -> LocalText:
        return LocalText(self.en, self.fr, self.fr_CA)


class _Requires(_Strict):
    where: str = Field(min_length=1)
    reason: _Text


class _Measure(_Strict):
    table: str
    date: str
    where: str = ""
    numerator: str = Field(min_length=1)
    denominator: str = ""
    min_sample: int = Field(default=0, ge=0)
    requires: tuple[_Requires, ...] = ()


class _File(_Strict):
    kind: Kind
    unit: Unit
    better: Better
    name: _Text
    question: _Text
    formula: _Text
    reviewed: tuple[Grain, ...] = Field(min_length=1)
    measure: _Measure | None = None
    aggregate: Aggregate | None = None
    confidential: StrictBool = False


def read_definitions(*folders: Path) -> dict[str, Definition]:
    """Return the definitions of every ``*.toml`` in some folders, by key.

    Args:
        folders: Later ones override earlier ones, key by key; one that does not exist is empty.

    Raises:
        DefinitionError: All problems of all files at once, each with file and key.
    """
    definitions: dict[str, Definition] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            try:
                definitions[path.stem] = _read(path)
            except DefinitionError as error:
                problems.extend(error.problems)
    if problems:
        raise DefinitionError(*problems)
    return dict(sorted(definitions.items()))


def _read(path: Path) -> Definition:
    if not KEY.fullmatch(path.stem):
        raise DefinitionError.of(
            msg("'{name}' cannot be the key of a KPI.", name=path.stem),
            path.name,
            msg("Name the file with small letters, digits and _, such as win_rate.toml."),
        )
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError.of(
            msg("This is not TOML: {detail}.", detail=str(error).rstrip(".")),
            path.name,
            msg("Compare it with the example in kpi_definitions/README.md."),
        ) from error
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        # what can be checked all the same is reported along with it
        problems = [_problem(path, detail) for detail in error.errors()]
        raise DefinitionError(*problems, *_salvaged(path, content)) from error
    problems = list(_sense(path, file))
    if file.measure:
        problems += _measure_problems(path, file.measure)
    if problems:
        raise DefinitionError(*problems)
    return _definition(path.stem, file)


def _definition(key: str, file: _File) -> Definition:
    return Definition(
        key=key,
        kind=file.kind,
        unit=file.unit,
        better=file.better,
        name=file.name.value(),
        question=file.question.value(),
        formula=file.formula.value(),
        reviewed=file.reviewed,
        measure=_measure(file.measure) if file.measure else None,
        adds_up=_adds_up(file),
        aggregate=file.aggregate,
        confidential=file.confidential,
    )


def _measure(file: _Measure) -> Measure:
    return Measure(
        table=file.table,
        date=file.date,
        numerator=file.numerator,
        where=file.where,
        denominator=file.denominator,
        min_sample=file.min_sample,
        requires=tuple(Requirement(one.where, one.reason.value()) for one in file.requires),
    )


def _adds_up(file: _File) -> bool:
    if file.measure is None:
        return file.aggregate is Aggregate.SUM
    if file.measure.denominator:
        return False
    table = TABLES[file.measure.table]
    return expressions.adds_up(expressions.aggregate(file.measure.numerator, table))


def _sense(path: Path, file: _File) -> Iterator[Problem]:
    if file.measure and file.aggregate:
        yield Problem(
            msg("A computed KPI is always computed from rows; nothing is aggregated."),
            _place(path, "aggregate"),
            msg("Leave it out, or leave out [measure] for a KPI that is typed."),
        )
    if file.measure is None and file.aggregate is None:
        yield Problem(
            msg("There is neither a [measure] nor an aggregate."),
            path.name,
            msg('Add [measure] to compute it, or aggregate = "sum" for a KPI that is typed.'),
        )
    if Grain.YEAR in file.reviewed:
        yield Problem(msg("KPIs are reviewed by week, month or quarter."), _place(path, "reviewed"))


def _measure_problems(path: Path, measure: _Measure) -> Iterator[Problem]:
    table = TABLES.get(measure.table)
    if table is None:
        yield Problem(
            msg("There is no table '{name}'.", name=measure.table),
            _place(path, "measure.table"),
            did_you_mean(measure.table, list(TABLES))
            or msg("Choose one of: {words}.", words=tuple(TABLES)),
        )
        return
    dates = [name for name, kind in table.columns.items() if kind is ColumnType.DATE]
    if measure.date not in dates:
        yield Problem(
            msg("{table} has no date '{name}'.", table=table.name, name=measure.date),
            _place(path, "measure.date"),
            did_you_mean(measure.date, dates) or msg("Choose one of: {words}.", words=tuple(dates)),
        )
    if measure.where:
        yield from _fragment_problems(path, "measure.where", measure.where, table)
    for key in ("numerator", "denominator"):
        if text := getattr(measure, key):
            yield from _fragment_problems(path, f"measure.{key}", text, table, counts=True)
    for number, required in enumerate(measure.requires, 1):
        key = f"measure.requires {number}.where"
        yield from _fragment_problems(path, key, required.where, table)


def _fragment_problems(
    path: Path, key: str, text: str, table: Table, *, counts: bool = False
) -> Iterator[Problem]:
    try:
        (expressions.aggregate if counts else expressions.condition)(text, table)
    except FragmentError as error:
        for fault in error.faults:
            yield Problem(fault.what, _place(path, key), fault.hint)


def _salvaged(path: Path, content: dict[str, Any]) -> list[Problem]:
    """Return the problems of a measure that is sound in itself, in a file that is not."""
    try:
        return list(_measure_problems(path, _Measure.model_validate(content.get("measure"))))
    except ValidationError:
        return []


def _problem(path: Path, detail: ErrorDetails) -> Problem:
    location = [part if isinstance(part, str) else str(part + 1) for part in detail["loc"]]
    place = _place(path, ".".join(location))
    what, hint = _explained(detail, location)
    return Problem(what, place, hint)


def _explained(detail: ErrorDetails, location: Sequence[str]) -> tuple[Message, Message | None]:
    word = str(detail["input"])
    name = next((part for part in reversed(location) if not part.isdigit()), "")
    match detail["type"]:
        case "missing":
            return msg("This is missing."), msg("kpi_definitions/README.md says what goes here.")
        case "extra_forbidden":
            return msg("Nobody knows the key '{name}'.", name=name), did_you_mean(
                name, _siblings(location)
            )
        case "enum":
            words = _WORDS[name]
            return msg("'{word}' is not possible here.", word=word), did_you_mean(
                word, words
            ) or msg("Choose one of: {words}.", words=words)
        case "string_too_short" | "too_short":
            return msg("This is empty."), None
        case "greater_than_equal":
            return msg("'{word}' is below zero.", word=word), None
        case _:
            return msg("'{word}' is not what is expected here.", word=word), msg(
                "kpi_definitions/README.md says what goes here."
            )


def _siblings(location: Sequence[str]) -> list[str]:
    match [part for part in location if not part.isdigit()]:
        case ["measure", "requires", "reason", _] | ["name" | "question" | "formula", _]:
            return list(_Text.model_fields)
        case ["measure", "requires", _]:
            return list(_Requires.model_fields)
        case ["measure", _]:
            return list(_Measure.model_fields)
        case _:
            return list(_File.model_fields)


def _place(path: Path, key: str) -> str:
    return f"{path.name}: [{key}]"

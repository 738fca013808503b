"""Mapping files: what a person says about a file that its columns do not say themselves.

A mapping file is TOML::

    source = "generic"            # hubspot, salesforce, pipedrive, generic
    entity = "deals"              # deals, activities, invoices, stage_entries, kpi_entries
    delimiter = ";"
    encoding = "cp1252"
    date_format = "DD/MM/YYYY"
    decimal = ","
    currency = "CAD"              # for rows without a currency of their own
    tax = "excluded"              # or the rate that amounts include: "14.975%"

    [columns]                     # canonical (or helper) column = header in the file
    amount = "Montant final"
    cost = ""                     # no column says it, whatever one may be called

    [stages]                      # label = open, won, lost or neither; "" for rows without one
    "Terminé" = "won"

    [owners]                      # as written = the person
    "mtremblay" = "Marie Tremblay"
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from pipelines.errors import ImportRefused, Message, Problem, did_you_mean, msg
from pipelines.ingest.canonical import ENTITIES
from pipelines.sources import SOURCES
from pipelines.sources.words import fold

Status = Literal["open", "won", "lost", "neither"]
_RATE = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*")
#: Above this, a bare rate can only have been meant in percent.
_LARGEST_FRACTION = 1.0


def _tax(value: object) -> object:
    """Return None for amounts before tax, else the rate as a fraction."""
    if value is None or (isinstance(value, str) and fold(value) == "excluded"):
        return 0.0
    match = _RATE.fullmatch(str(value))
    if match is None:
        raise ValueError(value)
    rate = float(match[1].replace(",", ".")) / (100 if match[2] else 1)
    if not 0 <= rate < _LARGEST_FRACTION:
        raise ValueError(value)
    return rate


class MappingFile(BaseModel):
    """A mapping file, checked.

    Attributes:
        tax: The rate that amounts include, as a fraction; 0 if they are before tax; None if
            nobody said.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str | None = None
    entity: str | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    encoding: str | None = None
    date_format: str | list[str] | None = None
    decimal: Literal[",", "."] | None = None
    currency: Annotated[str | None, Field(pattern=r"^[A-Z]{3}$")] = None
    tax: Annotated[float | None, BeforeValidator(_tax)] = None
    columns: dict[str, str] = Field(default_factory=dict)
    stages: dict[str, Status] = Field(default_factory=dict)
    owners: dict[str, str] = Field(default_factory=dict)

    @field_validator("source")
    @classmethod
    def _known_source(cls, name: str | None) -> str | None:
        if name is not None and name not in SOURCES:
            raise ValueError(name)
        return name

    @field_validator("entity")
    @classmethod
    def _known_entity(cls, name: str | None) -> str | None:
        if name is not None and name not in ENTITIES:
            raise ValueError(name)
        return name


def read_mapping(path: Path) -> MappingFile:
    """Read and check a mapping file.

    Raises:
        ImportRefused: It cannot be read; every problem it has is named.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ImportRefused.of(
            msg("The mapping file cannot be read."),
            where=str(path),
            hint=msg("Check the path passed with --mapping."),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImportRefused.of(
            msg("The mapping file is not valid TOML: {reason}.", reason=str(error)),
            where=str(path),
            hint=msg("Headers and labels stand between quotation marks."),
        ) from error
    try:
        mapping = MappingFile.model_validate(data)
    except ValidationError as error:
        raise ImportRefused(
            *(_problem(path, dict(one)) for one in error.errors(include_url=False))
        ) from error
    unknown = _unknown_columns(mapping)
    if unknown:
        raise ImportRefused(
            *(
                Problem(
                    msg("[columns] '{name}' is not a column we know.", name=name), str(path), hint
                )
                for name, hint in unknown
            )
        )
    return mapping


def _unknown_columns(mapping: MappingFile) -> list[tuple[str, Message]]:
    chosen = [ENTITIES[mapping.entity]] if mapping.entity else list(ENTITIES.values())
    known = list(dict.fromkeys(name for entity in chosen for name in entity.inputs))
    return [
        (name, did_you_mean(name, known) or msg("Use one of {names}.", names=known))
        for name in mapping.columns
        if name not in known
    ]


def _problem(path: Path, error: Mapping[str, object]) -> Problem:
    location = error["loc"]
    parts = [str(part) for part in location] if isinstance(location, tuple) else []
    key, value = ".".join(parts), error["input"]
    if error["type"] == "extra_forbidden":
        known = list(MappingFile.model_fields)
        hint = did_you_mean(parts[-1], known) or msg("Use one of {names}.", names=known)
        return Problem(msg("'{key}' is not a key of mapping files.", key=key), str(path), hint)
    return Problem(
        msg("[{key}] cannot be '{value}'.", key=key, value=str(value)),
        str(path),
        _allowed(parts[0] if parts else "", str(value)),
    )


def _allowed(key: str, value: str) -> Message | None:
    """Return what a key may hold."""
    if key in ("source", "entity"):
        names = list(SOURCES) if key == "source" else list(ENTITIES)
        return did_you_mean(value, names) or msg("Use one of {names}.", names=names)
    quoted = msg("Write it between quotation marks, in its own section.")
    return {
        "stages": msg("A stage is open, won, lost or neither."),
        "tax": msg('Write "excluded", or the rate that amounts include, such as "20%".'),
        "decimal": msg('Write "," or ".".'),
        "delimiter": msg('Write the one sign between cells, such as ";".'),
        "currency": msg("Write a currency's three letters, such as CAD."),
        "columns": quoted,
        "owners": quoted,
    }.get(key)


def named_columns(mapping: MappingFile, headers: Mapping[str, str], path: Path) -> dict[str, str]:
    """Return the columns that a mapping names, by canonical or helper name.

    Args:
        headers: Column of the frame by header as written in the file.

    Raises:
        ImportRefused: A named header is not in the file.
    """
    folded = {fold(header): column for header, column in headers.items()}
    missing = [
        Problem(
            msg(
                "The mapping says {name} = '{header}', but the file has no such column.",
                name=name,
                header=header,
            ),
            str(path),
            did_you_mean(header, list(headers))
            or msg("Its columns are: {headers}.", headers=list(headers)),
        )
        for name, header in mapping.columns.items()
        if header and fold(header) not in folded
    ]
    if missing:
        raise ImportRefused(*missing)
    return {
        name: folded[fold(header)] if header else "" for name, header in mapping.columns.items()
    }

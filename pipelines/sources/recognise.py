"""Tell which system a file comes from and what it holds, by the names of its columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.errors import ImportRefused, Problem, did_you_mean, msg
from pipelines.sources import SOURCES
from pipelines.sources.source import Layout, Source, entity_name
from pipelines.sources.words import fold, squeeze

#: A file is taken for one of a CRM when it carries this many headers that hardly anybody else uses.
_SIGNS = 2
#: What a signature header weighs beside an ordinary one that is understood.
_SIGN_WEIGHT = 2
#: How many headers a refusal repeats, so that it stays readable.
_SHOWN_HEADERS = 12
_CURRENCY_TAIL = re.compile(r"^(.*?)(usd|eur|cad|gbp|chf)$")


@dataclass(frozen=True)
class StageDates:
    """A column that holds the day each deal entered one stage."""

    header: str
    stage: str
    pipeline: str | None


@dataclass(frozen=True)
class Recognised:
    """What a file was taken for.

    Attributes:
        columns: Header, as written in the file, by canonical or helper column.
        currency: From a header such as ``deal_value_usd``; None if no header says.
        signs: How many headers of the system's own it carries.
    """

    source: Source
    layout: Layout
    columns: Mapping[str, str]
    stage_dates: tuple[StageDates, ...] = ()
    currency: str | None = None
    signs: int = 0

    @property
    def score(self) -> int:
        """The more, the surer."""
        return len(self.columns) + len(self.stage_dates) + _SIGN_WEIGHT * self.signs


def recognise(
    headers: Sequence[str],
    *,
    file: str,
    source: str | None = None,
    entity: str | None = None,
    named: Mapping[str, str] | None = None,
) -> Recognised:
    """Return what a file is, or refuse saying what was found and what to pass.

    Args:
        headers: As written in the file.
        file: Its name, for the message.
        source: Only this system is considered.
        entity: Only files that fill this table are considered.
        named: Columns that a mapping file names; they count and win over recognised ones. With
            an empty header, the file is taken not to have the column.

    Raises:
        ImportRefused: Nothing fits, or two things fit equally well.
    """
    given = dict(named or {})
    _check_entity(entity, source, file)
    asked = {"insisted": source is not None, "told": entity is not None}
    candidates = [
        found
        for one in _sources(source, file)
        for layout in one.layouts
        if entity in (None, layout.entity)
        if (found := _match(one, layout, headers, given, **asked))
    ]
    if not candidates:
        raise _nothing_fits(headers, file, source, entity, given)
    # a CRM's own headers say more than words that everybody uses
    own = [found for found in candidates if not found.source.loose]
    ranked = sorted(own or candidates, key=lambda found: -found.score)
    best = ranked[0]
    rivals = [
        found
        for found in ranked[1:]
        if found.score == best.score and found.layout.entity != best.layout.entity
    ]
    if rivals or (len({found.source.name for found in ranked if found.score == best.score}) > 1):
        raise _unsure(file, [found for found in ranked if found.score == best.score])
    return best


def _sources(name: str | None, file: str) -> list[Source]:
    if name is None:
        return list(SOURCES.values())
    if name not in SOURCES:
        raise ImportRefused.of(
            msg("'{word}' is not a source we know.", word=name),
            where=file,
            hint=did_you_mean(name, list(SOURCES))
            or msg("Use one of {names}.", names=list(SOURCES)),
        )
    return [SOURCES[name]]


def _check_entity(entity: str | None, source: str | None, file: str) -> None:
    if entity is None:
        return
    everything = _entities(None)
    if entity not in everything:
        raise ImportRefused.of(
            msg("'{word}' is not something that can be imported.", word=entity),
            where=file,
            hint=did_you_mean(entity, everything) or msg("Use one of {names}.", names=everything),
        )
    if source in SOURCES and entity not in _entities(source):
        raise ImportRefused.of(
            msg(
                "Files from {source} do not hold {entity}.",
                source=SOURCES[source].title,
                entity=entity_name(entity),
            ),
            where=file,
            hint=msg("Use one of {names}.", names=_entities(source)),
        )


def _entities(source: str | None) -> list[str]:
    chosen = SOURCES.values() if source is None else [SOURCES[source]]
    return list(dict.fromkeys(layout.entity for one in chosen for layout in one.layouts))


def _match(
    source: Source,
    layout: Layout,
    headers: Sequence[str],
    named: Mapping[str, str],
    *,
    insisted: bool,
    told: bool,
) -> Recognised | None:
    """Return the file seen as one layout, or None if it cannot be one.

    Args:
        insisted: Somebody said which system it comes from.
        told: Somebody said what it holds.
    """
    plain = squeeze if source.loose else fold
    found: dict[str, str] = {}
    for header in headers:
        found.setdefault(plain(header), header)
    columns, currency = _columns(layout, found, loose=source.loose)
    taken = set(named.values())
    columns = {column: header for column, header in columns.items() if header not in taken}
    columns = {column: header for column, header in (columns | dict(named)).items() if header}
    wanted = layout.needs if told else (*layout.needs, *layout.evidence)
    if not all(any(column in columns for column in group) for group in wanted):
        return None
    if not named and any(plain(word) in found for word in layout.excludes):
        return None
    signs = sum(plain(word) in found for word in set(map(plain, layout.signature)))
    if not source.loose and signs < _SIGNS and not insisted:
        return None
    dates = _stage_dates(source, headers) if layout.entity == "deals" else ()
    return Recognised(source, layout, columns, dates, currency, signs)


def _columns(
    layout: Layout, found: Mapping[str, str], *, loose: bool
) -> tuple[dict[str, str], str | None]:
    columns: dict[str, str] = {}
    taken: set[str] = set()
    currency = None
    reduce = squeeze if loose else fold
    for column, words in layout.headers.items():
        for word in words:
            header = found.get(reduce(word))
            if header is not None and header not in taken:
                columns[column] = header
                taken.add(header)
                break
    if loose and "amount" in layout.headers and "amount" not in columns:
        amounts = {reduce(word) for word in layout.headers["amount"]}
        for word, header in found.items():
            tail = _CURRENCY_TAIL.match(word)
            if tail and tail[1] in amounts and header not in taken:
                columns["amount"], currency = header, tail[2].upper()
                break
    return columns, currency


def _stage_dates(source: Source, headers: Sequence[str]) -> tuple[StageDates, ...]:
    if not source.stage_date_pattern:
        return ()
    pattern = re.compile(source.stage_date_pattern, re.IGNORECASE)
    dates = []
    for header in headers:
        match = pattern.fullmatch(header.strip().lstrip("\ufeff").replace("’", "'"))
        if match:
            groups = match.groupdict()
            dates.append(
                StageDates(header, groups.get("stage") or groups["id"], groups.get("pipeline"))
            )
    return tuple(dates)


def _nothing_fits(
    headers: Sequence[str],
    file: str,
    source: str | None,
    entity: str | None,
    named: Mapping[str, str],
) -> ImportRefused:
    shown = [header for header in headers if header.strip()][:_SHOWN_HEADERS]
    problems = [
        Problem(
            msg("We cannot tell what this file holds. Its columns are: {headers}.", headers=shown),
            file,
            msg(
                "Say what it is with --source ({sources}) and --entity ({entities}), or name its columns in a file passed with --mapping.",
                sources=list(SOURCES),
                entities=_entities(None),
            ),
        )
    ]
    if source is not None or entity is not None or named:
        problems = [
            _missing(layout, one, headers, file, named) for one, layout in _asked(source, entity)
        ]
    return ImportRefused(*problems)


def _asked(source: str | None, entity: str | None) -> list[tuple[Source, Layout]]:
    """Return the one layout that comes closest to what somebody insisted on."""
    chosen = [SOURCES[source]] if source is not None else [SOURCES["generic"]]
    fitting = [
        (one, layout) for one in chosen for layout in one.layouts if entity in (None, layout.entity)
    ]
    return fitting[:1]


def _missing(
    layout: Layout, source: Source, headers: Sequence[str], file: str, named: Mapping[str, str]
) -> Problem:
    plain = squeeze if source.loose else fold
    found = {plain(header): header for header in headers}
    columns, _ = _columns(layout, found, loose=source.loose)
    lacking = [
        group
        for group in layout.needs
        if not any(name in columns or name in named for name in group)
    ]
    if not lacking:
        return Problem(
            msg(
                "The columns look like something other than {entity}.",
                entity=entity_name(layout.entity),
            ),
            file,
            msg("Name its columns in a file passed with --mapping."),
        )
    group = lacking[0]
    words = [layout.headers[name][0] for name in group if name in layout.headers]
    return Problem(
        msg(
            "No column says {column} ({entity} need it); we looked for names such as {words}.",
            column=group[0],
            entity=entity_name(layout.entity),
            words=words,
        ),
        file,
        msg(
            'Name it in a file passed with --mapping: [columns] {column} = "its header".',
            column=group[0],
        ),
    )


def _unsure(file: str, rivals: Sequence[Recognised]) -> ImportRefused:
    titles = dict.fromkeys((found.layout.entity, found.source.title) for found in rivals)
    names = [
        msg("{entity} ({source})", entity=entity_name(entity), source=title)
        for entity, title in titles
    ]
    return ImportRefused.of(
        msg("This file could be any of: {names}.", names=names),
        where=file,
        hint=msg("Say which with --source and --entity."),
    )

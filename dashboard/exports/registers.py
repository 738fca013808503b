"""Tables of what the product knows of itself: files taken in, rows set aside, people, accounts."""

from collections.abc import Mapping, Sequence

from dashboard import data
from dashboard.access.rights import Capability
from dashboard.access.words import named_state
from dashboard.components.menu import role_name
from dashboard.components.words import cell_word, entity_name, source_name
from dashboard.exports.table import Said, Table
from dashboard.spreadsheets import Column, Kind
from dashboard.text import render, text

Made = tuple[Sequence[Column], Sequence[Sequence[object]]]


def _imports(said: Said) -> Made:
    language = said.language
    columns = [
        Column(text("Number", language), Kind.COUNT),
        Column(text("File", language)),
        Column(text("Holds", language)),
        Column(text("Comes from", language)),
        Column(text("Imported", language), Kind.DATE),
        Column(text("Export", language)),
        Column(text("Rows", language), Kind.COUNT),
        Column(text("Added", language), Kind.COUNT),
        Column(text("Changed", language), Kind.COUNT),
        Column(text("Unchanged", language), Kind.COUNT),
        Column(text("Set aside", language), Kind.COUNT),
    ]
    rows = [
        (
            one.import_id,
            one.file_name,
            entity_name(one.entity, language),
            source_name(one.source, language),
            one.as_of,
            cell_word("coverage", one.coverage, language),
            one.rows_read,
            one.added,
            one.changed,
            one.unchanged,
            one.rejected,
        )
        for one in data.imports.imports()
    ]
    return columns, rows


def _rejects(said: Said) -> Made:
    language = said.language
    columns = [
        Column(text("Line", language), Kind.COUNT),
        Column(text("Reason", language)),
        Column(text("Column", language)),
        Column(text("Content", language)),
    ]
    rows = [
        (one.line, render(one.reason, language), one.column, one.content)
        for one in data.imports.rejects(said.number("import"))
    ]
    return columns, rows


def _people(said: Said) -> Made:
    language = said.language
    columns = [
        Column(text("Name", language)),
        Column(text("Team", language)),
        Column(text("E-mail", language)),
        Column(text("Region", language)),
        Column(text("Business unit", language)),
        Column(text("In the files", language)),
        Column(text("Login", language)),
        Column(text("Still here", language), Kind.FLAG),
    ]
    logins = data.people.logins()
    rows = [
        (
            one.name,
            one.team,
            one.email,
            one.region,
            one.business_unit,
            ", ".join(dict.fromkeys(name for _, name in one.written)),
            role_name(logins[one.person_id], language) if one.person_id in logins else None,
            one.active,
        )
        for one in data.people.persons()
    ]
    return columns, rows


def _accounts(said: Said) -> Made:
    language = said.language
    columns = [
        Column(text("Name", language)),
        Column(text("E-mail address", language)),
        Column(text("Role", language)),
        Column(text("Person", language)),
        Column(text("State", language)),
        Column(text("Last login", language)),
        Column(text("Second factor", language), Kind.FLAG),
    ]
    people, last = data.access.people_by_number(), data.access.last_logins(language)
    rows = [
        (
            one.name,
            one.email,
            role_name(one.role, language),
            people.get(one.person_id) if one.person_id is not None else None,
            render(named_state(one.state), language),
            last.get(one.account_id),
            one.second_factor,
        )
        for one in data.access.accounts()
    ]
    return columns, rows


TABLES: Mapping[str, Table] = {
    "imports": Table(
        Capability.IMPORT, lambda said: text("Imported files", said.language), _imports
    ),
    "rejects": Table(
        Capability.IMPORT, lambda said: text("Rows set aside", said.language), _rejects
    ),
    "people": Table(Capability.EDIT_PEOPLE, lambda said: text("People", said.language), _people),
    "accounts": Table(
        Capability.MANAGE_ACCOUNTS, lambda said: text("Accounts", said.language), _accounts
    ),
}

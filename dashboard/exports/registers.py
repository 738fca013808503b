"""Tables of what the product knows of itself: files taken in, rows set aside, people, accounts."""

from collections.abc import Mapping, Sequence

from dashboard import data
from dashboard.access.accounts import Account
from dashboard.access.rights import Capability
from dashboard.access.words import named_state
from dashboard.components.menu import role_name
from dashboard.components.words import cell_word, entity_name, source_name
from dashboard.exports.table import Field, Made, Said, Table, filled
from dashboard.spreadsheets import Kind
from pipelines.errors import msg
from pipelines.ingest import ImportRecord, Reject
from pipelines.people.person import Person

_REJECTS: Sequence[Field[Reject]] = (
    Field(msg("Line"), lambda one: one.line, Kind.COUNT),
    Field(msg("Reason"), lambda one: one.reason),
    Field(msg("Column"), lambda one: one.column),
    Field(msg("Content"), lambda one: one.content),
)


def _imports(said: Said) -> Made:
    language = said.language
    fields: Sequence[Field[ImportRecord]] = (
        Field(msg("Number"), lambda one: one.import_id, Kind.COUNT),
        Field(msg("File"), lambda one: one.file_name),
        Field(msg("Holds"), lambda one: entity_name(one.entity, language)),
        Field(msg("Comes from"), lambda one: source_name(one.source, language)),
        Field(msg("Imported"), lambda one: one.as_of, Kind.DATE),
        Field(msg("Export"), lambda one: cell_word("coverage", one.coverage, language)),
        Field(msg("Rows"), lambda one: one.rows_read, Kind.COUNT),
        Field(msg("Added"), lambda one: one.added, Kind.COUNT),
        Field(msg("Changed"), lambda one: one.changed, Kind.COUNT),
        Field(msg("Unchanged"), lambda one: one.unchanged, Kind.COUNT),
        Field(msg("Set aside"), lambda one: one.rejected, Kind.COUNT),
    )
    return filled(data.imports.imports(), fields, language)


def _rejects(said: Said) -> Made:
    return filled(data.imports.rejects(said.number("import")), _REJECTS, said.language)


def _people(said: Said) -> Made:
    logins = data.people.logins()

    def login(one: Person) -> str | None:
        role = logins.get(one.person_id)
        return None if role is None else role_name(role, said.language)

    fields: Sequence[Field[Person]] = (
        Field(msg("Name"), lambda one: one.name),
        Field(msg("Team"), lambda one: one.team),
        Field(msg("E-mail"), lambda one: one.email),
        Field(msg("Region"), lambda one: one.region),
        Field(msg("Business unit"), lambda one: one.business_unit),
        Field(
            msg("In the files"),
            lambda one: ", ".join(dict.fromkeys(name for _, name in one.written)),
        ),
        Field(msg("Login"), login),
        Field(msg("Still here"), lambda one: one.active, Kind.FLAG),
    )
    return filled(data.people.persons(), fields, said.language)


def _accounts(said: Said) -> Made:
    language = said.language
    people, last = data.access.people_by_number(), data.access.last_logins(language)
    fields: Sequence[Field[Account]] = (
        Field(msg("Name"), lambda one: one.name),
        Field(msg("E-mail address"), lambda one: one.email),
        Field(msg("Role"), lambda one: role_name(one.role, language)),
        Field(
            msg("Person"),
            lambda one: None if one.person_id is None else people.get(one.person_id),
        ),
        Field(msg("State"), lambda one: named_state(one.state)),
        Field(msg("Last login"), lambda one: last.get(one.account_id)),
        Field(msg("Second factor"), lambda one: one.second_factor, Kind.FLAG),
    )
    return filled(data.access.accounts(), fields, language)


TABLES: Mapping[str, Table] = {
    "imports": Table(Capability.IMPORT, msg("Imported files"), _imports),
    "rejects": Table(Capability.IMPORT, msg("Rows set aside"), _rejects),
    "people": Table(Capability.EDIT_PEOPLE, msg("People"), _people),
    "accounts": Table(Capability.MANAGE_ACCOUNTS, msg("Accounts"), _accounts),
}

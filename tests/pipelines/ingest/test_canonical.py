from pipelines.context import Context
from pipelines.ingest.canonical import ENTITIES
from pipelines.sources import SOURCES
from tests.builders.imports import rows

#: What the import itself adds to every row.
OWN = {"source", "import_id", "file_line", "vanished_on", "seen_from", "entered_at"}


def test_files_can_fill_every_column_of_the_canonical_tables(company: Context) -> None:
    for entity in ENTITIES.values():
        table = {name for name, *_ in rows(company, f"describe {entity.table}")}

        assert table - OWN == set(entity.columns), entity.table


def test_every_layout_names_columns_that_imports_understand() -> None:
    unknown = {
        (source.name, layout.entity, column)
        for source in SOURCES.values()
        for layout in source.layouts
        for column in [*layout.headers, *(name for group in layout.needs for name in group)]
        if column not in ENTITIES[layout.entity].inputs
    }

    assert unknown == set()

"""A workspace from before people had numbers keeps everybody it knew."""

from pathlib import Path

import duckdb

from pipelines.store import Store
from pipelines.store.migrate import migrations


def test_everybody_who_was_known_has_a_number_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(path) as old:
        old.execute("create table schema_migrations (number integer, applied_at timestamp)")
        for number in (1, 2):
            old.execute(migrations()[number])
            old.execute("insert into schema_migrations values (?, now()::timestamp)", [number])
        old.execute("insert into people values ('Zoé', 'zoe@erable.example', 'Est', null, null)")
        old.execute("insert into people (name) values ('Ana')")
        old.execute(
            "insert into hand_kept_kpis values"
            " ('visits', 'input', 'count', 'up', 'Visits', 'sum', true)"
        )

    with Store.open(path) as store:
        people = store.read(
            lambda cursor: cursor.execute(
                "select person_id, name, email, team, active, version from people order by 1"
            ).fetchall()
        )
        kept = store.read(
            lambda cursor: cursor.execute("select kpi, confidential from hand_kept_kpis").fetchall()
        )

    assert people == [
        (1, "Ana", None, None, True, 1),
        (2, "Zoé", "zoe@erable.example", "Est", True, 1),
    ]
    assert kept == [("visits", False)]

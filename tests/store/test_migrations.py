"""Schemas that were released, and the way from each to the one of today."""

import signal
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from playbook.store import journal, migrations, queries
from playbook.store.backup import folder_of
from playbook.store.checkup import check
from playbook.store.database import open_store
from playbook.store.migrations import MIGRATIONS, Migration, known_schema
from playbook.store.trouble import StoreTrouble
from tests.store.children import begin, finish
from tests.store.keeping import add_client, everything, rebuild, start_run, store_in

DATA = Path(__file__).parent / "data"
RELEASED = sorted(DATA.glob("schema-*.sql"))

NEXT = Migration("m999_test", "Only here.", (
    "alter table client add column colour text not null default 'red'",
    "create table big (n integer)",
    "with recursive c(n) as (values (1) union all select n + 1 from c where n < 200000) insert into big select n from c",
))  # fmt: skip

NEWER = known_schema() + 1

MIGRATING = """
import sys
from pathlib import Path
from playbook.store import migrations
from playbook.store.database import open_store
from tests.store.test_migrations import NEXT
migrations.MIGRATIONS += (NEXT,)
sys.stdin.readline()
print("going", flush=True)
store = open_store(Path(sys.argv[1]), patience=30)
print(store.read("select count(*), min(colour) from client"))
"""


def schema_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    [(schema,)] = connection.execute("pragma user_version").fetchall()
    connection.close()
    return int(schema)


def test_there_is_a_dump_of_every_schema() -> None:
    assert len(RELEASED) == known_schema()


def test_each_migration_says_why_and_is_numbered() -> None:
    for number, migration in enumerate(MIGRATIONS, 1):
        assert migration.name.startswith(f"m{number:03}_")
        assert migration.why.endswith(".")
        assert all(sqlite3.complete_statement(f"{statement};") for statement in migration.statements)
        assert not any(";" in statement for statement in migration.statements)


@pytest.mark.parametrize("dump", RELEASED, ids=lambda path: path.stem)
def test_a_store_of_every_schema_opens_with_its_data(tmp_path: Path, dump: Path) -> None:
    path = tmp_path / "playbook.db"
    old = sqlite3.connect(path)
    old.executescript(dump.read_text("utf-8"))
    old.close()
    path.chmod(0o600)
    tmp_path.chmod(0o700)
    store = open_store(path)
    [row] = queries.run_rows(store)
    assert (row.name, row.client_name) == ("acme-studio/onboarding", "Acmé Studio")
    assert [op.kind for op in journal.operations_of_run(store, row.id)] == ["start", "tick"]
    assert check(store).problems == ()
    live = everything(store)
    rebuild(store)
    assert everything(store) == live
    store.close()


def test_the_schema_is_the_one_of_the_dump(tmp_path: Path) -> None:
    """A released migration is never changed."""
    old = sqlite3.connect(":memory:")
    old.executescript(RELEASED[-1].read_text("utf-8"))
    store = store_in(tmp_path)
    query = "select type, name, sql from sqlite_master order by name"
    assert store.read(query) == old.execute(query).fetchall()
    store.close()
    old.close()


def test_a_migration_keeps_a_copy_and_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_in(tmp_path)
    start_run(store, add_client(store))
    before = everything(store)
    store.close()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, NEXT))
    later = open_store(store.path)
    assert later.read("select colour from client") == [("red",)]
    assert schema_of(store.path) == NEWER
    later.close()
    monkeypatch.undo()
    assert [path.name for path in folder_of(store.path).iterdir()] == [f"playbook-schema-{NEWER - 1}.db"]
    kept = open_store(folder_of(store.path) / f"playbook-schema-{NEWER - 1}.db")
    assert everything(kept) == before
    kept.close()


@pytest.mark.parametrize("broken", [
    ("create table a (x)", "insert into nowhere values (1)"), ("create table a (x)", "delete from version"),
])  # fmt: skip
def test_a_migration_that_fails_leaves_the_old_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: tuple[str, ...]
) -> None:
    store = store_in(tmp_path)
    start_run(store, add_client(store))
    before = everything(store)
    store.close()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, Migration("m999_x", "Broken.", broken)))
    with pytest.raises((sqlite3.OperationalError, StoreTrouble)):
        open_store(store.path)
    monkeypatch.undo()
    again = open_store(store.path)
    assert everything(again) == before
    assert again.read("select name from sqlite_master where name = 'a'") == []
    again.close()


def test_four_programs_migrate_at_once(tmp_path: Path) -> None:
    for attempt in range(3):
        store = store_in(tmp_path / str(attempt))
        add_client(store)
        store.close()
        programs = [begin(MIGRATING, store.path) for _ in range(4)]
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("go\n")
            program.stdin.flush()
        assert set(finish(programs)) == {"going\n[(1, 'red')]\n"}
        assert schema_of(folder_of(store.path) / f"playbook-schema-{NEWER - 1}.db") == NEWER - 1
        assert [path.name for path in folder_of(store.path).iterdir()] == [f"playbook-schema-{NEWER - 1}.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_migration_that_is_killed_leaves_one_schema_or_the_other(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    add_client(store)
    store.close()
    found: set[int] = set()
    for attempt in range(12):
        program = begin(MIGRATING, store.path)
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("go\n")
        program.stdin.flush()
        program.stdout.readline()
        time.sleep(attempt * 0.012)
        program.send_signal(signal.SIGKILL)
        program.communicate(timeout=60)
        connection = sqlite3.connect(store.path)
        [(schema,)] = connection.execute("pragma user_version").fetchall()
        columns = [row[1] for row in connection.execute("pragma table_info(client)")]
        rows = connection.execute("select count(*) from big").fetchall() if schema == NEWER else None
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        connection.close()
        assert ("colour" in columns) == (schema == NEWER)
        assert rows in (None, [(200000,)])
        found.add(schema)
        if schema == NEWER:
            break
    assert found <= {NEWER - 1, NEWER}

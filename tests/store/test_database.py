import os
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.store import queries
from playbook.store.database import Store, open_store
from playbook.store.migrations import known_schema
from playbook.store.trouble import StoreTrouble
from tests.store.children import begin, finish
from tests.store.keeping import add_client, change, everything, start_run, store_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = store_in(tmp_path)
    yield opened
    opened.close()


def code_of(path: Path, patience: float = 0.05) -> str:
    """Why a store cannot be opened."""
    with pytest.raises(StoreTrouble) as caught:
        open_store(path, patience=patience)
    assert caught.value.values["path"] == str(path)
    return caught.value.code


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# Opening.


def test_a_new_store_is_made_with_all_folders_above_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "playbook.db"
    store = open_store(path)
    assert len(store.device) == 32
    assert queries.totals(store) == (0, 0)
    device = store.device
    store.close()
    again = open_store(path)
    assert again.device == device
    assert names_in(path.parent) == ["playbook.db"]
    again.close()


def test_every_installation_has_a_device_of_its_own(tmp_path: Path) -> None:
    first, second = store_in(tmp_path / "1"), store_in(tmp_path / "2")
    assert first.device != second.device
    first.close()
    second.close()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_only_the_owner_may_read_anything_under_any_umask(tmp_path: Path, umask: int) -> None:
    home = tmp_path / "home" if umask != 0o277 else tmp_path
    before = os.umask(umask)
    try:
        store = open_store(home / "playbook.db")
        with store.write() as tx:
            tx.execute("insert into taken values ('a')")
            beside = {path.name: mode_of(path) for path in home.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert beside == {"playbook.db": 0o600, "playbook.db-journal": 0o600}
    assert umask == 0o277 or mode_of(home) == 0o700


@pytest.mark.parametrize(
    "content", [b"", b"to do: call Acme", b"SQLite format 3\0" + b"\7" * 5000, b"\0" * 8192]
)
def test_what_is_no_database_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "playbook.db"
    path.write_bytes(content)
    assert code_of(path) == "store-damaged"
    assert path.read_bytes() == content
    assert names_in(tmp_path) == ["playbook.db"]


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "playbook.db"
    other = sqlite3.connect(path)
    other.execute("create table tracks (name text)")
    other.commit()
    other.close()
    content = path.read_bytes()
    assert code_of(path) == "store-damaged"
    assert path.read_bytes() == content


def test_a_directory_or_a_pipe_is_no_database(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "store-unreadable"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert code_of(tmp_path / "pipe") == "store-unreadable"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    assert code_of(tmp_path / "data" / "playbook.db") == "store-unreadable"


def test_a_name_with_signs_that_mean_something_in_an_address(tmp_path: Path) -> None:
    path = tmp_path / "50% of it? #1 & ñ.db"
    open_store(path).close()
    assert names_in(tmp_path) == [path.name]


def test_a_truncated_store_is_damaged(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    start_run(store, add_client(store))
    path = store.path
    store.close()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 // 4096 * 4096])
    with pytest.raises(StoreTrouble) as caught:
        damaged = open_store(path)
        try:
            everything(damaged)
        finally:
            damaged.close()
    assert caught.value.code == "store-damaged"


def test_a_newer_schema_is_refused_before_any_write(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    path = tmp_path / "home" / "playbook.db"
    newer = sqlite3.connect(path)
    newer.execute("pragma user_version = 99")
    newer.execute("update setting set value = '7.0' where key = 'program'")
    newer.commit()
    newer.close()
    content = path.read_bytes()
    with pytest.raises(StoreTrouble) as caught:
        open_store(path)
    assert caught.value.code == "store-newer"
    assert caught.value.values == {"path": str(path), "found": 99, "known": known_schema(), "needed": "7.0"}
    assert path.read_bytes() == content


STRANGER = """
import os, sys
from pathlib import Path
from playbook.store.database import open_store
from playbook.store.trouble import StoreTrouble
import sqlite_utils, urllib.parse  # the standard library may be out of a stranger's reach
if os.getuid() == 0:
    os.setuid(65534)
try:
    store = open_store(Path(sys.argv[1]))
    print(store.is_read_only, len(store.read("select * from client")))
    with store.write() as tx:
        print("written")
except StoreTrouble as trouble:
    print(trouble.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_without_permission(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "playbook.db"
        store = open_store(path)
        add_client(store)
        store.close()
        Path(folder).chmod(0o555)
        path.chmod(0o444)
        read_only, fresh = finish(
            [begin(STRANGER, path), begin(STRANGER, Path(folder) / "new" / "playbook.db")]
        )
        path.chmod(0o000)
        [unreadable] = finish([begin(STRANGER, path)])
        assert names_in(Path(folder)) == ["playbook.db"]
        Path(folder).chmod(0o700)
    assert read_only.split() == ["True", "1", "store-read-only"]
    assert fresh.split() == ["store-read-only"]
    assert unreadable.split() == ["store-unreadable"]


# Writing.


def test_what_raises_is_rolled_back(store: Store) -> None:
    client_id = add_client(store)
    before = everything(store)
    with pytest.raises(KeyboardInterrupt), store.write() as tx:
        tx.execute("delete from client")
        assert tx.read("select count(*) from client") == [(0,)]
        raise KeyboardInterrupt
    assert everything(store) == before
    assert queries.client_by_id(store, client_id) is not None


def test_a_change_can_be_given_up(store: Store) -> None:
    with store.write() as tx:
        tx.execute("insert into taken values ('a')")
        tx.roll_back()
    assert store.read("select * from taken") == []
    with store.write() as tx:
        tx.execute("insert into taken values ('b')")
    assert store.read("select * from taken") == [("b",)]


@pytest.mark.parametrize("sql", [
    "create table cleints (id)", "create temp table x (id)", "create index i on client (name)", "drop table client",
    "alter table client add column x", "create view w as select 1", "create trigger t after insert on client begin select 1; end",
])  # fmt: skip
def test_the_schema_changes_in_migrations_only(store: Store, sql: str) -> None:
    before = store.read("select * from sqlite_master")
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"), store.write() as tx:
        tx.execute(sql)
    assert store.read("select * from sqlite_master") == before


def test_a_misspelt_table_makes_none(store: Store) -> None:
    with pytest.raises(sqlite3.DatabaseError), store.write() as tx:
        tx.insert("cleints", {"id": "1"})
    with pytest.raises(sqlite3.DatabaseError), store.write() as tx:
        tx.upsert("cleints", [{"id": "1"}], "id")
    assert store.read("select name from sqlite_master where name = 'cleints'") == []


def test_an_upsert_keeps_the_columns_it_is_not_given(store: Store) -> None:
    client_id = add_client(store)
    with store.write() as tx:
        tx.execute("update client set open_runs = 7")
        tx.upsert(
            "client",
            [{"id": client_id, "slug": "x", "name": "X", "search": "x", "added_at": "", "data": "{}"}],
            "id",
        )
    assert store.read("select slug, open_runs from client") == [("x", 7)]


def test_upserts_of_hundreds_of_rows_are_one_change(store: Store) -> None:
    rows = [{"name": f"n{number}"} for number in range(1001)]
    with pytest.raises(ValueError, match="stop"), store.write() as tx:
        tx.upsert("taken", rows, "name")
        raise ValueError("stop")
    assert store.read("select count(*) from taken") == [(0,)]


def test_a_full_disk_keeps_what_was_there(store: Store) -> None:
    add_client(store)
    before = everything(store)
    store.read("pragma max_page_count = 1")
    with pytest.raises(StoreTrouble) as caught, store.write() as tx:
        tx.upsert("taken", [{"name": f"{number}" * 500} for number in range(500)], "name")
    assert caught.value.code == "store-full"
    store.read("pragma max_page_count = 1000000")
    assert everything(store) == before
    add_client(store, "Other", "other")


@pytest.mark.skipif(sys.platform != "linux", reason="limits of file sizes as Linux has them")
def test_a_disk_that_fails_at_any_write_keeps_what_was_there(store: Store) -> None:
    import resource

    run_id = start_run(store, add_client(store))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    outcomes: set[str] = set()
    for limit in range(0, 40_960, 1024):
        before = everything(store)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            change(store, "note", run_id, "day", text="x" * 5000)
            outcomes.add("written")
        except StoreTrouble as trouble:
            outcomes.add(trouble.code)
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            assert everything(store) == before
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        assert store.read("pragma quick_check") == [("ok",)]
    assert "written" not in outcomes
    assert outcomes <= {"store-full", "store-unreadable"}
    change(store, "note", run_id, "day", text="well again")


def test_no_word_of_the_data_is_in_the_trouble(store: Store) -> None:
    add_client(store, "Secret Name")
    path = store.path
    store.close()
    path.write_bytes(path.read_bytes().replace(b"Secret Name", b"Secret \xff\xfe\xfd\xfc"))
    damaged = open_store(path)
    with pytest.raises(StoreTrouble) as caught:
        damaged.read("select name from client")
    damaged.close()
    assert caught.value.code == "store-damaged"
    assert caught.value.__suppress_context__
    assert "Secret" not in repr(caught.value) + repr(caught.value.values)


# Other programs.


def test_a_locked_store_is_waited_for_and_then_named(store: Store) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    store.patience = 0.05
    other.execute("begin immediate")
    assert queries.totals(store) == (0, 0)
    with pytest.raises(StoreTrouble) as caught, store.write():
        pytest.fail("it must not get here")
    assert caught.value.code == "store-busy"
    other.execute("rollback")
    other.execute("begin exclusive")
    assert store.data_version() is None
    with pytest.raises(StoreTrouble):
        queries.totals(store)
    other.execute("rollback")
    other.close()
    add_client(store)


def test_a_reader_that_stays_holds_up_the_commit_only(store: Store) -> None:
    store.patience = 0.05
    add_client(store)
    other = sqlite3.connect(store.path, isolation_level=None)
    rows = other.execute("select name from sqlite_master")
    rows.fetchone()
    with pytest.raises(StoreTrouble) as caught, store.write() as tx:
        tx.upsert("taken", [{"name": f"n{number}" * 300} for number in range(2000)], "name")
    assert caught.value.code == "store-busy"
    other.close()
    assert store.read("select count(*) from taken") == [(1,)]


def test_data_version_tells_of_others_only(store: Store) -> None:
    before = store.data_version()
    add_client(store)
    assert store.data_version() == before
    other = open_store(store.path)
    add_client(other, "Other", "other")
    other.close()
    assert store.data_version() != before


def test_a_file_put_in_its_place_is_noticed_before_writing(store: Store, tmp_path: Path) -> None:
    elsewhere = store_in(tmp_path / "elsewhere")
    elsewhere.close()
    elsewhere.path.replace(store.path)
    with pytest.raises(StoreTrouble) as caught, store.write():
        pytest.fail("it must not get here")
    assert caught.value.code == "store-replaced"


def test_reading_does_not_load_sqlite_utils(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    script = """
import sys
from pathlib import Path
from playbook.store import queries
from playbook.store.database import open_store
store = open_store(Path(sys.argv[1]))
queries.today_rows(store, "2026-11-30", 100), queries.client_rows(store), queries.totals(store)
heavy = {"sqlite_utils", "dataclasses", "hashlib", "shutil", "playbook.core.run"} & set(sys.modules)
print(*sorted(heavy))
with store.write() as tx:
    tx.execute("insert into taken values ('x')")
print("sqlite_utils" in sys.modules)
"""
    [output] = finish([begin(script, tmp_path / "home" / "playbook.db")])
    assert output.splitlines() == ["", "True"]


def test_plugins_of_sqlite_utils_do_not_run(store: Store) -> None:
    from sqlite_utils import hookimpl
    from sqlite_utils.plugins import pm

    class Plugin:
        seen = 0

        @hookimpl
        def prepare_connection(self, conn: sqlite3.Connection) -> None:
            self.seen += 1

    plugin = Plugin()
    pm.register(plugin)
    try:
        add_client(store)
    finally:
        pm.unregister(plugin)
    assert plugin.seen == 0

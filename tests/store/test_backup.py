import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from playbook.store import queries
from playbook.store.backup import automatic, backup, backup_if_due, folder_of, restore
from playbook.store.checkup import check
from playbook.store.database import Store, open_store
from playbook.store.migrations import known_schema
from playbook.store.trouble import StoreTrouble
from tests.store.keeping import add_client, change, everything, start_run, store_in

DAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = store_in(tmp_path)
    start_run(opened, add_client(opened))
    yield opened
    opened.close()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def restored_code(path: Path, source: Path) -> str:
    with pytest.raises(StoreTrouble) as caught:
        restore(path, source, patience=0.05)
    return caught.value.code


def test_a_copy_holds_everything_and_is_private(store: Store, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        backup(store.path, tmp_path / "new" / "copy.db")
    finally:
        os.umask(before)
    copy = open_store(tmp_path / "new" / "copy.db")
    assert everything(copy) == everything(store)
    copy.close()
    assert names_in(tmp_path / "new") == ["copy.db"]
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "new" / "copy.db").stat().st_mode) == 0o600


def test_a_copy_replaces_an_older_one_whole(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("an older one")
    backup(store.path, target)
    copy = open_store(target)
    assert queries.totals(copy) == (1, 1)
    copy.close()


def test_a_damaged_store_does_not_replace_a_good_copy(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    backup(store.path, target)
    good = target.read_bytes()
    store.close()
    content = bytearray(store.path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    store.path.write_bytes(content)
    with pytest.raises(StoreTrouble) as caught:
        backup(store.path, target)
    assert caught.value.code == "store-damaged"
    assert target.read_bytes() == good
    assert names_in(tmp_path) == ["copy.db", "home"]


def test_a_copy_waits_for_a_writer_and_gives_up(store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(StoreTrouble) as caught:
        backup(store.path, tmp_path / "copy.db", patience=0.05)
    other.close()
    assert caught.value.code == "store-busy"
    assert names_in(tmp_path) == ["home"]


def test_one_copy_a_day_and_the_newest_are_kept(store: Store) -> None:
    folder = folder_of(store.path)
    assert automatic(folder) == []
    for number in range(9):
        made = backup_if_due(store.path, folder, DAY + timedelta(number), keep=7)
        assert made is not None
        os.utime(made, (number, number))
        assert backup_if_due(store.path, folder, DAY + timedelta(number), keep=7) is None
    (folder / "mine.db").write_text("not ours to tidy")
    backup_if_due(store.path, folder, DAY + timedelta(9), keep=7)
    assert names_in(folder) == ["mine.db", *(f"playbook-{DAY + timedelta(n)}.db" for n in range(3, 10))]
    assert automatic(folder)[0].name == f"playbook-{DAY + timedelta(9)}.db"
    assert backup_if_due(store.path, folder, DAY + timedelta(10), keep=0) is None


def test_there_and_back(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(store.path, copy)
    before = everything(store)
    add_client(store, "Later", "later")
    later = everything(store)
    store.close()
    kept = restore(store.path, copy)
    assert kept == folder_of(store.path) / "playbook-replaced-1.db"
    again = open_store(store.path)
    assert everything(again) == before
    again.close()
    assert restore(store.path, kept) == folder_of(store.path) / "playbook-replaced-2.db"
    again = open_store(store.path)
    assert everything(again) == later
    again.close()
    assert names_in(store.path.parent) == ["backups", "playbook.db"]


def test_a_program_that_is_running_sees_what_was_restored(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(store.path, copy)
    before = everything(store)
    add_client(store, "Later", "later")
    seen = store.data_version()
    other = open_store(store.path)
    other.close()
    restore(store.path, copy)
    assert store.data_version() != seen
    assert everything(store) == before
    add_client(store, "After", "after")
    assert [row.name for row in queries.client_rows(store)] == ["Acmé Studio", "After"]


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"\1" * 9000])
def test_a_damaged_store_is_replaced_and_kept(store: Store, tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "copy.db"
    backup(store.path, copy)
    before = everything(store)
    store.close()
    store.path.write_bytes(content)
    for side in ("-journal", "-wal", "-shm"):
        store.path.with_name(f"playbook.db{side}").write_bytes(b"stale")
    kept = restore(store.path, copy)
    assert kept is not None
    again = open_store(store.path)
    assert everything(again) == before
    again.close()
    assert names_in(store.path.parent) == ["backups", "playbook.db"]


def test_a_stale_wal_beside_the_store_does_not_win(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(store.path, copy)
    before = everything(store)
    writer = sqlite3.connect(store.path)
    writer.execute("pragma journal_mode = wal")
    writer.execute("insert into taken values ('from the wal')")
    writer.commit()
    store.close()
    stale = store.path.with_name("playbook.db-wal").read_bytes()
    main = store.path.read_bytes()
    writer.close()
    store.path.write_bytes(main)
    store.path.with_name("playbook.db-wal").write_bytes(stale)
    restore(store.path, copy)
    again = open_store(store.path)
    assert everything(again) == before
    again.close()
    assert names_in(store.path.parent) == ["backups", "playbook.db"]


def test_a_copy_brought_to_a_new_home(store: Store, tmp_path: Path) -> None:
    assert restore(tmp_path / "new" / "data" / "playbook.db", store.path) is None
    moved = open_store(tmp_path / "new" / "data" / "playbook.db")
    assert everything(moved) == everything(store)
    moved.close()


def test_what_cannot_be_restored_changes_nothing(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "source.db"
    before = everything(store)
    assert restored_code(store.path, source) == "store-unreadable"
    assert restored_code(store.path, tmp_path) == "store-unreadable"
    source.write_bytes(b"")
    assert restored_code(store.path, source) == "store-damaged"
    source.write_bytes(b"a letter to Acme")
    assert restored_code(store.path, source) == "store-foreign"
    source.unlink()
    foreign = sqlite3.connect(source)
    foreign.execute("create table tracks (name text)")
    foreign.commit()
    foreign.close()
    assert restored_code(store.path, source) == "store-foreign"
    backup(store.path, source)
    newer = sqlite3.connect(source)
    newer.execute("pragma user_version = 99")
    newer.close()
    assert restored_code(store.path, source) == "store-newer"
    assert everything(store) == before
    assert names_in(tmp_path) == ["home", "source.db"]
    assert names_in(store.path.parent) == ["playbook.db"]


def test_a_locked_store_is_not_replaced(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(store.path, copy)
    add_client(store, "Later", "later")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("begin immediate")
    assert restored_code(store.path, copy) == "store-busy"
    other.close()
    assert queries.totals(store) == (2, 1)


# doctor


def test_a_healthy_store_has_no_problems(store: Store) -> None:
    backup_if_due(store.path, folder_of(store.path), DAY, keep=7)
    found = check(store)
    assert found == (sqlite3.sqlite_version, known_schema(), 2, 1, ())


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_files_that_others_may_read_are_named(store: Store) -> None:
    store.path.chmod(0o644)
    store.path.parent.chmod(0o755)
    assert [(problem.code, problem.args["mode"], problem.level) for problem in check(store).problems] == [
        ("store-open-to-others", "0755", "advice"), ("store-open-to-others", "0644", "advice"),
    ]  # fmt: skip


def test_damage_of_every_kind_is_named_at_once(store: Store) -> None:
    run_id = queries.run_rows(store)[0].id
    change(store, "note", run_id, text="x")
    other = sqlite3.connect(store.path)
    other.execute("update version set title = 'other'")
    other.execute("update operation set at = '' where kind = 'note'")
    other.execute(
        "insert into entry (client, n, kind, at, by, on_, text, owner, run, step, data) values ('nobody', 1, '', '', '', '', '', '', '', '', '{}')"
    )
    other.execute("delete from tally where subject = ''")
    other.execute("update tally set ops = 9 where subject = ?", (run_id,))
    other.commit()
    other.close()
    assert [problem.code for problem in check(store).problems] == [
        "store-references", "journal-changed", "journal-missing", "version-changed",
    ]  # fmt: skip


def test_pages_that_cannot_be_read_are_told_once(store: Store) -> None:
    store.close()
    content = bytearray(store.path.read_bytes())
    page = content.index(b'"start":"2026-11-23"') // 4096
    content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    store.path.write_bytes(content)
    damaged = open_store(store.path)
    codes = [problem.code for problem in check(damaged).problems]
    damaged.close()
    assert codes in (["store-faults", "store-damaged"], ["store-damaged"])  # by what else is on the page

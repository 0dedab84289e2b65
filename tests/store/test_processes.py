"""Several programs on one database, and programs that are killed."""

import signal
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from playbook.store import journal
from playbook.store.checkup import check
from playbook.store.database import open_store
from tests.store.children import begin, finish
from tests.store.keeping import add_client, everything, rebuild, start_run, store_in

OPEN = """
import sys
from pathlib import Path
from playbook.store.database import open_store
sys.stdin.readline()
store = open_store(Path(sys.argv[1]), patience=30)
"""

COUNT = f"""{OPEN}
for _ in range(int(sys.argv[2])):
    with store.write() as tx:
        [(number,)] = tx.read("select value from setting where key = 'number'")
        tx.execute("update setting set value = ? where key = 'number'", (int(number) + 1,))
    store.read("select count(*) from setting")
print(store.device)
"""

NOTE = f"""{OPEN}
from tests.store.keeping import change
number = 0
while True:
    number += 1
    change(store, "note", sys.argv[2], "day", text=f"note {{number}}")
    print(number, flush=True)
"""


def test_four_programs_lose_no_update(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with store.write() as tx:
        tx.execute("insert into setting values ('number', '0')")
    programs = [begin(COUNT, store.path, 250) for _ in range(4)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    assert set(finish(programs)) == {f"{store.device}\n"}
    assert store.read("select value from setting where key = 'number'") == [("1000",)]
    store.close()


def test_eight_programs_that_start_at_once_make_one_store(tmp_path: Path) -> None:
    for attempt in range(3):
        path = tmp_path / str(attempt) / "home" / "playbook.db"
        programs = [begin(f"{OPEN}\nprint(store.device)", path) for _ in range(8)]
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("go\n")
            program.stdin.flush()
        assert len(set(finish(programs))) == 1
        assert [found.name for found in path.parent.iterdir()] == ["playbook.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    run_id = start_run(store, add_client(store))
    acknowledged = written = 0
    for attempt in range(12):
        program = begin(NOTE, store.path, run_id)
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("go\n")
        program.stdin.flush()
        program.stdout.readline()
        time.sleep(attempt * 0.004)
        program.send_signal(signal.SIGKILL)
        rest, _ = program.communicate(timeout=60)
        acknowledged += 1 + rest.count("\n")
        store.close()
        store = open_store(store.path)
        written = len(journal.operations_of_run(store, run_id)) - 1
        assert acknowledged <= written <= acknowledged + attempt + 1
        assert check(store).problems == ()
    live = everything(store)
    rebuild(store)
    assert everything(store) == live
    store.close()
    assert written > 12


def test_a_crash_in_the_middle_of_a_commit_leaves_the_old_state(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    add_client(store)
    before = everything(store)
    store.close()
    script = f"""{OPEN}
import os
store.read("pragma cache_spill = 1")
store.read("pragma cache_size = 1")
with store.write() as tx:
    tx.upsert("taken", [{{"name": f"n{{number}}" * 500}} for number in range(500)], "name")
    os._exit(0)
"""
    program = begin(script, store.path)
    assert program.stdin is not None
    program.stdin.write("go\n")
    program.stdin.flush()
    finish([program])
    journal_file = store.path.with_name("playbook.db-journal")
    assert journal_file.exists(), "nothing to recover from"
    again = open_store(store.path)
    assert everything(again) == before
    assert not journal_file.exists()
    again.close()
    assert sqlite3.connect(store.path).execute("pragma integrity_check").fetchall() == [("ok",)]

"""Flipped bits: whatever they hit, the store answers calmly, and no change in the journal goes unnoticed."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playbook.store import journal, ledger_rows, queries
from playbook.store.checkup import check
from playbook.store.database import Store, open_store
from playbook.store.trouble import StoreTrouble
from tests.store.keeping import AT, add_client, change, start_run, store_in

FLIPS = 150

READS: list[Callable[[Store], Any]] = [
    lambda store: [journal.operations_of_client(store, client) for client in journal.clients_in(store)],
    lambda store: [queries.client_by_id(store, found.id) for found in queries.all_client_slugs(store)],
    lambda store: [ledger_rows.entries(store, found.id) for found in queries.all_client_slugs(store)],
    lambda store: [queries.version(store, version) for version in queries.all_versions(store)],
    lambda store: queries.today_rows(store, "2027", 9),
    lambda store: queries.waiting_rows(store, 9),
    lambda store: queries.run_rows(store, ended=True),
    lambda store: queries.client_rows(store),
    lambda store: queries.search_names(store, "a", 9),
    lambda store: journal.newest(store, store.device),
]


def answers(store: Store) -> None:
    """Asks everything; only trouble may come of it."""
    for read in READS:
        try:
            read(store)
        except StoreTrouble as trouble:
            assert trouble.code == "store-damaged"


def test_flipped_bits(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    run_id = start_run(store, add_client(store))
    for number in range(25):
        change(
            store, "tick", run_id, "day", entries=[{"n": number, "kind": "contact", "on": AT, "text": "Ñ"}]
        )
        change(store, "note", run_id, "paper", text="a note of some length")
    rows = store.read("select * from operation")
    path = store.path
    store.close()
    good = path.read_bytes()
    dice = random.Random(7)
    opened = found = 0
    for _ in range(FLIPS):
        content = bytearray(good)
        for _ in range(dice.choice([1, 1, 8, 64])):
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        path.write_bytes(content)
        try:
            damaged = open_store(path, patience=0)
        except StoreTrouble as trouble:
            assert trouble.code in ("store-damaged", "store-newer")
            continue
        opened += 1
        answers(damaged)
        problems = [problem for problem in check(damaged).problems if problem.level == "error"]
        try:
            is_same = damaged.read("select * from operation") == rows
        except StoreTrouble:
            is_same = False
        damaged.close()
        assert is_same or problems
        found += not is_same
    assert opened > FLIPS // 3
    assert found > FLIPS // 20


@pytest.mark.parametrize("sql", [
    "drop table entry", "drop index step_due", "alter table run rename column ops to opps",
    "delete from setting where key = 'device'", "drop table setting",
])  # fmt: skip
def test_a_store_with_a_part_missing_is_damaged(tmp_path: Path, sql: str) -> None:
    store = store_in(tmp_path)
    store.close()
    other = sqlite3.connect(store.path)
    other.execute(sql)
    other.commit()
    other.close()
    with pytest.raises(StoreTrouble) as caught:
        open_store(store.path)
    assert caught.value.code == "store-damaged"


def test_what_a_person_added_to_the_database_does_no_harm(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    add_client(store)
    store.close()
    other = sqlite3.connect(store.path)
    other.execute("analyze")
    other.execute("create view mine as select name from client")
    other.close()
    again = open_store(store.path)
    assert again.read("select name from mine") == [("Acmé Studio",)]
    again.close()

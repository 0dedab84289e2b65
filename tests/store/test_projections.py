import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.core.client import Client, Contact, Entry
from playbook.core.operations import Operation
from playbook.core.playbook import Playbook, Section, Step
from playbook.store import journal, ledger_rows, projections, queries
from playbook.store.database import Store
from tests.store.keeping import add_client, change, everything, read_run, rebuild, start_run, store_in, undo


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = store_in(tmp_path)
    yield opened
    opened.close()


def steps(store: Store) -> dict[str, tuple[object, ...]]:
    return {
        row[0]: row[1:] for row in store.read("select step_id, state, due, locked, hidden, court from step")
    }


def test_a_run_is_written_with_all_that_follows_from_it(store: Store) -> None:
    start_run(store, add_client(store))
    assert steps(store) == {
        "day": ("open", "2026-11-23", 0, 0, None),
        "paper": ("open", "2026-11-25", 0, 0, None),
        "quote": ("open", None, 1, 0, None),
        "call": ("open", "2026-11-23T17:00:00Z", 1, 0, None),
    }
    assert store.read("select name, state, done, total, next_due, ops from run") == [
        ("acme-studio/onboarding", "open", 0, 4, "2026-11-23T17:00:00Z", 1)
    ]
    assert store.read("select open_runs, next_due from client") == [(1, "2026-11-23T17:00:00Z")]


def test_only_steps_that_changed_are_written(store: Store) -> None:
    run_id = start_run(store, add_client(store))
    tamper = "a row nobody had to write"
    with store.write() as tx:
        tx.execute("update step set court = ? where step_id = 'quote'", (tamper,))
    change(store, "tick", run_id, "day")
    assert steps(store)["day"][0] == "done"
    assert steps(store)["day"][1] is None
    assert steps(store)["quote"][4] == tamper
    change(store, "skip", run_id, "paper")
    assert steps(store)["quote"] == ("open", "2026-11-24", 0, 0, "client")


def test_an_ended_run_leaves_every_list_and_comes_back(store: Store) -> None:
    run_id = start_run(store, add_client(store))
    before = everything(store)["step"]
    change(store, "finish", run_id, reason="enough")
    assert {row[1] for row in steps(store).values()} == {None}
    assert store.read("select open_runs, next_due from client") == [(0, None)]
    assert store.read("select state, next_due from run") == [("finished", None)]
    change(store, "reopen-run", run_id)
    assert everything(store)["step"] == before
    assert store.read("select open_runs from client") == [(1,)]


def test_steps_that_are_gone_from_the_run_are_removed(store: Store) -> None:
    run_id = start_run(store, add_client(store))
    run, view = read_run(store, run_id)
    fewer = view._replace(steps={"day": view.steps["day"]})
    with store.write() as tx:
        projections.save_run(tx, run, fewer, view, 2)
    assert list(steps(store)) == ["day"]


def test_a_run_whose_start_was_undone_leaves_the_lists_but_not_its_name(store: Store) -> None:
    client = add_client(store)
    run_id = start_run(store, client)
    [start] = journal.operations_of_run(store, run_id)
    undo(store, start)
    assert store.read("select count(*) from run") == store.read("select count(*) from step") == [(0,)]
    assert store.read("select open_runs, next_due from client") == [(0, None)]
    start_run(store, client)
    assert store.read("select name from run") == [("acme-studio/onboarding-2",)]
    undo(store, start)
    assert store.read("select name from run order by name") == [("acme-studio/onboarding-2",)]


def test_names_are_counted_on_and_never_given_twice(store: Store) -> None:
    client = add_client(store)
    numbered = Playbook(
        id="onboarding-2", title="Second", sections=(Section(title="A", steps=(Step(id="a", title="A"),)),)
    )
    start_run(store, client, numbered, "2" * 32)
    for _ in range(3):
        start_run(store, client)
    assert [name for _, name in queries.all_run_names(store)] == [
        "acme-studio/onboarding", "acme-studio/onboarding-2", "acme-studio/onboarding-3", "acme-studio/onboarding-4",
    ]  # fmt: skip
    add_client(store)
    add_client(store)
    assert [slug for _, slug in queries.all_client_slugs(store)] == [
        "acme-studio",
        "acme-studio-2",
        "acme-studio-3",
    ]


def test_a_slug_is_not_given_again_after_its_client_was_undone(store: Store) -> None:
    client = add_client(store)
    [added] = journal.operations_of_client(store, client)
    undo(store, added)
    assert queries.client_by_id(store, client) is None
    add_client(store)
    assert [slug for _, slug in queries.all_client_slugs(store)] == ["acme-studio-2"]


def test_a_client_is_read_back_as_it_was_saved(store: Store) -> None:
    client = Client(
        "c" * 32, "acme", "Acmé", {"language": "es", "card": "one\ntwo"}, (Contact("Ana", "boss", "a@b.c", "+34"), Contact("Bo")),
        {"tier": "gold", "tags": ["a", "b"], "cap": {"amount": "12.00", "currency": "EUR"}, "on": True, "n": 1.5}, (), "2026-11-23T09:00:00Z",
    )  # fmt: skip
    with store.write() as tx:
        kept = projections.save_client(
            tx, replace(client, entries=(Entry(1, "note", "", "", "", "", "us", "", "", {}),))
        )
    assert kept == client
    assert queries.client_by_id(store, client.id) == client


def test_a_ledger_is_read_back_in_order(store: Store) -> None:
    client = add_client(store)
    entries = [
        Entry(
            n,
            "promise",
            "2026-11-23T09:00:00Z",
            "Ana",
            "2026-11-30",
            f"text {n}",
            "us",
            "r",
            "s",
            {"to": "Bo", "n": n},
        )
        for n in (3, 1, 2)
    ]
    with store.write() as tx:
        projections.save_entries(tx, client, entries)
        projections.save_entries(tx, client, [entries[0]._replace(text="better")])
    assert [(entry.n, entry.text) for entry in ledger_rows.entries(store, client)] == [
        (1, "text 1"),
        (2, "text 2"),
        (3, "better"),
    ]
    assert ledger_rows.entries(store, client)[0] == entries[1]


def test_one_copy_a_version(store: Store) -> None:
    client = add_client(store)
    start_run(store, client)
    start_run(store, client)
    assert store.read("select count(*) from version") == [(1,)]
    assert store.read("select step_id, ord, channel, side, key from version_step order by ord") == [
        ("day", 0, "call", "care", 1), ("paper", 1, "", "competence", 0), ("quote", 2, "", "competence", 0), ("call", 3, "", "competence", 0),
    ]  # fmt: skip


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["tick", "skip", "na", "reopen", "note", "due", "finish", "reopen-run", "undo", "start"]),
        st.sampled_from(["day", "paper", "quote", "call", "gone"]), st.integers(0, 30),
    ), max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(actions=ACTIONS)
def test_rebuilt_equals_live(actions: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(Path(folder))
        client = add_client(store)
        runs = [start_run(store, client)]
        done: list[Operation] = []
        for kind, step, pick in actions:
            if kind == "start":
                runs.append(start_run(store, client))
            elif kind == "undo" and done:
                undo(store, done[pick % len(done)])
            elif kind != "undo":
                body = {"entries": [{"n": journal.last_entry_number(store, client) + 1, "kind": "contact", "on": "2026-12-01"}],
                        "saves": {"tier": pick}} if kind == "tick" else {"due": "2026-12-01", "text": "x"}  # fmt: skip
                done.append(
                    change(
                        store,
                        kind,
                        runs[pick % len(runs)],
                        "" if kind in ("finish", "reopen-run") else step,
                        **body,
                    )
                )
        live = everything(store)
        rebuild(store)
        assert everything(store) == live
        assert journal.verify(store) == []
        assert store.read("pragma foreign_key_check") == []
        store.close()

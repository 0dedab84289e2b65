import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.core.operations import Draft, next_redo, next_undo
from playbook.store import journal
from playbook.store.database import Store
from playbook.store.trouble import StoreTrouble
from tests.store.keeping import AT, add_client, change, record, start_run, store_in, undo

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = store_in(tmp_path)
    yield opened
    opened.close()


def tamper(store: Store, sql: str, *params: object) -> None:
    """A change made behind the store's back."""
    other = sqlite3.connect(store.path)
    other.execute(sql, params)
    other.commit()
    other.close()


def codes(store: Store) -> list[tuple[str, object]]:
    return [
        (problem.code, problem.args.get("seq", problem.args.get("subject")))
        for problem in journal.verify(store)
    ]


def test_an_operation_gets_its_place(store: Store) -> None:
    with store.write() as tx:
        first = record(tx, "note", "c" * 32, "r" * 32, "day", text="ñ")
        second = record(tx, "note", "c" * 32, "r" * 32, "day", text="o", batch=first.batch)
    assert (first.clock, second.clock) == (1, 2)
    assert first.device == store.device
    assert first.batch == first.id
    assert len(first.id) == 32
    assert second.batch == first.batch
    assert second.id != first.id
    assert (first.at, first.by, first.client, first.run, first.step) == (AT, "Ana", "c" * 32, "r" * 32, "day")
    assert journal.operations_of_batch(store, first.batch) == [first, second]
    assert journal.known(store, second.id)
    assert not journal.known(store, "0" * 32)


def test_a_larger_clock_from_elsewhere_is_counted_on_from(store: Store) -> None:
    with store.write() as tx:
        record(tx, "note", "c")
        tx.execute("update operation set clock = 40")
        assert record(tx, "note", "c").clock == 41


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.dictionaries(st.sampled_from(["text", "answers", "ñ", "a b", "old"]), PLAIN, max_size=4))
def test_any_body_is_read_back_as_it_was_returned(store: Store, body: dict[str, object]) -> None:
    with store.write() as tx:
        op = journal.append(tx, Draft("answer", "", body), at=AT, by="Ana", client="c", run="r")
    assert journal.operations_of_batch(store, op.batch) == [op]
    assert op.body == body
    assert journal.verify(store) == []


def test_operations_by_subject(store: Store) -> None:
    client = add_client(store)
    run = start_run(store, client)
    other = start_run(store, add_client(store, "Other", "other"))
    change(store, "note", run, text="on the run")
    change(store, "note", other, text="elsewhere")
    with store.write() as tx:
        record(tx, "calendar", "", key="country", value="ES")
    assert [op.kind for op in journal.operations_of_run(store, run)] == ["start", "note"]
    assert [op.kind for op in journal.operations_of_client(store, client)] == ["client-add", "start", "note"]
    assert [op.kind for op in journal.operations_of_client(store, client, own_only=True)] == ["client-add"]
    assert [op.kind for op in journal.operations_of_calendar(store)] == ["calendar"]
    assert client in journal.clients_in(store)
    assert len(journal.clients_in(store)) == 2


def test_entry_numbers_go_on_after_an_undo(store: Store) -> None:
    client = add_client(store)
    run = start_run(store, client)
    assert journal.last_entry_number(store, client) == 0
    op = change(store, "tick", run, "day", entries=[{"n": 1, "kind": "contact"}, {"n": 2, "kind": "note"}])
    undo(store, op)
    assert store.read("select count(*) from entry") == [(0,)]
    assert journal.last_entry_number(store, client) == 2


def test_the_newest_change_is_found_without_reading_everything(store: Store) -> None:
    run = start_run(store, add_client(store))
    with store.write() as tx:
        for number in range(450):
            record(tx, "note", "c", run, text=f"{number}")
    assert len(journal.newest(store, store.device)) == 100
    newest = next_undo(journal.newest(store, store.device), store.device)
    assert newest is not None
    assert newest.body == {"text": "449"}


def test_undo_and_redo_reach_back_over_everything_undone(store: Store) -> None:
    run = start_run(store, add_client(store))
    ops = [change(store, "note", run, "day", text=f"{number}") for number in range(3)]
    with store.write() as tx:
        undone = [record(tx, "note", "c", run, text="x") for _ in range(260)]
        for op in undone:
            record(tx, "undo", "c", run, undoes=op.batch)
    found = journal.newest(store, store.device)
    assert next_undo(found, store.device) == ops[2]
    redo = next_redo(found, store.device)
    assert redo is not None
    assert redo.undoes == undone[-1].batch


def test_what_a_redo_took_back_is_known_however_old(store: Store) -> None:
    """Without the undo it names, a redo would look like an undo to take back."""
    with store.write() as tx:
        op = record(tx, "note", "c", "r", text="first")
        first = record(tx, "undo", "c", "r", undoes=op.batch)
        for _ in range(99):
            tx.execute("update operation set clock = clock - 1000")
            record(tx, "undo", "c", "r", undoes=first.batch) if _ == 98 else record(
                tx, "note", "c", "r", text="between"
            )
    found = journal.newest(store, store.device)
    assert first.batch in {other.batch for other in found}
    assert next_redo(found, store.device) is None


def test_undos_made_on_another_device_count(store: Store) -> None:
    with store.write() as tx:
        op = record(tx, "note", "c", "r", text="mine")
        record(tx, "undo", "c", "r", undoes=op.batch)
        tx.execute("update operation set device = ? where kind = 'undo'", ("f" * 32,))
    assert next_undo(journal.newest(store, store.device), store.device) is None


@pytest.mark.parametrize("column", ["id", "clock", "device", "at", "by", "client", "run", "step", "kind", "body", "batch", "undoes", "v", "hash"])  # fmt: skip
def test_a_change_in_any_column_is_found(store: Store, column: str) -> None:
    run = start_run(store, add_client(store))
    op = change(store, "note", run, "day", text="as it was")
    assert journal.verify(store) == []
    tamper(store, f"update operation set {column} = {column} || '1' where seq = ?", op.seq)
    assert ("journal-changed", op.seq) in codes(store)


def test_every_flipped_bit_of_a_row_is_found(store: Store) -> None:
    run = start_run(store, add_client(store))
    op = change(store, "note", run, "day", text="as it was, ñ")
    store.close()
    content = store.path.read_bytes()
    place = content.index("as it was, ñ".encode())
    for bit in range(13 * 8):
        flipped = bytearray(content)
        flipped[place + bit // 8] ^= 1 << bit % 8
        store.path.write_bytes(flipped)
        damaged = store_in(store.path.parents[1])
        assert codes(damaged) == [("journal-changed", op.seq)]
        damaged.close()


def test_a_missing_row_is_missed(store: Store) -> None:
    client = add_client(store)
    run = start_run(store, client)
    op = change(store, "note", run, "day", text="gone")
    tamper(store, "delete from operation where seq = ?", op.seq)
    change(store, "note", run, "day", text="later")  # it must not hide what is missing
    assert codes(store) == [
        ("journal-missing", ""), ("journal-missing", "acme-studio"), ("journal-missing", "acme-studio/onboarding"),
    ]  # fmt: skip
    assert journal.verify(store)[2].args == {"subject": "acme-studio/onboarding", "expected": 3, "found": 2}


def test_an_unreadable_body_is_damage(store: Store) -> None:
    run = start_run(store, add_client(store))
    for body in ("{", "[]", "null", "[" * 100_000):
        tamper(store, "update operation set body = ?", body)
        with pytest.raises(StoreTrouble) as caught:
            journal.operations_of_run(store, run)
        assert caught.value.code == "store-damaged"

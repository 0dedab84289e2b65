"""The journal of operations: rows are added, and changed by `forgetting` alone; each carries a hash of itself."""

import json
import os
from collections.abc import Iterator
from typing import Any

from playbook.core.operations import Draft, Operation, next_undo
from playbook.core.problems import Problem
from playbook.store.database import Reader, Row, Transaction
from playbook.store.trouble import StoreTrouble

COLUMNS = "id, clock, device, at, by, client, run, step, kind, body, batch, undoes, v"
_NUMBERS = ("clock", "v")
_KINDS = " ".join("integer" if name in _NUMBERS else "text" for name in COLUMNS.split(", "))
_PAGE = 1000
_COUNT = "insert into tally (subject, ops) values (?, 1) on conflict (subject) do update set ops = ops + 1"
_NAMES = {"start": "name", "client-add": "slug"}
"""Kinds that give a name, and where in the body it is."""


def new_id() -> str:
    """An id nobody has had: 32 hex digits."""
    return os.urandom(16).hex()


def canonical(value: Any) -> str:
    """The one JSON text of a plain value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def as_given(value: Any) -> str:
    """JSON in the order given, where the order is part of what was said: choices, roles."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(values: Any) -> bytes:
    """16 bytes that change when any of the values does."""
    from hashlib import blake2b

    text = json.dumps(values, separators=(",", ":"))  # ASCII, so that damaged text has a hash as well
    return blake2b(text.encode("ascii"), digest_size=16).digest()


def append(
    tx: Transaction, draft: Draft, *, at: str, by: str, client: str = "", run: str = "", batch: str = "", undoes: str = ""
) -> Operation:  # fmt: skip
    """Records a change and gives it its place; without a `batch` it is one of its own."""
    op_id = new_id()
    [(clock,)] = tx.read("select coalesce(max(clock), 0) + 1 from operation")
    text = canonical(dict(draft.body))
    row: dict[str, Any] = {
        "id": op_id, "clock": clock, "device": tx.device, "at": at, "by": by, "client": client, "run": run,
        "step": draft.step, "kind": draft.kind, "body": text, "batch": batch or op_id, "undoes": undoes, "v": 1,
    }  # fmt: skip
    seq = tx.insert("operation", {**row, "hash": digest(list(row.values()))})
    operation = Operation(**{**row, "body": json.loads(text)}, seq=seq)
    _count(tx, operation)
    return operation


def _count(tx: Transaction, op: Operation) -> None:
    """Adds an operation to what is counted, and remembers the name and entries it gives."""
    for subject in sorted({"", op.client, op.run}):
        tx.execute(_COUNT, (subject,))
    if name := op.body.get(_NAMES.get(op.kind, "")):
        tx.execute("insert or ignore into taken values (?)", (str(name),))
    if numbers := [int(entry.get("n", 0)) for entry in op.body.get("entries") or ()]:
        tx.execute("update tally set entries = max(entries, ?) where subject = ?", (max(numbers), op.client))


def recount(tx: Transaction) -> None:
    """Counts anew, from the rows that are there."""
    tx.execute("delete from tally")
    tx.execute("delete from taken")
    for page in _pages(tx, COLUMNS):
        for row in page:
            _count(tx, _operation(tx, row[1:], row[0]))


def last_entry_number(reader: Reader, client_id: str) -> int:
    """The highest number an entry in a client's ledger ever had, also one that was undone."""
    rows = reader.read("select entries from tally where subject = ?", (client_id,))
    return int(rows[0][0]) if rows else 0


def operations_of_run(reader: Reader, run_id: str) -> list[Operation]:
    """Every operation on a run, undos among them, as they were recorded."""
    return _operations(reader, "where run = ? order by seq", (run_id,))


def operations_of_client(reader: Reader, client_id: str, *, own_only: bool = False) -> list[Operation]:
    """Every operation for a client, those of its runs among them unless only its own are wanted."""
    own = "and run = ''" if own_only else ""
    return _operations(reader, f"where client = ? {own} order by seq", (client_id,))


def operations_of_calendar(reader: Reader) -> list[Operation]:
    """Every operation that is about no client and no run."""
    return operations_of_client(reader, "", own_only=True)


def operations_on_copies(reader: Reader, playbook_id: str) -> list[Operation]:
    """Every operation that gave a run of this playbook its copy of it, and every undo in those runs."""
    where = """where run in (select id from run where playbook = ?) and kind in ('start', 'sync', 'undo')
               order by seq"""
    return _operations(reader, where, (playbook_id,))


def operations_of_batch(reader: Reader, batch: str) -> list[Operation]:
    """What one key did."""
    return _operations(reader, "where batch = ? order by seq", (batch,))


def newest(reader: Reader, device: str) -> list[Operation]:
    """The newest operations made on a device, as many as `next_undo` and `next_redo` need, and every undo among them.

    Only the end of the journal is read, however long it is, unless all of it was undone.
    """
    where = "where device = ? or kind = 'undo' order by clock desc, seq desc limit ?"
    limit = _PAGE // 10
    found = _operations(reader, where, (device, limit))
    while len(found) == limit and next_undo(found, device) is None:
        limit *= 4
        found = _operations(reader, where, (device, limit))
    older = {op.undoes for op in found if op.kind == "undo"} - {op.batch for op in found}
    return found + [op for batch in sorted(older) for op in operations_of_batch(reader, batch)]


def clients_in(reader: Reader) -> list[str]:
    """The id of every client there ever was."""
    return [
        row[0]
        for row in reader.read("select distinct client from operation where client <> '' order by client")
    ]


def known(reader: Reader, op_id: str) -> bool:
    """Whether an operation is in the journal."""
    return bool(reader.read("select 1 from operation where id = ?", (op_id,)))


def _operations(reader: Reader, where: str, params: tuple[Any, ...]) -> list[Operation]:
    rows = reader.read(f"select {COLUMNS}, seq from operation {where}", params)
    return [_operation(reader, row[:-1], row[-1]) for row in rows]


def _operation(reader: Reader, columns: Row, seq: int) -> Operation:
    try:
        body = json.loads(columns[9])
    except (ValueError, TypeError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise StoreTrouble("store-damaged", reader.path)
    return Operation._make((*columns, seq))._replace(body=body)


def _pages(reader: Reader, columns: str) -> Iterator[list[Row]]:
    """The whole journal, a page of rows at a time, each row with its `seq` first."""
    query = f"select seq, {columns} from operation where seq > ? order by seq limit ?"
    seq = -(2**63)
    while page := reader.read(query, (seq, _PAGE)):
        if page[-1][0] <= seq:  # a damaged tree may lead round in circles
            raise StoreTrouble("store-damaged", reader.path)
        yield page
        seq = page[-1][0]


def verify(reader: Reader) -> list[Problem]:
    """What is wrong with the journal: rows that were changed, and subjects that lack some or have too many.

    `journal-changed` names the `seq`; `journal-missing` the `subject` (a run, a client, or "" for the whole),
    how many operations were `expected` and how many are `found`.
    """
    names = COLUMNS.split(", ")
    kinds = " || ' ' || ".join(f"typeof({name})" for name in names)
    # As bytes: a flipped bit may have made text that is no text any more.
    columns = ", ".join(name if name in _NUMBERS else f"cast({name} as blob)" for name in names)
    changed = [
        Problem("journal-changed", args={"seq": row[0]})
        for page in _pages(reader, f"{kinds}, cast(hash as blob), {columns}")
        for row in page
        if not _is_whole(row)
    ]
    missing = [
        Problem("journal-missing", args={"subject": subject, "expected": expected, "found": found})
        for subject, expected, found in reader.read(_MISCOUNTED)
    ]
    return changed + missing


def _is_whole(row: Row) -> bool:
    _, kinds, kept, *values = row
    texts = [
        value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value for value in values
    ]
    return bool(kinds == _KINDS and kept == digest(texts))


_MISCOUNTED = """
    select coalesce(run.name, client.slug, counted.subject), counted.ops, counted.found from (
        select subject, ops, case subject
            when '' then (select count(*) from operation)
            else (select count(*) from operation where operation.run = tally.subject)
               + (select count(*) from operation where operation.client = tally.subject)
            end as found
        from tally) as counted
    left join run on run.id = counted.subject left join client on client.id = counted.subject
    where counted.ops <> counted.found order by 1"""

"""Forgetting a client, or one fact: the one place where rows of the journal are deleted or written anew."""

from collections.abc import Mapping
from typing import Any

from playbook.store import passages
from playbook.store.database import Transaction
from playbook.store.journal import COLUMNS, canonical, digest


def forget_client(tx: Transaction, client_id: str) -> int:
    """Deletes all there is of a client, its history included; returns how many operations there were.

    Names that were given to it may be given again. What is counted afterwards is what is left, so that
    `journal.verify` misses nothing. The pages must still be overwritten: `Store.compact`.
    """
    [(operations,)] = tx.read("select count(*) from operation where client = ?", (client_id,))
    tx.execute(
        """delete from taken where name in (select json_extract(body, '$.slug') from operation
               where client = :client and kind = 'client-add' union select json_extract(body, '$.name')
               from operation where client = :client and kind = 'start')""",
        {"client": client_id},
    )
    tx.execute(
        "delete from tally where subject = :client or subject in (select run from operation where client = :client and run <> '')",
        {"client": client_id},
    )
    tx.execute("delete from operation where client = ?", (client_id,))
    tx.execute("update tally set ops = ops - ? where subject = ''", (operations,))
    passages.remove_client(tx, client_id)
    passages.purge(tx)
    tx.execute("delete from run where client = ?", (client_id,))
    tx.execute("delete from client where id = ?", (client_id,))
    # Copies of playbooks that no run is of any more: one may have been written for this client alone.
    tx.execute(
        """delete from version where hash not in (select version from run)
           and hash not in (select json_extract(body, '$.version') from operation where kind in ('start', 'sync'))
           and hash not in (select value from operation, json_each(body, '$.translations') where kind in ('start', 'sync'))"""
    )
    return int(operations)


def rewrite(tx: Transaction, bodies: Mapping[int, Mapping[str, Any]]) -> None:
    """Puts other bodies into operations, by their `seq`; all else about them stays, and `journal.verify` finds nothing.

    An operation that was damaged before keeps a hash that does not fit. The lists must be folded anew, the index
    made anew (`passages.purge`) and the pages overwritten (`Store.compact`).
    """
    place = COLUMNS.split(", ").index("body")
    for seq, body in bodies.items():
        [row] = tx.read(f"select {COLUMNS}, hash from operation where seq = ?", (seq,))
        *values, kept = row
        is_whole = kept == digest(values)
        values[place] = canonical(dict(body))
        tx.execute(
            "update operation set body = ?, hash = ? where seq = ?",
            (values[place], digest(values) if is_whole else kept, seq),
        )

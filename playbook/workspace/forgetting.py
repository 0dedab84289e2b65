"""Deleting one fact about a person for good (docs/adr/0019-a-fact-can-be-deleted-for-good.md)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.client import Client
from playbook.core.forgetting import (
    Source,
    entry_logged,
    facts_saying_the_same,
    is_forgotten,
    source_of,
    without_fact,
    words_of_playbooks,
)
from playbook.core.operations import Draft, Operation, table, text
from playbook.core.playbook import Playbook
from playbook.core.problems import Refusal
from playbook.store import journal, passages, queries
from playbook.store.database import Transaction
from playbook.store.forgetting import rewrite

if TYPE_CHECKING:
    from playbook.workspace import Workspace


class Deleted(NamedTuple):
    """What was done."""

    client: Client
    same: tuple[int, ...]
    """Numbers of other facts that say the same and are still there."""


def forget_fact(workspace: "Workspace", client_id: str, number: int) -> Deleted | Refusal:
    """Delete what a fact says from the journal, the lists, search and the automatic backups; also one that was undone.

    Its number and kind stay, and who wrote and deleted it when. A fresh backup is made of what is left.
    """
    with workspace.store.write() as tx:
        client = queries.client_by_id(tx, client_id)
        if client is None:
            return Refusal("no-client", {"client": client_id})
        operations = journal.operations_of_client(tx, client_id)
        found = entry_logged(operations, number)
        name = f"{client.slug}#{number}"
        if found is None:
            return Refusal("no-ledger-entry", {"entry": name})
        if is_forgotten(operations, number):
            return Refusal("entry-forgotten", {"number": number})
        if found[1].get("kind") != "fact":
            return Refusal("forget-fact-only", {"entry": name})
        same = tuple(facts_saying_the_same(operations, number))
        _take_out(workspace, tx, operations, found[0], number)
        client = queries.client_by_id(tx, client_id)
    workspace.care.leave_no_trace()
    assert client is not None
    return Deleted(client, same)


def _take_out(
    workspace: "Workspace", tx: Transaction, operations: Sequence[Operation], logged: Operation, number: int
) -> None:
    writing = workspace.runs.writing
    copies = _copies(workspace, tx, operations)
    own = words_of_playbooks(copies.values())
    versions = _versions([op for op in operations if op.run == logged.run])
    source = source_of(logged, [copies[version] for version in versions]) if logged.run else Source()
    cut = without_fact(operations, number, own, source)
    rewrite(tx, cut)
    touched = sorted({(op.client, op.run) for op in operations if op.seq in cut})
    batch = ""
    for client_id, run_id in touched:  # each gets an operation, so that other programs reread it
        batch = writing.append(tx, client_id, run_id, Draft("forget", "", {"n": number}), batch).batch
    writing.forget()
    writing.refold_client(tx, logged.client)
    for _, run_id in touched:
        if run_id:
            writing.refold_run(tx, run_id)
    passages.purge(tx)


def _copies(workspace: "Workspace", tx: Transaction, operations: Sequence[Operation]) -> dict[str, Playbook]:
    """Every copy of a playbook that runs of these operations ever had, in every language, by its hash."""
    playbook = workspace.runs.writing.playbook
    return {version: playbook(tx, version) for version in _versions(operations)}


def _versions(operations: Sequence[Operation]) -> list[str]:
    bodies = [op.body for op in operations if op.kind in ("start", "sync")]
    found = [
        text(said)
        for body in bodies
        for said in (body.get("version"), *table(body.get("translations")).values())
    ]
    return list(dict.fromkeys(filter(None, found)))

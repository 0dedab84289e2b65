"""A small book-keeper for the store's tests: what the workspace does, without the workspace."""

from pathlib import Path
from typing import Any

from playbook.core.calendar import Calendar
from playbook.core.client import Client, apply_to_client, fold_client
from playbook.core.operations import Draft, Operation
from playbook.core.playbook import Playbook, Section, Step
from playbook.core.playbook_data import from_data, to_data
from playbook.core.run import Run, apply, fold
from playbook.core.view import RunView, derive
from playbook.store import journal, projections, queries
from playbook.store.database import Reader, Store, Transaction, open_store

AT = "2026-11-23T09:00:00Z"
CALENDAR = Calendar()
VERSION = "5eed" * 8

PLAYBOOK = Playbook(
    id="onboarding", title="Client onboarding",
    sections=(Section(id="yes", title="The yes", steps=(
        Step(id="day", title="Day of the yes", due=("start",), channel="call", key=True),
        Step(id="paper", title="Paper in order", due=("start + 2bd",), gate="hard"),
        Step(id="quote", title="Quote back from them", due=("paper + 1d",), court="client"),
        Step(id="call", title="Call at the hour", due=("start + 8h",), needs=("day",)),
    )),),
)  # fmt: skip


def store_in(folder: Path) -> Store:
    """The store of a home below the folder."""
    return open_store(folder / "home" / "playbook.db")


def record(tx: Transaction, kind: str, client: str, run: str = "", step: str = "", **more: Any) -> Operation:
    """An operation with the author and time that all have here."""
    batch, undoes = str(more.pop("batch", "")), str(more.pop("undoes", ""))
    draft = Draft(kind, step, more)
    return journal.append(tx, draft, at=AT, by="Ana", client=client, run=run, batch=batch, undoes=undoes)


def add_client(store: Store, name: str = "Acmé Studio", slug: str = "acme-studio") -> str:
    """A client's id."""
    client_id = journal.new_id()
    with store.write() as tx:
        record(tx, "client-add", client_id, name=name, slug=projections.free_name(tx, slug))
        write_client(tx, client_id)
    return client_id


def start_run(store: Store, client_id: str, playbook: Playbook = PLAYBOOK, version: str = VERSION) -> str:
    """A run's id."""
    run_id = journal.new_id()
    with store.write() as tx:
        client = queries.client_by_id(tx, client_id)
        assert client is not None
        projections.save_version(tx, version, playbook, "title = …", to_data(playbook))
        name = projections.free_name(tx, f"{client.slug}/{playbook.id}")
        record(tx, "start", client_id, run_id, name=name, start="2026-11-23", version=version)
        write_run(tx, run_id)
    return run_id


def change(store: Store, kind: str, run_id: str, step: str = "", **body: Any) -> Operation:
    """Records a change on a run the short way: only what it changes is written."""
    with store.write() as tx:
        run, before = read_run(tx, run_id)
        client = queries.client_by_id(tx, run.client_id)
        assert client is not None
        op = record(tx, kind, run.client_id, run_id, step, **body)
        after = apply_to_client(client, op)
        if after is not client:
            projections.save_entries(tx, client.id, after.entries)
            projections.save_client(tx, after)
        changed = apply(run, op)
        ops = len(journal.operations_of_run(tx, run_id))
        projections.save_run(tx, changed, _view(changed, after), before, ops)
    return op


def undo(store: Store, op: Operation) -> None:
    """Switches a batch off, the long way: everything it touched is folded again."""
    with store.write() as tx:
        touched = {(other.client, other.run) for other in journal.operations_of_batch(tx, op.batch)}
        for client_id, run_id in sorted(touched):
            record(tx, "undo", client_id, run_id, undoes=op.batch)
            write_client(tx, client_id)
            if run_id:
                write_run(tx, run_id)


def write_client(tx: Transaction, client_id: str) -> None:
    """A client's rows from its operations."""
    client = fold_client(journal.operations_of_client(tx, client_id))
    projections.remove_entries(tx, client_id)
    if client is None:
        projections.remove_client(tx, client_id)
        return
    projections.save_entries(tx, client_id, client.entries)
    projections.save_client(tx, client)
    projections.save_heard(tx, client_id, client.facts(), Calendar())


def write_run(tx: Transaction, run_id: str) -> None:
    """A run's rows from its operations."""
    operations = journal.operations_of_run(tx, run_id)
    run = _folded(tx, operations)
    if run is None:
        projections.remove_run(tx, run_id)
        return
    client = queries.client_by_id(tx, run.client_id)
    projections.save_run(tx, run, _view(run, client), None, len(operations))


def read_run(reader: Reader, run_id: str) -> tuple[Run, RunView]:
    """A run and its view from its operations."""
    run = _folded(reader, journal.operations_of_run(reader, run_id))
    assert run is not None
    return run, _view(run, queries.client_by_id(reader, run.client_id))


def rebuild(store: Store) -> None:
    """Every row anew from the journal."""
    with store.write() as tx:
        copies = [queries.version(tx, version) for version in queries.all_versions(tx)]
        projections.clear(tx)
        for copy in copies:
            assert copy is not None
            projections.save_version(tx, copy.hash, from_data(copy.data), copy.text, copy.data)
        for client_id in journal.clients_in(tx):
            write_client(tx, client_id)
            runs = {op.run: None for op in journal.operations_of_client(tx, client_id) if op.run}
            for run_id in runs:
                write_run(tx, run_id)


PROJECTIONS = ("tally", "taken", "version", "version_step", "client", "run", "step", "entry", "remark")


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows that follow from the journal."""
    return {table: sorted(store.read(f"select * from {table}"), key=repr) for table in PROJECTIONS}


def _folded(reader: Reader, operations: list[Operation]) -> Run | None:
    start = next((op for op in operations if op.kind == "start"), None)
    copy = queries.version(reader, start.body["version"]) if start else None
    return fold(operations, from_data(copy.data)) if copy else None


def _view(run: Run, client: Client | None) -> RunView:
    return derive(run, CALENDAR, client.facts() if client else {})

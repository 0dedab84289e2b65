"""How a change is written: reread, decide, append, project, all in one transaction.

`Writing` is the only code that appends operations. It keeps the runs it has seen, and rereads one when
another program added to it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from playbook.core.calendar import Calendar
from playbook.core.client import Client, apply_to_client, fold_client
from playbook.core.conditions import leaves
from playbook.core.dating import Memo
from playbook.core.decide import Sheet
from playbook.core.decide.ledger import numbers_of
from playbook.core.operations import Draft, Operation
from playbook.core.own_steps import OwnStep
from playbook.core.plan import Plan, plan_of
from playbook.core.playbook import Playbook
from playbook.core.playbook_data import from_data
from playbook.core.problems import Refusal
from playbook.core.run import Run, apply, fold
from playbook.core.view import RunView, derive
from playbook.store import journal, ledger_rows, passages, projections, queries
from playbook.store.database import Reader, Transaction

if TYPE_CHECKING:
    from playbook.workspace import Workspace

_FOUND_BY = frozenset({"note", "own-step", "sync"})
"""Operations on a run that change by which words it is found; answers to its own fields do as well."""

Decision = Callable[[Sheet], Draft | Refusal]


class Held(NamedTuple):
    """A run as last seen, with the number of operations it was folded from."""

    run: Run
    view: RunView
    ops: int
    client: Client
    mark: str
    """The mark of the calendar that its dates were worked out with."""


class RolledBack(Exception):  # noqa: N818 - not an error: how a transaction is left without writing
    """Nothing of the change is kept."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Writing:
    """Reads runs and clients from the store and appends operations to them."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self._held: dict[str, Held] = {}
        self._playbooks: dict[str, Playbook] = {}
        self._plans: dict[tuple[str, tuple[OwnStep, ...]], Plan] = {}
        self._memo = Memo()

    # Reading.

    def held(self, reader: Reader, run_id: str) -> Held | None:
        """The run as it stands now; None when there is none."""
        self.workspace.calendars.freshen()
        row = queries.run_head(reader, run_id)
        if row is None:
            self._held.pop(run_id, None)
            return None
        client = queries.client_by_id(reader, row.client)
        known = self._held.get(run_id)
        if client is None:
            return None
        mark = self.mark(client)
        if known is None or (known.ops, known.client, known.mark) != (row.ops, client, mark):
            operations = journal.operations_of_run(reader, run_id)
            run = self.fold(reader, operations)
            if run is None:
                return None
            known = Held(run, self.derive(run, client), len(operations), client, mark)
            self._held[run_id] = known
        return known

    def playbook(self, reader: Reader, version: str) -> Playbook:
        """A run's copy of its playbook, by the hash of the text."""
        if version not in self._playbooks:
            copy = queries.version(reader, version)
            self._playbooks[version] = from_data(copy.data) if copy else Playbook()
        return self._playbooks[version]

    def fold(self, reader: Reader, operations: Sequence[Operation]) -> Run | None:
        """The run that these operations make."""
        start = next((op for op in operations if op.kind == "start"), None)
        if start is None:
            return None
        begun = self.playbook(reader, str(start.body.get("version", "")))
        return fold(operations, begun, partial(self.kept_playbook, reader))

    def kept_playbook(self, reader: Reader, version: str) -> Playbook | None:
        """A copy by its hash; None when it is not kept."""
        found = self.playbook(reader, version)
        return found if found.sections else None

    def copy_of(self, reader: Reader, run_id: str) -> Playbook:
        """A run's copy of its playbook, even of a run whose start was taken back."""
        if row := queries.run_head(reader, run_id):
            return self.playbook(reader, row.version)
        started = (op for op in journal.operations_of_run(reader, run_id) if op.kind == "start")
        start = next(started, None)
        return self.playbook(reader, str(start.body.get("version", ""))) if start else Playbook()

    def scripts(self, held: Held) -> Playbook:
        """The playbook whose words the client understands: its twin in their language, else the run's own."""
        spoken, own = held.client.settings.get("language", ""), held.run.playbook
        for code in (spoken, spoken.partition("-")[0]):
            if code == own.language:
                break
            if version := held.run.translations.get(code):
                return self.playbook(self.workspace.store, version)
        return own

    def derive(self, run: Run, client: Client, before: RunView | None = None) -> RunView:
        """All that follows from a run; `before` is its view before a change."""
        calendar = self.calendar(client)
        return derive(run, calendar, client.facts(), self.plan(run), memo=self._memo, before=before)

    def calendar(self, client: Client) -> Calendar:
        """The working days that a client's runs are dated by."""
        return self.workspace.calendars.of(client.settings.get("country", ""))

    def mark(self, client: Client) -> str:
        """What tells whether dates were worked out with the calendar in force."""
        return self.workspace.calendars.mark(client.settings.get("country", ""))

    def plan(self, run: Run) -> Plan:
        """The plan of a run's playbook, made once a version and set of added steps."""
        key = run.version, run.own
        if key not in self._plans:
            self._plans[key] = plan_of(run.playbook)
        return self._plans[key]

    def sheet(self, held: Held) -> Sheet:
        """What decisions are made on."""
        run, client = held.run, held.client
        return Sheet(run, held.view, self.calendar(client), client.facts(), self.plan(run))

    def forget(self) -> None:
        """Reread everything from now on."""
        self._held.clear()

    # Writing.

    def change(self, run_id: str, *decisions: Decision) -> Sheet | Refusal:
        """Decide on the run as it is now and record the outcome; returns after COMMIT.

        Several decisions are one change: they share a batch, and one refusal keeps all of them out.
        """
        batch = ""
        try:
            with self.workspace.store.write() as tx:
                held = self.held(tx, run_id)
                if held is None:
                    return Refusal("no-run", {"run": run_id})
                for decide in decisions:
                    draft = decide(self.sheet(held))
                    if isinstance(draft, Refusal):
                        raise RolledBack(draft)
                    held, batch = self.record(tx, held, draft, batch)
        except RolledBack as end:
            return end.refusal
        self._held[run_id] = held
        return self.sheet(held)

    def change_several(
        self, targets: Sequence[tuple[str, str]], decision: Callable[[str], Decision]
    ) -> tuple[int, list[tuple[str, Refusal]]]:
        """One change to each (run, step) under one batch; those that refuse are left out and returned."""
        batch, done = "", 0
        refused: list[tuple[str, Refusal]] = []
        try:
            with self.workspace.store.write() as tx:
                for run_id, step_id in targets:
                    held = self.held(tx, run_id)
                    if held is None:
                        refused.append((step_id, Refusal("no-run", {"run": run_id})))
                        continue
                    draft = decision(step_id)(self.sheet(held))
                    if isinstance(draft, Refusal):
                        refused.append((step_id, draft))
                        continue
                    after, batch = self.record(tx, held, draft, batch)
                    self._held[run_id] = after
                    done += 1
        except BaseException:
            self.forget()  # the runs held so far are as the change left them, and it was rolled back
            raise
        return done, refused

    def record(self, tx: Transaction, held: Held, draft: Draft, batch: str = "") -> tuple[Held, str]:
        """Append one decided change to a run and write what follows from it; the run after, and its batch."""
        op = self.append(tx, held.client.id, held.run.id, draft, batch)
        client = self.note_on_client(tx, held.client, op)
        run = apply(held.run, op, partial(self.kept_playbook, tx))
        before = held.view if op.kind != "sync" else None
        after = Held(run, self.derive(run, client, before), held.ops + 1, client, self.mark(client))
        self.save(tx, run, after.view, held.view, after.ops, client)
        if draft.kind in _FOUND_BY or (draft.kind == "answer" and not draft.step):
            passages.save_run(tx, run, client)
        if client != held.client:
            self.derive_runs_of(tx, client, but=run.id)
        return after, op.batch

    def save(
        self, tx: Transaction, run: Run, view: RunView, before: RunView | None, ops: int, client: Client
    ) -> None:
        """Write a run's rows; of a view before it, only what changed."""
        projections.save_run(tx, run, view, before, ops, self.mark(client))
        if before is None:
            passages.save_run(tx, run, client)

    def append(self, tx: Transaction, client_id: str, run_id: str, draft: Draft, batch: str = "", undoes: str = "") -> Operation:  # fmt: skip
        """Put a change into the journal, with its place, time and author."""
        body = self._numbered(tx, client_id, draft.body)
        return journal.append(
            tx, draft._replace(body=body), client=client_id, run=run_id, batch=batch, undoes=undoes,
            at=self.workspace.clock.stamp(), by=self.workspace.me,
        )  # fmt: skip

    def _numbered(self, tx: Transaction, client_id: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The body with its ledger entries numbered on from all the client ever had."""
        if not body.get("entries"):
            return body
        first = journal.last_entry_number(tx, client_id) + 1
        return {**body, "entries": [{"n": n, **entry} for n, entry in enumerate(body["entries"], first)]}

    def note_on_client(self, tx: Transaction, client: Client, op: Operation) -> Client:
        """The client after an operation that sorts last; its row and new entries are written."""
        if touched := numbers_of(op.body):
            client = replace(client, entries=tuple(ledger_rows.entries_numbered(tx, client.id, touched)))
        after = apply_to_client(client, op)
        if after is not client:
            projections.save_entries(tx, client.id, after.entries)
            passages.save_entries(tx, after, after.entries)
            is_heard = (
                any(entry.kind == "contact" for entry in after.entries)
                or op.kind == "client-set"
                or "saves" in op.body
            )
            passages.save_client(tx, after)
            after = projections.save_client(tx, after)
            if is_heard:
                self.save_heard(tx, after)
        return after

    def save_client(self, tx: Transaction, client: Client) -> None:
        """Write a client's row, its whole ledger, and what both are found by."""
        projections.save_entries(tx, client.id, client.entries)
        projections.save_client(tx, client)
        passages.save_entries(tx, client, client.entries)
        passages.save_client(tx, client)
        self.save_heard(tx, client)

    def save_heard(self, tx: Transaction, client: Client) -> None:
        """Write when a client last saw and heard us."""
        projections.save_heard(tx, client.id, client.facts(), self.workspace.calendars.base())

    # Taking back.

    def switch(self, tx: Transaction, batch: str) -> None:
        """Append the undo of a batch to every run and client it touched, and fold those again."""
        touched = sorted({(op.client, op.run) for op in journal.operations_of_batch(tx, batch)})
        undo_batch = ""
        for client_id, run_id in touched:
            op = self.append(tx, client_id, run_id, Draft("undo", "", {}), undo_batch, batch)
            undo_batch = op.batch
        for client_id in sorted({client_id for client_id, _ in touched if client_id}):
            self.refold_client(tx, client_id)
        for _, run_id in touched:
            if run_id:
                self.refold_run(tx, run_id)

    def refold_client(self, tx: Transaction, client_id: str) -> None:
        """Write a client's row and ledger anew from its operations."""
        operations = journal.operations_of_client(tx, client_id)
        client = fold_client(operations)
        if client is None:
            for run_id in {op.run for op in operations if op.run}:
                self._held.pop(run_id, None)
                projections.remove_run(tx, run_id)
            projections.remove_client(tx, client_id)
            return
        projections.remove_entries(tx, client_id)
        self.save_client(tx, client)
        self.workspace.calendars.redate_client(tx, client)
        self.derive_runs_of(tx, client, but="")

    def refold_run(self, tx: Transaction, run_id: str) -> None:
        """Write a run's rows anew from its operations; a run whose start was undone leaves the lists."""
        operations = journal.operations_of_run(tx, run_id)
        start = next((op for op in operations if op.kind == "start"), None)
        self._held.pop(run_id, None)
        if start is None:
            return
        run = self.fold(tx, operations)
        client = queries.client_by_id(tx, start.client)
        if run is None or client is None:
            projections.remove_run(tx, run_id)
            return
        self.save(tx, run, self.derive(run, client), None, len(operations), client)

    def derive_runs_of(self, tx: Transaction, client: Client, but: str) -> None:
        """Derive a client's other open runs again when their conditions look at the client."""
        for row in queries.run_rows(tx, client=client.id):
            playbook = self.playbook(tx, row.version)
            if row.id == but or not any(leaf.client for leaf in leaves(_conditions(playbook))):
                continue
            self.refold_run(tx, row.id)


def _conditions(playbook: Playbook) -> Iterable[Any]:
    for section in playbook.sections:
        yield from section.when
        for step in section.steps:
            yield from step.when
            for field in step.fields:
                yield from field.when

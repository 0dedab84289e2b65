"""Bringing open runs up to the library's playbooks: what it would do first, then one operation a run."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.playbook import Playbook
from playbook.core.playbook_data import to_data
from playbook.core.problems import Refusal
from playbook.core.run import Run
from playbook.core.sync import Sync, as_body, is_up_to_date, sync
from playbook.store import projections, queries
from playbook.store.database import Transaction
from playbook.store.journal import digest
from playbook.workspace.writing import Held

if TYPE_CHECKING:
    from playbook.files.library import Loaded
    from playbook.workspace import Workspace

FileOf = Callable[[str, str], "Loaded | Refusal"]
"""The file of a playbook, by its id and language."""

Drops = Mapping[str, frozenset[str]]
"""By run, the steps in conflict whose old answers are set aside."""


class Preview(NamedTuple):
    """What bringing a run along would do."""

    run: Run
    sync: Sync
    file: Playbook
    """The playbook as its file says it now."""


class Several(NamedTuple):
    """What came of bringing several runs along."""

    done: tuple[str, ...]
    """Names of the runs that follow now."""
    current: tuple[str, ...]
    """Names of those that did already."""
    refused: tuple[tuple[str, Refusal], ...]
    """Names of the others, and why."""


class Syncing:
    """Compares runs with the library and brings them along."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def is_behind(self, run: Run) -> bool:
        """Whether the playbook's file says something else than what an open run follows; nothing is compared."""
        if run.state != "open":
            return False
        found = self.workspace.playbooks.exactly(run.playbook.id, run.playbook.language)
        return not isinstance(found, Refusal) and found.hash != run.source

    def preview(self, run_id: str, drop: Iterable[str] = ()) -> Preview | Refusal:
        """What it would do to a run; refused with `sync-nothing` when that is nothing."""
        held = self.workspace.runs.writing.held(self.workspace.store, run_id)
        if held is None:
            return Refusal("no-run", {"run": run_id})
        ready = self._ready(held, frozenset(drop), self.workspace.playbooks.exactly)
        return ready if isinstance(ready, Refusal) else Preview(held.run, ready[0], ready[1].playbook)

    def apply(self, run_id: str, drop: Iterable[str] = ()) -> Sheet | Refusal:
        """Bring one run along."""
        outcome = self._carry_out([run_id], {run_id: frozenset(drop)})
        if outcome.refused:
            return outcome.refused[0][1]
        opened = self.workspace.runs.open(run_id)
        if isinstance(opened, Refusal):
            return opened
        return Refusal("sync-nothing", {"run": opened.sheet.run.name}) if outcome.current else opened.sheet

    def open_runs(self, playbook_id: str = "") -> list[str]:
        """Ids of the open runs, or of those of one playbook."""
        rows = queries.run_rows(self.workspace.store)
        return [row.id for row in rows if playbook_id in ("", row.playbook)]

    def apply_all(self, run_ids: Iterable[str], drops: Drops | None = None) -> Several:
        """Bring these runs along as one change; what cannot follow is left and told."""
        return self._carry_out(run_ids, drops or {})

    def previews(self, run_ids: Iterable[str]) -> list[tuple[str, Preview | Refusal]]:
        """By run's name, what it would do to each of these; without those it does nothing to."""
        found = [(run_id, self.preview(run_id)) for run_id in run_ids]
        return [
            (each.run.name if isinstance(each, Preview) else self._name(run_id), each)
            for run_id, each in found
            if not (isinstance(each, Refusal) and each.code == "sync-nothing")
        ]

    def _name(self, run_id: str) -> str:
        opened = self.workspace.runs.open(run_id)
        return run_id if isinstance(opened, Refusal) else opened.sheet.run.name

    def difference(self, run_id: str) -> list[str] | Refusal:
        """What the playbook's file says otherwise than when the run began or was last brought along, line by line."""
        from difflib import unified_diff

        held = self.workspace.runs.writing.held(self.workspace.store, run_id)
        if held is None:
            return Refusal("no-run", {"run": run_id})
        loaded = self.workspace.playbooks.exactly(held.run.playbook.id, held.run.playbook.language)
        if isinstance(loaded, Refusal):
            return loaded
        copy = queries.version(self.workspace.store, held.run.version)
        before = copy.text if copy else ""
        return list(unified_diff(before.splitlines(), loaded.text.splitlines(), n=2, lineterm=""))[2:]

    def _carry_out(self, run_ids: Iterable[str], drops: Drops) -> Several:
        writing, batch, file_of = self.workspace.runs.writing, "", cache(self.workspace.playbooks.exactly)
        done, current = [], []
        refused: list[tuple[str, Refusal]] = []
        with self.workspace.store.write() as tx:
            for run_id in run_ids:
                held = writing.held(tx, run_id)
                if held is None:
                    refused.append((run_id, Refusal("no-run", {"run": run_id})))
                    continue
                ready = self._ready(held, drops.get(run_id, frozenset()), file_of)
                if isinstance(ready, Refusal):
                    if ready.code == "sync-nothing":
                        current.append(held.run.name)
                    else:
                        refused.append((held.run.name, ready))
                    continue
                batch = self._follow(tx, held, *ready, batch)
                done.append(held.run.name)
        writing.forget()  # what was held is as it was before, or as it would be had the change not failed
        return Several(tuple(done), tuple(current), tuple(refused))

    def _follow(self, tx: Transaction, held: Held, found: Sync, loaded: "Loaded", batch: str) -> str:
        is_plain = found.playbook == loaded.playbook
        data = to_data(found.playbook)
        version = loaded.hash if is_plain else digest(data).hex()
        projections.save_version(tx, version, found.playbook, loaded.text, data)
        twins = self.workspace.playbooks.twins(loaded.playbook)
        for twin in twins:
            projections.save_version(tx, twin.hash, twin.playbook, twin.text, to_data(twin.playbook))
        translations = {twin.playbook.language: twin.hash for twin in twins}
        body = as_body(found, held.run, version, loaded.hash, translations)
        _held, batch = self.workspace.runs.writing.record(tx, held, Draft("sync", "", body), batch)
        return batch

    def _ready(self, held: Held, drop: frozenset[str], file_of: "FileOf") -> "tuple[Sync, Loaded] | Refusal":
        run = held.run
        if run.state != "open":
            return Refusal("run-ended", {"run": run.name, "state": run.state})
        loaded = file_of(run.playbook.id, run.playbook.language)
        if isinstance(loaded, Refusal):
            return loaded
        taken = {step.id for step in loaded.playbook.steps()} & {step.id for step in run.own}
        if taken:
            return Refusal("sync-own", {"step": min(taken)})
        found = sync(run, loaded.playbook, drop)
        if is_up_to_date(run, found):
            return Refusal("sync-nothing", {"run": run.name})
        return found, loaded


__all__ = ["Preview", "Several", "Syncing"]

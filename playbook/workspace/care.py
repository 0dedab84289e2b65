"""The database's health: backups, damage, and working everything out anew from the journal."""

from pathlib import Path
from typing import TYPE_CHECKING

from playbook.core.client import fold_client
from playbook.core.operations import Operation
from playbook.core.problems import Refusal
from playbook.store import backup as backups
from playbook.store import journal, projections, queries
from playbook.store.checkup import Checkup, check
from playbook.store.database import Transaction

if TYPE_CHECKING:
    from playbook.workspace import Workspace


class Care:
    """What keeps the data safe."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def backup_if_due(self) -> Path | None:
        """The day's first automatic copy; None when there is one."""
        workspace = self.workspace
        return backups.backup_if_due(
            workspace.locations.store,
            workspace.locations.backups,
            workspace.clock.today(),
            workspace.config.backups,
        )

    def renew_backups(self) -> None:
        """Throw the automatic copies away and make one of the database as it is now."""
        workspace = self.workspace
        backups.discard_automatic(workspace.locations.backups)
        if workspace.config.backups:
            self.backup(None)

    def leave_no_trace(self) -> None:
        """Overwrite what was deleted from the database, and renew the automatic copies that still hold it."""
        self.workspace.runs.writing.forget()
        try:
            self.workspace.store.compact()
        finally:
            self.renew_backups()

    def backup(self, target: Path | None) -> Path | Refusal:
        """A verified copy of the database, in a file or beside the automatic ones."""
        workspace = self.workspace
        store = workspace.store
        if target is None:
            target = workspace.locations.backups / f"playbook-{workspace.clock.today().isoformat()}.db"
        if target.exists() and target.samefile(store.path):
            return Refusal("backup-same")
        if target.is_dir():
            return Refusal("export-folder", {"path": str(target)})
        backups.backup(store.path, target)
        return target

    def restore(self, source: Path) -> Path | None:
        """Put a copy in place of the database; returns where the replaced one is kept."""
        self.workspace.close()
        return backups.restore(self.workspace.locations.store, source)

    def check(self) -> Checkup:
        """How the database is, and what is wrong with it."""
        return check(self.workspace.store)

    def rebuild(self) -> int:
        """Work out every list and date anew from the journal; returns how many runs there are."""
        writing = self.workspace.runs.writing
        with self.workspace.store.write() as tx:
            copies = [queries.version(tx, version) for version in queries.all_versions(tx)]
            projections.clear(tx)
            for copy in copies:
                if copy is not None:
                    projections.save_version(
                        tx, copy.hash, writing.playbook(tx, copy.hash), copy.text, copy.data
                    )
            runs = 0
            for client_id in journal.clients_in(tx):
                operations = journal.operations_of_client(tx, client_id)
                runs += self._rebuild_client(tx, operations)
        writing.forget()
        return runs

    def _rebuild_client(self, tx: Transaction, operations: list[Operation]) -> int:
        client = fold_client(operations)
        if client is None:
            return 0
        self.workspace.runs.writing.save_client(tx, client)
        run_ids = list(dict.fromkeys(op.run for op in operations if op.run))
        for run_id in run_ids:
            self.workspace.runs.writing.refold_run(tx, run_id)
        return len(run_ids)

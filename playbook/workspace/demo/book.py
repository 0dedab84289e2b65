"""What a story writes down: each change with its moment and author, and the client it makes."""

from datetime import datetime
from typing import NamedTuple

from playbook.core.calendar import as_stamp
from playbook.core.client import Client, apply_to_client
from playbook.core.operations import Draft, Operation
from playbook.store import journal
from playbook.workspace.demo.cast import PMS
from playbook.workspace.demo.chance import dice


class Told(NamedTuple):
    """One change. What has the same `batch` was one key; `undoes` is the batch that is taken back."""

    at: datetime
    by: str
    client_id: str
    run_id: str
    draft: Draft
    batch: str
    undoes: str = ""


class Book:
    """Every change of one client, in order."""

    def __init__(self, owner: str, slug: str) -> None:
        self.told: list[Told] = []
        self.client = Client(journal.new_id(), slug, "")
        self._owner, self._slug = owner, slug
        self._names: dict[str, int] = {}

    def tell(self, at: datetime, run_id: str, draft: Draft, batch: str = "", undoes: str = "") -> Operation:
        """Write a change down; the client goes on by it, unless it is to be taken back."""
        batch = batch or f"{self._slug} {len(self.told)}"
        by = self._author(at)
        self.told.append(Told(at, by, self.client.id, run_id, draft, batch, undoes))
        return Operation(
            "",
            len(self.told),
            "",
            as_stamp(at),
            by,
            self.client.id,
            run_id,
            draft.step,
            draft.kind,
            draft.body,
            batch,
        )

    def change(self, at: datetime, run_id: str, draft: Draft, batch: str = "") -> Operation:
        """Write a change down and let the client go on by it."""
        op = self.tell(at, run_id, draft, batch)
        self.client = apply_to_client(self.client, op)
        return op

    def run_name(self, playbook_id: str) -> str:
        """The next free name of a run."""
        count = self._names[playbook_id] = self._names.get(playbook_id, 0) + 1
        return f"{self._slug}/{playbook_id}" + (f"-{count}" if count > 1 else "")

    def _author(self, at: datetime) -> str:
        """The one who looks after the client; on some days somebody stands in."""
        chance = dice("author", self._slug, at.date())
        return chance.choice(PMS) if chance.random() < 0.12 else self._owner

"""Finding by words: clients, runs, steps, notes and ledger entries."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook.core.search import Hit, excerpt, missing, words_of
from playbook.store import passages
from playbook.store.passages import Passage

if TYPE_CHECKING:
    from playbook.workspace import Workspace

MOST = 50
"""Hits of a kind at most."""


class Search:
    """Searches the store."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def find(self, text: str, most: int = MOST) -> list[Hit]:
        """What holds every word of the text: clients, runs, steps (open ones first), entries and notes, the newest first.

        A word may be the beginning of one. At most so many of each kind.
        """
        store, words = self.workspace.store, words_of(text)
        if not words:
            return []
        if passages.is_stale(store) and not store.is_read_only:
            self.workspace.care.rebuild()
        found = {kind: passages.find(store, words, kind, most) for kind in passages.RANKS}
        runs, steps = self._in_runs(words, found["run"])
        return [
            *(_hit("client", each, each.client_name) for each in found["client"]),
            *sorted(runs, key=lambda hit: hit.state != "open"),
            *sorted(steps, key=lambda hit: hit.state != "open")[:most],
            *(_hit("entry", each, excerpt(each.text, words))._replace(at=each.on) for each in found["entry"]),
            *(
                _hit("note", each, excerpt(each.text, words))._replace(at=_stamp(each.at))
                for each in found["note"]
            ),
        ]

    def _in_runs(self, words: tuple[str, ...], found: list[Passage]) -> tuple[list[Hit], list[Hit]]:
        """Runs that hold the words in their head, and of the others the steps that hold those which the head lacks."""
        runs: list[Hit] = []
        rest: dict[str, tuple[Passage, tuple[str, ...]]] = {}
        for each in found:
            head = each.text.partition("\n")[0]
            if left := missing(words, each.client_name, head):
                rest[each.run_id] = each, left
            else:
                runs.append(_hit("run", each, head)._replace(state=each.run_state))
        return runs, list(self._steps(rest)) if rest else []

    def _steps(self, rest: dict[str, tuple[Passage, tuple[str, ...]]]) -> Iterator[Hit]:
        of_run: dict[str, list[passages.StepTitle]] = {}
        for step in passages.step_titles(self.workspace.store, rest):
            of_run.setdefault(step.run_id, []).append(step)
        for run_id, (passage, words) in rest.items():
            for step in of_run.get(run_id, ()):
                if not missing(words, step.title):
                    state = step.state if passage.run_state == "open" else passage.run_state
                    yield _hit("step", passage, step.title)._replace(step=step.step_id, state=state)


def _hit(kind: str, passage: Passage, text: str) -> Hit:
    return Hit(
        kind, passage.client_id, passage.client_slug, passage.client_name, text, passage.run_id,
        passage.run_name, passage.run_title, step=passage.ref if kind == "note" else "",
        entry=int(passage.ref) if kind == "entry" else 0, entry_kind=passage.entry_kind,
    )  # fmt: skip


def _stamp(second: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


__all__ = ["Hit", "Search"]

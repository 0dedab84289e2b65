"""Finding by words: clients, runs, steps, notes and ledger entries."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from playbook.core.search import Hit, excerpt, missing, words_of
from playbook.store import passages
from playbook.store.passages import Passage, StepTitle

if TYPE_CHECKING:
    from playbook.workspace import Workspace

Words = tuple[str, ...]

MOST = 50
"""Hits of a kind at most."""

_AT_ONCE = 10
"""Runs whose steps are read at once."""


class Search:
    """Searches the store."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def find(self, text: str, most: int = MOST) -> list[Hit]:
        """What holds every word of the text: clients, runs and steps (of open runs first), entries and notes, the newest first.

        A word may be the beginning of one. At most so many of each kind.
        """
        store, words = self.workspace.store, words_of(text)
        if not words:
            return []
        if passages.is_stale(store) and not store.is_read_only:
            self.workspace.care.rebuild()
        found = {kind: passages.find(store, words, kind, most) for kind in passages.RANKS}
        runs, rest = _parted(words, found["run"])
        return [
            *(_hit("client", each, each.client_name) for each in found["client"]),
            *runs,
            *islice(self._steps(rest), most),
            *(_hit("entry", each, excerpt(each.text, words))._replace(at=each.on) for each in found["entry"]),
            *(
                _hit("note", each, excerpt(each.text, words))._replace(at=_stamp(each.at))
                for each in found["note"]
            ),
        ]

    def _steps(self, runs: list[tuple[Passage, Words]]) -> Iterator[Hit]:
        """Steps of these runs that hold the words of each, those of open runs first; a few runs are read at a time."""
        holds = cache(lambda words, title: not missing(words, title))  # the same titles come in run after run
        for begin in range(0, len(runs), _AT_ONCE):
            page = runs[begin : begin + _AT_ONCE]
            titles: dict[str, list[StepTitle]] = {passage.run_id: [] for passage, _words in page}
            for step in passages.step_titles(self.workspace.store, titles):
                titles[step.run_id].append(step)
            for passage, words in page:
                for step in titles[passage.run_id]:
                    if holds(words, step.title):
                        yield _step_hit(passage, step)


def _parted(words: Words, found: list[Passage]) -> tuple[list[Hit], list[tuple[Passage, Words]]]:
    """Runs that hold the words in their head; the others, each with the words its head lacks. Open ones come first."""
    runs: list[Hit] = []
    rest: list[tuple[Passage, Words]] = []
    for each in sorted(found, key=lambda passage: passage.run_state != "open"):
        head = each.text.partition("\n")[0]
        if left := missing(words, each.client_name, head):
            rest.append((each, left))
        else:
            runs.append(_hit("run", each, head)._replace(state=each.run_state))
    return runs, rest


def _step_hit(passage: Passage, step: StepTitle) -> Hit:
    state = step.state if passage.run_state == "open" else passage.run_state
    return _hit("step", passage, step.title)._replace(step=step.step_id, state=state)


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

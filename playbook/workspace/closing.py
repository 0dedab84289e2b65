"""Closing a run in a minute: what to remember, when they hear from us next, and the end, as one change."""

from typing import TYPE_CHECKING

from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.problems import Refusal

if TYPE_CHECKING:
    from playbook.core.client import Entry
    from playbook.workspace import Workspace
    from playbook.workspace.writing import Decision


def still_owed(workspace: "Workspace", run_id: str) -> "list[Entry]":
    """Entries that the run logged and that are open yet; they stay in the ledger when it ends."""
    from playbook.core.entry_kinds import is_open

    opened = workspace.runs.open(run_id)
    if isinstance(opened, Refusal):
        return []
    found = workspace.ledger.entries(opened.client.id)
    return [entry for entry in found if entry.run == run_id and is_open(entry)]


def close_out(
    workspace: "Workspace", run_id: str, *, reason: str = "", note: str = "", next_word: str = ""
) -> Sheet | Refusal:
    """Finish a run; with it a note on it, and the day on which they hear from us next as people write it."""
    given = workspace.runs.decisions
    steps: list[Decision] = [given.note(note)("")] if note.strip() else []
    if next_word.strip():
        opened = workspace.runs.open(run_id)
        if isinstance(opened, Refusal):
            return opened
        entry = workspace.ledger.word(opened.client, opened.sheet.run.playbook.title, next_word)
        if isinstance(entry, Refusal):
            return entry
        steps.append(lambda _sheet: Draft("log", "", {"entries": [entry]}))
    return workspace.runs.change(run_id, *steps, given.finish(reason))

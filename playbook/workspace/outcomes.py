"""How the open entries end that a tick closes: as typed, and as they stand afterwards."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from playbook.core.client import Entry
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.store import ledger_rows

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.workspace import Workspace

LEFT_OPEN = "open"
"""What is typed for an entry that a tick shall not close."""

_ENTRY = re.compile(r"(?:([^#]*)#)?(\d{1,9})")


def entry_name(sheet: "Sheet", entry: Entry) -> str:
    """`client#12`."""
    return f"{client_slug(sheet)}#{entry.n}"


def client_slug(sheet: "Sheet") -> str:
    """What people type for the client of a run."""
    return str(sheet.client.get("id", ""))


def read_outcomes(
    sheet: "Sheet", step_id: str, entries: Sequence[Entry], typed: Mapping[str, str]
) -> dict[int, str] | Refusal:
    """Outcomes by number, of those typed by entry: `client#12`, `#12` or `12`."""
    read: dict[int, str] = {}
    numbers = {entry.n for entry in entries}
    for name, outcome in typed.items():
        match = _ENTRY.fullmatch(name.strip())
        if match is None or match[1] not in (None, "", client_slug(sheet)) or int(match[2]) not in numbers:
            known = [entry_name(sheet, entry) for entry in entries]
            title = sheet.view.steps[step_id].step.title
            return Refusal("no-entry", {"step": title, "entry": line(name)[:60], "known": known})
        read[int(match[2])] = read_outcome(outcome)
    return read


def read_outcome(typed: str) -> str:
    """An outcome as the core takes it: "" for what is left open."""
    ended = line(typed).casefold()
    return "" if ended == LEFT_OPEN else ended


def as_they_stand(workspace: "Workspace", sheet: "Sheet", entries: Sequence[Entry]) -> list[Entry]:
    """These entries of the run's client as they are by now."""
    numbers = {entry.n for entry in entries}
    found = ledger_rows.entries(workspace.store, sheet.run.client_id) if numbers else []
    return [entry for entry in found if entry.n in numbers]

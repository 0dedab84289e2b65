"""What runs say of their playbook: remarks over all runs, and what becomes of them.

A remark is closed in its run. The file is written while the database is held, so that where one refuses, both stay
as they were.
"""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from playbook.core import decide
from playbook.core.calendar import as_stamp
from playbook.core.decide import Sheet
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.core.remarks import ACCEPTED, ASIDE, Remarked, Remarks
from playbook.core.text import line
from playbook.store.remarks import fates_of, remarks_of

if TYPE_CHECKING:
    from pathlib import Path

    from playbook.core.playbook import Playbook
    from playbook.workspace import Workspace


def remarks(workspace: "Workspace", playbook_id: str, playbook: "Playbook | None") -> Remarks:
    """What was remarked on a playbook, also on one whose file is gone (None)."""
    every = remarks_of(workspace.store, playbook_id)
    today = workspace.clock.today().isoformat()
    fates = fates_of(workspace.store, playbook_id, today, as_stamp(workspace.clock.now())) if every else {}
    return Remarks(
        tuple(every), fates, {step.id: step.title for step in playbook.steps()} if playbook else {}
    )


def set_aside(workspace: "Workspace", found: Remarked, reason: str) -> Sheet | Refusal:
    """Leave the playbook as it is, with a reason."""
    close = partial(decide.close_remark, remark_id=found.remark.id, outcome=ASIDE, reason=reason)
    return workspace.runs.change(found.run_id, close)


def accept(
    workspace: "Workspace", playbook_id: str, found: Remarked, values: Mapping[str, Any], reason: str
) -> "tuple[Path, ...] | Refusal":
    """Edit the remark's step, with the reason added to where it comes from, and mark the remark accepted.

    What was written; nothing where the file says all of it already.
    """
    written: list[Path] = []
    reason = line(reason)

    def decision(sheet: Sheet) -> Draft | Refusal:
        draft = decide.close_remark(sheet, found.remark.id, ACCEPTED, reason)
        if isinstance(draft, Refusal):
            return draft
        step = found.remark.step
        outcome = workspace.editing.set_keys(playbook_id, found.language, step, values, because=reason)
        if not isinstance(outcome, Refusal):
            written.extend(outcome.paths)
        elif outcome.code != "edit-nothing":
            return outcome
        return draft

    closed = workspace.runs.change(found.run_id, decision)
    return closed if isinstance(closed, Refusal) else tuple(written)

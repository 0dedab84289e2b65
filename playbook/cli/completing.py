"""What a shell offers when Tab is pressed. It never fails and never makes a database."""

from collections.abc import Iterable

from playbook.cli.opened import open_workspace
from playbook.core.problems import Refusal
from playbook.workspace import StoreTrouble, Workspace


def names(what: str, begun: str, run: str = "") -> list[str]:
    """Names of a kind that go on from what was typed.

    Kinds are run, client and playbook, and of `run` step, dated (what has a date) and assigned (steps, roles).
    """
    workspace = open_workspace((), lambda _text: None)
    workspace.patience = 0.2
    try:
        return [name for name in _known(workspace, what, run) if name.startswith(begun)]
    except StoreTrouble:
        return []
    finally:
        workspace.close()


def _known(workspace: Workspace, what: str, run: str) -> Iterable[str]:
    if what == "playbook":
        return [entry.id for entry in workspace.playbooks.entries()]
    if not workspace.locations.store.exists():
        return []
    if what == "client":
        return [row.slug for row in workspace.lists.clients()]
    if what == "run":
        return [row.name for row in workspace.lists.runs(ended=True)]
    run_id = workspace.runs.find(run)
    opened = run_id if isinstance(run_id, Refusal) else workspace.runs.open(run_id)
    if isinstance(opened, Refusal):
        return []
    steps, playbook = opened.sheet.view.steps, opened.sheet.run.playbook
    if what == "assigned":
        return [*steps, *playbook.roles]
    return (
        [*steps, "start", *(["target"] if playbook.target_label else [])] if what == "dated" else list(steps)
    )

"""`look-back`: promised against actual for earlier runs of a playbook."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, playbook_argument
from playbook.cli.shell import Shell
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.core.look_back import LookBack, PastRun


@click.command("look-back", help=_("What earlier runs of a playbook came to: how long they took, against their target, and what became of the promises made in them. Look before you say a date."))  # fmt: skip
@playbook_argument
@click.option("--client", default="", metavar=_("CLIENT"), help=_("Only this client's."))
@as_json
@click.pass_obj
def look_back_verb(shell: Shell, playbook: str, client: str, wants_json: bool) -> None:
    """Print a line a run, the newest first, and what they have in common."""
    from playbook.words.look_back import run_cells, summary_words
    from playbook.workspace.looking_back import earlier

    playbook = line(playbook)
    found = earlier(shell.workspace, playbook, shell.client_id(client) if client else "")
    if not found.runs:  # a playbook whose file is gone is looked back at all the same
        shell.need(shell.workspace.playbooks.read(playbook))
    if wants_json:
        shell.json(_data(found))
    elif not found.runs:
        shell.say(_("No run of this playbook has ended yet."))
    else:
        today = shell.workspace.clock.today()
        runs = columns([run_cells(run, today) for run in found.runs])
        shell.lines([*runs, "", " · ".join(summary_words(found))])


def _data(found: "LookBack") -> dict[str, Any]:
    return {
        "runs": [_run_data(run) for run in found.runs], "finished": found.finished, "abandoned": found.abandoned,
        "working_days": (
            {"shortest": found.shortest, "usual": found.usual, "longest": found.longest} if found.finished else None
        ),
        "target": {"met": found.target_met, "of": found.with_target},
        "promises": {"kept": found.kept, "moved": found.moved, "of": found.promises},
    }  # fmt: skip


def _run_data(run: "PastRun") -> dict[str, Any]:
    return {
        "run": run.name, "client": run.client_name, "state": "finished" if run.is_finished else "abandoned",
        "start": run.start.isoformat(), "end": run.end.isoformat(), "target": run.target.isoformat() if run.target else None,
        "days": run.days, "working_days": run.working_days, "late_by": run.late_by,
        "steps": {"skipped": run.left_out.get("skipped", 0), "n/a": run.left_out.get("n/a", 0), "left_open": run.left_open},
        "promises": {outcome or "open": count for outcome, count in run.promises.items()},
    }  # fmt: skip

"""`look-back`: promised against actual for earlier runs of a playbook."""

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, playbook_argument
from playbook.cli.shell import Shell
from playbook.words import _


@click.command("look-back", help=_("What earlier runs of a playbook came to: how long they took, against their target, and what became of the promises made in them. Look before you say a date."))  # fmt: skip
@playbook_argument
@as_json
@click.pass_obj
def look_back_verb(shell: Shell, playbook: str, wants_json: bool) -> None:
    """Print a line a run, the newest first, and what they have in common."""
    from playbook.words.look_back import run_cells, summary_words
    from playbook.workspace.looking_back import earlier

    loaded = shell.need(shell.workspace.playbooks.read(playbook))
    found = earlier(shell.workspace, loaded.playbook.id)
    if wants_json:
        shell.json([
            {
                "run": run.name, "client": run.client_name, "start": run.start.isoformat(), "end": run.end.isoformat(),
                "target": run.target.isoformat() if run.target else None, "working_days": run.working_days,
                "late_by": run.late_by, "promises": dict(run.promises),
            }
            for run in found.runs
        ])  # fmt: skip
        return
    if not found.runs:
        shell.say(_("No run of this playbook was finished yet."))
        return
    today = shell.workspace.clock.today()
    shell.lines(columns([run_cells(run, today) for run in found.runs]))
    shell.say(" · ".join(summary_words(found)))

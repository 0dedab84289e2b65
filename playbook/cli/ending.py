"""`finish`, `abandon`, `undo`, `redo`."""

import click

from playbook.cli.shell import Shell
from playbook.core.problems import Refusal
from playbook.words import N_, _
from playbook.workspace.runs import Undone


@click.command("finish", help=N_("End a run well. With open steps it takes a reason, and they are kept as left open."))
@click.argument("run")
@click.option("--reason", default="", help=N_("Why it ends with open steps."))
@click.pass_obj
def finish_verb(shell: Shell, run: str, reason: str) -> None:
    """Finish a run, or list what is open."""
    outcome = shell.workspace.runs.finish(shell.run_id(run), reason)
    if isinstance(outcome, Refusal) and outcome.code == "steps-open":
        shell.say(_("{run} still has open steps:").format(run=outcome.args["run"]))
        steps, titles = outcome.args["steps"], outcome.args["titles"]
        assert isinstance(steps, list) and isinstance(titles, list)
        for step, title in zip(steps, titles, strict=True):
            shell.say(f"  {step:<24} {title}")
        shell.say(_("Settle them, or finish with --reason."))
        raise click.exceptions.Exit(1)
    sheet = shell.need(outcome)
    shell.say(_("{run} is finished: {done} of {total}.").format(run=sheet.run.name, done=sheet.view.done, total=sheet.view.total))  # fmt: skip


@click.command("abandon", help=N_("End a run without claiming success."))
@click.argument("run")
@click.option("--reason", default="", help=N_("Why."))
@click.pass_obj
def abandon_verb(shell: Shell, run: str, reason: str) -> None:
    """Abandon a run."""
    sheet = shell.need(shell.workspace.runs.abandon(shell.run_id(run), reason))
    shell.say(_("{run} is abandoned.").format(run=sheet.run.name))


@click.command("undo", help=N_("Take back the newest change: in a run, or anywhere."))
@click.argument("run", required=False)
@click.pass_obj
def undo_verb(shell: Shell, run: str | None) -> None:
    """Undo."""
    _say(shell, shell.need(shell.workspace.runs.undo(shell.run_id(run) if run else "")), _("Taken back"))


@click.command("redo", help=N_("Do again what was taken back last: in a run, or anywhere."))
@click.argument("run", required=False)
@click.pass_obj
def redo_verb(shell: Shell, run: str | None) -> None:
    """Redo."""
    _say(shell, shell.need(shell.workspace.runs.redo(shell.run_id(run) if run else "")), _("Done again"))


def _say(shell: Shell, undone: Undone, what: str) -> None:
    from playbook.words.changes import kind_word

    where = " · ".join(part for part in (undone.run, undone.step) if part)
    shell.say(f"{what}: {kind_word(undone.operation.kind)}" + (f" ({where})" if where else ""))

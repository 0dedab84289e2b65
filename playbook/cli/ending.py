"""`finish`, `abandon`, `undo`, `redo`."""

from typing import TYPE_CHECKING

import click

from playbook.cli.columns import columns
from playbook.cli.options import run_argument
from playbook.cli.shell import REFUSED, Ended, Shell
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _, plural

if TYPE_CHECKING:
    from playbook.workspace.taking_back import Undone


@click.command(
    "finish", help=_("End a run well. With open steps it takes a reason, and they are kept as left open.")
)
@run_argument
@click.option("--reason", default="", metavar=_("TEXT"), help=_("Why it ends with open steps."))
@click.option("--note", default="", metavar=_("TEXT"), help=_("What is worth remembering next time."))
@click.option("--next-word", default="", metavar=_("DATE"), help=_("When they hear from us next."))
@click.pass_obj
def finish_verb(shell: Shell, run: str, reason: str, note: str, next_word: str) -> None:
    """Finish a run, or list what is open."""
    from playbook.workspace.closing import close_out

    run_id = shell.run_id(run)
    outcome = close_out(shell.workspace, run_id, reason=reason, note=note, next_word=next_word)
    if isinstance(outcome, Refusal) and outcome.code == "steps-open":
        _tell_open(shell, outcome)
        raise Ended(REFUSED)
    sheet = shell.need(outcome)
    shell.say(_("{run} is finished: {done} of {total}.").format(run=sheet.run.name, done=sheet.view.done, total=sheet.view.total))  # fmt: skip


def _tell_open(shell: Shell, refusal: Refusal) -> None:
    steps, titles = refusal.args["steps"], refusal.args["titles"]
    assert isinstance(steps, list)
    assert isinstance(titles, list)
    shell.say(_("{run} still has open steps:").format(run=refusal.args["run"]))
    rows = [(step, line(title)) for step, title in zip(steps, titles, strict=True)]
    shell.say("\n".join(columns(rows, indent="  ")))
    shell.say(_("Settle them, or finish with --reason."))


@click.command("abandon", help=_("End a run without claiming success."))
@run_argument
@click.option("--reason", default="", metavar=_("TEXT"), help=_("Why."))
@click.pass_obj
def abandon_verb(shell: Shell, run: str, reason: str) -> None:
    """Abandon a run."""
    sheet = shell.need(shell.workspace.runs.abandon(shell.run_id(run), reason))
    shell.say(_("{run} is abandoned.").format(run=sheet.run.name))


@click.command("undo", help=_("Take back the newest change: in a run, or anywhere."))
@click.argument("run", metavar=_("[RUN]"), required=False)
@click.pass_obj
def undo_verb(shell: Shell, run: str | None) -> None:
    """Undo."""
    _say(
        shell,
        shell.need(shell.workspace.runs.undo(shell.run_id(run) if run is not None else "")),
        _("Taken back"),
    )


@click.command("redo", help=_("Do again what was taken back last: in a run, or anywhere."))
@click.argument("run", metavar=_("[RUN]"), required=False)
@click.pass_obj
def redo_verb(shell: Shell, run: str | None) -> None:
    """Redo."""
    _say(
        shell,
        shell.need(shell.workspace.runs.redo(shell.run_id(run) if run is not None else "")),
        _("Done again"),
    )


def _say(shell: Shell, undone: "Undone", what: str) -> None:
    from playbook.words.changes import kind_word

    where = " · ".join(line(part) for part in (undone.run, undone.step) if part)
    if undone.started > 1:
        where = plural("{count} run", "{count} runs", undone.started)
    elif undone.steps > 1:
        where = plural("{count} step", "{count} steps", undone.steps)
    shell.say(f"{what}: {kind_word(undone.operation.kind)}" + (f" ({where})" if where else ""))

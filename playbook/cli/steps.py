"""`tick`, `reopen`, `skip`, `note`, `due`."""

from typing import TYPE_CHECKING

import click

from playbook.cli.options import read_pairs, sets
from playbook.cli.shell import Shell
from playbook.core.daywords import read_day
from playbook.words import N_, _

if TYPE_CHECKING:
    from playbook.core.decide import Sheet


def _told(shell: Shell, sheet: "Sheet") -> None:
    """Say where the run stands after a change."""
    view = sheet.view
    shell.say(_("{run}: {done} of {total}.").format(run=sheet.run.name, done=view.done, total=view.total))


@click.command("tick", help=N_("Mark a step done."))
@click.argument("run")
@click.argument("step")
@sets
@click.option("--note", default="", help=N_("Add a note in the same change."))
@click.option("--channel", default=None, metavar="CHANNEL", help=N_("The channel really used; “none” if there was no contact."))  # fmt: skip
@click.option("--override", default="", metavar="REASON", help=N_("Pass over what locks the step, for this reason."))
@click.pass_obj
def tick_verb(
    shell: Shell, run: str, step: str, pairs: tuple[str, ...], note: str, channel: str | None, override: str
) -> None:
    """Tick a step with its answers."""
    from playbook.core.playbook import CHANNELS

    if channel is not None and channel not in (*CHANNELS, "none"):
        raise click.UsageError(_("“{channel}” is no channel. There are: {known}.").format(channel=channel[:40], known=", ".join(CHANNELS)))  # fmt: skip
    used = "" if channel == "none" else channel
    runs = shell.workspace.runs
    _told(shell, shell.need(runs.tick(
        shell.run_id(run), step, read_pairs(pairs), channel=used, override=override, note=note)))  # fmt: skip


@click.command("reopen", help=N_("Open a settled step again; without STEP, an ended run."))
@click.argument("run")
@click.argument("step", required=False)
@click.option("--reason", default="", help=N_("Why."))
@click.pass_obj
def reopen_verb(shell: Shell, run: str, step: str | None, reason: str) -> None:
    """Open a step or a run again."""
    runs, run_id = shell.workspace.runs, shell.run_id(run)
    _told(shell, shell.need(runs.reopen(run_id, step) if step else runs.reopen_run(run_id, reason)))
    if step:
        shell.say(_("What was logged when it was ticked stays in the ledger."))


@click.command("skip", help=N_("Leave a step out: it should have been done, or with --na it does not fit this client."))
@click.argument("run")
@click.argument("step")
@click.option("--reason", default="", help=N_("Why."))
@click.option("--na", is_flag=True, help=N_("It does not fit this client."))
@click.pass_obj
def skip_verb(shell: Shell, run: str, step: str, reason: str, na: bool) -> None:
    """Skip a step."""
    _told(shell, shell.need(shell.workspace.runs.skip(shell.run_id(run), step, reason, fits=not na)))


@click.command("note", help=N_("Add a note to a step, or without STEP to the run."))
@click.argument("run")
@click.argument("words", nargs=-1, required=True, metavar="[STEP] TEXT")
@click.pass_obj
def note_verb(shell: Shell, run: str, words: tuple[str, ...]) -> None:
    """Add a note; the first word is the step when the run has such a step and text follows."""
    run_id = shell.run_id(run)
    opened = shell.need(shell.workspace.runs.open(run_id))
    named = len(words) > 1 and words[0] in opened.sheet.view.steps
    step, text = (words[0], words[1:]) if named else ("", words)
    _told(shell, shell.need(shell.workspace.runs.note(run_id, step, " ".join(text))))


@click.command("due", help=N_("Set a step's date by hand: fri, +2, +3bd, 12 dec, 2026-12-12 16:00; or clear it."))
@click.argument("run")
@click.argument("step")
@click.argument("day", nargs=-1, required=True, metavar="DATE|clear")
@click.pass_obj
def due_verb(shell: Shell, run: str, step: str, day: tuple[str, ...]) -> None:
    """Set or clear a date."""
    workspace = shell.workspace
    words = " ".join(day)
    moment = None
    if words != "clear":
        moment = shell.need(read_day(words, workspace.clock.today(), workspace.calendar))
    _told(shell, shell.need(workspace.runs.due(shell.run_id(run), step, moment)))

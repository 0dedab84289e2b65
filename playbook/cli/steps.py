"""`tick`, `reopen`, `skip`, `note`, `due`."""

from typing import TYPE_CHECKING

import click

from playbook.cli.options import read_pairs, run_argument, sets, step_argument
from playbook.cli.shell import Shell
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.core.decide import Sheet


def _told(shell: Shell, what: str, sheet: "Sheet", step: str = "") -> None:
    """Say what was done to which step, and where the run stands now."""
    view = sheet.view
    title = f" “{line(view.steps[step].step.title)}”" if step else ""
    shell.say(f"{what}{title}. " + _("{run}: {done} of {total}.").format(
        run=sheet.run.name, done=view.done, total=view.total))  # fmt: skip


@click.command("tick", help=_("Mark a step done."))
@run_argument
@step_argument
@sets
@click.option("--note", default="", metavar="TEXT", help=_("Add a note in the same change."))
@click.option("--channel", default=None, metavar="CHANNEL", help=_("The channel really used; “none” if there was no contact."))  # fmt: skip
@click.option(
    "--override", default="", metavar="REASON", help=_("Pass over what locks the step, for this reason.")
)
@click.pass_obj
def tick_verb(
    shell: Shell, run: str, step: str, pairs: tuple[str, ...], note: str, channel: str | None, override: str
) -> None:
    """Tick a step with its answers."""
    from playbook.core.playbook import CHANNELS

    if channel is not None and channel not in (*CHANNELS, "none"):
        known = ", ".join((*CHANNELS, "none"))
        raise click.UsageError(
            _("“{channel}” is no channel. There are: {known}.").format(channel=channel[:40], known=known)
        )
    used = "" if channel == "none" else channel
    sheet = shell.need(shell.workspace.runs.tick(
        shell.run_id(run), step, read_pairs(pairs), channel=used, override=override, note=note))  # fmt: skip
    _told(shell, _("Done:"), sheet, step)
    starts = sheet.view.steps[step].step.starts
    if starts is not None:
        client = sheet.run.name.partition("/")[0]
        shell.say(
            _("The next playbook: playbook start {playbook} {client}").format(
                playbook=starts.playbook, client=client
            )
        )


@click.command("reopen", help=_("Open a settled step again; without STEP, an ended run."))
@run_argument
@click.argument("step", required=False)
@click.option("--reason", default="", help=_("Why; for a run."))
@click.pass_obj
def reopen_verb(shell: Shell, run: str, step: str | None, reason: str) -> None:
    """Open a step or a run again."""
    runs, run_id = shell.workspace.runs, shell.run_id(run)
    if step is None:
        _told(shell, _("Open again"), shell.need(runs.reopen_run(run_id, reason)))
        return
    _told(shell, _("Open again:"), shell.need(runs.reopen(run_id, step)), step)
    shell.say(_("What was logged when it was ticked stays in the ledger."))


@click.command(
    "skip", help=_("Leave a step out: it should have been done, or with --na it does not fit this client.")
)
@run_argument
@step_argument
@click.option("--reason", default="", metavar="TEXT", help=_("Why."))
@click.option("--na", is_flag=True, help=_("It does not fit this client."))
@click.pass_obj
def skip_verb(shell: Shell, run: str, step: str, reason: str, na: bool) -> None:
    """Skip a step."""
    sheet = shell.need(shell.workspace.runs.skip(shell.run_id(run), step, reason, fits=not na))
    _told(shell, _("Not needed:") if na else _("Skipped:"), sheet, step)


@click.command("note", help=_("Add a note to a step, or without STEP to the run."))
@run_argument
@click.argument("words", nargs=-1, required=True, metavar="[STEP] TEXT")
@click.pass_obj
def note_verb(shell: Shell, run: str, words: tuple[str, ...]) -> None:
    """Add a note; the first word is the step when the run has such a step."""
    run_id = shell.run_id(run)
    opened = shell.need(shell.workspace.runs.open(run_id))
    named = words[0] in opened.sheet.view.steps
    step, text = (words[0], words[1:]) if named else ("", words)
    if not text:
        raise click.UsageError(_("What is the note on “{step}”?").format(step=step))
    sheet = shell.need(shell.workspace.runs.note(run_id, step, " ".join(text)))
    _told(shell, _("Noted on") if step else _("Noted on the run"), sheet, step)


@click.command(
    "due", help=_("Set a step's date by hand: fri, +2, +3bd, 12 dec, 2026-12-12 16:00; or clear it.")
)
@run_argument
@step_argument
@click.argument("day", nargs=-1, required=True, metavar="DATE|clear")
@click.pass_obj
def due_verb(shell: Shell, run: str, step: str, day: tuple[str, ...]) -> None:
    """Set or clear a date."""
    from playbook.core.daywords import read_day
    from playbook.words.moments import due_words

    workspace = shell.workspace
    words = " ".join(day)
    moment = None
    if words != "clear":
        moment = shell.need(read_day(words, workspace.clock.today(), workspace.calendars.base()))
    sheet = shell.need(workspace.runs.due(shell.run_id(run), step, moment))
    found = sheet.view.steps[step]
    when = (
        due_words(found.due.moment, workspace.clock.now(), sheet.calendar)
        if found.due.moment
        else _("no date")
    )
    shell.say(_("“{step}” is due: {when}.").format(step=line(found.step.title), when=when))

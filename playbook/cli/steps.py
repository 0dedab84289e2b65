"""`tick`, `reopen`, `skip`, `note`."""

from typing import TYPE_CHECKING

import click

from playbook.cli.options import read_pairs, run_argument, sets, step_argument
from playbook.cli.shell import Shell
from playbook.core.text import line
from playbook.words import _, quoted

if TYPE_CHECKING:
    from playbook.core.client import Entry
    from playbook.core.decide import Sheet


def told(shell: Shell, what: str, sheet: "Sheet", step: str = "") -> None:
    """Say what was done to which step, and where the run stands now."""
    view = sheet.view
    title = f" {quoted(line(view.steps[step].step.title))}" if step else ""
    shell.say(f"{what}{title}. " + _("{run}: {done} of {total}.").format(
        run=sheet.run.name, done=view.done, total=view.total))  # fmt: skip


@click.command("tick", help=_("Mark a step done."))
@run_argument
@step_argument
@sets
@click.option("--note", default="", metavar=_("TEXT"), help=_("Add a note in the same change."))
@click.option("--channel", default=None, metavar=_("CHANNEL"), help=_("The channel really used; “none” if there was no contact."))  # fmt: skip
@click.option(
    "--override",
    default="",
    metavar=_("REASON"),
    help=_("Pass over what locks the step, or the day it opens, for this reason."),
)
@click.option("--outcome", "outcomes", multiple=True, metavar=_("ENTRY=OUTCOME"), help=_("How an entry ends that the step closes, such as acme#12=on-time; default as the dates say; “open” leaves it."))  # fmt: skip
@click.pass_obj
def tick_verb(
    shell: Shell, run: str, step: str, pairs: tuple[str, ...], note: str, channel: str | None, override: str,
    outcomes: tuple[str, ...],
) -> None:  # fmt: skip
    """Tick a step with its answers."""
    from playbook.core.playbook import CHANNELS
    from playbook.core.problems import PASSABLE, Refusal

    if channel is not None and channel not in (*CHANNELS, "none"):
        known = ", ".join((*CHANNELS, "none"))
        raise click.UsageError(
            _("“{channel}” is no channel. There are: {known}.").format(channel=channel[:40], known=known)
        )
    used = "" if channel == "none" else channel
    runs, run_id = shell.workspace.runs, shell.run_id(run)
    entries = runs.closing(run_id, step)
    ends = _outcomes(shell, run_id, step, entries, outcomes)
    outcome = runs.tick(
        run_id, step, read_pairs(pairs), channel=used, override=override, note=note, outcomes=ends
    )
    if isinstance(outcome, Refusal) and outcome.code in PASSABLE:
        shell.refuse(outcome, _("With --override REASON it is done all the same."))
    sheet = shell.need(outcome)
    told(shell, _("Done:"), sheet, step)
    if entries:
        from playbook.cli.outcomes import tell_outcomes

        tell_outcomes(shell, sheet, entries)
    _offer(shell, sheet, step)


def _outcomes(
    shell: Shell, run_id: str, step: str, entries: "list[Entry]", given: tuple[str, ...]
) -> dict[int, str] | None:
    if not given:
        return None
    from playbook.cli.outcomes import outcomes_of

    return outcomes_of(shell, run_id, step, entries, given)


def _offer(shell: Shell, sheet: "Sheet", step: str) -> None:
    """Say how the playbook is started that a step starts."""
    found = sheet.view.steps[step]
    if found.step.starts is None:
        return
    client = sheet.run.name.partition("/")[0]
    command = f"playbook start {found.step.starts.playbook} {client} --from {sheet.run.name} {step}"
    if runs := ", ".join(found.progress.started_runs):
        shell.say(_("It has started {runs} already. To start one more: {command}").format(runs=runs, command=f"{command} --again"))  # fmt: skip
    else:
        shell.say(_("The next playbook: {command}").format(command=command))


@click.command("reopen", help=_("Open a settled step again; without STEP, an ended run."))
@run_argument
@click.argument("step", metavar=_("[STEP]"), required=False)
@click.option("--reason", default="", help=_("Why; for a run."))
@click.pass_obj
def reopen_verb(shell: Shell, run: str, step: str | None, reason: str) -> None:
    """Open a step or a run again."""
    runs, run_id = shell.workspace.runs, shell.run_id(run)
    if step is None:
        told(shell, _("Open again"), shell.need(runs.reopen_run(run_id, reason)))
        return
    told(shell, _("Open again:"), shell.need(runs.reopen(run_id, step)), step)
    shell.say(_("What was logged when it was ticked stays in the ledger."))


@click.command(
    "skip", help=_("Leave a step out: it should have been done, or with --na it does not fit this client.")
)
@run_argument
@step_argument
@click.option("--reason", default="", metavar=_("TEXT"), help=_("Why."))
@click.option("--na", is_flag=True, help=_("It does not fit this client."))
@click.pass_obj
def skip_verb(shell: Shell, run: str, step: str, reason: str, na: bool) -> None:
    """Skip a step."""
    sheet = shell.need(shell.workspace.runs.skip(shell.run_id(run), step, reason, fits=not na))
    told(shell, _("Not needed:") if na else _("Skipped:"), sheet, step)


@click.command("note", help=_("Add a note to a step, or without STEP to the run."))
@run_argument
@click.argument("words", nargs=-1, required=True, metavar=_("[STEP] TEXT"))
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
    told(shell, _("Noted on") if step else _("Noted on the run"), sheet, step)

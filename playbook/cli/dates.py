"""`due`: a step's date by hand, and the start and target of a run."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from playbook.cli.columns import columns
from playbook.cli.options import dated_argument, run_argument
from playbook.cli.shell import Shell
from playbook.cli.standing import date_words, faults_words, plain_moment
from playbook.core.schedule import day_of
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.core.what_if import MovedDate
    from playbook.workspace.writing import Decision

_RUN_DATES = ("start", "target")
"""Dates of the run itself; no step can have these ids."""


@click.command(
    "due",
    help=_(
        "Set a step's date by hand: fri, +2, +3bd, 12 dec, 2026-12-12 16:00; or clear it. With “start” or “target” in place of the step it moves that of the run, and all dates that count from it follow."
    ),
)
@run_argument
@dated_argument
@click.argument("day", nargs=-1, required=True, metavar=_("DATE|clear"))
@click.option("--dry-run", is_flag=True, help=_("Show every date that would change, store nothing."))
@click.pass_obj
def due_verb(shell: Shell, run: str, step: str, day: tuple[str, ...], dry_run: bool) -> None:
    """Set, move or clear a date, and tell which others follow."""
    runs, run_id = shell.workspace.runs, shell.run_id(run)
    before = shell.need(runs.open(run_id)).sheet
    decision = _decision(shell, before, step, " ".join(day))
    moved = shell.need(runs.what_if(run_id, decision))
    if dry_run:
        shell.lines(_moved(shell, before, moved))
        shell.say(_("Nothing was stored.") if moved else _("No date would change. Nothing was stored."))
        return
    after = shell.need(runs.change(run_id, decision))
    _tell(shell, after, step)
    for text in _moved(shell, before, [each for each in moved if each.step_id != step]):
        shell.say(text)


def _decision(shell: Shell, sheet: "Sheet", step: str, words: str) -> "Decision":
    """What is asked for."""
    decisions = shell.workspace.runs.decisions
    moment = None if words.casefold() in ("clear", _("clear")) else shell.moment(words)
    if step not in _RUN_DATES:
        return decisions.due(moment)(step)
    if moment is None:
        raise click.UsageError(_("The start and the target can be moved, not cleared."))
    if step == "target":
        return decisions.dates(target=day_of(moment, sheet.calendar))
    return decisions.dates(start=moment)


def _tell(shell: Shell, sheet: "Sheet", step: str) -> None:
    """Say what the date is now."""
    clock = shell.workspace.clock
    if step in _RUN_DATES:
        from playbook.core.calendar import from_stamp

        run, playbook = sheet.run, sheet.run.playbook
        is_start = step == "start"
        label = (playbook.start_label or _("Start")) if is_start else playbook.target_label
        moment = from_stamp((run.start if is_start else run.target) or "")
        shell.say(f"{line(label)}: {plain_moment(moment, sheet, clock) if moment else '–'}.")
        return
    found = sheet.view.steps[step]
    moment = found.due.moment
    when = plain_moment(moment, sheet, clock) if moment else _("no date")
    shell.say(_("“{step}” is due: {when}.").format(step=line(found.step.title), when=when))


def _moved(shell: Shell, sheet: "Sheet", moved: "Iterable[MovedDate]") -> list[str]:
    """Each date as it was and as it will be, with what would be impossible about it."""
    clock = shell.workspace.clock
    return list(columns([
        (each.step_id, line(each.title),
         " → ".join(date_words(due, sheet, lambda moment: plain_moment(moment, sheet, clock)) for due in (each.old, each.new)),
         faults_words(each.faults, sheet))
        for each in moved
    ], indent="  "))  # fmt: skip

"""`sync | diff`: bringing open runs up to the playbook, and what it changed."""

from typing import TYPE_CHECKING

import click

from playbook.cli.shell import PARTLY, REFUSED, Ended, Shell
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.workspace.syncing import Drops, Preview


@click.command("sync", help=_("Bring open runs, or every one, up to their playbooks as they are now. What was done is never touched; --dry-run only shows it."))  # fmt: skip
@click.argument("runs", metavar=_("[RUN]…"), nargs=-1)
@click.option("--all", "every", is_flag=True, help=_("Every open run."))
@click.option(
    "--playbook", default="", metavar=_("PLAYBOOK"), help=_("With --all: only runs of this playbook.")
)
@click.option(
    "--drop", multiple=True, metavar=_("STEP"), help=_("Set the old answers of this step aside; may repeat.")
)
@click.option("--dry-run", is_flag=True, help=_("Only show it."))
@click.pass_obj
def sync_verb(
    shell: Shell, runs: tuple[str, ...], every: bool, playbook: str, drop: tuple[str, ...], dry_run: bool
) -> None:
    """Show what changes, and do it."""
    if bool(runs) == every:
        raise click.UsageError(_("Name one run or several, or say --all."))
    if every or len(runs) > 1:
        named = [shell.run_id(run) for run in runs] or shell.workspace.syncing.open_runs(playbook)
        _sync_several(shell, named, {run_id: frozenset(drop) for run_id in named}, dry_run=dry_run)
        return
    run_id = shell.run_id(runs[0])
    preview = shell.workspace.syncing.preview(run_id, drop)
    if isinstance(preview, Refusal) and preview.code == "sync-nothing":
        from playbook.words.refusals import refusal_words

        shell.say(refusal_words(preview))
        return
    found = shell.need(preview)
    _show(shell, found)
    if dry_run:
        return
    sheet = shell.need(shell.workspace.syncing.apply(run_id, drop))
    shell.say(_("{run} follows its playbook again.").format(run=sheet.run.name))


def _show(shell: Shell, found: "Preview") -> None:
    from playbook.words.sync import sync_lines

    shell.lines(f"  {sign} {words}" for sign, words in sync_lines(found.sync))


def _sync_several(shell: Shell, runs: "list[str]", drops: "Drops", *, dry_run: bool) -> None:
    from playbook.words.refusals import refusal_words
    from playbook.words.sync import followed_words

    syncing = shell.workspace.syncing
    if dry_run:
        for name, found in syncing.previews(runs):
            if isinstance(found, Refusal):
                shell.say(f"{line(name)}: {refusal_words(found)}")
            else:
                shell.out(name)
                _show(shell, found)
        return
    outcome = syncing.apply_all(runs, drops)
    shell.say(followed_words(len(outcome.done)))
    shell.lines(outcome.done)
    for name, refusal in outcome.refused:
        shell.say(f"{line(name)}: {refusal_words(refusal)}")
    if outcome.refused:
        raise Ended(PARTLY if outcome.done else REFUSED)


@click.command("diff", help=_("What a playbook of yours changes of the shipped one, or what a run's playbook says now and did not when the run began."))  # fmt: skip
@click.argument("what", metavar=_("PLAYBOOK|RUN"))
@click.option("--version", "number", type=int, default=None, metavar="N", help=_("What this version of a playbook changed of the one before; `playbook versions` numbers them."))  # fmt: skip
@click.pass_obj
def diff_verb(shell: Shell, what: str, number: int | None) -> None:
    """Print the lines that differ."""
    workspace = shell.workspace
    if number is not None:
        from playbook.workspace.versions import version_difference

        shell.lines(shell.need(version_difference(workspace, line(what), number)))
        return
    if "/" in what:
        shell.lines(shell.need(workspace.syncing.difference(shell.run_id(what))))
        return
    loaded = shell.need(workspace.playbooks.read(what))
    shell.lines(workspace.playbooks.difference(loaded.playbook))

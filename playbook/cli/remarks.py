"""`remark`, `remarks`: what a playbook's step should be the next time, said from a run, and collected."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, playbook_argument, run_argument, step_argument
from playbook.cli.shell import Shell
from playbook.cli.steps import told
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.core.remarks import Remarked, Remarks


@click.command("remark", help=_("Remark on a step of the playbook, from one of its runs: what should be otherwise the next time. The playbook stays as it is until the remark is accepted."))  # fmt: skip
@run_argument
@step_argument
@click.argument("text", nargs=-1, required=True, metavar=_("TEXT"))
@click.pass_obj
def remark_verb(shell: Shell, run: str, step: str, text: tuple[str, ...]) -> None:
    """Remark on a step."""
    runs = shell.workspace.runs
    sheet = shell.need(runs.change(shell.run_id(run), runs.decisions.remark(" ".join(text))(step)))
    told(shell, _("Remarked for the playbook:"), sheet, step)


@click.command("remarks", help=_("What was remarked on the steps of a playbook over all its runs, with how often those steps were left out or are late."))  # fmt: skip
@playbook_argument
@as_json
@click.pass_obj
def remarks_verb(shell: Shell, playbook: str, wants_json: bool) -> None:
    """Print a line a remark, those to be decided on first."""
    from playbook.workspace.improving import remarks

    playbook = line(playbook)
    loaded = shell.workspace.playbooks.read(playbook)
    found = remarks(shell.workspace, playbook, None if isinstance(loaded, Refusal) else loaded.playbook)
    if not found.every:  # remarks on a playbook whose file is gone are shown all the same
        shell.need(loaded)
    if wants_json:
        shell.json([_data(each, found) for each in found.every])
    elif found.every:
        shell.lines(_lines(shell, found))
    else:
        shell.say(_("Nothing was remarked on this playbook yet."))


def _lines(shell: Shell, found: "Remarks") -> list[str]:
    from playbook.words.remarks import fate_of_step, remark_state, whence_words

    every = sorted(found.every, key=lambda each: bool(each.remark.outcome))
    rows = [
        (
            found.title(each), line(each.remark.text), whence_words(each, shell.workspace.calendar, shell.workspace.clock.today()),
            _("step is gone") if found.is_gone(each) and not each.remark.outcome else remark_state(each.remark.outcome),
        )
        for each in every
    ]  # fmt: skip
    steps = {each.remark.step: found.title(each) for each in every}
    fates = [(title, fate_of_step(found.fates.get(step))) for step, title in steps.items()]
    told_of = [f"{line(title)}: {said}" for title, said in fates if said]
    return [*columns(rows), *(["", *told_of] if told_of else [])]


def _data(each: "Remarked", found: "Remarks") -> dict[str, Any]:
    remark, fate = each.remark, found.fates.get(each.remark.step)
    return {
        "step": remark.step, "title": found.title(each), "step_gone": found.is_gone(each), "text": remark.text,
        "at": remark.at, "by": remark.by, "run": each.run_name, "client": each.client_name,
        "outcome": remark.outcome or "open", "reason": remark.reason or None,
        "decided_at": remark.closed_at or None, "decided_by": remark.closed_by or None,
        "skipped": fate.skipped if fate else 0, "n/a": fate.not_applicable if fate else 0,
        "overdue": fate.overdue if fate else 0, "runs": fate.runs if fate else 0,
    }  # fmt: skip

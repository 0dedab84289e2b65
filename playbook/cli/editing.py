"""`edit`: a playbook in the user's own editor."""

import click

from playbook.cli.options import playbook_argument
from playbook.cli.shell import REFUSED, Ended, Shell
from playbook.words import _


@click.command("edit", help=_("Open a playbook's file in $VISUAL or $EDITOR, at a step if one is named, and check it afterwards. A shipped one is copied into your library first."))  # fmt: skip
@playbook_argument
@click.argument("step", metavar=_("[STEP]"), required=False, default="")
@click.pass_obj
def edit_verb(shell: Shell, playbook: str, step: str) -> None:
    """Edit, then name every problem."""
    from playbook.words.problems import message
    from playbook.workspace.housekeeping import tidy
    from playbook.workspace.outside_editor import edit_file, line_of

    tidy(shell.workspace)
    loaded = shell.need(shell.workspace.playbooks.read(playbook))
    path = loaded.path
    if loaded.origin == "shipped":
        path = shell.need(shell.workspace.editing.own_file(loaded.playbook.id, loaded.playbook.language))
    edited = shell.need(edit_file(path, line_of(path, step)))
    for problem in edited.problems:
        shell.say(f"{path}:{problem.line or 1}: {message(problem.problem)}")
    if edited.problems:
        raise Ended(REFUSED)
    shell.say(_("Written to {path}.").format(path=path) if edited.is_changed else _("Nothing was changed."))

"""`new`."""

import click

from playbook.cli.shell import Shell
from playbook.core.text import line
from playbook.words import _


@click.command(
    "new",
    short_help=_("Begin a playbook of your own, or copy one to change."),
    help=_("Write a new playbook into your library. With --from ID it is a copy, in every language there is; under the id it has already, your copy takes its place."),
)  # fmt: skip
@click.argument("playbook", metavar=_("ID"))
@click.option("--from", "source", default="", metavar=_("ID"), help=_("The playbook that is copied."))
@click.pass_obj
def new_verb(shell: Shell, playbook: str, source: str) -> None:
    """Print the files that were written."""
    from playbook.workspace.housekeeping import tidy
    from playbook.workspace.new_playbooks import copy_playbook, new_playbook

    tidy(shell.workspace)
    workspace, wanted = shell.workspace, line(playbook)
    paths = shell.need(
        copy_playbook(workspace, wanted, line(source)) if source else new_playbook(workspace, wanted)
    )
    for path in paths:
        shell.out(str(path))
    shell.say(_("Change it as you like, then: playbook check"))

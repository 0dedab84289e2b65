"""`export`: a run as a document."""

from pathlib import Path

import click

from playbook.cli.shell import Shell
from playbook.core.problems import Refusal
from playbook.words import N_, _


@click.command("export", help=N_("Write a run as a document: to a file, or with -o - to standard output."))
@click.argument("run")
@click.option("--format", "-f", "name", default="", metavar="FORMAT", help=N_("markdown or json; by default from the file's name, else markdown."))  # fmt: skip
@click.option("--output", "-o", "target", default="", metavar="FILE|-", help=N_("Where to; default: a name made from the run, here."))  # fmt: skip
@click.option("--client-safe", is_flag=True, help=N_("Only what the client may see."))
@click.option("--force", is_flag=True, help=N_("Replace a file that is there."))
@click.pass_obj
def export_verb(shell: Shell, run: str, name: str, target: str, client_safe: bool, force: bool) -> None:
    """Write a document."""
    from playbook.exports import FORMATS
    from playbook.workspace.exporting import render, save

    if name and name not in FORMATS:
        shell.refuse(Refusal("export-format", {"format": name[:40], "known": list(FORMATS)}))
    endings = {ending: key for key, (_module, ending) in FORMATS.items()}
    chosen = name or endings.get(Path(target).suffix.lower(), "markdown")
    rendered = shell.need(render(shell.workspace, shell.run_id(run), chosen, client_safe=client_safe))
    if target == "-":
        click.echo(rendered.text, nl=False)
        return
    path = Path(target) if target else Path.cwd() / rendered.name
    outcome = save(path, rendered.text, replace=force)
    if isinstance(outcome, Refusal):
        shell.refuse(outcome)
    shell.out(str(path))
    shell.say(_("Written."))



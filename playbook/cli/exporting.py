"""`export`: a run as a document."""

from pathlib import Path

import click

from playbook.cli.options import as_of, run_argument
from playbook.cli.shell import Shell
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _
from playbook.words.refusals import refusal_words


@click.command("export", help=_("Write a run as a document: to a file, or with -o - to standard output."))
@run_argument
@click.option("--format", "-f", "name", default="", metavar=_("FORMAT"), help=_("markdown or json; by default from the file's name, else markdown."))  # fmt: skip
@click.option("--output", "-o", "target", default="", metavar=_("FILE|-"), help=_("Where to; default: a name made from the run, here."))  # fmt: skip
@click.option("--client-safe", is_flag=True, help=_("Only what the client may see."))
@as_of
@click.option("--force", is_flag=True, help=_("Replace a file that is there."))
@click.pass_obj
def export_verb(
    shell: Shell, run: str, name: str, target: str, client_safe: bool, moment: str | None, force: bool
) -> None:
    """Write a document."""
    from playbook.exports import FORMATS
    from playbook.workspace.exporting import Exporting

    if name and name not in FORMATS:
        refusal = Refusal("export-format", {"format": name[:40], "known": list(FORMATS)})
        raise click.UsageError(refusal_words(refusal))
    endings = {found.ending: key for key, found in FORMATS.items()}
    chosen = name or endings.get(Path(target).suffix.lower(), "markdown")
    run_id = shell.run_id(run)
    exporting = Exporting(shell.workspace, run_id, None if moment is None else shell.past(run_id, moment))
    if target == "-":
        shell.document(shell.need(exporting.render(chosen, client_safe=client_safe)))
        return
    path = exporting.write(
        target or exporting.proposed(chosen), chosen, client_safe=client_safe, replace=force
    )
    shell.out(line(str(shell.need(path))))
    shell.say(_("Written."))

"""`doctor`, `backup`, `restore`."""

from pathlib import Path

import click

from playbook.cli.shell import STORE, Shell
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _, plural
from playbook.words.findings import finding_words


@click.command(
    "doctor", help=_("Check the database; with --rebuild, work out all that follows from the journal anew.")
)
@click.option("--rebuild", is_flag=True, help=_("Work out lists and dates anew from the journal."))
@click.pass_obj
def doctor_verb(shell: Shell, rebuild: bool) -> int:
    """Print what was checked and found."""
    care = shell.workspace.care
    if rebuild:
        count = care.rebuild()
        shell.say(plural("Worked out anew: {count} run.", "Worked out anew: {count} runs.", count))
    checkup = care.check()
    shell.out(_("SQLite {sqlite}, data version {schema}, {operations} changes, {backups} automatic backups.").format(
        sqlite=checkup.sqlite, schema=checkup.schema, operations=checkup.operations, backups=checkup.backups))  # fmt: skip
    for problem in checkup.problems:
        shell.out(finding_words(problem))
    if not any(problem.level == "error" for problem in checkup.problems):
        shell.say(_("All is well."))
        return 0
    shell.say(_("Automatic backups are in {path}; `playbook restore FILE` brings one back.").format(path=line(str(shell.workspace.locations.backups))))  # fmt: skip
    return STORE


@click.command("backup", help=_("Copy the database to FILE; default: today's automatic backup."))
@click.argument("file", metavar=_("[FILE]"), required=False, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help=_("Replace a file that is there."))
@click.pass_obj
def backup_verb(shell: Shell, file: Path | None, force: bool) -> None:
    """Make a verified copy."""
    store = shell.workspace.locations.store
    if file is not None and file.exists() and not force and not (store.exists() and file.samefile(store)):
        shell.refuse(Refusal("export-exists", {"path": str(file)}))
    path = shell.need(shell.workspace.care.backup(file))
    shell.out(line(str(path)))
    shell.say(_("Backed up."))


@click.command(
    "restore", help=_("Bring back the database from FILE. What it replaces is kept beside the backups.")
)
@click.argument("file", metavar=_("FILE"), type=click.Path(path_type=Path))
@click.pass_obj
def restore_verb(shell: Shell, file: Path) -> None:
    """Put a backup in place of the database."""
    kept = shell.workspace.care.restore(file)
    shell.say(_("Restored from {path}.").format(path=line(str(file))))
    if kept is not None:
        shell.say(_("What was there before is in {path}.").format(path=line(str(kept))))

"""`fmt`: playbook files put in order."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.shell import OK, REFUSED, Shell
from playbook.core.text import line
from playbook.words import _, plural

if TYPE_CHECKING:
    from playbook.files.formatting import FileFormatted


@click.command(
    "fmt",
    help=_("Put playbook files in order, or all of yours: no blanks at line ends, one empty line between tables, a line end at the last line. Keys, remarks and all they say stay."),
)  # fmt: skip
@click.argument("paths", metavar=_("[PATH]…"), nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "checks", is_flag=True, help=_("Write nothing; print the files that are not in order, and end with 1 if there are any."))  # fmt: skip
@click.option("--dry-run", is_flag=True, help=_("Write nothing; show every line that would change."))
@click.pass_obj
def fmt_verb(shell: Shell, paths: tuple[Path, ...], checks: bool, dry_run: bool) -> int:
    """Print the files that were changed, or would be."""
    from playbook.workspace.housekeeping import tidy

    writes = not (checks or dry_run)
    tidy(shell.workspace)
    found = shell.workspace.playbooks.format(paths, writes=writes)
    changed = [each for each in found if not each.kept]
    shell.lines(
        [text for each in changed for text in (_difference(each) if dry_run else [line(str(each.file))])]
    )
    if writes:
        shell.say(plural("{count} file put in order.", "{count} files put in order.", len(changed)))
    else:
        shell.say(plural("{count} file is not in order.", "{count} files are not in order.", len(changed)))
    _tell_kept(shell, found)
    return REFUSED if len(changed) < len(found) or (checks and changed) else OK


def _tell_kept(shell: Shell, found: "list[FileFormatted]") -> None:
    from playbook.words.mends import kept_words

    for each in found:
        if each.kept:
            shell.say(f"{line(str(each.file))}: {kept_words(each.kept, each.reason)}")


def _difference(found: "FileFormatted") -> Iterator[str]:
    from difflib import unified_diff

    name = line(str(found.file))
    before, after = (text.replace("\r\n", "\n").split("\n") for text in (found.before, found.after))
    return unified_diff(before, after, name, name, n=1, lineterm="")

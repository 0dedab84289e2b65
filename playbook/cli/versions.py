"""`versions`: the versions of a playbook that runs have used, and what each changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.options import as_json, playbook_argument
from playbook.cli.shell import Shell
from playbook.core.text import line
from playbook.words import _

if TYPE_CHECKING:
    from playbook.workspace.versions import PlaybookVersion


@click.command("versions", help=_("The versions of a playbook that runs have used, the newest first: since when, by how many runs, and what each changed of the one before."))  # fmt: skip
@playbook_argument
@as_json
@click.pass_obj
def versions_verb(shell: Shell, playbook: str, wants_json: bool) -> None:
    """Print each version, what it changed below it."""
    from playbook.workspace.versions import versions_of

    playbook = line(playbook)
    found = versions_of(shell.workspace, playbook)
    if not found:  # of a playbook whose file is gone, the versions are told all the same
        shell.need(shell.workspace.playbooks.load(playbook))
    if wants_json:
        shell.json([_data(each) for each in found])
        return
    shell.lines(_lines(shell, found))


def _lines(shell: Shell, found: "list[PlaybookVersion]") -> Iterator[str]:
    from playbook.words.versions import change_lines, runs_words, since_words

    calendar, today = shell.workspace.calendar, shell.workspace.clock.today()
    digits = len(str(len(found)))
    has_languages = len({each.playbook.language for each in found}) > 1
    for each in reversed(found):
        facts = [since_words(each.used, calendar, today), runs_words(each.used)]
        facts += [each.playbook.language] if has_languages else []
        yield f"{each.number:>{digits}}  {' · '.join(facts)}"
        for sign, words in change_lines(each.used, each.changes, is_first=not each.before):
            yield f"{' ' * digits}    {sign} {words}"


def _data(each: "PlaybookVersion") -> dict[str, Any]:
    used = each.used
    return {
        "version": each.number, "hash": used.of, "language": each.playbook.language, "title": each.playbook.title,
        "first_used_at": used.at or None, "runs": {"open": used.open, "ended": used.ended, "left": used.left},
        "before": each.before or None,
        "changes": [
            {"kind": change.kind, "step": change.step, "title": change.title, "old_id": change.old_id or None,
             "old_title": change.old_title or None, "parts": list(change.parts)}
            for change in each.changes
        ],
    }  # fmt: skip

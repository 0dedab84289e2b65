"""`test`, and how `check --dates` tells what it finds: what a playbook file promises, tried out."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.options import as_json
from playbook.cli.shell import OK, REFUSED, Shell
from playbook.core.text import line
from playbook.words import _, plural

if TYPE_CHECKING:
    from playbook.files.library import Loaded
    from playbook.workspace.proving import FileFinding, Tried, TriedFile


@click.command("test", help=_("Run the tests that playbooks carry: by id, by file, or all."))
@click.argument("names", nargs=-1, metavar=_("[PLAYBOOK]..."))
@as_json
@click.pass_obj
def test_verb(shell: Shell, names: tuple[str, ...], wants_json: bool) -> int:
    """Print a line a playbook, with what its tests do not meet; a failure or a broken playbook gives exit 1."""
    from playbook.workspace.proving import try_tests

    files = shell.need(try_tests(shell.workspace, names))
    run = [file for file in files if not file.loaded.is_broken]
    for file in files:
        if file.loaded.is_broken:
            shell.say(_broken(file.loaded))
    if wants_json:
        shell.json([_data(file, test) for file in run for test in file.tests])
    else:
        shell.lines([text for file in run for text in _lines(file)])
    failed = sum(_failed(file) for file in run)
    tests = plural("{count} test", "{count} tests", sum(len(file.tests) for file in run))
    playbooks = plural("{count} playbook", "{count} playbooks", len(run))
    fails = plural("{count} failed", "{count} failed", failed)
    shell.say(_("{tests} in {playbooks}: {fails}.").format(tests=tests, playbooks=playbooks, fails=fails))
    return REFUSED if failed or len(run) < len(files) else OK


def _failed(file: "TriedFile") -> int:
    return sum(bool(test.failures) for test in file.tests)


def _broken(loaded: "Loaded") -> str:
    words = _("{playbook} has problems, so its tests were not run: playbook check {path}")
    return words.format(playbook=line(loaded.playbook.id), path=line(str(loaded.path)))


def _lines(file: "TriedFile") -> list[str]:
    from playbook.words.proofs import failure_words

    playbook, failed, count = file.loaded.playbook, _failed(file), len(file.tests)
    if not count:
        said = _("no tests")
    elif failed:
        said = plural(
            "{failed} of {count} test failed", "{failed} of {count} tests failed", count, failed=failed
        )
    else:
        said = plural("{count} test passed", "{count} tests passed", count)
    lines = [f"{playbook.id} ({playbook.language}): {said}"]
    for test in file.tests:
        if test.failures:
            where = ":".join(line(str(part)) for part in (file.loaded.path, test.line) if part)
            lines.append(f"  {where}: {line(test.name)}")
            lines += [f"    {failure_words(failure)}" for failure in test.failures]
    return lines


def _data(file: "TriedFile", test: "Tried") -> dict[str, Any]:
    from playbook.words.proofs import failure_words

    playbook = file.loaded.playbook
    return {
        "playbook": playbook.id, "language": playbook.language, "test": test.name, "passed": not test.failures,
        "failures": [
            {"code": each.code, "step": each.name, "expected": each.expected, "found": each.found,
             "message": failure_words(each)}
            for each in test.failures
        ],
    }  # fmt: skip


def finding_lines(found: "FileFinding") -> list[str]:
    """A finding as `check` prints a problem."""
    from playbook.words.proofs import finding_hint, finding_words

    where = ":".join(line(str(part)) for part in (found.file, found.line, found.column) if part)
    hint = finding_hint(found.finding)
    return [f"{where}: {_('error')}: {finding_words(found.finding)}", *([f"    {hint}"] if hint else [])]


def finding_data(found: "FileFinding") -> dict[str, Any]:
    """A finding as a problem in JSON."""
    from playbook.words.proofs import finding_hint, finding_words

    return {
        "file": str(found.file), "line": found.line, "column": found.column, "path": found.path, "level": "error",
        "code": found.finding.code, "message": finding_words(found.finding), "hint": finding_hint(found.finding),
    }  # fmt: skip

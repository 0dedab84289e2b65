"""`test`, and the dates that `check --dates` proves: what a playbook file promises, tried out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from playbook.cli.options import as_json
from playbook.cli.shell import OK, REFUSED, Shell
from playbook.core.text import line
from playbook.words import _, plural

if TYPE_CHECKING:
    from playbook.core.playbook import Playbook
    from playbook.core.proof import DateFinding
    from playbook.core.trial import TrialFailure
    from playbook.files.library import Loaded


class Tried(NamedTuple):
    """One `[[test]]` that was run."""

    playbook: "Playbook"
    path: Path
    line: int | None
    """Where the test stands; looked up only when it fails."""
    name: str
    failures: "list[TrialFailure]"


class FileFinding(NamedTuple):
    """What the date proof found, and where the date stands."""

    file: Path
    line: int | None
    column: int | None
    path: str
    """As `section[0].step[2].due`."""
    finding: "DateFinding"


@click.command("test", help=_("Run the tests that playbooks carry: by id, by file, or all."))
@click.argument("names", nargs=-1, metavar="[PLAYBOOK]...")
@as_json
@click.pass_obj
def test_verb(shell: Shell, names: tuple[str, ...], wants_json: bool) -> int:
    """Print a line a playbook, with what its tests do not meet; a failure or a broken playbook gives exit 1."""
    tried: list[Tried] = []
    lines: list[str] = []
    broken = 0
    files = _named(shell, names)
    for loaded in files:
        if loaded.is_broken:
            broken += 1
            shell.say(_broken(loaded))
            continue
        playbook = _with_tests(loaded)
        results = list(_run(playbook, loaded))
        tried += results
        lines += _lines(playbook, results)
    if wants_json:
        shell.json([_data(each) for each in tried])
    else:
        shell.lines(lines)
    failed = sum(bool(each.failures) for each in tried)
    tests = plural("{count} test", "{count} tests", len(tried))
    playbooks = plural("{count} playbook", "{count} playbooks", len(files) - broken)
    shell.say(_("{tests} in {playbooks}: {failed} failed.").format(tests=tests, playbooks=playbooks, failed=failed))  # fmt: skip
    return REFUSED if failed or broken else OK


def prove_dates(shell: Shell, paths: Sequence[Path] = ()) -> list[FileFinding]:
    """What the date proof finds in these files and folders, or in the whole library; broken files are left out."""
    from playbook.core.proof import prove

    files = [file for path in paths for file in _files(path)]
    library = shell.workspace.playbooks.library
    listed = [library.load_file(path) for path in dict.fromkeys(files)] if paths else _every(shell)
    calendar, today = shell.workspace.calendars.base(), shell.workspace.clock.today()
    found: list[FileFinding] = []
    for loaded in listed:
        if not loaded.is_broken:
            playbook = _with_tests(loaded)
            found += _placed(loaded, playbook, prove(playbook, calendar, today))
    return found


def finding_lines(found: FileFinding) -> list[str]:
    """A finding as `check` prints a problem."""
    from playbook.words.proofs import finding_hint, finding_words

    where = ":".join(line(str(part)) for part in (found.file, found.line, found.column) if part)
    hint = finding_hint(found.finding)
    return [f"{where}: {_('error')}: {finding_words(found.finding)}", *([f"    {hint}"] if hint else [])]


def finding_data(found: FileFinding) -> dict[str, Any]:
    """A finding as a problem in JSON."""
    from playbook.words.proofs import finding_hint, finding_words

    return {
        "file": str(found.file), "line": found.line, "column": found.column, "path": found.path, "level": "error",
        "code": found.finding.code, "message": finding_words(found.finding), "hint": finding_hint(found.finding),
    }  # fmt: skip


# Which files are meant.


def _named(shell: Shell, names: tuple[str, ...]) -> "list[Loaded]":
    """The playbooks of these ids, in every language, and of these files; all there are when none is named."""
    if not names:
        return _every(shell)
    library = shell.workspace.playbooks.library
    found: dict[Path, Loaded] = {}
    for name in names:
        if name.endswith(".toml") or Path(name).name != name:
            paths = _files(Path(name))
        else:
            shell.need(shell.workspace.playbooks.read(line(name)))
            paths = [entry.path for entry in library.entries() if entry.id == line(name)]
        found |= {path: library.load_file(path) for path in paths}
    return list(found.values())


def _every(shell: Shell) -> "list[Loaded]":
    library = shell.workspace.playbooks.library
    return [library.load_file(entry.path, entry.origin) for entry in library.entries()]


def _files(path: Path) -> list[Path]:
    """The file itself, or the playbooks in a folder."""
    from playbook.files.library import playbook_files

    try:
        return playbook_files(path) if path.is_dir() else [path]
    except OSError:
        return [path]


def _with_tests(loaded: "Loaded") -> "Playbook":
    """The playbook with its `[[test]]` tables, which the library leaves out."""
    from playbook.files.read import read_playbook

    return read_playbook(loaded.text, loaded.path.stem).playbook or loaded.playbook


# Running and telling.


def _run(playbook: "Playbook", loaded: "Loaded") -> Iterator[Tried]:
    from playbook.core.trial import trial
    from playbook.files.locate import NOWHERE, locate

    failures = [trial(playbook, test) for test in playbook.tests]
    places = locate(loaded.text, [("test", i) for i, failed in enumerate(failures) if failed])
    for i, (test, failed) in enumerate(zip(playbook.tests, failures, strict=True)):
        yield Tried(playbook, loaded.path, places.get(("test", i), NOWHERE).line, test.name, failed)


def _broken(loaded: "Loaded") -> str:
    words = _("{playbook} has problems, so its tests were not run: playbook check {path}")
    return words.format(playbook=line(loaded.playbook.id), path=line(str(loaded.path)))


def _lines(playbook: "Playbook", tried: list[Tried]) -> list[str]:
    from playbook.words.proofs import failure_words

    failed = sum(bool(each.failures) for each in tried)
    if not tried:
        said = _("no tests")
    elif failed:
        said = plural("{failed} of {count} test failed", "{failed} of {count} tests failed", len(tried), failed=failed)  # fmt: skip
    else:
        said = plural("{count} test passed", "{count} tests passed", len(tried))
    lines = [f"{playbook.id} ({playbook.language}): {said}"]
    for each in tried:
        if each.failures:
            where = ":".join(line(str(part)) for part in (each.path, each.line) if part)
            lines.append(f"  {where}: {line(each.name)}")
            lines += [f"    {failure_words(failure)}" for failure in each.failures]
    return lines


def _data(tried: Tried) -> dict[str, Any]:
    from playbook.words.proofs import failure_words

    return {
        "playbook": tried.playbook.id, "language": tried.playbook.language, "test": tried.name,
        "passed": not tried.failures,
        "failures": [
            {"code": each.code, "step": each.name, "expected": each.expected, "found": each.found,
             "message": failure_words(each)}
            for each in tried.failures
        ],
    }  # fmt: skip


def _placed(loaded: "Loaded", playbook: "Playbook", findings: "list[DateFinding]") -> list[FileFinding]:
    """Findings at the dates of their steps."""
    from playbook.files.check_files import dotted
    from playbook.files.locate import NOWHERE, locate

    at = {
        step.id: ("section", s, "step", n, "due")
        for s, section in enumerate(playbook.sections)
        for n, step in enumerate(section.steps)
    }
    places = locate(loaded.text, [at[each.step_id] for each in findings])
    return [
        FileFinding(loaded.path, *places.get(at[each.step_id], NOWHERE), dotted(at[each.step_id]), each)
        for each in findings
    ]

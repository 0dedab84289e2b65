"""What playbook files promise, tried out: the tests they carry, and every date on many start days."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.calendar import Calendar
from playbook.core.playbook import Playbook
from playbook.core.problems import Refusal
from playbook.core.proof import DateFinding, prove
from playbook.core.text import line
from playbook.core.trial import TrialFailure, trial
from playbook.files.check_files import dotted, files_of
from playbook.files.library import Loaded
from playbook.files.locate import NOWHERE, locate
from playbook.files.read import read_playbook

if TYPE_CHECKING:
    from playbook.workspace import Workspace


class Tried(NamedTuple):
    """One `[[test]]` that was run."""

    name: str
    line: int | None
    """Where it stands; looked up only when it fails."""
    failures: list[TrialFailure]


class TriedFile(NamedTuple):
    """A file and its tests; of a broken one none was run."""

    loaded: Loaded
    tests: list[Tried]


class FileFinding(NamedTuple):
    """What the date proof found, and where the date stands."""

    file: Path
    line: int | None
    column: int | None
    path: str
    """As `section[0].step[2].due`."""
    finding: DateFinding


def try_tests(workspace: "Workspace", names: Sequence[str]) -> list[TriedFile] | Refusal:
    """Run the tests of the playbooks of these ids, in every language, and of these files; of all when none is named."""
    loaded = _named(workspace, names)
    if isinstance(loaded, Refusal):
        return loaded
    return [TriedFile(file, [] if file.is_broken else list(_tried(file))) for file in loaded]


def prove_dates(workspace: "Workspace", paths: Sequence[Path] = ()) -> list[FileFinding]:
    """What the date proof finds in these files and folders, or in the whole library; broken files are left out."""
    loaded = _in_files(workspace, paths) if paths else _every(workspace)
    calendar, today = workspace.calendars.base(), workspace.clock.today()
    return [found for file in loaded if not file.is_broken for found in _proven(file, calendar, today)]


def _named(workspace: "Workspace", names: Sequence[str]) -> list[Loaded] | Refusal:
    if not names:
        return _every(workspace)
    playbooks, files = workspace.playbooks, list[Path]()
    for name in names:
        if name.endswith(".toml") or Path(name).name != name:
            files += files_of([Path(name)])
            continue
        found = playbooks.read(line(name))
        if isinstance(found, Refusal):
            return found
        files += [entry.path for entry in playbooks.library.entries() if entry.id == line(name)]
    return _in_files(workspace, files)


def _in_files(workspace: "Workspace", paths: Sequence[Path]) -> list[Loaded]:
    return [workspace.playbooks.library.load_file(path) for path in files_of(paths)]


def _every(workspace: "Workspace") -> list[Loaded]:
    library = workspace.playbooks.library
    return [library.load_file(entry.path, entry.origin) for entry in library.entries()]


def _with_tests(loaded: Loaded) -> Playbook:
    """The playbook with its `[[test]]` tables, which the library leaves out."""
    return read_playbook(loaded.text, loaded.path.stem).playbook or loaded.playbook


def _tried(loaded: Loaded) -> Iterator[Tried]:
    playbook = _with_tests(loaded)
    failures = [trial(playbook, test) for test in playbook.tests]
    places = locate(loaded.text, [("test", i) for i, failed in enumerate(failures) if failed])
    for i, (test, failed) in enumerate(zip(playbook.tests, failures, strict=True)):
        yield Tried(test.name, places.get(("test", i), NOWHERE).line, failed)


def _proven(loaded: Loaded, calendar: Calendar, today: date) -> Iterator[FileFinding]:
    """Findings at the dates of their steps."""
    playbook = _with_tests(loaded)
    findings = prove(playbook, calendar, today)
    at = {
        step.id: ("section", s, "step", n, "due")
        for s, section in enumerate(playbook.sections)
        for n, step in enumerate(section.steps)
    }
    places = locate(loaded.text, [at[each.step_id] for each in findings])
    for each in findings:
        where = at[each.step_id]
        yield FileFinding(loaded.path, *places.get(where, NOWHERE), dotted(where), each)

"""Checking files: every problem with its file, line and column."""

from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from playbook.core.check import check
from playbook.core.check.across import check_languages, check_starts
from playbook.core.playbook import Playbook
from playbook.core.problems import Level, Problem, Where
from playbook.core.text import line
from playbook.files.library import Library, Loaded, playbook_files, read_text
from playbook.files.locate import NOWHERE, Place, locate
from playbook.files.read import Reading, read_playbook


class FileProblem(NamedTuple):
    """A problem and where it stands."""

    file: Path
    line: int | None
    column: int | None
    path: str
    """As `section[0].step[2].due`."""
    level: Level
    code: str
    args: Mapping[str, object]
    problem: Problem
    """For `words.problems`, which makes the message and the hint of it."""


def check_file(
    path: Path, saved: Container[str] | None = None, library: Mapping[str, Playbook] | None = None
) -> list[FileProblem]:
    """Every problem of one file, in the order of its lines.

    `saved` (names kept on clients) and `library` (playbooks by id) let it see what only other files can tell.
    """
    _, text, fault = read_text(path)
    return located(path, "", [fault]) if fault is not None else check_text(text, path, saved, library)


def check_text(
    text: str, path: Path, saved: Container[str] | None = None, library: Mapping[str, Playbook] | None = None
) -> list[FileProblem]:
    """Every problem of a text that stands, or is to stand, in this file."""
    return check_reading(read_playbook(text, path.stem), text, path, saved, library)


def check_reading(
    reading: Reading, text: str, path: Path, saved: Container[str] | None = None,
    library: Mapping[str, Playbook] | None = None,
) -> list[FileProblem]:  # fmt: skip
    """The same of a text that was read already."""
    problems = [*reading.problems]
    if reading.playbook is not None:
        problems += check(reading.playbook, saved)
        problems += check_starts(reading.playbook, library) if library is not None else []
    return located(path, text, problems)


def check_library(library: Library) -> tuple[list[FileProblem], int]:
    """Every problem of every file that counts, languages that differ among them, and the number of files."""
    loaded = [library.load_file(entry.path, entry.origin) for entry in library.entries()]
    known = {each.playbook.id: each.playbook for each in loaded}
    saved = library.saved_names()
    found = [problem for each in loaded for problem in check_file(each.path, saved, known)]
    return [*found, *_languages(loaded)], len(loaded)


def check_paths(paths: Iterable[Path]) -> tuple[list[FileProblem], int]:
    """Every problem of these files, and of the files in these folders, and the number of files."""
    files = files_of(paths)
    reader = Library(())
    found = [problem for path in files for problem in check_file(path)]
    return [*found, *_languages([reader.load_file(path) for path in files])], len(files)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """These files, and the playbook files in these folders, each once."""
    inside = (_inside(path) if path.is_dir() else [path] for path in paths)
    return list(dict.fromkeys(file for files in inside for file in files))


def _inside(folder: Path) -> list[Path]:
    try:
        return playbook_files(folder)
    except OSError:
        return [folder]


def _languages(loaded: Sequence[Loaded]) -> list[FileProblem]:
    """What playbooks of one id in several languages do not have in common; English is the model, else the first."""
    models: dict[str, Playbook] = {}
    for each in loaded:
        if each.playbook.id not in models or each.playbook.language == "en":
            models[each.playbook.id] = each.playbook
    found: list[FileProblem] = []
    for each in loaded:
        model = models[each.playbook.id]
        if not each.is_broken and model.language != each.playbook.language:
            found += located(each.path, each.text, check_languages(each.playbook, model))
    return found


def located(path: Path, text: str, problems: Iterable[Problem]) -> list[FileProblem]:
    """These problems with their places; places named in a problem's arguments become lines as well."""
    listed = list(problems)
    named = [at for problem in listed if isinstance(at := problem.args.get("at"), tuple)]
    places = locate(text, [*(problem.where for problem in listed if problem.where), *named]) if text else {}
    found = [_placed(path, problem, places) for problem in listed]
    return sorted(found, key=lambda each: (each.line or 0, each.column or 0))


def _placed(path: Path, problem: Problem, places: Mapping[Where, Place]) -> FileProblem:
    args = dict(problem.args)
    place = places.get(problem.where, NOWHERE)
    if not problem.where:
        place = Place(
            *(number if isinstance(number := args.get(key), int) else 1 for key in ("line", "column"))
        )
    if isinstance(at := args.get("at"), tuple):
        args["at"] = places.get(at, NOWHERE).line or dotted(at)
    told = problem._replace(args=args)
    return FileProblem(path, *place, dotted(problem.where), problem.level, problem.code, args, told)


def dotted(where: Where) -> str:
    """A path as people read it."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return line(text.removeprefix("."))[:200]

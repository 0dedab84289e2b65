"""The library: playbook files in several folders, the first found winning for an id and language."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from playbook.core.playbook import Playbook
from playbook.core.problems import Problem
from playbook.files.cache import Cache, Head, Stamp, stamp_of
from playbook.files.decode import LARGEST, decode, hash_of, too_large
from playbook.locations import Locations, shipped_library

Origin = Literal["folder", "own", "shipped"]
"""folder: named by the user or found in the working folder; own: the user's library; shipped: read-only."""

_LANGUAGE_FOLDER = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


class Source(NamedTuple):
    """A folder of playbooks."""

    path: Path
    origin: Origin


class Entry(NamedTuple):
    """One playbook in a list."""

    id: str
    language: str
    title: str
    summary: str
    path: Path
    origin: Origin
    is_broken: bool
    """Whether errors keep it from being started."""
    hash: str
    """Stands for exactly its text."""
    saves: tuple[str, ...] = ()
    """Names its fields save under on the client."""


class Loaded(NamedTuple):
    """A playbook with the file it came from."""

    playbook: Playbook
    text: str
    hash: str
    """Stands for exactly this text."""
    path: Path
    origin: Origin
    problems: tuple[Problem, ...]
    """Its errors; advice is `check_file`'s to give."""

    @property
    def is_broken(self) -> bool:
        """Whether errors keep it from being started."""
        return bool(self.problems)


def folders(locations: Locations, named: Sequence[Path], configured: Sequence[str]) -> list[Source]:
    """The folders to search, in order: `--library`, `PLAYBOOK_PATH`, the config's, `./playbooks`, own, shipped."""
    listed = [part for part in os.environ.get("PLAYBOOK_PATH", "").split(os.pathsep) if part]
    paths = [*named, *(Path(part).expanduser() for part in (*listed, *configured)), Path("playbooks")]
    last = (Source(locations.library.resolve(), "own"), Source(shipped_library().resolve(), "shipped"))
    places = dict.fromkeys(path.resolve() for path in paths)  # one of the last two stays in its place
    return [*(Source(path, "folder") for path in places if path not in (last[0].path, last[1].path)), *last]


class Library:
    """The playbooks of several folders. Every question looks at the files again; the cache makes that cheap."""

    def __init__(self, sources: Sequence[Source], cache_folder: Path | None = None) -> None:
        self.sources = tuple(sources)
        self._cache = Cache(cache_folder)

    def entries(self) -> list[Entry]:
        """Every playbook there is, by id and language; a broken file is an entry too."""
        found: dict[tuple[str, str], Entry] = {}
        for path, origin in self._files():
            head = self._head(path)
            entry = _entry(head, path, origin)
            found.setdefault((entry.id, entry.language), entry)
        return sorted(found.values(), key=lambda entry: (entry.id, entry.language))

    def shipped(self) -> dict[tuple[str, str], Entry]:
        """The playbooks that come with the program, those that others stand before among them."""
        files = (path for path, origin in self._files() if origin == "shipped")
        entries = (_entry(self._head(path), path, "shipped") for path in files)
        return {(entry.id, entry.language): entry for entry in entries}

    def saved_names(self) -> frozenset[str]:
        """Every name that some field keeps its answer under on the client."""
        return frozenset(name for path, _ in self._files() for name in self._head(path).saves)

    def load(self, playbook_id: str, language: str = "en") -> Loaded | None:
        """The playbook in this language, else in its base language, else English, else any; None if unknown."""
        by_language = {entry.language: entry for entry in self.entries() if entry.id == playbook_id}
        for wanted in (language, language.split("-")[0], "en", *sorted(by_language)):
            if wanted in by_language:
                return self.load_file(by_language[wanted].path, by_language[wanted].origin)
        return None

    def load_file(self, path: Path, origin: Origin = "folder") -> Loaded:
        """The playbook of one file; partial and with problems when it is broken or cannot be read."""
        stamp, text, problem = read_text(path)
        if problem is not None:
            return Loaded(Playbook(id=path.stem), text, hash_of(text), path, origin, (problem,))
        if (
            (cached := self._cache.load(stamp))
            and not cached.head.is_broken
            and cached.head.hash == hash_of(text)
        ):
            return Loaded(cached.playbook, text, cached.head.hash, path, origin, ())
        playbook, errors = _understand(text, path)
        self._cache.keep(stamp, _head_of(playbook, text, errors), playbook)
        return Loaded(playbook, text, hash_of(text), path, origin, tuple(errors))

    def signature(self) -> tuple[Stamp, ...]:
        """Changes whenever a file comes, goes or is written."""
        return tuple(stamp for path, _ in self._files() if (stamp := _stamp(path)) is not None)

    def written_folders(self) -> list[Path]:
        """The folders in which playbooks are written, language folders among them; the shipped ones are not."""
        found: list[Path] = []
        for folder, origin in self.sources:
            if origin != "shipped":
                with suppress(OSError):
                    found += (folder, *_language_folders(sorted(folder.iterdir())))
        return found

    def _head(self, path: Path) -> Head:
        stamp = _stamp(path)
        if stamp is not None and (head := self._cache.head(stamp)):
            return head
        loaded = self.load_file(path)
        return _head_of(loaded.playbook, loaded.text, loaded.problems)

    def _files(self) -> Iterator[tuple[Path, Origin]]:
        """Every playbook file, in the order in which they count."""
        for folder, origin in self.sources:
            try:
                files = playbook_files(folder)
            except OSError:
                continue
            yield from ((path, origin) for path in files)


def _entry(head: Head, path: Path, origin: Origin) -> Entry:
    return Entry(
        head.id, head.language, head.title, head.summary, path, origin, head.is_broken, head.hash, head.saves
    )


def playbook_files(folder: Path) -> list[Path]:
    """The playbook files of a folder and of its language folders, by name; raises OSError."""
    inner = sorted(folder.iterdir())
    files = [*inner, *(path for part in _language_folders(inner) for path in sorted(part.iterdir()))]
    return [p for p in files if p.suffix == ".toml" and not p.name.startswith(".") and p.is_file()]


def _language_folders(inner: Sequence[Path]) -> list[Path]:
    return [part for part in inner if _LANGUAGE_FOLDER.fullmatch(part.name) and part.is_dir()]


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp_of(path)
    except OSError:
        return None


def read_text(path: Path) -> tuple[Stamp, str, Problem | None]:
    """A file's stamp and text, or the problem that keeps it from being read."""
    stamp = Stamp(str(path), 0, 0)
    try:
        stamp = stamp_of(path)
        if stamp.size > LARGEST:
            return stamp, "", too_large(stamp.size)
        decoded = decode(path.read_bytes())
    except OSError as error:
        return stamp, "", Problem("file-unreadable", args={"reason": error.strerror or ""})
    return stamp, decoded.text, decoded.problem


def _understand(text: str, path: Path) -> tuple[Playbook, list[Problem]]:
    """A text's playbook without its `[[test]]` tables, which a run never needs, and its errors."""
    from dataclasses import replace

    from playbook.core.check import check
    from playbook.files.read import read_playbook

    reading = read_playbook(text, path.stem)
    if reading.playbook is None:
        return Playbook(id=path.stem), reading.problems
    problems = [*reading.problems, *check(reading.playbook)]
    return replace(reading.playbook, tests=()), [problem for problem in problems if problem.level == "error"]


def _head_of(playbook: Playbook, text: str, errors: Sequence[Problem]) -> Head:
    saves = tuple(field.save_as for field in playbook.all_fields() if field.save_as)
    return Head(
        playbook.id, playbook.language, playbook.title or playbook.id, playbook.summary, hash_of(text),
        bool(errors), tuple(dict.fromkeys(saves)),
    )  # fmt: skip

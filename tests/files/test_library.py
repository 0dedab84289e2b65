"""The library: which file counts, what a list shows, and the cache that makes it quick."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from playbook.files.cache import Cache, Head, stamp_of
from playbook.files.check_files import check_file, check_library, check_paths
from playbook.files.library import Library, Source, folders
from playbook.locations import Locations, shipped_library


def put(folder: Path, name: str, title: str = "T", more: str = "", language: str = "en") -> Path:
    """A playbook file of one step."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f'title = "{title}"\nlanguage = "{language}"\n{more}[[section]]\nid = "s"\ntitle = "S"\n'
        '[[section.step]]\nid = "a"\ntitle = "A"\n'
    )
    return file


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return tmp_path / "shipped"


@pytest.fixture
def library(own: Path, shipped: Path, tmp_path: Path) -> Library:
    return Library([Source(own, "own"), Source(shipped, "shipped")], tmp_path / "cache")


def test_folders_are_searched_in_the_promised_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLAYBOOK_PATH", os.pathsep.join([str(tmp_path / "b"), "", str(tmp_path / "c")]))
    places = Locations(*(tmp_path / name for name in ("config", "data", "state", "cache")))
    listed = folders(places, [tmp_path / "a", tmp_path / "c"], [str(tmp_path / "d")])
    assert [(source.path.name, source.origin) for source in listed[:-1]] == [
        ("a", "folder"), ("c", "folder"), ("b", "folder"), ("d", "folder"), ("playbooks", "folder"), ("playbooks", "own"),
    ]  # fmt: skip
    assert listed[-1] == Source(shipped_library().resolve(), "shipped")


def test_the_shipped_folder_stays_last_and_read_only_when_it_is_the_working_folder_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shipped_library().parent)
    monkeypatch.delenv("PLAYBOOK_PATH", raising=False)
    places = Locations(*(tmp_path / name for name in ("config", "data", "state", "cache")))
    wanted = [("own" if source.origin == "own" else "shipped") for source in folders(places, [], [])]
    assert (wanted == ["own", "shipped"]) is (shipped_library().name == "playbooks")


def test_the_first_found_wins_for_an_id_and_language(library: Library, own: Path, shipped: Path) -> None:
    put(shipped, "en/gift.toml", "Shipped")
    put(shipped, "es/gift.toml", "Regalo", language="es")
    mine = put(own, "gift.toml", "Mine")
    assert [(e.id, e.language, e.title, e.origin) for e in library.entries()] == [
        ("gift", "en", "Mine", "own"), ("gift", "es", "Regalo", "shipped"),
    ]  # fmt: skip
    loaded = library.load("gift")
    assert loaded is not None
    assert (loaded.path, loaded.text, loaded.is_broken) == (mine, mine.read_text(), False)


@pytest.mark.parametrize(
    ("there", "asked", "given"),
    [
        (["en", "es", "es-MX"], "es-MX", "es-MX"),
        (["en", "es"], "es-MX", "es"),
        (["en", "fr"], "de", "en"),
        (["fr", "es"], "de", "es"),
    ],
)
def test_the_language_falls_back(
    library: Library, own: Path, there: list[str], asked: str, given: str
) -> None:
    for language in there:
        put(own, f"gift-{language.lower()}.toml", language, 'id = "gift"\n', language)
    loaded = library.load("gift", asked)
    assert loaded is not None
    assert loaded.playbook.language == given


def test_an_unknown_id_is_none(library: Library) -> None:
    assert library.load("nothing") is None
    assert library.entries() == []


def test_a_broken_file_is_listed_and_hides_no_other(library: Library, own: Path) -> None:
    put(own, "good.toml")
    (own / "broken.toml").write_text("title = \n")
    (own / "unsure.toml").write_text('title = "Unsure"\n')
    (own / "binary.toml").write_bytes(b"\xff\xfe\x00\x00")
    (own / ".hidden.toml").write_text("")
    (own / "notes.txt").write_text("")
    assert {entry.id: entry.is_broken for entry in library.entries()} == {
        "binary": True, "broken": True, "good": False, "unsure": True,
    }  # fmt: skip
    loaded = library.load("broken")
    assert loaded is not None
    assert [problem.code for problem in loaded.problems] == ["toml-no-value"]


def test_only_language_folders_are_looked_into(library: Library, own: Path) -> None:
    put(own, "pt-BR/one.toml")
    put(own, "drafts/two.toml")
    assert [entry.id for entry in library.entries()] == ["one"]


def test_the_cache_gives_the_same_and_notices_a_change(library: Library, own: Path, tmp_path: Path) -> None:
    file = put(own, "gift.toml", "Before")
    first = library.load("gift")
    assert library.load("gift") == first
    assert len(list((tmp_path / "cache").iterdir())) == 1
    before = library.signature()
    put(own, "gift.toml", "After that")
    os.utime(file, ns=(1, 1))
    second = library.load("gift")
    assert first is not None
    assert second is not None
    assert second.playbook.title == "After that"
    assert second.hash != first.hash
    assert library.signature() != before


def test_the_cache_is_what_is_read(library: Library, own: Path, tmp_path: Path) -> None:
    stamp = stamp_of(put(own, "gift.toml", "From the file"))
    first = library.load("gift")
    assert first is not None
    head = Head("gift", "en", "From the cache", "", first.hash, False)
    Cache(tmp_path / "cache").keep(stamp, head, replace(first.playbook, title="From the cache"))
    second = library.load("gift")
    assert second is not None
    assert (second.playbook.title, library.entries()[0].title) == ("From the cache", "From the cache")


@pytest.mark.parametrize("damage", ["", "[]", "{}\n{}", "null\nnull", "[1,2", "[[]]\n[[]]", "\x00" * 50])
def test_a_damaged_cache_is_no_loss(library: Library, own: Path, tmp_path: Path, damage: str) -> None:
    put(own, "gift.toml", "Whole")
    library.load("gift")
    (kept,) = (tmp_path / "cache").iterdir()
    head, data = kept.read_text().split("\n")
    for text in (damage, f"{head}\n{damage}", f"{damage}\n{data}", head):
        kept.write_text(text)
        loaded = library.load("gift")
        assert loaded is not None
        assert (loaded.playbook.title, loaded.is_broken) == ("Whole", False)


def test_a_cache_of_another_release_is_not_used(library: Library, own: Path, tmp_path: Path) -> None:
    put(own, "gift.toml", "Whole")
    library.load("gift")
    (kept,) = (tmp_path / "cache").iterdir()
    head, data = kept.read_text().split("\n")
    parts = json.loads(head)
    parts[3] = "0.0.0"
    kept.write_text(json.dumps(parts) + "\n" + data.replace("Whole", "Stale"))
    loaded = library.load("gift")
    assert loaded is not None
    assert loaded.playbook.title == "Whole"


def test_a_cache_that_cannot_be_written_is_no_loss(own: Path, tmp_path: Path) -> None:
    put(own, "gift.toml")
    (tmp_path / "taken").write_text("")
    loaded = Library([Source(own, "own")], tmp_path / "taken").load("gift")
    assert loaded is not None


def test_languages_must_have_the_same_ids(library: Library, own: Path) -> None:
    put(own, "gift.toml")
    other = put(own, "es/gift.toml", language="es")
    other.write_text(other.read_text().replace('id = "a"', 'id = "b"'))
    problems, files = check_library(library)
    assert files == 2
    assert [(each.file, each.code, each.line) for each in problems] == [
        (other, "language-less", 3), (other, "language-more", 6),
    ]  # fmt: skip
    assert check_paths([own])[0] == problems


def test_starts_into_nowhere_are_advice(library: Library, own: Path) -> None:
    put(own, "gift.toml", more='field = [ { id = "matter", label = "M" } ]\n')
    file = put(own, "start.toml")
    file.write_text(
        file.read_text() + 'starts = "gifft"\n[[section.step]]\nid = "b"\ntitle = "B"\n'
        'field = [ { id = "f", label = "F" } ]\n'
        'starts = { playbook = "gift", set = { matter = "f", mater = "f", target = "f" } }\n'
    )
    problems, _ = check_library(library)
    assert [(each.code, each.level, each.args["nearest"]) for each in problems] == [
        ("starts-unknown", "advice", "gift"), ("starts-field-unknown", "advice", "matter"),
    ]  # fmt: skip


def test_a_name_that_another_playbook_saves_is_known(library: Library, own: Path) -> None:
    asking = put(own, "ask.toml", more='summary = "x"\n')
    asking.write_text(asking.read_text() + 'say = "Is {{ client.dog }} well?"\n')
    assert [each.code for each in check_library(library)[0]] == ["saved-unknown"]
    put(own, "pets.toml", more='field = [ { id = "dog", label = "Dog", save_as = "dog" } ]\n')
    assert library.saved_names() == {"dog"}
    assert check_library(library)[0] == []


def test_paths_may_be_files_and_folders(own: Path, tmp_path: Path) -> None:
    file = put(own, "gift.toml")
    problems, files = check_paths([own, file, tmp_path / "missing.toml"])
    assert files == 2
    assert [(each.file.name, each.code) for each in problems] == [("missing.toml", "file-unreadable")]


@pytest.mark.parametrize(
    "file", sorted(shipped_library().rglob("*.toml")), ids=lambda file: "-".join(file.parts[-2:])
)
def test_shipped_playbooks_have_no_errors(file: Path) -> None:
    assert [each for each in check_file(file) if each.level == "error"] == []

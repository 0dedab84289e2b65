"""`new`: a playbook of one's own, begun or copied."""

import json
from pathlib import Path

from playbook.files.check_files import check_file
from playbook.files.schema import schema
from playbook.locations import shipped_library
from playbook.workspace.playbooks import SHIPPED
from tests.cli.calling import bad, call, good, library
from tests.cli.scenes import put


def written(*args: str) -> list[Path]:
    return [Path(text) for text in good("new", *args).splitlines()]


def origins(playbook_id: str) -> list[tuple[str, str]]:
    return [
        (row["language"], row["origin"]) for row in call("list", "--json").data if row["id"] == playbook_id
    ]


def test_a_copy_takes_the_place_of_the_shipped_one_in_every_language() -> None:
    assert origins("welcome-gift") == [("en", "shipped"), ("es", "shipped")]
    paths = written("welcome-gift", "--from", "welcome-gift")
    assert paths == [library() / "en" / "welcome-gift.toml", library() / "es" / "welcome-gift.toml"]
    assert origins("welcome-gift") == [("en", "own"), ("es", "own")]
    for path in paths:
        assert path.stat().st_mode & 0o777 == 0o600
        assert check_file(path) == []
    assert len({row["id"] for row in call("list", "--json").data}) == len(SHIPPED)


def test_a_copy_under_another_name_stands_beside_it() -> None:
    put(
        gift='id = "gift"\ntitle = "Gift"\n[[section]]\ntitle = "S"\n[[section.step]]\nid = "a"\ntitle = "Wrap it"\n'
    )
    [path] = written("gift-two", "--from", "gift")
    assert path.read_text("utf-8").startswith(
        '#:schema ../playbook.schema.json\nid = "gift-two"\ntitle = "Gift"\n'
    )
    assert good("show", "gift-two").splitlines()[0].startswith("Gift")
    assert origins("gift") == [("en", "own")]


def test_a_copy_under_another_name_starts_itself() -> None:
    paths = written("our-check-in", "--from", "weekly-check-in")
    assert len(paths) == 2
    for path in paths:
        text = path.read_text("utf-8")
        assert 'playbook = "our-check-in"' in text
        assert '"weekly-check-in"' not in text


def test_a_new_one_can_be_checked_and_started_at_once() -> None:
    [path] = written("site-visit")
    assert path == library() / "site-visit.toml"
    assert check_file(path) == []
    good("client", "add", "Luz")
    assert good("start", "site-visit", "luz").strip() == "luz/site-visit"


def test_what_is_there_is_never_written_over() -> None:
    [path] = written("site-visit")
    before = path.read_bytes()
    assert "is there already" in bad("new", "site-visit", "--from", "onboarding")
    assert "There is a playbook “site-visit” already." in bad("new", "site-visit")
    assert "`playbook new onboarding --from onboarding`" in bad("new", "onboarding")
    assert path.read_bytes() == before
    assert not (library() / "en").exists()


def test_what_cannot_be_a_playbook_is_refused() -> None:
    for name in ("../x", "Gift", "a b", "9", "x" * 65, "é", "\x1b[31m"):
        assert "is no id" in bad("new", name)
        assert "is no id" in bad("new", name, "--from", "onboarding")
    assert "Did you mean onboarding?" in bad("new", "mine", "--from", "onbording")
    put(broken="title = [")
    assert "has problems" in bad("new", "mine", "--from", "broken")
    assert not (library() / "mine.toml").exists()


def test_a_library_that_cannot_be_written_is_told() -> None:
    place = library()
    place.rmdir()
    place.write_text("a file", encoding="utf-8")
    assert "Nothing could be written" in bad("new", "mine")


def schema_of(path: Path) -> Path:
    """The file that a playbook's first line leads to."""
    first = path.read_text("utf-8").splitlines()[0]
    return (path.parent / first.removeprefix("#:schema ")).resolve()


def test_what_is_made_begins_with_a_schema_that_is_there() -> None:
    paths = [*written("site-visit"), *written("welcome-gift", "--from", "welcome-gift")]
    assert len(paths) == 3
    for path in paths:
        assert schema_of(path) == (library() / "playbook.schema.json").resolve()
        assert json.loads(schema_of(path).read_text("utf-8")) == schema()


def test_a_copy_says_what_the_shipped_one_says() -> None:
    for path in written("welcome-gift", "--from", "welcome-gift"):
        shipped = shipped_library() / path.parent.name / path.name
        assert path.read_bytes() == shipped.read_bytes()


def test_a_schema_that_is_there_stays_until_it_is_written_anew() -> None:
    path = library() / "playbook.schema.json"
    path.write_text("{}", encoding="utf-8")
    written("site-visit")
    assert path.read_text("utf-8") == "{}"
    assert good("schema", "--write") == f"{path}\n"
    assert path.read_text("utf-8") == good("schema")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry for entry in call("list", "--json").data if "schema" in entry["id"]] == []


def test_a_schema_that_cannot_be_written_is_told() -> None:
    (library() / "playbook.schema.json").mkdir()
    assert "Nothing could be written" in bad("schema", "--write")

"""Finding by words: clients, runs, steps, notes and ledger entries, over a real database."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.app import PlaybookApp
from playbook.core.client import Contact
from playbook.core.decide.runs import add_step
from playbook.core.search import Hit, excerpt, missing, words_of
from playbook.screens.client import ClientScreen
from playbook.screens.run import RunScreen
from playbook.screens.search import SearchScreen
from playbook.workspace import Workspace
from tests.screens.calls import press, settled, typing
from tests.workspaces import add_playbook, allowed, make_workspace, start

PLAYBOOK = """
title = "Client onboarding"
field = [ { id = "matter", label = "What it is about" } ]

[[section]]
title = "The yes"

[[section.step]]
id = "ring"
title = "Ring to say welcome"

[[section.step]]
id = "quote"
title = "Send the quote"
when = { step = "ring", is = "done" }
"""

DUMP = Path(__file__).parent / "store" / "data" / "schema-3.sql"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "onboarding", PLAYBOOK)
    for name in ("Sol Panadería", "Luz Bodega"):
        start(made, "onboarding", name)
    yield made
    made.close()


def client(workspace: Workspace, name: str) -> str:
    return allowed(workspace.clients.find(name))


def run_of(workspace: Workspace, name: str) -> str:
    return workspace.lists.runs(client(workspace, name))[0].id


def kinds(hits: list[Hit]) -> list[str]:
    return [hit.kind for hit in hits]


def whole(workspace: Workspace) -> None:
    """The index holds exactly the words of the passages; SQLite raises when it does not."""
    with workspace.store.write() as tx:
        tx.execute("insert into passage_index (passage_index, rank) values ('integrity-check', 1)")


def test_a_client_is_found_by_name_slug_people_and_card_whatever_the_accents(workspace: Workspace) -> None:
    client_id = client(workspace, "sol")
    allowed(
        workspace.clients.set_contact(client_id, 0, Contact("Lucía Ortega", "owner", "lu@sol.example", "600"))
    )
    allowed(workspace.clients.set(client_id, {"card": "Hates surprises"}))
    for text in ("panaderia", "PANADERÍA sol", "ortega", "surpr", "sol-panaderia", "lu@sol"):
        [hit, *_] = workspace.search.find(text)
        assert (hit.kind, hit.client_name) == ("client", "Sol Panadería"), text
    assert workspace.search.find("anader") == []  # words are found by their beginning


def test_words_may_stand_in_client_run_and_step(workspace: Workspace) -> None:
    [hit] = workspace.search.find("sol welcome")
    assert (hit.kind, hit.step, hit.client_slug, hit.state) == ("step", "ring", "sol-panaderia", "open")
    assert kinds(workspace.search.find("onboarding")) == ["run", "run"]
    assert kinds(workspace.search.find("luz onboarding ring")) == ["step"]
    assert workspace.search.find("sol nowhere") == []


def test_a_hidden_step_is_not_found_until_it_shows(workspace: Workspace) -> None:
    assert workspace.search.find("quote") == []
    allowed(workspace.runs.tick(run_of(workspace, "sol"), "ring"))
    assert [hit.client_slug for hit in workspace.search.find("quote")] == ["sol-panaderia"]


def test_a_step_of_an_ended_run_comes_after_the_open_ones_and_says_so(workspace: Workspace) -> None:
    allowed(workspace.runs.abandon(run_of(workspace, "luz"), "they left"))
    assert [hit.state for hit in workspace.search.find("welcome")] == ["open", "abandoned"]


def test_notes_and_entries_are_found_the_newest_first(workspace: Workspace) -> None:
    run_id = run_of(workspace, "sol")
    for text in ("the sign is crooked", "the sign hangs"):
        allowed(workspace.runs.note(run_id, "ring", text))
        allowed(workspace.ledger.log(client(workspace, "luz"), "concern", f"{text}, they say"))
    assert [hit.text for hit in workspace.search.find("sign")] == [
        "the sign hangs, they say", "the sign is crooked, they say", "the sign hangs", "the sign is crooked",
    ]  # fmt: skip
    [entry, *_] = workspace.search.find("hangs luz")
    assert (entry.kind, entry.entry, entry.entry_kind) == ("entry", 2, "concern")
    [note] = workspace.search.find("hangs sol")
    assert (note.kind, note.step, note.at) == ("note", "ring", "2026-11-23T09:00:00Z")


def test_an_entry_is_found_by_its_values_and_by_what_it_says_now(workspace: Workspace) -> None:
    client_id = client(workspace, "sol")
    allowed(workspace.ledger.log(client_id, "status-asked", "the texts", {"missing": "the Friday mail"}))
    assert kinds(workspace.search.find("friday mail")) == ["entry"]
    allowed(workspace.ledger.amend(client_id, 1, {"text": "the pictures"}))
    assert kinds(workspace.search.find("pictures")) == ["entry"]
    assert workspace.search.find("texts") == []
    whole(workspace)


def test_what_was_taken_back_is_not_found_until_it_is_done_again(workspace: Workspace) -> None:
    allowed(workspace.runs.note(run_of(workspace, "sol"), "", "zebra"))
    allowed(workspace.runs.undo())
    assert workspace.search.find("zebra") == []
    allowed(workspace.runs.redo())
    assert kinds(workspace.search.find("zebra")) == ["note"]
    whole(workspace)


def test_a_new_name_of_a_client_finds_all_that_is_about_it(workspace: Workspace) -> None:
    client_id = client(workspace, "sol")
    allowed(workspace.runs.note(run_of(workspace, "sol"), "", "zebra"))
    allowed(workspace.clients.set(client_id, {"name": "Horno Luna"}))
    assert kinds(workspace.search.find("luna zebra")) == ["note"]
    assert kinds(workspace.search.find("luna welcome")) == ["step"]
    assert workspace.search.find("zebra panaderia") == []
    whole(workspace)


def test_a_run_is_found_by_what_it_is_about(workspace: Workspace) -> None:
    allowed(workspace.runs.answer(run_of(workspace, "sol"), "", {"matter": "the June invoice"}))
    [hit] = workspace.search.find("june")
    assert (hit.kind, hit.text) == ("run", "Client onboarding · the June invoice")


def test_an_own_step_is_found(workspace: Workspace) -> None:
    allowed(workspace.runs.change(run_of(workspace, "sol"), lambda sheet: add_step(sheet, "Water the zebra")))
    assert [hit.text for hit in workspace.search.find("zebra")] == ["Water the zebra"]


def test_nothing_is_left_of_a_forgotten_client(workspace: Workspace) -> None:
    allowed(workspace.runs.note(run_of(workspace, "sol"), "", "zebra"))
    allowed(workspace.clients.forget(client(workspace, "sol")))
    assert workspace.search.find("zebra") == workspace.search.find("panaderia") == []
    assert kinds(workspace.search.find("luz")) == ["client", "run"]
    whole(workspace)


def test_rebuilding_changes_nothing(workspace: Workspace) -> None:
    run_id = run_of(workspace, "sol")
    allowed(workspace.runs.note(run_id, "ring", "one"))
    allowed(workspace.runs.tick(run_id, "ring"))
    allowed(workspace.ledger.log(client(workspace, "luz"), "promise", "two", {}))
    before = passages(workspace)
    workspace.care.rebuild()
    assert passages(workspace) == before
    whole(workspace)


def passages(workspace: Workspace) -> list[tuple[object, ...]]:
    return sorted(workspace.store.read("select kind, client, run, ref, who, text from passage"), key=repr)


def test_a_store_from_before_is_searched_as_well(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    path = workspace.locations.store
    path.parent.mkdir(parents=True, mode=0o700)
    old = sqlite3.connect(path)
    old.executescript(DUMP.read_text("utf-8"))
    old.close()
    path.chmod(0o600)
    assert kinds(workspace.search.find("acme onboarding"))[:1] == ["run"]
    whole(workspace)
    workspace.close()


@pytest.mark.parametrize("text", ["", " ", "-", '"', "*", "a*b", 'or "', "NEAR(", "\x00", "who:x", "^", "()"])
def test_no_sign_means_anything(workspace: Workspace, text: str) -> None:
    assert workspace.search.find(text) == []


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(text: str) -> None:
    words = words_of(text)
    assert not any(char in word for word in words for char in ' "*_')
    assert missing(words, text) == () or len(words) == 8
    assert not words or len(missing(words, excerpt(text, words))) < len(words)


def test_a_long_text_is_shown_where_the_word_stands() -> None:
    text = "one " * 60 + "zebra crossing\nanother line\nand the zebra again"
    shown = excerpt(text, ("zebra",))
    assert shown.startswith("… ") and shown.index("zebra") < 40
    assert shown.endswith("crossing · and the zebra again")
    assert excerpt("short zebra", ("zebra",)) == "short zebra"


# On the screen.


async def test_ctrl_f_finds_as_one_types_and_enter_goes_there(workspace: Workspace) -> None:
    allowed(workspace.runs.note(run_of(workspace, "sol"), "ring", "mind the zebra"))
    allowed(workspace.ledger.log(client(workspace, "luz"), "concern", "a zebra in the yard"))
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+f", *typing("zeb"))
        assert isinstance(app.screen, SearchScreen)
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, ClientScreen)
        assert app.screen.rows.key == "entry 1"
        await press(pilot, "escape", "down", "enter")
        assert isinstance(app.screen, RunScreen)
        assert app.screen.run_id == run_of(workspace, "sol")


async def test_the_words_of_a_filter_come_along(workspace: Workspace) -> None:
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *typing("welcome"), "ctrl+f")
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.wanted == "welcome"
        assert len(app.screen._hits) == 2
        await press(pilot, "escape")
        assert not isinstance(app.screen, SearchScreen)


async def test_from_a_row_that_was_found_one_logs_for_its_client(workspace: Workspace) -> None:
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+f", *typing("luz"), "enter", "l", "s", "ctrl+s")
    standing = workspace.ledger.standing(client(workspace, "luz"))
    assert standing is not None
    assert [entry.kind for entry in standing.entries] == ["status-asked"]


async def test_the_palette_finds_notes_and_entries(workspace: Workspace) -> None:
    allowed(workspace.ledger.log(client(workspace, "luz"), "concern", "a zebra in the yard"))
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *typing("zebra"))
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await settled(pilot)
        assert isinstance(app.screen, ClientScreen)
        assert app.screen.rows.key == "entry 1"


# On the command line.


def test_the_command_prints_what_one_types_to_get_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tests.cli.calling import good

    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    good("client", "add", "Acme", "Studio")
    good("log", "acme", "concern", "a zebra in the yard")
    assert "acme-studio#1" in good("search", "zebra", "acme")
    [found] = json.loads(good("search", "--json", "zeb"))
    assert (found["kind"], found["entry"], found["text"]) == ("entry", "acme-studio#1", "a zebra in the yard")
    assert json.loads(good("search", "--json", "giraffe")) == []

"""The editor: a playbook's file, what is wrong with it as one types, and what becomes of what was typed."""

import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.core.problems import Refusal
from playbook.screens.editor import EditorScreen
from playbook.screens.playbooks import PlaybooksScreen
from playbook.workspace import Workspace
from tests.screens.calls import press, settled, told, typing, until
from tests.screens.stage import rendered
from tests.test_editing import TEXT
from tests.workspaces import add_playbook, allowed, make_workspace, start


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.chdir(tmp_path)
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", TEXT)
    yield made
    made.close()


def file_of(workspace: Workspace) -> Path:
    return workspace.locations.library / "gift.toml"


@asynccontextmanager
async def editing(
    workspace: Workspace, playbook: str = "gift", step: str = "", size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int], EditorScreen]]:
    app = PlaybookApp(workspace)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        screen = EditorScreen(workspace, playbook, "", step)
        app.push_screen(screen)
        await until(
            pilot, lambda: screen.is_mounted and (screen.opened is not None or app.screen is not screen)
        )
        await settled(pilot)
        yield app, pilot, screen


async def looked_at(pilot: Pilot[int], screen: EditorScreen) -> None:
    """Wait until what was typed has been looked at."""
    await until(pilot, lambda: screen.seen == screen.state)
    await settled(pilot)


async def test_it_opens_from_a_run_at_the_step_and_from_the_library(workspace: Workspace) -> None:
    run_id = start(workspace, "gift", "Luz").run.id
    app = PlaybookApp(workspace)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        app.show_run(run_id, "send")
        await settled(pilot)
        await press(pilot, "E")
        screen = app.screen
        assert isinstance(screen, EditorScreen)
        await until(pilot, lambda: screen.opened is not None)
        await settled(pilot)
        row = screen.area.cursor_location[0]
        assert TEXT.splitlines()[row : row + 2] == ["[[section.step]]", 'id = "send"']
        await press(pilot, "escape", "3", "end", "E")
        assert isinstance(app.screen, EditorScreen)
        assert "Gift" in rendered(app)


async def test_problems_come_and_go_as_one_types_and_the_checklist_follows(workspace: Workspace) -> None:
    async with editing(workspace, step="ask") as (app, pilot, screen):
        assert "Nothing is wrong with it." in rendered(app)
        await press(pilot, "down", "down", "end", *typing(" now"))
        await looked_at(pilot, screen)
        assert " 1 problem" not in rendered(app)
        await press(pilot, *["backspace"] * 4, "home", "left_square_bracket")
        await looked_at(pilot, screen)
        assert "[title" in rendered(app)
        assert "1 problem · not saved" in rendered(app)
        assert "☐ Ask them" in rendered(app), "what it said last stays beside it"
        await press(pilot, "backspace")
        await looked_at(pilot, screen)
        assert "Nothing is wrong with it." in rendered(app)


async def test_a_problem_is_gone_to_by_key(workspace: Workspace) -> None:
    file_of(workspace).write_text(
        TEXT.replace("start + 1d", "strat + 1d").replace('"thank"', '"Thank"'), "utf-8"
    )
    async with editing(workspace) as (app, pilot, screen):
        lines = screen.area.text.splitlines()
        await press(pilot, "f8")
        assert "strat" in lines[screen.area.cursor_location[0]]
        await press(pilot, "f8")
        assert "Thank" in lines[screen.area.cursor_location[0]]
        await press(pilot, "f8")
        assert "strat" in lines[screen.area.cursor_location[0]]
        await press(pilot, "tab", "tab", "down", "enter")
        assert "Thank" in lines[screen.area.cursor_location[0]]
        assert screen.focused is screen.area
        assert "strat" in told(app)


async def test_saving_keeps_what_was_not_typed_and_offers_the_open_runs(workspace: Workspace) -> None:
    start(workspace, "gift", "Luz")
    async with editing(workspace, step="send") as (app, pilot, screen):
        await press(pilot, "down", "down", "end", "left", *typing(" off"), "ctrl+s")
        assert "luz/gift: 1 change" in rendered(app)
        await press(pilot, "enter")
        assert not screen.is_unsaved
    assert file_of(workspace).read_text("utf-8") == TEXT.replace("Send it", "Send it off")
    assert stat.S_IMODE(file_of(workspace).stat().st_mode) == 0o600
    run = allowed(workspace.runs.find("luz/gift"))
    assert "Send it off" in [
        step.title for step in allowed(workspace.runs.open(run)).sheet.run.playbook.steps()
    ]


async def test_a_file_with_problems_is_saved_only_after_a_yes(workspace: Workspace) -> None:
    async with editing(workspace, step="send") as (app, pilot, screen):
        await press(pilot, "down", "x", "ctrl+s")
        assert "Save it with" in rendered(app)
        await press(pilot, "escape")
        assert file_of(workspace).read_text("utf-8") == TEXT
        await press(pilot, "ctrl+s", "enter")
        assert "xid" in file_of(workspace).read_text("utf-8")
        assert not screen.is_unsaved


@pytest.mark.parametrize(
    ("key", "theirs", "mine"), [("r", True, False), ("o", False, True), ("a", True, True)]
)
async def test_a_file_that_another_program_changed_is_asked_about(
    workspace: Workspace, key: str, theirs: bool, mine: bool
) -> None:
    async with editing(workspace, step="send") as (app, pilot, _screen):
        await press(pilot, "down", "down", "end", "left", *typing(" off"))
        file_of(workspace).write_text(TEXT + "# theirs\n", "utf-8")
        await press(pilot, "ctrl+s")
        assert "Another program changed this file" in rendered(app)
        await press(pilot, key)
        if key == "a":
            await press(pilot, "ctrl+s")
    assert ("# theirs" in file_of(workspace).read_text("utf-8")) is theirs
    everything = "".join(file.read_text("utf-8") for file in workspace.locations.library.glob("*.toml"))
    assert ("Send it off" in everything) is mine
    assert (workspace.locations.library / "gift-2.toml").exists() is (key == "a")


async def test_a_change_outside_is_shown_where_nothing_was_typed(workspace: Workspace) -> None:
    async with editing(workspace, step="send") as (app, pilot, screen):
        before = screen.area.cursor_location
        file_of(workspace).write_text(TEXT.replace("Send it", "Post it"), "utf-8")
        await until(pilot, lambda: "Post it" in screen.area.text)
        await settled(pilot)
        assert screen.area.cursor_location == before
        assert "Another program changed the file" in told(app)


async def test_an_interrupted_edit_is_a_draft_and_offered_again(workspace: Workspace) -> None:
    async with editing(workspace, step="send") as (_app, pilot, _screen):
        await press(pilot, "down", "down", "end", "left", *typing(" off"))
    drafts = list(workspace.locations.drafts.glob("*"))
    assert [stat.S_IMODE(draft.stat().st_mode) for draft in drafts] == [0o600]
    assert file_of(workspace).read_text("utf-8") == TEXT
    async with editing(workspace) as (app, pilot, screen):
        assert "did not save it" in rendered(app)
        await press(pilot, "g")
        assert "Send it off" in screen.area.text
        await press(pilot, "ctrl+s")
    assert "Send it off" in file_of(workspace).read_text("utf-8")
    assert not list(workspace.locations.drafts.glob("*"))


@pytest.mark.parametrize(
    ("key", "saved", "kept"), [("s", True, False), ("k", False, True), ("x", False, False)]
)
async def test_leaving_asks_what_becomes_of_what_was_typed(
    workspace: Workspace, key: str, saved: bool, kept: bool
) -> None:
    async with editing(workspace, step="send") as (app, pilot, screen):
        await press(pilot, "down", "down", "end", "left", *typing(" off"), "escape", "escape")
        assert app.screen is screen, "the question can be left as well"
        await press(pilot, "escape", key)
        assert app.screen is not screen
    assert ("Send it off" in file_of(workspace).read_text("utf-8")) is saved
    assert bool(list(workspace.locations.drafts.glob("*"))) is kept


async def test_words_are_found_from_the_cursor_on_and_round(workspace: Workspace) -> None:
    async with editing(workspace, step="send") as (app, pilot, screen):
        await press(pilot, "ctrl+f", *typing("THEM"))
        assert screen.area.selected_text == "them"
        assert "Thank them" in screen.area.document.get_line(screen.area.cursor_location[0])
        await press(pilot, "enter")
        assert "Ask them" in screen.area.document.get_line(screen.area.cursor_location[0])
        await press(pilot, "escape")
        assert screen.focused is screen.area
        assert "THEM" not in rendered(app)
        await press(pilot, "f3")
        assert "Thank them" in screen.area.document.get_line(screen.area.cursor_location[0])


async def test_completing_and_new_pieces(workspace: Workspace) -> None:
    async with editing(workspace, step="send") as (app, pilot, screen):
        await press(pilot, "down", "down", "end", "enter", *typing("ski"), "f2", *typing("fr"), "f2")
        assert 'title = "Send it"\nskip = "free"\n' in screen.area.text
        await press(pilot, "end", "enter", *typing("needs = ["), "f2")
        assert "What may stand here" in rendered(app)
        await press(pilot, *typing("thank"), "enter")
        assert 'needs = ["thank"' in screen.area.text
        await press(pilot, "ctrl+z", "ctrl+t", "s", *typing("Wrap it"))
        assert 'id = "new-step"\ntitle = "Wrap it"\n' in screen.area.text


async def test_a_shipped_playbook_becomes_ones_own_when_it_is_saved(workspace: Workspace) -> None:
    own = workspace.locations.library
    async with editing(workspace, "welcome-gift") as (app, pilot, screen):
        assert "saving makes it yours" in rendered(app)
        assert not (own / "en" / "welcome-gift.toml").exists()
        await press(pilot, "ctrl+end", "enter", *typing("# ours"))
        screen.keep_draft()
        await press(pilot, "ctrl+s")
        assert not screen.is_unsaved
        assert "not saved" not in rendered(app)
        assert screen.opened is not None
        assert screen.opened.path == own / "en" / "welcome-gift.toml"
    assert (own / "en" / "welcome-gift.toml").read_text("utf-8").endswith("# ours\n")
    assert (own / "es" / "welcome-gift.toml").exists(), "in every language, so that they stay the same"
    assert not list(workspace.locations.drafts.glob("*"))


async def test_line_ends_and_a_byte_order_mark_stay(workspace: Workspace) -> None:
    file_of(workspace).write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    async with editing(workspace, step="send") as (_app, pilot, _screen):
        await press(pilot, "down", "down", "end", "left", *typing(" off"), "ctrl+s")
    expected = TEXT.replace("Send it", "Send it off").replace("\n", "\r\n")
    assert file_of(workspace).read_bytes() == b"\xef\xbb\xbf" + expected.encode()


@pytest.mark.parametrize("hostile", ["\x1b]0;x\x07", "\u202e", "\x9b31m"])
async def test_what_a_terminal_would_act_on_is_not_shown(workspace: Workspace, hostile: str) -> None:
    file_of(workspace).write_text(TEXT.replace("Send it", f"Send {hostile} it"), "utf-8")
    async with editing(workspace) as (app, _pilot, screen):
        assert app.screen is not screen
        assert "own editor" in told(app)


async def test_ones_own_editor_wants_the_file_saved_and_room_in_the_terminal(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with editing(workspace) as (app, pilot, _screen):
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.delenv("EDITOR", raising=False)
        await press(pilot, "f4")
        assert "VISUAL" in told(app)
        monkeypatch.setenv("VISUAL", "true")
        await press(pilot, "f4")
        assert "This terminal cannot make room for an editor." in told(app)
        await press(pilot, *typing("#"), "f4")
        assert "Save the file first" in told(app)


def test_forgetting_a_client_throws_drafts_away_that_name_them(workspace: Workspace) -> None:
    sheet = start(workspace, "gift", "Zenith Quarries")
    opened = allowed(workspace.editor.open("gift"))
    other = allowed(workspace.editor.open("welcome-gift"))
    workspace.editor.keep_draft(opened, TEXT + "# as with ZENITH quarries\n")
    workspace.editor.keep_draft(other, other.text + "# ours\n")
    allowed(workspace.clients.forget(sheet.run.client_id))
    assert workspace.editor.draft(opened) is None
    assert workspace.editor.draft(other) == other.text + "# ours\n"


def test_a_folder_that_cannot_be_written_is_told_and_the_draft_stays(workspace: Workspace) -> None:
    opened = allowed(workspace.editor.open("gift"))
    workspace.editor.keep_draft(opened, TEXT + "# more\n")
    inside = opened._replace(path=opened.path / "gift.toml")  # a file in the place of the folder
    outcome = workspace.editor.save(inside, TEXT + "# more\n", over=True)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "playbook-write"
    assert workspace.editor.draft(opened) == TEXT + "# more\n"


async def test_the_library_screen_still_takes_keys_after_the_editor(workspace: Workspace) -> None:
    async with editing(workspace) as (app, pilot, _screen):
        await press(pilot, "escape", "3")
        assert isinstance(app.screen, PlaybooksScreen)


async def test_each_part_of_the_file_has_its_colour_also_after_it_changed(workspace: Workspace) -> None:
    async with editing(workspace, step="send") as (_app, pilot, screen):

        def tones(row: int) -> dict[str, object]:
            y = row - screen.area.scroll_offset[1]
            strip = screen.area.render_line(y)
            return {part.text.strip(): part.style.color for part in strip if part.style and part.text.strip()}

        row = screen.area.cursor_location[0] + 2
        before = tones(row)
        assert before["title"] != before['"Send it"']
        remark = tones(0)
        await press(pilot, "down", "down", "home", *typing("# "), "up")
        assert tones(row)['# title = "Send it"'] == remark["# ours"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_long_line_is_there_whole_also_when_the_room_changes(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    file_of(workspace).write_text(f'summary = "{words}"\n{TEXT}', "utf-8")

    def seen(screen: EditorScreen) -> str:
        lines = [screen.area.render_line(y).text for y in range(screen.area.size.height)]
        return " ".join(" ".join(lines).split())

    async with editing(workspace, size=size) as (_app, pilot, screen):
        assert all(word in seen(screen).replace('"', " ").split() for word in words.split())
        for width in (160, 90, size[0]):
            await pilot.resize_terminal(width, size[1])
            await settled(pilot)
            assert all(word in seen(screen).replace('"', " ").split() for word in words.split()), width

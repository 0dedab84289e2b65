"""The versions of a playbook that runs have used: since when, by whom, and what each changed."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from playbook.app import PlaybookApp
from playbook.clock import Clock
from playbook.core.problems import Refusal
from playbook.core.versions import Used, used_versions
from playbook.dialogs.main_screen import MainScreen
from playbook.screens.playbooks import PlaybooksScreen
from playbook.screens.versions import VersionsScreen
from playbook.widgets.text_pane import TextPane
from playbook.workspace import Workspace
from playbook.workspace.versions import version_difference, versions_of
from tests.builders import make_operation
from tests.cli.calling import bad, call, good, library
from tests.screens.calls import press, settled
from tests.screens.stage import rendered
from tests.workspaces import MONDAY, add_playbook, allowed, make_workspace, start

STEPS = {"ask": "Ask them", "give": "Give it", "thank": "Say thanks"}


def text(*ids: str, **due: str) -> str:
    """A playbook of these steps; `due` dates some of them."""
    head = 'title = "Gift"\n[[section]]\ntitle = "All"\n'
    return head + "".join(
        f'[[section.step]]\nid = "{step}"\ntitle = "{STEPS[step]}"\n'
        + (f'due = "{due[step]}"\n' if step in due else "")
        for step in ids
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two runs of a first version, one of them brought up to a second; a third is in the library alone."""
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", text("ask", "give"))
    first, second = start(made, "gift", "Acme").run, start(made, "gift", "Brook").run
    allowed(made.runs.abandon(second.id, "Over"))
    made.clock = Clock(UTC, MONDAY + timedelta(days=1))
    add_playbook(made, "gift", text("ask", "give", "thank", ask="start + 1d"))
    allowed(made.syncing.apply(first.id))
    add_playbook(made, "gift", text("give", "thank", ask="start + 1d"))
    return made


def counts(workspace: Workspace) -> list[tuple[int, int, int]]:
    return [(v.used.open, v.used.ended, v.used.left) for v in versions_of(workspace, "gift")]


def test_who_used_which_version_and_what_it_changed(workspace: Workspace) -> None:
    found = versions_of(workspace, "gift")
    assert [v.number for v in found] == [1, 2, 3]
    assert counts(workspace) == [(0, 1, 1), (1, 0, 0), (0, 0, 0)]
    assert [v.used.at for v in found] == ["2026-11-23T09:00:00Z", "2026-11-24T09:00:00Z", ""]
    assert [(c.kind, c.step, c.parts) for v in found for c in v.changes] == [
        ("changed", "ask", ("dates",)), ("added", "thank", ()), ("removed", "ask", ()),
    ]  # fmt: skip
    assert [v.before for v in found] == [0, 1, 2]
    assert [v.text for v in found] == [
        text("ask", "give"), text("ask", "give", "thank", ask="start + 1d"), text("give", "thank"),
    ]  # fmt: skip


def test_an_undone_sync_used_nothing(workspace: Workspace) -> None:
    add_playbook(workspace, "gift", text("ask", "give", "thank", ask="start + 1d"))
    assert len(counts(workspace)) == 2
    allowed(workspace.runs.undo())
    assert counts(workspace) == [(1, 1, 0), (0, 0, 0)]
    allowed(workspace.runs.redo())
    assert counts(workspace) == [(0, 1, 1), (1, 0, 0)]


def test_a_run_whose_start_was_taken_back_used_nothing(tmp_path: Path) -> None:
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", text("ask"))
    start(made, "gift", "Acme")
    allowed(made.runs.undo())
    assert counts(made) == [(0, 0, 0)]
    assert versions_of(made, "gift")[0].used.at == ""


def test_a_playbook_whose_file_is_gone_has_its_versions_all_the_same(workspace: Workspace) -> None:
    (workspace.locations.library / "gift.toml").unlink()
    assert counts(workspace) == [(0, 1, 1), (1, 0, 0)]
    assert versions_of(workspace, "nothing") == []


def test_what_a_run_kept_of_an_older_version_makes_no_version_of_its_own(tmp_path: Path) -> None:
    """A settled step stays as it was done, so that the run's copy is like no file; its version is the file's."""
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", text("ask", "give"))
    run = start(made, "gift", "Acme").run
    allowed(made.runs.tick(run.id, "ask"))
    add_playbook(made, "gift", text("ask", "give", "thank", ask="start + 1d"))
    allowed(made.syncing.apply(run.id))
    start(made, "gift", "Brook")
    assert counts(made) == [(0, 0, 1), (2, 0, 0)]
    assert [c.parts for c in versions_of(made, "gift")[1].changes] == [("dates",), ()]


def test_the_difference_of_a_version_is_told_line_by_line(workspace: Workspace) -> None:
    lines = allowed(version_difference(workspace, "gift", 2))
    assert '+due = "start + 1d"' in lines
    assert not any(line.startswith("-") for line in lines)
    codes = [version_difference(workspace, "gift", n) for n in (0, 1, 4)]
    assert [c.code for c in codes if isinstance(c, Refusal)] == ["no-version", "first-version", "no-version"]


def test_two_languages_go_their_own_ways() -> None:
    """Versions are compared with the one before in their own language."""
    ops = [
        make_operation("start", body={"version": "en1"}, clock=1)._replace(run="a"),
        make_operation("start", body={"version": "es1"}, clock=2)._replace(run="b"),
        make_operation("sync", body={"version": "mix", "of": "en2"}, clock=3)._replace(run="a"),
        make_operation("start", body={"version": "en1"}, clock=4)._replace(run="gone"),
    ]
    at = ops[0].at
    assert used_versions(ops, {"a": "open", "b": "finished"}) == [
        Used("en1", "en1", at, 0, 0, 1), Used("es1", "es1", at, 0, 1, 0), Used("en2", "mix", at, 1, 0, 0),
    ]  # fmt: skip


# Command line.


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> None:
    path = library() / "gift.toml"
    path.write_text(text("ask", "give"), encoding="utf-8")
    for name in ("Acme", "Brook"):
        good("start", "gift", good("client", "add", name).strip())
    path.write_text(text("ask", "give", "thank", ask="start + 1d"), encoding="utf-8")
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-11-24T09:00")
    good("sync", "acme/gift")
    path.write_text(text("ask", "give", "thank"), encoding="utf-8")


@pytest.mark.usefixtures("shell")
def test_versions_are_listed_the_newest_first() -> None:
    assert good("versions", "gift").splitlines() == [
        "3  in the library · no run has used it yet",
        "     ~ “Ask them”: dates",
        "2  Tue 24 Nov · 1 run: 1 open",
        "     ~ “Ask them”: dates",
        "     + “Say thanks” is new",
        "1  Mon 23 Nov · 2 runs: 1 open, 1 brought up to another",
        "     · The first that a run used.",
    ]
    data = call("versions", "gift", "--json").data
    assert [(v["version"], v["runs"]["open"], v["before"]) for v in data] == [
        (1, 1, None),
        (2, 1, 1),
        (3, 0, 2),
    ]
    assert data[1]["changes"][0] == {
        "kind": "changed", "step": "ask", "title": "Ask them", "old_id": None, "old_title": None, "parts": ["dates"],
    }  # fmt: skip


def test_a_playbook_that_no_run_has_used() -> None:
    (library() / "gift.toml").write_text(text("ask"), encoding="utf-8")
    assert good("versions", "gift").splitlines() == [
        "1  in the library · no run has used it yet",
        "     · There is none before it.",
    ]


@pytest.mark.usefixtures("shell")
def test_diff_of_a_version() -> None:
    assert '-due = "start + 1d"' in good("diff", "gift", "--version", "3").splitlines()
    assert "Version 1 is the first" in bad("diff", "gift", "--version", "1")
    assert "has no version 9" in bad("diff", "gift", "--version", "9")
    assert "There is no playbook “nothing”" in bad("versions", "nothing")


# On screen.


async def test_versions_are_one_key_from_playbooks(workspace: Workspace) -> None:
    app = PlaybookApp(workspace)
    async with app.run_test(size=(120, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "3", "slash", *"gift", "enter")
        screen = app.screen
        assert isinstance(screen, PlaybooksScreen)
        while screen.rows.key != "gift":
            await press(pilot, "j")
        await press(pilot, "V")
        assert isinstance(app.screen, VersionsScreen)
        seen = rendered(app)
        assert "Versions › Gift" in seen
        assert "no run has used it yet" in seen
        assert "− “Ask them” is gone" in seen
        await press(pilot, "j")
        seen = rendered(app)
        assert "+ “Say thanks” is new" in seen
        assert "Line by line" in seen
        assert '+due = "start + 1d"' in seen
        await press(pilot, "j")
        assert "The first that a run used." in rendered(app)
        await press(pilot, "tab")
        assert app.screen.query_one(TextPane).has_focus
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, PlaybooksScreen)


async def test_the_filter_finds_the_version_that_changed_a_step(workspace: Workspace) -> None:
    app = PlaybookApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(VersionsScreen(workspace, "gift"))
        await settled(pilot)
        await press(pilot, "slash", *"thanks", "enter")
        screen = app.screen
        assert isinstance(screen, MainScreen)
        assert screen.rows.key == "2"
        await press(pilot, "escape", "slash", *"zzzz")
        assert "No version has these words." in rendered(app)

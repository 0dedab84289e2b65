"""Keys of the config: unknown ids, impossible keys and clashes are named; a good one works and is shown."""

from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads

import pytest

from playbook.app import PlaybookApp
from playbook.config import Config
from playbook.dialogs.keymap import actions, faults
from tests.screens.calls import until
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, plain_playbook, start


def test_the_keys_as_they_come_have_no_fault() -> None:
    assert faults(dict(actions())) == []


@pytest.mark.parametrize(("action", "key", "said"), [
    ("step.tik", "t", "Did you mean step.tick?"),
    ("undo", "bla", "“bla” is not a key"),
    ("undo", "hyper+u", "“hyper+u” is not a key"),
    ("step.tick", "k", "k is on both step.tick and list.up"),
    ("step.skip", "space", "space is on both step.skip and step.tick"),
])  # fmt: skip
def test_faults_are_named(action: str, key: str, said: str) -> None:
    assert any(said in fault for fault in faults({action: key}))


@pytest.mark.parametrize("key", ["Z", "ctrl+t", "f5", "shift+f2", "comma"])
def test_free_keys_are_fine(key: str) -> None:
    assert faults({"step.skip": key}) == []


async def test_a_changed_key_works_and_stands_in_the_footer(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    add_playbook(workspace, "many", plain_playbook(3))
    run = start(workspace, "many", "Luz").run
    workspace.config = Config(keys={"step.tick": "f5"})
    app = PlaybookApp(workspace, run_id=run.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(0.3)
        assert "f5 tick" in rendered(app)
        await pilot.press("f5")
        await pilot.pause(0.1)
        assert allowed(workspace.runs.open(run.id)).sheet.view.done == 1
    workspace.close()


async def test_loading_that_ends_after_the_app_was_closed_disturbs_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading, closed = Event(), Event()

    def slow(_name: str) -> None:
        loading.set()
        assert closed.wait(30)

    monkeypatch.setattr("playbook.app.IDLE", 0.01)
    monkeypatch.setattr("playbook.app.import_module", slow)
    workspace = make_workspace(tmp_path)
    workspace.config = Config(keys={"step.tik": "t"})
    app = PlaybookApp(workspace)
    async with app.run_test() as pilot:
        await until(pilot, loading.is_set)
    closed.set()
    for thread in (t for t in enumerate_threads() if "load" in t.name):
        thread.join(30)
    assert not app.screen_stack
    assert not app._notifications
    workspace.close()

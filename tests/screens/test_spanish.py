"""In Spanish: no English word on any screen or dialog, and the language changes everywhere at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from docs.draw_pictures import SCENES, Scene, go
from playbook.app import PlaybookApp
from playbook.core.operations import Draft
from playbook.dialogs.main_screen import MainScreen
from playbook.widgets.toml_area import TomlArea
from playbook.words import use_language
from playbook.workspace import Workspace
from tests.screens.calls import press, settled, told
from tests.screens.stage import rendered
from tests.spanish import NO_WORDS, spanish, words_of
from tests.workspaces import allowed, make_workspace, start


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A client with runs in every state, all of it said in Spanish."""
    use_language("es")
    made = make_workspace(tmp_path)
    runs, given = made.runs, made.runs.decisions
    run = start(made, "onboarding", "Bodega Luz").run
    client = allowed(
        made.clients.set(
            run.client_id, {"language": "es", "form": "usted", "country": "ES", "card": "Llamar a Luz"}
        )
    )
    for playbook in ("contact-cadence", "welcome-gift", "sales-handover", "expectation-limits"):
        start(made, playbook, client.name)
    over = start(made, "contact-cadence", client.name).run
    allowed(made.ledger.log(client.id, "promise", "Llamar a Luz", {"on": "2026-11-27"}, run_id=over.id))
    allowed(runs.skip(over.id, next(iter(over.playbook.steps())).id, "Llamar a Luz"))
    allowed(runs.finish(over.id, "Llamar a Luz"))
    allowed(runs.change(run.id, given.block("Llamar a Luz", date(2026, 11, 27))("kickoff-date")))
    allowed(
        runs.change(
            run.id,
            given.note("Llamar a Luz")("welcome-message"),
            lambda _sheet: Draft("retire", "learn-their-trade", {}),
        )
    )
    allowed(runs.skip(run.id, "start-gift", "Llamar a Luz"))
    allowed(runs.change(run.id, given.assign("Ana")("paper-in-order")))
    allowed(runs.change(run.id, given.due(date(2026, 11, 20))("start-limits")))
    yield made
    made.close()


MORE = {
    "past-first": Scene("run", ("h", "G", "k", "enter", "left_square_bracket", "left_square_bracket", "tab")),
    "past-newest": Scene("run", ("h", "enter", "right_square_bracket")),
    "past-step": Scene("run", ("h", "enter", "j", "tab")),
    "past-export": Scene("run", ("h", "j", "enter", "x")),
    "past-help": Scene("run", ("h", "enter", "question_mark")),
    "past-of-client": Scene("client", ("h", "G", "enter")),
    "versions-used": Scene("today", ("3", "slash", *"cara", "enter", "V", "tab")),
    "versions-filter": Scene("today", ("3", "V", "slash", *"zzzz")),
    "versions-help": Scene("today", ("3", "V", "question_mark")),
    "look-back-some": Scene("today", ("3", "slash", *"cara", "enter", "h")),
    "look-back-pane": Scene("today", ("3", "slash", *"cara", "enter")),
    "look-back-preview": Scene("today", ("3", "slash", *"cara", "enter", "a", *"luz", "enter", "enter")),
    "remarks-preview": Scene("run", ("r", *"luz", "ctrl+s", "3", "slash", *"incorpor", "enter", "tab", "G")),
    "remarks-some": Scene("run", ("r", *"luz", "ctrl+s", "3", "slash", *"incorpor", "enter", "r")),
    "remark-accept": Scene("run", ("r", *"luz", "ctrl+s", "3", "slash", *"incorpor", "enter", "r", "e")),
    "remark-aside": Scene(
        "run", ("r", *"luz", "ctrl+s", "3", "slash", *"incorpor", "enter", "r", "s", *"luz", "enter")
    ),
    "help-remarks": Scene("today", ("3", "r", "question_mark")),
    "promote": Scene("run", ("plus", *"luz", "enter", "down", "e")),
    "today-marked": Scene("today", ("v", "v", "v")),
    "nothing-found": Scene("today", ("slash", *"zzzz")),
    "search": Scene("today", ("ctrl+f", *"luz")),
    "search-empty": Scene("client", ("ctrl+f",)),
    "search-nothing": Scene("run", ("ctrl+f", *"zzzz")),
    "sync-nothing": Scene("run", ("S",)),
    "sync-all-nothing": Scene("today", ("3", "S")),
    "library-edit": Scene("today", ("3", "e")),
    "library-edit-step": Scene("today", ("3", "e", "enter")),
    "edit-title": Scene("run", ("e", "t")),
    "editor-checklist": Scene("today", ("3", "E", "f9")),
    "editor-piece": Scene("today", ("3", "E", "ctrl+t")),
    "editor-leave": Scene("today", ("3", "E", "x", "escape")),
    "editor-agree": Scene("today", ("3", "E", "x", "ctrl+s")),
    "editor-found-nothing": Scene("today", ("3", "E", "ctrl+f", *"zzzz", "enter")),
    "editor-no-problem": Scene("today", ("3", "E", "f8")),
    "editor-unsaved": Scene("run", ("E", "x", "f4")),
    "edit-step": Scene("run", ("e",)),
    "edit-form": Scene("run", ("e", "e")),
    "edit-new": Scene("run", ("e", "n")),
    "edit-section": Scene("run", ("e", "s")),
    "edit-delete": Scene("run", ("e", "x")),
    "whose": Scene("today", ("P", "P")),
    "client-history": Scene("client", ("h",)),
    "client-ended": Scene("client", ("o",)),
    "roles": Scene("run", ("R",)),
    "run-note": Scene("run", ("N",)),
    "run-answers": Scene("run", ("i",)),
    "tick": Scene("run", ("space",)),
    "skip-refused": Scene("run", ("s", "enter", "enter", "enter")),
    "due-refused": Scene("run", ("d", *"zzz", "enter")),
    "help-today": Scene("today", ("question_mark",)),
    "help-client": Scene("client", ("question_mark",)),
    "help-pause": Scene("run", ("left_square_bracket", "enter", "question_mark")),
    "help-call-sheet": Scene("run", ("left_square_bracket", "enter", "c", "question_mark")),
    "palette-nothing": Scene("run", ("ctrl+p", *"zzzzz")),
    "undo": Scene("run", ("u",)),
    "redo-nothing": Scene("run", ("ctrl+r",)),
    "finish-refused": Scene("run", ("f", "enter")),
    "again-nothing": Scene("run", ("full_stop",)),
    "copied": Scene("run", ("y",)),
    "client-notes": Scene("client", ("G", "n")),
    "client-dates": Scene("client", ("G", "d")),
    "client-roles": Scene("client", ("G", "p")),
    "client-finish": Scene("client", ("G", "f")),
    "log-fact": Scene("client", ("l", "f")),
    "log-gift": Scene("client", ("l", "g")),
    "log-batch": Scene("client", ("l", "b")),
    "log-expectation": Scene("client", ("l", "e")),
    "forget": Scene("client", ("F",)),
    "forget-refused": Scene("client", ("F", *"zzz", "enter")),
    "forget-fact": Scene("client", ("l", "f", *"luz", "ctrl+s", "slash", *"luz", "enter", "down", "D")),
    "export-person-nameless": Scene("client", ("e", "tab", *"zzz", "ctrl+s", "slash", *"zzz", "enter", "x")),
    "export-person": Scene("client", ("e", *"zzz", "ctrl+s", "slash", *"zzz", "enter", "x")),
    "forget-fact-none": Scene("client", ("D",)),
    "log-refused": Scene("client", ("l", "w", "ctrl+s")),
    "log-status": Scene("client", ("l", "s")),
    "log-note": Scene("client", ("l", "n")),
    "log-any": Scene("today", ("L",)),
    "put-off": Scene("today", ("greater_than_sign",)),
    "client-export": Scene("client", ("G", "x")),
}


@pytest.mark.parametrize("name", [*SCENES, *MORE])
async def test_no_english_word_is_seen(workspace: Workspace, name: str) -> None:
    scene = {**SCENES, **MORE}[name]
    app = PlaybookApp(workspace)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        go(app, workspace, scene)
        await settled(pilot)
        await press(pilot, *scene.keys)
        seen = NO_WORDS.sub(" ", in_front(app)) + " " + told(app)
    typed = {
        "zzz",
        "zzzz",
        "zzzzz",
        "onboarding",
        "expectation",
        "incorpor",
    }  # the last is an id that a message breaks
    assert sorted(words_of(seen) - spanish() - typed) == []


def in_front(app: PlaybookApp) -> str:
    """The text of the screen, or of the dialog alone: it cuts the words beside it."""
    lines = rendered(app).splitlines()
    if isinstance(app.screen, MainScreen):
        for area in app.screen.query(TomlArea):  # keys of the format are English everywhere
            room = area.region
            for row in range(room.y, room.bottom):
                lines[row] = lines[row][: room.x] + lines[row][room.right :]
        return "\n".join(lines)
    box = next(iter(app.screen.query(".box") or app.screen.query("CommandPalette > Vertical"))).region
    return "\n".join(text[box.x : box.right] for text in lines[box.y : box.bottom])


@pytest.mark.parametrize(
    "name", ["today", "clients", "client", "playbooks", "run", "history", "pause", "call-sheet"]
)
async def test_the_language_changes_at_once_and_is_kept(workspace: Workspace, name: str) -> None:
    """Each screen then reads as if it had been opened in that language."""
    scene, looks = SCENES[name], {}
    for language in ("en", "es"):
        use_language(language)
        app = PlaybookApp(workspace)
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            go(app, workspace, scene)
            await settled(pilot)
            await press(pilot, *scene.keys)
            looks[language] = rendered(app)
            if language == "es":
                for other in ("en", "es"):
                    app.use_language(other)
                    await press(pilot, *(["g"] if name == "playbooks" else []))  # they stand in another order
                    assert rendered(app) == looks[other], other
    assert looks["en"] != looks["es"]
    assert workspace.locations.config_file.read_text("utf-8") == 'language = "es"\n'

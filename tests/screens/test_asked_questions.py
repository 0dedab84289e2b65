"""Forms whose questions come and go with the answers: a step's, a run's, at the start, and on the call sheet."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.core.problems import Refusal
from playbook.dialogs.asking import words_by_field
from playbook.dialogs.form import FormDialog
from playbook.dialogs.start import StartDialog
from playbook.screens.call_sheet import CallSheetScreen
from playbook.screens.run import RunScreen
from playbook.widgets.form_field import FormField
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm
from tests.screens.calls import here, opened, press, recorded, run_of, settled, typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace

GIFT = """
title = "Zebra"
target_label = "Day of the gift"

[[field]]
id = "rule"
label = "Their rule"
kind = "choice"
choices = { none = "no limit", limit = "a limit" }
required = true
save_as = "gift-rule"

[[field]]
id = "cap"
label = "The limit"
kind = "money"
required = true
when = { field = "rule", is = "limit" }
save_as = "gift-limit"

[[field]]
id = "day"
label = "Day they want it"
kind = "date"

[[field]]
id = "late"
label = "Why so late"
when = { field = "day", after = 2026-12-24 }

[[section]]
id = "all"
title = "All"

[[section.step]]
id = "send"
title = "Send it"
field = [
  { id = "how-late", label = "Say why first", required = true, when = { field = "guests", at_least = 10 } },
  { id = "wish", label = "Their wish", kind = "choice", choices = { tea = "tea", other = "something else" }, required = true, save_as = "gift-wish" },
  { id = "what", label = "What then", required = true, when = { all = [ { field = "wish", is = "other" }, { any = [ { field = "rule", is = "none" }, { field = "rule", is = "limit" } ] } ] } },
  { id = "shop", label = "Which shop", when = { field = "what", answered = true } },
  { id = "guests", label = "Guests", kind = "number" },
]
"""


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typing slowly is no pause."""
    monkeypatch.setattr("playbook.screens.call_sheet.PAUSE", 60.0)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "gift", GIFT)
    yield made
    made.close()


def begun(workspace: Workspace, **answers: str) -> str:
    """The id of a run of the gift."""
    allowed(workspace.clients.add("Luz"))
    form = StartForm("gift", "luz", answers={"rule": "none", **answers})
    return allowed(workspace.runs.start(form)).run.id


@asynccontextmanager
async def on_step(
    workspace: Workspace, run_id: str, step_id: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int]]]:
    """The run with the cursor on a step."""
    app = PlaybookApp(workspace, run_id=run_id)
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, RunScreen)
        assert app.screen.rows.select(step_id)
        await settled(pilot)
        yield app, pilot


def asked(app: PlaybookApp) -> list[str]:
    """The ids of the questions in view, in order."""
    return [field.question.id for field in app.screen.query(FormField) if field.display]


def at(app: PlaybookApp) -> str:
    """The question the focus is in."""
    return next((field.question.id for field in app.screen.query(FormField) if field.has_focus_within), "")


def under(app: PlaybookApp, words: str) -> list[str]:
    """The questions under which these words stand."""
    return [f.question.id for f in app.screen.query(FormField) if f.display and words in str(f._said.content)]


# The real ones.


@pytest.mark.parametrize("key", ["space", "w"])
async def test_whether_a_change_can_wait(workspace: Workspace, key: str) -> None:
    allowed(workspace.clients.add("Luz"))
    run = allowed(
        workspace.runs.start(StartForm("change-heads-up", "luz", answers={"matter": "The day"}))
    ).run
    async with on_step(workspace, run.id, "can-it-wait") as (app, pilot):
        await press(pilot, key)
        assert asked(app) == ["waits"]
        await press(pilot, "2")
        assert asked(app) == ["waits", "why-now"]
        await press(pilot, "1")
        assert asked(app) == ["waits"]
        await press(pilot, "2", "enter")
        assert at(app) == "why-now"
        if key == "space":
            await press(pilot, "ctrl+s")
            assert under(app, "Needs an answer.") == ["why-now"]
        await press(pilot, *typing("They move out"), "enter")
        assert isinstance(app.screen, RunScreen)
        progress = run_of(workspace, run.id).progress("can-it-wait")
        assert progress.answers == {"waits": "now", "why-now": "They move out"}
        assert progress.state == ("done" if key == "space" else "open")


async def test_an_overdue_invoice_opens_three_questions(workspace: Workspace) -> None:
    allowed(workspace.clients.add("Luz"))
    found = allowed(workspace.playbooks.load("money-conversation")).playbook
    answers = {field.id: "x" for field in found.fields if field.required}
    run = allowed(workspace.runs.start(StartForm("money-conversation", "luz", answers=answers))).run
    async with on_step(workspace, run.id, "which-money") as (app, pilot):
        await press(pilot, "space")
        assert asked(app) == ["money-kind"]
        await press(pilot, "6", "ctrl+s")
        assert asked(app) == ["money-kind", "invoice-number", "invoice-sum", "invoice-due"]
        assert under(app, "Needs an answer.") == ["invoice-number", "invoice-sum", "invoice-due"]
        assert at(app) == "invoice-number"
        await press(pilot, *"R7", "tab", *typing("90 EUR"), "tab", *"fri", "enter")
        answers = dict(run_of(workspace, run.id).progress("which-money").answers)
        assert answers["invoice-due"] == "2026-11-27"
        assert run_of(workspace, run.id).progress("which-money").state == "done"


# A step's answers.


async def test_tab_goes_to_the_question_that_was_opened(workspace: Workspace) -> None:
    run_id = begun(workspace)
    async with on_step(workspace, run_id, "send") as (app, pilot):
        await press(pilot, "space")
        assert asked(app) == ["wish", "guests"]
        for key, letter in (("2", "2"), ("tab", None)):  # in one go
            app.post_message(events.Key(key, letter))
        await settled(pilot)
        assert at(app) == "what"
        await press(pilot, "x")
        assert asked(app) == ["wish", "what", "shop", "guests"]
        await press(pilot, "tab", "tab", "tab")
        assert at(app) == "wish"


async def test_a_question_above_opens_in_its_place_and_the_focus_stays(workspace: Workspace) -> None:
    run_id = begun(workspace)
    async with on_step(workspace, run_id, "send") as (app, pilot):
        await press(pilot, "space", "1", "tab", *typing("10"))
        assert asked(app) == ["how-late", "wish", "guests"]
        assert at(app) == "guests"
        await press(pilot, "x")
        assert asked(app) == ["wish", "guests"]
        await press(pilot, "backspace", "enter")
        assert under(app, "Needs an answer.") == ["how-late"]
        assert at(app) == "how-late"


async def test_what_was_typed_into_a_question_that_went_is_not_stored(workspace: Workspace) -> None:
    run_id = begun(workspace)
    async with on_step(workspace, run_id, "send") as (app, pilot):
        await press(pilot, "space", "2", "enter", *"pen", "tab", *"Ink", "shift+tab", "shift+tab", "1")
        assert asked(app) == ["wish", "guests"]
        await press(pilot, "ctrl+s")
        assert run_of(workspace, run_id).progress("send").answers == {"wish": "tea"}
        assert run_of(workspace, run_id).progress("send").state == "done"


async def test_an_opened_question_of_a_done_step_says_that_it_lacks_an_answer(workspace: Workspace) -> None:
    run_id = begun(workspace)
    allowed(workspace.runs.tick(run_id, "send", {"wish": "tea"}))
    async with on_step(workspace, run_id, "send") as (app, pilot):
        await press(pilot, "w")
        await press(pilot, "shift+tab", "2", "ctrl+s")
        assert under(app, "Needs an answer.") == ["what"]
        await press(pilot, *"pen", "ctrl+s")
        assert run_of(workspace, run_id).progress("send").answers == {"wish": "other", "what": "pen"}


async def test_a_refusal_that_names_a_question_out_of_view_brings_it(workspace: Workspace) -> None:
    run_id = begun(workspace)
    async with on_step(workspace, run_id, "send") as (app, pilot):
        await press(pilot, "space", "1")
        lacking = Refusal("fields-missing", {"step": "Send", "labels": ["What then"], "fields": ["what"]})
        assert isinstance(app.screen, FormDialog)
        app.screen._check = lambda _typed: words_by_field(lacking, ["wish", "what"])
        await press(pilot, "ctrl+s")
        assert at(app) == "what"
        assert under(app, "Needs an answer.") == ["what"]
        app.screen._check = lambda _typed: words_by_field(lacking, ["wish"])
        await press(pilot, "ctrl+s")
        assert under(app, "“Send” needs an answer first: What then.") == ["wish"]


# The run's answers, and the start.


async def test_the_answers_of_a_run(workspace: Workspace) -> None:
    run_id = begun(workspace)
    async with on_step(workspace, run_id, "send") as (app, pilot):
        await press(pilot, "i")
        assert asked(app) == ["rule", "day"]
        await press(pilot, "shift+tab", "2", "ctrl+s")
        assert asked(app) == ["rule", "cap", "day"]
        assert under(app, "Needs an answer.") == ["cap"]
        await press(pilot, *typing("50 EUR"), "ctrl+s")
        assert run_of(workspace, run_id).answers["cap"] == {"amount": "50.00", "currency": "EUR"}


async def test_what_the_client_has_saved_is_offered_when_the_question_opens(workspace: Workspace) -> None:
    begun(workspace, rule="limit", cap="40 EUR")
    run = allowed(workspace.runs.start(StartForm("gift", "luz", answers={"rule": "none"}))).run
    assert run.answers == {"rule": "none"}  # what is not asked is not stored, not even what is offered
    async with on_step(workspace, run.id, "send") as (app, pilot):
        await press(pilot, "i", "shift+tab", "2")
        assert asked(app) == ["rule", "cap", "day"]
        assert "40.00 EUR" in rendered(app)
        await press(pilot, "ctrl+s")
        assert run_of(workspace, run.id).answers["cap"] == {"amount": "40.00", "currency": "EUR"}


async def test_the_start_asks_what_an_answer_opens(workspace: Workspace) -> None:
    allowed(workspace.clients.add("Luz"))
    app = PlaybookApp(workspace)
    async with app.run_test(size=(80, 40), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        await press(pilot, "2", "a", *typing("zebra"), "enter")
        assert isinstance(app.screen, StartDialog)
        assert asked(app) == ["start", "target", "rule", "day"]
        await press(pilot, "tab", "tab", "tab", *typing("30 dec"))
        assert asked(app) == ["start", "target", "rule", "day", "late"]
        await press(pilot, "shift+tab", "2", "ctrl+s")
        assert asked(app) == ["start", "target", "rule", "cap", "day", "late"]
        assert under(app, "Needs an answer.") == ["cap"]
        assert at(app) == "cap"
        await press(pilot, *typing("50 EUR"), "shift+tab", "1", "ctrl+s", "enter")
        assert run_of(workspace, allowed(workspace.runs.find("luz/gift"))).answers == {
            "rule": "none", "day": "2026-12-30"
        }  # fmt: skip


def test_a_target_that_is_no_day_is_told_under_the_target(workspace: Workspace) -> None:
    outcome = workspace.runs.preview(StartForm("gift", "", new_client="Nova", target="whenever"))
    assert isinstance(outcome, Refusal)
    assert outcome.args["field"] == "target"


# The call sheet.


async def test_the_call_sheet_shows_what_an_offered_answer_opens(workspace: Workspace) -> None:
    run_id = begun(workspace)
    luz = workspace.clients.find("luz")
    assert isinstance(luz, str)
    allowed(workspace.clients.set(luz, {"gift-wish": "other"}))
    async with opened(workspace, run_id, "all") as (app, pilot):
        assert asked(app) == ["wish", "what", "guests"]
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CallSheetScreen)
        assert here(app) == "what"
        assert under(app, "Needs an answer.") == ["what"]
        await press(pilot, *"pen", "ctrl+s")
        found = run_of(workspace, run_id).progress("send")
        assert (found.state, found.answers) == ("done", {"what": "pen", "wish": "other"})


async def test_the_call_sheet_shows_at_once_what_an_answer_opens(workspace: Workspace) -> None:
    run_id = begun(workspace)
    async with opened(workspace, run_id, "all") as (app, pilot):
        await press(pilot, "tab", "2")
        assert asked(app) == ["wish", "what", "guests"]
        assert recorded(workspace, run_id) == []
        await press(pilot, "tab")
        assert here(app) == "what"
        await press(pilot, "shift+tab", "1")
        assert asked(app) == ["wish", "guests"]
        await press(pilot, "tab")
        assert here(app) == "guests"


async def test_on_the_call_sheet_a_done_step_takes_an_answer_with_the_one_it_opens(
    workspace: Workspace,
) -> None:
    run_id = begun(workspace)
    allowed(workspace.runs.tick(run_id, "send", {"wish": "tea"}))
    async with opened(workspace, run_id, "all") as (app, pilot):
        await press(pilot, "up", "tab", "2", "ctrl+s")
        assert here(app) == "what"
        assert under(app, "Needs an answer.") == ["what"]
        assert under(app, "!") == ["what"]
        await press(pilot, *"pen", "tab")
        assert run_of(workspace, run_id).progress("send").answers == {"wish": "other", "what": "pen"}
        assert recorded(workspace, run_id) == ["tick", "answer"]
        await press(pilot, "escape")
        assert isinstance(app.screen, RunScreen)


async def test_an_undo_that_closes_the_question_one_is_in_leaves_the_focus_above_it(
    workspace: Workspace,
) -> None:
    add_playbook(
        workspace, "gift", GIFT.replace('label = "What then"', 'label = "What then", kind = "yes-no"')
    )
    run_id = begun(workspace)
    async with opened(workspace, run_id, "all") as (app, pilot):
        await press(pilot, "tab", "2", "tab")
        assert here(app) == "what"
        await press(pilot, "u")
        assert asked(app) == ["wish", "guests"]
        assert here(app) == "wish"


async def test_nothing_of_a_question_that_went_is_recorded_when_the_app_closes(workspace: Workspace) -> None:
    run_id = begun(workspace)
    async with opened(workspace, run_id, "all") as (app, pilot):
        app.screen.set_focus(None)
        fields = {field.question.id: field for field in app.screen.query(FormField)}
        assert not fields["what"].display
        fields["what"].fill("pen")
        fields["guests"].fill("3")
        app.exit()
        await settled(pilot)
    assert run_of(workspace, run_id).progress("send").answers == {"guests": 3}


async def test_what_is_saved_of_the_client_stands_in_the_pane_to_be_confirmed(workspace: Workspace) -> None:
    run_id = begun(workspace)
    allowed(workspace.runs.answer(run_id, "send", {"wish": "tea"}))
    again = allowed(workspace.runs.start(StartForm("gift", "luz", answers={"rule": "none"}))).run.id
    async with on_step(workspace, again, "send", (120, 40)) as (app, _pilot):
        assert "tea · to confirm" in rendered(app)
        assert "still to answer" not in rendered(app)

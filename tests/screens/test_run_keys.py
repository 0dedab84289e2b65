"""The keys of a run, one after the other: what each asks, what it changes, and what the screen says then."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.core.run import Run
from playbook.dialogs.ask_text import AskTextDialog
from playbook.dialogs.confirm import ConfirmDialog
from playbook.dialogs.form import FormDialog
from playbook.dialogs.start import StartDialog
from playbook.dialogs.what_if import WhatIfDialog
from playbook.screens.call_sheet import CallSheetScreen
from playbook.screens.run import RunScreen
from playbook.widgets.row_list import RowList
from playbook.workspace import Workspace
from tests.screens.calls import press, recorded, run_of, settled, told, typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start

ALL = """
title = "All"
target_label = "Go-live"
[roles]
lead = "The lead"
[[field]]
id = "tier"
label = "Tier"
kind = "choice"
choices = { gold = "Gold", plain = "Plain" }

[[section]]
id = "talk"
title = "The talk"
pause = "Before you hang up"
mode = "do-confirm"
step = [
  { id = "hello", title = "Say hello", due = "start + 1bd" },
  { id = "money", title = "Say the price", field = [ { id = "price", label = "Price", required = true } ] },
  { id = "thanks", title = "Thank them", needs = ["money"] },
  { id = "bye", title = "Say goodbye", role = "lead", due = "start + 2bd" },
]

[[section]]
id = "work"
title = "The work"
step = [
  { id = "promise", title = "Promise a draft", logs = { kind = "promise", text = "what", on = "when" }, field = [
    { id = "what", label = "What" }, { id = "when", label = "When", kind = "date" },
  ] },
  { id = "kept", title = "Hand over the draft", closes = "promise" },
  { id = "early", title = "Open the gift", opens = "start + 5d" },
  { id = "weekly", title = "Weekly word", due = "start", repeat = "1w" },
  { id = "gift", title = "Send a gift", starts = "gift" },
]

[[section]]
id = "perks"
title = "The perks"
when = { field = "tier", is = "gold" }
step = [ { id = "perk", title = "Tell their perk", due = "target - 1bd" } ]
"""

GIFT = 'title = "Gift"\n[[section]]\ntitle = "All"\n[[section.step]]\nid = "wrap"\ntitle = "Wrap it"\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    add_playbook(made, "all", ALL)
    add_playbook(made, "gift", GIFT)
    yield made
    made.close()


@pytest.fixture
def run_id(workspace: Workspace) -> str:
    run = start(workspace, "all", "Luz").run
    allowed(workspace.runs.answer(run.id, "", {"tier": "gold"}))
    return run.id


@asynccontextmanager
async def opened(
    workspace: Workspace, run_id: str, at: str = ""
) -> AsyncIterator[tuple[PlaybookApp, Pilot[int], RowList]]:
    """The run with the cursor on a row."""
    app = PlaybookApp(workspace, run_id=run_id)
    async with app.run_test(size=(120, 40), notifications=True, tooltips=True) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, RunScreen)
        rows = app.screen.rows
        assert rows.has_focus
        if at:
            assert rows.select(at)
            await settled(pilot)
        yield app, pilot, rows


def row(app: PlaybookApp, title: str) -> str:
    """The line of the list that has this title, without the pane beside it."""
    lines = [line.split("││")[0] for line in rendered(app).splitlines() if line.startswith("│")]
    return next(line for line in lines if title in line)


def pane(app: PlaybookApp) -> str:
    """What the pane says about the row under the cursor."""
    beside = [line.partition("││")[2].rstrip("│ ") for line in rendered(app).splitlines()]
    return " ".join(" ".join(beside).split())


def shown(app: PlaybookApp) -> str:
    """What a dialog says."""
    return " ".join(rendered(app).replace("│", " ").split())


def states(run: Run, *step_ids: str) -> list[str]:
    return [run.progress(step_id).state for step_id in step_ids]


# Sections.


async def test_brackets_go_from_heading_to_heading(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "hello") as (_app, pilot, rows):
        seen = []
        for key in ("right_square_bracket", "right_square_bracket", "right_square_bracket"):
            await press(pilot, key)
            seen.append(rows.key)
        assert seen == ["-work", "-perks", "-perks"]
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert rows.key == "-talk"
        await press(pilot, "left_square_bracket")
        assert rows.key == "-talk"


async def test_left_folds_and_right_unfolds(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "money") as (app, pilot, rows):
        assert "▾ The talk" in rendered(app)
        await press(pilot, "left")
        assert rows.key == "-talk"
        assert "▸ The talk" in rendered(app)
        assert "Thank them" not in rendered(app) and "Weekly word" in rendered(app)
        await press(pilot, "down")
        assert rows.key == "-work"
        await press(pilot, "up", "right")
        assert "▾ The talk" in rendered(app) and "Thank them" in rendered(app)
        assert rows.key == "-talk"


async def test_the_pane_says_what_a_section_is(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "-talk") as (app, pilot, rows):
        said = pane(app)
        for words in ("Pause: Before you hang up", "do, then confirm", "0/4", "Space ticks every open step"):
            assert words in said
        assert "Enter goes through it one line at a time" in said and "Because" not in said
        rows.select("-perks")
        await settled(pilot)
        said = pane(app)
        assert "Because “Tier” is “Gold”." in said and "read, then do" in said
        assert "Pause:" not in said and "Space ticks" not in said
        assert "Enter opens its call sheet" in said
        assert "The perks ◇" in row(app, "The perks")


async def test_space_confirms_a_section_as_one_change(workspace: Workspace, run_id: str) -> None:
    four = ("hello", "money", "thanks", "bye")
    async with opened(workspace, run_id, "-talk") as (app, pilot, _rows):
        await press(pilot, "space")
        assert states(run_of(workspace, run_id), *four) == ["done", "open", "open", "done"]
        assert "2/4" in row(app, "The talk")
        await press(pilot, "space")
        assert "Nothing in this section can be confirmed" in told(app)
        await press(pilot, "u")
        assert states(run_of(workspace, run_id), *four) == ["open"] * 4
        assert "0/4" in row(app, "The talk")


async def test_space_on_a_section_that_is_settled_says_so(workspace: Workspace, run_id: str) -> None:
    for step_id in ("hello", "money", "thanks", "bye"):
        allowed(workspace.runs.skip(run_id, step_id, "no time"))
    async with opened(workspace, run_id, "-talk") as (app, pilot, _rows):
        await press(pilot, "space")
        assert "Every step of this section is settled." in told(app)


async def test_space_on_a_section_to_be_read_only_tells(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "-work") as (app, pilot, _rows):
        await press(pilot, "space")
        assert "Space ticks one step." in told(app)
        assert recorded(workspace, run_id) == ["answer"]


async def test_w_on_a_heading_answers_what_was_asked_at_the_start(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "-talk") as (app, pilot, _rows):
        assert "w answers what was asked at the start." in pane(app)
        await press(pilot, "w")
        assert isinstance(app.screen, FormDialog) and "Tier" in shown(app)
        await press(pilot, "2", "ctrl+s")
        assert run_of(workspace, run_id).answers == {"tier": "plain"}
        await press(pilot, "t")
        assert "i in the run changes what else was asked at its start: Tier" in shown(app)


async def test_v_on_a_heading_marks_its_open_steps(workspace: Workspace, run_id: str) -> None:
    allowed(workspace.runs.tick(run_id, "hello"))
    async with opened(workspace, run_id, "-talk") as (_app, pilot, rows):
        await press(pilot, "v")
        assert rows.marked == {"money", "thanks", "bye"}
        rows.select("-talk")
        await press(pilot, "v")
        assert rows.marked == set()


async def test_enter_on_a_heading_opens_its_call_sheet(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "-work") as (app, pilot, rows):
        await press(pilot, "enter")
        assert isinstance(app.screen, CallSheetScreen) and app.screen.section_id == "work"
        await press(pilot, "escape")
        assert isinstance(app.screen, RunScreen) and rows.key == "-work" and rows.has_focus


# One step.


async def test_b_blocks_with_a_reason_and_a_day_and_unblocks(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "money") as (app, pilot, rows):
        await press(pilot, "b")
        assert isinstance(app.screen, FormDialog)
        await press(pilot, "enter", "enter")
        assert "A few words on why." in rendered(app)
        await press(pilot, *typing("no list"), "enter", *typing("fri"), "enter")
        found = run_of(workspace, run_id).progress("money").blocked
        assert found is not None and tuple(found) == ("no list", "2026-11-27")
        assert rows.has_focus and rows.key == "money"
        assert "■ Say the price" in row(app, "Say the price")
        assert "blocked Fri 27 Nov" in row(app, "Say the price")
        assert "blocked: no list" in pane(app) and "look at it again Fri 27 Nov" in pane(app)
        await press(pilot, "space")
        assert "is blocked: no list. Unblock it first." in told(app)
        assert states(run_of(workspace, run_id), "money") == ["open"]
        await press(pilot, "b")
        assert run_of(workspace, run_id).progress("money").blocked is None
        assert "☐ Say the price" in row(app, "Say the price")


async def test_a_blocked_step_without_a_day_says_so_in_a_word(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "hello") as (app, pilot, _rows):
        await press(pilot, "b", *typing("ill"), "enter", "enter")
        assert row(app, "Say hello").split()[-1] == "blocked"
        await press(pilot, "u")
        assert "Tue 24 Nov" in row(app, "Say hello")


async def test_p_gives_a_step_to_somebody(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "hello") as (app, pilot, _rows):
        await press(pilot, "p")
        assert isinstance(app.screen, AskTextDialog)
        await press(pilot, *typing("Ben"), "enter")
        assert run_of(workspace, run_id).progress("hello").person == "Ben"
        assert "Given to Ben." in pane(app)


async def test_plus_adds_a_step_below_that_can_be_ticked(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "hello") as (app, pilot, rows):
        await press(pilot, "plus", *typing("Call the bank"), "enter")
        own = run_of(workspace, run_id).own
        assert [(step.title, step.section, step.after) for step in own] == [
            ("Call the bank", "talk", "hello")
        ]
        await press(pilot, "down")
        assert rows.key == own[0].id
        assert "Added to this run alone." in pane(app)
        await press(pilot, "space")
        assert states(run_of(workspace, run_id), own[0].id) == ["done"]
        assert "✓ Call the bank" in row(app, "Call the bank")


async def test_r_gives_the_roles_of_the_run(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "bye") as (app, pilot, _rows):
        await press(pilot, "R")
        assert "The lead" in rendered(app)
        await press(pilot, *["backspace"] * 12, *typing("Eva"), "enter")
        assert run_of(workspace, run_id).roles == {"lead": "Eva"}
        assert "The lead: Eva." in pane(app)


async def test_t_shows_what_would_move_and_enter_moves_it_at_once(workspace: Workspace, run_id: str) -> None:
    before = run_of(workspace, run_id)
    async with opened(workspace, run_id, "hello") as (app, pilot, _rows):
        for last in ("escape", "enter"):
            await press(pilot, "t", *typing("mon"), "tab", *typing("18 dec"), "enter")
            assert isinstance(app.screen, WhatIfDialog)
            said = shown(app)
            assert "4 dates move" in said
            assert "Say hello Tue 24 Nov → Tue 1 Dec" in said
            assert "Say goodbye Wed 25 Nov → Wed 2 Dec" in said
            assert "Tell their perk waiting → Thu 17 Dec" in said
            await press(pilot, last)
            assert isinstance(app.screen, RunScreen)
            if last == "escape":
                assert run_of(workspace, run_id) == before
        assert (run_of(workspace, run_id).start, run_of(workspace, run_id).target) == (
            "2026-11-30", "2026-12-18",
        )  # fmt: skip
        assert "Tue 1 Dec" in row(app, "Say hello") and "Thu 17 Dec" in row(app, "Tell their perk")
        await press(pilot, "u")
        moved = run_of(workspace, run_id)
        assert (moved.start, moved.target) == (before.start, before.target)


# Again.


async def test_again_repeats_the_last_action_here_and_on_marked_ones(
    workspace: Workspace, run_id: str
) -> None:
    async with opened(workspace, run_id, "hello") as (app, pilot, rows):
        await press(pilot, "full_stop")
        assert "Nothing was done yet that could be done again." in told(app)
        await press(pilot, "n", *typing("ring twice"), "ctrl+s")
        rows.select("money")
        await press(pilot, "full_stop")
        assert "Again: noted." in told(app)
        rows.select("promise")
        await press(pilot, "v", "v", "full_stop")
        assert "2 steps changed" in told(app)
        run = run_of(workspace, run_id)
        noted = [
            step for step in ("hello", "money", "bye", "promise", "kept", "early") if run.progress(step).notes
        ]
        assert noted == ["hello", "money", "promise", "kept"]
        await press(pilot, "u")
        run = run_of(workspace, run_id)
        assert [bool(run.progress(s).notes) for s in noted] == [True, True, False, False]


async def test_again_says_nothing_was_done_when_it_was_refused(workspace: Workspace, run_id: str) -> None:
    allowed(workspace.runs.tick(run_id, "bye"))
    async with opened(workspace, run_id, "hello") as (app, pilot, rows):
        await press(pilot, "b", *typing("no list"), "enter", "enter")
        rows.select("bye")
        await press(pilot, "full_stop")
        assert "“Say goodbye” is already done." in told(app)
        assert "Again:" not in told(app)
        rows.select("early")
        await press(pilot, "full_stop")
        assert "Again: blocked." in told(app)


async def test_of_several_those_that_refuse_are_counted(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "hello") as (app, pilot, _rows):
        await press(pilot, "v", "v", "v", "space")
        assert "1 step changed. 2 stayed as they were: " in told(app)
        assert states(run_of(workspace, run_id), "hello", "money", "thanks") == ["done", "open", "open"]


# Ticking that asks.


async def test_a_step_that_closes_entries_asks_how_they_ended(workspace: Workspace, run_id: str) -> None:
    for what, when in (("A draft", "2026-11-20"), ("A plan", "2026-11-23")):
        allowed(workspace.runs.tick(run_id, "promise", {"what": what, "when": when}))
        allowed(workspace.runs.reopen(run_id, "promise"))
    async with opened(workspace, run_id, "kept") as (app, pilot, rows):
        await press(pilot, "space")
        assert isinstance(app.screen, FormDialog)
        assert states(run_of(workspace, run_id), "kept") == ["open"]
        said = shown(app)
        assert "A draft" in said and "Friday 20 November 2026" in said
        assert "( ) missed and owned" in said and said.count("(•)") == 1 and "(•) kept, on time" in said
        await press(pilot, "escape")
        assert states(run_of(workspace, run_id), "kept") == ["open"]
        await press(pilot, "space", "3", "ctrl+s")
        assert states(run_of(workspace, run_id), "kept") == ["done"] and rows.has_focus
        entries = allowed(workspace.runs.handout(run_id, client_safe=False)).entries
        assert [entry.outcome for entry in entries if entry.kind == "promise"] == ["moved", "on-time"]


async def test_a_step_before_its_day_asks_for_a_reason_once(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "early") as (app, pilot, _rows):
        assert "not before Mon 30 Nov" in pane(app)
        await press(pilot, "space")
        assert isinstance(app.screen, AskTextDialog)
        await press(pilot, "enter")
        assert "This needs a few words." in rendered(app)
        await press(pilot, *typing("they asked"), "enter")
        progress = run_of(workspace, run_id).progress("early")
        assert progress.state == "done" and progress.override is not None
        assert progress.override.reason == "they asked"
        await press(pilot, "space")
        assert states(run_of(workspace, run_id), "early") == ["open"]
        await press(pilot, "space")
        assert isinstance(app.screen, RunScreen)
        assert states(run_of(workspace, run_id), "early") == ["done"]


async def test_a_repeating_step_stays_with_its_next_date(workspace: Workspace, run_id: str) -> None:
    async with opened(workspace, run_id, "weekly") as (app, pilot, rows):
        assert "☐ Weekly word" in row(app, "Weekly word") and "today" in row(app, "Weekly word")
        await press(pilot, "space")
        assert rows.key == "weekly"
        assert "↻ Weekly word" in row(app, "Weekly word") and "Mon 30 Nov" in row(app, "Weekly word")
        assert "Repeats every week." in pane(app) and "↻ ✓ done" in pane(app)
        await press(pilot, "space")
        assert "was done today. It opens again for Monday 30 November 2026" in told(app)
        assert len(run_of(workspace, run_id).progress("weekly").earlier) == 1


async def test_a_step_offers_a_playbook_and_a_second_time_asks_first(
    workspace: Workspace, run_id: str
) -> None:
    async with opened(workspace, run_id, "gift") as (app, pilot, _rows):
        await press(pilot, "space")
        assert isinstance(app.screen, StartDialog)
        await press(pilot, "ctrl+s", "ctrl+s")
        started = run_of(workspace, run_id).progress("gift").started_runs
        assert len(started) == 1 and isinstance(app.screen, RunScreen)
        assert f"Started {started[0]}." in pane(app)
        await press(pilot, "space", "space")
        assert isinstance(app.screen, ConfirmDialog)
        assert f"This step has started {started[0]} already." in shown(app)
        await press(pilot, "n")
        assert run_of(workspace, run_id).progress("gift").started_runs == started
        await press(pilot, "space", "space", "y")
        assert isinstance(app.screen, StartDialog)
        await press(pilot, "ctrl+s", "ctrl+s")
        assert len(run_of(workspace, run_id).progress("gift").started_runs) == 2

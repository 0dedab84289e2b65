"""How a step stands can be seen without colour, and the pane says why in words."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest
from rich.cells import cell_len
from textual.color import Color

from playbook.core.operations import Draft
from playbook.core.view import StepView
from playbook.theme import THEMES, Theme
from playbook.widgets.colours import TONES, Palette, textual_theme
from playbook.widgets.due_label import Now
from playbook.widgets.spans import Spans
from playbook.widgets.step_sheet import sheet_lines
from playbook.widgets.step_sheets import sheet_of
from playbook.widgets.step_signs import marks_of, standing_of, titled
from playbook.words.signs import (
    BLOCKED,
    CHANNEL_SIGNS,
    CONDITIONAL,
    FAULTY,
    FOLDED,
    GIVEN,
    HIDDEN,
    LOCKED,
    OVERDUE,
    REPEATS,
    RETIRED,
    STATE_SIGNS,
    UNFOLDED,
    WAITING,
    WARNED,
)
from playbook.workspace import Workspace
from playbook.workspace.runs import OpenRun
from tests.screens.test_theme import LEAST, contrast
from tests.workspaces import add_playbook, allowed, make_workspace, start

STATES = """
title = "States"
[[field]]
id = "tier"
label = "Tier"
kind = "choice"
choices = { gold = "Gold", plain = "Plain" }

[[section]]
title = "All"
step = [
  { id = "plain", title = "Just do it" },
  { id = "locked", title = "Begin", needs = ["plain"] },
  { id = "waiting", title = "Follow up", due = "plain + 2bd" },
  { id = "blocked", title = "Choose a venue" },
  { id = "conditional", title = "Tell their perk", when = { field = "tier", is = "gold" } },
  { id = "first", title = "Weekly word", due = "start", repeat = "1w" },
  { id = "later", title = "Monthly word", due = "start", repeat = "1mo" },
  { id = "retired", title = "Send a fax" },
  { id = "hidden", title = "Offer gold", when = { field = "tier", is = "plain" } },
  { id = "done", title = "Say hello" },
  { id = "skipped", title = "Say more" },
  { id = "unfit", title = "Say the rest" },
  { id = "impossible", title = "Prepare", due = "start - 3d" },
]
"""

SIGNS = {
    "plain": ("☐", ""), "locked": ("⊘", ""), "waiting": ("◷", ""), "blocked": ("■", ""), "conditional": ("☐", "◇"),
    "first": ("☐", "↻"), "later": ("↻", ""), "retired": ("✗", ""), "hidden": ("∅", "◇"), "done": ("✓", ""),
    "skipped": ("↷", ""), "unfit": ("–", ""), "impossible": ("☐", "△"),
}  # fmt: skip
"""The sign in front of each, and the marks beside it."""

WORDS = {
    "plain": "", "locked": "locked", "waiting": "waiting", "blocked": "blocked", "conditional": "", "first": "",
    "later": "", "retired": "retired", "hidden": "not needed", "done": "done", "skipped": "skipped", "unfit": "n/a",
    "impossible": "",
}  # fmt: skip
"""The word behind each; where there is none, the date stands there."""

WHY = {
    "locked": ["⊘ locked until settled: Just do it"],
    "waiting": ["2 working days after “Just do it”"],
    "blocked": ["■ blocked: the list is missing", "look at it again Fri 27 Nov"],
    "conditional": ["Because “Tier” is “Gold”."],
    "first": ["Repeats every week."],
    "later": ["Repeats every month.", "↻ ✓ done"],
    "retired": ["✗ no longer in the playbook; kept for what was recorded here"],
    "hidden": ["∅ no longer needed", "Not needed unless “Tier” is “Plain”."],
    "done": ["✓ done"],
    "skipped": ["↷ skipped", "Reason: no time"],
    "unfit": ["– n/a", "Reason: too small"],
    "impossible": ["△ would be before the start, so it is on the start"],
}
"""What the pane says, word for word."""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, OpenRun]]:
    """A run with a step in each state."""
    workspace = make_workspace(tmp_path_factory.mktemp("states"))
    add_playbook(workspace, "states", STATES)
    runs, run_id = workspace.runs, start(workspace, "states", "Luz").run.id
    allowed(runs.answer(run_id, "", {"tier": "gold"}))
    blocked = runs.decisions.block("the list is missing", date(2026, 11, 27))("blocked")
    allowed(runs.change(run_id, blocked, lambda _sheet: Draft("retire", "retired", {})))
    allowed(runs.tick(run_id, "later"))
    allowed(runs.tick(run_id, "done"))
    allowed(runs.skip(run_id, "skipped", "no time"))
    allowed(runs.skip(run_id, "unfit", "too small", fits=False))
    yield workspace, allowed(runs.open(run_id))
    workspace.close()


@pytest.fixture(scope="module")
def views(opened: tuple[Workspace, OpenRun]) -> dict[str, StepView]:
    return dict(opened[1].sheet.view.steps)


def text(parts: Spans) -> str:
    return "".join(part.text for part in parts)


def pane(opened: tuple[Workspace, OpenRun], step_id: str) -> list[Spans]:
    """The lines of the detail pane, wide enough for every sentence."""
    workspace, run = opened
    now = Now(workspace.clock.now(), workspace.calendar)
    return sheet_lines(
        sheet_of(run.sheet.view.steps[step_id], run.sheet, run.texts("Ana", now.today), now), 200
    )


def test_every_state_has_its_sign_and_its_word(views: dict[str, StepView]) -> None:
    assert {i: (standing_of(v).sign, text(marks_of(v))) for i, v in views.items()} == SIGNS
    assert {i: standing_of(v).word for i, v in views.items()} == WORDS


def test_no_two_states_look_alike_without_colour(views: dict[str, StepView]) -> None:
    looks = {step_id: standing_of(v).sign + text(marks_of(v)) for step_id, v in views.items()}
    assert len(looks) == len(SIGNS)
    assert [pair for pair in combinations(looks, 2) if looks[pair[0]] == looks[pair[1]]] == []


def test_no_sign_stands_for_two_things_and_each_is_one_cell() -> None:
    signs = [
        *STATE_SIGNS.values(), *CHANNEL_SIGNS.values(), LOCKED, WARNED, HIDDEN, OVERDUE, BLOCKED, WAITING, RETIRED, REPEATS,
        CONDITIONAL, GIVEN, FAULTY, FOLDED, UNFOLDED,
    ]  # fmt: skip
    assert len(set(signs)) == len(signs)
    assert [sign for sign in signs if cell_len(sign) != 1 or len(sign) != 1] == []


def test_what_is_drawn_before_and_beside_a_step_is_one_cell_each(views: dict[str, StepView]) -> None:
    for view in views.values():
        assert cell_len(standing_of(view).sign) == 1
        assert [cell_len(mark.text) for mark in marks_of(view)] == [1] * len(marks_of(view))


@pytest.mark.parametrize("step_id", list(WHY))
def test_the_pane_says_why_in_words(opened: tuple[Workspace, OpenRun], step_id: str) -> None:
    lines = [text(line) for line in pane(opened, step_id)]
    for why in WHY[step_id]:
        assert any(why in line for line in lines), lines


def test_the_pane_gives_each_reason_to_its_own_step_alone(opened: tuple[Workspace, OpenRun]) -> None:
    """A step that is just open has no reason, and none shows another's."""
    said = {step_id: "\n".join(text(line) for line in pane(opened, step_id)) for step_id in SIGNS}
    reasons = {why: owner for owner, whys in WHY.items() for why in whys if not why.startswith("✓")}
    for why, owner in reasons.items():
        assert [step_id for step_id, words in said.items() if why in words] == [owner], why


def test_what_presses_most_is_the_sign(opened: tuple[Workspace, OpenRun], views: dict[str, StepView]) -> None:
    """A blocked one that is locked too is blocked; one that is settled or gone shows only that."""
    found = views["blocked"]._replace(locked_by=("plain",))
    assert standing_of(found).sign == BLOCKED
    assert standing_of(found._replace(is_retired=True)).sign == RETIRED
    assert standing_of(found._replace(is_retired=True, is_hidden=True)).sign == HIDDEN
    assert standing_of(views["done"]._replace(locked_by=("plain",))).sign == STATE_SIGNS["done"]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_tone_can_be_read(
    opened: tuple[Workspace, OpenRun], views: dict[str, StepView], theme: Theme
) -> None:
    tones = {standing_of(view).tone for view in views.values()}
    tones |= {part.tone for view in views.values() for part in (*marks_of(view), *titled(view))}
    tones |= {part.tone for step_id in SIGNS for line in pane(opened, step_id) for part in line}
    assert {"overdue", "locked", "waiting", "hidden", "done", "skipped", "key", "dim"} <= tones
    assert tones <= set(TONES) - {"rule"}
    variables = {**textual_theme(theme).to_color_system().generate(), **theme.variables}
    palette = Palette(variables, Color.parse(theme.base["background"]))
    for tone in tones:
        style = palette.style(tone)
        assert style.color is not None and style.bgcolor is not None
        painted = style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex
        assert contrast(*painted) >= LEAST, tone

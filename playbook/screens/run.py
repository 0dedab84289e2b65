"""Run: one playbook with one client, step by step; the list at the left, the step at the right."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from playbook.core.decide import first_ready
from playbook.core.problems import Refusal
from playbook.core.view import StepView
from playbook.dialogs.main_screen import MainScreen
from playbook.dialogs.run_actions import RunActions
from playbook.dialogs.step_actions import Target
from playbook.widgets.columns import Column
from playbook.widgets.due_label import due_label, due_sentence
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.progress_bar import progress_bar
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, Spans, joined, spans
from playbook.widgets.step_detail import StepDetail
from playbook.widgets.step_sheets import sheet_of
from playbook.words import N_, _
from playbook.words.refusals import state_word
from playbook.words.signs import CHANNEL_SIGNS, HIDDEN, LOCKED, STATE_SIGNS

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.workspace import Workspace
    from playbook.workspace.runs import OpenRun


class RunScreen(RunActions, MainScreen):
    """Work through a run."""

    CSS_PATH = "run.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    tab = ""
    footer_order = (
        "step.tick", "step.skip", "step.answer", "step.note", "step.due", "undo", "run.finish", "run.export",
    )  # fmt: skip
    AUTO_FOCUS = "RowList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "swap_pane", N_("list / step"), show=False, id="run.swap", tooltip=N_("Between the list and the step")),
        Binding("right_square_bracket", "section(1)", N_("next section"), show=False, id="run.next-section", key_display="]",
                tooltip=N_("To the next section")),
        Binding("left_square_bracket", "section(-1)", N_("previous section"), show=False, id="run.previous-section",
                key_display="[", tooltip=N_("To the section before")),
        Binding("o", "short_form", N_("short / full"), show=False, id="run.short-form", tooltip=N_("Key steps only, or all")),
        Binding("h", "history", N_("history"), show=False, id="run.history", tooltip=N_("Every change to this run")),
        Binding("y", "copy", N_("copy contact"), show=False, id="run.copy", tooltip=N_("Copy the contact's e-mail or phone")),
    ]  # fmt: skip

    class HistoryWanted(Message):
        """The history of the run is to be shown."""

        def __init__(self, run_id: str) -> None:
            super().__init__()
            self.run_id = run_id

    columns: ClassVar[tuple[Column, ...]] = (
        Column(16, stretch=1),
        Column(2, shrinks=True),
        Column(15, right=True, shrinks=True),
    )

    def __init__(self, workspace: "Workspace", run_id: str, step_id: str = "") -> None:
        super().__init__(workspace)
        self.run_id = run_id
        self._first = step_id
        self._opened: OpenRun | None = None
        self.is_short = False
        self._rows: dict[str, StepView] = {}
        self._keys: list[str] = []
        self._sections: dict[str, list[StepView]] = {}

    def compose_body(self) -> list[Widget]:
        """Head, card, list and step."""
        return [
            HeadLine(id="run-head"), HeadLine(id="run-card"), HeadLine(id="run-note"),
            Horizontal(RowList(self.columns, id="steps"), StepDetail(id="detail"), id="panes"),
        ]  # fmt: skip

    @property
    def undo_run(self) -> str:
        """`u` takes back within this run."""
        return self.run_id

    @property
    def sheet(self) -> "Sheet | None":
        """The run as last read."""
        return self._opened.sheet if self._opened else None

    def reload(self) -> None:
        """Read the run."""
        opened = self.workspace.runs.open(self.run_id)
        if isinstance(opened, Refusal):
            self._opened = None
            self.leave()
            return
        is_new = self._opened is None
        self._opened = opened
        self.redraw()
        found = first_ready(opened.sheet.view)
        if is_new and not self.rows.select(self._first) and found:
            self.rows.select(found.step.id)

    def changed(self, sheet: "Sheet | None") -> None:
        """Draw what a change left; the rows of steps it did not touch stay as they are."""
        if sheet is None or self._opened is None or sheet.run.id != self.run_id:
            self.calmly(self.reload)
            return
        self._opened = self._opened._replace(sheet=sheet)
        self.redraw()

    # Drawing.

    def redraw(self) -> None:
        """Head, list and step from what was read."""
        if self._opened is None:
            return
        self._draw_head()
        words = words_of(self.wanted)
        views = self._opened.sheet.view.steps
        keys: list[str] = []
        shown: dict[str, StepView] = {}
        for section in self._opened.sheet.run.playbook.sections:
            found = [views[step.id] for step in section.steps]
            kept = [s for s in found if s.is_drawn and (not self.is_short or s.step.key)]
            kept = [s for s in kept if not words or matches(words, s.step.title)]
            if kept:
                keys += [f"-{section.id}", *(s.step.id for s in kept)]
                shown |= {s.step.id: s for s in kept}
                self._sections[section.id] = found
        before, self._rows = self._rows, shown
        if keys != self._keys:
            self._keys = keys
            self.rows.show_made(keys, self._made, empty=N_("No step has these words. Esc shows all."))
        else:
            self._draw_changed(before)
        self._draw_step(self.rows.key)

    def _draw_changed(self, before: Mapping[str, StepView]) -> None:
        """Paint only the rows of steps that a change touched, and the counts of their sections."""
        changed = [step_id for step_id, found in self._rows.items() if found is not before.get(step_id)]
        sections = dict.fromkeys(self._rows[step_id].section.id for step_id in changed)
        for key in (*changed, *(f"-{section_id}" for section_id in sections)):
            self.rows.update_row(key)

    def _made(self, index: int) -> Row:
        """The row at a place of the list, made when it comes into view."""
        key = self._keys[index]
        if found := self._rows.get(key):
            return self._row(found)
        section = self._sections[key.removeprefix("-")]
        live = [s for s in section if not s.is_hidden and s.progress.state != "n/a"]
        done = sum(s.progress.state != "open" for s in live)
        cells = (spans(section[0].section.title), spans(f"{done}/{len(live)}", "dim"))
        return Row(key, cells, kind="heading")

    def _row(self, found: StepView) -> Row:
        step, progress = found.step, found.progress
        state = progress.state
        tone = {"done": "done", "skipped": "skipped", "n/a": "hidden"}.get(state, "")
        sign = Span(STATE_SIGNS[state], tone)
        right: Spans = ()
        if found.is_hidden:
            sign, tone, right = Span(HIDDEN, "hidden"), "hidden", spans(_("not needed"), "hidden")
        elif state == "open" and found.locked_by:
            sign, tone, right = Span(LOCKED, "locked"), "locked", spans(_("locked"), "locked")
        elif state == "open" and found.due.moment:
            right = due_label(found.due.moment, self.now())
        elif state == "open" and found.due.waiting:
            right = spans(_("waiting"), "waiting")
        elif state == "done":
            right = spans(self._settled_on(progress.at), tone)
        elif state != "open":
            right = spans(state_word(state), tone)
        title = (*spans(step.title), *spans(" ★" if step.key else "", "key"))
        channel = CHANNEL_SIGNS.get(step.channel or ("email" if step.message else ""), "")
        return Row(step.id, (title, spans(channel, "care"), right), sign, tone=tone)

    def _settled_on(self, at: str) -> str:
        from playbook.words.dates import short_day

        calendar, clock = self.workspace.calendar, self.workspace.clock
        return short_day(calendar.day_of_stamp(at), clock.today())

    def _draw_head(self) -> None:
        assert self._opened is not None
        (sheet, client), now = self._opened, self.now()
        run, view = sheet.run, sheet.view
        left = (Span(client.name, "title"), Span(" › ", "dim"), Span(run.playbook.title, "strong"))
        state = spans(state_word(run.state), "done") if run.state != "open" else ()
        due = due_sentence(view.next_due, now) if run.state == "open" else ()
        short = spans(_("short form"), "key") if self.is_short else ()
        bar = progress_bar(view.done, view.total)
        self.query_one("#run-head", HeadLine).show(left, joined((short, state, bar, due), "  "))
        card = client.settings.get("card", "").splitlines()
        person = client.contacts[0] if client.contacts else None
        who = [spans(part) for part in (person or ()) if part]
        self.query_one("#run-card", HeadLine).show(
            joined((*(spans(part) for part in card), *who), " · ") or spans(_("No card and no contact yet; e on the client adds them."), "dim"),
            spans(client.settings.get("owner", ""), "dim"),
        )  # fmt: skip
        note = run.notes[-1].text if run.notes else ""
        pinned = self.query_one("#run-note", HeadLine)
        pinned.set_class(not note, "-hidden")
        pinned.show(spans(f"✎ {note}", "key"))

    def _draw_step(self, step_id: str) -> None:
        found = self._rows.get(step_id)
        if found is None or self._opened is None:
            return
        sheet, client = self._opened
        self.query_one(StepDetail).show(sheet_of(found, sheet, client, self.now(), self.workspace.me))

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """The step at the right follows the cursor."""
        self._draw_step(event.key)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Enter asks for the step's answers, or shows the step when it has none to give."""
        found = self._rows.get(event.key)
        if found and found.fields and self._opened and self._opened.sheet.run.state == "open":
            self.action_answer()
        elif self.has_class("-narrow"):
            self.action_swap_pane()

    # What the keys are for.

    def targets(self) -> list[Target]:
        """The steps the next action is for."""
        return [Target(self.run_id, key) for key in self.rows.chosen()]

    @property
    def current_client(self) -> str:
        """Slug of the client."""
        return self._opened.client.slug if self._opened else ""

    def action_swap_pane(self) -> None:
        """The keys go to the step, and back; a narrow screen shows one of them."""
        detail = self.query_one(StepDetail)
        to_detail = not detail.has_focus
        self.set_class(to_detail, "-detail")
        (detail if to_detail else self.rows).focus()

    def action_leave(self) -> None:
        """From the step back to the list, then out."""
        if self.query_one(StepDetail).has_focus:
            self.action_swap_pane()
        else:
            super().action_leave()

    def action_section(self, way: int) -> None:
        """To the first step of the next section, or of the one before."""
        if self._opened is None or not self._rows:
            return
        firsts: list[str] = []
        section = None
        for step_id, found in self._rows.items():
            if found.section is not section:
                firsts.append(step_id)
                section = found.section
        keys = list(self._rows)
        here = keys.index(self.rows.key) if self.rows.key in self._rows else 0
        places = [keys.index(first) for first in firsts]
        ahead = [p for p in places if p > here] if way > 0 else [p for p in places if p < here][::-1]
        if ahead:
            self.rows.select(keys[ahead[0]])

    def action_short_form(self) -> None:
        """Key steps only, or all."""
        self.is_short = not self.is_short
        self.redraw()

    def action_history(self) -> None:
        """Show every change."""
        self.post_message(self.HistoryWanted(self.run_id))

    def action_copy(self) -> None:
        """Copy how to reach the contact."""
        person = self._opened.client.contacts[0] if self._opened and self._opened.client.contacts else None
        reach = (person.email or person.phone) if person else ""
        if not reach:
            self.tell(_("There is no e-mail or phone to copy yet."))
            return
        self.app.copy_to_clipboard(reach)
        self.tell(_("Copied {text}.").format(text=reach))

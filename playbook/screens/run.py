"""Run: one playbook with one client, step by step; the list at the left, the step at the right."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from playbook.core.decide import first_ready
from playbook.core.playbook import Section
from playbook.core.view import StepView
from playbook.dialogs.edit_actions import EditActions
from playbook.dialogs.file_watch import FileWatch
from playbook.dialogs.step_targets import Target
from playbook.dialogs.two_panes import TwoPanes
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.run_lines import run_head
from playbook.widgets.run_rows import COLUMNS, section_row, step_row
from playbook.widgets.step_detail import StepDetail
from playbook.widgets.step_sheets import picked_field, picks_of, section_sheet, sheet_of
from playbook.words import N_, _

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.workspace import Workspace
    from playbook.workspace.runs import OpenRun


class _Part(NamedTuple):
    """A section of the list."""

    steps: frozenset[str]
    """Its steps, shown or not, and the key of its heading."""
    keys: list[str]
    """The keys of its rows."""


class RunScreen(TwoPanes, EditActions, FileWatch):
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
        Binding("left", "fold(True)", N_("fold"), show=False, id="run.fold", tooltip=N_("Fold the section")),
        Binding("right", "fold(False)", N_("unfold"), show=False, id="run.unfold", tooltip=N_("Unfold the section")),
        Binding("o", "short_form", N_("short / full"), show=False, id="run.short-form", tooltip=N_("Key steps only, or all")),
        Binding("h", "history", N_("history"), show=False, id="run.history", tooltip=N_("Every change to this run")),
        Binding("y", "copy", N_("copy contact"), show=False, id="run.copy", tooltip=N_("Copy the contact's e-mail or phone")),
    ]  # fmt: skip

    class HistoryWanted(Message):
        """The history of the run is to be shown."""

        def __init__(self, run_id: str) -> None:
            super().__init__()
            self.run_id = run_id

    class CallSheetWanted(Message):
        """The call sheet of a section is to be opened."""

        def __init__(self, run_id: str, section_id: str) -> None:
            super().__init__()
            self.run_id, self.section_id = run_id, section_id

    class PauseWanted(Message):
        """A section is to be confirmed line by line."""

        def __init__(self, run_id: str, section_id: str, *, is_short: bool) -> None:
            super().__init__()
            self.run_id, self.section_id, self.is_short = run_id, section_id, is_short

    def __init__(self, workspace: "Workspace", run_id: str, step_id: str = "") -> None:
        super().__init__(workspace, run_id)
        self._first = step_id
        self._owed: list[str] = []
        """What the client's ledger comes to, in words."""
        self._is_behind = False
        self._looked_at = ""
        """What the run followed when the library was last asked whether there is something newer."""
        self._telling = ""
        """What tells it from another open run of its playbook with this client."""
        self.is_short = False
        self._rows: dict[str, StepView] = {}
        self._keys: list[str] = []
        self._sections: dict[str, list[StepView]] = {}
        self._section_keys: dict[str, _Part] = {}
        self._playbook_sections: tuple[Section, ...] = ()
        self._views: Mapping[str, StepView] = {}
        self._how: tuple[tuple[str, ...], bool] = ((), False)
        self._folded: set[str] = set()
        self._refolded: set[str] = set()

    def compose_body(self) -> list[Widget]:
        """Head, card, list and step."""
        return [
            HeadLine(id="run-head"), HeadLine(id="run-card"), HeadLine(id="run-note"),
            Horizontal(RowList(COLUMNS, id="steps"), StepDetail(id="detail"), id="panes"),
        ]  # fmt: skip

    def show_opened(self, opened: "OpenRun") -> None:
        """Draw the run; when it is opened, at the step asked for, else at the one to do next."""
        is_new, self._opened = self._opened is None, opened
        self.redraw()
        found = first_ready(opened.sheet.view) if is_new else None
        if is_new and not self.rows.select(self._first) and found:
            self.rows.select(found.step.id)

    def speak(self) -> None:
        """Every row is said anew."""
        self._playbook_sections = ()
        super().speak()

    def reload(self) -> None:
        """Read the run, then what its client's ledger comes to."""
        super().reload()
        self._looked_at = ""
        self.call_after_refresh(self._read_owed)

    def changed(self, sheet: "Sheet | None") -> None:
        """Draw what a change left; a tick may have logged something."""
        super().changed(sheet)
        if sheet is not None:
            self.call_after_refresh(self._read_owed)

    def files_changed(self) -> None:
        """Say whether the playbook's file says something newer."""
        self._looked_at = ""
        self._read_owed()

    def _read_owed(self) -> None:
        if self._opened is None or not self.is_mounted:
            return
        owed, telling = self.owed_now(), self.telling()
        run = self._opened.sheet.run
        is_behind = self._is_behind
        if self._looked_at != run.source:  # once a visit, and after it was brought along
            self._looked_at = run.source
            is_behind = bool(self.calmly(lambda: self.workspace.syncing.is_behind(run)))
        if (owed, is_behind, telling) != (self._owed, self._is_behind, self._telling):
            self._owed, self._is_behind, self._telling = owed, is_behind, telling
            self._draw_head()

    # Drawing.

    def redraw(self) -> None:
        """Head, list and step from what was read."""
        if self._opened is None:
            return
        self._draw_head()
        sheet, how = self._opened.sheet, (words_of(self.wanted), self.is_short)
        views, sections = sheet.view.steps, sheet.run.playbook.sections
        changed = {i for i, found in views.items() if found is not self._views.get(i)} | self._refolded
        if how != self._how or sections is not self._playbook_sections:
            self._how, self._playbook_sections = how, sections
            self._rows, self._section_keys, self._sections = {}, {}, {}
            changed |= views.keys()
        self._views = views
        for section in sections:
            if section.id not in self._section_keys or not changed.isdisjoint(
                self._section_keys[section.id].steps
            ):
                self._lay_out(section, changed)
        keys = [key for part in self._section_keys.values() for key in part.keys]
        if keys != self._keys:
            self._keys = keys
            self.rows.show_made(
                keys, self._made, empty=N_("No step has these words. Esc shows all."), changed=changed
            )
        else:
            for key in changed:
                self.rows.update_row(key)
        self._draw_step(self.rows.key)

    def _lay_out(self, section: Section, changed: set[str]) -> None:
        """Which rows a section has: its heading, and its steps as far as filter, form and fold let them through."""
        (words, is_short), found = self._how, [self._views[step.id] for step in section.steps]
        self._sections[section.id] = found
        changed.add(f"-{section.id}")
        kept = [s for s in found if s.is_drawn and (not is_short or s.step.key)]
        kept = [s for s in kept if not words or matches(words, s.step.title)]
        for view in found:
            self._rows.pop(view.step.id, None)
        self._rows |= {s.step.id: s for s in kept}
        is_folded = section.id in self._folded and not words
        keys = [f"-{section.id}", *(s.step.id for s in kept if not is_folded)] if kept else []
        steps = frozenset([f"-{section.id}", *(view.step.id for view in found)])
        self._section_keys[section.id] = _Part(steps, keys)

    def _made(self, index: int) -> Row:
        """The row at a place of the list, made when it comes into view."""
        key = self._keys[index]
        if found := self._rows.get(key):
            return step_row(found, self.now())
        section_id = key.removeprefix("-")
        return section_row(self._sections[section_id], is_folded=section_id in self._folded)

    def _draw_head(self) -> None:
        assert self._opened is not None
        sheet, client = self._opened.sheet, self._opened.client
        self.draw_head(
            run_head(
                sheet,
                client,
                self.now(),
                is_short=self.is_short,
                owed=self._owed,
                is_behind=self._is_behind,
                telling=self._telling,
            )
        )

    def _draw_step(self, key: str) -> None:
        if self._opened is None or not key:
            return
        sheet, now = self._opened.sheet, self.now()
        if found := self._rows.get(key):
            texts = self._opened.texts(self.workspace.signature, now.today)
            shown = sheet_of(found, sheet, texts, now, self._closed_because)
        elif section := self._sections.get(self._section_at(key)):
            shown = section_sheet(section, sheet, is_short=self.is_short)
        else:
            return
        self.query_one(StepDetail).show(shown)

    def _closed_because(self, day: date) -> str:
        country = self._opened.client.settings.get("country", "") if self._opened else ""
        return self.workspace.calendars.closed_because(day, country)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """The step at the right follows the cursor."""
        self._draw_step(event.key)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Enter opens a section, asks for a step's answers, or shows the step when it has none to give."""
        if section_id := self._section_at(event.key):
            self._open_section(section_id)
            return
        found = self._rows.get(event.key)
        if found and found.fields and self._opened and self._opened.sheet.run.state == "open":
            self.action_answer()
        elif self.has_class("-narrow"):
            self.action_swap_pane()

    def _open_section(self, section_id: str) -> None:
        """Line by line what is to be confirmed, and everything in the short form; the rest on one page."""
        if self.is_short or self._sections[section_id][0].section.mode == "do-confirm":
            self.post_message(self.PauseWanted(self.run_id, section_id, is_short=self.is_short))
        else:
            self.post_message(self.CallSheetWanted(self.run_id, section_id))

    def on_step_detail_picked(self, event: StepDetail.Picked) -> None:
        """A number typed in the step's pane takes that choice."""
        found = self._rows.get(self.rows.key)
        field = picked_field(found) if found else None
        if found is None or field is None:
            return
        typed = {field.id: list(picks_of(field))[event.number - 1]}
        self.take(self.calmly(lambda: self.workspace.runs.answer(self.run_id, found.step.id, typed)))

    @property
    def pane(self) -> StepDetail:
        """The step."""
        return self.query_one(StepDetail)

    # What the keys are for.

    def targets(self) -> list[Target]:
        """The steps the next action is for."""
        return [Target(self.run_id, key) for key in self.rows.chosen() if key in self._rows]

    @property
    def place(self) -> tuple[str, str]:
        """Where the cursor is."""
        found = self._rows.get(self.rows.key)
        return (found.section.id, found.step.id) if found else (self._section_at(self.rows.key), "")

    @staticmethod
    def _section_at(key: str) -> str:
        """Id of the section whose heading has this key; "" for a step's."""
        return key.removeprefix("-") if key.startswith("-") else ""

    def action_tick(self) -> None:
        """Tick; on the heading of a section to be confirmed, all of it that can be ticked."""
        section = self._sections.get(self._section_at(self.rows.key))
        if self.rows.marked or not section:
            super().action_tick()
        elif section[0].section.mode == "do-confirm":
            runs = self.workspace.runs
            self.take(self.calmly(lambda: runs.confirm_section(self.run_id, section[0].section.id)))
        else:
            self.tell(_("Space ticks one step. Enter opens the section's call sheet."))

    def on_row_list_marked(self, event: RowList.Marked) -> None:
        """A mark on a section's heading is one on all of its open steps."""
        section = self._sections.get(self._section_at(event.key))
        if section and event.key in self.rows.marked:
            self.rows.mark(
                [s.step.id for s in section if s.is_open and s.step.id in self._rows], but=event.key
            )

    def action_fold(self, fold: bool) -> None:
        """Fold or unfold the section that the cursor is in."""
        section_id = self._section_at(self.rows.key)
        if not section_id and (found := self._rows.get(self.rows.key)):
            section_id = found.section.id
        if not section_id or (section_id in self._folded) == fold:
            return
        self._folded ^= {section_id}
        self._refolded = {f"-{section_id}"}
        self.rows.select(f"-{section_id}")
        self.redraw()
        self._refolded = set()

    def action_section(self, way: int) -> None:
        """To the next section, or to the one before."""
        here = self._keys.index(self.rows.key) if self.rows.key in self._keys else 0
        ahead = self._keys[here + 1 :] if way > 0 else self._keys[:here][::-1]
        if wanted := next((key for key in ahead if self._section_at(key)), ""):
            self.rows.select(wanted)

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

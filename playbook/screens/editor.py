"""Editor: a playbook's file, what is wrong with it as one types, and the checklist that it makes."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from playbook.core.playbook import Playbook
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.dialogs.editor_actions import EditorActions
from playbook.dialogs.held_keys import hold_keys, release_keys
from playbook.widgets.columns import Column
from playbook.widgets.head_line import HeadLine
from playbook.widgets.playbook_preview import head_lines, step_lines
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, Spans, joined, spans
from playbook.widgets.text_input import TextInput
from playbook.widgets.text_pane import TextPane
from playbook.widgets.toml_area import TomlArea
from playbook.words import N_, _, plural
from playbook.words.problems import hint, message
from playbook.workspace.checked_text import CheckedText, FileProblem, checked_text

if TYPE_CHECKING:
    from playbook.workspace import Workspace
    from playbook.workspace.editor import Opened

REST = 0.25
"""Seconds without a letter after which the text is looked at."""

KEPT = 2.0
"""Seconds without a letter after which what was typed is kept as a draft."""


class EditorScreen(EditorActions):
    """Writes one file of the library."""

    CSS_PATH = "editor.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    tab = "playbooks"
    footer_order = (
        "editor.save", "editor.complete", "editor.piece", "editor.problem", "editor.find", "editor.preview",
    )  # fmt: skip
    footer_kept = ("editor.keys", "palette")
    AUTO_FOCUS = "TomlArea"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+f", "find", N_("find"), id="editor.find", priority=True, tooltip=N_("Find words in this file; enter finds the next")),
        Binding("f3", "find_next", N_("next"), show=False, id="editor.find-next", tooltip=N_("The next place with these words")),
        Binding("f8", "problem", N_("problem"), id="editor.problem", tooltip=N_("To the next problem")),
        Binding("f9", "preview", N_("checklist"), id="editor.preview", tooltip=N_("The checklist that the file makes, and back")),
    ]  # fmt: skip

    columns: ClassVar[tuple[Column, ...]] = (Column(5, right=True), Column(20, stretch=1))

    def __init__(
        self, workspace: "Workspace", playbook_id: str, language: str = "", step_id: str = ""
    ) -> None:
        super().__init__(workspace)
        self._wanted_file = (playbook_id, language, step_id)
        self.opened: Opened | None = None
        self.playbook = Playbook(id=playbook_id)
        """What the text said when it could last be read."""
        self._read: CheckedText | None = None
        """That text."""
        self._problems: tuple[FileProblem, ...] = ()
        self._paragraphs: Mapping[tuple[int, int | None], int] = {}
        self.state = 0
        """Counts what was typed: what is found out about an older state comes too late."""
        self.seen = 0
        """The state that was looked at last."""
        self._typed = ""
        self._is_stale = False
        """Whether another program changed the file since it was opened or saved."""
        self._rest: Timer | None = None
        self._keep: Timer | None = None

    def compose_body(self) -> list[Widget]:
        """Head, the text with the checklist beside it, the problems below."""
        panes = Horizontal(TomlArea(id="editor-text"), TextPane(id="editor-preview"), id="editor-panes")
        return [HeadLine(id="editor-head"), panes, RowList(self.columns, id="editor-problems")]

    @property
    def area(self) -> TomlArea:
        """The text."""
        return self.query_one(TomlArea)

    def focus_body(self) -> None:
        """One types at once."""
        self.set_focus(self.area)

    def on_mount(self) -> None:
        """What is typed at once is for the text; a file that changes outside is seen within a second."""
        hold_keys(self)
        self.area.border_title = Content(_("The file"))
        self.query_one("#editor-problems").border_title = Content(_("Problems"))
        self.set_interval(1.0, self._look)

    # Reading.

    def reload(self) -> None:
        """Open the file; later, only look whether another program changed it."""
        if self.opened is not None:
            self._look()
            return
        playbook_id, language, step_id = self._wanted_file
        opened = self.allowed(self.workspace.editor.open(playbook_id, language))
        if opened is None:
            release_keys(self)
            self.leave()
            return
        self.take_file(opened)
        self.call_after_refresh(release_keys, self)
        if step_id and self._read and (line := self._read.line_of(step_id)):
            self.area.go_to(line)
            self._follow()
        if (draft := self.workspace.editor.draft(opened)) is not None:
            self.ask(self.offer_draft, draft)

    def take_file(self, opened: "Opened", *, keep_place: bool = False) -> None:
        """Show a file as it is; what was typed is gone."""
        place = self.area.cursor_location if keep_place else (0, 0)
        self.opened, self._is_stale = opened, False
        self.area.load(opened.text)
        self.area.move_cursor(self.area.clamp_visitable(place))
        self.state += 1
        self._typed = opened.text
        self._take(self.state, checked_text(self.workspace, opened.text, opened.path))

    def saved(self, opened: "Opened") -> None:
        """The file says what the text says; a last line without an end was given one."""
        self.opened, self._is_stale = opened, False
        if self.area.text != opened.text:
            place = self.area.cursor_location
            self.area.insert("\n", self.area.document.end)
            self.area.move_cursor(place)
        self._typed = self.area.text
        self._draw_head()

    def _look(self) -> None:
        """Another program changed the file: take it over where nothing was typed, else say so."""
        if self.opened is None or not self.is_current:
            return
        self._is_stale = self.workspace.editor.is_changed(self.opened)
        if self.is_unsaved or not self._is_stale:
            self._draw_head()
            return
        opened = self.workspace.editor.again(self.opened)
        if not isinstance(opened, Refusal):  # else it is being written, or gone for now
            self.take_file(opened, keep_place=True)
            self.tell(_("Another program changed the file; this is how it is now."))

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that the file does not say."""
        return self.opened is not None and self._typed != self.opened.text

    # Looking at what is typed.

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Look at it once nothing more is typed, and keep it as a draft a little later."""
        event.stop()
        self.state += 1
        self._typed = self.area.text
        for timer in (self._rest, self._keep):
            if timer is not None:
                timer.stop()
        self._rest = self.set_timer(REST, self._check)
        self._keep = self.set_timer(KEPT, self.keep_draft)
        self._draw_head()

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """The checklist follows the cursor."""
        event.stop()
        self._follow()

    def _check(self) -> None:
        if self.opened is None:
            return
        state, text, path = self.state, self._typed, self.opened.path

        def look() -> None:
            found = checked_text(self.workspace, text, path)
            if self.is_attached:
                self.app.call_from_thread(self._take, state, found)

        self.run_worker(look, thread=True, exclusive=True, group="check", exit_on_error=False)

    def _take(self, state: int, found: CheckedText) -> None:
        if state != self.state or not self.is_mounted:
            return
        self.seen, self._problems = state, found.problems
        if found.playbook is not None:
            self.playbook, self._read = found.playbook, found
            self._draw_preview()
        self._draw_problems()
        self._draw_head()

    def keep_draft(self) -> None:
        """Keep what was typed and not saved."""
        if self.opened is not None and self.is_unsaved:
            self.workspace.editor.keep_draft(self.opened, self._typed)

    def on_unmount(self) -> None:
        """Nothing that was typed is lost when the app ends."""
        self.keep_draft()

    # Drawing.

    def redraw(self) -> None:
        """The rows beside the text."""
        self._draw_problems()

    def _draw_head(self) -> None:
        opened = self.opened
        if opened is None:
            return
        errors = sum(each.level == "error" for each in self._problems)
        advice = len(self._problems) - errors
        said: list[Spans] = [
            spans(plural("{count} problem", "{count} problems", errors), "overdue") if errors else (),
            spans(plural("{count} piece of advice", "{count} pieces of advice", advice), "dim")
            if advice
            else (),
            spans(_("not saved"), "key") if self.is_unsaved else (),
            spans(_("changed by another program"), "overdue") if self._is_stale and self.is_unsaved else (),
        ]
        title = self.playbook.title or opened.playbook_id
        place = _short(opened.path) if opened.origin != "shipped" else _("shipped; saving makes it yours")
        left = (*spans(title, "title"), Span("  "), *spans(place, "dim"))
        self.query_one("#editor-head", HeadLine).show(left, joined(said))

    def _draw_problems(self) -> None:
        rows = []
        for number, found in enumerate(self._problems):
            is_error = found.level == "error"
            words = message(found.problem)
            advice = hint(found.problem)
            said = spans(f"{words} {advice}" if advice else words, "" if is_error else "dim")
            sign = Span("!", "overdue") if is_error else Span("·", "dim")
            rows.append(
                Row(
                    f"{number} {found.line or 1} {found.column or 1}",
                    (spans(str(found.line or ""), "dim"), said),
                    sign,
                )
            )
        self.rows.show(rows, empty=N_("Nothing is wrong with it."))

    def _draw_preview(self) -> None:
        paragraphs = list(head_lines(self.playbook))
        places: dict[tuple[int, int | None], int] = {}
        for where, said in step_lines(self.playbook):
            if where is not None:
                places[where] = len(paragraphs)
            paragraphs.append(said)
        self._paragraphs = places
        self.query_one(TextPane).show(_("The checklist"), paragraphs, stays=True)
        self._follow()

    def _follow(self) -> None:
        place = self._read.place_at(self.area.cursor_location[0] + 1) if self._read else None
        self.query_one(TextPane).point_at(self._paragraphs.get(place) if place else None)

    # Problems.

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """The text follows the cursor of the problems."""
        if self.rows.has_focus:
            self._go_to(event.key)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """To the place where it is wrong."""
        self._go_to(event.key)
        self.set_focus(self.area)

    def _go_to(self, key: str) -> None:
        if key:
            _number, row, column = key.split()
            self.area.go_to(int(row), int(column))

    def action_problem(self) -> None:
        """To the next problem below the cursor, else to the first."""
        here = self.area.cursor_location[0] + 1
        lines = [each.line for each in self._problems if each.line]
        if not lines:
            self.tell(_("Nothing is wrong with it."))
            return
        found = next((each for each in self._problems if each.line and each.line > here), self._problems[0])
        self.area.go_to(found.line or 1, found.column or 1)
        self.set_focus(self.area)
        self.tell(message(found.problem))

    def action_preview(self) -> None:
        """To the checklist, and back."""
        pane = self.query_one(TextPane)
        to_preview = not pane.has_focus
        self.set_class(to_preview, "-preview")
        self.set_focus(pane if to_preview else self.area)

    # Finding.

    def action_find(self) -> None:
        """Type what is looked for; the cursor goes there."""
        self.action_filter()

    def action_find_next(self) -> None:
        """The next place with the same words."""
        if self.wanted and not self.area.find(self.wanted, onwards=True):
            self.tell(_("It is nowhere in this file."))

    def on_input_changed(self, event: Input.Changed) -> None:
        """The first place from the cursor on."""
        event.stop()
        event.prevent_default()  # here no rows are filtered
        self.wanted = event.value
        event.input.set_class(not self.area.find(self.wanted), "-missing")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The next one."""
        event.stop()
        event.prevent_default()
        self.action_find_next()

    def action_leave(self) -> None:
        """From the words that are looked for, the problems or the checklist back to the text; then out."""
        field = self.query_one("#filter", TextInput)
        if self.focused is field:
            field.add_class("-hidden")
            self.set_focus(self.area)
        elif self.query_one(TextPane).has_focus:
            self.action_preview()
        elif self.focused is not self.area:
            self.set_focus(self.area)
        else:
            self.ask(self.leave_file)

    def speak(self) -> None:
        """Every word is said anew."""
        super().speak()
        self._draw_problems()
        self._draw_preview()
        self._draw_head()


def _short(path: Path) -> str:
    """A path as people write it."""
    home = Path.home()
    return line(f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path))

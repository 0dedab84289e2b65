"""A run as it stood right after one of its changes; it looks like Run, and nothing in it can be changed."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from playbook.core.problems import Refusal
from playbook.dialogs.two_panes import TwoPanes
from playbook.widgets.due_label import Now
from playbook.widgets.head_line import HeadLine, show_heads
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.run_lines import run_head
from playbook.widgets.run_rows import COLUMNS, section_row, step_row
from playbook.widgets.spans import Span, spans
from playbook.widgets.step_detail import StepDetail
from playbook.widgets.step_sheets import section_sheet, sheet_of
from playbook.words import N_, _
from playbook.words.changes import whole_words
from playbook.words.moments import moment_words
from playbook.words.standing import owed_words

if TYPE_CHECKING:
    from playbook.core.view import StepView
    from playbook.workspace import Workspace
    from playbook.workspace.past import Then


class PastRunScreen(TwoPanes):
    """Goes from change to change; what was overdue is judged by the clock of each."""

    CSS_PATH = "past_run.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    footer_order = ("past.before", "past.after", "run.export", "run.swap", "filter")
    AUTO_FOCUS = "RowList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket,left", "go(-1)", N_("change before"), id="past.before", key_display="[",
                tooltip=N_("The run as it stood after the change before")),
        Binding("right_square_bracket,right", "go(1)", N_("change after"), id="past.after", key_display="]",
                tooltip=N_("The run as it stood after the next change")),
        Binding("x", "export", N_("export"), id="run.export", tooltip=N_("Write the run as a document")),
        Binding("tab", "swap_pane", N_("list / step"), show=False, id="run.swap", tooltip=N_("Between the list and the step")),
    ]  # fmt: skip

    def __init__(self, workspace: "Workspace", run_id: str, change: int) -> None:
        """`change` is the number that the change has in the run's history."""
        super().__init__(workspace)
        self.run_id, self.change = run_id, change
        self._then: Then | None = None
        self._changes: list[int] = []
        self._steps: dict[str, StepView] = {}
        self._sections: dict[str, list[StepView]] = {}

    def compose_body(self) -> list[Widget]:
        """Which moment it is, then what Run has."""
        heads = [HeadLine(id=name) for name in ("past-moment", "run-head", "run-card", "run-note")]
        return [*heads, Horizontal(RowList(COLUMNS, id="steps"), StepDetail(id="detail"), id="panes")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is taken back or done again from here."""
        return False if action in ("undo", "redo") else super().check_action(action, parameters)

    def of_then(self) -> Now:
        """The clock of the moment, by which everything here is dated."""
        assert self._then is not None
        return Now(self._then.at, self._then.opened.sheet.calendar)

    @property
    def pane(self) -> StepDetail:
        """The step."""
        return self.query_one(StepDetail)

    # Reading.

    def reload(self) -> None:
        """Read the moment; when its change is not there any more, there is nothing to show."""
        then = self.workspace.past.after(self.run_id, self.change)
        if isinstance(then, Refusal):
            self.leave()
            return
        is_new = self._then is None
        self._then = then
        self._changes = list(dict.fromkeys(row.seq for row in self.workspace.runs.history(self.run_id)))
        self.redraw()
        if is_new:
            self._to_changed_step()

    def _to_changed_step(self) -> None:
        """The cursor goes to the step that the change was about."""
        assert self._then is not None
        last = self._then.history[-1]
        if last.step:
            self.rows.select(last.step)

    def action_go(self, way: int) -> None:
        """To the moment after the next change, or the one before."""
        place = self._changes.index(self.change) + way if self.change in self._changes else -1
        if not 0 <= place < len(self._changes):
            self.tell(
                _("There is no change before this one.") if way < 0 else _("This is the newest change.")
            )
            return
        self.change = self._changes[place]
        self.calmly(self.reload)
        if self._then is not None:
            self._to_changed_step()

    # Drawing.

    def redraw(self) -> None:
        """Heads, list and step from what was read."""
        if self._then is None:
            return
        self._draw_heads()
        view, words = self._then.opened.sheet.view, words_of(self.wanted)
        self._steps, self._sections = {}, {}
        keys: list[str] = []
        for section in self._then.opened.sheet.run.playbook.sections:
            found = [view.steps[step.id] for step in section.steps]
            drawn = [s for s in found if s.is_drawn and (not words or matches(words, s.step.title))]
            if drawn:
                self._sections[f"-{section.id}"] = found
                self._steps |= {s.step.id: s for s in drawn}
                keys += [f"-{section.id}", *(s.step.id for s in drawn)]
        self.rows.show_made(keys, self._made_of(keys), empty=N_("No step has these words. Esc shows all."))
        self._draw_step(self.rows.key)

    def _made_of(self, keys: list[str]) -> Callable[[int], Row]:
        """What makes the row at a place of the list when it comes into view."""
        now = self.of_then()

        def made(place: int) -> Row:
            key = keys[place]
            return (
                section_row(self._sections[key]) if key in self._sections else step_row(self._steps[key], now)
            )

        return made

    def _draw_heads(self) -> None:
        assert self._then is not None
        then, now = self._then, self.of_then()
        place, count = self._changes.index(self.change) + 1, len(self._changes)
        by_seq = {row.seq: row for row in then.history[::-1]}  # the first row of each
        names = self.workspace.runs.names(then.history)
        said = _("As it stood on {moment}, after: {change}").format(
            moment=moment_words(then.moment, now.calendar, self.workspace.clock.today()),
            change=whole_words(by_seq[self.change], by_seq, now.calendar, names),
        )
        which = spans(_("change {place} of {count}").format(place=place, count=count), "dim")
        client = then.opened.client
        owed = owed_words(then.standing, now.calendar, now.today)
        lines = run_head(then.opened.sheet, client, now, is_short=False, owed=owed)
        is_blank = not (owed or client.contacts or client.settings.get("card"))
        heads = [head._replace(left=()) if is_blank and head.name == "run-card" else head for head in lines]
        show_heads(self, [("past-moment", (Span(said, "key"),), which), *heads])

    def _draw_step(self, key: str) -> None:
        if self._then is None or not key:
            return
        opened, now = self._then.opened, self.of_then()
        if found := self._steps.get(key):
            texts = opened.texts(self.workspace.signature, now.today)
            shown = sheet_of(found, opened.sheet, texts, now, self._closed_because, is_past=True)
        elif section := self._sections.get(key):
            shown = section_sheet(section, opened.sheet, is_past=True)
        else:
            return
        self.query_one(StepDetail).show(shown)

    def _closed_because(self, day: date) -> str:
        country = self._then.opened.client.settings.get("country", "") if self._then else ""
        return self.workspace.calendars.closed_because(day, country)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """The step at the right follows the cursor."""
        self._draw_step(event.key)

    def on_row_list_opened(self, _event: RowList.Opened) -> None:
        """Enter goes to the step's pane."""
        self.action_swap_pane()

    # Keys.

    def action_export(self) -> None:
        """Write the run as it stood then."""
        from playbook.dialogs.exporting import ask_export
        from playbook.workspace.exporting import Exporting

        if self._then is not None:
            self.ask(ask_export, self, Exporting(self.workspace, self.run_id, self._then))

"""What every full screen shares: the tabs, the filter, the footer, undo and redo, and calm about the database."""

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker

from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.dialogs.held_keys import asking, hold_keys, release_frame, release_keys
from playbook.widgets.due_label import Now
from playbook.widgets.footer import KeyFooter
from playbook.widgets.head_line import HeadLine
from playbook.widgets.row_list import RowList
from playbook.widgets.spans import Span, spans
from playbook.widgets.text_input import TextInput
from playbook.words import N_, _
from playbook.words.dates import short_day

if TYPE_CHECKING:
    from playbook.workspace import Workspace
    from playbook.workspace.taking_back import Undone

T = TypeVar("T")

TABS = (("today", "1", N_("Today")), ("clients", "2", N_("Clients")), ("playbooks", "3", N_("Playbooks")))
"""Tab, its key and its title."""


class MainScreen(Screen[None]):
    """Base of the full screens. A subclass composes its body and redraws it in `reload`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "app.open_tab('today')", N_("Today"), show=False, id="tab.today", tooltip=N_("What is due over all clients")),
        Binding("2", "app.open_tab('clients')", N_("Clients"), show=False, id="tab.clients", tooltip=N_("Every client")),
        Binding("3", "app.open_tab('playbooks')", N_("Playbooks"), show=False, id="tab.playbooks", tooltip=N_("The library")),
        Binding("slash", "filter", N_("filter"), id="filter", key_display="/", tooltip=N_("Show only rows with these words")),
        Binding("ctrl+f", "app.search", N_("find"), show=False, id="search", priority=True, tooltip=N_("Find words in everything, over all clients")),
        Binding("u", "undo", N_("undo"), id="undo", tooltip=N_("Take back the newest change")),
        Binding("ctrl+r", "redo", N_("redo"), show=False, id="redo", tooltip=N_("Do again what was taken back")),
        Binding("question_mark,f1", "help", N_("help"), id="help", key_display="?", tooltip=N_("Every key of this screen")),
        Binding("ctrl+p", "app.command_palette", N_("palette"), id="palette", tooltip=N_("Find clients, runs, playbooks and actions")),
        Binding("escape", "leave", N_("back"), show=False, id="back", tooltip=N_("Back, or clear the filter and the marks")),
        Binding("q", "app.quit", N_("quit"), show=False, id="quit", tooltip=N_("Close playbook")),
    ]  # fmt: skip

    class RunChosen(Message):
        """A run is to be opened, at a step if one is named."""

        def __init__(self, run_id: str, step_id: str = "") -> None:
            super().__init__()
            self.run_id, self.step_id = run_id, step_id

    class EditWanted(Message):
        """A playbook's file is to be written by hand, at a step if one is named."""

        def __init__(self, playbook_id: str, language: str = "", step_id: str = "") -> None:
            super().__init__()
            self.playbook_id, self.language, self.step_id = playbook_id, language, step_id

    tab: ClassVar[str] = ""
    """The tab this screen is, or belongs to."""
    footer_order: ClassVar[tuple[str, ...]] = ()
    """Ids of bindings, most needed first."""
    footer_kept: ClassVar[tuple[str, ...]] = ("help", "palette")
    """Ids of those that always stand at the right."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__()
        self.workspace = workspace
        self._is_under_dialog = False
        self.wanted = ""
        """What the filter asks for."""

    def compose(self) -> ComposeResult:
        """Head, body, filter, footer."""
        yield HeadLine(id="tabs")
        yield from self.compose_body()
        field = TextInput(id="filter", placeholder=_filter_words())
        field.add_class("-hidden")
        yield field
        yield KeyFooter(self.footer_order, self.footer_kept)

    def speak(self) -> None:
        """Draw everything in the language in force."""
        self.query_one("#filter", Input).placeholder = _filter_words()
        self.query_one(KeyFooter).speak()
        self.draw_tabs()
        self.calmly(self.reload)

    def compose_body(self) -> Sequence[Widget]:
        """The widgets between head and footer."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read anew what the screen shows, and draw it."""
        raise NotImplementedError

    @property
    def rows(self) -> RowList:
        """The list the keys act on."""
        return self.query_one(RowList)

    @property
    def undo_run(self) -> str:
        """The run within which `u` takes back; "" for anywhere."""
        return ""

    def on_mount(self) -> None:
        """Paint first, read then."""
        self.draw_tabs()
        self.focus_body()
        self.call_after_refresh(self.calmly, self.reload)

    def focus_body(self) -> None:
        """The keys go to what the screen is about."""
        self.set_focus(self.rows)

    def on_screen_suspend(self) -> None:
        """A dialog changes nothing by itself, so that nothing need be read anew after it."""
        self._is_under_dialog = isinstance(self.app.screen, ModalScreen)

    def on_screen_resume(self) -> None:
        """What another screen changed is seen on the way back."""
        if self.is_mounted and self.workspace.has_store and not self._is_under_dialog:
            self.draw_tabs()
            self.calmly(self.reload)

    def now(self) -> Now:
        """What dates are read against."""
        return Now(self.workspace.clock.now(), self.workspace.calendar)

    def draw_tabs(self) -> None:
        """The first line: name, tabs, today."""
        left: list[Span] = [Span("playbook", "title"), Span("  ")]
        for name, key, title in TABS:
            here = name == self.tab
            left += [
                Span(f" {key} ", "accent" if here else "dim"),
                Span(_(title) + " ", "strong" if here else "dim"),
            ]
        today = self.workspace.clock.today()
        self.query_one("#tabs", HeadLine).show(left, spans(f"{short_day(today)} {today.year}", "dim"))

    # Trouble and refusals.

    def calmly(self, work: Callable[[], T]) -> T | None:
        """What the work returns; trouble with the database is told and gives None."""
        from playbook.workspace import StoreTrouble

        try:
            return work()
        except StoreTrouble as trouble:
            from playbook.words.refusals import trouble_words

            values = {"backups": self.workspace.locations.backups, **trouble.values}
            self.tell(trouble_words(trouble.code, values), "error")
            return None

    def allowed(self, outcome: "T | Refusal | None") -> T | None:
        """The outcome; a refusal is told and gives None."""
        if isinstance(outcome, Refusal):
            from playbook.words.refusals import refusal_words

            self.tell(refusal_words(outcome), "warning")
            return None
        return outcome

    def ask(self, flow: Callable[..., Coroutine[Any, Any, None]], *args: Any) -> None:
        """Go through dialogs and make a change; what is typed until the first one stands is for it."""
        hold_keys(self)

        async def go() -> None:
            asking(self, True)
            try:
                await flow(*args)
            finally:
                asking(self, False)
                self.call_later(release_frame, self)  # after what the dialog's closing asks of this screen
                release_keys(self)

        _worker: Worker[None] = self.run_worker(go, exclusive=True)

    def tell(self, text: str, severity: str = "information") -> None:
        """Say a sentence in a corner for a few seconds."""
        self.notify(line(text), severity=severity, markup=False, timeout=4)  # type: ignore[arg-type]

    # Filter.

    def action_filter(self) -> None:
        """Open the filter."""
        field = self.query_one("#filter", Input)
        field.remove_class("-hidden")
        hold_keys(self)  # what is typed in one go after the key is for the filter
        self.set_focus(field)
        self.call_after_refresh(release_keys, self)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what has all the words."""
        if event.input.id == "filter":
            event.stop()
            self.wanted = event.value
            self.rows.highlight(event.value)
            self.calmly(self.redraw)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter and go back to the rows."""
        if event.input.id == "filter":
            event.stop()
            self.set_focus(self.rows)
            event.input.set_class(not event.value, "-hidden")

    def redraw(self) -> None:
        """Draw again what was read."""
        self.reload()

    def clear_filter(self) -> bool:
        """Drop the filter; whether there was one."""
        field = self.query_one("#filter", Input)
        shown = not field.has_class("-hidden")
        if shown or self.wanted:
            field.value = ""
            field.add_class("-hidden")
            self.set_focus(self.rows)
        return shown or bool(self.wanted)

    def action_leave(self) -> None:
        """Clear the marks or the filter, else go back."""
        if self.rows.marked:
            self.rows.clear_marks()
        elif not self.clear_filter():
            self.leave()

    def leave(self) -> None:
        """Go back to where one came from; a tab stays."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    # Taking back.

    def action_undo(self) -> None:
        """Take back the newest change."""
        undone = self.allowed(self.calmly(lambda: self.workspace.runs.undo(self.undo_run)))
        if undone is not None:
            self._told(_("Taken back"), undone)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        undone = self.allowed(self.calmly(lambda: self.workspace.runs.redo(self.undo_run)))
        if undone is not None:
            self._told(_("Done again"), undone)

    def _told(self, what: str, undone: "Undone") -> None:
        from playbook.words.changes import taken_words

        self.calmly(self.reload)
        said = taken_words(undone.operation.kind, undone.steps, undone.step or undone.run)
        self.tell(f"{what}: {said}")

    def action_help(self) -> None:
        """Every key of this screen."""
        from playbook.dialogs.help import HelpDialog, keys_of

        self.app.push_screen(HelpDialog(_("Keys"), keys_of(self)))


def _filter_words() -> str:
    return _("Filter: type words, enter to keep, esc to clear; ctrl+f finds everywhere")

"""Call sheet: a section on one page, to work through with the client on the phone; saved as typed."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from playbook.core.answers import as_typed
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.dialogs.call_answers import CallAnswers
from playbook.dialogs.call_steps import call_steps
from playbook.dialogs.held_keys import hold_keys, release_keys
from playbook.dialogs.step_targets import Target
from playbook.widgets.call_field import CallField, field_of
from playbook.widgets.call_head import CallHead
from playbook.widgets.call_lines import sheet_head, step_head
from playbook.widgets.call_step import CallStep
from playbook.widgets.form_field import FormField
from playbook.widgets.head_line import HeadLine
from playbook.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.core.playbook import Section
    from playbook.core.view import StepView
    from playbook.workspace import Workspace
    from playbook.workspace.runs import OpenRun

PAUSE = 1.0
"""Seconds without a key after which what was typed is recorded."""

_OF_LETTERS = frozenset({
    "tick", "skip", "note", "due", "block", "assign", "start", "again", "undo", "go_to_tab", "go_out",
})  # fmt: skip
"""Actions on keys that are letters inside a text."""


class CallSheetScreen(CallAnswers):
    """Every line to say and every field of a section, with its ticks."""

    CSS_PATH = "call_sheet.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-beside")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-high")]
    AUTO_FOCUS = ""
    footer_order = (
        "call.tick", "step.tick", "call.next", "text.ok", "choice.take", "step.note", "step.skip", "step.due", "undo",
    )  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "tick_here", N_("tick"), id="call.tick", tooltip=N_("Record what was typed and mark the step done")),
        Binding("tab,enter", "stop(1)", N_("next"), id="call.next", tooltip=N_("To the next question or step")),
        Binding("shift+tab", "stop(-1)", N_("previous"), show=False, id="call.previous", tooltip=N_("To the question or step before")),
        Binding("down,j", "step(1)", N_("next step"), show=False, id="call.next-step", tooltip=N_("To the next step")),
        Binding("up,k", "step(-1)", N_("previous step"), show=False, id="call.previous-step", tooltip=N_("To the step before")),
        Binding("pagedown", "page(1)", N_("page down"), show=False, id="call.page-down", tooltip=N_("One window down")),
        Binding("pageup", "page(-1)", N_("page up"), show=False, id="call.page-up", tooltip=N_("One window up")),
        Binding("1", "go_to_tab('today')", N_("Today"), show=False, id="call.today", tooltip=N_("What is due over all clients")),
        Binding("2", "go_to_tab('clients')", N_("Clients"), show=False, id="call.clients", tooltip=N_("Every client")),
        Binding("3", "go_to_tab('playbooks')", N_("Playbooks"), show=False, id="call.playbooks", tooltip=N_("The library")),
        Binding("q", "go_out", N_("quit"), show=False, id="call.quit", tooltip=N_("Close playbook")),
    ]  # fmt: skip

    def __init__(self, workspace: "Workspace", run_id: str, section_id: str) -> None:
        super().__init__(workspace, run_id)
        self.section_id = section_id
        self._section: Section | None = None
        self._pause: Timer | None = None
        self._has_room = False
        self._ticking = ""
        """The step that is being ticked from inside: what is typed next belongs to the one after it."""

    def compose_body(self) -> list[Widget]:
        """Head, card, pause and the page."""
        return [
            HeadLine(id="call-head"), HeadLine(id="call-card"), HeadLine(id="call-note", classes="-hidden"),
            HeadLine(id="call-pause", classes="-hidden"), Vertical(id="page"),
        ]  # fmt: skip

    def focus_body(self, wanted: str = "") -> None:
        """To the wanted step, else to the first that can be done now, once they stand on the page."""
        shown = {step.step_id: step for step in self._steps if step.display}
        views = self._opened.sheet.view.steps if self._opened else {}
        ready = [i for i in shown if (v := views[i]).is_open and not (v.locked_by or v.blocked)]
        for step_id in [i for i in (wanted, *ready, *shown) if i in shown][:1]:
            self.set_focus(shown[step_id].head)

    # Reading and drawing.

    def on_resize(self) -> None:
        """From now on it is known how wide the page is, so that it is laid out once."""
        self._has_room = True

    def reload(self) -> None:
        """Read the run; what is being typed stays."""
        if self._has_room:
            super().reload()

    def speak(self) -> None:
        """Put the fields up anew, whose hints are said in the language too; what was typed stays."""
        self._section = None
        super().speak()

    def show_opened(self, opened: "OpenRun") -> None:
        """Draw the section; one whose steps or fields became others is put up anew."""
        sections = opened.sheet.run.playbook.sections
        section = next((found for found in sections if found.id == self.section_id), None)
        if section is None:
            self.leave()
            return
        before, self._opened = self._opened, opened
        if section != self._section:
            self._build(section)
        self.redraw()
        if before and self._is_over(before.sheet.view.steps.get(self._ticking)):
            self._go_on()

    def _build(self, section: "Section") -> None:
        """Put every step and field of the section up in one go."""
        assert self._opened is not None
        typed = {field.question.id: field.raw for field in self.fields() if field.is_typed}
        here = self._here.step_id if self._here else ""
        self._section = section
        self._steps = call_steps(self.workspace, self._opened, section)
        hold_keys(self)
        self.call_later(self._put_up, typed, here)

    async def _put_up(self, typed: "Mapping[str, str]", here: str) -> None:
        """Mount what was built; what had been typed, and the step one was in, are carried over."""
        page = self.query_one("#page")
        await page.remove_children()
        await page.mount_all(self._steps)
        for field in self.fields():
            if field.question.id in typed:
                field.fill(typed[field.question.id])
        for step in self._steps:
            self.show_asked(step)
        self.focus_body(here)
        release_keys(self)

    def redraw(self) -> None:
        """Heads, lines to say and fields from what was read."""
        if self._opened is None:
            return
        self._draw_head()
        sheet, now = self._opened.sheet, self.now()
        texts, calendar = self._opened.texts(self.workspace.signature, now.today), sheet.calendar
        for step in self._steps:
            found = sheet.view.steps[step.step_id]
            if step.display != found.is_drawn:
                step.display = found.is_drawn
            left, right = step_head(found, now)
            step.show(left, right, texts.script(found.step).say)
            for shown, field in zip(step.fields, found.step.fields, strict=True):
                shown.follow(as_typed(field, found.progress.answers.get(field.id), calendar))
                shown.disabled = sheet.run.state != "open"
            self.show_asked(step)

    def _draw_head(self) -> None:
        assert self._opened is not None and self._section is not None
        self.draw_head(sheet_head(self._opened.sheet, self._opened.client, self._section, self.owed))
        self.set_class(self._section.mode == "do-confirm", "-confirms")

    # Recording what was typed.

    def on_form_field_changed(self, event: FormField.Changed) -> None:
        """Typing that pauses is recorded."""
        event.stop()
        if self._pause:
            self._pause.stop()
        if isinstance(event.field, CallField):
            self.show_asked(self.step_of(event.field))
            self._pause = self.set_timer(PAUSE, partial(self.record, event.field))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that is left is recorded, and reads as it was understood."""
        left = field_of(event.widget)
        if left and self.record(left):
            left.tidy()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """All of the field, or of the step whose head it is, comes into view, as far as there is room."""
        seen = field_of(event.widget) or self._here
        if seen:
            too_tall = seen.size.height > self.query_one("#page").size.height
            seen.scroll_visible(animate=False, top=too_tall)

    def on_screen_suspend(self) -> None:
        """What follows sees what was typed here."""
        self.record_all()

    def on_unmount(self) -> None:
        """The app closes: what fits is recorded all the same."""
        if self._opened is not None:
            for field in self.fields():
                if field.is_asked and field.is_typed:
                    _fields, outcome = self.recorded(field)
                    if outcome is not None and not isinstance(outcome, Refusal):
                        self._opened = self._opened._replace(sheet=outcome)

    # What the keys do.

    @property
    def _here(self) -> CallStep | None:
        """The step the focus is in."""
        found = self.focused.ancestors_with_self if self.focused else ()
        return next((node for node in found if isinstance(node, CallStep)), None)

    def targets(self) -> list[Target]:
        """The step the focus is in."""
        return [Target(self.run_id, self._here.step_id)] if self._here else []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to filter, and answers are given right here; in a text, letters are letters."""
        if action in ("filter", "answer"):
            return False
        if action in _OF_LETTERS and isinstance(self.focused, (Input, TextArea)):
            return False
        if action == "go_to_tab" and field_of(self.focused):
            return False  # a number too high for the choices there are
        return super().check_action(action, parameters)

    def action_tick_here(self) -> None:
        """Tick the step one is in and go on; a settled one stays so, for this key is pressed to keep what was typed."""
        here = self._here
        found = self._opened.sheet.view.steps[here.step_id] if here and self._opened else None
        if found is None or found.is_open:
            self._tick(goes_on=True)
        elif unfit := self.record_all():
            self.go_to_fault(unfit)
        else:
            self.tell(_("Recorded. Space on its heading opens the step again."))

    def _is_over(self, before: "StepView | None") -> bool:
        """Whether an open step, or a round of it, was settled since."""
        after = self._opened.sheet.view.steps.get(before.step.id) if self._opened and before else None
        if before is None or after is None:
            return False
        return before.is_open and (
            not after.is_open or len(after.progress.earlier) > len(before.progress.earlier)
        )

    def _go_on(self) -> None:
        """From a step that was ticked to the first open question of the next, or to its head when it asks nothing."""
        place = next(n for n, step in enumerate(self._steps) if step.step_id == self._ticking)
        self._ticking = ""
        views = self._opened.sheet.view.steps if self._opened else {}
        ready = [
            step for step in self._steps[place + 1 :]
            if step.display and (view := views[step.step_id]).is_open and not (view.locked_by or view.blocked)
        ]  # fmt: skip
        if not ready:
            self.set_focus(self._steps[place].head)
            self.tell(_("That was the last open step here."))
            return
        fields = [stop for stop in ready[0].stops if isinstance(stop, CallField)]
        for field in [*(f for f in fields if f.is_open), *fields][:1]:
            field.focus_input()
        if not fields:
            self.set_focus(ready[0].head)

    def action_tick(self) -> None:
        """Tick, or open again."""
        self._tick(goes_on=False)

    def _tick(self, *, goes_on: bool) -> None:
        """What was offered and left standing counts as answered; `goes_on`: to the next step then."""
        target, here = self.one(), self._here
        if target is None or here is None:
            return
        self._ticking = here.step_id if goes_on else ""
        unfit = [field for field in here.fields if field.is_asked and not self.record(field)]
        if unfit:
            self.go_to_fault(unfit)
        else:
            offered = {f.question.id: f.typed for f in here.fields if f.is_asked and f.is_offered}
            self.tick(target, offered)

    def action_stop(self, way: int) -> None:
        """To the next input or head, or the one before; what an answer shows or hides counts already."""
        here = field_of(self.focused)
        if here:
            self.record(here)
        place = here or (self._here.head if self._here else None)
        stops = self._stops(place)
        if place not in stops:
            self.focus_body()
            return
        stop = stops[(stops.index(place) + way) % len(stops)]
        if isinstance(stop, CallField):
            stop.focus_input()
        else:
            self.set_focus(stop)

    def _stops(self, place: CallHead | CallField | None) -> list[CallHead | CallField]:
        """Where `tab` can go: every question, and the heads of steps that ask none; and where it is now.

        On a head letters are commands, so one who fills in the page does not come through those they do not need.
        """
        stops: list[CallHead | CallField] = []
        for step in self._steps:
            if step.display:
                fields = step.stops[1:]
                stops += [s for s in step.stops if s in fields or not fields or s is place]
        return stops

    def on_form_field_submitted(self, event: FormField.Submitted) -> None:
        """`enter` goes on."""
        event.stop()
        self.action_stop(1)

    def action_step(self, way: int) -> None:
        """To the head of the next step, or of the one before."""
        shown, here = [step for step in self._steps if step.display], self._here
        if here not in shown:
            self.focus_body()
            return
        stays = way < 0 and not here.head.has_focus
        place = shown.index(here) + (0 if stays else way)
        if 0 <= place < len(shown):
            self.set_focus(shown[place].head)

    def action_page(self, way: int) -> None:
        """One window on or back."""
        page = self.query_one("#page")
        page.scroll_relative(y=way * max(1, page.size.height - 1), animate=False)

    def action_undo(self) -> None:
        """Take back the newest change; what was typed is one by then."""
        self.record_all()
        super().action_undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.record_all()
        super().action_redo()

    # Leaving.

    def action_leave(self) -> None:
        """Back to the run."""
        self._go(self.leave)

    def action_go_to_tab(self, tab: str) -> None:
        """To one of the tabs."""
        app: Any = self.app
        self._go(partial(app.action_open_tab, tab))

    def action_go_out(self) -> None:
        """Close the app."""
        self._go(self.app.exit)

    def _go(self, where: Callable[[], Any]) -> None:
        """Leave; what does not fit is asked about first, for it would be lost."""
        unfit = self.record_all()
        if unfit:
            self.ask(self._ask_leave, unfit, where)
        else:
            self.app.call_later(where)

    async def _ask_leave(self, unfit: list[CallField], where: Callable[[], Any]) -> None:
        from playbook.dialogs.confirm import ConfirmDialog

        lost = [f"{field.question.label}: {line(field.raw)[:60]}" for field in unfit]
        if await self.app.push_screen_wait(ConfirmDialog(_("Leave without this?"), lost)):
            self.app.call_later(where)
        else:
            self.go_to_fault(unfit)

"""What keys do to steps, wherever a step stands in a row: skip, note, date, block, give to somebody."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.dialogs.step_targets import Target
from playbook.dialogs.step_ticking import StepTicking
from playbook.words import N_, _

if TYPE_CHECKING:
    from playbook.core.view import StepView


class StepActions(StepTicking):
    """Every action on steps; with several marked, it is for all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "skip", N_("skip"), id="step.skip", tooltip=N_("Leave out, with a reason; or mark n/a")),
        Binding("n", "note", N_("note"), id="step.note", tooltip=N_("Add a note to the step")),
        Binding("d", "due", N_("due"), id="step.due", tooltip=N_("Set the date by hand: fri, +3bd, 12 dec, or clear")),
        Binding("b", "block", N_("block"), show=False, id="step.block",
                tooltip=N_("It cannot go on: say why, and when to look again; or unblock it")),
        Binding("p", "assign", N_("give to"), show=False, id="step.assign", tooltip=N_("Give the step to somebody")),
    ]  # fmt: skip

    def _asked_of(self) -> "tuple[list[Target], StepView] | None":
        """The steps a question is about, and the first of them."""
        found = self.targets()
        view = self.view_of(found[0]) if found else None
        return (found, view) if view is not None else None

    def action_skip(self) -> None:
        """Skip or n/a, with a reason."""
        if self.one():
            self.ask(self._ask_skip)

    async def _ask_skip(self) -> None:
        from playbook.dialogs.asking import skip_dialog

        asked = self._asked_of()
        if asked is None:
            return
        found, view = asked
        views = [view, *(other for target in found[1:] if (other := self.view_of(target)))]
        needs_reason = any(other.step.skip == "reason" for other in views)
        repeats = any(other.step.repeat for other in views)
        is_optional = all(other.step.skip == "free" for other in views)
        dialog = skip_dialog(
            self.titled(found, view), needs_reason=needs_reason, repeats=repeats, is_optional=is_optional
        )
        answer = await self.app.push_screen_wait(dialog)
        if answer is not None:
            fits = answer["how"] != "na"
            skipped = self.workspace.runs.decisions.skip(answer["reason"], fits=fits)
            self.carry_out(_("skipped") if fits else _("set to n/a"), skipped, found)

    def action_note(self) -> None:
        """Add a note."""
        if self.one():
            self.ask(self._ask_note)

    async def _ask_note(self) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        asked = self._asked_of()
        if asked is None:
            return
        found, view = asked
        dialog = AskTextDialog(self.titled(found, view), _("Note"), several_lines=True)
        if text := await self.app.push_screen_wait(dialog):
            self.carry_out(_("noted"), self.workspace.runs.decisions.note(text), found)

    def action_due(self) -> None:
        """Set or clear the date."""
        if self.one():
            self.ask(self._ask_due)

    async def _ask_due(self) -> None:
        from playbook.core.calendar import from_stamp
        from playbook.dialogs.asking import CLEAR, reading_of
        from playbook.dialogs.due import DueDialog
        from playbook.widgets.due_label import due_sentence

        asked = self._asked_of()
        if asked is None:
            return
        found, view = asked
        now = "".join(span.text for span in due_sentence(view.due.moment, self.now()))
        by_hand = f"{now}, {_('set by hand')}" if view.due.by_hand else now
        dialog = DueDialog(self.titled(found, view), reading_of(self.workspace), now=by_hand)
        answer = await self.app.push_screen_wait(dialog)
        if answer is not None:
            moment = None if answer == CLEAR else from_stamp(answer)
            self.carry_out(_("dated"), self.workspace.runs.decisions.due(moment), found)

    def action_block(self) -> None:
        """Flag a step that cannot go on; a blocked one may go on again."""
        target = self.one()
        view = self.view_of(target) if target else None
        if view is None:
            return
        if view.blocked is not None:
            self.carry_out(_("unblocked"), self.workspace.runs.decisions.unblock())
        else:
            self.ask(self._ask_block)

    async def _ask_block(self) -> None:
        from playbook.core.calendar import from_stamp
        from playbook.core.schedule import day_of
        from playbook.dialogs.asking import block_dialog

        asked = self._asked_of()
        if asked is None:
            return
        found, view = asked
        typed = await self.app.push_screen_wait(block_dialog(self.workspace, self.titled(found, view)))
        if typed is not None:
            moment = from_stamp(typed["until"]) if typed["until"] else None
            day = day_of(moment, self.workspace.calendar) if moment else None
            self.carry_out(_("blocked"), self.workspace.runs.decisions.block(typed["reason"], day), found)

    def action_assign(self) -> None:
        """Give the step to somebody."""
        if self.one():
            self.ask(self._ask_assign)

    async def _ask_assign(self) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        asked = self._asked_of()
        if asked is None:
            return
        found, view = asked
        dialog = AskTextDialog(
            self.titled(found, view), _("Who does it"), value=view.person,
            hint=_("Empty: whoever has its role."),
        )  # fmt: skip
        person = await self.app.push_screen_wait(dialog)
        if person is not None:
            what = (
                _("given to {person}").format(person=person.strip())
                if person.strip()
                else _("given to nobody")
            )
            self.carry_out(what, self.workspace.runs.decisions.assign(person), found)

"""Which steps a key is for, and the same change to one or many of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.dialogs.log_actions import LogActions
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.core.decide import Sheet
    from playbook.core.view import StepView
    from playbook.workspace.decisions import OfStep


class Target(NamedTuple):
    """The step an action is for."""

    run_id: str
    step_id: str


class LastAction(NamedTuple):
    """What was done last, for doing it again elsewhere."""

    what: str
    """In a word, such as “skipped”."""
    of_step: "OfStep"


class StepTargets(LogActions):
    """Mixed into a MainScreen whose rows are steps; `targets` says which, `changed` draws what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("full_stop", "again", N_("again"), show=False, id="step.again", key_display=".",
                tooltip=N_("Do the last action again, to this step or the marked ones")),
    ]  # fmt: skip

    @property
    def sheet(self) -> "Sheet | None":
        """The run that is shown, as last read; None on a screen with steps of several runs."""
        return None

    def targets(self) -> list[Target]:
        """The marked steps, else the one under the cursor."""
        raise NotImplementedError

    def changed(self, sheet: "Sheet | None") -> None:
        """Draw what a change left."""
        self.calmly(self.reload)

    def one(self) -> Target | None:
        """The one step an action is for; none is told."""
        found = self.targets()
        if not found:
            self.tell(_("Put the cursor on a step first."))
            return None
        return found[0]

    def view_of(self, target: Target) -> "StepView | None":
        """The step as it stands."""
        opened = self.allowed(self.calmly(lambda: self.workspace.runs.open(target.run_id)))
        return opened.sheet.view.steps.get(target.step_id) if opened else None

    def titled(self, found: list[Target], view: "StepView") -> str:
        """The step's title, or how many steps there are."""
        return view.step.title if len(found) == 1 else plural("{count} step", "{count} steps", len(found))

    def carry_out(self, what: str, of_step: "OfStep", found: list[Target] | None = None) -> bool:
        """Make a change to every step it is for, and tell whether it was made to the one there is.

        `what` is it in a word, for doing it again.
        """
        self.remember(what, of_step)
        found = self.targets() if found is None else found
        if len(found) > 1:
            self.change_several(
                found, of_step, lambda n: plural("{count} step changed", "{count} steps changed", n)
            )
            return False
        runs, (run_id, step_id) = self.workspace.runs, found[0]
        return self.take(self.calmly(lambda: runs.change(run_id, of_step(step_id))))

    def change_several(
        self, found: "Sequence[tuple[str, str]]", of_step: "OfStep", said: Callable[[int], str]
    ) -> None:
        """One change to all that is marked. What refuses stays as it is, is counted, and the first says why."""
        outcome = self.calmly(lambda: self.workspace.runs.change_several(found, of_step))
        if outcome is None:
            return
        done, refused = outcome
        self.rows.clear_marks()
        self.changed(None)
        words = f"{said(done)}."
        if refused:
            from playbook.words.refusals import refusal_words

            count = plural("{count} stayed as it was", "{count} stayed as they were", len(refused))
            words += f" {count}: {refusal_words(refused[0][1])}"
        self.tell(words, "warning" if refused else "information")

    def action_again(self) -> None:
        """Do the last action again, here."""
        last: LastAction | None = getattr(self.app, "last_action", None)
        if last is None:
            self.tell(_("Nothing was done yet that could be done again."))
        elif self.one() and self.carry_out(last.what, last.of_step):
            self.tell(_("Again: {what}.").format(what=last.what))

    def remember(self, what: str, of_step: "OfStep") -> None:
        """Keep an action for doing it again."""
        app: Any = self.app
        app.last_action = LastAction(what, of_step)

    def take(self, outcome: "Sheet | Refusal | None", said: str = "") -> bool:
        """Draw a change and say what was done, or tell why there is none; whether there is one."""
        sheet = self.allowed(outcome)
        if sheet is None:
            return False
        self.changed(sheet)
        if said:
            self.tell(said)
        return True

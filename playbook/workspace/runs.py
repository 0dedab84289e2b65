"""Runs: starting, working through, ending, taking back."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from playbook.core import decide
from playbook.core.client import Client
from playbook.core.decide import Sheet, Typed
from playbook.core.history import HistoryRow, history
from playbook.core.operations import Draft, Operation, next_redo, next_undo
from playbook.core.problems import Refusal
from playbook.core.schedule import Moment
from playbook.core.view import StepView
from playbook.store import journal, queries
from playbook.store.database import Transaction
from playbook.workspace.names import find_run
from playbook.workspace.starting import StartForm, Starting
from playbook.workspace.writing import Decision, Writing

if TYPE_CHECKING:
    from playbook.exports import Handout
    from playbook.workspace import Workspace
    from playbook.workspace.starting import StartForm, Starting


class OpenRun(NamedTuple):
    """A run and whom it is for."""

    sheet: Sheet
    client: Client


class Undone(NamedTuple):
    """What was taken back, or done again."""

    operation: Operation
    run: str
    step: str
    """Title of the step; "" when the change was on none."""


Pick = Callable[[Sequence[Operation], str], Operation | None]
"""Picks the operation to switch, from those of a device."""

_KEPT_IN_RUN = frozenset({"start", "client-add"})
"""Kinds that undo within a run leaves alone: taking back a start is meant, not slipped into."""


class Runs:
    """Every change returns what stands after COMMIT, or the refusal."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self.writing = Writing(workspace)

    @cached_property
    def starting(self) -> "Starting":
        """Starting runs, which most commands never do."""
        from playbook.workspace.starting import Starting

        return Starting(self.workspace, self.writing)

    # Finding and reading.

    def find(self, ref: str) -> str | Refusal:
        """The permanent id of the run that a name or an unambiguous prefix means."""
        return find_run(self.workspace.store, ref)

    def open(self, run_id: str) -> OpenRun | Refusal:
        """The run as it stands."""
        held = self.writing.held(self.workspace.store, run_id)
        if held is None:
            return Refusal("no-run", {"run": run_id})
        return OpenRun(self.writing.sheet(held), held.client)

    def history(self, run_id: str) -> list[HistoryRow]:
        """Every change to a run, oldest first, with those undone."""
        held = self.writing.held(self.workspace.store, run_id)
        slug = held.client.slug if held else ""
        return history(journal.operations_of_run(self.workspace.store, run_id), slug)

    def handout(self, run_id: str, *, client_safe: bool) -> "Handout | Refusal":
        """All an export needs."""
        from playbook.exports import Handout

        held = self.writing.held(self.workspace.store, run_id)
        if held is None:
            return Refusal("no-run", {"run": run_id})
        entries = tuple(e for e in queries.entries(self.workspace.store, held.client.id) if e.run == run_id)
        zone = str(getattr(self.workspace.clock.zone, "key", "UTC"))
        return Handout(
            self.writing.sheet(held), held.client, entries, tuple(self.history(run_id)),
            held.run.playbook.language, zone, client_safe,
        )  # fmt: skip

    # Starting.

    def preview(self, form: "StartForm") -> Sheet | Refusal:
        """The run as it would be, with every date; nothing is stored."""
        return self.starting.preview(form)

    def start(self, form: "StartForm") -> Sheet | Refusal:
        """Start a playbook for a client; a step that started it is told so in the same operation batch."""
        return self.starting.start(form)

    def start_form(self, sheet: Sheet, found: StepView, client: str) -> "StartForm":
        """The form for the playbook that a step starts, filled in from the run's answers."""
        from playbook.workspace.starting import StartForm

        starts = found.step.starts
        assert starts is not None
        known = {name: sheet.run.answer(source) for name, source in starts.set.items()}
        answers = {name: str(value) for name, value in known.items() if isinstance(value, (str, int, float))}
        start = str(sheet.run.answer(starts.on) or "") if starts.on else ""
        return StartForm(
            starts.playbook, client, start, answers.pop("target", ""), answers, parent=sheet.run.name,
            parent_step=found.step.id,
        )  # fmt: skip

    # Working through.

    def tick(
        self, run_id: str, step_id: str, answers: Mapping[str, Typed] | None = None, *,
        channel: str | None = None, override: str = "", note: str = "",
    ) -> Sheet | Refusal:  # fmt: skip
        """Mark a step done, with its answers, contact and entries; the note goes into the same batch."""
        ticked = self._ticked(step_id, answers or {}, channel, override)
        if not note.strip():
            return self.writing.change(run_id, ticked)
        return self.writing.change(run_id, ticked, lambda sheet: decide.note(sheet, step_id, note))

    def _ticked(
        self, step_id: str, answers: Mapping[str, Typed], channel: str | None = None, override: str = ""
    ) -> Decision:
        at = self.workspace.clock.stamp()

        def decision(sheet: Sheet) -> Draft | Refusal:
            typed = self._typed(sheet, answers)
            return decide.tick(sheet, step_id, at=at, answers=typed, channel=channel, override=override)

        return decision

    def _answered(self, step_id: str, answers: Mapping[str, Typed]) -> Decision:
        return lambda sheet: decide.answer(sheet, step_id, self._typed(sheet, answers))

    def _typed(self, sheet: Sheet, answers: Mapping[str, Typed]) -> Mapping[str, Typed]:
        """Days as people write them are days from here on."""
        if not answers:
            return answers
        from playbook.workspace.typing_in import with_days

        fields = sheet.run.playbook.all_fields()
        return with_days(fields, answers, self.workspace.clock.today(), sheet.calendar)

    def skip(self, run_id: str, step_id: str, reason: str, *, fits: bool = True) -> Sheet | Refusal:
        """Skip a step; `fits=False` marks it n/a."""
        return self.writing.change(
            run_id, lambda sheet: decide.skip(sheet, step_id, reason=reason, fits=fits)
        )

    def reopen(self, run_id: str, step_id: str) -> Sheet | Refusal:
        """Open a settled step again."""
        return self.writing.change(run_id, lambda sheet: decide.reopen(sheet, step_id))

    def answer(self, run_id: str, step_id: str, answers: Mapping[str, Typed]) -> Sheet | Refusal:
        """Record answers without ticking; `step_id` "" means the run's own fields."""
        return self.writing.change(run_id, self._answered(step_id, answers))

    def note(self, run_id: str, step_id: str, text: str) -> Sheet | Refusal:
        """Add a note to a step, or with `step_id` "" to the run."""
        return self.writing.change(run_id, lambda sheet: decide.note(sheet, step_id, text))

    def due(self, run_id: str, step_id: str, moment: Moment | None) -> Sheet | Refusal:
        """Set a date by hand, or clear it with None."""
        return self.writing.change(run_id, lambda sheet: decide.due(sheet, step_id, moment))

    def dates(
        self, run_id: str, *, start: Moment | None = None, target: Moment | None = None
    ) -> Sheet | Refusal:
        """Move the start or the target; every date that counts from it follows."""
        return self.writing.change(run_id, lambda sheet: decide.dates(sheet, start=start, target=target))

    def would_refuse(
        self,
        run_id: str,
        step_id: str,
        answers: Mapping[str, Typed],
        *,
        override: str = "",
        ticks: bool = False,
    ) -> Refusal | None:
        """What is wrong with these answers, before anything is recorded."""
        opened = self.open(run_id)
        if isinstance(opened, Refusal):
            return opened
        decision = (
            self._ticked(step_id, answers, None, override) if ticks else self._answered(step_id, answers)
        )
        outcome = decision(opened.sheet)
        return outcome if isinstance(outcome, Refusal) else None

    # The same change to several steps, as one batch.

    def change_several(
        self, targets: Sequence[tuple[str, str]], decision: Callable[[str], Decision]
    ) -> tuple[int, list[tuple[str, Refusal]]]:
        """Make one change to each (run, step); how many were changed, and the steps that refused.

        `decision(step_id)` says what to decide on a step's run, see `ticking` and its like.
        """
        return self.writing.change_several(targets, decision)

    def ticking(self, step_id: str) -> Decision:
        """Mark the step done."""
        return self._ticked(step_id, {})

    @staticmethod
    def skipping(reason: str, *, fits: bool) -> Callable[[str], Decision]:
        """Skip a step, or with `fits=False` mark it n/a."""
        return lambda step_id: lambda sheet: decide.skip(sheet, step_id, reason=reason, fits=fits)

    @staticmethod
    def noting(text: str) -> Callable[[str], Decision]:
        """Add the note to a step."""
        return lambda step_id: lambda sheet: decide.note(sheet, step_id, text)

    @staticmethod
    def dating(moment: Moment | None) -> Callable[[str], Decision]:
        """Set a step's date by hand, or clear it."""
        return lambda step_id: lambda sheet: decide.due(sheet, step_id, moment)

    # Ending.

    def finish(self, run_id: str, reason: str = "") -> Sheet | Refusal:
        """End a run well."""
        return self.writing.change(run_id, lambda sheet: decide.finish(sheet, reason))

    def abandon(self, run_id: str, reason: str) -> Sheet | Refusal:
        """End a run without claiming success."""
        return self.writing.change(run_id, lambda sheet: decide.abandon(sheet, reason))

    def reopen_run(self, run_id: str, reason: str = "") -> Sheet | Refusal:
        """Go on with an ended run."""
        return self.writing.change(run_id, lambda sheet: decide.reopen_run(sheet, reason))

    # Taking back.

    def undo(self, run_id: str = "") -> Undone | Refusal:
        """Take back the newest change made here: in one run, or with "" anywhere."""
        return self._switch(
            run_id,
            lambda ops, device: next_undo(ops, device, _KEPT_IN_RUN if run_id else frozenset()),
            "undo",
        )

    def redo(self, run_id: str = "") -> Undone | Refusal:
        """Do again what was taken back last."""
        return self._switch(run_id, next_redo, "redo")

    def _switch(self, run_id: str, pick: Pick, what: str) -> Undone | Refusal:
        with self.workspace.store.write() as tx:
            device = self.workspace.store.device
            op = pick(journal.operations_of_run(tx, run_id) if run_id else journal.newest(tx, device), device)
            if op is None:
                only_start = what == "undo" and bool(run_id)
                return Refusal("undo-only-start" if only_start else f"{what}-nothing")
            if refusal := self._in_use(tx, op):
                return refusal
            told = self._told(tx, op)
            self.writing.switch(tx, op.batch)
        return told

    def _in_use(self, tx: Transaction, op: Operation) -> Refusal | None:
        """A start is not taken back once somebody worked on the run."""
        for other in journal.operations_of_batch(tx, op.batch):
            if other.kind == "start" and other.undoes == "":
                later = [o for o in journal.operations_of_run(tx, other.run) if o.batch != op.batch]
                if next_undo(later, self.workspace.store.device) is not None:
                    return Refusal("undo-child", {"run": str(other.body.get("name", ""))})
        return None

    def _told(self, tx: Transaction, op: Operation) -> Undone:
        shown = next(first for first in journal.operations_of_batch(tx, op.batch) if first.run == op.run)
        while shown.kind == "undo":
            shown = journal.operations_of_batch(tx, shown.undoes)[0]
        run = self.writing.held(tx, shown.run) if shown.run else None
        step = run.view.steps.get(shown.step) if run else None
        name = run.run.name if run else str(shown.body.get("name", ""))
        return Undone(shown, name, step.step.title if step else "")

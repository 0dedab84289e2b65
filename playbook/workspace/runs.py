"""Runs: starting, working through, ending, taking back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from playbook.core import decide
from playbook.core.answers import as_typed
from playbook.core.client import Client
from playbook.core.decide import Sheet, Typed
from playbook.core.history import HistoryRow, history
from playbook.core.playbook import Field, Playbook
from playbook.core.problems import Refusal
from playbook.core.schedule import Moment
from playbook.core.view import StepView
from playbook.core.what_if import MovedDate, moved_dates, run_after
from playbook.store import journal, ledger_rows, queries
from playbook.workspace.decisions import Decisions, OfStep
from playbook.workspace.names import find_run
from playbook.workspace.taking_back import TakingBack, Undone
from playbook.workspace.writing import Decision, Writing

if TYPE_CHECKING:
    from playbook.core.client import Entry
    from playbook.exports import Handout
    from playbook.words.names import Names
    from playbook.words.run_texts import RunTexts
    from playbook.workspace import Workspace
    from playbook.workspace.starting import StartForm, Starting


class OpenRun(NamedTuple):
    """A run and whom it is for."""

    sheet: Sheet
    client: Client
    scripts: Playbook
    """The playbook whose words the client understands: the run's own, or its twin in their language."""

    known: Callable[[str], Any]
    """What follows from the client's ledger, by the name that texts have for it."""

    def texts(self, me: str, today: date) -> "RunTexts":
        """The run's texts with their names filled in."""
        from playbook.words.run_texts import RunTexts

        return RunTexts(self.sheet, self.client, self.scripts, me=me, today=today, known=self.known)


class Runs:
    """Every change returns what stands after COMMIT, or the refusal."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self.writing = Writing(workspace)
        self.decisions = Decisions(workspace)
        self._taking_back = TakingBack(workspace, self.writing)

    @cached_property
    def starting(self) -> "Starting":
        """Starting runs, which most commands never do."""
        from playbook.workspace.starting import Starting

        return Starting(self.workspace, self.writing)

    # Finding and reading.

    def find(self, ref: str) -> str | Refusal:
        """The permanent id of the run that a name or an unambiguous prefix means."""
        return find_run(self.workspace.store, ref)

    def has_any(self) -> bool:
        """Whether any run was ever started here."""
        return queries.has_runs(self.workspace.store)

    def open(self, run_id: str) -> OpenRun | Refusal:
        """The run as it stands."""
        held = self.writing.held(self.workspace.store, run_id)
        if held is None:
            return Refusal("no-run", {"run": run_id})
        known = partial(self.workspace.ledger.known, held.client.id)
        return OpenRun(self.writing.sheet(held), held.client, self.writing.scripts(held), known)

    def history(self, run_id: str) -> list[HistoryRow]:
        """Every change to a run, oldest first, with those undone."""
        held = self.writing.held(self.workspace.store, run_id)
        slug = held.client.slug if held else ""
        return history(journal.operations_of_run(self.workspace.store, run_id), slug)

    def names(self, rows: Iterable[HistoryRow]) -> "dict[str, Names]":
        """What the ids in a history stand for, by run; a run whose start was taken back is among them."""
        from playbook.words.names import Names

        rows = list(rows)
        names = {
            run_id: Names(self.writing.copy_of(self.workspace.store, run_id))
            for run_id in {row.run for row in rows}
            if run_id
        }
        for row in rows:
            if row.kind == "own-step" and row.run:
                names[row.run].titles[row.step or ""] = str(row.new)
        return names

    def copies(self, client_id: str) -> "list[Playbook]":
        """The playbooks of a client's runs as they were at the start, the newest run's first; each once."""
        rows = queries.run_rows(self.workspace.store, client_id, ended=True)
        rows.sort(key=lambda row: row.started_at, reverse=True)
        versions = dict.fromkeys(row.version for row in rows)
        return [self.writing.playbook(self.workspace.store, version) for version in versions]

    def handout(self, run_id: str, *, client_safe: bool) -> "Handout | Refusal":
        """All an export needs."""
        from playbook.exports import Handout

        held = self.writing.held(self.workspace.store, run_id)
        if held is None:
            return Refusal("no-run", {"run": run_id})
        ledger = self.workspace.ledger
        entries = tuple(e for e in ledger.entries(held.client.id) if e.run == run_id)
        zone = str(getattr(self.workspace.clock.zone, "key", "UTC"))
        return Handout(
            self.writing.sheet(held), held.client, entries, tuple(self.history(run_id)),
            held.run.playbook.language, zone, client_safe, ledger.standing_on_paper(held.client.id),
        )  # fmt: skip

    # Starting.

    def preview(self, form: "StartForm") -> Sheet | Refusal:
        """The run as it would be, with every date; nothing is stored."""
        return self.starting.preview(form)

    def start(self, form: "StartForm") -> Sheet | Refusal:
        """Start a playbook for a client; a step that started it is told so in the same operation batch."""
        return self.starting.start(form)

    def tick_and_start(self, run_id: str, ticked: Decision, form: "StartForm") -> Sheet | Refusal:
        """Tick a step and start the playbook that it starts, as one change; the new run."""
        return self.starting.start(form, (run_id, ticked))

    def start_form_of(self, run_id: str, step_id: str, ticked: Decision) -> "StartForm | Refusal":
        """The form for the playbook that a step starts, filled in from the answers there are once it is ticked."""
        opened = self.open(run_id)
        if isinstance(opened, Refusal):
            return opened
        sheet, draft = opened.sheet, ticked(opened.sheet)
        if isinstance(draft, Refusal):
            return draft
        after = sheet._replace(run=run_after(sheet, draft))
        return self.start_form(after, sheet.view.steps[step_id], opened.client.slug)

    def start_form(self, sheet: Sheet, found: StepView, client: str) -> "StartForm":
        """The form for the playbook that a step starts, filled in from the run's answers."""
        from playbook.workspace.starting import StartForm

        starts = found.step.starts
        assert starts is not None
        fields = {field.id: replace(field, choices={}) for field in sheet.run.playbook.all_fields()}
        known = {name: sheet.run.answer(source) for name, source in starts.set.items()}
        answers = {
            name: as_typed(fields.get(starts.set[name], Field()), value, sheet.calendar)
            for name, value in known.items() if value is not None
        }  # fmt: skip
        start = str(sheet.run.answer(starts.on) or "") if starts.on else ""
        return StartForm(
            starts.playbook, client, start, answers.pop("target", ""), answers, parent=sheet.run.name,
            parent_step=found.step.id,
        )  # fmt: skip

    # Working through.

    def change(self, run_id: str, *decisions: Decision) -> Sheet | Refusal:
        """Carry out what `decisions` says on a run; several are one change, and one refusal keeps all of them out."""
        return self.writing.change(run_id, *decisions)

    def change_several(
        self, targets: Sequence[tuple[str, str]], of_step: OfStep
    ) -> tuple[int, list[tuple[str, Refusal]]]:
        """The same change to each (run, step) as one batch; how many were changed, and the steps that refused."""
        return self.writing.change_several(targets, of_step)

    def tick(
        self, run_id: str, step_id: str, answers: Mapping[str, Typed] | None = None, *, channel: str | None = None,
        override: str = "", note: str = "", outcomes: Mapping[int, str] | None = None,
    ) -> Sheet | Refusal:  # fmt: skip
        """Mark a step done, with its answers, contact and entries; the note goes into the same batch."""
        ticked = self.decisions.tick(answers, channel=channel, override=override, outcomes=outcomes)(step_id)
        if not note.strip():
            return self.change(run_id, ticked)
        both = (ticked, self.decisions.note(note)(step_id))
        return self.change(run_id, *(reversed(both) if self._repeats(run_id, step_id) else both))

    def _repeats(self, run_id: str, step_id: str) -> bool:
        """Whether a tick opens the step's next round, so that a note on this one has to come first."""
        opened = self.open(run_id)
        found = None if isinstance(opened, Refusal) else opened.sheet.view.steps.get(step_id)
        return bool(found and found.step.repeat)

    def skip(self, run_id: str, step_id: str, reason: str, *, fits: bool = True) -> Sheet | Refusal:
        """Skip a step; `fits=False` marks it n/a."""
        return self.change(run_id, self.decisions.skip(reason, fits=fits)(step_id))

    def reopen(self, run_id: str, step_id: str) -> Sheet | Refusal:
        """Open a settled step again."""
        return self.change(run_id, self.decisions.reopen()(step_id))

    def answer(self, run_id: str, step_id: str, answers: Mapping[str, Typed]) -> Sheet | Refusal:
        """Record answers without ticking; `step_id` "" means the run's own fields."""
        return self.change(run_id, self.decisions.answer(answers)(step_id))

    def note(self, run_id: str, step_id: str, text: str) -> Sheet | Refusal:
        """Add a note to a step, or with `step_id` "" to the run."""
        return self.change(run_id, self.decisions.note(text)(step_id))

    def due(self, run_id: str, step_id: str, moment: Moment | None) -> Sheet | Refusal:
        """Set a date by hand, or clear it with None."""
        return self.change(run_id, self.decisions.due(moment)(step_id))

    def dates(
        self, run_id: str, *, start: Moment | None = None, target: Moment | None = None
    ) -> Sheet | Refusal:
        """Move the start or the target; every date that counts from it follows."""
        return self.change(run_id, self.decisions.dates(start=start, target=target))

    def confirm_section(self, run_id: str, section_id: str) -> Sheet | Refusal:
        """Tick every step of a section that asks for nothing and could be ticked alone, as one change."""
        opened = self.open(run_id)
        if isinstance(opened, Refusal):
            return opened
        ticked = self.decisions.tick()
        steps = [
            step_id
            for step_id in decide.confirmable(opened.sheet, section_id)
            if not isinstance(ticked(step_id)(opened.sheet), Refusal) and not self.closing(run_id, step_id)
        ]
        if not steps:
            inside = [s for s in opened.sheet.view.steps.values() if s.section.id == section_id]
            return Refusal("section-settled" if all(s.is_settled for s in inside) else "section-nothing")
        return self.change(run_id, *(ticked(step_id) for step_id in steps))

    # Before anything is recorded.

    def what_if(self, run_id: str, decision: Decision) -> list[MovedDate] | Refusal:
        """Every date that a change would move."""
        opened = self.open(run_id)
        if isinstance(opened, Refusal):
            return opened
        draft = decision(opened.sheet)
        return draft if isinstance(draft, Refusal) else moved_dates(opened.sheet, draft)

    def closing(self, run_id: str, step_id: str) -> "list[Entry]":
        """The open entries whose outcome a tick of the step asks for."""
        opened = self.open(run_id)
        found = None if isinstance(opened, Refusal) else opened.sheet.view.steps.get(step_id)
        closes = found.step.closes if found and found.is_open else ""
        return ledger_rows.open_entries(self.workspace.store, run_id, closes) if closes else []

    def would_refuse(
        self, run_id: str, step_id: str, answers: Mapping[str, Typed], *, override: str = "", ticks: bool = False
    ) -> Refusal | None:  # fmt: skip
        """What is wrong with these answers."""
        opened = self.open(run_id)
        if isinstance(opened, Refusal):
            return opened
        ticked = self.decisions.tick(answers, override=override)
        of_step = ticked if ticks else self.decisions.answer(answers)
        outcome = of_step(step_id)(opened.sheet)
        return outcome if isinstance(outcome, Refusal) else None

    # Ending.

    def finish(self, run_id: str, reason: str = "") -> Sheet | Refusal:
        """End a run well."""
        return self.change(run_id, self.decisions.finish(reason))

    def abandon(self, run_id: str, reason: str) -> Sheet | Refusal:
        """End a run without claiming success."""
        return self.writing.change(run_id, lambda sheet: decide.abandon(sheet, reason))

    def reopen_run(self, run_id: str, reason: str = "") -> Sheet | Refusal:
        """Go on with an ended run."""
        return self.writing.change(run_id, lambda sheet: decide.reopen_run(sheet, reason))

    # Taking back.

    def undo(self, run_id: str = "") -> Undone | Refusal:
        """Take back the newest change made here: in one run, or with "" anywhere."""
        return self._taking_back.undo(run_id)

    def redo(self, run_id: str = "") -> Undone | Refusal:
        """Do again what was taken back last."""
        return self._taking_back.redo(run_id)

"""What can be done to a step or run, ready to be decided on the run as it stands when it is written.

One change to one step and one change to many are the same decisions: `runs.change` and `runs.change_several`
carry them out.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from playbook.core import decide
from playbook.core.decide import Sheet, Typed
from playbook.core.decide.money import is_about_money
from playbook.core.operations import Draft
from playbook.core.playbook import channel_of
from playbook.core.problems import Refusal
from playbook.core.schedule import Moment
from playbook.store import ledger_rows
from playbook.workspace.writing import Decision

if TYPE_CHECKING:
    from playbook.workspace import Workspace

OfStep = Callable[[str], Decision]
"""The same change to any step: given a step's id, what to decide on its run."""


class Decisions:
    """Each method says what is wanted; nothing happens until it is decided on a run."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    # A step.

    def tick(
        self, answers: Mapping[str, Typed] | None = None, *, channel: str | None = None, override: str = "",
        outcomes: Mapping[int, str] | None = None,
    ) -> OfStep:  # fmt: skip
        """Mark a step done. `outcomes` says how the open entries that it closes ended, by number."""
        at = self.workspace.clock.stamp()

        def of_step(step_id: str) -> Decision:
            def decision(sheet: Sheet) -> Draft | Refusal:
                found = sheet.view.steps.get(step_id)
                closes = found.step.closes if found else ""
                entries = (
                    ledger_rows.open_entries(self.workspace.store, sheet.run.id, closes) if closes else []
                )
                store, client_id = self.workspace.store, sheet.run.client_id
                makes_contact = found and (channel_of(found.step) if channel is None else channel)
                words = ledger_rows.open_words(store, client_id) if makes_contact else []
                is_money = found is not None and is_about_money(sheet, found, makes_contact or "")
                draft = decide.tick(
                    sheet, step_id, at=at, answers=self._typed(sheet, step_id, answers or {}), channel=channel,
                    override=override, open_entries=entries, outcomes=outcomes, words=words,
                    is_careless=is_money and self.workspace.ledger.balance(client_id).is_careless,
                )  # fmt: skip
                logged = [] if isinstance(draft, Refusal) else list(draft.body.get("entries") or ())
                return self.workspace.ledger.unfair(client_id, logged) or draft

            return decision

        return of_step

    def skip(self, reason: str, *, fits: bool = True) -> OfStep:
        """Leave a step out; `fits=False` marks it n/a."""
        return lambda step_id: lambda sheet: decide.skip(sheet, step_id, reason=reason, fits=fits)

    def reopen(self) -> OfStep:
        """Open a settled step again."""
        return lambda step_id: lambda sheet: decide.reopen(sheet, step_id)

    def answer(self, answers: Mapping[str, Typed]) -> OfStep:
        """Record answers without ticking; the step "" means the run's own fields."""
        at = self.workspace.clock.stamp()

        def of_step(step_id: str) -> Decision:
            def decision(sheet: Sheet) -> Draft | Refusal:
                found = sheet.view.steps.get(step_id)
                logs = found is not None and found.step.logs and found.progress.state == "done"
                store, run = self.workspace.store, sheet.run
                logged = ledger_rows.entries_of_step(store, run.client_id, run.id, step_id) if logs else []
                typed = self._typed(sheet, step_id, answers)
                return decide.answer(sheet, step_id, typed, at=at, logged=logged)

            return decision

        return of_step

    def note(self, text: str) -> OfStep:
        """Add a note; the step "" means the run."""
        return lambda step_id: lambda sheet: decide.note(sheet, step_id, text)

    def remark(self, text: str) -> OfStep:
        """Remark on a step of the playbook, for whoever improves it."""
        return lambda step_id: lambda sheet: decide.remark(sheet, step_id, text)

    def due(self, moment: Moment | None, reason: str = "") -> OfStep:
        """Set a date by hand, or clear it with None."""
        return lambda step_id: lambda sheet: decide.due(sheet, step_id, moment, reason)

    def block(self, reason: str, follow_up: date | None = None) -> OfStep:
        """Flag a step that cannot go on."""
        return lambda step_id: lambda sheet: decide.block(sheet, step_id, reason=reason, follow_up=follow_up)

    def unblock(self) -> OfStep:
        """Let a blocked step go on."""
        return lambda step_id: lambda sheet: decide.unblock(sheet, step_id)

    def assign(self, person: str) -> OfStep:
        """Give a step to somebody; "" gives it back to whoever has its role."""
        return lambda step_id: lambda sheet: decide.assign(sheet, step_id, person)

    # A run.

    def dates(self, *, start: Moment | None = None, target: Moment | None = None) -> Decision:
        """Move the start or the target; every date that counts from it follows."""
        return lambda sheet: decide.dates(sheet, start=start, target=target)

    def assign_role(self, role: str, person: str) -> Decision:
        """Give a role of the run to somebody."""
        return lambda sheet: decide.assign_role(sheet, role, person)

    def finish(self, reason: str = "") -> Decision:
        """End a run well."""
        return lambda sheet: decide.finish(sheet, reason)

    def add_step(self, title: str, *, section: str = "", after: str = "") -> Decision:
        """Add a step to this run alone."""
        return lambda sheet: decide.add_step(sheet, title, section=section, after=after)

    def _typed(self, sheet: Sheet, step_id: str, answers: Mapping[str, Typed]) -> Mapping[str, Typed]:
        """Days and sums as people write them are plain ones from here on."""
        if not answers:
            return answers
        from playbook.workspace.typing_in import as_meant

        found = sheet.view.steps.get(step_id)
        fields = found.step.fields if found else sheet.run.playbook.fields
        clock, country = self.workspace.clock, str(sheet.client.get("country") or "")
        return as_meant(fields, answers, clock.today(), sheet.calendar, clock.now(), country)

"""The one place where a run's dates, hidden and locked steps and totals are worked out.

Nothing here reads a clock: only *overdue* depends on now, and it is found by comparing dates.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.conditions import Facts, all_hold
from playbook.core.dating import NO_DUE, DateFault, Dating, Due, Memo
from playbook.core.plan import Plan, plan_of
from playbook.core.playbook import Field, Section, Step
from playbook.core.progress import UNTOUCHED, Blocked, Progress
from playbook.core.run import Run
from playbook.core.schedule import Moment


class StepView(NamedTuple):
    """One step of a run as it stands."""

    step: Step
    section: Section
    progress: Progress
    is_hidden: bool
    due: Due
    locked_by: tuple[str, ...]
    """Open steps that lock it: hard gates and `needs`."""
    warned_by: tuple[str, ...]
    """Open soft gates for which no reason was given yet."""
    fields: tuple[Field, ...]
    """Fields whose condition holds."""
    opens: Moment | None = None
    """Doing it before this asks for a reason once."""
    faults: tuple[DateFault, ...] = ()
    """What is impossible about its date."""
    is_retired: bool = False
    """The playbook no longer has it; it is kept for what was recorded in it."""
    person: str = ""
    """Who is to do it; "" for nobody in particular."""

    @property
    def round(self) -> dict[str, Any]:
        """Of a repeating step: what operations keep of the round that is open."""
        if not self.step.repeat:
            return {}
        return {"beat": self.due.beat, "due": as_stamp(self.due.moment) if self.due.moment else None}

    @property
    def missing(self) -> tuple[Field, ...]:
        """Required fields without an answer."""
        return tuple(f for f in self.fields if f.required and self.progress.answers.get(f.id) is None)

    @property
    def unanswered(self) -> tuple[Field, ...]:
        """Fields it asks that have no answer, also those that may stay empty."""
        return tuple(f for f in self.fields if self.progress.answers.get(f.id) is None)

    @property
    def is_waiting(self) -> bool:
        """Whether its date hangs on something that is not known yet."""
        return self.due.waiting is not None and self.due.moment is None

    @property
    def is_open(self) -> bool:
        """Whether it, or the next round of it, can still be done."""
        return self.progress.state == "open" and not self.is_hidden and not self.is_retired

    @property
    def is_settled(self) -> bool:
        """Whether others need not wait for it: done, skipped, n/a, hidden, retired, or repeating and done once."""
        return not self.is_open or self.progress.was_settled

    @property
    def is_conditional(self) -> bool:
        """Whether it is shown only under a condition."""
        return bool(self.step.when or self.section.when)

    @property
    def is_drawn(self) -> bool:
        """Hidden steps that somebody touched stay on the screen, marked."""
        return not self.is_hidden or self.progress.is_touched

    @property
    def blocked(self) -> Blocked | None:
        """Why it cannot go on, while it is open."""
        return self.progress.blocked if self.is_open else None

    @property
    def due_moment(self) -> Moment | None:
        """The date that counts for lists: None once settled; of a blocked step the day to look at it again."""
        if not self.is_open:
            return None
        blocked = self.progress.blocked
        if blocked is not None and blocked.follow_up_on:
            return from_stamp(blocked.follow_up_on) or self.due.moment
        return self.due.moment


class RunView(NamedTuple):
    """A run as it stands: its steps in order, and its totals."""

    steps: Mapping[str, StepView]
    done: int
    """Done and skipped."""
    total: int
    """Visible and not n/a."""
    next_due: Moment | None
    basis: tuple[Any, ...] = ()
    """What of the run and its calendar every step hangs on."""

    def left_open(self) -> tuple[str, ...]:
        """Visible open steps that hold back finishing; an optional one only when it is a hard gate."""
        held = [i for i, s in self.steps.items() if s.step.skip != "free" or s.step.gate == "hard"]
        return tuple(i for i in held if not self.steps[i].is_settled)


def totals_of(steps: Iterable[StepView]) -> tuple[int, int]:
    """How many of these steps are done or skipped, and of how many: shown, and not n/a.

    A repeating step that was done once counts as done, also when it comes back no more.
    """
    done = total = 0
    for found in steps:
        if found.is_hidden:
            continue
        progress = found.progress
        if progress is UNTOUCHED:
            total += not found.is_retired
            continue
        was_settled = progress.was_settled
        if (progress.state != "n/a" or progress.earlier) and (was_settled or not found.is_retired):
            total += 1
            done += was_settled
    return done, total


def derive(
    run: Run,
    calendar: Calendar,
    client: Mapping[str, Any],
    plan: Plan | None = None,
    *,
    memo: Memo | None = None,
    before: RunView | None = None,
) -> RunView:
    """Everything that follows from a run, its calendar and what is known of the client.

    `plan` is the plan of the run's playbook and `memo` what was worked out earlier, for callers that keep
    them. A step that stands as in `before` is the very object of `before`, so that `is` tells what changed.
    """
    derivation = _Derivation(run, calendar, client, plan or plan_of(run.playbook), memo or Memo(), before)
    return derivation.view()


def asked_fields(
    run: Run, calendar: Calendar, client: Mapping[str, Any], step_id: str, plan: Plan | None = None
) -> tuple[Field, ...]:
    """Fields of one step, or with `step_id` "" of the run itself, that apply."""
    plan = plan or plan_of(run.playbook)
    facts = _Derivation(run, calendar, client, plan, Memo()).facts_in(step_id)
    fields = plan.places[step_id][0].fields if step_id else run.playbook.fields
    return tuple(field for field in fields if all_hold(field.when, facts))


def missing_fields(
    run: Run, calendar: Calendar, client: Mapping[str, Any], step_id: str, plan: Plan | None = None
) -> tuple[Field, ...]:
    """Required fields of one step, or with `step_id` "" of the run itself, that apply and have no answer."""
    plan = plan or plan_of(run.playbook)
    fields = plan.places[step_id][0].fields if step_id else run.playbook.fields
    answers = run.progress(step_id).answers if step_id else run.answers
    lacking = tuple(field for field in fields if field.required and answers.get(field.id) is None)
    if not any(field.when for field in lacking):
        return lacking
    asked = {field.id for field in asked_fields(run, calendar, client, step_id, plan)}
    return tuple(field for field in lacking if field.id in asked)


class _Derivation:
    """One pass over a run; each answer, visibility and date is worked out once, in any order."""

    def __init__(
        self, run: Run, calendar: Calendar, client: Mapping[str, Any], plan: Plan, memo: Memo,
        before: RunView | None = None,
    ) -> None:  # fmt: skip
        self.run, self.calendar, self.plan = run, calendar, plan
        self.places, self.fields = plan.places, plan.fields
        self.facts = Facts(self.answer, self.state, client.get, calendar)
        self.dating = Dating(run, calendar, plan, memo, is_visible=self.is_visible, answer=self.answer)
        self.conditional = frozenset(plan.conditional)
        self.visible: dict[str, bool] = {}
        self.basis = run.start, run.target, run.roles, run.retired, run.started_at, calendar
        self.before = before.steps if before is not None else {}
        self.is_same_basis = before is not None and before.basis == self.basis
        for step_id in plan.conditional:
            self.is_visible(step_id)

    def view(self) -> RunView:
        for step_id in self.plan.dated:
            self.dating.due(step_id)
        locks = self._locks("hard")
        warnings = self._locks("soft")
        steps: dict[str, StepView] = {}
        for step_id in self.places:
            old = self.before.get(step_id)
            if old is not None and self.is_same_basis and self._stands(old, step_id, locks, warnings):
                steps[step_id] = old
                continue
            found = self._step(step_id, locks, warnings)
            steps[step_id] = old if old is not None and old == found else found
        done, total = totals_of(steps.values())
        dues = {moment for found in steps.values() if (moment := found.due_moment) is not None}
        return RunView(steps, done, total, min(dues, key=self.dating.key, default=None), self.basis)

    def _stands(
        self, old: StepView, step_id: str, locks: Mapping[str, list[str]], warnings: Mapping[str, list[str]]
    ) -> bool:
        """Whether a plain step is certain to stand as it did, so that it need not be worked out."""
        return (
            step_id in self.plan.plain
            and old.progress is self.run.steps.get(step_id, UNTOUCHED)
            and old.is_hidden is not self.visible.get(step_id, True)
            and step_id not in locks and step_id not in warnings
            and not old.locked_by and not old.warned_by
            and old.step is self.places[step_id][0]
            and old.section is self.places[step_id][1]
        )  # fmt: skip

    def _step(
        self, step_id: str, locks: Mapping[str, list[str]], warnings: Mapping[str, list[str]]
    ) -> StepView:
        step, section = self.places[step_id]
        progress = self.run.steps.get(step_id, UNTOUCHED)
        hidden = not self.visible.get(step_id, True)
        retired = step_id in self.run.retired
        is_open = progress.state == "open" and not hidden and not retired
        locked: tuple[str, ...] = ()
        warned: tuple[str, ...] = ()
        if is_open and (step.needs or step_id in locks):
            needs = [i for i in step.needs if i in self.places and not self.is_settled(i)]
            locked = tuple(dict.fromkeys([*locks.get(step_id, ()), *needs]))
        if is_open and step_id in warnings:
            warned = tuple(gate for gate in warnings[step_id] if gate not in self.run.gates_passed)
        fields = step.fields
        if step_id in self.plan.choosy:
            facts = self.facts_in(step_id)
            fields = tuple(f for f in fields if all_hold(f.when, facts))
        due = NO_DUE if hidden or retired else self.dating.due(step_id)
        opens: Moment | None = None
        faults: tuple[DateFault, ...] = ()
        if is_open:
            opens = self.dating.opens(step_id) if step.opens else None
            faults = self.dating.faults(step_id, locked)
        return StepView(
            step, section, progress, hidden, due, locked, warned, fields, opens, faults, retired,
            progress.person or (self.run.roles.get(step.role, "") if step.role else ""),
        )  # fmt: skip

    # Who is shown, and what is known.

    def is_visible(self, step_id: str) -> bool:
        if step_id not in self.conditional:
            return True
        if step_id not in self.visible:
            step, section = self.places[step_id]
            self.visible[step_id] = True  # a cycle of conditions ends here; `check` names it
            self.visible[step_id] = all_hold(section.when, self.facts) and all_hold(step.when, self.facts)
        return self.visible[step_id]

    def is_settled(self, step_id: str) -> bool:
        is_over = self.run.progress(step_id).was_settled or step_id in self.run.retired
        return is_over or not self.is_visible(step_id)

    def answer(self, field_id: str) -> Any:
        if field_id not in self.fields:
            return self.run.target if field_id == "target" else None
        _, step_id = self.fields[field_id]
        if not step_id:
            return self.run.answers.get(field_id)
        return self.run.progress(step_id).last_answers.get(field_id) if self.is_visible(step_id) else None

    def facts_in(self, step_id: str) -> Facts:
        """What the questions of a step look at: of its own answers those of the open round, not of the last one."""
        own = self.run.progress(step_id)
        if not own.earlier:
            return self.facts

        def answer(field_id: str) -> Any:
            is_own = self.fields.get(field_id, (None, ""))[1] == step_id
            return own.answers.get(field_id) if is_own and self.is_visible(step_id) else self.answer(field_id)

        return self.facts._replace(answer=answer)

    def state(self, step_id: str) -> str:
        if step_id not in self.places or not self.is_visible(step_id):
            return "hidden"
        return self.run.progress(step_id).standing

    # Locks.

    def _locks(self, strength: str) -> dict[str, list[str]]:
        """Open gates of this strength, by the steps they hold."""
        held: dict[str, list[str]] = {}
        for gate in self.plan.gates:
            if gate.strength == strength and not self.is_settled(gate.step_id):
                for step_id in gate.held:
                    held.setdefault(step_id, []).append(gate.step_id)
        return held

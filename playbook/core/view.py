"""The one place where a run's dates, hidden and locked steps and totals are worked out.

Nothing here reads a clock: only *overdue* depends on now, and it is found by comparing dates.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.conditions import Facts, all_hold
from playbook.core.plan import Plan, plan_of
from playbook.core.playbook import Field, Section, Step
from playbook.core.run import Progress, Run
from playbook.core.schedule import DateRule, Moment, day_of, due_on, moment_key


class Due(NamedTuple):
    """When a step is due, and how that came about."""

    moment: Moment | None = None
    waiting: DateRule | None = None
    """The rule whose anchor is unknown."""
    by_hand: bool = False
    moved_to_start: bool = False
    """The rule gave a date before the run's start."""


NO_DUE = Due()


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

    @property
    def missing(self) -> tuple[Field, ...]:
        """Required fields without an answer."""
        return tuple(f for f in self.fields if f.required and self.progress.answers.get(f.id) is None)

    @property
    def is_settled(self) -> bool:
        """Done, skipped, n/a or hidden."""
        return self.is_hidden or self.progress.state != "open"

    @property
    def is_conditional(self) -> bool:
        """Whether it is shown only under a condition."""
        return bool(self.step.when or self.section.when)

    @property
    def is_drawn(self) -> bool:
        """Hidden steps that somebody touched stay on the screen, marked."""
        return not self.is_hidden or self.progress.is_touched

    @property
    def due_moment(self) -> Moment | None:
        """The date that counts for lists: None once settled."""
        return None if self.is_settled else self.due.moment


class RunView(NamedTuple):
    """A run as it stands: its steps in order, and its totals."""

    steps: Mapping[str, StepView]
    done: int
    """Done and skipped."""
    total: int
    """Visible and not n/a."""
    next_due: Moment | None

    def left_open(self) -> tuple[str, ...]:
        """Visible open steps that hold back finishing; an optional one only when it is a hard gate."""
        held = [i for i, s in self.steps.items() if s.step.skip != "free" or s.step.gate == "hard"]
        return tuple(i for i in held if not self.steps[i].is_settled)


class _Known(NamedTuple):
    """What was worked out for one start and calendar."""

    dues: dict[tuple[DateRule, Moment, str, str], Due]
    keys: dict[Moment, datetime]


class Memo:
    """Dates that were worked out before, for the next derivation; forgotten when they grow too many."""

    LARGEST = 200
    """Starts that are remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Calendar], _Known] = {}

    def of(self, start: str, calendar: Calendar) -> _Known:
        """What is known of runs with this start."""
        if len(self._known) > self.LARGEST:
            self._known.clear()
        return self._known.setdefault((start, calendar), _Known({}, {}))


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
    derivation = _Derivation(run, calendar, client, plan or plan_of(run.playbook), memo or Memo())
    return derivation.view(before.steps if before else {})


def missing_fields(
    run: Run, calendar: Calendar, client: Mapping[str, Any], step_id: str, plan: Plan | None = None
) -> tuple[Field, ...]:
    """Required fields of one step, or with `step_id` "" of the run itself, that apply and have no answer."""
    return _Derivation(run, calendar, client, plan or plan_of(run.playbook), Memo()).missing(step_id)


class _Derivation:
    """One pass over a run; each answer, visibility and date is worked out once, in any order."""

    def __init__(
        self, run: Run, calendar: Calendar, client: Mapping[str, Any], plan: Plan, memo: Memo
    ) -> None:
        self.run, self.calendar, self.plan = run, calendar, plan
        self.known = memo.of(run.start, calendar)
        self.places, self.fields = plan.places, plan.fields
        self.facts = Facts(self.answer, self.state, client.get, calendar)
        self.start = from_stamp(run.start)
        self.conditional = frozenset(plan.conditional)
        self.visible: dict[str, bool] = {}
        self.dues: dict[str, Due] = {}
        for step_id in plan.conditional:
            self.is_visible(step_id)

    def view(self, before: Mapping[str, StepView]) -> RunView:
        for step_id in self.plan.dated:
            self.due(step_id)
        locks = self._locks("hard")
        warnings = self._locks("soft")
        steps: dict[str, StepView] = {}
        for step_id in self.places:
            found, old = self._step(step_id, locks, warnings), before.get(step_id)
            steps[step_id] = old if old is not None and old == found else found
        done = total = 0
        dues: set[Moment] = set()
        for found in steps.values():
            state = found.progress.state
            if found.is_hidden or state == "n/a":
                continue
            total += 1
            if state != "open":
                done += 1
            elif found.due.moment is not None:
                dues.add(found.due.moment)
        return RunView(steps, done, total, min(dues, key=self.key, default=None))

    def _step(
        self, step_id: str, locks: Mapping[str, list[str]], warnings: Mapping[str, list[str]]
    ) -> StepView:
        step, section = self.places[step_id]
        progress = self.run.progress(step_id)
        hidden = not self.is_visible(step_id)
        is_open = progress.state == "open" and not hidden
        locked: tuple[str, ...] = ()
        warned: tuple[str, ...] = ()
        if is_open and (step.needs or step_id in locks):
            needs = [i for i in step.needs if i in self.places and not self.is_settled(i)]
            locked = tuple(dict.fromkeys([*locks.get(step_id, ()), *needs]))
        if is_open and step_id in warnings:
            warned = tuple(gate for gate in warnings[step_id] if gate not in self.run.gates_passed)
        fields = step.fields
        if any(f.when for f in fields):
            fields = tuple(f for f in fields if all_hold(f.when, self.facts))
        due = NO_DUE if hidden else self.due(step_id)
        return StepView(step, section, progress, hidden, due, locked, warned, fields)

    def missing(self, step_id: str) -> tuple[Field, ...]:
        answers = self.run.progress(step_id).answers if step_id else self.run.answers
        fields = self.places[step_id][0].fields if step_id else self.run.playbook.fields
        return tuple(
            f for f in fields if f.required and answers.get(f.id) is None and all_hold(f.when, self.facts)
        )

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
        return self.run.progress(step_id).state != "open" or not self.is_visible(step_id)

    def answer(self, field_id: str) -> Any:
        if field_id not in self.fields:
            return self.run.target if field_id == "target" else None
        _, step_id = self.fields[field_id]
        if not step_id:
            return self.run.answers.get(field_id)
        return self.run.progress(step_id).answers.get(field_id) if self.is_visible(step_id) else None

    def state(self, step_id: str) -> str:
        if step_id not in self.places or not self.is_visible(step_id):
            return "hidden"
        return self.run.progress(step_id).state

    # Locks.

    def _locks(self, strength: str) -> dict[str, list[str]]:
        """Open gates of this strength, by the steps they hold."""
        held: dict[str, list[str]] = {}
        for gate in self.plan.gates:
            if gate.strength == strength and not self.is_settled(gate.step_id):
                for step_id in gate.held:
                    held.setdefault(step_id, []).append(gate.step_id)
        return held

    # Dates.

    def key(self, moment: Moment) -> datetime:
        """What a moment is ordered by."""
        keys = self.known.keys
        if moment not in keys:
            keys[moment] = moment_key(moment, self.calendar)
        return keys[moment]

    def due(self, step_id: str) -> Due:
        if step_id not in self.dues:
            self.dues[step_id] = NO_DUE  # a cycle of dates ends here; `check` names it
            self.dues[step_id] = self._due(step_id)
        return self.dues[step_id]

    def _due(self, step_id: str) -> Due:
        by_hand = self.run.progress(step_id).due_by_hand
        if by_hand and (moment := from_stamp(by_hand)) is not None:
            return Due(moment, by_hand=True)
        known: list[Due] = []
        waiting: DateRule | None = None
        for rule in self.plan.rules.get(step_id, ()):
            anchor = self.anchor(rule)
            if anchor is None:
                waiting = waiting or rule
            else:
                known.append(self._counted(rule, anchor, self.places[step_id][0]))
        if not known:
            return Due(waiting=waiting) if waiting else NO_DUE
        return known[0] if len(known) == 1 else min(known, key=lambda due: self.key(due.moment or date.max))

    def _counted(self, rule: DateRule, anchor: Moment, step: Step) -> Due:
        """The date a rule gives; steps with the same rule share it."""
        roll = step.roll or self.run.playbook.roll
        asked, dues = (rule, anchor, roll, step.by), self.known.dues
        if asked not in dues:
            dues[asked] = self._not_before_start(due_on(rule, anchor, self.calendar, roll, step.by))
        return dues[asked]

    def anchor(self, rule: DateRule) -> Moment | None:
        """The moment a rule counts from; None while nobody knows it."""
        name = rule.anchor
        if rule.of_due:
            return self.due(name).moment if name in self.places and self.is_visible(name) else None
        if name == "start":
            return self._unless_bare(rule, self.start)
        if name == "target":
            return from_stamp(self.run.target) if self.run.target else None
        if name in self.places:
            progress = self.run.progress(name)
            settled = progress.state != "open" and self.is_visible(name)
            return self._unless_bare(rule, from_stamp(progress.at)) if settled else None
        answer = self.answer(name)
        return from_stamp(answer) if isinstance(answer, str) else None

    def _unless_bare(self, rule: DateRule, moment: Moment | None) -> Moment | None:
        """A start or a completion without offset means its day; only a datetime field then means its instant."""
        return day_of(moment, self.calendar) if moment is not None and not rule.unit else moment

    def _not_before_start(self, moment: Moment) -> Due:
        start = self.start
        if start is None:
            return Due(moment)
        if not isinstance(moment, datetime):
            day = day_of(start, self.calendar)
            return Due(moment) if moment >= day else Due(day, moved_to_start=True)
        if isinstance(start, datetime):
            return Due(moment) if moment >= start else Due(start, moved_to_start=True)
        in_time = moment >= self.calendar.instant(start, time.min)
        return Due(moment) if in_time else Due(self.calendar.instant(start), moved_to_start=True)

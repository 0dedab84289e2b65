"""The one place where a run's dates, hidden and locked steps and totals are worked out.

Nothing here reads a clock: only *overdue* depends on now, and it is found by comparing dates.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any, NamedTuple

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.conditions import Facts, all_hold, leaves, test_of
from playbook.core.playbook import Field, Ref, Section, Step
from playbook.core.run import Progress, Run
from playbook.core.schedule import DateRule, Moment, day_of, due_on, moment_key, parse_rule


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


def derive(run: Run, calendar: Calendar, client: Mapping[str, Any]) -> RunView:
    """Everything that follows from a run, its calendar and what is known of the client."""
    return _Derivation(run, calendar, client).view()


def missing_fields(
    run: Run, calendar: Calendar, client: Mapping[str, Any], step_id: str
) -> tuple[Field, ...]:
    """Required fields of one step, or with `step_id` "" of the run itself, that apply and have no answer."""
    return _Derivation(run, calendar, client).missing(step_id)


def _deepest_first(ids: Iterable[str], needed: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Each id after those it needs, so that a chain of any length is worked out without deep recursion."""
    seen: set[str] = set()
    for first in ids:
        stack = [first]
        while stack:
            last = stack[-1]
            if last in seen:
                yield stack.pop()
            else:
                seen.add(last)
                stack += [other for other in needed(last) if other not in seen]


class _Derivation:
    """One pass over a run; each answer, visibility and date is worked out once, in any order."""

    def __init__(self, run: Run, calendar: Calendar, client: Mapping[str, Any]) -> None:
        self.run, self.calendar = run, calendar
        self.client = client
        self.places = {
            step.id: (step, section) for section in run.playbook.sections for step in section.steps
        }
        self.fields = {f.id: (f, "") for f in run.playbook.fields}
        self.fields |= {f.id: (f, step.id) for step, _ in self.places.values() for f in step.fields}
        self.facts = Facts(self.answer, self.state, client.get, calendar)
        self.visible: dict[str, bool] = {}
        self.dues: dict[str, Due] = {}
        conditional = [i for i, (step, section) in self.places.items() if step.when or section.when]
        for step_id in _deepest_first(conditional, self._shown_by):
            self.is_visible(step_id)

    def view(self) -> RunView:
        dated = [i for i, (step, _) in self.places.items() if any(".due" in rule for rule in step.due)]
        for step_id in _deepest_first(dated, self._dated_by):
            self.due(step_id)
        locks = self._locks("hard")
        warnings = self._locks("soft")
        steps = {step_id: self._step(step_id, locks, warnings) for step_id in self.places}
        shown = [s for s in steps.values() if not s.is_hidden and s.progress.state != "n/a"]
        dues = [moment for s in shown if (moment := s.due_moment) is not None]
        return RunView(
            steps=steps,
            done=sum(s.progress.state in ("done", "skipped") for s in shown),
            total=len(shown),
            next_due=min(dues, key=lambda moment: moment_key(moment, self.calendar), default=None),
        )

    def _step(
        self, step_id: str, locks: Mapping[str, list[str]], warnings: Mapping[str, list[str]]
    ) -> StepView:
        step, section = self.places[step_id]
        progress = self.run.progress(step_id)
        hidden = not self.is_visible(step_id)
        is_open = progress.state == "open" and not hidden
        needs = [i for i in step.needs if i in self.places and not self.is_settled(i)] if is_open else []
        locked = locks.get(step_id, []) if is_open else []
        warned = warnings.get(step_id, []) if is_open else []
        return StepView(
            step, section, progress, hidden,
            NO_DUE if hidden else self.due(step_id),
            tuple(dict.fromkeys([*locked, *needs])),
            tuple(gate for gate in warned if gate not in self.run.gates_passed),
            tuple(f for f in step.fields if not f.when or all_hold(f.when, self.facts)),
        )  # fmt: skip

    def missing(self, step_id: str) -> tuple[Field, ...]:
        answers = self.run.progress(step_id).answers if step_id else self.run.answers
        fields = self.places[step_id][0].fields if step_id else self.run.playbook.fields
        return tuple(
            f for f in fields if f.required and answers.get(f.id) is None and all_hold(f.when, self.facts)
        )

    # Who is shown, and what is known.

    def _shown_by(self, step_id: str) -> list[str]:
        """Steps that decide whether this one is shown."""
        step, section = self.places[step_id]
        steps: list[str] = []
        for leaf in leaves((*section.when, *step.when)):
            right = getattr(leaf, test_of(leaf), None)
            fields = [leaf.field_id, right.field_id if isinstance(right, Ref) else ""]
            steps += [leaf.step, *(self.fields[f][1] for f in fields if f in self.fields)]
        return [i for i in steps if i in self.places]

    def is_visible(self, step_id: str) -> bool:
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
        order = list(self.places)
        for place, gate_id in enumerate(order):
            gate, _ = self.places[gate_id]
            if gate.gate != strength or self.is_settled(gate_id):
                continue
            for step_id in self._held(gate) if gate.holds else order[place + 1 :]:
                if step_id != gate_id:
                    held.setdefault(step_id, []).append(gate_id)
        return held

    def _held(self, gate: Step) -> list[str]:
        named = set(gate.holds)
        return [
            i for i, (_, section) in self.places.items() if i in named or (section.id and section.id in named)
        ]

    # Dates.

    def _dated_by(self, step_id: str) -> list[str]:
        """Steps from whose due date this one's counts."""
        rules = [parse_rule(text) for text in self.places[step_id][0].due if ".due" in text]
        return [rule.anchor for rule in rules if isinstance(rule, DateRule) and rule.anchor in self.places]

    def due(self, step_id: str) -> Due:
        if step_id not in self.dues:
            self.dues[step_id] = NO_DUE  # a cycle of dates ends here; `check` names it
            self.dues[step_id] = self._due(step_id)
        return self.dues[step_id]

    def _due(self, step_id: str) -> Due:
        step, _ = self.places[step_id]
        by_hand = self.run.progress(step_id).due_by_hand
        if by_hand and (moment := from_stamp(by_hand)) is not None:
            return Due(moment, by_hand=True)
        known: list[Due] = []
        waiting: DateRule | None = None
        for text in step.due:
            rule = parse_rule(text)
            if not isinstance(rule, DateRule):
                continue
            anchor = self.anchor(rule)
            if anchor is None:
                waiting = waiting or rule
            else:
                known.append(self._not_before_start(due_on(
                    rule, anchor, self.calendar, step.roll or self.run.playbook.roll, step.by)))  # fmt: skip
        if not known:
            return Due(waiting=waiting)
        return min(known, key=lambda due: moment_key(due.moment or date.max, self.calendar))

    def anchor(self, rule: DateRule) -> Moment | None:
        """The moment a rule counts from; None while nobody knows it."""
        name = rule.anchor
        if rule.of_due:
            return self.due(name).moment if name in self.places and self.is_visible(name) else None
        if name == "start":
            return self._unless_bare(rule, from_stamp(self.run.start))
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
        start = from_stamp(self.run.start)
        if start is None:
            return Due(moment)
        if not isinstance(moment, datetime):
            day = day_of(start, self.calendar)
            return Due(moment) if moment >= day else Due(day, moved_to_start=True)
        if isinstance(start, datetime):
            return Due(moment) if moment >= start else Due(start, moved_to_start=True)
        in_time = moment >= self.calendar.instant(start, time.min)
        return Due(moment) if in_time else Due(self.calendar.instant(start), moved_to_start=True)

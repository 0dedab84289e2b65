"""When the steps of a run are due: the one place where anchors become dates, and where dates are doubted.

Nothing here reads a clock. A date is told together with how it came about, so that it can be explained.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.plan import Plan
from playbook.core.playbook import Step
from playbook.core.progress import Progress
from playbook.core.rhythm import Rhythm, day_of_beat, next_beat
from playbook.core.run import Run
from playbook.core.schedule import (
    DateRule,
    Moment,
    counted_on,
    day_of,
    due_on,
    is_later,
    moment_key,
    parse_clock,
)


class Due(NamedTuple):
    """When a step is due, and how that came about."""

    moment: Moment | None = None
    waiting: DateRule | None = None
    """The rule whose anchor is unknown."""
    by_hand: bool = False
    moved_to_start: bool = False
    """The rule gave a date before the run's start."""
    is_after_anchor: bool = False
    """It should lie before its anchor, and does not."""
    rule: DateRule | None = None
    """The rule it came from; None for one set by hand."""
    anchor: Moment | None = None
    """What the rule counted from."""
    beat: int = 0
    """Of a repeating step: which date of its rhythm this is."""


NO_DUE = Due()


class DateFault(NamedTuple):
    """What is impossible about a date."""

    code: str
    """before-start, past-at-start, after-target, after-anchor, before-needs."""
    other: str = ""
    """The step that it should not come before, or the anchor that it should."""


class _Known(NamedTuple):
    """What was worked out for one playbook, start and calendar."""

    plan: Plan
    dues: dict[tuple[DateRule, Moment, str, str], Due]
    fixed: dict[str, Due]
    """Dates that hang on the start alone, by step."""
    keys: dict[Moment, datetime]


class Memo:
    """Dates that were worked out before, for the next derivation; forgotten when they grow too many."""

    LARGEST = 200
    """Playbooks and starts that are remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, Calendar], _Known] = {}

    def of(self, plan: Plan, start: str, calendar: Calendar) -> _Known:
        """What is known of runs of this playbook with this start."""
        if len(self._known) > self.LARGEST:
            self._known.clear()
        key = id(plan), start, calendar  # the plan is kept, so that its id stays its own
        return self._known.setdefault(key, _Known(plan, {}, {}, {}))


class Dating:
    """The dates of one run; each is worked out once, in any order."""

    def __init__(
        self, run: Run, calendar: Calendar, plan: Plan, memo: Memo, *,
        is_visible: Callable[[str], bool], answer: Callable[[str], Any],
    ) -> None:  # fmt: skip
        """`is_visible` and `answer` are asked when a date needs them: a hidden step anchors nothing."""
        self._run, self._calendar, self._plan = run, calendar, plan
        self._known = memo.of(plan, run.start, calendar)
        self._is_visible, self._answer = is_visible, answer
        self._start = from_stamp(run.start)
        self._dues: dict[str, Due] = {}
        self._target = self._day(from_stamp(run.target)) if run.target else None
        began, start = self._day(from_stamp(run.started_at)), self._day(self._start)
        self._began = began if began is not None and start is not None and start < began else None

    def key(self, moment: Moment) -> datetime:
        """What a moment is ordered by."""
        keys = self._known.keys
        if moment not in keys:
            keys[moment] = moment_key(moment, self._calendar)
        return keys[moment]

    def due(self, step_id: str) -> Due:
        """When a step is due, shown or not."""
        if step_id in self._dues:
            return self._dues[step_id]
        if step_id in self._plan.fixed and step_id not in self._run.steps:
            fixed = self._known.fixed
            if step_id not in fixed:
                fixed[step_id] = self._by_rules(step_id)
            return fixed[step_id]
        self._dues[step_id] = NO_DUE  # a cycle of dates ends here; `check` names it
        self._dues[step_id] = due = self._due(step_id)
        return due

    def opens(self, step_id: str) -> Moment | None:
        """The moment before which a step is early; None while nobody knows it, or when it has none."""
        rule = self._plan.opens.get(step_id)
        anchor = self._anchor(rule) if rule else None
        if rule is None or anchor is None:
            return None
        step, _ = self._plan.places[step_id]
        return due_on(rule, anchor, self._calendar, step.roll or self._run.playbook.roll)

    def faults(self, step_id: str, needed: Sequence[str]) -> tuple[DateFault, ...]:
        """What is impossible about the date of an open step; `needed` are the open steps that must come before."""
        due = self.due(step_id)
        if due.moment is None or due.by_hand:
            return ()
        if not (needed or due.moved_to_start or due.is_after_anchor or self._target or self._began):
            return ()
        found: list[DateFault] = []
        if due.moved_to_start:
            found.append(DateFault("before-start"))
        if due.is_after_anchor and due.rule is not None:
            found.append(DateFault("after-anchor", due.rule.anchor))
        if self._began is not None and day_of(due.moment, self._calendar) < self._began:
            found.append(DateFault("past-at-start"))
        is_meant_before = step_id in self._plan.before_target and not due.beat  # a rhythm may go on after it
        if is_meant_before and self._target is not None and day_of(due.moment, self._calendar) > self._target:
            found.append(DateFault("after-target"))
        for other in needed:
            moment = self.due(other).moment
            if moment is not None and day_of(due.moment, self._calendar) < day_of(moment, self._calendar):
                found.append(DateFault("before-needs", other))
        return tuple(found)

    def _day(self, moment: Moment | None) -> date | None:
        return None if moment is None else day_of(moment, self._calendar)

    def _due(self, step_id: str) -> Due:
        progress = self._run.progress(step_id)
        due = self._by_rules(step_id)
        if step_id in self._plan.intervals and progress.earlier:
            due = self._next_round(step_id, progress, due)
        by_hand = from_stamp(progress.due_by_hand) if progress.due_by_hand else None
        return due if by_hand is None else Due(by_hand, by_hand=True, beat=due.beat)

    def _by_rules(self, step_id: str) -> Due:
        known: list[Due] = []
        waiting: DateRule | None = None
        for rule in self._plan.rules.get(step_id, ()):
            anchor = self._anchor(rule)
            if anchor is None:
                if waiting is None or (self._is_hidden(waiting.anchor) and not self._is_hidden(rule.anchor)):
                    waiting = rule  # what is not there is not waited for as long as something else is
            else:
                known.append(self._counted(rule, anchor, self._plan.places[step_id][0]))
        if not known:
            return Due(waiting=waiting) if waiting else NO_DUE
        return known[0] if len(known) == 1 else min(known, key=lambda due: self.key(due.moment or date.max))

    def _is_hidden(self, anchor: str) -> bool:
        return anchor in self._plan.places and not self._is_visible(anchor)

    def _counted(self, rule: DateRule, anchor: Moment, step: Step) -> Due:
        """The date a rule gives; steps with the same rule share it."""
        roll = step.roll or self._run.playbook.roll
        asked, dues = (rule, anchor, roll, step.by), self._known.dues
        if asked not in dues:
            due = self._not_before_start(due_on(rule, anchor, self._calendar, roll, step.by))
            late = rule.sign < 0 and due.moment is not None and is_later(due.moment, anchor, self._calendar)
            dues[asked] = due._replace(rule=rule, anchor=anchor, is_after_anchor=late)
        return dues[asked]

    def _next_round(self, step_id: str, progress: Progress, first: Due) -> Due:
        """The date after the rounds that are over, in the rhythm that the first date began."""
        step, _ = self._plan.places[step_id]
        oldest, last, moment = progress.earlier[0], progress.earlier[-1], first.moment
        if moment is None:  # its anchor is gone, or it never had one: the rhythm begins with the first round
            moment = from_stamp(oldest.due) if oldest.due else self._calendar.day_of_stamp(oldest.at)
        if moment is None:
            return first
        if first.rule is not None and first.anchor is not None and not first.moved_to_start:
            begun = counted_on(first.rule, first.anchor, self._calendar)
        else:
            begun = day_of(moment, self._calendar)
        rhythm = Rhythm(begun, self._plan.intervals[step_id], step.roll or self._run.playbook.roll)
        beat = next_beat(rhythm, last.beat, self._calendar.day_of_stamp(last.at), self._calendar)
        day = day_of_beat(rhythm, beat, self._calendar)
        return Due(self._at_its_time(day, moment, step), rule=first.rule, anchor=first.anchor, beat=beat)

    def _at_its_time(self, day: date, first: Moment, step: Step) -> Moment:
        """A later day of a rhythm, at the clock time of the first."""
        clock = parse_clock(step.by) if step.by else None
        if isinstance(clock, time):
            return self._calendar.instant(day, clock)
        if isinstance(first, datetime):
            return self._calendar.instant(day, self._calendar.local(first).time())
        return day

    def _anchor(self, rule: DateRule) -> Moment | None:
        """The moment a rule counts from; None while nobody knows it."""
        name, places = rule.anchor, self._plan.places
        if rule.of_due:
            return self.due(name).moment if name in places and self._is_visible(name) else None
        if name == "start":
            return self._unless_bare(rule, self._start)
        if name == "target":
            return from_stamp(self._run.target) if self._run.target else None
        if name in places:
            progress = self._run.progress(name)
            is_over = progress.was_settled and self._is_visible(name)
            return self._unless_bare(rule, from_stamp(progress.settled_at)) if is_over else None
        answer = self._answer(name)
        return from_stamp(answer) if isinstance(answer, str) else None

    def _unless_bare(self, rule: DateRule, moment: Moment | None) -> Moment | None:
        """A start or a completion without offset means its day; only a datetime field then means its instant."""
        return day_of(moment, self._calendar) if moment is not None and not rule.unit else moment

    def _not_before_start(self, moment: Moment) -> Due:
        start = self._start
        if start is None:
            return Due(moment)
        if not isinstance(moment, datetime):
            day = day_of(start, self._calendar)
            return Due(moment) if moment >= day else Due(day, moved_to_start=True)
        if isinstance(start, datetime):
            return Due(moment) if moment >= start else Due(start, moved_to_start=True)
        in_time = moment >= self._calendar.instant(start, time.min)
        return Due(moment) if in_time else Due(self._calendar.instant(start), moved_to_start=True)

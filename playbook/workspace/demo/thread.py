"""One run as the story goes on: which step comes next, and at what hour somebody gets round to it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from playbook.core.calendar import Calendar
from playbook.core.decide import Sheet
from playbook.core.operations import Operation
from playbook.core.run import Run, apply
from playbook.core.schedule import DateRule
from playbook.core.view import RunView, StepView, derive
from playbook.workspace.demo.answering import Answering
from playbook.workspace.demo.chance import dice
from playbook.workspace.demo.episodes import Episode
from playbook.workspace.demo.script import Script

OPENS, CLOSES = time(8, 50), time(18, 10)
"""Working hours."""
FINISH = ""
"""Stands for the step when all steps are done and the run itself is next."""


class Next(NamedTuple):
    """What comes next in a run; the moment is when one would like to do it."""

    at: datetime
    step_id: str


class _Habit(NamedTuple):
    """How one deals with what is due: meetings on their day, the rest early or late by some working days."""

    days: int
    minutes: int
    """After nine o'clock."""
    by_clock: int
    """Minutes from the due time to the deed, where there is one."""


class Thread:
    """A run that is being told."""

    def __init__(
        self,
        script: Script,
        episode: Episode,
        run: Run,
        answering: Answering,
        until: datetime,
        seed: str,
        batch: str,
        facts: dict[str, object],
    ) -> None:
        """From `until` on nobody does anything for it; `seed` makes its chances.

        `batch` is the one of its start, `facts` what is known of the client.
        """
        self.script, self.episode, self.run, self.answering = script, episode, run, answering
        self.until, self.seed, self.batch = until, seed, batch
        self.calendar: Calendar = answering.calendar
        self.remarks = answering.bank.texts.remarks
        self.children: list[Thread] = []
        self.given: Mapping[str, str] = {}
        """Its fields, each with the field of the run that started it."""
        self._refused = set(episode.left)
        self._habits: dict[str, _Habit] = {}
        self.last = datetime.fromisoformat(run.started_at)
        self.facts = facts
        self.next: Next | None = None
        self.view: RunView = derive(run, self.calendar, facts, script.plan)
        self._plan()

    @property
    def is_again(self) -> bool:
        """Whether this playbook was gone through with the client before."""
        return not self.run.name.endswith(f"/{self.run.playbook.id}")

    def sheet(self) -> Sheet:
        """What decisions are made on."""
        return Sheet(self.run, self.view, self.calendar, self.facts)

    def take(self, op: Operation, facts: dict[str, object], at: datetime) -> None:
        """Go on by one operation."""
        self.run, self.facts, self.last = apply(self.run, op), facts, at
        if op.kind not in ("note", "started"):  # nothing follows from these
            self.view = derive(self.run, self.calendar, facts, self.script.plan)
        self._plan()

    def chance(self, *what: str) -> Random:
        """Dice that fall the same way whenever this is asked of this run."""
        return dice(self.seed, *what)

    def override(self, found: StepView) -> bool:
        """Whether somebody passes over what locks this step."""
        is_known = found.step.id in self.remarks.overrides
        return is_known and self.chance(found.step.id, "override").random() < 0.2

    def give_up(self, step_id: str) -> None:
        """Leave a step open for good."""
        self._refused.add(step_id)
        self._plan()

    def upcoming(self, day: date) -> list[tuple[date, StepView]]:
        """Steps that are due after a day and could be done on it, with their dates."""
        ready = [
            s
            for s in self.view.steps.values()
            if not s.is_settled and not s.locked_by and self._waits_for_nothing(s)
        ]
        dated = [(s.due.moment, s) for s in ready if s.due.moment and not isinstance(s.due.moment, datetime)]
        return [(due, s) for due, s in dated if due > day and self.run.state == "open"]

    def _waits_for_nothing(self, found: StepView) -> bool:
        """Whether its date counts from nothing that is still to come."""
        rules = self.script.plan.rules.get(found.step.id, ())
        return all(
            r.sign < 0 or r.anchor == "start" or (r.anchor in self.view.steps and not r.of_due) for r in rules
        )

    def _plan(self) -> None:
        """Find what comes next."""
        self.next = None
        if self.run.state != "open":
            return
        ready = [found for found in self.view.steps.values() if self._is_ready(found)]
        dated = [Next(at, found.step.id) for found in ready if (at := self._moment(found))]
        if dated:
            self.next = min(dated, key=lambda coming: coming.at)
        elif ready:
            self.next = Next(self.last + timedelta(days=1), ready[0].step.id)
        elif not self.view.left_open() and not self.episode.lingers:
            self.next = Next(self.last + timedelta(minutes=self.chance("finish").randint(15, 400)), FINISH)

    def _is_ready(self, found: StepView) -> bool:
        step_id = found.step.id
        if found.is_settled or found.progress.earlier or step_id in self._refused:
            return False
        if found.locked_by and not self.override(found):
            return False
        return all(self.view.steps[i].is_settled or i in self._refused for i in self.script.sources[step_id])

    def _moment(self, found: StepView) -> datetime | None:
        """When the step is done: what is due together in one section is done in one sitting, in order."""
        due = found.due.moment
        if due is None:
            return None
        habit = self._habits.get(found.step.id) or self._habits.setdefault(found.step.id, self._habit(found))
        if isinstance(due, datetime):
            return due + timedelta(minutes=habit.by_clock)
        days = 0 if found.due.by_hand else habit.days
        day = self.calendar.add_working_days(due, days) if days else due
        return self.calendar.instant(day, time(9)) + timedelta(minutes=habit.minutes)

    def _habit(self, found: StepView) -> _Habit:
        sitting = self.chance(found.section.id, *found.step.due)
        rules = self.script.plan.rules.get(found.step.id, ())
        rank = self.script.ranks[found.step.id]
        is_named = any(not rule.unit for rule in rules)
        by_clock = sitting.randint(0, 3) + (0 if is_named else rank * 2 - 13)
        days = 0 if is_named else self._shift(rules, sitting)
        return _Habit(days, sitting.randint(0, 7 * 60) + rank * 4, by_clock)

    def _shift(self, rules: tuple[DateRule, ...], sitting: Random) -> int:
        """By how many working days one is late, or early when negative; nothing is done before its anchor."""
        early = 0
        if all(rule.sign < 0 or rule.anchor == "start" for rule in rules):
            early = -max(rule.amount if rule.sign < 0 and rule.unit == "bd" else 1 for rule in rules)
            early -= 2 if early < -2 else 0
        if self.episode.is_fresh:
            return early if self.episode.ahead or sitting.random() < 0.25 else 0
        return sitting.choices((early, 0, 1, 2), (22, 60, 12, 6))[0]


def in_hours(calendar: Calendar, at: datetime) -> datetime:
    """The moment itself, or the next one at which people work."""
    local = calendar.local(at)
    day, clock = local.date(), local.time()
    if clock > CLOSES:
        day, clock = day + timedelta(days=1), OPENS
    opened = calendar.roll(day, 1)
    if opened != day or clock < OPENS:
        clock = OPENS
    if (opened, clock) == (local.date(), local.time()):
        return at
    return calendar.instant(opened, clock) + timedelta(minutes=at.minute % 25)

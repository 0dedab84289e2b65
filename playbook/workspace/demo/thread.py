"""One run as the story goes on: which step comes next, and at what hour somebody gets round to it."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from playbook.core.calendar import Calendar
from playbook.core.decide import Sheet
from playbook.core.operations import Operation
from playbook.core.run import Run, apply
from playbook.core.schedule import DateRule, parse_rule
from playbook.core.view import RunView, StepView, derive
from playbook.workspace.demo.answering import Answering
from playbook.workspace.demo.plans import Episode
from playbook.workspace.demo.remarks import OVERRIDES

OPENS, CLOSES = time(8, 50), time(18, 10)
"""Working hours."""
FINISH = ""
"""Stands for the step when all steps are done and the run itself is next."""


class Next(NamedTuple):
    """What comes next in a run; the moment is when one would like to do it."""

    at: datetime
    step_id: str


class Thread:
    """A run that is being told."""

    def __init__(self, episode: Episode, run: Run, answering: Answering, until: datetime, seed: str, batch: str) -> None:
        """From `until` on nobody does anything for it; `seed` makes its chances, `batch` is the one of its start."""
        self.episode, self.run, self.answering = episode, run, answering
        self.until, self.seed, self.batch = until, seed, batch
        self.calendar: Calendar = answering.calendar
        self.children: list[Thread] = []
        self._refused = set(episode.left)
        self.last = datetime.fromisoformat(run.started_at)
        self.facts: dict[str, object] = {}
        self.next: Next | None = None
        self.view: RunView = derive(run, self.calendar, {})
        self._plan()

    def sheet(self) -> Sheet:
        """What decisions are made on."""
        return Sheet(self.run, self.view, self.calendar, self.facts)

    def take(self, op: Operation, facts: dict[str, object], at: datetime) -> None:
        """Go on by one operation."""
        self.run, self.facts, self.last = apply(self.run, op), facts, at
        self.view = derive(self.run, self.calendar, facts)
        self._plan()

    def chance(self, *what: str) -> Random:
        """Dice that fall the same way whenever this is asked of this run."""
        return Random(" ".join((self.seed, *what)))

    def override(self, found: StepView) -> bool:
        """Whether somebody passes over what locks this step."""
        return found.step.id in OVERRIDES and self.chance(found.step.id, "override").random() < 0.2

    def give_up(self, step_id: str) -> None:
        """Leave a step open for good."""
        self._refused.add(step_id)
        self._plan()

    def upcoming(self, day: date) -> list[StepView]:
        """Steps that could be done and are due after a day."""
        if self.run.state != "open":
            return []
        ready = [s for s in self.view.steps.values() if not s.is_settled and not s.locked_by]
        return [s for s in ready if type(s.due.moment) is date and s.due.moment > day]

    def _plan(self) -> None:
        """Find what comes next."""
        self.next = None
        if self.run.state != "open":
            return
        ready = [
            (place, found)
            for place, found in enumerate(self.view.steps.values())
            if not found.is_settled and found.step.id not in self._refused and (not found.locked_by or self.override(found))
            and not found.progress.earlier
        ]
        dated = [Next(at, found.step.id) for place, found in ready if (at := self._moment(place, found))]
        if dated:
            self.next = min(dated)
        elif ready:
            self.next = Next(self.last + timedelta(days=1), ready[0][1].step.id)
        elif not self.view.left_open() and not self.episode.lingers:
            self.next = Next(self.last + timedelta(minutes=self.chance("finish").randint(15, 400)), FINISH)

    def _moment(self, place: int, found: StepView) -> datetime | None:
        """When the step is done: what is due on one day in one section is done in one sitting, in order."""
        due = found.due.moment
        if due is None:
            return None
        sitting = self.chance(found.section.id, *found.step.due)
        own = self.chance(found.step.id)
        if isinstance(due, datetime):
            return due + timedelta(minutes=own.randint(-4, 2))
        days = self._shift(found, sitting, own)
        day = self.calendar.add_working_days(due, days) if days else due
        minutes = sitting.randint(0, 6 * 60) + place * 3
        return self.calendar.instant(day, time(9)) + timedelta(minutes=minutes)

    def _shift(self, found: StepView, sitting: Random, own: Random) -> int:
        """By how many working days one is late, or early when negative; nothing is done before its anchor.

        What is due on a day that somebody named, such as a meeting, is done on that day.
        """
        rules = [rule for text in found.step.due if isinstance(rule := parse_rule(text), DateRule)]
        if any(not rule.unit for rule in rules) and not found.due.by_hand:
            return 0
        episode, early = self.episode, 0
        if all(rule.sign < 0 or rule.anchor == "start" for rule in rules):
            early = -max(rule.amount if rule.sign < 0 and rule.unit == "bd" else 1 for rule in rules)
            early -= 2 if early < -2 else 0
        if episode.is_fresh:
            return early if episode.ahead or sitting.random() < 0.25 else 0
        late = own.random() < 0.04
        return sitting.choices((early, 0, 1, 2), (22, 62, 11, 5))[0] + late


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

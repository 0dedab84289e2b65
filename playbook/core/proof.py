"""The date proof: a playbook started on each of many days, and every date that cannot be meant.

The run that is looked at is the one in which everybody is on time:

- Every step counts as shown, also one that stands under a condition. A repeating step is proven for its first
  round.
- A step is done at its due, one without a due at the start.
- A date field is answered with the day on which the step that asks it is due, a field of the run with the start.
  Where the playbook's own `[[test]]` tables answer it, it lies as far after the start as in the test that has it
  furthest away: as many days, and as many working days. The same holds for the target; without a test it lies
  13 weeks after the start. A run without a target is proven as well: there, what counts from it waits, and what
  waits is not judged.
- A date that depends on itself, such as that of a step which asks for its own day, counts from the start.
- A start on a closed day is a start like any other: whoever starts then works on that day. Where hours count
  from the start, it is at 09:00.

What is found, by code:

closed-day     The date falls on a closed day. A rule without an offset gives the very day of its anchor and is
               not judged, nor is what runs on the clock: hours, minutes, bare instants.
after-anchor   It should lie before its anchor and lies after it.
before-needs   It is due before a step that it needs, or before a hard gate that holds it. The same day is fine;
               clock times are compared only when both have one.
before-start   It lies before the start, so that the app moves it there.
after-target   It is counted from the start alone and lies after the target. What counts from the target, or
               from a date that a person gives, may lie where it likes.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from playbook.core.calendar import Calendar, as_stamp, shift
from playbook.core.dating import Dating, Due, Memo
from playbook.core.plan import Plan, deepest_first, plan_of
from playbook.core.playbook import Playbook
from playbook.core.run import Run
from playbook.core.schedule import INSTANT_UNITS, DateRule, Moment, day_of, due_on, is_later
from playbook.core.trial import moment_in

DAYS = 400
"""Start days that are tried."""

TARGET = 91
"""Days from the start to a target of which no test says how far away it lies."""

YEAR = 366
"""Working days are counted no further than this; beyond it, days alone are near enough."""

CODES = ("closed-day", "after-anchor", "before-needs", "before-start", "after-target")
"""Every code of a finding."""


class DateFinding(NamedTuple):
    """A step whose date cannot be meant, on the first start day on which that shows."""

    code: str
    step_id: str
    title: str
    start: date
    moment: Moment
    """The date it would have; here and in `args` instants are on the clock of the calendar's time zone."""
    args: Mapping[str, object]
    """The `rule` (DateRule) that gave it, what that counts from as `anchor` ("" for a start or target without a
    name) and `anchor_on`, whether that is the date of a field which no test answers (`is_guessed`), and the date as
    `meant` before it was moved to the start. before-needs: the step `needed`, its `needed_title` and `needed_on`,
    and whether it `holds` this one as a gate. after-target: `target`."""
    hits: int = 1
    """On how many of the start days it shows."""
    days: int = DAYS
    """Start days that were tried."""


def prove(playbook: Playbook, calendar: Calendar, first_day: date, days: int = DAYS) -> list[DateFinding]:
    """What cannot be meant when the playbook is started on each of these days: one finding a step and code.

    The findings come in the order of the steps. An errorless playbook is taken for granted; in another one,
    what cannot be understood waits or counts from the start.
    """
    proof = _Proof(playbook, calendar)
    found: dict[tuple[str, str], DateFinding] = {}
    for day in dict.fromkeys(shift(first_day, n) for n in range(days)):
        for key, finding in proof.findings(day).items():
            known = found.get(key)
            found[key] = known._replace(hits=known.hits + 1) if known else finding._replace(days=days)
    place = {step_id: n for n, step_id in enumerate(proof.plan.places)}
    return sorted(found.values(), key=lambda each: (place[each.step_id], CODES.index(each.code)))


class _Away(NamedTuple):
    """How far after the start something lies: never less than so many days, nor so many working days."""

    days: int
    working_days: int = 0
    clock: time | None = None

    def day_after(self, start: date, calendar: Calendar) -> date:
        """The day so far after a start."""
        day = shift(start, self.days)
        return max(day, calendar.add_working_days(start, self.working_days)) if self.working_days else day


class _OnTime(Dating):
    """The dates of a run in which every step is done at its due, and every date field answered then."""

    def __init__(
        self, run: Run, calendar: Calendar, plan: Plan, memo: Memo, away: Mapping[str, _Away]
    ) -> None:
        super().__init__(run, calendar, plan, memo, is_visible=lambda _: True, answer=self._named)
        self._away = away

    def _anchor(self, rule: DateRule) -> Moment | None:
        if rule.of_due or rule.anchor not in self._plan.places:
            return super()._anchor(rule)
        return self._unless_bare(rule, self._done(rule.anchor))

    def _done(self, step_id: str) -> Moment | None:
        """When a step is done; None while its date waits."""
        due = self.due(step_id)
        return due.moment or (None if due.waiting else self._start)

    def _named(self, field_id: str) -> str | None:
        """The answer to a date field; None while the step that asks it waits."""
        if field_id not in self._plan.fields or self._start is None:
            return None
        field, step_id = self._plan.fields[field_id]
        moment: Moment | None
        if away := self._away.get(field_id):
            moment = away.day_after(day_of(self._start, self._calendar), self._calendar)
            moment = self._calendar.instant(moment, away.clock) if away.clock else moment
        else:
            moment = self._done(step_id) if step_id else self._start
        if moment is None or field.kind not in ("date", "datetime"):
            return None
        if field.kind == "date":
            return as_stamp(day_of(moment, self._calendar))
        return as_stamp(moment if isinstance(moment, datetime) else self._calendar.instant(moment))


class _Proof:
    """One playbook under proof: what does not depend on the start day is worked out once."""

    def __init__(self, playbook: Playbook, calendar: Calendar) -> None:
        self.playbook, self.calendar = playbook, calendar
        self.plan = plan_of(playbook)
        self.order = tuple(deepest_first(self.plan.places, self._dated_by))
        self.away = _distances(playbook, self.plan)
        self.titles = _titles(playbook)
        self.before = self._before()
        rules = [rule for listed in self.plan.rules.values() for rule in listed]
        self.is_by_the_hour = any(rule.anchor == "start" and rule.unit in INSTANT_UNITS for rule in rules)

    def _dated_by(self, step_id: str) -> list[str]:
        """The steps that a step's date hangs on, or which ask the field that it hangs on."""
        places, fields = self.plan.places, self.plan.fields
        anchors = [rule.anchor for rule in self.plan.rules.get(step_id, ())]
        asked = [fields[name][1] if name in fields else name for name in anchors]
        return [name for name in asked if name in places and name != step_id]

    def _before(self) -> dict[str, list[tuple[str, bool]]]:
        """The steps that come before each step, each with whether it holds it as a gate."""
        places = self.plan.places
        before = {
            i: [(need, False) for need in step.needs if need in places] for i, (step, _) in places.items()
        }
        for gate in self.plan.gates:
            for held in gate.held if gate.strength == "hard" else ():
                before[held].append((gate.step_id, True))
        return before

    def findings(self, day: date) -> dict[tuple[str, str], DateFinding]:
        """The findings of one start day, by step and code: those with a target, then further ones without."""
        found: dict[tuple[str, str], DateFinding] = {}
        start, memo = self.calendar.instant(day) if self.is_by_the_hour else day, Memo()
        target = self.away.get("target", _Away(TARGET)).day_after(day, self.calendar)
        for given in (target, None) if self.playbook.target_label else (None,):
            stamp = as_stamp(given) if given else None
            run = Run("", "", "", "", self.playbook, as_stamp(start), target=stamp)
            dates = _OnTime(run, self.calendar, self.plan, memo, self.away)
            for step_id in self.order:  # so that no chain of dates is worked out in deep recursion
                dates.due(step_id)
            for step_id in self.plan.places:
                for finding in self._faults(step_id, day, given, dates):
                    found.setdefault((step_id, finding.code), finding)
        return found

    def _faults(
        self, step_id: str, start: date, target: date | None, dates: _OnTime
    ) -> Iterator[DateFinding]:
        due, step = dates.due(step_id), self.plan.places[step_id][0]
        if due.moment is None:
            return
        args = self._told(step_id, due)
        faults: dict[str, Mapping[str, object]] = {}
        if self._is_on_closed_day(due, start):
            faults["closed-day"] = args
        for code in (fault.code for fault in dates.faults(step_id, ()) if fault.code in CODES):
            faults[code] = {**args, "target": target}
        for other, holds in self.before[step_id]:
            needed = dates.due(other).moment
            if needed is not None and is_later(needed, due.moment, self.calendar):
                named = {"needed": other, "needed_title": self.titles[other], "holds": holds}
                faults.setdefault("before-needs", {**args, **named, "needed_on": self._local(needed)})
        for code, told in faults.items():
            yield DateFinding(code, step_id, step.title, start, self._local(due.moment), told)

    def _is_on_closed_day(self, due: Due, start: date) -> bool:
        """Whether a date that its rule could have moved falls on a closed day."""
        if due.moment is None or due.rule is None or due.rule.unit in ("", *INSTANT_UNITS):
            return False
        day = day_of(due.moment, self.calendar)
        return day != start and self.calendar.is_closed(day)

    def _told(self, step_id: str, due: Due) -> dict[str, object]:
        """The rule that gave a date, what it counted from, and what it came to before it was moved to the start."""
        if due.rule is None or due.anchor is None:
            return {}
        step = self.plan.places[step_id][0]
        meant = due_on(due.rule, due.anchor, self.calendar, step.roll or self.playbook.roll, step.by)
        return {
            "rule": due.rule, "anchor": self.titles.get(due.rule.anchor, ""),
            "anchor_on": self._local(due.anchor), "meant": self._local(meant),
            "is_guessed": due.rule.anchor in self.plan.fields and due.rule.anchor not in self.away,
        }  # fmt: skip

    def _local(self, moment: Moment) -> Moment:
        return self.calendar.local(moment) if isinstance(moment, datetime) else moment


def _titles(playbook: Playbook) -> dict[str, str]:
    """What everything that a date can count from is called; "" for a start or target without a name."""
    named = {step.id: step.title for step in playbook.steps()}
    named |= {field.id: field.label for field in playbook.all_fields()}
    return {**named, "start": playbook.start_label, "target": playbook.target_label}


def _distances(playbook: Playbook, plan: Plan) -> dict[str, _Away]:
    """How far from the start the playbook's tests have the target and the date fields: the furthest of each."""
    furthest: dict[str, _Away] = {}
    for test in playbook.tests:
        closed = (moment_in(value) for value in test.closed)
        calendar = Calendar(closed=frozenset(day_of(each, Calendar()) for each in closed if each is not None))
        dated = {name: value for name, value in test.fields.items() if _takes_date(name, plan)}
        for name, value in {**dated, "target": test.target}.items():
            away = _distance(moment_in(test.start), moment_in(value), calendar)
            if away and (name not in furthest or away.days > furthest[name].days):
                furthest[name] = away
    return furthest


def _distance(start: Moment | None, moment: Moment | None, calendar: Calendar) -> _Away | None:
    if start is None or moment is None:
        return None
    begin, days = day_of(start, calendar), (day_of(moment, calendar) - day_of(start, calendar)).days
    working_days = sum(not calendar.is_closed(shift(begin, n)) for n in range(1, min(days, YEAR) + 1))
    return _Away(days, working_days, moment.time() if isinstance(moment, datetime) else None)


def _takes_date(field_id: str, plan: Plan) -> bool:
    return field_id in plan.fields and plan.fields[field_id][0].kind in ("date", "datetime")

"""Running one `[[test]]` of a playbook: a run is made as the test tells it, then held against what it expects.

It runs Monday to Friday in UTC, without holidays but for the test's own `closed`. Steps are done whatever
locks them and whatever they ask. Nothing here raises for what a file says: what cannot be understood fails
the test, with its reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from playbook.core.answers import parse_answer
from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.operations import Operation
from playbook.core.plan import Plan, plan_of
from playbook.core.playbook import Playbook, PlaybookTest
from playbook.core.problems import NOTHING, Refusal
from playbook.core.run import Run, apply, begin
from playbook.core.schedule import Moment, day_of, moment_key
from playbook.core.view import RunView, StepView, derive

WAITING = "waiting"
"""What a test says of a step whose date nobody knows yet."""


class TrialFailure(NamedTuple):
    """One thing that is not as a test has it."""

    code: str
    """due, shown, hidden, locked or open for what was expected; step-unknown, field-unknown, moment-unknown or
    answer-unfit for what cannot be understood."""
    name: str
    """Id of the step or field, or the test's key."""
    expected: str = ""
    """A stamp or a state; "" when nothing was expected."""
    found: str = ""
    """A stamp, a state, or what stands in the file."""
    args: Mapping[str, object] = NOTHING
    """`title` of the step, ids of the steps that lock it as `locks`, id of what it waits for as `anchor`; of an
    answer that does not fit, the `refusal`."""


def trial(playbook: Playbook, test: PlaybookTest) -> list[TrialFailure]:
    """Everything that is not as the test has it; nothing when it passes."""
    told = _Telling(playbook, test)
    run = told.run()
    if run is None:
        return told.failures
    view = derive(run, told.calendar, told.client, told.plan)
    return [*told.failures, *_unmet(test, view, told.calendar)]


def moment_in(value: Any) -> Moment | None:
    """The day or instant that a value of a `[[test]]` is, one without a zone in UTC; None when it is neither."""
    if isinstance(value, datetime):
        return from_stamp(value.isoformat())
    if isinstance(value, date):
        return value
    return from_stamp(value.strip()) if isinstance(value, str) else None


class _Telling:
    """What a test tells, made into operations one after another; what makes no sense is kept as failures."""

    def __init__(self, playbook: Playbook, test: PlaybookTest) -> None:
        self.playbook, self.test = playbook, test
        self.plan: Plan = plan_of(playbook)
        self.failures: list[TrialFailure] = []
        days = [self.moment("closed", value) for value in test.closed]
        self.calendar = Calendar(closed=frozenset(day_of(day, Calendar()) for day in days if day is not None))
        self.client = {name: _plain(value) for name, value in test.client.items()}
        self.clock = 0

    def run(self) -> Run | None:
        """The run as it stands at the end of what is told; None when nobody knows when it starts."""
        start = self.moment("start", self.test.start)
        if start is None:
            return None
        target = self.moment("target", self.test.target) if self.test.target else None
        answers = self.answers()
        body = {
            "start": as_stamp(start),
            "target": as_stamp(day_of(target, self.calendar)) if target else None,
            "answers": answers.pop("", {}),
        }
        run = begin(self.operation("start", "", start, body), self.playbook)
        for step_id, given in answers.items():
            run = apply(run, self.operation("answer", step_id, start, {"answers": given}))
        for kind, step_id, at in self.settled(start):
            run = apply(run, self.operation(kind, step_id, at, self.round(run, kind, step_id)))
        return run

    def moment(self, key: str, value: Any) -> Moment | None:
        """A day or instant that the test gives; a failure when it is none."""
        moment = moment_in(value)
        if moment is None:
            self.failures.append(TrialFailure("moment-unknown", key, found=str(value)))
        return moment

    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers by the step that asks them; "" for the run's own."""
        found: dict[str, dict[str, Any]] = {}
        for field_id, given in self.test.fields.items():
            if field_id not in self.plan.fields:
                self.failures.append(TrialFailure("field-unknown", field_id))
                continue
            field, step_id = self.plan.fields[field_id]
            value = parse_answer(field, _typed(given), self.calendar)
            if isinstance(value, Refusal):
                self.failures.append(TrialFailure("answer-unfit", field_id, args={"refusal": value}))
            else:
                found.setdefault(step_id, {})[field_id] = value
        return found

    def settled(self, start: Moment) -> list[tuple[str, str, Moment]]:
        """Kind, step and moment of every step that is settled, in the order in which that happens."""
        done = self.test.done
        times = done.items() if isinstance(done, Mapping) else [(step_id, start) for step_id in done]
        told: list[tuple[str, str, Moment | None]] = [
            ("tick", step_id, self.moment("done", value)) for step_id, value in times
        ]
        told += [("skip", step_id, start) for step_id in self.test.skipped]
        told += [("na", step_id, start) for step_id in self.test.na]
        for step_id in dict.fromkeys(step_id for _, step_id, _ in told if step_id not in self.plan.places):
            self.failures.append(TrialFailure("step-unknown", step_id))
        known = [(kind, i, at) for kind, i, at in told if at is not None and i in self.plan.places]
        return sorted(known, key=lambda change: moment_key(self.instant(change[2]), self.calendar))

    def round(self, run: Run, kind: str, step_id: str) -> dict[str, Any]:
        """Of a repeating step, the round that is over."""
        if kind == "na" or step_id not in self.plan.intervals:
            return {}
        return derive(run, self.calendar, self.client, self.plan).steps[step_id].round

    def operation(self, kind: str, step_id: str, at: Moment, body: Mapping[str, Any]) -> Operation:
        """The next operation; a day stands for its morning."""
        self.clock += 1
        name = str(self.clock)
        return Operation(
            name, self.clock, "", as_stamp(self.instant(at)), "", "", "", step_id, kind, body, name
        )

    def instant(self, moment: Moment) -> datetime:
        """A moment as an instant."""
        return moment if isinstance(moment, datetime) else self.calendar.instant(moment)


def _typed(value: Any) -> str | list[str]:
    """What a person would type to give an answer that a test writes as a TOML value."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return [part if isinstance(part := _typed(item), str) else ", ".join(part) for item in value]
        case {"amount": amount, "currency": currency}:
            return f"{amount} {currency}"
        case {"text": text, "choice": choice}:
            return f"{text} | {choice}"
        case date():  # an instant too
            return value.isoformat()
    return str(value)


def _plain(value: Any) -> Any:
    """A TOML value as the client keeps it: days and instants as stamps."""
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    moment = moment_in(value) if isinstance(value, date) else None
    return value if moment is None else as_stamp(moment)


# What is expected.


def _unmet(test: PlaybookTest, view: RunView, calendar: Calendar) -> Iterator[TrialFailure]:
    """What the test expects and the run does not give."""
    unknown: dict[str, None] = {}
    for step_id, wanted in test.due.items():
        if step_id not in view.steps:
            unknown[step_id] = None
        elif failure := _due_failure(step_id, view.steps[step_id], wanted, calendar):
            yield failure
    expected: list[tuple[str, Iterable[str]]] = [
        ("shown", test.shown), ("hidden", test.hidden), ("locked", test.locked), ("open", test.open),
    ]  # fmt: skip
    for code, step_ids in expected:
        for step_id in step_ids:
            if step_id not in view.steps:
                unknown[step_id] = None
                continue
            state = standing = _standing(found := view.steps[step_id])
            if code == "shown":
                state = "shown" if standing != "hidden" else standing
            if state != code:
                locks = {"locks": found.locked_by} if found.locked_by else {}
                yield TrialFailure(code, step_id, code, state, {"title": found.step.title, **locks})
    yield from (TrialFailure("step-unknown", step_id) for step_id in unknown)


def _standing(found: StepView) -> str:
    """How a step stands, in the one word that says most."""
    if found.is_hidden:
        return "hidden"
    if found.progress.state != "open":
        return found.progress.state
    return "locked" if found.locked_by else "open"


def _due_failure(step_id: str, found: StepView, wanted: Any, calendar: Calendar) -> TrialFailure | None:
    """The failure when a step is not due as wanted. A wanted day is met by any clock time on it."""
    due, moment = found.due, found.due.moment
    args: dict[str, object] = {"title": found.step.title}
    given = (
        as_stamp(moment) if moment else "hidden" if found.is_hidden else WAITING if due.waiting else "no date"
    )
    if due.waiting:
        args["anchor"] = due.waiting.anchor
    if wanted == WAITING:
        return None if given == WAITING else TrialFailure("due", step_id, WAITING, given, args)
    expected = moment_in(wanted)
    if expected is None:
        return TrialFailure("moment-unknown", step_id, found=str(wanted))
    if moment is not None and expected in (moment, day_of(moment, calendar)):
        return None
    return TrialFailure("due", step_id, as_stamp(expected), given, args)

"""Playbooks, runs and operations for tests, with as little said as the test needs.

The default run starts on Monday 23 November 2026, with a work week from Monday to Friday in UTC.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from playbook.core.calendar import Calendar
from playbook.core.decide import Sheet
from playbook.core.operations import Draft, Operation
from playbook.core.playbook import Condition, Field, Playbook, Section, Step
from playbook.core.problems import Refusal
from playbook.core.run import Run, apply, begin
from playbook.core.view import derive

MONDAY = "2026-11-23"
NOON = "2026-11-23T12:00:00Z"
WEEKDAYS = Calendar()


def make_field(field_id: str = "answer", kind: str = "text", **given: Any) -> Field:
    """A field labelled after its id; `when` and `choices` may be single or a plain list."""
    _as_tuples(given, "when")
    if "choices" in given and not isinstance(given["choices"], Mapping):
        given["choices"] = {choice: choice for choice in given["choices"]}
    return Field(**{"id": field_id, "label": field_id.replace("-", " ").capitalize(), "kind": kind, **given})


def make_step(step_id: str = "one", *fields: Field, **given: Any) -> Step:
    """A step titled after its id; what may be a list may also be given as one value."""
    _as_tuples(given, "due", "when", "needs", "holds", "logs")
    return Step(**{"id": step_id, "title": step_id.replace("-", " ").capitalize(), "fields": fields, **given})


def make_section(section_id: str = "main", *steps: Step, **given: Any) -> Section:
    """A section titled after its id."""
    _as_tuples(given, "when")
    return Section(**{"id": section_id, "title": section_id.capitalize(), "steps": steps, **given})


def make_playbook(*parts: Section | Step, **given: Any) -> Playbook:
    """A playbook of these sections; steps given bare go into one section `main`, before the others."""
    bare = tuple(part for part in parts if isinstance(part, Step))
    sections = tuple(part for part in parts if isinstance(part, Section))
    first = (make_section("main", *bare),) if bare else ()
    _as_tuples(given, "fields")
    return Playbook(**{"id": "welcome", "title": "Welcome", "sections": (*first, *sections), **given})


def make_run(
    playbook: Playbook,
    *,
    start: str = MONDAY,
    target: str | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Run:
    """The fresh run of a playbook for the client Acme."""
    return begin(start_operation(start=start, target=target, answers=answers), playbook)


def make_sheet(
    playbook: Playbook,
    *,
    start: str = MONDAY,
    target: str | None = None,
    answers: Mapping[str, Any] | None = None,
    calendar: Calendar = WEEKDAYS,
    client: Mapping[str, Any] | None = None,
) -> Sheet:
    """A fresh run with all that follows from it."""
    run = make_run(playbook, start=start, target=target, answers=answers)
    return sheet_of(run, calendar, client or {})


def sheet_of(run: Run, calendar: Calendar = WEEKDAYS, client: Mapping[str, Any] | None = None) -> Sheet:
    """A run with all that follows from it."""
    return Sheet(run, derive(run, calendar, client or {}), calendar, client or {})


def make_operation(
    kind: str,
    step: str = "",
    body: Mapping[str, Any] | None = None,
    *,
    clock: int = 2,
    device: str = "a",
    at: str = NOON,
    batch: str = "",
    undoes: str = "",
) -> Operation:
    """An operation on the default run; its id and, unless given, its batch come from clock and device."""
    name = f"{device}{clock}"
    return Operation(
        name,
        clock,
        device,
        at,
        "Ana",
        "acme-id",
        "run-id",
        step,
        kind,
        body or {},
        batch or name,
        undoes,
        seq=clock,
    )


def start_operation(
    *, start: str = MONDAY, target: str | None = None, answers: Mapping[str, Any] | None = None
) -> Operation:
    """The operation that starts the default run."""
    body = {
        "name": "acme/welcome",
        "version": "v1",
        "start": start,
        "target": target,
        "answers": dict(answers or {}),
    }
    return make_operation("start", body=body, clock=1)


def act(sheet: Sheet, *drafts: Draft | Refusal, at: str = NOON) -> Sheet:
    """The sheet after changes that must not have been refused, each decided on the sheet as given."""
    run = sheet.run
    for draft in drafts:
        assert isinstance(draft, Draft), draft
        run = apply(run, make_operation(draft.kind, draft.step, draft.body, at=at))
    return sheet_of(run, sheet.calendar, sheet.client)


def is_(field: str, value: Any) -> Condition:
    """The condition that a field has a value."""
    return Condition(field_id=field, is_=value)


def _as_tuples(given: dict[str, Any], *names: str) -> None:
    for name in names:
        if name in given and (isinstance(given[name], str) or not isinstance(given[name], Iterable)):
            given[name] = (given[name],)

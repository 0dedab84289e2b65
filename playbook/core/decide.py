"""What a person asks for, decided: the change to record, or why not. The only place where runs refuse.

Each function is given the run, its view and plain values, and returns a Draft or a Refusal. Answers come in
as typed and are parsed here, so that no screen or command can get round a required field.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from playbook.core.answers import parse_answer
from playbook.core.calendar import Calendar, as_stamp
from playbook.core.ledger import entries_for
from playbook.core.operations import Draft
from playbook.core.plan import Plan
from playbook.core.playbook import Field, channel_of
from playbook.core.problems import Refusal
from playbook.core.run import Run, merged
from playbook.core.schedule import Moment
from playbook.core.text import clean
from playbook.core.view import RunView, StepView, missing_fields

Typed = str | Sequence[str]
"""An answer as typed: one text, or one text a line."""


class Sheet(NamedTuple):
    """A run together with all that follows from it."""

    run: Run
    view: RunView
    calendar: Calendar
    client: Mapping[str, Any]
    """What is known of the client, by name."""
    plan: Plan | None = None
    """The plan of the run's playbook, where somebody keeps it."""


def tick(
    sheet: Sheet,
    step_id: str,
    *,
    at: str,
    answers: Mapping[str, Typed],
    channel: str | None = None,
    override: str = "",
) -> Draft | Refusal:
    """Mark a step done. `channel` overrides the step's; "" means no contact took place."""
    found = _open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    parsed = parse_answers(found.step.fields, answers, sheet.calendar)
    if isinstance(parsed, Refusal):
        return parsed
    both = merged(found.progress.answers, parsed)
    if missing := _missing(sheet, step_id, both):
        return Refusal("fields-missing", {"step": found.step.title, "labels": [field.label for field in missing], "fields": [field.id for field in missing]})  # fmt: skip
    gates = (*found.locked_by, *found.warned_by)
    if gates and not override.strip():
        return _locked(sheet, found)
    used = channel_of(found.step) if channel is None else channel
    body = _answered(parsed, found.progress.answers, found.step.fields)
    entries = entries_for(found.step, sheet.run.playbook, _after(sheet, step_id, both), used, at)
    extra: dict[str, Any] = {"channel": used, "entries": entries}
    if gates:
        extra["override"] = {"gates": list(gates), "reason": clean(override.strip())}
    return Draft("tick", step_id, {**body, **{key: value for key, value in extra.items() if value}})


def _after(sheet: Sheet, step_id: str, both: Mapping[str, Any]) -> Callable[[str], Any]:
    """Every known answer once the step has these; answers in hidden steps are unknown."""
    known = dict(sheet.run.answers)
    for other, found in sheet.view.steps.items():
        if not found.is_hidden:
            known |= both if other == step_id else found.progress.answers
    return known.get


def _missing(sheet: Sheet, step_id: str, answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """Required fields that would lack an answer if the step, or with `step_id` "" the run, had these."""
    run = sheet.run
    if step_id:
        run = replace(run, steps={**run.steps, step_id: replace(run.progress(step_id), answers=answers)})
    else:
        run = replace(run, answers=answers)
    return missing_fields(run, sheet.calendar, sheet.client, step_id, sheet.plan)


def skip(sheet: Sheet, step_id: str, *, reason: str, fits: bool = True) -> Draft | Refusal:
    """Leave a step out: skipped (should have been done), or n/a (`fits=False`: does not fit this client)."""
    found = _open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if found.step.skip == "never":
        return Refusal("skip-never", {"step": found.step.title})
    reason = clean(reason.strip())
    if not reason and found.step.skip == "reason":
        return Refusal("skip-reason", {"step": found.step.title})
    return Draft("skip" if fits else "na", step_id, {"reason": reason})


def reopen(sheet: Sheet, step_id: str) -> Draft | Refusal:
    """Open a settled step again; its answers, contact and entries stay."""
    found = _step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if found.progress.state == "open":
        return Refusal("step-open", {"step": found.step.title})
    return Draft("reopen", step_id, {"old": found.progress.state})


def answer(sheet: Sheet, step_id: str, answers: Mapping[str, Typed]) -> Draft | Refusal:
    """Record answers without ticking; `step_id` "" means the fields of the run itself."""
    if refusal := _closed(sheet.run):
        return refusal
    if not step_id:
        parsed = parse_answers(sheet.run.playbook.fields, answers, sheet.calendar)
        if isinstance(parsed, Refusal):
            return parsed
        if emptied := [f for f in _missing(sheet, "", merged(sheet.run.answers, parsed)) if f.id in parsed]:
            return Refusal("field-required", {"labels": [field.label for field in emptied]})
        return Draft("answer", "", _answered(parsed, sheet.run.answers, sheet.run.playbook.fields))
    found = _step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    parsed = parse_answers(found.step.fields, answers, sheet.calendar)
    if isinstance(parsed, Refusal):
        return parsed
    after = _missing(sheet, step_id, merged(found.progress.answers, parsed))
    lacking = [field for field in after if field not in found.missing]
    if lacking and found.progress.state == "done":
        return Refusal("field-required", {"labels": [field.label for field in lacking]})
    return Draft("answer", step_id, _answered(parsed, found.progress.answers, found.step.fields))


def note(sheet: Sheet, step_id: str, text: str) -> Draft | Refusal:
    """Add a note to a step, or with `step_id` "" to the run; also on locked steps, never on an ended run."""
    if step_id:
        found = _step(sheet, step_id)
        if isinstance(found, Refusal):
            return found
    elif refusal := _closed(sheet.run):
        return refusal
    text = clean(text.strip())
    return Draft("note", step_id, {"text": text}) if text else Refusal("note-empty")


def due(sheet: Sheet, step_id: str, moment: Moment | None) -> Draft | Refusal:
    """Set a date by hand, which stays until cleared with None."""
    found = _open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if moment is None and found.progress.due_by_hand is None:
        return Refusal("due-not-by-hand", {"step": found.step.title})
    old = as_stamp(found.due.moment) if found.due.moment else None
    return Draft("due", step_id, {"due": as_stamp(moment) if moment else None, "old": old})


def dates(sheet: Sheet, *, start: Moment | None = None, target: Moment | None = None) -> Draft | Refusal:
    """Move the start or the target of an open run; what is None stays as it is."""
    if refusal := _closed(sheet.run):
        return refusal
    run = sheet.run
    if target is not None and not run.playbook.target_label:
        return Refusal("target-unused", {"playbook": run.playbook.title})
    new = {
        "start": as_stamp(start) if start else run.start,
        "target": as_stamp(target) if target else run.target,
    }
    return Draft("dates", "", {**new, "old": {"start": run.start, "target": run.target}})


def finish(sheet: Sheet, reason: str = "") -> Draft | Refusal:
    """End a run well; with open required steps only for a reason, and those are kept as left open."""
    if refusal := _closed(sheet.run):
        return refusal
    open_steps = sheet.view.left_open()
    if open_steps and not reason.strip():
        titles = [sheet.view.steps[i].step.title for i in open_steps]
        return Refusal("steps-open", {"run": sheet.run.name, "count": len(titles), "titles": titles, "steps": list(open_steps)})  # fmt: skip
    return Draft("finish", "", {"reason": clean(reason.strip()), "left_open": list(open_steps)})


def abandon(sheet: Sheet, reason: str) -> Draft | Refusal:
    """End a run without claiming success."""
    if refusal := _closed(sheet.run):
        return refusal
    reason = clean(reason.strip())
    return Draft("abandon", "", {"reason": reason}) if reason else Refusal("abandon-reason")


def reopen_run(sheet: Sheet, reason: str = "") -> Draft | Refusal:
    """Go on with a run that was finished or abandoned."""
    if sheet.run.state == "open":
        return Refusal("run-open", {"run": sheet.run.name})
    return Draft("reopen-run", "", {"reason": clean(reason.strip()), "old": sheet.run.state})


def parse_answers(
    fields: Sequence[Field], typed: Mapping[str, Typed], calendar: Calendar
) -> dict[str, Any] | Refusal:
    """Values for what was typed, by field id; the first answer that does not fit is the refusal."""
    known = {field.id: field for field in fields}
    parsed: dict[str, Any] = {}
    for field_id, text in typed.items():
        if field_id not in known:
            return Refusal(
                "no-field", {"field": field_id, "known": list(known), "near": _near(field_id, known)}
            )
        value = parse_answer(known[field_id], text, calendar)
        if isinstance(value, Refusal):
            return Refusal(value.code, {**value.args, "field": field_id})
        parsed[field_id] = value
    return parsed


def saves_of(fields: Sequence[Field], parsed: Mapping[str, Any]) -> dict[str, Any]:
    """What the client keeps of these answers, by the name each field saves as."""
    return {field.save_as: parsed[field.id] for field in fields if field.save_as and field.id in parsed}


def _answered(
    parsed: Mapping[str, Any], before: Mapping[str, Any], fields: Sequence[Field]
) -> dict[str, Any]:
    if not parsed:
        return {}
    body: dict[str, Any] = {"answers": dict(parsed), "old": {key: before.get(key) for key in parsed}}
    if saves := saves_of(fields, parsed):
        body["saves"] = saves
    return body


def _closed(run: Run) -> Refusal | None:
    return None if run.state == "open" else Refusal("run-ended", {"run": run.name, "state": run.state})


def _step(sheet: Sheet, step_id: str) -> StepView | Refusal:
    if refusal := _closed(sheet.run):
        return refusal
    found = sheet.view.steps.get(step_id)
    return found or Refusal(
        "no-step", {"step": step_id, "run": sheet.run.name, "near": _near(step_id, sheet.view.steps)}
    )


def _open_step(sheet: Sheet, step_id: str) -> StepView | Refusal:
    found = _step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if found.progress.state != "open":
        return Refusal("step-settled", {"step": found.step.title, "state": found.progress.state})
    if found.is_hidden:
        return Refusal("step-hidden", {"step": found.step.title})
    return found


def _locked(sheet: Sheet, found: StepView) -> Refusal:
    gates = found.locked_by or found.warned_by
    titles = [sheet.view.steps[gate].step.title for gate in gates if gate in sheet.view.steps]
    code = "step-locked" if found.locked_by else "step-warned"
    return Refusal(code, {"step": found.step.title, "gates": titles, "ids": list(gates)})


def first_ready(view: RunView) -> StepView | None:
    """The step to do next: the first open one that is not locked, else the first open one."""
    waiting = [s for s in view.steps.values() if not s.is_settled]
    return next((s for s in waiting if not s.locked_by), waiting[0] if waiting else None)


def _near(name: str, known: Mapping[str, Any]) -> str:
    from playbook.core.nearest import nearest  # only when something was mistyped: it loads difflib

    return nearest(name, known)

"""Answers as typed, parsed for what a change records."""

from collections.abc import Mapping, Sequence
from typing import Any

from playbook.core.answers import parse_answer
from playbook.core.asking import asked_with
from playbook.core.calendar import Calendar
from playbook.core.decide.sheet import Sheet, Typed, near
from playbook.core.playbook import Field
from playbook.core.problems import Refusal


def parse_answers(
    fields: Sequence[Field], typed: Mapping[str, Typed], calendar: Calendar
) -> dict[str, Any] | Refusal:
    """Values for what was typed, by field id; the first answer that does not fit is the refusal."""
    known = {field.id: field for field in fields}
    parsed: dict[str, Any] = {}
    for field_id, text in typed.items():
        if field_id not in known:
            return Refusal(
                "no-field", {"field": field_id, "known": list(known), "near": near(field_id, known)}
            )
        value = parse_answer(known[field_id], text, calendar)
        if isinstance(value, Refusal):
            return Refusal(value.code, {**value.args, "field": field_id})
        parsed[field_id] = value
    return parsed


def asked(sheet: Sheet, step_id: str, typed: Mapping[str, Typed]) -> tuple[Field, ...]:
    """The fields that a form of a step, or with `step_id` "" of the run, asks while this stands in it.

    What cannot be read counts as unknown.
    """
    fields = sheet.view.steps[step_id].step.fields if step_id else sheet.run.playbook.fields
    values = {f.id: parse_answer(f, typed[f.id], sheet.calendar) for f in fields if f.id in typed}
    given = {key: None if isinstance(value, Refusal) else value for key, value in values.items()}
    return asked_with(sheet.run, sheet.calendar, sheet.client, step_id, given, sheet.plan)


def saves_of(fields: Sequence[Field], parsed: Mapping[str, Any]) -> dict[str, Any]:
    """What the client keeps of these answers, by the name each field saves as."""
    return {field.save_as: parsed[field.id] for field in fields if field.save_as and field.id in parsed}


def answered(parsed: Mapping[str, Any], before: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """What an operation records of new answers: the values, what they were before, and what the client keeps."""
    if not parsed:
        return {}
    body: dict[str, Any] = {"answers": dict(parsed), "old": {key: before.get(key) for key in parsed}}
    if saves := saves_of(fields, parsed):
        body["saves"] = saves
    return body

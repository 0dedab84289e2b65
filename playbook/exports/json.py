"""JSON: a stable contract (PRODUCT.md §9). Every key is always there, in this order; nothing depends on now.

A past state has one key more, `as_of`: the day, at its end, or the instant at which the run stood so.
"""

import json
from collections.abc import Sequence
from typing import Any

from playbook.core.calendar import as_stamp
from playbook.core.client import Entry
from playbook.core.conditions import explain
from playbook.core.playbook import Field, side_of
from playbook.core.progress import Note, Progress
from playbook.core.run import Run
from playbook.core.text import escaped
from playbook.core.view import StepView
from playbook.exports import Handout, shown_fields, shown_steps, told, waiting_for
from playbook.words.becauses import because_words


def write(handout: Handout) -> str:
    """The run as JSON, one key a line, ending with a newline."""
    return escaped(json.dumps(document(handout), ensure_ascii=False, indent=1)) + "\n"


def document(handout: Handout) -> dict[str, Any]:
    """The run as plain data, before it is written."""
    run, safe = handout.sheet.run, handout.client_safe
    return {
        "format": 1,
        "client_safe": safe,
        **({"as_of": as_stamp(handout.as_of)} if handout.as_of else {}),
        "playbook": {
            "id": run.playbook.id, "title": told(handout, run.playbook.title), "language": handout.language, "hash": run.version,
        },
        "run": _run(handout),
        "fields": _answers(handout, run.playbook.fields, run.answers),
        "sections": [
            {
                "id": section.id, "title": told(handout, section.title),
                "pause": None if safe else section.pause or None,
                "steps": [_step(handout, found) for found in shown_steps(handout, section)],
            }
            for section in run.playbook.sections
        ],
        "entries": [] if safe else _entries(handout),
        "history": [] if safe else _history(handout),
    }  # fmt: skip


def _run(handout: Handout) -> dict[str, Any]:
    sheet, safe = handout.sheet, handout.client_safe
    run, view = sheet.run, sheet.view
    return {
        "id": run.name, "title": told(handout, run.playbook.title),
        "client": {"id": handout.client.slug, "name": handout.client.name},
        "state": run.state, "reason": None if safe else run.reason or None,
        "start": run.start, "target": run.target, "time_zone": handout.time_zone,
        "started_at": run.started_at, "finished_at": run.finished_at, "by": None if safe else run.by or None,
        "left_open": list(run.left_open), "progress": {"done": view.done, "total": view.total},
        "notes": [] if safe else _notes(run.notes), "roles": {} if safe else dict(run.roles),
    }  # fmt: skip


def _step(handout: Handout, found: StepView) -> dict[str, Any]:
    step, progress, safe = found.step, found.progress, handout.client_safe
    override, blocked, waiting = progress.override, progress.blocked, waiting_for(handout, found)
    return {
        "id": step.id, "title": told(handout, step.title), "state": progress.state,
        "reason": None if safe else progress.reason or None,
        "key": step.key, "side": None if safe else side_of(step), "skip": step.skip, "gate": step.gate or None,
        "hidden": found.is_hidden, "condition": None if safe else _condition(found, handout.sheet.run),
        "no_longer_needed": found.is_hidden and progress.is_touched, "retired": found.is_retired,
        "own": step.id in {added.id for added in handout.sheet.run.own},
        "blocked": None if safe or not blocked else blocked._asdict(),
        "locked_by": list(found.locked_by),
        "override": None if safe or not override else {"at": override.at, "by": override.by, "reason": override.reason},
        "due": as_stamp(found.due.moment) if found.due.moment else None, "due_by_hand": found.due.by_hand,
        "waiting_for": waiting.anchor if waiting else None,
        "started_runs": [] if safe else list(progress.started_runs),
        "entries": [] if safe else [f"{handout.client.slug}#{e.n}" for e in handout.entries if e.step == step.id],
        "notes": [] if safe else _notes(tuple(progress.every_note())),
        "occurrences": _occurrences(handout, found),
    }  # fmt: skip


def _condition(found: StepView, run: Run) -> dict[str, Any] | None:
    if not found.is_conditional:
        return None
    conditions = (*found.section.when, *found.step.when)
    return {"holds": not found.is_hidden, "text": because_words(explain(conditions, run.playbook))}


def _occurrences(handout: Handout, found: StepView) -> list[dict[str, Any]]:
    progress = found.progress
    earlier = [
        _occurrence(
            handout, shown_fields(handout, found, o.answers), n, o.due,
            Progress(o.state, o.at, o.by, o.reason, o.channel, o.answers),
        )
        for n, o in enumerate(progress.earlier, 1)
    ]  # fmt: skip
    due = as_stamp(found.due.moment) if found.due.moment else None
    fields = shown_fields(handout, found)
    return [*earlier, _occurrence(handout, fields, len(earlier) + 1, due, progress)]


def _occurrence(
    handout: Handout, fields: Sequence[Field], n: int, due: str | None, progress: Progress
) -> dict[str, Any]:
    safe = handout.client_safe
    return {
        "n": n, "due": due, "state": progress.state, "reason": None if safe else progress.reason or None,
        "at": progress.at or None, "by": None if safe else progress.by or None,
        "channel": None if safe else progress.channel or None,
        "answers": _answers(handout, fields, progress.answers),
    }  # fmt: skip


def _answers(handout: Handout, fields: Sequence[Field], answers: Any) -> list[dict[str, Any]]:
    return [
        {"id": field.id, "label": told(handout, field.label), "kind": field.kind, "private": field.private,
         "value": answers.get(field.id)}
        for field in fields if not (handout.client_safe and field.private)
    ]  # fmt: skip


def _notes(notes: Sequence[Note]) -> list[dict[str, str]]:
    return [note._asdict() for note in notes]


def _entries(handout: Handout) -> list[dict[str, Any]]:
    return [entry_data(entry, handout.client.slug) for entry in handout.entries]


def entry_data(entry: Entry, slug: str) -> dict[str, Any]:
    """An entry of the ledger of a client with this slug."""
    return {
        "id": f"{slug}#{entry.n}", "kind": entry.kind, "step": entry.step or None, "at": entry.at, "by": entry.by,
        "on": entry.on, "text": entry.text, "owner": entry.owner, "values": dict(entry.values),
        "outcome": entry.outcome, "closed_at": entry.closed_at, "closed_by": entry.closed_by,
    }  # fmt: skip


def _history(handout: Handout) -> list[dict[str, Any]]:
    keys = ("seq", "at", "by", "kind", "step", "field", "entry", "old", "new", "reason", "undoes")
    return [{key: getattr(row, key) for key in keys} for row in handout.history]

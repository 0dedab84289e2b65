"""The usual slips with keys: a right key in the wrong place, and where it belongs."""

from dataclasses import fields
from typing import Any

from playbook.core.playbook import (
    Condition,
    Field,
    Formal,
    Log,
    Message,
    Playbook,
    Ref,
    Section,
    Starts,
    Step,
)
from playbook.core.problems import Problem, Where

_INSIDE_STEP = (Field, Message, Formal, Starts, Log, Condition, Ref)


def misplaced_key(model: Any, name: str, where: Where) -> Problem | None:
    """The problem of a key that belongs to another table than the one it stands in; None for a mere typo.

    `at` in the arguments is the path of the place above which the key belongs.
    """
    outer = where[:-1]
    is_in_step = model is Step or (model in _INSIDE_STEP and "step" in outer)
    if is_in_step and model is not Step and has_key(Step, name):
        return Problem("step-key-below", where, {"key": name, "at": _first_table_of_step(outer)})
    if model in _INSIDE_STEP and not is_in_step and has_key(Playbook, name):
        return Problem("playbook-key-below", where, {"key": name, "at": (*outer[:1], 0)})
    if is_in_step and has_key(Section, name):
        return Problem("section-key-below", where, {"key": name, "at": (*outer[:2], "step", 0)})
    if (is_in_step or model is Section) and has_key(Playbook, name):
        return Problem("playbook-key-below", where, {"key": name, "at": ("section", 0)})
    if model is Step and has_key(Field, name):
        return Problem("field-key-in-step", where, {"key": name})
    if model is Section and has_key(Step, name):
        return Problem("step-key-in-section", where, {"key": name})
    if model is Playbook and name in ("step", "steps"):
        return Problem("step-at-top", where, {"key": name})
    return None


def _first_table_of_step(where: Where) -> Where:
    """The first table inside the step that a path leads into: `…, "field", 0` or `…, "message"`."""
    begin = where.index("step") + 2
    inner = where[begin : begin + 2]
    return (*where[:begin], inner[0], 0) if len(inner) == 2 else where[: begin + 1]


def has_key(model: Any, name: str) -> bool:
    """Whether a table of this kind has the key."""
    return any(field.metadata.get("key", field.name) == name for field in fields(model))

"""What is certain while a step is shown: the conditions that then hold, its own and those of steps it asks about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from playbook.core.calendar import from_stamp
from playbook.core.check.names import FieldAt, Names, StepAt
from playbook.core.conditions import test_of
from playbook.core.playbook import Condition, Ref

FARTHEST = 40
"""Conditions that are followed from one step."""

_MONEY = re.compile(r"(\d{1,15}(?:\.\d+)?) ([a-z]{3})")


def single(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The conditions that must all hold, lists and `all` taken apart; an `any` counts as one."""
    for condition in conditions:
        if condition.all_ and not condition.any_:
            yield from single(condition.all_)
        else:
            yield condition


def shown_on(at: StepAt | FieldAt) -> tuple[Condition, ...]:
    """What a step or a field, in its step, is shown on."""
    if isinstance(at, StepAt):
        return (*single(at.home.section.when), *single(at.step.when))
    return (*(shown_on(at.asked_by) if at.asked_by is not None else ()), *single(at.field.when))


def follow(conditions: Iterable[Condition], names: Names) -> list[Condition]:
    """These conditions, and those of every step and field that must be shown for them to hold."""
    found: dict[Condition, None] = {}
    queue = list(islice(conditions, FARTHEST))
    for condition in queue:
        if condition in found:
            continue
        found[condition] = None
        if len(found) >= FARTHEST:
            break
        for shown in shown_for(condition, names):
            queue += shown_on(shown)
    return list(found)


def shown_for(condition: Condition, names: Names) -> Iterator[StepAt | FieldAt]:
    """The step or field that must be shown for a condition to hold."""
    test = test_of(condition)
    if not test or test == "is_not" or condition.any_:
        return
    value = getattr(condition, test)
    if condition.step in names.steps:
        states = value if test == "any_of" else (value,)
        if not any(isinstance(state, Ref) or state == "hidden" for state in states):
            yield names.steps[condition.step]
    elif condition.field_id in names.fields and not (test == "answered" and value is False):
        yield names.fields[condition.field_id]


def implied(wanted: Condition, known: Sequence[Condition], names: Names) -> bool:
    """Whether a condition holds wherever these do."""
    if wanted in known:
        return True
    if wanted.any_:
        return any(implied(part, known, names) for part in wanted.any_)
    if wanted.all_:
        return all(implied(part, known, names) for part in wanted.all_)
    return any(_is_stricter(one, wanted, names) for one in known)


def _is_stricter(one: Condition, wanted: Condition, names: Names) -> bool:
    """Whether one test on the same thing can only hold where the other does."""
    if (one.field_id, one.step, one.client) != (wanted.field_id, wanted.step, wanted.client):
        return False
    if wanted.answered is True:
        return bool(one.field_id) and test_of(one) not in ("", "is_not", "answered")
    held = one.any_of or ((one.is_,) if one.is_ is not None else ())
    values = {key_of(value) for value in held}
    if not values or any(isinstance(value, Ref) for value in held):
        return False
    if wanted.is_not is not None and not isinstance(wanted.is_not, Ref):
        refused = key_of(wanted.is_not)
        at = names.fields.get(wanted.field_id)
        is_single = bool(wanted.step) or (at is not None and at.field.kind in ("choice", "yes-no"))
        return is_single and all(value[0] == refused[0] and value != refused for value in values)
    allowed = wanted.any_of or ((wanted.is_,) if wanted.is_ is not None else ())
    return values <= {key_of(value) for value in allowed if not isinstance(value, Ref)}


def key_of(value: Any) -> tuple[str, Any]:
    """What a value is compared by: its sort, and the value itself without regard to case."""
    if isinstance(value, bool):
        return "flag", value
    if isinstance(value, (int, float)):
        return "number", float(value)
    moment = value if isinstance(value, date) else from_stamp(value) if isinstance(value, str) else None
    if isinstance(moment, datetime):
        return "instant" if moment.tzinfo else "local", moment
    if moment is not None:
        return "day", moment
    text = str(value).strip().casefold()
    if amount := _MONEY.fullmatch(text):
        return f"money {amount[2]}", float(amount[1])
    return "text", text

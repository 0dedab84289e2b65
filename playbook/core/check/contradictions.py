"""Conditions that can never hold."""

from collections.abc import Iterable, Iterator
from typing import Any

from playbook.core.check.names import Names
from playbook.core.playbook import Condition, Ref
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where

_LOWER = {"more_than": False, "at_least": True, "after": False}
_UPPER = {"less_than": False, "at_most": True, "before": False}
"""Tests that bound a value, and whether the bound itself is allowed."""


def check_contradictions(
    own: Iterable[Condition], outer: Iterable[Condition], where: Where, names: Names, problems: ProblemList
) -> None:
    """Tells conditions that must all hold and cannot, or that ask for a state a step never has."""
    tests: dict[tuple[str, str], list[Condition]] = {}
    for condition in _joined((*outer, *own)):
        side = "step" if condition.step else "field" if condition.field_id else "client"
        tests.setdefault((side, condition.step or condition.field_id or condition.client), []).append(
            condition
        )
    for (side, name), conditions in tests.items():
        if not name:
            continue
        if side == "step" and (state := _never(name, conditions, names)):
            problems.add("condition-never-state", where, step=name, state=state)
        elif _exclude_each_other(conditions, is_list=_is_list(name, names)):
            problems.add("condition-never", where, name=name)


def _joined(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The single tests that must all hold."""
    for condition in conditions:
        if condition.any_:
            continue
        if condition.all_:
            yield from _joined(condition.all_)
        elif sum(map(bool, (condition.field_id, condition.step, condition.client))) == 1:
            yield condition


def _is_list(name: str, names: Names) -> bool:
    at = names.fields.get(name)
    return at is not None and at.field.kind in ("list", "several")


def _never(name: str, conditions: Iterable[Condition], names: Names) -> str:
    """A state that is asked for and that the step can never be in."""
    at = names.steps.get(name)
    if at is None:
        return ""
    never = {"skipped", "n/a"} if at.step.skip == "never" else set()
    if not names.is_hideable(at):
        never.add("hidden")
    return next((state for c in conditions if isinstance(state := c.is_, str) and state in never), "")


def _exclude_each_other(conditions: list[Condition], *, is_list: bool) -> bool:
    """Whether no value passes all of these tests; a list may well hold two different lines."""
    wanted = [_plain(c.is_) for c in conditions if c.is_ is not None and not isinstance(c.is_, Ref)]
    refused = [_plain(c.is_not) for c in conditions if c.is_not is not None and not isinstance(c.is_not, Ref)]
    if any(value in refused for value in wanted):
        return True
    if any(c.answered is False for c in conditions) and wanted:
        return True
    if is_list:
        return False
    if len(set(map(repr, wanted))) > 1:
        return True
    among = [{repr(_plain(value)) for value in c.any_of} for c in conditions if c.any_of]
    if wanted and any(repr(wanted[0]) not in group for group in among):
        return True
    return _bounds_cross(conditions)


def _plain(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _bounds_cross(conditions: Iterable[Condition]) -> bool:
    lower: list[tuple[Any, bool]] = []
    upper: list[tuple[Any, bool]] = []
    for condition in conditions:
        for tests, found in ((_LOWER, lower), (_UPPER, upper)):
            for test, is_open in tests.items():
                value = getattr(condition, test)
                if value is not None and not isinstance(value, Ref):
                    found.append((value, is_open))
    return any(_crossed(low, high) for low in lower for high in upper)


def _crossed(low: tuple[Any, bool], high: tuple[Any, bool]) -> bool:
    if type(low[0]) is not type(high[0]) and not _are_numbers(low[0], high[0]):
        return False
    if low[0] == high[0]:
        return not (low[1] and high[1])
    try:
        return bool(low[0] > high[0])
    except TypeError:
        return False


def _are_numbers(one: Any, other: Any) -> bool:
    return isinstance(one, (int, float)) and isinstance(other, (int, float))

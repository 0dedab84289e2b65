"""Tests on one value that no value passes together."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from playbook.core.check.certain import key_of
from playbook.core.conditions import test_of
from playbook.core.playbook import Condition, Field, Ref

Key = tuple[str, Any]
Bound = tuple[Key, bool]
"""A bound, and whether the bound itself is allowed."""

_LOWER = {"more_than": False, "at_least": True, "after": False}
_UPPER = {"less_than": False, "at_most": True, "before": False}


def exclude_each_other(
    conditions: Sequence[Condition], *, is_list: bool, choices: frozenset[Key] = frozenset()
) -> bool:
    """Whether no value passes all of these tests; `is_list`: it may have several lines, each with its own value."""
    wanted = [key_of(c.is_) for c in conditions if c.is_ is not None and not isinstance(c.is_, Ref)]
    refused = {key_of(c.is_not) for c in conditions if c.is_not is not None and not isinstance(c.is_not, Ref)}
    groups = [[*map(key_of, c.any_of)] for c in conditions if c.any_of]
    if any(refused.issuperset(group) for group in (*groups, *([value] for value in wanted))):
        return True
    if _is_unanswered_and_known(conditions, is_list):
        return True
    lower, upper = list(_bounds(conditions, _LOWER)), list(_bounds(conditions, _UPPER))
    if any(_crossed(low, high) for low in lower for high in upper):
        return True
    if is_list:
        return False
    if choices and refused >= choices and any(c.answered for c in conditions):
        return True
    groups += [[value] for value in wanted]
    left = [value for value in (groups[0] if groups else []) if value not in refused]
    fitting = [value for value in left if all(any(not _differ(value, o) for o in group) for group in groups)]
    return bool(groups) and not any(_is_within(value, lower, upper) for value in fitting)


def is_out_of_reach(field: Field, test: str, value: Any) -> bool:
    """Whether the field's own bounds keep every answer from passing a test."""
    least, most = field.min, field.max
    if field.kind == "several" and not _is_number(most):
        most = len(field.choices)
    if field.kind not in ("number", "list", "several") or not _is_number(value):
        return False
    lower = [(key_of(least), True)] if _is_number(least) else []
    upper = [(key_of(most), True)] if _is_number(most) else []
    if test in _LOWER:
        return any(_crossed((key_of(value), _LOWER[test]), high) for high in upper)
    if test in _UPPER:
        return any(_crossed(low, (key_of(value), _UPPER[test])) for low in lower)
    return test == "is_" and field.kind == "number" and not _is_within(key_of(value), lower, upper)


def _is_unanswered_and_known(conditions: Sequence[Condition], is_list: bool) -> bool:
    """Whether there must be an answer and must be none; a list without lines is none and can be counted."""
    if not any(condition.answered is False for condition in conditions):
        return False
    on_empty = ("", "is_not", "less_than", "at_most", "at_least") if is_list else ("", "is_not")
    others = [condition for condition in conditions if condition.answered is not False]
    return any(test_of(condition) not in on_empty for condition in others)


def _differ(one: Key, other: Key) -> bool:
    """Whether two values are of one sort and not the same; those of two sorts may yet be compared as equal."""
    return one[0] == other[0] and one != other


def _is_within(value: Key, lower: Iterable[Bound], upper: Iterable[Bound]) -> bool:
    return not any(_crossed(low, (value, True)) for low in lower) and not any(
        _crossed((value, True), high) for high in upper
    )


def _bounds(conditions: Iterable[Condition], tests: dict[str, bool]) -> Iterator[Bound]:
    for condition in conditions:
        for test, is_open in tests.items():
            value = getattr(condition, test)
            if value is not None and not isinstance(value, Ref):
                yield key_of(value), is_open


def _crossed(low: Bound, high: Bound) -> bool:
    """Whether a lower bound lies above an upper one; texts have no order."""
    (sort, least), (other, most) = low[0], high[0]
    if sort != other or sort in ("text", "flag"):
        return False
    return bool(least > most) or (least == most and not (low[1] and high[1]))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)

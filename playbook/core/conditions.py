"""Conditions: whether one holds, and the words for why (PRODUCT.md §5)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.playbook import TESTS, Condition, Field, Playbook, Ref
from playbook.core.problems import Because
from playbook.core.schedule import day_of


class Facts(NamedTuple):
    """What conditions look at. A value nobody knows is None."""

    answer: Callable[[str], Any]
    """Answer by field id; an answer in a hidden step is unknown."""
    state: Callable[[str], str]
    """State of a step: open, done, skipped, n/a or hidden."""
    client: Callable[[str], Any]
    """Saved name or setting of the client."""
    calendar: Calendar


def all_hold(conditions: Iterable[Condition], facts: Facts) -> bool:
    """Whether every one holds; no condition at all holds."""
    for condition in conditions:  # noqa: SIM110 - a plain loop: every conditional step comes by at every change
        if not holds(condition, facts):
            return False
    return True


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether a condition holds on these facts."""
    if condition.all_ and not all_hold(condition.all_, facts):
        return False
    if condition.any_ and not any(holds(part, facts) for part in condition.any_):
        return False
    name = "is_" if condition.is_ is not None else test_of(condition)  # nearly every test is this one
    if not name:
        return bool(condition.all_ or condition.any_)
    return _TESTS[name](_left(condition, facts), _right(getattr(condition, name), facts), facts.calendar)


def test_of(condition: Condition) -> str:
    """The attribute of the one test a condition states; "" when it has none."""
    return next((name for name in TESTS if getattr(condition, name) not in (None, ())), "")


def leaves(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """Every single test in a tree of conditions."""
    for condition in conditions:
        if condition.field_id or condition.step or condition.client:
            yield condition
        yield from leaves((*condition.all_, *condition.any_))


def explain(conditions: Iterable[Condition], playbook: Playbook) -> tuple[Because, ...]:
    """Each condition as a code with its names and values, for `words.py` to put into a sentence."""
    names = {step.id: step.title for step in playbook.steps()}
    fields = {field.id: field for field in playbook.all_fields()}
    return tuple(_explain(condition, names, fields) for condition in conditions)


def _explain(condition: Condition, steps: Mapping[str, str], fields: Mapping[str, Field]) -> Because:
    if condition.all_ or condition.any_:
        parts = tuple(_explain(part, steps, fields) for part in (*condition.all_, *condition.any_))
        return Because("all" if condition.all_ else "any", {"parts": parts})
    field = fields.get(condition.field_id)
    left = field.label if field else steps.get(condition.step) or condition.client or condition.field_id
    name = test_of(condition)
    right = getattr(condition, name) if name else ""
    choices = field.choices if field else {}
    values = right if isinstance(right, tuple) else (right,)
    shown = tuple(_shown(value, choices, fields) for value in values)
    return Because(name.rstrip("_") or "is", {"left": left, "right": shown, "step": bool(condition.step)})


def _shown(value: Any, choices: Mapping[str, str], fields: Mapping[str, Field]) -> Any:
    if isinstance(value, Ref):
        field = fields.get(value.field_id)
        return field.label if field else value.client or value.field_id
    return choices.get(value, value) if isinstance(value, str) else value


def _left(condition: Condition, facts: Facts) -> Any:
    if condition.step:
        return facts.state(condition.step)
    return facts.answer(condition.field_id) if condition.field_id else facts.client(condition.client)


def _right(value: Any, facts: Facts) -> Any:
    if isinstance(value, Ref):
        return facts.answer(value.field_id) if value.field_id else facts.client(value.client)
    return value


def _is(left: Any, right: Any, calendar: Calendar) -> bool:
    if left is None or right is None:
        return False
    if isinstance(left, (list, tuple)) and not isinstance(right, (list, tuple)):
        return any(_same(_text_of(item), right, calendar) for item in left)
    return _same(left, right, calendar)


def _contains(left: Any, right: Any, calendar: Calendar) -> bool:
    if left is None or right is None:
        return False
    if isinstance(left, (list, tuple)):
        return any(_same(_text_of(item), right, calendar) for item in left)
    return str(right).casefold() in str(left).casefold()


def _same(left: Any, right: Any, calendar: Calendar) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return bool(_truth(left) == _truth(right))
    if isinstance(left, str) and isinstance(right, str) and not _moment(left, calendar):
        return left.strip().casefold() == right.strip().casefold()
    pair = _pair(left, right, calendar)
    return pair is not None and bool(pair[0] == pair[1])


def _truth(value: Any) -> Any:
    if isinstance(value, str):
        return {"yes": True, "true": True, "no": False, "false": False}.get(value.casefold(), value)
    return value


def _text_of(item: Any) -> Any:
    """A line of a list field with choices is `{"text", "choice"}`: either may be meant, the text is compared."""
    return item.get("text") if isinstance(item, Mapping) else item


def _pair(left: Any, right: Any, calendar: Calendar) -> tuple[Any, Any] | None:
    """The two sides as values that can be ordered; None when they cannot be compared."""
    if isinstance(left, (list, tuple)):
        left = len(left)
    one, other = _moment(left, calendar), _moment(right, calendar)
    if one is not None and other is not None:
        if isinstance(one, datetime) and isinstance(other, datetime):
            return one, other
        return day_of(one, calendar), day_of(other, calendar)
    if isinstance(left, Mapping) or isinstance(right, Mapping):
        return _amounts(left, right)
    numbers = _number(left), _number(right)
    return None if None in numbers else numbers


def _moment(value: Any, calendar: Calendar) -> date | datetime | None:
    """A day or instant; without a zone it is on the PM's clock."""
    if isinstance(value, datetime):
        return from_stamp(value.isoformat(), calendar.zone)
    if isinstance(value, date):
        return value
    is_stamp = isinstance(value, str) and len(value) >= 10 and value[4:5] == "-"
    return from_stamp(value, calendar.zone) if is_stamp else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _amounts(left: Any, right: Any) -> tuple[float, float] | None:
    """Amounts of money; a bare number takes the other side's currency, two currencies never compare."""
    one, other = _money(left), _money(right)
    if one is None or other is None or (one[1] and other[1] and one[1] != other[1]):
        return None
    return one[0], other[0]


def _money(value: Any) -> tuple[float, str] | None:
    if isinstance(value, Mapping):
        amount = _number(str(value.get("amount")))
        return None if amount is None else (amount, str(value.get("currency") or ""))
    if isinstance(value, str) and len(parts := value.split()) == 2:
        amount = _number(parts[0])
        return None if amount is None else (amount, parts[1].upper())
    number = _number(value)
    return None if number is None else (number, "")


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any, Calendar], bool]:
    def test(left: Any, right: Any, calendar: Calendar) -> bool:
        pair = None if left is None or right is None else _pair(left, right, calendar)
        return pair is not None and compare(*pair)

    return test


_TESTS: Mapping[str, Callable[[Any, Any, Calendar], bool]] = {
    "is_": _is,
    "is_not": lambda left, right, calendar: not _is(left, right, calendar),
    "any_of": lambda left, right, calendar: any(_is(left, value, calendar) for value in right),
    "contains": _contains,
    "more_than": _ordered(lambda a, b: a > b),
    "less_than": _ordered(lambda a, b: a < b),
    "at_least": _ordered(lambda a, b: a >= b),
    "at_most": _ordered(lambda a, b: a <= b),
    "before": _ordered(lambda a, b: a < b),
    "after": _ordered(lambda a, b: a > b),
    "answered": lambda left, right, calendar: (left not in (None, "", [], ())) == right,
}

"""Conditions: their shape, what they name, and tests that fit what is tested."""

from collections.abc import Container, Iterable
from typing import Any

from playbook.core.check.certain import shown_on
from playbook.core.check.contradictions import check_contradictions
from playbook.core.check.exclusion import is_out_of_reach
from playbook.core.check.fields import value_fits
from playbook.core.check.names import FieldAt, Names, References, StepAt
from playbook.core.client import BUILT_IN
from playbook.core.nearest import nearest
from playbook.core.playbook import TESTS, Condition, Ref
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where

STATES = ("open", "done", "skipped", "n/a", "hidden")

DEEPEST = 2
"""Levels that `all` and `any` may nest."""

_EQUAL = frozenset({"is_", "is_not", "any_of"})
_SIZE = frozenset({"more_than", "less_than", "at_least", "at_most"})
_ORDER = frozenset({"before", "after", "at_least", "at_most"})
_NUMBERS = _EQUAL | _SIZE | {"answered"}
_MOMENTS = _EQUAL | _ORDER | {"answered"}
_LISTS = _EQUAL | _SIZE | {"contains", "answered"}
_TEXTS = _EQUAL | {"contains", "answered"}
_FITTING = {
    "number": _NUMBERS, "money": _NUMBERS, "date": _MOMENTS, "datetime": _MOMENTS, "list": _LISTS,
    "several": _LISTS, "yes-no": _EQUAL | {"answered"}, "choice": _EQUAL | {"answered"},
}  # fmt: skip
"""Tests by kind of field; other kinds are texts."""


def toml_name(test: str) -> str:
    """A test's key in TOML."""
    return test.rstrip("_")


def check_conditions(
    names: Names, references: References, problems: ProblemList, saved: Container[str] | None
) -> None:
    """Every condition of sections, steps and fields."""
    checker = _Checker(names, references, problems, saved)
    for section, where in names.every_section:
        checker.all_of(section.when, where)
        check_contradictions(section.when, (), (*where, "when"), names, problems)
    for at in names.every_step:
        checker.all_of(at.step.when, at.where)
        if at.step.when:
            check_contradictions(at.step.when, at.home.section.when, (*at.where, "when"), names, problems)
    for field in names.every_field:
        checker.all_of(field.field.when, field.where)
        if field.field.when:
            outer = shown_on(field.asked_by) if field.asked_by is not None else ()
            check_contradictions(field.field.when, outer, (*field.where, "when"), names, problems)


class _Checker:
    def __init__(
        self, names: Names, references: References, problems: ProblemList, saved: Container[str] | None
    ) -> None:
        self._names, self._references, self._problems = names, references, problems
        own = {at.field.save_as for at in names.every_field}
        self._own, self._saved = own, saved

    def all_of(self, conditions: Iterable[Condition], where: Where) -> None:
        for i, condition in enumerate(conditions):
            self._one(condition, (*where, "when", i), 0)

    def _one(self, condition: Condition, where: Where, depth: int) -> None:
        sides = [side for side in (condition.field_id, condition.step, condition.client) if side]
        tests = [test for test in TESTS if getattr(condition, test) not in (None, ())]
        groups = [(key, parts) for key, parts in (("all", condition.all_), ("any", condition.any_)) if parts]
        if groups:
            if sides or tests or len(groups) > 1:
                self._problems.add("condition-mixed", where)
            if depth >= DEEPEST:
                self._problems.add("condition-deep", where, most=DEEPEST)
                return
            for key, parts in groups:
                for i, part in enumerate(parts):
                    self._one(part, (*where, key, i), depth + 1)
        elif not sides and not tests:
            self._problems.add("condition-empty", where)
        elif len(sides) != 1:
            self._problems.add("condition-sides" if sides else "condition-no-side", where, sides=sides)
        elif len(tests) != 1:
            shown = [toml_name(test) for test in tests]
            self._problems.add("condition-tests" if tests else "condition-no-test", where, tests=shown)
        else:
            self._test(condition, tests[0], where)

    def _test(self, condition: Condition, test: str, where: Where) -> None:
        value = getattr(condition, test)
        place = (*where, toml_name(test))
        if isinstance(value, Ref):
            self._right(value, place)
        if condition.client:
            self._client(condition.client, (*where, "client"))
        elif condition.step:
            asked = self._references.step(condition.step, (*where, "step"))
            if asked is not None:
                self._step_test(asked, test, value, where)
        elif field := self._references.field(condition.field_id, (*where, "field")):
            self._field_test(field, test, value, place)

    def _right(self, ref: Ref, where: Where) -> None:
        if bool(ref.field_id) == bool(ref.client):
            self._problems.add("condition-right", where)
        self._references.field(ref.field_id, (*where, "field"))
        if ref.client:
            self._client(ref.client, (*where, "client"))

    def _client(self, name: str, where: Where) -> None:
        known = self._saved is None or name in self._saved or name in self._own or name in BUILT_IN
        if not known:
            self._problems.add("saved-unknown", where, "advice", name=name)

    def _step_test(self, asked: StepAt, test: str, value: Any, where: Where) -> None:
        place = (*where, toml_name(test))
        if test not in _EQUAL:
            self._problems.add("test-unfit-step", place, test=toml_name(test))
            return
        values = value if test == "any_of" else (value,)
        for state in values:
            if not isinstance(state, Ref) and state not in STATES:
                close = nearest(str(state), STATES) if not self._problems.is_full else ""
                self._problems.add("state-unknown", place, state=state, allowed=STATES, nearest=close)
                return
        if test != "is_not" and "hidden" not in values and self._names.is_hideable(asked):
            self._problems.add("condition-on-hideable", where, "advice", step=asked.step.id)

    def _field_test(self, at: FieldAt, test: str, value: Any, where: Where) -> None:
        field = at.field
        fitting = _FITTING.get(field.kind, _TEXTS)
        if test not in fitting:
            tests = [toml_name(name) for name in TESTS if name in fitting]
            self._problems.add(
                "test-unfit", where, test=toml_name(test), kind=field.kind, name=field.id, tests=tests
            )
            return
        if test == "answered" or isinstance(value, Ref):
            return
        for one in value if test == "any_of" else (value,):
            if field.kind in ("list", "several") and test in _SIZE:
                fits = isinstance(one, int) and not isinstance(one, bool)
            elif field.kind == "list":
                fits = isinstance(one, str)
            else:
                fits = value_fits(field, one)
            if not fits:
                self._unfit(at, one, where)
            elif is_out_of_reach(field, test, one):
                self._problems.add("test-range", where, name=field.id)

    def _unfit(self, at: FieldAt, value: Any, where: Where) -> None:
        field = at.field
        if field.kind not in ("choice", "several") or not field.choices:
            self._problems.add("test-value", where, name=field.id, kind=field.kind)
            return
        labels = {label.casefold(): key for key, label in field.choices.items()}
        meant = labels.get(str(value).casefold(), "")
        if not meant and not self._problems.is_full:
            meant = nearest(str(value), field.choices)
        allowed = list(field.choices)[:20]
        self._problems.add(
            "choice-unknown", where, name=field.id, value=value, allowed=allowed, nearest=meant
        )

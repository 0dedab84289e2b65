"""What of a run depends on its playbook alone: worked out once a playbook, not at every change."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from playbook.core.conditions import leaves, test_of
from playbook.core.playbook import Field, Playbook, Ref, Section, Step
from playbook.core.schedule import DateRule, parse_interval, parse_rule

Places = Mapping[str, tuple[Step, Section]]
Fields = Mapping[str, tuple[Field, str]]


class Gate(NamedTuple):
    """A gate and the steps it holds."""

    step_id: str
    strength: str
    held: tuple[str, ...]


class Plan(NamedTuple):
    """A playbook prepared for deriving runs from it."""

    places: Places
    """Each step and its section, in order."""
    fields: Fields
    """Each field and the step that asks it; "" for the run's own."""
    rules: Mapping[str, tuple[DateRule, ...]]
    """Date rules of the steps that have any."""
    opens: Mapping[str, DateRule]
    """The rule before whose date a step is early, of the steps that have one."""
    intervals: Mapping[str, DateRule]
    """How steps repeat, of those that do."""
    before_target: frozenset[str]
    """Steps whose date is counted from the start alone, so that it is meant to lie before the target."""
    fixed: frozenset[str]
    """Steps whose date hangs on the start alone, and those that have none."""
    choosy: frozenset[str]
    """Steps with fields that are asked under a condition."""
    plain: frozenset[str]
    """Steps of which nothing but their own progress, gates and conditions says how they stand."""
    conditional: tuple[str, ...]
    """Steps shown under a condition, each after those its condition looks at."""
    dated: tuple[str, ...]
    """Steps dated from another's due date, each after that one."""
    gates: tuple[Gate, ...]


def plan_of(playbook: Playbook) -> Plan:
    """The plan of a playbook."""
    places = {step.id: (step, section) for section in playbook.sections for step in section.steps}
    fields: dict[str, tuple[Field, str]] = {f.id: (f, "") for f in playbook.fields}
    fields |= {f.id: (f, step.id) for step, _ in places.values() for f in step.fields}
    rules = {step_id: _rules(step) for step_id, (step, _) in places.items() if step.due}
    conditional = [i for i, (step, section) in places.items() if step.when or section.when]
    dated = [i for i, parsed in rules.items() if any(rule.of_due for rule in parsed)]
    order = list(places)
    opens = {
        i: rule
        for i, (step, _) in places.items()
        if step.opens and isinstance(rule := parse_rule(step.opens), DateRule)
    }
    every = {
        i: rule
        for i, (step, _) in places.items()
        if step.repeat and isinstance(rule := parse_interval(step.repeat), DateRule)
    }
    fixed = frozenset(i for i in places if all(rule.anchor == "start" for rule in rules.get(i, ())))
    choosy = frozenset(i for i, (step, _) in places.items() if any(field.when for field in step.fields))
    return Plan(
        places, fields, rules, opens, every, _before_target(rules),
        fixed, choosy, frozenset(i for i in fixed - choosy if _is_plain(places[i][0])),
        tuple(deepest_first(conditional, lambda i: _shown_by(i, places, fields))),
        tuple(deepest_first(dated, lambda i: _dated_by(i, rules, places))),
        tuple(Gate(i, places[i][0].gate, _held(i, order, places)) for i in order if places[i][0].gate),
    )  # fmt: skip


def _rules(step: Step) -> tuple[DateRule, ...]:
    parsed = [parse_rule(text) for text in step.due]
    return tuple(rule for rule in parsed if isinstance(rule, DateRule))


def _is_plain(step: Step) -> bool:
    return not (step.needs or step.opens or step.repeat)


def _before_target(rules: Mapping[str, tuple[DateRule, ...]]) -> frozenset[str]:
    """Steps counted from the start, or from another step that is; a date a person gives is theirs to judge."""
    found: set[str] = set()
    for step_id in deepest_first(rules, lambda i: [rule.anchor for rule in rules[i] if rule.anchor in rules]):
        if all(rule.anchor == "start" or rule.anchor in found for rule in rules[step_id]):
            found.add(step_id)
    return frozenset(found)


def deepest_first(ids: Iterable[str], needed: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Each id after those it needs, so that a chain of any length is worked out without deep recursion."""
    seen: set[str] = set()
    for first in ids:
        stack = [first]
        while stack:
            last = stack[-1]
            if last in seen:
                yield stack.pop()
            else:
                seen.add(last)
                stack += [other for other in needed(last) if other not in seen]


def _shown_by(step_id: str, places: Places, fields: Fields) -> list[str]:
    """Steps that decide whether this one is shown."""
    step, section = places[step_id]
    steps: list[str] = []
    for leaf in leaves((*section.when, *step.when)):
        right = getattr(leaf, test_of(leaf), None)
        named = [leaf.field_id, right.field_id if isinstance(right, Ref) else ""]
        steps += [leaf.step, *(fields[name][1] for name in named if name in fields)]
    return [i for i in steps if i in places]


def _dated_by(step_id: str, rules: Mapping[str, tuple[DateRule, ...]], places: Places) -> list[str]:
    """Steps from whose due date this one's counts."""
    return [rule.anchor for rule in rules.get(step_id, ()) if rule.of_due and rule.anchor in places]


def _held(gate_id: str, order: list[str], places: Places) -> tuple[str, ...]:
    """The steps a gate names, or all after it; never itself."""
    named = set(places[gate_id][0].holds)
    if not named:
        return tuple(order[order.index(gate_id) + 1 :])
    return tuple(
        i for i in order if i != gate_id and (i in named or (places[i][1].id and places[i][1].id in named))
    )

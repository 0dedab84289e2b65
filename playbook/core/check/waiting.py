"""Dates that would wait for ever, since what they count from can be hidden while the dated step is shown."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import prod

from playbook.core.check.certain import FARTHEST, follow, implied, shown_on
from playbook.core.check.contradictions import never_hold
from playbook.core.check.dates import opens_of, rules_of
from playbook.core.check.names import Names
from playbook.core.playbook import Condition
from playbook.core.problem_list import ProblemList
from playbook.core.schedule import DateRule

MOST_WAYS = 64
"""Ways in which several anchors may all be hidden that are looked into."""


def check_waiting(names: Names, problems: ProblemList) -> None:
    """Tells such dates; one that can be counted otherwise as well is left in peace."""
    for at in names.every_step:
        due = rules_of(at)
        for rules in (due if len(due) == len(at.step.due) else [], opens_of(at)):
            if not any(rule.anchor in names.steps or rule.anchor in names.fields for rule, _ in rules):
                continue
            known = follow(shown_on(at), names)
            if len(known) >= FARTHEST:
                continue
            open_to = [_may_fail(rule, known, names) for rule, _ in rules]
            if all(open_to) and _may_all_fail(open_to, known, names):
                problems.add("due-hidden", rules[0][1], "advice", name=rules[0][0].anchor)


def _may_fail(rule: DateRule, known: Sequence[Condition], names: Names) -> list[Condition]:
    """The conditions of the anchor's step or field that need not hold where these do."""
    anchor = names.steps.get(rule.anchor) or names.fields.get(rule.anchor)
    conditions = shown_on(anchor)[:FARTHEST] if anchor is not None else ()
    return [wanted for wanted in conditions if not implied(wanted, known, names)]


def _may_all_fail(open_to: Sequence[Sequence[Condition]], known: Sequence[Condition], names: Names) -> bool:
    """Whether one condition of each anchor can fail at once; of several anchors one is perhaps always shown."""
    if len(open_to) == 1:
        return True
    if prod(map(len, open_to)) > MOST_WAYS:
        return False
    for way in product(*open_to):
        failing = [_negated(condition) for condition in way]
        together = [*known, *(part for parts in failing if parts for part in parts)]
        if all(failing) and next(never_hold(together, names), None) is None:
            return True
    return False


def _negated(condition: Condition) -> tuple[Condition, ...]:
    """What holds where a condition does not; nothing where that is not one plain test."""
    if condition.is_ is not None:
        return (replace(condition, is_=None, is_not=condition.is_),)
    if condition.is_not is not None:
        return (replace(condition, is_not=None, is_=condition.is_not),)
    if condition.answered is not None:
        return (replace(condition, answered=not condition.answered),)
    return tuple(replace(condition, any_of=(), is_not=value) for value in condition.any_of)

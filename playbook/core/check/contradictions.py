"""Conditions that can never hold."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from playbook.core.check.certain import follow, key_of, shown_for, shown_on, single
from playbook.core.check.exclusion import exclude_each_other
from playbook.core.check.names import Names
from playbook.core.client import BUILT_IN
from playbook.core.playbook import Condition, Ref
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where

MOST = 50
"""Conditions, and alternatives of an `any`, that are held against each other."""


class Never(NamedTuple):
    """Why conditions can never hold together."""

    code: str
    args: dict[str, Any]


def check_contradictions(
    own: Iterable[Condition], outer: Iterable[Condition], where: Where, names: Names, problems: ProblemList
) -> None:
    """Tells conditions that must all hold and cannot, or that ask for a state a step never has."""
    conditions = list(islice((*single(outer), *single(own)), MOST))
    found = list(never_hold(conditions, names))
    for never in found or _far(conditions, names):
        problems.add(never.code, where, **never.args)


def _far(conditions: Sequence[Condition], names: Names) -> Iterator[Never]:
    """What these conditions ask about may itself be shown only where they do not hold."""
    everything = follow(conditions, names)
    never = next(never_hold(everything, names), None) if len(everything) > len(conditions) else None
    if never is None:
        return
    asked = [at for condition in conditions for at in shown_for(condition, names)]
    told_there = any(next(never_hold(follow(shown_on(at), names), names), None) for at in asked)
    if not told_there:
        yield Never("condition-never-far", {"name": never.args.get("name") or never.args.get("step", "")})


def never_hold(conditions: Sequence[Condition], names: Names) -> Iterator[Never]:
    """Why these conditions cannot all hold, once for each thing they look at."""
    tests: dict[tuple[str, str], list[Condition]] = {}
    for leaf in conditions:
        if not leaf.any_ and sum(map(bool, (leaf.field_id, leaf.step, leaf.client))) == 1:
            side = "step" if leaf.step else "field" if leaf.field_id else "client"
            tests.setdefault((side, leaf.step or leaf.field_id or leaf.client), []).append(leaf)
    for (side, name), leaves in tests.items():
        if side == "step" and (state := _never_state(name, leaves, names)):
            yield Never("condition-never-state", {"step": name, "state": state})
        elif exclude_each_other(
            leaves, is_list=_may_be_list(side, name, names), choices=_choices(side, name, names)
        ):
            yield Never("condition-never", {"name": name})
    plain = [condition for condition in conditions if not condition.any_]
    for condition in conditions:
        if 0 < len(condition.any_) <= MOST and not condition.all_:
            ways = [next(never_hold([*plain, *single([way])], names), None) for way in condition.any_]
            if ways[0] is not None and all(ways):
                yield ways[0]


def _may_be_list(side: str, name: str, names: Names) -> bool:
    """Whether the value may have several lines; of a name on the client that is known only for our own fields."""
    if side == "step" or (side == "client" and name in BUILT_IN):
        return False
    if side == "field":
        at = names.fields.get(name)
        return at is not None and at.field.kind in ("list", "several")
    kinds = {at.field.kind for at in names.every_field if at.field.save_as == name}
    return not kinds or bool(kinds & {"list", "several"})


def _choices(side: str, name: str, names: Names) -> frozenset[tuple[str, Any]]:
    """Every answer there can be, for a field of which they can be counted."""
    at = names.fields.get(name) if side == "field" else None
    if at is not None and at.field.kind == "yes-no":
        return frozenset({key_of(True), key_of(False)})
    is_choice = at is not None and at.field.kind == "choice"
    return frozenset(map(key_of, at.field.choices)) if at is not None and is_choice else frozenset()


def _never_state(name: str, conditions: Iterable[Condition], names: Names) -> str:
    """A state that is asked for and that the step can never be in."""
    at = names.steps.get(name)
    if at is None:
        return ""
    never = {"skipped", "n/a"} if at.step.skip == "never" else set[str]()
    if not names.is_hideable(at):
        never.add("hidden")
    for condition in conditions:
        states = condition.any_of or (condition.is_,)
        if not any(isinstance(state, Ref) for state in states) and all(state in never for state in states):
            return ", ".join(map(str, states))
    return ""

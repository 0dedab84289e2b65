"""What waits on itself: in `needs` and gates, in dates, and in conditions."""

from collections.abc import Iterable, Iterator, Mapping

from playbook.core.check.dates import opens_of, rules_of
from playbook.core.check.graph import circles
from playbook.core.check.names import Names, StepAt
from playbook.core.conditions import leaves
from playbook.core.playbook import TESTS, Condition, Ref
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where

MOST_VISITS = 300_000
"""Steps looked at in search of dates that are locked away."""

Edges = dict[str, list[str]]


def check_cycles(names: Names, problems: ProblemList) -> None:
    """Tells every circle once, with the ids along it."""
    locks = _locks(names)
    for circle in circles(locks):
        if _is_gate_in_its_own_section(circle, names):
            continue
        is_needs = all(b in names.steps[a].step.needs for a, b in _pairs(circle) if a in names.steps)
        _tell(
            "cycle-needs" if is_needs else "cycle-gates",
            "needs" if is_needs else "gate",
            circle,
            names,
            problems,
        )
    for circle in circles(_dates(names)):
        _tell("cycle-dates", "due", circle, names, problems)
    for circle in circles(_openings(names)):
        _tell("cycle-dates", "opens", circle, names, problems)
    for circle in circles(_visibility(names)):
        _tell("cycle-conditions", "when", circle, names, problems)
    for circle in circles(_field_visibility(names)):
        _tell("cycle-conditions", "when", circle, names, problems)
    _check_locked_dates(names, locks, problems)


def _tell(code: str, key: str, circle: list[str], names: Names, problems: ProblemList) -> None:
    """A long circle is told by its beginning; sections are left out where steps tell it as well."""
    shown = [name for name in circle if name not in names.sections] or circle
    ids = (*shown[:12], *(["…"] if len(shown) > 12 else []), shown[0])
    problems.add(code, (*_place(shown[0], names), key), ids=ids)


def _place(name: str, names: Names) -> Where:
    if name in names.steps:
        return names.steps[name].where
    return names.fields[name].where if name in names.fields else names.sections[name].where


def _pairs(circle: list[str]) -> Iterator[tuple[str, str]]:
    return zip(circle, (*circle[1:], circle[0]), strict=True)


# What locks what. A section stands for its steps, so that the graph stays as small as the file.


def _locks(names: Names) -> Edges:
    """Each step with the steps that must be settled before it."""
    edges: Edges = {name: [] for name in (*names.steps, *names.sections)}
    before: StepAt | None = None
    for at in names.every_step:
        step = at.step
        if not step.id:
            continue
        edges[step.id] += [need for need in step.needs if need in names.steps]
        if at.home.section.id:
            edges[step.id].append(at.home.section.id)
        if before is not None:
            edges[step.id].append(before.step.id)
        if step.gate != "hard":
            continue
        if not step.holds:
            before = at
        for held in step.holds:
            if held in edges and held != step.id:
                edges[held].append(step.id)
    return edges


def _is_gate_in_its_own_section(circle: list[str], names: Names) -> bool:
    """A gate never locks itself, even when it holds the section it stands in."""
    return len(circle) == 2 and any(name in names.sections for name in circle)


def _dates(names: Names) -> Edges:
    """Each step with the steps its date counts from."""
    return {
        at.step.id: [rule.anchor for rule, _ in rules_of(at) if rule.anchor in names.steps]
        for at in names.every_step
        if at.step.id
    }


def _openings(names: Names) -> Edges:
    """Each step with the steps that must be carried out before it is known when it opens."""
    edges: Edges = {at.step.id: [] for at in names.every_step if at.step.id}
    for at in names.every_step:
        for rule, _ in opens_of(at):
            source = _asked_by(rule.anchor, names) if not rule.of_due else ""
            if source and at.step.id and (source != at.step.id or rule.anchor == source):
                edges[at.step.id].append(source)  # a step's own field may be answered before it is ticked
    return edges


def _visibility(names: Names) -> Edges:
    """Each step with the steps that must be known before it is shown."""
    edges: Edges = {
        home.section.id: list(_looked_at(home.section.when, names)) for home in names.every_section
    }
    for at in names.every_step:
        if at.step.id:
            edges[at.step.id] = [*_looked_at(at.step.when, names), at.home.section.id]
    edges.pop("", None)
    return edges


def _looked_at(conditions: Iterable[Condition], names: Names) -> Iterator[str]:
    """The steps whose state or answers these conditions read."""
    for leaf in leaves(conditions):
        if leaf.step in names.steps:
            yield leaf.step
        for field in _fields_in(leaf):
            at = names.fields.get(field)
            if at is not None and at.asked_by is not None and at.asked_by.step.id:
                yield at.asked_by.step.id


def _fields_in(leaf: Condition) -> Iterator[str]:
    if leaf.field_id:
        yield leaf.field_id
    for test in TESTS:
        value = getattr(leaf, test)
        if isinstance(value, Ref) and value.field_id:
            yield value.field_id


def _field_visibility(names: Names) -> Edges:
    return {
        name: [field for leaf in leaves(at.field.when) for field in _fields_in(leaf) if field in names.fields]
        for name, at in names.fields.items()
    }


# Dates that cannot be known because their step is locked by the one that waits for them.


def _check_locked_dates(names: Names, locks: Mapping[str, list[str]], problems: ProblemList) -> None:
    asked: dict[str, list[tuple[StepAt, str, Where]]] = {}
    for at in names.every_step:
        for rule, where in (*rules_of(at), *opens_of(at)):
            source = _asked_by(rule.anchor, names) if not rule.of_due else ""
            if source and at.step.id and source != at.step.id:
                asked.setdefault(source, []).append((at, rule.anchor, where))
    left = MOST_VISITS
    for source, waiting in asked.items():
        reached = _reached(source, locks, left)
        left -= len(reached)
        for at, anchor, where in waiting:
            if at.step.id in reached:
                problems.add("due-locked", where, name=anchor, step=source, gate=at.step.id)


def _asked_by(anchor: str, names: Names) -> str:
    """The step that must be carried out before the anchor is known."""
    if anchor in names.steps:
        return anchor
    at = names.fields.get(anchor)
    return at.asked_by.step.id if at is not None and at.asked_by is not None else ""


def _reached(source: str, locks: Mapping[str, list[str]], most: int) -> set[str]:
    """Everything that must be settled before a step, near or far."""
    reached: set[str] = set()
    stack = list(locks.get(source, ()))
    while stack and len(reached) < most:
        node = stack.pop()
        if node not in reached:
            reached.add(node)
            stack.extend(locks.get(node, ()))
    return reached

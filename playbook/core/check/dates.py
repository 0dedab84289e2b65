"""Date rules: anchors that exist and can carry the rule."""

from playbook.core.check.names import Names, References, StepAt
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where
from playbook.core.schedule import INSTANT_UNITS, DateRule, parse_rule


def rules_of(at: StepAt) -> list[tuple[DateRule, Where]]:
    """The rules of a step's due that can be read, each with its path."""
    rules = [(parse_rule(text), (*at.where, "due", i)) for i, text in enumerate(at.step.due) if text]
    return [(rule, where) for rule, where in rules if isinstance(rule, DateRule)]


def opens_of(at: StepAt) -> list[tuple[DateRule, Where]]:
    """The rule of a step's `opens`, if it can be read, with its path."""
    rule = parse_rule(at.step.opens) if at.step.opens else None
    return [(rule, (*at.where, "opens"))] if isinstance(rule, DateRule) else []


def check_dates(names: Names, references: References, problems: ProblemList) -> None:
    """Every rule's anchor, and what a date's other keys need."""
    for at in names.every_step:
        step = at.step
        rules = [*rules_of(at), *opens_of(at)]
        for rule, where in rules:
            _check_anchor(rule, where, names, references, problems)
            if rule.unit in INSTANT_UNITS and not _is_instant(rule, names):
                problems.add("anchor-not-instant", where, name=rule.anchor, unit=rule.unit)
        if step.by and not step.due:
            problems.add("by-without-due", (*at.where, "by"))
        elif step.by and any(rule.unit in INSTANT_UNITS for rule, where in rules if where[-1] != "opens"):
            problems.add("by-instant", (*at.where, "by"))
        if step.repeat and not step.due:
            problems.add("repeat-without-due", (*at.where, "repeat"), "advice")


def _check_anchor(
    rule: DateRule, where: Where, names: Names, references: References, problems: ProblemList
) -> None:
    name = rule.anchor
    if rule.of_due:
        at = references.step(name, where)
        if at is not None and not at.step.due:
            problems.add("anchor-without-due", where, name=name)
    elif name == "target":
        if not names.playbook.target_label:
            problems.add("target-unlabelled", where)
    elif name in names.fields:
        kind = names.fields[name].field.kind
        if kind not in ("date", "datetime"):
            problems.add("field-not-date", where, name=name, kind=kind)
    elif name != "start" and name not in names.steps:
        references.anchor(name, where)


def _is_instant(rule: DateRule, names: Names) -> bool:
    """Whether hours can be counted from the rule's anchor; an unknown one is told elsewhere."""
    name = rule.anchor
    if rule.of_due:
        at = names.steps.get(name)
        return (
            at is None or bool(at.step.by) or all(_gives_instant(other, names) for other, _ in rules_of(at))
        )
    return name != "target" and (name not in names.fields or names.fields[name].field.kind != "date")


def _gives_instant(rule: DateRule, names: Names) -> bool:
    """Whether the rule gives an instant: one in hours, or a bare datetime field."""
    at = names.fields.get(rule.anchor)
    return rule.unit in INSTANT_UNITS or (not rule.unit and at is not None and at.field.kind == "datetime")

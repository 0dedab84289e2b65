"""What only shows when playbooks are held against each other: languages that differ, and starts into nowhere."""

from collections.abc import Iterator, Mapping

from playbook.core.check.names import Names
from playbook.core.nearest import nearest
from playbook.core.playbook import Playbook
from playbook.core.problems import Problem, Where


def check_languages(playbook: Playbook, model: Playbook) -> list[Problem]:
    """What a playbook has more, less or elsewhere than `model`, the same one in another language."""
    own, other = dict(_parts(playbook)), dict(_parts(model))
    problems = [_differs("language-more", own[part], part, model) for part in own if part not in other]
    homes = {part[-1]: where for part, where in own.items() if part[0] in ("section", "step")}
    missing = [part for part in other if part not in own]
    return [*problems, *(_differs("language-less", homes.get(part[1], ()), part, model) for part in missing)]


def _differs(code: str, where: Where, part: tuple[str, ...], model: Playbook) -> Problem:
    return Problem(code, where, {"kind": part[0], "id": part[-1], "language": model.language})


def _parts(playbook: Playbook) -> Iterator[tuple[tuple[str, ...], Where]]:
    """Every section, step, field and choice, by its kind, the id of what it stands in, and its own."""
    names = Names(playbook)
    for section, where in names.every_section:
        yield ("section", section.id), where
    for at in names.every_step:
        yield ("step", at.home.section.id, at.step.id), at.where
    for field in names.every_field:
        home = field.asked_by.step.id if field.asked_by is not None else ""
        yield ("field", home, field.field.id), field.where
        for choice in field.field.choices:
            yield ("choice", field.field.id, choice), (*field.where, "choices", choice)


def check_starts(playbook: Playbook, library: Mapping[str, Playbook]) -> list[Problem]:
    """Steps that start a playbook which the library does not have, or set a field which that one does not ask."""
    problems: list[Problem] = []
    for at in Names(playbook).every_step:
        starts = at.step.starts
        if starts is None or not starts.playbook:
            continue
        where = (*at.where, "starts")
        started = playbook if starts.playbook == playbook.id else library.get(starts.playbook)
        if started is None:
            args = {"name": starts.playbook, "nearest": nearest(starts.playbook, library)}
            problems.append(Problem("starts-unknown", where, args, "advice"))
            continue
        known = ["target", *(field.id for field in started.fields)]
        for name in starts.set:
            if name not in known:
                args = {"name": name, "playbook": starts.playbook, "nearest": nearest(name, known)}
                problems.append(Problem("starts-field-unknown", (*where, "set", name), args, "advice"))
    return problems

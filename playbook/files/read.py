"""From the text of a playbook file to a playbook: partial where the file is faulty, with every fault at once."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from playbook.core.playbook import RESERVED, Playbook
from playbook.core.problems import Problem
from playbook.core.text import clean, slug
from playbook.files.decode import LARGEST, too_large
from playbook.files.intake import Intake
from playbook.files.syntax import syntax_problem
from playbook.files.typed import read_table

FORMAT = 1
"""The newest format that is understood."""

_LONG_KEY = re.compile(
    r"""(?:^|[\[{,])[ \t]*+(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){12}""", re.MULTILINE
)
"""Keys of so many parts take the parser time that grows with their square, and mean nothing here."""


class Reading(NamedTuple):
    """What a text says."""

    playbook: Playbook | None
    """Partial where something was refused; None when the text is no TOML at all."""
    problems: list[Problem]


def read_playbook(text: str, default_id: str) -> Reading:
    """The playbook of a file's text; `default_id` is its id when the file states none."""
    table = parse(text)
    if isinstance(table, Problem):
        return Reading(None, [table])
    number = table.get("format", 1)
    if type(number) is int and number > FORMAT:
        shown = number if number < 1000 else "1000+"
        problem = Problem("format-newer", ("format",), {"format": shown, "known": FORMAT})
        return Reading(Playbook(id=default_id), [problem])
    intake = Intake(_snippets(table.get("snippets")))
    playbook = read_table(Playbook, table, (), intake)
    playbook = replace(playbook, id=playbook.id or default_id)
    return Reading(_with_section_ids(playbook), intake.everything())


def parse(text: str) -> dict[str, Any] | Problem:
    """The raw table of a text, or what keeps it from being TOML."""
    if len(text) > LARGEST:
        return too_large(len(text))
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start() + 1) + 1
        return Problem("toml-deep", args={"line": line, "column": 1})
    import tomli

    try:
        return tomli.loads(text)
    except (ValueError, RecursionError) as error:
        return syntax_problem(error, text)


def _snippets(raw: object) -> Mapping[str, str]:
    if not isinstance(raw, dict):
        return {}
    return {name: clean(text) for name, text in raw.items() if isinstance(text, str)}


def _with_section_ids(playbook: Playbook) -> Playbook:
    """Every section with an id: the title's, with a number where that is taken."""
    if all(section.id for section in playbook.sections):
        return playbook
    taken = {*RESERVED, *(section.id for section in playbook.sections)}
    taken |= {step.id for step in playbook.steps()} | {field.id for field in playbook.all_fields()}
    counts: dict[str, int] = {}
    sections = []
    for section in playbook.sections:
        if section.id or not section.title:
            sections.append(section)
            continue
        stem = slug(section.title)
        stem = stem if stem[:1].isalpha() else f"section-{stem}".rstrip("-")
        name = stem
        while name in taken:
            counts[stem] = counts.get(stem, 1) + 1
            name = f"{stem}-{counts[stem]}"
        taken.add(name)
        sections.append(replace(section, id=name))
    return replace(playbook, sections=tuple(sections))

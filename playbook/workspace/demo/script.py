"""What a story has to know of a playbook, worked out once."""

from collections.abc import Mapping
from typing import NamedTuple

from playbook.core.filling import NAME
from playbook.core.plan import Plan, plan_of
from playbook.core.playbook import Playbook
from playbook.files.library import Loaded


class Script(NamedTuple):
    """A playbook and how its steps hang together."""

    loaded: Loaded
    plan: Plan
    sources: Mapping[str, tuple[str, ...]]
    """By step: the other steps whose answers stand in what is said or written in it."""
    ranks: Mapping[str, int]
    """By step: its place in its section."""


def script_of(loaded: Loaded) -> Script:
    """The script of a playbook."""
    ranks = {step.id: rank for section in loaded.playbook.sections for rank, step in enumerate(section.steps)}
    return Script(loaded, plan_of(loaded.playbook), _sources(loaded.playbook), ranks)


def _sources(playbook: Playbook) -> dict[str, tuple[str, ...]]:
    asked_in = {field.id: step.id for step in playbook.steps() for field in step.fields}
    sources: dict[str, tuple[str, ...]] = {}
    for step in playbook.steps():
        texts = (step.say, step.message.body if step.message else "")
        named = [asked_in[name] for text in texts for name in NAME.findall(text) if name in asked_in]
        sources[step.id] = tuple(step_id for step_id in named if step_id != step.id)
    return sources

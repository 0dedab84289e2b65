"""The `{{ names }}` in texts: each must be defined by something."""

import re
from collections.abc import Container, Iterator

from playbook.core.check.names import Names
from playbook.core.client import BUILT_IN, DERIVED
from playbook.core.nearest import nearest
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where

FIXED = frozenset({
    "contact.name", "contact.email", "run.id", "run.start", "run.target", "today", "me", *DERIVED,
})  # fmt: skip
"""Names that are always defined; the client's have `client.` before them."""

_NAME = re.compile(r"\{\{([^{}]*)\}\}")


def check_texts(names: Names, problems: ProblemList, saved: Container[str] | None) -> None:
    """Tells names that nothing defines."""
    own = {at.field.save_as for at in names.every_field if at.field.save_as}
    for text, where in _texts(names):
        if "{{" not in text:
            continue
        for match in _NAME.finditer(text):
            name = match[1].strip().lower()  # names are filled in without regard to case
            if name in FIXED or name in names.fields or name.startswith("snippets."):
                continue
            if name.startswith("client."):
                fact = name.removeprefix("client.")
                if saved is not None and fact not in BUILT_IN and fact not in own and fact not in saved:
                    problems.add("saved-unknown", where, "advice", name=fact)
            else:
                _unknown(name, where, names, own, problems)


def _unknown(name: str, where: Where, names: Names, own: set[str], problems: ProblemList) -> None:
    meant = ""
    if not problems.is_full:
        saved = {f"client.{fact}" for fact in (*BUILT_IN, *own)}
        prefixed = next(
            (f"{prefix}.{name}" for prefix in ("run", "client") if f"{prefix}.{name}" in FIXED | saved), ""
        )
        meant = prefixed or nearest(name, (*names.fields, *FIXED, *saved))
    problems.add("name-undefined", where, name=name, nearest=meant)


def _texts(names: Names) -> Iterator[tuple[str, Where]]:
    for section, where in names.every_section:
        for key in ("title", "intro", "pause"):
            yield getattr(section, key), (*where, key)
    for at in names.every_step:
        for key in ("title", "guide", "say"):
            yield getattr(at.step, key), (*at.where, key)
        if at.step.message is not None:
            for key in ("to", "subject", "body"):
                yield getattr(at.step.message, key), (*at.where, "message", key)
        if at.step.formal is not None:
            for key in ("say", "subject", "body"):
                yield getattr(at.step.formal, key), (*at.where, "formal", key)
        for i, log in enumerate(at.step.logs):
            yield log.text, (*at.where, "logs", i, "text")
            for key, text in log.values.items():
                yield text, (*at.where, "logs", i, key)
    for field in names.every_field:
        for key in ("label", "help"):
            yield getattr(field.field, key), (*field.where, key)

"""The keys a person may change: every action by its id, and what is wrong with a `[keys]` table."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys

from playbook.core.nearest import nearest
from playbook.words import _

_PACKAGES = ("playbook.dialogs", "playbook.widgets", "playbook.screens")
_NAMED = {key.value for key in Keys} | {"space", "tab", "enter", "escape", "backspace", "delete", "plus", "minus", "slash",
          "question_mark", "full_stop", "comma", "left_square_bracket", "right_square_bracket", "greater_than_sign",
          "less_than_sign", "colon", "semicolon", "equals_sign", "asterisk", "underscore"}  # fmt: skip
_MODIFIERS = ("ctrl", "shift", "alt", "super")


@cache
def actions() -> Mapping[str, str]:
    """Every action id and its keys, as the program comes."""
    found: dict[str, str] = {}
    for package in _PACKAGES:
        for module in iter_modules(import_module(package).__path__, f"{package}."):
            for thing in vars(import_module(module.name)).values():
                if isinstance(thing, type) and issubclass(thing, DOMNode):
                    bound = thing.__dict__.get("BINDINGS", ())
                    found |= {b.id: b.key for b in bound if isinstance(b, Binding) and b.id}
    return found


def faults(keys: Mapping[str, str]) -> list[str]:
    """What is wrong with a `[keys]` table, each as a sentence: unknown ids, impossible keys, clashes."""
    known = actions()
    said: list[str] = []
    for action, given in keys.items():
        if action not in known:
            near = nearest(action, list(known))
            hint = _(" Did you mean {near}?").format(near=near) if near else ""
            said.append(_("[keys] There is no action “{action}”.").format(action=action) + hint)
        wrong = [key.strip() for key in given.split(",") if not _is_key(key.strip())]
        said += [_("[keys] {action}: “{key}” is not a key.").format(action=action, key=key) for key in wrong]
    return said + _clashes(keys, known)


def _clashes(keys: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    """Two actions of the same part of the program on one key; a list's keys and a screen's go together."""
    said = []
    for action, given in keys.items():
        if known.get(action, given) == given:  # unknown, or as it comes
            continue
        mine = {key.strip() for key in given.split(",")}
        for other, standard in known.items():
            others = {key.strip() for key in keys.get(other, standard).split(",")}
            meets = _together(action, other) and (other not in keys or action < other)
            if other != action and meets and (both := mine & others):
                said.append(
                    _("[keys] {key} is on both {one} and {two}.").format(key=min(both), one=action, two=other)
                )
    return said


_DIALOGS = frozenset({
    "dialog", "confirm", "text", "form", "choose", "picker", "due", "start", "help", "detail", "choice", "editor",
})  # fmt: skip
"""First parts of the ids of what has the keys to itself while it is in use."""

_SCREENS = frozenset({"run", "runs", "call", "pause", "past", "today", "client", "playbooks", "remarks"})
"""First parts of the ids that belong to one screen; ids of other parts work on every screen."""


def _together(one: str, two: str) -> bool:
    """Whether two actions can be there at the same time."""
    parts = [action.split(".")[0] if "." in action else "" for action in (one, two)]
    if any(part in _DIALOGS for part in parts):
        return parts[0] == parts[1]
    return parts[0] == parts[1] or not all(part in _SCREENS for part in parts)


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+") if key != "+" else [key]
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return False
    return (
        len(last) == 1
        or last in _NAMED
        or (last[:1] == "f" and last[1:].isdigit() and 1 <= int(last[1:]) <= 24)
    )

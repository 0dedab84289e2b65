"""What comes in from a file: cleaned texts with their snippets put in, and the problems met on the way."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where
from playbook.core.text import clean, is_clean

ROOM = 1_000_000
"""Letters that snippets may add to one file."""

_SNIPPET = re.compile(r"\{\{\s*snippets\.([^\s{}]+)\s*\}\}")

Nothing = TypeVar("Nothing")


class Intake(ProblemList):
    """Cleans every text on its way in and collects the problems."""

    def __init__(self, snippets: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._snippets = snippets or {}
        self._room = ROOM

    def refuse(self, wanted: str, raw: Any, where: Where, nothing: Nothing) -> Nothing:
        """Tells that a value is of the wrong type, and gives back `nothing`."""
        self.add(f"wants-{wanted}", where, key=name_of(where), found=type(raw).__name__)
        return nothing

    def text(self, raw: str, where: Where) -> str:
        """A text, cleaned, with its snippets put in: one pass, so a snippet is never read for further ones."""
        text = _SNIPPET.sub(lambda match: self._put_in(match, where), raw) if "{{" in raw else raw
        if is_clean(text):
            return text
        self.add("hidden-letters", where, "advice")
        return clean(text)

    def _put_in(self, match: re.Match[str], where: Where) -> str:
        text = self._snippets.get(match[1])
        if text is None:
            self.add("snippet-unknown", where, name=match[1], known=tuple(self._snippets)[:20])
            return match[0]
        if self._room < 0:
            return ""
        self._room -= len(text)
        if self._room < 0:
            self.add("snippets-long", where, most=ROOM)
        return text


def name_of(where: Where) -> str:
    """The key a path ends in."""
    return next((part for part in reversed(where) if isinstance(part, str)), "")

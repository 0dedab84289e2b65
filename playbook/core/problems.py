"""How trouble is told: as values that carry a code, never a sentence.

`words.py` turns each code into a sentence in the reader's language.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Level = Literal["error", "advice"]
Where = tuple[str | int, ...]
"""A path of TOML keys and list positions, such as `("section", 0, "step", 2, "due")`."""

NOTHING: Mapping[str, object] = {}


class Problem(NamedTuple):
    """A fault in a file: only an *error* keeps the file from being used."""

    code: str
    where: Where = ()
    args: Mapping[str, object] = NOTHING
    level: Level = "error"


class Refusal(NamedTuple):
    """Why something asked for was not done."""

    code: str
    args: Mapping[str, object] = NOTHING


PASSABLE = frozenset({"step-locked", "step-warned", "step-early", "money-unspoken", "money-careless"})
"""Refusals of a tick that a reason passes over."""


class Because(NamedTuple):
    """Why a step is shown, or how its date came about."""

    code: str
    args: Mapping[str, object] = NOTHING

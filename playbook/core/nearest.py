"""The name a person probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 64
"""Letters that are compared."""

FEW = 60
"""So many names are compared one by one; of more, only those of about the same shape."""


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of these names that looks most like it; "" when none does."""
    name = name[:LONGEST]
    listed = list(names)
    if len(listed) > FEW:
        listed = [other for other in listed if _is_alike(name, other)][:FEW]
    close = get_close_matches(name, listed, n=1)
    return close[0] if close else ""


def _is_alike(name: str, other: str) -> bool:
    return abs(len(name) - len(other)) <= 3 and (name[:2] == other[:2] or name[-3:] == other[-3:])

"""Chance that falls the same way in every demo."""

from random import Random


def dice(*what: object) -> Random:
    """Dice for one question: the same words always give the same throws."""
    return Random(" ".join(map(str, what)))  # noqa: S311 - a story, not a secret

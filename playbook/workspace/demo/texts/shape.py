"""What a language has to say for the made-up clients: the same names in each, filled from its own banks.

Names in braces come from the story: `{contact}` and `{other}` are the client's people, `{me}`, `{mate}` and
`{boss}` ours, each with a capital at will (`{Thing}`); `{d5}` is the day five working days on, `{n}` a number.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Project(NamedTuple):
    """One piece of work: enough words to talk about it in every step."""

    thing: str
    goal: str
    proof: str
    win: str


class Business(NamedTuple):
    """What goes on at a kind of firm."""

    people: str
    """Those it is there for, several of them."""
    season: str
    """When they have no time."""
    projects: tuple[Project, Project]


class Cards(NamedTuple):
    """What the people at a client are called, and what is good to know of them."""

    roles: tuple[tuple[str, str], ...]
    """Of the first contact and of the second."""
    who: tuple[str, ...]
    care: tuple[str, ...]
    practical: tuple[str, ...]
    changed: tuple[str, ...]
    """Lines that are added after some months."""
    she: Mapping[str, str]
    """Words of a card that depend on who the first contact is, for a woman."""
    he: Mapping[str, str]
    """The same for a man."""


class Remarks(NamedTuple):
    """What is said besides answers; by step, run or on any occasion."""

    notes: Mapping[str, tuple[str, ...]]
    any_notes: tuple[str, ...]
    run_notes: tuple[str, ...]
    moved: tuple[str, ...]
    """Why a kickoff is moved."""
    skips: Mapping[str, tuple[tuple[bool, str], ...]]
    """By step: whether it was skipped (else it does not fit), and the reason."""
    skips_again: Mapping[str, tuple[tuple[bool, str], ...]]
    """The same for a client with whom this playbook was gone through before."""
    overrides: Mapping[str, tuple[str, ...]]
    any_overrides: tuple[str, ...]
    abandoned: Mapping[str, tuple[str, ...]]
    """By playbook: why a run was given up."""


class Texts(NamedTuple):
    """All that is made up in one language."""

    businesses: Mapping[str, Business]
    """By trade."""
    cards: Cards
    answers: Mapping[str, tuple[str, ...]]
    """By field."""
    any_answers: tuple[str, ...]
    mistakes: Mapping[str, Mapping[str, str]]
    """By name of the mistake, then by field."""
    remarks: Remarks

"""What happens with whom and when, so that at any now some clients are new, some are in the middle and some are calm.

Times are working days before now, which keeps the same mix on every weekday.
"""

from typing import NamedTuple

FIRST_ROUND = 12
"""Clients until the plans begin anew, with calmer ones."""

FRESH = 60
"""Working days after which a run is over."""


class Episode(NamedTuple):
    """A run that somebody starts."""

    playbook: str
    ago: int
    """Working days before now at which it starts."""
    pulled: int = 0
    """Steps that somebody put on today by hand."""
    given_up: int = 0
    """Working days after which it is abandoned; 0 for never."""
    lingers: bool = False
    """Whether nobody has pressed finish yet when all is done."""
    ahead: bool = False
    """Whether what may be done early is done early."""
    left: frozenset[str] = frozenset()
    """Steps that nobody gets round to."""

    @property
    def is_fresh(self) -> bool:
        """Whether it still goes on now; then nothing is late but what is meant to be."""
        return self.ago < FRESH


_ONBOARDING, _MISTAKE = "onboarding", "mistake-recovery"

ROUND: tuple[tuple[Episode, ...], ...] = (
    (Episode(_ONBOARDING, 690), Episode(_MISTAKE, 410), Episode(_ONBOARDING, 20, pulled=1, left=frozenset({"day-after-call"}))),
    (Episode(_ONBOARDING, 1, ahead=True, left=frozenset({"start-gift", "start-limits"})),),
    (Episode(_ONBOARDING, 530), Episode(_MISTAKE, 3, left=frozenset({"confirm-writing"}))),
    (Episode(_ONBOARDING, 47, lingers=True),),
    (Episode(_ONBOARDING, 610), Episode(_ONBOARDING, 240), Episode(_MISTAKE, 130)),
    (Episode(_ONBOARDING, 355), Episode(_MISTAKE, 9, pulled=1)),
    (Episode(_ONBOARDING, 24, left=frozenset({"day-30-talk"})),),
    (Episode(_ONBOARDING, 460), Episode(_ONBOARDING, 90)),
    (Episode(_ONBOARDING, 6, ahead=True),),
    (Episode(_ONBOARDING, 275, given_up=11), Episode(_ONBOARDING, 120)),
    (Episode(_ONBOARDING, 750), Episode(_MISTAKE, 585), Episode(_ONBOARDING, 330), Episode(_MISTAKE, 75)),
    (Episode(_ONBOARDING, 185), Episode("welcome-gift", 4, left=frozenset({"approve-and-register"}))),
)  # fmt: skip


def episodes(number: int) -> tuple[Episode, ...]:
    """What happens with the client of this number; in later rounds most of it lies further back."""
    first = ROUND[number % FIRST_ROUND]
    turn = number // FIRST_ROUND
    if turn == 0 or (number + turn) % 6 == 0:
        return first
    back = 60 + turn * 37 % 130
    return tuple(e._replace(ago=e.ago + back, pulled=0, lingers=False, left=frozenset()) for e in first)

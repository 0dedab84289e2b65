"""Signs for states and channels: state is always a sign and a word, never colour alone."""

from collections.abc import Mapping

from playbook.words import N_, _

STATE_SIGNS: Mapping[str, str] = {"open": "☐", "done": "✓", "skipped": "↷", "n/a": "–"}
"""One cell each."""

LOCKED, WARNED, HIDDEN, OVERDUE, BLOCKED, WAITING, RETIRED = "⊘", "⊖", "∅", "!", "■", "◷", "✗"
"""How an open step stands that cannot simply be done; one cell each. `WARNED`: another should come first."""

REPEATS, CONDITIONAL, GIVEN, FAULTY = "↻", "◇", "→", "△"
"""Marks beside a step: it comes back, it is shown under a condition, somebody has it, its date is impossible."""

FOLDED, UNFOLDED = "▸", "▾"

CHANNEL_SIGNS: Mapping[str, str] = {
    "in-person": "☺", "video": "▣", "call": "☎", "email": "✉", "chat": "≡", "post": "⌂",
}  # fmt: skip
"""One cell each."""

_CHANNELS: Mapping[str, str] = {
    "in-person": N_("in person"), "video": N_("video"), "call": N_("call"), "email": N_("e-mail"), "chat": N_("chat"),
    "post": N_("post"),
}  # fmt: skip

_SIDES: Mapping[str, str] = {"care": N_("care"), "competence": N_("competence")}


def channel_word(channel: str) -> str:
    """`call`; "" for none."""
    return _(_CHANNELS[channel]) if channel in _CHANNELS else channel


def side_word(side: str) -> str:
    """`care` or `competence`."""
    return _(_SIDES[side])

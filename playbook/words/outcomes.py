"""How ledger entries end, in words."""

from collections.abc import Mapping

from playbook.words import N_, _

_OUTCOMES: Mapping[str, str] = {
    "early": N_("kept, early"), "on-time": N_("kept, on time"), "moved": N_("moved with notice"),
    "missed": N_("missed and owned"), "confirmed": N_("settled, they say"), "met": N_("held"),
    "partly": N_("held in part"), "not-met": N_("did not hold"), "told": N_("told"), "followed-up": N_("followed up"),
}  # fmt: skip


def outcome_word(outcome: str, owner: str = "us") -> str:
    """The words for how an entry ended; what others miss, we do not own."""
    if outcome == "missed" and owner != "us":
        return _("missed")
    return _(_OUTCOMES.get(outcome, outcome))

"""What is set for one client alone, in words: what each of it is called, and what holds while nothing is said."""

from collections.abc import Mapping

from playbook.core.entry_kinds import BUFFER
from playbook.words import N_, _, plural

LABELS: Mapping[str, str] = {
    "feels-long-after": N_("Feels long after (days)"), "promise-buffer": N_("Spare days in a promise"),
    "status-rhythm": N_("Rhythm of the check-ins"), "goodwill-cap": N_("Goodwill cap"),
}  # fmt: skip
"""The question of each setting."""

RHYTHMS: Mapping[str, str] = {
    "weekly": N_("weekly"), "twice-weekly": N_("twice a week"), "fortnightly": N_("fortnightly"), "monthly": N_("monthly"),
}  # fmt: skip
"""The rhythms that the shipped playbooks know."""


def unsaid_words() -> dict[str, str]:
    """What holds for each setting that a client has no word of its own for."""
    buffer = plural("{count} working day", "{count} working days", BUFFER)
    return {
        "feels-long-after": _("not said: learned from your own gaps"),
        "promise-buffer": _("not said: {default}").format(default=buffer),
        "status-rhythm": _("not said: as each playbook has it"),
        "goodwill-cap": _("not said: no cap"),
    }

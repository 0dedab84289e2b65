"""What is impossible about a date, in words."""

from collections.abc import Mapping

from playbook.core.dating import DateFault
from playbook.core.text import line
from playbook.words import N_, _

FAULTS: Mapping[str, str] = {
    "before-start": N_("would be before the start, so it is on the start"),
    "past-at-start": N_("was past already when the run started"),
    "after-target": N_("after the target day"),
    "after-anchor": N_("not before {other}, which it should come before"),
    "before-needs": N_("before {other}, which it needs"),
}
"""Phrases by code: each goes on from the date it is about."""


def fault_words(fault: DateFault, title_of_other: str = "") -> str:
    """The fault as a phrase to stand behind the date; `title_of_other` is what `fault.other` is called, in quotes."""
    return _(FAULTS[fault.code]).format(other=line(title_of_other or fault.other))

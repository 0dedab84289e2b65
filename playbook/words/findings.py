"""What `doctor` found, in words."""

from collections.abc import Mapping

from playbook.core.problems import Problem
from playbook.core.text import line
from playbook.words import N_, _

FINDINGS: Mapping[str, str] = {
    "journal-changed": N_("Change #{seq} in the journal is damaged or was altered."),
    "journal-missing": N_("The journal of {subject} has {found} changes where {expected} were recorded."),
    "store-faults": N_("Damaged places in the database file: {count}."),
    "store-references": N_("Rows that point at others which are not there: {count}."),
    "store-damaged": N_("{path} is damaged and could not be read to its end."),
    "version-changed": N_("The copy of the playbook {playbook} ({version}) is damaged or was altered."),
    "store-open-to-others": N_("Others on this machine can read {path}. Close it: chmod go= {path}"),
}  # fmt: skip
"""Sentences by code."""


def finding_words(finding: Problem) -> str:
    """One finding as a sentence."""
    args = {key: str(value) or _("the whole database") for key, value in finding.args.items()}
    return line(_(FINDINGS[finding.code]).format(**args))

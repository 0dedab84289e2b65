"""What `doctor` found, in words."""

from collections.abc import Mapping

from playbook.core.problems import Problem
from playbook.core.text import line
from playbook.words import N_, _

FINDINGS: Mapping[str, str] = {
    "journal-changed": N_("Change #{seq} in the journal is damaged or was altered."),
    "journal-missing": N_("The journal of {subject} has {found} changes where {expected} were recorded."),
    "pages-damaged": N_("The database file is damaged."),
    "references-broken": N_("Some rows point at others that are not there."),
    "version-changed": N_("The copy of a playbook ({version}) is damaged or was altered."),
    "open-to-others": N_("Others on this machine can read {path}. Close it: chmod 600 {path}"),
    "sqlite": N_("SQLite {version}."),
    "counts": N_("{operations} changes, {clients} clients, {runs} runs."),
}  # fmt: skip
"""Sentences by code."""


def finding_words(finding: Problem) -> str:
    """One finding as a sentence."""
    args = {key: str(value) or _("the whole database") for key, value in finding.args.items()}
    return line(_(FINDINGS[finding.code]).format(**args))

"""Remarks on steps of the playbook, written from a run while working: what should be otherwise the next time."""

from collections.abc import Mapping
from typing import NamedTuple

ACCEPTED, ASIDE = "accepted", "aside"
OUTCOMES = (ACCEPTED, ASIDE)
"""How a remark ends: it became an edit of the playbook, or it was set aside with a reason."""


class Remark(NamedTuple):
    """A remark as its run has it; none is ever lost, also when it is closed."""

    id: str
    """The operation that wrote it."""
    step: str
    """The step's id in the run; it follows the step when that gets another id."""
    title: str
    """The step's title when it was written, for when the step is gone."""
    at: str
    by: str
    text: str
    outcome: str = ""
    """accepted, aside, or "" while nobody decided."""
    reason: str = ""
    """Why it was set aside, or what was written into the playbook for it."""
    closed_at: str = ""
    closed_by: str = ""


class Remarked(NamedTuple):
    """A remark together with whose run it comes from."""

    remark: Remark
    run_id: str
    run_name: str
    client_name: str
    language: str
    """The language of the run's playbook, whose file an edit is made to."""


class StepFate(NamedTuple):
    """What became of one step over all runs of its playbook."""

    skipped: int
    not_applicable: int
    overdue: int
    """Open and late now."""
    runs: int
    """How many runs have the step."""


Fates = Mapping[str, StepFate]
"""By step."""


class Remarks(NamedTuple):
    """All that was remarked on a playbook."""

    every: tuple[Remarked, ...]
    """The newest first."""
    fates: Fates
    titles: Mapping[str, str]
    """The steps that the playbook has now, in its order, and their titles."""

    def title(self, found: Remarked) -> str:
        """The step's title now, else the one it had."""
        return self.titles.get(found.remark.step, found.remark.title)

    def is_gone(self, found: Remarked) -> bool:
        """Whether the playbook has the step no longer."""
        return found.remark.step not in self.titles

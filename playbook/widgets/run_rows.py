"""The rows of a run's list: a section's heading, and a step with its sign, its marks and its date."""

from collections.abc import Sequence

from playbook.core.view import StepView, totals_of
from playbook.widgets.columns import Column
from playbook.widgets.due_label import Now, due_label
from playbook.widgets.row_list import Row
from playbook.widgets.spans import Span, spans
from playbook.widgets.step_signs import marks_of, standing_of, titled
from playbook.words.dates import short_day
from playbook.words.signs import CONDITIONAL, FOLDED, UNFOLDED

COLUMNS = (
    Column(16, stretch=1), Column(4, right=True, shrinks=True), Column(18, right=True, shrinks=True),
)  # fmt: skip
"""Title; marks, or how many are settled; standing or date."""


def section_row(section: Sequence[StepView], *, is_folded: bool = False) -> Row:
    """The heading of a section, its key that of the section behind a hyphen."""
    about, (done, total) = section[0].section, totals_of(section)
    title = (*spans(about.title), *spans(f" {CONDITIONAL}" if about.when else "", "waiting"))
    cells = (title, spans(f"{done}/{total}", "dim"))
    return Row(f"-{about.id}", cells, Span(FOLDED if is_folded else UNFOLDED, "rule"), kind="section")


def step_row(found: StepView, now: Now) -> Row:
    """A step as it stands; its dates are read against `now`."""
    standing = standing_of(found)
    if standing.tone == "done":
        right = spans(short_day(now.calendar.day_of_stamp(found.progress.at), now.today), standing.tone)
    elif found.blocked and found.blocked.follow_up_on:
        right = (Span(f"{standing.word} ", standing.tone), *due_label(found.due_moment, now))
    else:
        right = spans(standing.word, standing.tone) or due_label(found.due.moment, now)
    tone = "" if found.blocked or standing.tone == "waiting" else standing.tone
    return Row(
        found.step.id, (titled(found), marks_of(found), right), Span(standing.sign, standing.tone), tone=tone
    )

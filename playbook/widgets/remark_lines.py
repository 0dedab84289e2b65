"""What was remarked on a playbook, below its preview."""

from typing import TYPE_CHECKING

from playbook.core.remarks import ACCEPTED, ASIDE
from playbook.widgets.spans import Span, Spans, spans
from playbook.words import _
from playbook.words.remarks import fate_of_step, settled_words, whence_words

if TYPE_CHECKING:
    from datetime import date

    from playbook.core.calendar import Calendar
    from playbook.core.remarks import Remarks


def remark_lines(found: "Remarks", calendar: "Calendar", today: "date") -> list[Spans]:
    """A heading, then by step what became of it and what was remarked; in the playbook's order, gone steps last."""
    if not found.every:
        return []
    lines: list[Spans] = [(), spans(_("Remarks"), "heading")]
    there = list(found.titles)
    steps = dict.fromkeys(each.remark.step for each in found.every)
    for step in sorted(steps, key=lambda each: there.index(each) if each in there else len(there)):
        of_step = [each for each in found.every if each.remark.step == step]
        fate = fate_of_step(found.fates.get(step))
        gone = Span("  " + _("step is gone"), "overdue") if step not in there else Span("")
        lines.append((*spans(found.title(of_step[0])), Span(f"  {fate}" if fate else "", "key"), gone))
        for each in of_step:
            if not each.remark.outcome:
                lines.append((Span("  ✐ ", "care"), *spans(each.remark.text)))
                lines.append(spans("    " + whence_words(each, calendar, today), "dim"))
    ended = [each.remark.outcome for each in found.every]
    settled = settled_words(ended.count(ACCEPTED), ended.count(ASIDE))
    more = _("r shows them one by one.")
    lines.append(spans(f"{settled}; {more}" if settled else more, "dim"))
    return lines

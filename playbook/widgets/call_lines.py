"""What stands on the lines of a call sheet: its head, and the head of each step."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from playbook.core.client import Client
from playbook.core.decide import Sheet
from playbook.core.playbook import Section
from playbook.core.view import StepView, totals_of
from playbook.widgets.due_label import Now, due_label
from playbook.widgets.spans import Span, Spans, joined, spans
from playbook.widgets.step_signs import marks_of, standing_of, titled
from playbook.words import _
from playbook.words.refusals import run_state_word


class HeadSaid(NamedTuple):
    """One line of the sheet's head; with nothing at its left it takes no room."""

    name: str
    left: Spans
    right: Spans = ()


def sheet_head(
    sheet: Sheet, client: Client, section: Section, owed: Sequence[str] = ()
) -> Iterator[HeadSaid]:
    """Whose section it is and how far, how to reach them, their card, what is pinned, and when it is gone through.

    `owed`: what follows from the ledger, in words.
    """
    run = sheet.run
    done, total = totals_of(sheet.view.steps[step.id] for step in section.steps)
    state = spans(run_state_word(run.state), "done") if run.state != "open" else ()
    path = (Span(client.name, "title"), Span(" › ", "dim"), *spans(section.title, "strong"))
    yield HeadSaid("call-head", path, joined((state, spans(f"{done}/{total}")), "  "))
    person = client.contacts[0] if client.contacts else None
    reach = (person.name, person.phone, person.email) if person else ()
    card = client.settings.get("card", "").splitlines()
    owner = spans(client.settings.get("owner", ""), "dim")
    yield HeadSaid("call-card", joined(spans(part) for part in (*reach, *card, *owed)), owner)
    yield HeadSaid("call-note", spans(f"✎ {run.notes[-1].text}", "key") if run.notes else ())
    pause = _("Pause: {pause}").format(pause=section.pause) if section.pause else ""
    if section.mode == "do-confirm":
        pause = f"‖ {pause or _('do, then confirm')}"
    yield HeadSaid("call-pause", spans(pause, "key" if section.mode == "do-confirm" else "dim"))


def step_head(found: StepView, now: Now) -> tuple[Spans, Spans]:
    """Sign and title; notes and marks, then the word for its state or its date."""
    standing = standing_of(found)
    tone = standing.tone if standing.word and standing.tone != "waiting" else "strong"
    left = (Span(f"{standing.sign} ", standing.tone), *titled(found, tone))
    notes = spans(f"✎{len(found.progress.notes)}" if found.progress.notes else "", "accent")
    when = spans(standing.word, standing.tone) or due_label(found.due.moment, now)
    return left, joined((notes, marks_of(found), when), "  ")

"""What stands above the steps of a run: whose it is and how far, the card, and the pinned note."""

from collections.abc import Iterator, Sequence

from playbook.core.client import Client
from playbook.core.decide import Sheet
from playbook.widgets.call_lines import HeadSaid
from playbook.widgets.due_label import Now, due_sentence
from playbook.widgets.progress_bar import progress_bar
from playbook.widgets.spans import Span, joined, spans
from playbook.words import _
from playbook.words.names import run_title
from playbook.words.refusals import run_state_word


def run_head(
    sheet: Sheet, client: Client, now: Now, *, is_short: bool, owed: Sequence[str] = (), is_behind: bool = False,
    telling: str = "",
) -> Iterator[HeadSaid]:  # fmt: skip
    """The lines of the head; the last says nothing where no note was written on the run.

    `owed`: what follows from the ledger, in words. `is_behind`: its playbook says something else now.
    `telling`: what tells it from another run of its playbook.
    """
    run, view = sheet.run, sheet.view
    left = (
        Span(client.name, "title"),
        Span(" › ", "dim"),
        Span(run_title(run.playbook.title, telling, now.calendar, now.today), "strong"),
    )
    state = spans(run_state_word(run.state), "done") if run.state != "open" else ()
    due = due_sentence(view.next_due, now) if run.state == "open" else ()
    short = spans(_("short form"), "key") if is_short else ()
    behind = spans(_("the playbook changed: S"), "key") if is_behind else ()
    yield HeadSaid(
        "run-head", left, joined((behind, short, state, progress_bar(view.done, view.total), due), "  ")
    )
    card = client.settings.get("card", "").splitlines()
    person = client.contacts[0] if client.contacts else None
    who = [spans(part) for part in (person or ()) if part]
    said = [spans(part, "overdue" if part.startswith("! ") else "") for part in owed]
    about = joined((*(spans(part) for part in card), *said, *who), " · ")
    nothing = spans(_("No card and no contact yet; e on the client adds them."), "dim")
    yield HeadSaid("run-card", about or nothing, spans(client.settings.get("owner", ""), "dim"))
    yield HeadSaid("run-note", spans(f"✎ {run.notes[-1].text}", "key") if run.notes else ())

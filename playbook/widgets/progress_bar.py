"""How far a run is, as text: `████████░░░░ 14/22`."""

from playbook.widgets.spans import Span, Spans

CELLS = 12


def progress_bar(done: int, total: int, cells: int = CELLS) -> Spans:
    """The bar and its numbers; it is full only when everything is done, and empty only when nothing is."""
    full = cells * done // total if total else 0
    if done and not full:
        full = 1
    tone = "done" if total and done >= total else "accent"
    return (Span("█" * full, tone), Span("░" * (cells - full), "dim"), Span(f" {done}/{total}"))

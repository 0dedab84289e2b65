"""What was done for the person and for the work, as one bar of two parts: `♥♥♥♥▪▪`."""

from playbook.core.figures import Balance
from playbook.widgets.spans import Span, Spans

CELLS = 12


def balance_bar(found: Balance, cells: int = CELLS) -> Spans:
    """The bar; a side for which anything was done has one cell at least, and nothing done is no bar."""
    total = sum(found)
    if not total:
        return ()
    care = cells * found.care // total
    if found.care:
        care = max(1, care)
    if found.competence:
        care = min(care, cells - 1)
    return (Span("♥" * care, "care"), Span("▪" * (cells - care), "dim"))

"""A line of a difference between two texts, toned by what became of it."""

from collections.abc import Mapping

from playbook.widgets.spans import Spans, spans

_TONES: Mapping[str, str] = {"-": "overdue", "+": "done", "@": "heading"}


def difference_line(text: str) -> Spans:
    """A line taken out, put in, or beside it."""
    return spans(text, _TONES.get(text[:1], "dim"))

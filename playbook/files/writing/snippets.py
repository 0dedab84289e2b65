"""Pieces to begin a step, a field or a section with."""

from typing import NamedTuple

from playbook.files.mend.layout import Layout
from playbook.files.writing.context import context_at
from playbook.words import _


class Piece(NamedTuple):
    """What is put into a text, and what of it is marked to be typed over."""

    at: int
    """The letter before which it is put."""
    text: str
    marked: tuple[int, int]
    """The letters of the title, in the text as it is afterwards."""


def piece(kind: str, text: str, offset: int, free: str) -> Piece:
    """A new `step`, `field` or `section` below what a letter of the text stands in, under the id `free`."""
    table = context_at(text, offset).table
    if kind == "step" and table[:1] != ("section",):  # above every section: into the first one
        offset = _below(text, offset, ("[[section]",))
    heading, title, rest = _said(kind, table)
    at = _below(text, offset, _ends(kind))
    key = "label" if kind == "field" else "title"
    lead = "" if not text[:at] or text[:at].endswith("\n\n") else "\n" if text[:at].endswith("\n") else "\n\n"
    begun = f'{lead}{heading}\nid = "{free}"\n{key} = "'
    marked = at + len(begun), at + len(begun) + len(title)
    tail = "\n" if text[at:].strip() else ""
    return Piece(at, f'{begun}{title}"\n{rest}{tail}', marked)


def _said(kind: str, table: tuple[str, ...]) -> tuple[str, str, str]:
    """Heading, title and what stands below them."""
    if kind == "step":
        return "[[section.step]]", _("What is to be done"), 'due = "start + 1bd"\n'
    if kind == "section":
        first = f'\n[[section.step]]\nid = "first-step"\ntitle = "{_("What is done first")}"\n'
        return "[[section]]", _("What belongs together"), f'pause = "{_("When it is gone through")}"\n{first}'
    inside = table[:2] == ("section", "step")
    return "[[section.step.field]]" if inside else "[[field]]", _("What is asked"), 'kind = "text"\n'


def _ends(kind: str) -> tuple[str, ...]:
    """How the headings begin before which a new piece goes."""
    headings: dict[str, tuple[str, ...]] = {
        "field": ("[[section.step]", "[[section]", "[[field]", "[[section.step.field]", "["),
        "step": ("[[section.step]", "[[section]", "[[test]"), "section": ("[[section]", "[[test]"),
    }  # fmt: skip
    return headings[kind]


def _below(text: str, offset: int, ends: tuple[str, ...]) -> int:
    """Where the first such heading below a letter begins, remarks right above it included; else the end."""
    layout = Layout(text)
    for begin, _end in layout.statements(0, len(text)):
        squeezed = text[begin : begin + 60].replace(" ", "")
        if begin > offset and squeezed.startswith(ends):
            at = layout.line_start(begin)
            while at and text[layout.line_start(at - 1) : at].lstrip().startswith("#"):
                at = layout.line_start(at - 1)
            return at
    return len(text)

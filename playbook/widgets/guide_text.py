"""The little Markdown that guides use, as lines: bold, italics, code, links, bullets, headings.

Textual's Markdown takes a hundred milliseconds a step. Links are shown as text and lead nowhere, and
anything not understood is shown letter for letter.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from playbook.core.text import block
from playbook.widgets.spans import Span, Spans, one_line, wrap

LONGEST = 20_000
"""Letters of one text that are shown; reading on is for the editor."""

_INLINE = re.compile(
    r"\\(?P<plain>[\\`*_\[\]#+-])"
    r"|`(?P<code>[^`\n]{1,300})`"
    r"|\*\*(?P<strong>(?=\S)[^*\n]{1,600}(?<=\S))\*\*"
    r"|(?<!\w)__(?P<under>(?=\S)[^_\n]{1,600}(?<=\S))__(?!\w)"
    r"|\*(?P<em>(?=\S)[^*\n]{1,600}(?<=\S))\*"
    r"|(?<!\w)_(?P<slant>(?=\S)[^_\n]{1,600}(?<=\S))_(?!\w)"
    r"|\[(?P<label>[^\[\]\n]{1,300})\]\((?P<target>[^()\s]{1,600})\)"
)
_TONES = {
    "plain": "",
    "code": "code",
    "strong": "strong",
    "under": "strong",
    "em": "em",
    "slant": "em",
    "label": "",
}
_BULLET = re.compile(r"(?P<indent> {0,12})(?P<sign>[-*+]|\d{1,3}[.)]) +(?P<text>.*)")
_HEADING = re.compile(r"#{1,6} +(?P<text>.*?)#* *")


class _Paragraph(NamedTuple):
    """Text that flows together, behind a sign on its first line."""

    sign: str
    text: str
    tone: str = ""


def guide_lines(text: str, width: int) -> list[Spans]:
    """The text over lines of at most `width` cells."""
    lines: list[Spans] = []
    for sign, body, tone in _paragraphs(block(text[:LONGEST]) + "…" * (len(text) > LONGEST)):
        indent = len(sign)
        flowing = wrap(one_line(inline(body, tone)), max(4, width - indent))
        lines += [(Span(sign if not n else " " * indent, "dim"), *line) for n, line in enumerate(flowing)]
    return lines


def plain_lines(text: str, width: int, tone: str = "") -> list[Spans]:
    """A text without any marks, its own line breaks kept."""
    shown = block(text[:LONGEST]) + "…" * (len(text) > LONGEST)
    return [
        part for line in shown.splitlines() for part in wrap(one_line((Span(line, tone),)), max(4, width))
    ]


def inline(text: str, tone: str = "") -> Spans:
    """One paragraph with its marks turned into tones."""
    parts: list[Span] = []
    last = 0
    for match in _INLINE.finditer(text):
        kind = match.lastgroup or "plain"
        parts.append(Span(text[last : match.start()], tone))
        if kind == "target":
            label, target = match["label"], match["target"]
            parts.append(Span(label, tone))
            if target != label:
                parts.append(Span(f" ({target})", "dim"))
        else:
            parts.append(Span(match[kind], _TONES[kind] or tone))
        last = match.end()
    parts.append(Span(text[last:], tone))
    return tuple(part for part in parts if part.text)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """Paragraphs, bullets and headings; lines that follow each other flow together."""
    current: _Paragraph | None = None
    for raw in text.splitlines():
        line = raw.rstrip()
        bullet, heading = _BULLET.fullmatch(line), _HEADING.fullmatch(line)
        if not line or bullet or heading or current is None:
            if current is not None:
                yield current
            current = None
            if heading:
                yield _Paragraph("", heading["text"], "strong")
            elif bullet:
                sign = bullet["sign"] if bullet["sign"][0].isdigit() else "•"
                current = _Paragraph(f"{' ' * min(4, len(bullet['indent']))}{sign} ", bullet["text"])
            elif line:
                current = _Paragraph("", line.strip())
            else:
                yield _Paragraph("", "")
        else:
            current = current._replace(text=f"{current.text} {line.strip()}")
    if current is not None:
        yield current

"""What the detail pane shows of a step, as plain values, and the lines it makes of them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from playbook.widgets.guide_text import guide_lines, plain_lines
from playbook.widgets.spans import Span, Spans, joined, one_line, spans, width_of, wrap
from playbook.words import _, quoted

if TYPE_CHECKING:
    from playbook.core.playbook import Message


class AnswerSheet(NamedTuple):
    """A field and its answer, as people read it."""

    label: str
    answer: str = ""
    """"" when there is none."""
    required: bool = False
    choices: tuple[str, ...] = ()
    """What a number takes, where a number answers it."""
    taken: int = -1
    """The place of the choice that is taken."""
    offered: str = ""
    """What is known of the client already and will be offered for an answer."""


class NoteSheet(NamedTuple):
    """A note with when and who, in words."""

    when: str
    who: str
    text: str


class StepSheet(NamedTuple):
    """A step as the detail pane shows it. Every text may come from outside; none is read as markup."""

    title: str = ""
    facts: tuple[Spans, ...] = ()
    """Side, channel, due, ★: short, in this order, drawn on one line."""
    warnings: tuple[Spans, ...] = ()
    """What holds it or is wrong with it, each with its sign: locked by, blocked, no longer needed."""
    guide: str = ""
    """Markdown."""
    say: str = ""
    message: "Message | None" = None
    fields: tuple[AnswerSheet, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why it is shown, and how its date came about."""
    notes: tuple[NoteSheet, ...] = ()
    """Newest first."""
    remarks: tuple[NoteSheet, ...] = ()
    """What was remarked on it for its playbook, newest first."""
    rounds: tuple[NoteSheet, ...] = ()
    """Earlier rounds of a repeating step, newest first: what they came to, and what was recorded in them."""


def sheet_lines(sheet: StepSheet, width: int, *, numbered: bool = True) -> list[Spans]:
    """The whole sheet over lines of at most `width` cells; parts are parted by an empty line.

    `numbered`: choices have the numbers that take them.
    """
    lines: list[Spans] = []
    for part in _parts(sheet, width, numbered=numbered):
        if part:
            lines += [(), *part] if lines else part
    return lines


def _parts(sheet: StepSheet, width: int, *, numbered: bool) -> Iterator[list[Spans]]:
    yield wrap(one_line(joined(sheet.facts)), width) if sheet.facts else []
    yield [line for warning in sheet.warnings for line in wrap(one_line(warning), width)]
    yield guide_lines(sheet.guide, width) if sheet.guide else []
    yield (
        _behind(_("Say"), plain_lines(quoted(sheet.say), width - _indent(_("Say")), "strong"))
        if sheet.say
        else []
    )
    yield _fields(sheet.fields, width, numbered=numbered)
    yield [line for note in sheet.notes for line in _note(note, width)]
    yield [line for note in sheet.remarks for line in _note(note, width, "✐ ")]
    yield [line for part in sheet.rounds for line in _note(part, width, "↻ ")]
    yield [line for reason in sheet.reasons for line in wrap(one_line((Span(reason, "dim"),)), width)]
    yield _message(sheet.message, width) if sheet.message else []  # long: what people wrote stands above it


def _indent(label: str) -> int:
    return width_of(spans(label)) + 2


def _behind(label: str, lines: Sequence[Spans], size: int = 0) -> list[Spans]:
    """Lines behind a label, hanging under each other."""
    size = size or _indent(label)
    first = one_line((Span(label, "heading"),))
    blank = Span(" " * (size - width_of(first)))
    return [(*first, blank, *line) if not n else (Span(" " * size), *line) for n, line in enumerate(lines)]


def _message(message: "Message", width: int) -> list[Spans]:
    head = [(_("To"), message.to), (_("Subject"), message.subject)]
    size = max(_indent(label) for label, _text in head)
    lines = [
        line for label, text in head if text for line in _behind(label, plain_lines(text, width - size), size)
    ]
    body = plain_lines(message.body, width - 2)
    return [*lines, *((Span("│ ", "dim"), *line) for line in body)]


def _fields(fields: Sequence[AnswerSheet], width: int, *, numbered: bool) -> list[Spans]:
    """The answers in one column beside their labels; a label too long for that has its answer below."""
    labels = [one_line((Span(f.label, "heading"), *spans(" *" if f.required else "", "key"))) for f in fields]
    size = min(max((width_of(label) + 2 for label in labels), default=0), max(1, width // 2))
    lines: list[Spans] = []
    for field, label in zip(fields, labels, strict=True):
        beside = width_of(label) + 2 <= size
        indent = size if beside else 2
        lacking = _("still to answer") if field.required else "–"
        known = _("{answer} · to confirm").format(answer=field.offered) if field.offered else lacking
        shown = field.answer or known
        value = plain_lines(shown, width - indent, "" if field.answer else "dim")
        if not beside:
            lines += wrap(label, width)
        for n, line in enumerate(value):
            lead = (
                (*label, Span(" " * (size - width_of(label)))) if beside and not n else (Span(" " * indent),)
            )
            lines.append((*lead, *line))
        if field.choices:
            lines += [
                (Span("  "), *line) for line in wrap(_choices(field, numbered=numbered), max(8, width - 2))
            ]
    return lines


def _choices(field: AnswerSheet, *, numbered: bool) -> Spans:
    """`1 gold · 2 silver`: what a number takes; without the numbers where they lead elsewhere."""
    said = (
        (
            *spans(f"{n} " if numbered else "", "key"),
            *one_line((Span(label, "strong" if n - 1 == field.taken else "dim"),)),
        )
        for n, label in enumerate(field.choices, 1)
    )
    return joined(said)


def _note(note: NoteSheet, width: int, sign: str = "✎ ") -> list[Spans]:
    said = joined((spans(note.when, "dim"), spans(note.who, "dim")), " ")
    lines = plain_lines(note.text, width - 2)
    return [*wrap(one_line((Span(sign, "accent"), *said)), width), *((Span("  "), *line) for line in lines)]

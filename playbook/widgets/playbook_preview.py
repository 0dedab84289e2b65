"""A playbook as it reads: its sections and steps with their dates and conditions."""

from collections.abc import Iterator

from playbook.core.conditions import explain
from playbook.core.playbook import Playbook, Step, channel_of
from playbook.widgets.spans import Span, Spans, joined, spans
from playbook.words import _, plural
from playbook.words.becauses import because_words
from playbook.words.names import Names
from playbook.words.signs import CHANNEL_SIGNS


def head_lines(playbook: Playbook) -> Iterator[Spans]:
    """What it is for, when it is started, how long it is."""
    for text in (playbook.summary, playbook.start_when):
        if text:
            yield spans(text, "" if text == playbook.summary else "dim")
    count = len(playbook.steps())
    yield spans(plural("{count} step", "{count} steps", count) + f" · {playbook.id}", "dim")


def step_lines(playbook: Playbook) -> Iterator[tuple[tuple[int, int | None] | None, Spans]]:
    """A line a section and step, each with its places: of a section its own and None, of any other line None."""
    names = Names(playbook)
    for number, section in enumerate(playbook.sections):
        yield None, ()
        yield (number, None), spans(section.title, "heading")
        if section.pause:
            yield None, spans(section.pause, "dim")
        for place, step in enumerate(section.steps):
            yield (number, place), _step(step, names)


def preview(playbook: Playbook) -> Iterator[Spans]:
    """All of it."""
    yield from head_lines(playbook)
    for _where, said in step_lines(playbook):
        yield said


def _step(step: Step, names: Names) -> Spans:
    sign = CHANNEL_SIGNS.get(channel_of(step), "☐")
    facts = [spans(names.dates(step.due), "dim"), spans(_("gate"), "locked") if step.gate else ()]
    facts.append(
        spans(_("if {why}").format(why=because_words(explain(step.when, names.playbook))), "dim")
        if step.when
        else ()
    )
    said = joined([part for part in facts if part])
    star = spans(" ★" if step.key else "", "key")
    return (Span(f"{sign} ", "care"), *spans(step.title), *star, *((Span("  "), *said) if said else ()))

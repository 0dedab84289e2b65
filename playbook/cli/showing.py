"""Playbooks and runs as plain lines for a terminal or a pipe."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from playbook.cli.columns import WIDEST, columns, padded, width
from playbook.cli.standing import standing
from playbook.core.conditions import explain
from playbook.core.playbook import Field, Playbook, Step, channel_of
from playbook.core.progress import Note
from playbook.core.text import clean, line
from playbook.words import N_, _, in_context
from playbook.words.answers import answer_words
from playbook.words.becauses import because_words
from playbook.words.moments import local_time
from playbook.words.names import Names
from playbook.words.refusals import run_state_word
from playbook.words.signs import STATE_SIGNS, channel_word

if TYPE_CHECKING:
    from playbook.clock import Clock
    from playbook.core.calendar import Calendar
    from playbook.core.client import Client, Entry
    from playbook.core.decide import Sheet
    from playbook.core.view import StepView
    from playbook.words.run_texts import RunTexts

_GATES = {"hard": N_("hard gate"), "soft": N_("soft gate")}


def playbook_data(playbook: Playbook) -> dict[str, Any]:
    """A playbook's outline for programs; its file says everything."""
    return {
        "id": playbook.id, "title": playbook.title, "language": playbook.language, "summary": playbook.summary,
        "start_when": playbook.start_when, "target_label": playbook.target_label, "roles": dict(playbook.roles),
        "fields": [_field_data(field) for field in playbook.fields],
        "sections": [
            {"id": section.id, "title": section.title, "pause": section.pause,
             "steps": [
                 {"id": step.id, "title": step.title, "key": step.key, "channel": channel_of(step) or None,
                  "due": list(step.due), "gate": step.gate or None, "needs": list(step.needs), "skip": step.skip,
                  "condition": because_words(explain(step.when, playbook)) if step.when else None,
                  "fields": [_field_data(field) for field in step.fields]}
                 for step in section.steps
             ]}
            for section in playbook.sections
        ],
    }  # fmt: skip


def _field_data(field: Field) -> dict[str, Any]:
    return {
        "id": field.id, "label": field.label, "kind": field.kind, "required": field.required, "private": field.private,
        "choices": dict(field.choices),
    }  # fmt: skip


def playbook_lines(playbook: Playbook) -> Iterator[str]:
    """A playbook: its sections and steps, with ids, dates and what they hang on."""
    yield f"{line(playbook.title)}  ({playbook.id}, {playbook.language})"
    for text in (playbook.summary, playbook.start_when):
        if text:
            yield f"  {line(text)}"
    names = Names(playbook)
    for section in playbook.sections:
        yield ""
        yield line(section.title) + (f" · {line(section.pause)}" if section.pause else "")
        yield from columns([
            ("★" if step.key else " ", step.id, line(step.title), _facts(step, names)) for step in section.steps
        ], indent="  ")  # fmt: skip


def _facts(step: Step, names: Names) -> str:
    facts = [
        channel_word(channel_of(step)),
        line(names.dates(step.due)),
        _(_GATES[step.gate]) if step.gate else "",
    ]
    facts.append(
        _("if {why}").format(why=line(because_words(explain(step.when, names.playbook)))) if step.when else ""
    )
    return " · ".join(fact for fact in facts if fact)


def run_lines(sheet: "Sheet", client: "Client", clock: "Clock") -> Iterator[str]:
    """A run as it stands: its head, then each step with sign, date, what holds it, answers and notes."""
    run, view = sheet.run, sheet.view
    yield f"{line(client.name)} › {line(run.playbook.title)}  ({run.name})"
    facts = [
        run_state_word(run.state),
        f"{view.done}/{view.total}",
        f"{_label(run.playbook.start_label, in_context('date', 'start'))} {run.start[:10]}",
    ]
    if run.target:
        facts.append(f"{_label(run.playbook.target_label, in_context('date', 'target'))} {run.target}")
    yield " · ".join(facts)
    for role, label in run.playbook.roles.items():
        yield f"{line(label)} ({role}): {line(run.roles.get(role, '')) or '–'}"
    if run.parent:
        yield _("Started from {run}: {why}").format(run=line(run.parent), why=line(run.because) or "–")
    if run.reason:
        yield f"{_('Reason')}: {line(run.reason)}"
    yield from _notes(run.notes, sheet.calendar, "")
    yield from _answers(run.playbook.fields, run.answers, sheet.calendar, "")
    drawn = [found for found in view.steps.values() if found.is_drawn]
    ids = max((len(found.step.id) for found in drawn), default=0)
    titles = max((min(width(line(found.step.title)), WIDEST) for found in drawn), default=0)
    for section in run.playbook.sections:
        inside = [found for found in drawn if found.section is section]
        if inside:
            yield from ("", line(section.title))
        for found in inside:
            sign, title = STATE_SIGNS[found.progress.state], padded(line(found.step.title), titles)
            yield f"  {sign} {found.step.id:<{ids}}  {title}  {standing(found, sheet, clock)}".rstrip()
            yield from _answers(found.step.fields, found.progress.answers, sheet.calendar, "      ")
            yield from _last_round(found, sheet)
            yield from _notes(tuple(found.progress.every_note()), sheet.calendar, "      ")


def _last_round(found: "StepView", sheet: "Sheet") -> Iterator[str]:
    """What the round before said, while the open one says nothing yet."""
    if found.progress.earlier and not found.progress.answers:
        before = found.progress.earlier[-1]
        if lines := list(_answers(found.step.fields, before.answers, sheet.calendar, "        ")):
            yield f"      {_('Last time')}, {local_time(before.at, sheet.calendar)}"
            yield from lines


def _label(label: str, default: str) -> str:
    return line(label) or default


def _answers(fields: Sequence[Field], answers: Any, calendar: "Calendar", indent: str) -> Iterator[str]:
    for field in fields:
        if (value := answers.get(field.id)) is not None:
            yield f"{indent}{line(field.label)}: " + ", ".join(
                map(line, answer_words(field, value, calendar).splitlines())
            )


def _notes(notes: Sequence[Note], calendar: "Calendar", indent: str) -> Iterator[str]:
    for note in notes:
        head = f"{indent}{local_time(note.at, calendar)} {line(note.by)}: "
        lines = clean(note.text).splitlines()
        yield head + line(lines[0]) if lines else head
        yield from (" " * width(head) + line(more) for more in lines[1:] if more.strip())


def step_lines(
    found: "StepView", sheet: "Sheet", clock: "Clock", texts: "RunTexts", closes: "Sequence[Entry]" = ()
) -> Iterator[str]:
    """One step in full: what a person needs who has it in front of them; `closes` are entries it will close."""
    step = found.step
    yield "  ".join(
        part for part in (line(step.title), f"({step.id})", standing(found, sheet, clock)) if part
    )
    script = texts.script(step)
    if guide := texts.own(step.guide).strip():
        yield from ("", guide)
    if say := script.say.strip():
        yield from ("", f"{_('Say')}: {say}")
    if script.message:
        heads = ((_("To"), script.message.to), (_("Subject"), script.message.subject))
        yield from (
            "",
            *(f"{name}: {line(text)}" for name, text in heads if text),
            "",
            script.message.body.strip(),
        )
    if found.fields:
        yield ""
    yield from columns([_asked(field, found, sheet) for field in found.fields], indent="  ")
    if closes:
        from playbook.cli.outcomes import closing_lines

        yield from closing_lines(sheet, closes)
    yield from _notes(found.progress.notes, sheet.calendar, "  ")


def _asked(field: Field, found: "StepView", sheet: "Sheet") -> tuple[str, str, str]:
    """A field's id, its label, and its answer or what can be answered."""
    value = found.progress.answers.get(field.id)
    mark = " *" if field.required else ""
    choices = ", ".join(line(choice) for choice in field.choices)
    shown = (
        ", ".join(answer_words(field, value, sheet.calendar).splitlines()) if value is not None else choices
    )
    return field.id + mark, line(field.label), line(shown)

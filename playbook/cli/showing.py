"""Playbooks and runs as plain lines for a terminal or a pipe."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playbook.core.answers import as_typed
from playbook.core.conditions import explain
from playbook.core.playbook import Field, Playbook, Step, channel_of
from playbook.core.text import line
from playbook.words import _
from playbook.words.becauses import because_words
from playbook.words.dates import relative, short_day
from playbook.words.moments import due_words
from playbook.words.names import title_of
from playbook.words.refusals import state_word
from playbook.words.signs import STATE_SIGNS

if TYPE_CHECKING:
    from playbook.clock import Clock
    from playbook.core.client import Client
    from playbook.core.decide import Sheet
    from playbook.core.view import StepView


def playbook_lines(playbook: Playbook) -> Iterator[str]:
    """A playbook: its sections and steps, with ids, dates and what they hang on."""
    yield f"{line(playbook.title)}  ({playbook.id}, {playbook.language})"
    for text in (playbook.summary, playbook.start_when):
        if text:
            yield f"  {line(text)}"
    for section in playbook.sections:
        yield ""
        yield line(section.title) + (f" · {line(section.pause)}" if section.pause else "")
        for step in section.steps:
            yield f"  {'★' if step.key else ' '} {step.id:<24} {line(step.title)}{_facts(step, playbook)}"


def _facts(step: Step, playbook: Playbook) -> str:
    facts = [channel_of(step), " | ".join(step.due), f"{step.gate} gate" if step.gate else ""]
    facts.append(_("if {why}").format(why=because_words(explain(step.when, playbook))) if step.when else "")
    said = " · ".join(fact for fact in facts if fact)
    return f"  [{said}]" if said else ""


def run_lines(sheet: "Sheet", client: "Client", clock: "Clock") -> Iterator[str]:
    """A run as it stands: its head, then each step with sign, date and what holds it."""
    run, view = sheet.run, sheet.view
    yield f"{line(client.name)} › {line(run.playbook.title)}  ({run.name})"
    yield f"{state_word(run.state)} · {view.done}/{view.total} · {_('start')} {run.start[:10]}" + (
        f" · {line(run.playbook.target_label or _('target'))} {run.target}" if run.target else "")  # fmt: skip
    for section in run.playbook.sections:
        yield ""
        yield line(section.title)
        for step in section.steps:
            found = view.steps[step.id]
            if found.is_drawn:
                yield f"  {STATE_SIGNS[found.progress.state]} {step.id:<24} {line(step.title)}{_standing(found, sheet, clock)}"


def _standing(found: "StepView", sheet: "Sheet", clock: "Clock") -> str:
    words = []
    if found.is_hidden:
        words.append(_("no longer needed"))
    elif found.progress.state == "open":
        if found.due.moment:
            words.append(due_words(found.due.moment, clock.now(), sheet.calendar))
        elif found.due.waiting:
            words.append(relative(found.due.waiting, title_of(sheet, found.due.waiting.anchor)))
        if found.locked_by:
            titles = ", ".join(line(sheet.view.steps[gate].step.title) for gate in found.locked_by)
            words.append(_("locked: {gates}").format(gates=titles))
    elif found.progress.at:
        words.append(short_day(sheet.calendar.day_of_stamp(found.progress.at), clock.today()))
        words.append(line(found.progress.reason))
    said = " · ".join(word for word in words if word)
    return f"  [{said}]" if said else ""


def step_lines(found: "StepView", sheet: "Sheet", clock: "Clock") -> Iterator[str]:
    """One step in full: what a person needs who has it in front of them."""
    step = found.step
    yield f"{line(step.title)}  ({step.id}){_standing(found, sheet, clock)}"
    for label, text in (("", step.guide), (_("Say"), step.say)):
        if text:
            yield ""
            yield f"{label}: {text}" if label else text
    if step.message:
        yield ""
        yield f"{_('Subject')}: {step.message.subject}"
        yield step.message.body
    for field in found.fields:
        value = as_typed(field, found.progress.answers.get(field.id), sheet.calendar)
        mark = "*" if field.required else ""
        yield f"  {field.id}{mark}  {line(field.label)}: {value or '–'}" + _choices(field)


def _choices(field: Field) -> str:
    return f"  [{', '.join(field.choices)}]" if field.choices else ""

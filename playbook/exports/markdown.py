"""Markdown: a checklist that people read. Every value from outside is escaped; links and HTML never run."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from playbook.core.calendar import Calendar, as_stamp
from playbook.core.conditions import explain
from playbook.core.playbook import Field
from playbook.core.progress import Blocked, Note, Occurrence
from playbook.core.run import Run
from playbook.core.text import clean, line
from playbook.core.view import StepView
from playbook.exports import Handout, shown_fields, shown_steps, told, waiting_for
from playbook.words import _
from playbook.words.answers import answer_words
from playbook.words.becauses import because_words
from playbook.words.changes import change_words
from playbook.words.dates import relative
from playbook.words.moments import as_of_words, local_time
from playbook.words.names import Names, title_of
from playbook.words.outcomes import outcome_word
from playbook.words.refusals import run_state_word, state_word
from playbook.words.signs import channel_word
from playbook.words.standing import card_on_paper

_SIGNS = {"open": "[ ]", "done": "[x]", "skipped": "[-]", "n/a": "[-]"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+|~!&$])")
_AT_START = re.compile(r"^(\s*)(\d+)([.)])(?=\s|$)|^(\s*)([-=>:])")


def write(handout: Handout) -> str:
    """The run as Markdown, ending with a newline."""
    return "\n".join(_lines(handout)).rstrip() + "\n"


def safe(text: str) -> str:
    """Text of a person on one line, with nothing in it that Markdown would read."""
    shown = _SPECIAL.sub(r"\\\1", line(text))
    return _AT_START.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", shown)


def safe_block(text: str, indent: str) -> Iterator[str]:
    """Text of a person over several lines, each escaped and indented; the blanks at its end keep it a line."""
    for part in clean(text).splitlines():
        yield f"{indent}{safe(part)}  " if part.strip() else ""


def _lines(handout: Handout) -> Iterator[str]:
    yield from _head(handout)
    for section in handout.sheet.run.playbook.sections:
        steps = shown_steps(handout, section)
        if not steps:
            continue
        yield from ("", f"## {safe(told(handout, section.title))}", "")
        if section.pause and not handout.client_safe:
            yield from (f"*{safe(section.pause)}*", "")
        for found in steps:
            yield from _step(handout, found)
    if not handout.client_safe:
        yield from _ledger(handout)
        yield from _history(handout)


def _head(handout: Handout) -> Iterator[str]:
    sheet, is_safe = handout.sheet, handout.client_safe
    run, view, calendar = sheet.run, sheet.view, sheet.calendar
    yield from (f"# {safe(handout.client.name)}: {safe(told(handout, run.playbook.title))}", "")
    if handout.as_of:
        yield from (f"> {safe(as_of_words(handout.as_of, calendar))}", "")
    if handout.standing and not is_safe and (card := card_on_paper(handout.standing, calendar)):
        yield from (f"> {safe(part)}  " for part in card)
        yield ""
    facts = [
        (_("Run"), safe(run.name)),
        (_("State"), run_state_word(run.state)),
        (_("Progress"), f"{view.done}/{view.total}"),
        (run.playbook.start_label or _("Start"), local_time(run.start, calendar)),
        (run.playbook.target_label or _("Target"), run.target or ""),
        (_("Time zone"), safe(handout.time_zone)),
        (_("Started"), _who(run.started_at, "" if is_safe else run.by, calendar)),
        (_("Ended"), local_time(run.finished_at or "", calendar)),
        (_("Reason"), "" if is_safe else safe(run.reason)),
        (_("Left open"), ", ".join(_titles(handout, run.left_open))),
        (
            _("Started from"),
            "" if is_safe else safe(f"{run.parent}: {run.because}" if run.because else run.parent),
        ),
    ]
    if not is_safe:
        facts += [(run.playbook.roles.get(role, role), safe(person)) for role, person in run.roles.items()]
    yield from (f"- {safe(name)}: {value}" for name, value in facts if value)
    yield from _answers(handout, run.playbook.fields, run.answers, "")
    if not is_safe:
        yield from _notes(run.notes, "", calendar)


def _titles(handout: Handout, steps: Sequence[str]) -> list[str]:
    views = handout.sheet.view.steps
    return [safe(told(handout, views[step].step.title) if step in views else step) for step in steps]


def _step(handout: Handout, found: StepView) -> Iterator[str]:
    run, is_safe, calendar = handout.sheet.run, handout.client_safe, handout.sheet.calendar
    progress, step = found.progress, found.step
    yield f"- {_SIGNS[progress.state]} {safe(told(handout, step.title))}{' ★' if step.key else ''}{_standing(handout, found)}"
    if not is_safe and progress.reason:
        yield f"  - {_('Reason')}: {safe(progress.reason)}"
    if not is_safe and (override := progress.override):
        gates = ", ".join(_titles(handout, override.gates))
        passed = f"{_('Lock passed over')} ({gates})" if gates else _("Done before its day")
        yield f"  - {passed}: {safe(override.reason)} ({_who(override.at, override.by, calendar)})"
    if found.is_conditional and not is_safe:
        yield f"  - {_condition(found, run)}"
    if not is_safe and found.blocked:
        yield f"  - {_('Blocked')}: {safe(found.blocked.reason)}{_follow_up(found.blocked)}"
    for occurrence in progress.earlier:
        yield from _round(handout, found, occurrence)
    yield from _answers(handout, shown_fields(handout, found), progress.answers, "  ")
    if not is_safe:
        yield from (f"  - {_('Started')}: {safe(name)}" for name in progress.started_runs)
        yield from _notes(progress.notes, "  ", calendar)


def _follow_up(blocked: Blocked) -> str:
    return f" ({_('look again {day}').format(day=blocked.follow_up_on)})" if blocked.follow_up_on else ""


def _round(handout: Handout, found: StepView, occurrence: Occurrence) -> Iterator[str]:
    """One round of a repeating step that is over, with its answers and notes."""
    is_safe, calendar = handout.client_safe, handout.sheet.calendar
    words = [state_word(occurrence.state), _who(occurrence.at, "" if is_safe else occurrence.by, calendar)]
    if occurrence.due:
        words.append(_("was due {day}").format(day=local_time(occurrence.due, calendar)))
    reason = f": {safe(occurrence.reason)}" if occurrence.reason and not is_safe else ""
    yield f"  - {' · '.join(words)}{reason}"
    yield from _answers(handout, shown_fields(handout, found, occurrence.answers), occurrence.answers, "    ")
    if not is_safe:
        yield from _notes(occurrence.notes, "    ", calendar)


def _standing(handout: Handout, found: StepView) -> str:
    """What stands behind a step's title: its state in a word, its date, when and who."""
    progress, calendar, is_safe = found.progress, handout.sheet.calendar, handout.client_safe
    words = [state_word(progress.state)] if progress.state != "open" else []
    if found.is_hidden:
        words.append(_("no longer needed") if progress.is_touched else _("not needed"))
    if found.is_retired:
        words.append(_("no longer in the playbook"))
    if found.step.repeat:
        words.append(_("repeats"))
    if progress.state == "open" and found.due.moment:
        words.append(_("due {day}").format(day=local_time(as_stamp(found.due.moment), calendar)))
    elif found.is_open and (waiting := waiting_for(handout, found)):
        words.append(safe(relative(waiting, title_of(handout.sheet, waiting.anchor))))
    if progress.state == "open" and found.due.by_hand:
        words.append(_("set by hand"))
    if found.locked_by:
        words.append(_("locked: {gates}").format(gates=", ".join(_titles(handout, found.locked_by))))
    if found.person and found.is_open and not is_safe:
        words.append(safe(found.person))
    if progress.at:
        words.append(_who(progress.at, "" if is_safe else progress.by, calendar))
    if progress.channel and not is_safe:
        words.append(safe(channel_word(progress.channel)))
    return f" ({' · '.join(words)})" if words else ""


def _condition(found: StepView, run: Run) -> str:
    why = safe(because_words(explain((*found.section.when, *found.step.when), run.playbook)))
    return (_("Not needed unless {why}") if found.is_hidden else _("Because {why}")).format(why=why)


def _who(at: str, by: str, calendar: Calendar) -> str:
    return " ".join(part for part in (local_time(at, calendar), safe(by)) if part)


def _answers(handout: Handout, fields: Sequence[Field], answers: Any, indent: str) -> Iterator[str]:
    for field in fields:
        value = answers.get(field.id)
        if value is None or (handout.client_safe and field.private):
            continue
        label = safe(told(handout, field.label))
        shown = answer_words(field, value, handout.sheet.calendar).splitlines()
        if len(shown) == 1:
            yield f"{indent}- {label}: {safe(shown[0])}"
        else:
            yield f"{indent}- {label}:"
            yield from (f"{indent}  - {safe(part)}" for part in shown if part.strip())


def _notes(notes: Sequence[Note], indent: str, calendar: Calendar) -> Iterator[str]:
    for note in notes:
        yield f"{indent}- {_('Note')}, {_who(note.at, note.by, calendar)}:"
        yield from safe_block(note.text, indent + "  ")


def _ledger(handout: Handout) -> Iterator[str]:
    if handout.entries:
        yield from ("", f"## {_('Ledger')}", "")
    for entry in handout.entries:
        when = local_time(entry.on, handout.sheet.calendar)
        ended = f" ({outcome_word(entry.outcome, entry.owner)})" if entry.outcome else ""
        yield f"- {handout.client.slug}\\#{entry.n} {safe(entry.kind)}, {when}: {safe(entry.text)}{ended}"


def _history(handout: Handout) -> Iterator[str]:
    yield from ("", f"## {_('History')}", "")
    names = Names(handout.sheet.run.playbook)
    for row in handout.history:
        undone = f" {_('(undone)')}" if row.is_undone else ""
        when = _who(row.at, row.by, handout.sheet.calendar)
        yield f"- {when}: {safe(change_words(row, handout.sheet.calendar, names))}{undone}"

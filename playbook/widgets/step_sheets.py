"""From a step of a run to what the detail pane shows of it."""

from collections.abc import Callable, Iterator

from playbook.core.client import Client
from playbook.core.conditions import explain
from playbook.core.decide import Sheet
from playbook.core.filling import fill, names_of
from playbook.core.playbook import channel_of, side_of
from playbook.core.view import StepView
from playbook.widgets.due_label import Now, due_sentence, waiting_label
from playbook.widgets.spans import Spans, spans
from playbook.widgets.step_sheet import AnswerSheet, MessageSheet, NoteSheet, StepSheet
from playbook.words import _
from playbook.words.answers import answer_words, spoken
from playbook.words.becauses import because_words
from playbook.words.moments import local_time
from playbook.words.names import title_of
from playbook.words.refusals import state_word
from playbook.words.signs import STATE_SIGNS, channel_word, side_word


def sheet_of(found: StepView, sheet: Sheet, client: Client, now: Now, me: str) -> StepSheet:
    """The step as the detail pane shows it, with the names in its texts filled in."""
    step, progress = found.step, found.progress
    playbook, calendar = sheet.run.playbook, sheet.calendar
    value_of = names_of(
        sheet.run, client, me=me, today=now.today.isoformat(),
        shown=lambda field_id, value: spoken(playbook, field_id, value, calendar),
    )  # fmt: skip
    return StepSheet(
        title=step.title,
        facts=tuple(_facts(found, sheet, now)),
        warnings=tuple(_warnings(found, sheet)),
        guide=fill(step.guide, value_of).text,
        say=fill(step.say, value_of).text,
        message=_message(found, value_of),
        fields=tuple(
            AnswerSheet(f.label, "" if (v := progress.answers.get(f.id)) is None else answer_words(f, v, calendar), f.required)
            for f in found.fields
        ),
        reasons=tuple(_reasons(found, sheet)),
        notes=tuple(NoteSheet(local_time(n.at, calendar), n.by, n.text) for n in progress.notes[::-1]),
    )  # fmt: skip


def _message(found: StepView, value_of: Callable[[str], str | None]) -> MessageSheet | None:
    message = found.step.message
    if message is None:
        return None
    to, subject, body = (fill(text, value_of).text for text in (message.to, message.subject, message.body))
    return MessageSheet(to, subject, body)


def _facts(found: StepView, sheet: Sheet, now: Now) -> Iterator[Spans]:
    step, progress = found.step, found.progress
    if progress.state != "open":
        when = local_time(progress.at, sheet.calendar)
        yield spans(
            f"{STATE_SIGNS[progress.state]} {state_word(progress.state)} {when} {progress.by}".rstrip(),
            _tone(found),
        )
    yield spans(side_word(side_of(step)), "care" if side_of(step) == "care" else "dim")
    yield spans(channel_word(channel_of(step)))
    if progress.state == "open" and not found.is_hidden:
        waiting = found.due.waiting
        yield due_sentence(found.due.moment, now)
        yield waiting_label(waiting, title_of(sheet, waiting.anchor)) if waiting else ()
        yield spans(_("set by hand") if found.due.by_hand else "", "dim")
        yield spans(_("moved to the start") if found.due.moved_to_start else "", "dim")
    yield spans("★" if step.key else "", "key")
    yield spans(_("optional") if step.skip == "free" else "", "dim")


def _tone(found: StepView) -> str:
    return "done" if found.progress.state == "done" else "skipped"


def _warnings(found: StepView, sheet: Sheet) -> Iterator[Spans]:
    titles = sheet.view.steps
    if found.is_hidden:
        yield spans("∅ " + _("no longer needed"), "hidden")
    for gate in found.locked_by:
        yield spans("⊘ " + _("locked until settled: {step}").format(step=titles[gate].step.title), "locked")
    for gate in found.warned_by:
        yield spans("△ " + _("should come first: {step}").format(step=titles[gate].step.title), "locked")
    if found.step.gate == "hard" and not found.is_settled:
        yield spans("⊘ " + _("a gate: it holds what must not start before"), "dim")


def _reasons(found: StepView, sheet: Sheet) -> Iterator[str]:
    progress = found.progress
    if found.is_conditional:
        why = because_words(explain((*found.section.when, *found.step.when), sheet.run.playbook))
        yield (_("Not needed unless {why}.") if found.is_hidden else _("Because {why}.")).format(why=why)
    if progress.reason:
        yield _("Reason: {reason}").format(reason=progress.reason)
    if progress.override:
        yield _("Lock passed over: {reason}").format(reason=progress.override.reason)
    for name in progress.started_runs:
        yield _("Started {run}.").format(run=name)

"""From a step of a run to what the detail pane shows of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from playbook.core.answers import is_answer, knows
from playbook.core.calendar import from_stamp
from playbook.core.conditions import explain
from playbook.core.decide import Sheet
from playbook.core.playbook import Field, channel_of, side_of
from playbook.core.schedule import Moment, counted_on, day_of
from playbook.core.view import StepView, totals_of
from playbook.widgets.due_label import Now, due_sentence, waiting_label
from playbook.widgets.spans import Spans, spans
from playbook.widgets.step_sheet import AnswerSheet, NoteSheet, StepSheet
from playbook.words import _
from playbook.words.answers import answer_words
from playbook.words.becauses import because_words
from playbook.words.date_faults import fault_words
from playbook.words.dates import clock_time, every_words, relative, short_day
from playbook.words.moments import local_time
from playbook.words.names import title_of
from playbook.words.refusals import state_word
from playbook.words.remarks import remark_state
from playbook.words.run_texts import RunTexts
from playbook.words.signs import (
    BLOCKED,
    FAULTY,
    HIDDEN,
    LOCKED,
    RETIRED,
    STATE_SIGNS,
    WAITING,
    WARNED,
    channel_word,
    side_word,
)

ClosedBecause = Callable[[date], str]
"""Why nobody works on a day; "" when it is a working day."""


def _never_said(_day: date) -> str:
    return ""


def sheet_of(
    found: StepView,
    sheet: Sheet,
    texts: RunTexts,
    now: Now,
    closed_because: ClosedBecause = _never_said,
    *,
    is_past: bool = False,
) -> StepSheet:
    """The step as the detail pane shows it, with the names in its texts filled in.

    `is_past`: it is shown as it stood once, so nothing in it can be answered and no key is named.
    """
    step, progress, calendar = found.step, found.progress, sheet.calendar
    script = texts.script(step)
    return StepSheet(
        title=step.title,
        facts=tuple(_facts(found, sheet, now, is_past=is_past)),
        warnings=tuple(_warnings(found, sheet)),
        guide=texts.own(step.guide),
        say=script.say,
        message=script.message,
        fields=tuple(_field(field, found, sheet, now, is_past=is_past) for field in found.fields),
        reasons=tuple(_reasons(found, sheet, closed_because)),
        rounds=tuple(_rounds(found, sheet)),
        notes=tuple(NoteSheet(local_time(n.at, calendar), n.by, n.text) for n in progress.notes[::-1]),
        remarks=tuple(_remarks(step.id, sheet)),
    )  # fmt: skip


def _remarks(step_id: str, sheet: Sheet) -> Iterator[NoteSheet]:
    for remark in sheet.run.remarks[::-1]:
        if remark.step == step_id:
            state = _("for the playbook: {state}").format(state=remark_state(remark.outcome))
            yield NoteSheet(local_time(remark.at, sheet.calendar), f"{remark.by} · {state}", remark.text)


def picked_field(found: StepView) -> Field | None:
    """The field that a number answers: the first choice that is still to be made, else the first there is."""
    asked = [
        field for field in found.fields if field.kind in ("choice", "yes-no") and len(field.choices) <= 9
    ]
    return next(
        (field for field in asked if found.progress.answers.get(field.id) is None),
        asked[0] if asked else None,
    )


def picks_of(field: Field) -> Mapping[str, str]:
    """What can be taken by its number: what is typed for it, and its label."""
    return field.choices or {"yes": _("yes"), "no": _("no")}


def _field(field: Field, found: StepView, sheet: Sheet, now: Now, *, is_past: bool) -> AnswerSheet:
    value = found.progress.answers.get(field.id)
    day_words = partial(short_day, today=now.today)
    said = "" if value is None else answer_words(field, value, sheet.calendar, day_words)
    if is_past or not found.is_open or sheet.run.state != "open":
        return AnswerSheet(field.label, said, field.required)
    saved = sheet.client.get(field.save_as) if field.save_as and value is None else None
    is_known = saved not in (None, "") and is_answer(saved) and knows(field, saved)
    offered = answer_words(field, saved, sheet.calendar, day_words) if is_known else ""
    shown = AnswerSheet(field.label, said, field.required, offered=offered)
    if picked_field(found) != field:
        return shown
    picks = picks_of(field)
    taken = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    place = list(picks).index(taken) if taken in picks else -1
    return shown._replace(choices=tuple(picks.values()), taken=place)


def _facts(found: StepView, sheet: Sheet, now: Now, *, is_past: bool) -> Iterator[Spans]:
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
        if waiting and not is_past and any(field.id == waiting.anchor for field in sheet.run.playbook.fields):
            yield spans(_("i answers it"), "dim")
        yield spans(_("set by hand") if found.due.by_hand else "", "dim")
        yield spans(_("would have been before the start") if found.due.moved_to_start else "", "dim")
    yield spans("★" if step.key else "", "key")
    yield spans(_("optional") if step.skip == "free" else "", "dim")


def _tone(found: StepView) -> str:
    return "done" if found.progress.state == "done" else "skipped"


def _warnings(found: StepView, sheet: Sheet) -> Iterator[Spans]:
    titles = sheet.view.steps
    if found.is_hidden:
        yield spans(f"{HIDDEN} " + _("no longer needed"), "hidden")
    if found.is_retired:
        yield spans(f"{RETIRED} " + _("no longer in the playbook; kept for what was recorded here"), "hidden")
    if found.blocked:
        yield spans(f"{BLOCKED} " + _("blocked: {reason}").format(reason=found.blocked.reason), "overdue")
        if found.blocked.follow_up_on:
            yield spans(
                "  " + _("look at it again {day}").format(day=_day(found.blocked.follow_up_on)), "dim"
            )
    for gate in found.locked_by:
        yield spans(
            f"{LOCKED} " + _("locked until settled: {step}").format(step=titles[gate].step.title), "locked"
        )
    for gate in found.warned_by:
        yield spans(
            f"{WARNED} " + _("should come first: {step}").format(step=titles[gate].step.title), "locked"
        )
    for fault in found.faults:
        yield spans(f"{FAULTY} " + fault_words(fault, title_of(sheet, fault.other)), "overdue")
    if found.opens is not None and not found.progress.opened_early:
        yield spans(f"{WAITING} " + _("not before {day}").format(day=_moment(found.opens, sheet)), "waiting")
    if found.step.gate == "hard" and not found.is_settled:
        yield spans(f"{LOCKED} " + _("a gate: it holds what must not start before"), "dim")


def _day(stamp: str) -> str:
    moment = from_stamp(stamp)
    return short_day(moment) if moment is not None else stamp


def _moment(moment: Moment, sheet: Sheet) -> str:
    if not isinstance(moment, datetime):
        return short_day(moment)
    local = sheet.calendar.local(moment)
    return f"{short_day(local.date())} {clock_time(local)}"


def _reasons(found: StepView, sheet: Sheet, closed_because: ClosedBecause) -> Iterator[str]:
    progress = found.progress
    if found.is_conditional:
        why = because_words(explain((*found.section.when, *found.step.when), sheet.run.playbook))
        yield (_("Not needed unless {why}.") if found.is_hidden else _("Because {why}.")).format(why=why)
    yield from _reasons_of_date(found, sheet, closed_because)
    if interval := sheet.plan.intervals.get(found.step.id) if sheet.plan else None:
        yield _("Repeats {every}.").format(every=every_words(interval.amount, interval.unit))
    if progress.person:
        yield _("Given to {person}.").format(person=progress.person)
    elif found.person:
        role = sheet.run.playbook.roles.get(found.step.role, found.step.role)
        yield _("{role}: {person}.").format(role=role, person=found.person)
    if progress.reason:
        yield _("Reason: {reason}").format(reason=progress.reason)
    if progress.override:
        yield _("Passed over: {reason}").format(reason=progress.override.reason)
    for name in progress.started_runs:
        yield _("Started {run}.").format(run=name)
    if any(added.id == found.step.id for added in sheet.run.own):
        yield _("Added to this run alone.")


def _reasons_of_date(found: StepView, sheet: Sheet, closed_because: ClosedBecause) -> Iterator[str]:
    """How a date came about: the rule, and the closed day that it moved off."""
    due = found.due
    if not found.is_open or due.moment is None or due.rule is None or due.anchor is None or due.beat:
        return
    counted = relative(due.rule, title_of(sheet, due.rule.anchor))
    yield _("Due {rule}.").format(rule=counted)
    day = counted_on(due.rule, due.anchor, sheet.calendar)
    is_rolled = not due.moved_to_start and day != day_of(due.moment, sheet.calendar)
    if is_rolled and (why := closed_because(day)):
        yield _("{day} is closed ({why}), so the date moved.").format(day=short_day(day), why=why)


def _rounds(found: StepView, sheet: Sheet) -> Iterator[NoteSheet]:
    """Earlier rounds, newest first."""
    for earlier in found.progress.earlier[::-1]:
        when = f"{STATE_SIGNS[earlier.state]} {state_word(earlier.state)} {local_time(earlier.at, sheet.calendar)}"
        answered = [
            f"{field.label}: {answer_words(field, value, sheet.calendar)}"
            for field in found.step.fields if (value := earlier.answers.get(field.id)) is not None
        ]  # fmt: skip
        said = [earlier.reason, *answered, *(note.text for note in earlier.notes)]
        yield NoteSheet(when, earlier.by, "\n".join(part for part in said if part))


def section_sheet(
    section: Sequence[StepView], sheet: Sheet, *, is_short: bool = False, is_past: bool = False
) -> StepSheet:
    """A section as the detail pane shows it: when it is gone through, why it is there, what its keys do."""
    about, (done, total) = section[0].section, totals_of(section)
    reasons = []
    if about.when:
        reasons.append(_("Because {why}.").format(why=because_words(explain(about.when, sheet.run.playbook))))
    is_confirmed = about.mode == "do-confirm"
    if is_confirmed or is_short:
        keys = _("Enter goes through it one line at a time; c there shows it on one page.")
    else:
        keys = _("Enter opens its call sheet: every question and line to say on one page.")
    if is_confirmed:
        keys += " " + _("Space ticks every open step that asks for nothing.")
    if sheet.run.playbook.fields and sheet.run.state == "open":
        keys += " " + _("w answers what was asked at the start.")
    return StepSheet(
        title=about.title,
        facts=(spans(f"{done}/{total}"), spans(_("do, then confirm") if is_confirmed else _("read, then do"), "dim")),
        warnings=(spans(_("Pause: {pause}").format(pause=about.pause), "key"),) if about.pause else (),
        guide=about.intro, reasons=tuple(reasons) if is_past else (*reasons, keys),
    )  # fmt: skip

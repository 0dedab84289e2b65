"""Decisions on one step of a run: done, left out, opened again, answered, dated, blocked, given to somebody."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from playbook.core.calendar import as_stamp, from_stamp
from playbook.core.client import Entry
from playbook.core.decide.answers import answered, parse_answers
from playbook.core.decide.money import is_about_money, is_unspoken
from playbook.core.decide.sheet import Sheet, Typed, any_step, missing_after, open_step, refuse_ended
from playbook.core.entry_kinds import buffer_of, completed
from playbook.core.ledger import closings, entries_for, entries_later, heard
from playbook.core.operations import Draft
from playbook.core.playbook import Field, channel_of
from playbook.core.problems import Refusal
from playbook.core.run import merged
from playbook.core.schedule import Moment, day_of, is_later
from playbook.core.text import line, said
from playbook.core.view import StepView


def tick(
    sheet: Sheet, step_id: str, *, at: str, answers: Mapping[str, Typed], channel: str | None = None,
    override: str = "", open_entries: Sequence[Entry] = (), outcomes: Mapping[int, str] | None = None,
    words: Sequence[Entry] = (), is_careless: bool = False,
) -> Draft | Refusal:  # fmt: skip
    """Mark a step done. `channel` overrides the step's; "" means no contact took place.

    `override` is the reason to pass over a lock or a day to open. `open_entries` are those that the step named
    in `closes` logged; `outcomes` says how they ended, by number ("" leaves one open), None as the dates say.
    `words` are the client's open next words; a contact makes good those for its day or before. `is_careless`:
    of late much was done for the work and nothing for the person, which holds up a first talk about money.
    """
    found = _doable_step(sheet, step_id, at)
    if isinstance(found, Refusal):
        return found
    parsed = parse_answers(found.step.fields, answers, sheet.calendar)
    if isinstance(parsed, Refusal):
        return parsed
    both = merged(found.progress.answers, parsed)
    if missing := missing_after(sheet, step_id, both):
        return Refusal("fields-missing", {"step": found.step.title, "labels": [field.label for field in missing], "fields": [field.id for field in missing]})  # fmt: skip
    used = channel_of(found.step) if channel is None else channel
    careless = is_careless and is_about_money(sheet, found, used)
    money = {"unspoken": is_unspoken(sheet, found, used, at), "careless": careless}
    passed = _passed_over(sheet, found, at, override, money)
    if isinstance(passed, Refusal):
        return passed
    due_day = day_of(found.due.moment, sheet.calendar) if found.due.moment else None
    closed = closings(open_entries, outcomes, at, sheet.calendar, due_day)
    if isinstance(closed, Refusal):
        return closed
    logged = entries_for(found.step, sheet.run.playbook, _after(sheet, step_id, both), used, at)
    entries = [completed(entry, at, sheet.calendar, buffer_of(sheet.client)) for entry in logged]
    asked = {entry.n for entry in open_entries} if outcomes is not None else {data["n"] for data in closed}
    closed += [data for data in heard(entries, words, at, sheet.calendar) if data["n"] not in asked]
    extra = {"channel": used, "entries": entries, "closed": closed, "override": passed}
    body = answered(parsed, found.progress.answers, found.step.fields)
    return Draft(
        "tick", step_id, {**body, **{key: value for key, value in extra.items() if value}, **found.round}
    )


def _doable_step(sheet: Sheet, step_id: str, at: str) -> StepView | Refusal:
    """The step, unless it cannot be done whatever the reason: settled, blocked, or done today already."""
    found = open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    title = found.step.title
    if found.blocked is not None:
        return Refusal("step-blocked", {"step": title, "reason": found.blocked.reason})
    day = sheet.calendar.day_of_stamp
    if any(o.state == "done" and day(o.at) == day(at) for o in found.progress.earlier):
        return Refusal("step-again", {"step": title, "due": _day_of(found.due.moment, sheet)})
    return found


def _day_of(moment: Moment | None, sheet: Sheet) -> str:
    """The day, or the local day and hour, as a stamp for words to be made of."""
    if not isinstance(moment, datetime):
        return moment.isoformat() if moment else "–"
    return sheet.calendar.local(moment).replace(tzinfo=None).isoformat(timespec="minutes")


def _passed_over(
    sheet: Sheet, found: StepView, at: str, reason: str, money: Mapping[str, bool]
) -> dict[str, Any] | Refusal:
    """What is passed over for this reason: locks, a day to open that has not come, how money is spoken of. Empty when nothing is."""
    gates = (*found.locked_by, *found.warned_by)
    now, opens = from_stamp(at), found.opens
    is_ahead = now is not None and opens is not None and is_later(opens, now, sheet.calendar)
    early = is_ahead and not found.progress.opened_early
    if not gates and not early and not any(money.values()):
        return {}
    reason = said(reason)
    if not reason:
        early_args = {"step": found.step.title, "opens": _day_of(opens, sheet)}
        if not gates and not early:
            code = "money-unspoken" if money["unspoken"] else "money-careless"
            return Refusal(code, {"step": found.step.title})
        return _locked(sheet, found) if gates else Refusal("step-early", early_args)
    more = {name: True for name, holds in (("early", early), *money.items()) if holds}
    return {"gates": list(gates), "reason": reason, **more}


def confirmable(sheet: Sheet, section_id: str) -> list[str]:
    """The steps of a section that one key may confirm: open, held by nothing, with nothing to ask or to start.

    A waiting one is left out as well: what it waits for has not happened.
    """
    return [
        step_id
        for step_id, found in sheet.view.steps.items()
        if found.section.id == section_id and found.is_open and not found.progress.earlier
        and not (found.locked_by or found.warned_by or found.blocked or found.unanswered or found.is_waiting)
        and found.step.starts is None
    ]  # fmt: skip


def skip(sheet: Sheet, step_id: str, *, reason: str, fits: bool = True) -> Draft | Refusal:
    """Leave a step out: skipped (should have been done), or n/a (`fits=False`: does not fit this client).

    Of a repeating step, skipping passes over one round; n/a ends the rhythm.
    """
    found = open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if found.step.skip == "never":
        return Refusal("skip-never", {"step": found.step.title})
    reason = said(reason)
    if not reason and found.step.skip == "reason":
        return Refusal("skip-reason", {"step": found.step.title})
    if not fits:
        return Draft("na", step_id, {"reason": reason})
    return Draft("skip", step_id, {"reason": reason, **found.round})


def reopen(sheet: Sheet, step_id: str) -> Draft | Refusal:
    """Open a settled step, or the last round of a repeating one, again; its answers, contact and entries stay."""
    found = any_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if found.progress.state == "open" and found.progress.earlier:
        return Draft("reopen", step_id, {"old": found.progress.earlier[-1].state})
    if found.progress.state == "open":
        return Refusal("step-open", {"step": found.step.title})
    return Draft("reopen", step_id, {"old": found.progress.state})


def answer(
    sheet: Sheet, step_id: str, answers: Mapping[str, Typed], *, at: str = "", logged: Sequence[Entry] = ()
) -> Draft | Refusal:
    """Record answers without ticking; `step_id` "" means the fields of the run itself.

    A ticked step whose `logs` had nothing to say until now makes its entries with the answer. `logged` are those
    that it has made.
    """
    if refusal := refuse_ended(sheet.run):
        return refusal
    if not step_id:
        parsed = parse_answers(sheet.run.playbook.fields, answers, sheet.calendar)
        if isinstance(parsed, Refusal):
            return parsed
        if emptied := [
            f for f in missing_after(sheet, "", merged(sheet.run.answers, parsed)) if f.id in parsed
        ]:
            return _required(emptied)
        return Draft("answer", "", answered(parsed, sheet.run.answers, sheet.run.playbook.fields))
    found = any_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    parsed = parse_answers(found.step.fields, answers, sheet.calendar)
    if isinstance(parsed, Refusal):
        return parsed
    after = missing_after(sheet, step_id, merged(found.progress.answers, parsed))
    lacking = [field for field in after if field not in found.missing]
    if lacking and found.progress.state == "done":
        return _required(lacking)
    body = answered(parsed, found.progress.answers, found.step.fields)
    if at and found.progress.state == "done" and not found.is_hidden:
        before = _after(sheet, step_id, found.progress.answers)
        after_answer = _after(sheet, step_id, merged(found.progress.answers, parsed))
        new = entries_later(found.step, sheet.run.playbook, before, after_answer, logged, at)
        if new:
            body["entries"] = [completed(entry, at, sheet.calendar, buffer_of(sheet.client)) for entry in new]
    return Draft("answer", step_id, body)


def _required(lacking: Sequence[Field]) -> Refusal:
    return Refusal(
        "field-required",
        {"labels": [field.label for field in lacking], "fields": [field.id for field in lacking]},
    )


def note(sheet: Sheet, step_id: str, text: str) -> Draft | Refusal:
    """Add a note to a step, or with `step_id` "" to the run; also on locked steps, never on an ended run."""
    if step_id:
        found = any_step(sheet, step_id)
        if isinstance(found, Refusal):
            return found
    elif refusal := refuse_ended(sheet.run):
        return refusal
    text = said(text)
    return Draft("note", step_id, {"text": text}) if text else Refusal("note-empty")


def due(sheet: Sheet, step_id: str, moment: Moment | None, reason: str = "") -> Draft | Refusal:
    """Set a date by hand, which stays until cleared with None; a reason may be given."""
    found = open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if moment is None and found.progress.due_by_hand is None:
        return Refusal("due-not-by-hand", {"step": found.step.title})
    old = as_stamp(found.due.moment) if found.due.moment else None
    why = {"reason": said(reason)} if reason.strip() else {}
    return Draft("due", step_id, {"due": as_stamp(moment) if moment else None, "old": old, **why})


def block(sheet: Sheet, step_id: str, *, reason: str, follow_up: date | None = None) -> Draft | Refusal:
    """Flag a step that cannot go on, with the day to look at it again; a blocked one gets the new words."""
    found = open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    reason = said(reason)
    if not reason:
        return Refusal("block-reason", {"step": found.step.title})
    follow_up_on = follow_up.isoformat() if follow_up else None
    old = found.progress.blocked.reason if found.progress.blocked else None
    return Draft("block", step_id, {"reason": reason, "follow_up_on": follow_up_on, "old": old})


def unblock(sheet: Sheet, step_id: str) -> Draft | Refusal:
    """Let a blocked step go on."""
    found = open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if found.progress.blocked is None:
        return Refusal("step-unblocked", {"step": found.step.title})
    return Draft("unblock", step_id, {"old": found.progress.blocked.reason})


def assign(sheet: Sheet, step_id: str, person: str) -> Draft | Refusal:
    """Give a step to somebody; "" gives it back to whoever has its role."""
    found = open_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    return Draft("assign", step_id, {"person": line(person), "old": found.progress.person or None})


def _locked(sheet: Sheet, found: StepView) -> Refusal:
    gates = found.locked_by or found.warned_by
    titles = [sheet.view.steps[gate].step.title for gate in gates if gate in sheet.view.steps]
    code = "step-locked" if found.locked_by else "step-warned"
    return Refusal(code, {"step": found.step.title, "gates": titles, "ids": list(gates)})


def _after(sheet: Sheet, step_id: str, both: Mapping[str, Any]) -> Callable[[str], Any]:
    """Every known answer once the step has these; answers in hidden steps are unknown."""
    known = dict(sheet.run.answers)
    for other, found in sheet.view.steps.items():
        if not found.is_hidden:
            known |= both if other == step_id else found.progress.last_answers
    return known.get

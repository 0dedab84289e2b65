"""Decisions on a whole run: its dates, its roles, its own steps, its end."""

from datetime import datetime

from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.decide.sheet import Sheet, any_step, near, refuse_ended
from playbook.core.operations import Draft
from playbook.core.own_steps import next_own_id
from playbook.core.problems import Refusal
from playbook.core.run import Run
from playbook.core.schedule import Moment, day_of
from playbook.core.text import line, said


def dates(sheet: Sheet, *, start: Moment | None = None, target: Moment | None = None) -> Draft | Refusal:
    """Move the start or the target of an open run; what is None stays as it is.

    A run that began at an instant goes on to have an instant as its start, by default at the same clock time; one
    that began on a day has a day.
    """
    if refusal := refuse_ended(sheet.run):
        return refusal
    run = sheet.run
    if target is not None and not run.playbook.target_label:
        return Refusal("target-unused", {"playbook": run.playbook.title})
    new = {
        "start": as_stamp(_as_began(run, start, sheet.calendar)) if start else run.start,
        "target": as_stamp(target) if target else run.target,
    }
    return Draft("dates", "", {**new, "old": {"start": run.start, "target": run.target}})


def _as_began(run: Run, moment: Moment, calendar: Calendar) -> Moment:
    old = from_stamp(run.start)
    if not isinstance(old, datetime):
        return day_of(moment, calendar)
    return moment if isinstance(moment, datetime) else calendar.instant(moment, calendar.local(old).time())


def assign_role(sheet: Sheet, role: str, person: str) -> Draft | Refusal:
    """Give one of the run's roles, and with it its steps, to somebody."""
    if refusal := refuse_ended(sheet.run):
        return refusal
    if role not in sheet.run.playbook.roles:
        return Refusal("no-role", {"playbook": sheet.run.playbook.title, "role": role})
    old = sheet.run.roles.get(role)
    return Draft("assign", "", {"role": role, "person": line(person), "old": old})


def add_step(sheet: Sheet, title: str, *, section: str = "", after: str = "") -> Draft | Refusal:
    """Add a step to this run alone: below another one, or at the end of a section ("": the last)."""
    if refusal := refuse_ended(sheet.run):
        return refusal
    playbook, title = sheet.run.playbook, line(title)
    if not title:
        return Refusal("own-title")
    if after:
        found = any_step(sheet, after)
        if isinstance(found, Refusal):
            return found
        section = found.section.id
    known = {part.id: part for part in playbook.sections}
    if section and section not in known:
        return Refusal("no-section", {"section": section, "known": list(known), "near": near(section, known)})
    section = section or next(reversed(known), "")
    return Draft("own-step", next_own_id(playbook), {"title": title, "section": section, "after": after})


def finish(sheet: Sheet, reason: str = "") -> Draft | Refusal:
    """End a run well; with open required steps only for a reason, and those are kept as left open."""
    if refusal := refuse_ended(sheet.run):
        return refusal
    open_steps = sheet.view.left_open()
    if open_steps and not said(reason):
        titles = [sheet.view.steps[i].step.title for i in open_steps]
        return Refusal("steps-open", {"run": sheet.run.name, "count": len(titles), "titles": titles, "steps": list(open_steps)})  # fmt: skip
    return Draft("finish", "", {"reason": said(reason), "left_open": list(open_steps)})


def abandon(sheet: Sheet, reason: str) -> Draft | Refusal:
    """End a run without claiming success."""
    if refusal := refuse_ended(sheet.run):
        return refusal
    reason = said(reason)
    return Draft("abandon", "", {"reason": reason}) if reason else Refusal("abandon-reason")


def reopen_run(sheet: Sheet, reason: str = "") -> Draft | Refusal:
    """Go on with a run that was finished or abandoned."""
    if sheet.run.state == "open":
        return Refusal("run-open", {"run": sheet.run.name})
    return Draft("reopen-run", "", {"reason": said(reason), "old": sheet.run.state})

"""What the date proof found, and what a playbook's own test does not meet, in words."""

from collections.abc import Mapping
from datetime import date, datetime

from playbook.core.calendar import from_stamp
from playbook.core.problems import Refusal
from playbook.core.proof import DateFinding
from playbook.core.schedule import DateRule
from playbook.core.text import line
from playbook.core.trial import TrialFailure
from playbook.words import N_, _, in_context, plural, quoted
from playbook.words.dates import clock_time, relative, short_day
from playbook.words.refusals import refusal_words, state_word

FINDINGS: Mapping[str, str] = {
    "closed-day": N_("{step} would be due {due} ({rule}), a closed day, when started on {start}; {hits}."),
    "after-anchor": N_("{step} would be due {due}, after “{anchor}” ({anchor_on}) that it should come before, when started on {start}; {hits}."),
    "before-needs": N_("{step} would be due {due}, before “{needed}” that it needs ({needed_on}), when started on {start}; {hits}."),
    "before-needs-gate": N_("{step} would be due {due}, before “{needed}” that holds it ({needed_on}), when started on {start}; {hits}."),
    "before-start": N_("{step} would be due {meant} ({rule}), before the start, when started on {start}; {hits}."),
    "after-target": N_("{step} would be due {due} ({rule}), after the target ({target}), when started on {start}; {hits}."),
}  # fmt: skip
"""Sentences about dates, by code."""

_UNMET = N_("{step} should be {expected}, but is {found}.")

FAILURES: Mapping[str, str] = {
    "due": _UNMET,
    "shown": _UNMET,
    "hidden": _UNMET,
    "locked": _UNMET,
    "open": _UNMET,
    "step-unknown": N_("There is no step `{name}`."),
    "field-unknown": N_("There is no field `{name}`."),
    "moment-unknown": N_("`{name}`: “{text}” is no day. Write it like 2026-11-24, or 2026-11-24T10:00."),
    "answer-unfit": N_("`{name}`: {refusal}"),
}  # fmt: skip
"""Sentences about tests, by code."""

_STATES: Mapping[str, str] = {
    "waiting": N_("waiting"), "no date": N_("without a date"), "shown": N_("shown"), "locked": N_("locked"),
}  # fmt: skip


def finding_words(finding: DateFinding) -> str:
    """One sentence: the step, the date it would get, what is wrong with it, and on how many start days."""
    args, rule, anchor = finding.args, finding.args.get("rule"), _anchor(finding)
    said = {
        "step": _step(finding.title, finding.step_id),
        "due": _moment(finding.moment),
        "start": _moment(finding.start),
        "rule": relative(rule, _quoted_anchor(finding)) if isinstance(rule, DateRule) else "–",
        "anchor": anchor,
        "needed": _name(args.get("needed_title") or args.get("needed")),
        "hits": plural("{hits} of {count} start day", "{hits} of {count} start days", finding.days, hits=finding.hits),
        **{key: _moment(args.get(key)) for key in ("meant", "anchor_on", "needed_on", "target")},
    }  # fmt: skip
    code = "before-needs-gate" if args.get("holds") else finding.code
    return line(_(FINDINGS[code]).format(**said))


def finding_hint(finding: DateFinding) -> str:
    """What would make the proof fit the work, where it had to guess a day; else ""."""
    if not finding.args.get("is_guessed"):
        return ""
    words = _(
        "No [[test]] answers “{anchor}”, so it counts as {day}. Add one that has it where it usually lies."
    )
    return line(words.format(anchor=_anchor(finding), day=_moment(finding.args.get("anchor_on"))))


def failure_words(failure: TrialFailure) -> str:
    """One sentence: what the test has, and what the run gave instead."""
    refusal = failure.args.get("refusal")
    said = {
        "step": _step(failure.args.get("title"), failure.name),
        "name": _name(failure.name),
        "text": _name(failure.found),
        "expected": _standing(failure.expected, {}),
        "found": _standing(failure.found, failure.args),
        "refusal": refusal_words(refusal) if isinstance(refusal, Refusal) else "",
    }
    return line(_(FAILURES[failure.code]).format(**said))


def _anchor(finding: DateFinding) -> str:
    """What a date counts from, by name."""
    rule, name = finding.args.get("rule"), _name(finding.args.get("anchor"))
    if name or not isinstance(rule, DateRule):
        return name
    return {"start": in_context("date", "start"), "target": in_context("date", "target")}.get(
        rule.anchor, rule.anchor
    )


def _quoted_anchor(finding: DateFinding) -> str:
    """The name in quotes; "" for a start or target that has none."""
    return quoted(_name(finding.args["anchor"])) if finding.args.get("anchor") else ""


def _standing(found: str, args: Mapping[str, object]) -> str:
    """How a step stands: its date, what locks it or what it waits for, or a state."""
    locks, anchor = args.get("locks"), args.get("anchor")
    if found == "locked" and isinstance(locks, tuple):
        return _("locked by {steps}").format(steps=", ".join(f"`{_name(each)}`" for each in locks))
    if found == "waiting" and anchor:
        return _("waiting for `{anchor}`").format(anchor=_name(anchor))
    moment = from_stamp(found)
    if moment is not None:
        return _("due {due}").format(due=_moment(moment))
    return _(_STATES[found]) if found in _STATES else state_word(found)


def _step(title: object, step_id: str) -> str:
    return f"{quoted(_name(title))} ({_name(step_id)})" if title else f"`{_name(step_id)}`"


def _name(value: object) -> str:
    """A name from a file, on one line and short."""
    text = line(str(value or ""))
    return text if len(text) <= 80 else text[:79] + "…"


def _moment(value: object) -> str:
    """A day with its year, or an instant that is local already."""
    if not isinstance(value, date):
        return "–"
    day = short_day(value, date.min)
    return f"{day} {clock_time(value)}" if isinstance(value, datetime) else day

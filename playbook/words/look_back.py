"""Promised against actual for earlier runs of a playbook, in words."""

from collections.abc import Sequence
from datetime import date

from playbook.core.look_back import LookBack, PastRun
from playbook.words import _, plural
from playbook.words.dates import short_day, span_words
from playbook.words.refusals import run_state_word

LAST = 3
"""Finished runs that are told of before a start."""


def summary_words(found: LookBack) -> list[str]:
    """What they have in common. Nothing of none."""
    return [*time_words(found), *fate_words(found)]


def time_words(found: LookBack) -> list[str]:
    """How many were finished, how long they took, and whether targets were met."""
    if not found.finished:
        return []
    said = [plural("{count} earlier run", "{count} earlier runs", found.finished)]
    if found.shortest == found.longest:
        said.append(span_words(found.longest, "bd"))
    else:
        said.append(_("{least} to {most} working days").format(least=found.shortest, most=found.longest))
        if found.usual is not None:
            said.append(_("usually {days}").format(days=found.usual))
    if found.with_target:
        said.append(_("target met {met} of {all}").format(met=found.target_met, all=found.with_target))
    return said


def fate_words(found: LookBack) -> list[str]:
    """What became of the promises, and how many runs were abandoned."""
    said = []
    if found.promises:
        said.append(_("promises kept {kept} of {all}").format(kept=found.kept, all=found.promises))
    if found.moved:
        said.append(_("moved with notice {count}").format(count=found.moved))
    if found.abandoned:
        said.append(plural("{count} run abandoned", "{count} runs abandoned", found.abandoned))
    return said


def before_a_start(runs: Sequence[PastRun]) -> str:
    """How long the last ones took, in a sentence: the moment before a day is said to the client. "" of none."""
    last = [run for run in runs if run.is_finished][:LAST]
    if not last:
        abandoned = plural("The last run was abandoned.", "The last {count} runs were abandoned.", len(runs))
        return abandoned if runs else ""
    first, *more = (run.working_days for run in last)
    match more:
        case []:
            said = plural("The last one took {count} working day", "The last one took {count} working days", first)  # fmt: skip
        case [second]:
            said = _("The last 2 took {first} and {second} working days").format(first=first, second=second)
        case _more:
            said = _("The last 3 took {first}, {second} and {third} working days").format(
                first=first, second=more[0], third=more[1]
            )
    aim = _aims(last)
    return f"{said}; {aim}." if aim else f"{said}."


def _aims(runs: Sequence[PastRun]) -> str:
    """Whether their targets were met."""
    aims = [run.late_by <= 0 for run in runs if run.late_by is not None]
    if not aims:
        return ""
    if len(aims) < len(runs):
        return _("targets met: {met} of {all}").format(met=sum(aims), all=len(aims))
    if not any(aims):
        return _("the target was not met")
    if len(runs) == 1:
        return _("the target was met")
    return plural("the target was met once", "the target was met {count} times", sum(aims))


def when_words(run: PastRun, today: date) -> str:
    """`Mon 5 Oct – Fri 16 Oct`; of another year the end says so, and the start where it is yet another."""
    if run.start == run.end:
        return short_day(run.end, today)
    start = short_day(run.start, run.end if run.start.year == run.end.year else today)
    return f"{start} – {short_day(run.end, today)}"


def length_words(run: PastRun) -> str:
    """`10 working days`."""
    return span_words(run.working_days, "bd")


def target_words(run: PastRun) -> str:
    """`7 days after the target`; "" without one. An abandoned run says only that."""
    late = run.late_by
    if not run.is_finished:
        return run_state_word("abandoned")
    if late is None:
        return ""
    if late > 0:
        return plural("{count} day after the target", "{count} days after the target", late)
    if late < 0:
        return plural("{count} day before the target", "{count} days before the target", -late)
    return _("on target")


def promise_words(run: PastRun) -> str:
    """`kept 2, missed 1`: what became of the promises of ours."""
    moved, missed, still = (run.promises.get(outcome, 0) for outcome in ("moved", "missed", ""))
    return _counted(
        (_("kept {count}"), run.kept), (_("moved with notice {count}"), moved), (_("missed {count}"), missed),
        (_("still open {count}"), still),
    )  # fmt: skip


def step_words(run: PastRun) -> str:
    """`skipped 1, left open 2`: the steps that were not done."""
    return _counted(
        (_("skipped {count}"), run.left_out.get("skipped", 0)), (_("n/a {count}"), run.left_out.get("n/a", 0)),
        (_("left open {count}"), run.left_open),
    )  # fmt: skip


def _counted(*counts: tuple[str, int]) -> str:
    return ", ".join(said.format(count=count) for said, count in counts if count)


def run_cells(run: PastRun, today: date) -> tuple[str, ...]:
    """One run on a line of its own: name, when, how long, against its target, its promises, its steps."""
    promises, steps = promise_words(run), step_words(run)
    return (
        run.name, when_words(run, today), f"{length_words(run)} ({span_words(run.days, 'd')})", target_words(run),
        _("promises: {told}").format(told=promises) if promises else "", _("steps: {told}").format(told=steps) if steps else "",
    )  # fmt: skip

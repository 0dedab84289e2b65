"""Promised against actual for earlier runs of a playbook, in words."""

from datetime import date

from playbook.core.look_back import LookBack, PastRun
from playbook.core.text import line
from playbook.words import _, plural
from playbook.words.dates import short_day


def summary_words(found: LookBack) -> list[str]:
    """What they have in common: how many, how long, whether targets and promises were kept. Nothing of none."""
    if not found.runs:
        return []
    said = [plural("{count} earlier run", "{count} earlier runs", len(found.runs))]
    if found.shortest == found.longest:
        said.append(plural("{count} working day", "{count} working days", found.longest))
    else:
        said.append(_("{least} to {most} working days").format(least=found.shortest, most=found.longest))
    if found.usual is not None and found.shortest != found.longest:
        said.append(_("usually {days}").format(days=found.usual))
    if found.with_target:
        said.append(_("target met {met} of {all}").format(met=found.target_met, all=found.with_target))
    if found.promises:
        said.append(_("promises kept {kept} of {all}").format(kept=found.kept, all=found.promises))
    return said


def run_cells(run: PastRun, today: date) -> tuple[str, ...]:
    """One run: name, client, when, how long, against its target, its promises."""
    when = f"{short_day(run.start, today)} – {short_day(run.end, today)}"
    length = plural("{count} working day", "{count} working days", run.working_days)
    late = run.late_by
    aim = "" if late is None else _("on target") if late == 0 else _late(late)
    kept = run.promises.get("early", 0) + run.promises.get("on-time", 0)
    ended = sum(count for outcome, count in run.promises.items() if outcome)
    promises = _("promises kept {kept} of {all}").format(kept=kept, all=ended) if ended else ""
    return run.name, line(run.client_name), when, length, aim, promises


def _late(days: int) -> str:
    if days > 0:
        return plural("{count} day after the target", "{count} days after the target", days)
    return plural("{count} day before the target", "{count} days before the target", -days)

"""`start`, `runs`, `next`, `history`."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, client_argument, playbook_argument, read_pairs, run_argument, sets
from playbook.cli.shell import Shell
from playbook.core.calendar import as_stamp, from_stamp
from playbook.core.text import line
from playbook.words import _, plural
from playbook.words.moments import due_words, local_time
from playbook.words.refusals import state_word

if TYPE_CHECKING:
    from playbook.cli.showing import Fill
    from playbook.core.decide import Sheet
    from playbook.core.history import HistoryRow
    from playbook.core.view import StepView
    from playbook.store.queries import RunRow


@click.command(
    "start", help=_("Start a playbook for a client. Days as ISO or as people write them: fri, +2, 12 dec.")
)
@playbook_argument
@client_argument
@click.option("--on", "start", default="", metavar="DATE", help=_("The start; default today."))
@click.option("--target", default="", metavar="DATE", help=_("The target day, if the playbook has one."))
@sets
@click.option("--role", "roles", multiple=True, metavar="ROLE=PERSON", help=_("Who has a role; default you."))
@click.option("--dry-run", is_flag=True, help=_("Show every date, store nothing."))
@as_json
@click.pass_obj
def start_verb(
    shell: Shell, playbook: str, client: str, start: str, target: str, pairs: tuple[str, ...], roles: tuple[str, ...],
    dry_run: bool, wants_json: bool,
) -> None:  # fmt: skip
    """Start a run, or preview it."""
    from playbook.workspace.starting import StartForm

    people = {
        role: person if isinstance(person, str) else person[-1]
        for role, person in read_pairs(roles, "ROLE=PERSON").items()
    }
    form = StartForm(line(playbook), line(client), start, target, read_pairs(pairs), people)
    runs = shell.workspace.runs
    sheet = shell.need(runs.preview(form) if dry_run else runs.start(form))
    if wants_json:
        shell.json(_start_data(sheet))
    elif dry_run:
        shell.lines(_preview(shell, sheet))
    else:
        shell.out(sheet.run.name)
        _tell_started(shell, sheet)
    if dry_run:
        shell.say(_("Nothing was stored."))


def _preview(shell: Shell, sheet: "Sheet") -> list[str]:
    shown = [found for found in sheet.view.steps.values() if not found.is_hidden]
    return list(columns([
        (found.step.id, line(found.step.title), _when(shell, sheet, found),
         _("moved to the start") if found.due.moved_to_start else "")
        for found in shown
    ], indent="  "))  # fmt: skip


def _tell_started(shell: Shell, sheet: "Sheet") -> None:
    steps = plural("{count} step", "{count} steps", sheet.view.total)
    title, due = line(sheet.run.playbook.title), sheet.view.next_due
    if due is None:
        shell.say(_("Started “{playbook}”: {steps}.").format(playbook=title, steps=steps))
        return
    day = due_words(due, shell.workspace.clock.now(), sheet.calendar)
    shell.say(
        _("Started “{playbook}”: {steps}, the first due {day}.").format(playbook=title, steps=steps, day=day)
    )


def _when(shell: Shell, sheet: "Sheet", found: "StepView") -> str:
    if found.due.moment:
        return due_words(found.due.moment, shell.workspace.clock.now(), sheet.calendar)
    if not found.due.waiting:
        return "–"
    from playbook.words.dates import relative
    from playbook.words.names import title_of

    return line(relative(found.due.waiting, title_of(sheet, found.due.waiting.anchor)))


def _start_data(sheet: "Sheet") -> dict[str, Any]:
    return {
        "id": sheet.run.name, "start": sheet.run.start, "target": sheet.run.target,
        "steps": [
            {"id": step_id, "title": found.step.title, "hidden": found.is_hidden,
             "due": as_stamp(found.due.moment) if found.due.moment else None,
             "waiting_for": found.due.waiting.anchor if found.due.waiting else None}
            for step_id, found in sheet.view.steps.items()
        ],
    }  # fmt: skip


@click.command("runs", help=_("The open runs, or with --all the ended ones, too."))
@click.option("--client", default="", metavar="CLIENT", help=_("Only this client's."))
@click.option("--all", "ended", is_flag=True, help=_("Finished and abandoned ones, too."))
@as_json
@click.pass_obj
def runs_verb(shell: Shell, client: str, ended: bool, wants_json: bool) -> None:
    """Print one line a run."""
    client_id = shell.client_id(client) if client else ""
    rows = shell.workspace.lists.runs(client_id, ended=ended)
    if wants_json:
        shell.json([
            {"id": r.name, "title": r.title, "client": {"id": r.client_slug, "name": r.client_name}, "state": r.state,
             "start": r.start, "target": r.target, "progress": {"done": r.done, "total": r.total},
             "next_due": r.next_due, "ended_at": r.ended_at}
            for r in rows
        ])  # fmt: skip
        return
    if not rows:
        shell.say(_("No runs. Start one: playbook start PLAYBOOK CLIENT"))
    shell.lines(run_rows(shell, rows))


def run_rows(shell: Shell, rows: "list[RunRow]", indent: str = "") -> list[str]:
    """Runs below each other: name, progress, state, and the next date or the day it ended."""
    at, calendar = shell.workspace.clock.now(), shell.workspace.calendar
    widest = max((len(f"{row.done}/{row.total}") for row in rows), default=0)
    lines = []
    for row in rows:
        stamp = row.next_due if row.state == "open" else row.ended_at
        moment = from_stamp(stamp or "")
        is_over = moment is not None and row.state != "open"
        when = (
            local_time(stamp or "", calendar)[:10]
            if is_over
            else due_words(moment, at, calendar)
            if moment
            else ""
        )
        lines.append((row.name, f"{row.done}/{row.total}".rjust(widest), state_word(row.state), when))
    return list(columns(lines, indent))


@click.command("next", help=_("The next step of a run, with its guide and what to say."))
@run_argument
@as_json
@click.pass_obj
def next_verb(shell: Shell, run: str, wants_json: bool) -> None:
    """Print the step to do next."""
    from playbook.cli.showing import filler, step_lines
    from playbook.core.decide import first_ready

    opened = shell.need(shell.workspace.runs.open(shell.run_id(run)))
    sheet, clock = opened.sheet, shell.workspace.clock
    filled = filler(opened, clock, shell.workspace.me)
    found = first_ready(sheet.view) if sheet.run.state == "open" else None
    if wants_json:
        progress = {"done": sheet.view.done, "total": sheet.view.total}
        shell.json(
            {
                "run": sheet.run.name,
                "progress": progress,
                "step": _step_data(found, filled) if found else None,
            }
        )
    elif found is not None:
        shell.lines(step_lines(found, sheet, clock, filled))
    elif sheet.run.state == "open":
        shell.say(_("No step is open. Finish the run: playbook finish {run}").format(run=sheet.run.name))
    else:
        shell.say(_("{run} is {state}.").format(run=sheet.run.name, state=state_word(sheet.run.state)))


def _step_data(found: "StepView", filled: "Fill") -> dict[str, Any]:
    step = found.step
    return {
        "id": step.id, "title": step.title, "due": as_stamp(found.due.moment) if found.due.moment else None,
        "locked_by": list(found.locked_by), "guide": filled(step.guide), "say": filled(step.say),
        "fields": [f.id for f in found.fields],
    }  # fmt: skip


@click.command("history", help=_("Every change to a run or client: when, who, what, from and to, why."))
@click.argument("what", metavar="RUN|CLIENT")
@as_json
@click.pass_obj
def history_verb(shell: Shell, what: str, wants_json: bool) -> None:
    """Print one line a change."""
    rows, names = _history(shell, what)
    if wants_json:
        keys = ("seq", "at", "by", "kind", "step", "field", "entry", "old", "new", "reason", "undoes")
        shell.json([{key: getattr(row, key) for key in keys} for row in rows])
        return
    from playbook.words.changes import change_words

    calendar = shell.workspace.calendar
    digits = max((len(str(row.seq)) for row in rows), default=0)
    shell.lines(columns([
        (str(row.seq).rjust(digits), local_time(row.at, calendar), line(row.by), names.get(row.run, ""),
         change_words(row, calendar) + ("  " + _("(undone)") if row.is_undone else ""))
        for row in rows
    ]))  # fmt: skip


def _history(shell: Shell, what: str) -> "tuple[list[HistoryRow], dict[str, str]]":
    """The changes, and for a client the names of its runs."""
    if "/" not in what:
        client_id = shell.workspace.clients.find(line(what))
        if isinstance(client_id, str):
            runs = shell.workspace.lists.runs(client_id, ended=True)
            return shell.workspace.clients.history(client_id), {run.id: run.name for run in runs}
    return shell.workspace.runs.history(shell.run_id(what)), {}

"""`runs`, `next`, `history`."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, run_argument
from playbook.cli.shell import Shell
from playbook.core.calendar import as_stamp, from_stamp
from playbook.core.text import line
from playbook.words import _
from playbook.words.moments import due_words, local_time, when_words
from playbook.words.refusals import run_state_word

if TYPE_CHECKING:
    from playbook.core.history import HistoryRow
    from playbook.core.view import StepView
    from playbook.store.queries import RunRow
    from playbook.words.run_texts import RunTexts


@click.command("runs", help=_("The open runs, or with --all the ended ones, too."))
@click.option("--client", default="", metavar=_("CLIENT"), help=_("Only this client's."))
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
        lines.append((row.name, f"{row.done}/{row.total}".rjust(widest), run_state_word(row.state), when))
    return list(columns(lines, indent))


@click.command("next", help=_("The next step of a run, with its guide and what to say."))
@run_argument
@as_json
@click.pass_obj
def next_verb(shell: Shell, run: str, wants_json: bool) -> None:
    """Print the step to do next."""
    from playbook.cli.showing import step_lines
    from playbook.core.decide import first_ready

    runs, run_id = shell.workspace.runs, shell.run_id(run)
    opened = shell.need(runs.open(run_id))
    sheet, clock = opened.sheet, shell.workspace.clock
    texts = opened.texts(shell.workspace.signature, clock.today())
    found = first_ready(sheet.view) if sheet.run.state == "open" else None
    if wants_json:
        progress = {"done": sheet.view.done, "total": sheet.view.total}
        shell.json(
            {
                "run": sheet.run.name,
                "progress": progress,
                "step": _step_data(found, texts) if found else None,
            }
        )
    elif found is not None:
        shell.lines(step_lines(found, sheet, clock, texts, runs.closing(run_id, found.step.id)))
    elif sheet.run.state == "open":
        shell.say(_("No step is open. Finish the run: playbook finish {run}").format(run=sheet.run.name))
    else:
        shell.say(_("{run} is {state}.").format(run=sheet.run.name, state=run_state_word(sheet.run.state)))


def _step_data(found: "StepView", texts: "RunTexts") -> dict[str, Any]:
    step = found.step
    return {
        "id": step.id, "title": step.title, "due": as_stamp(found.due.moment) if found.due.moment else None,
        "locked_by": list(found.locked_by), "guide": texts.own(step.guide).strip(), "say": texts.script(step).say.strip(),
        "fields": [f.id for f in found.fields],
    }  # fmt: skip


@click.command("history", help=_("Every change to a run or client: when, who, what, from and to, why."))
@click.argument("what", metavar=_("RUN|CLIENT"))
@as_json
@click.pass_obj
def history_verb(shell: Shell, what: str, wants_json: bool) -> None:
    """Print one line a change."""
    rows, runs = _history(shell, what)
    if wants_json:
        keys = ("seq", "at", "by", "kind", "step", "field", "entry", "old", "new", "reason", "undoes")
        shell.json([{key: getattr(row, key) for key in keys} for row in rows])
        return
    from playbook.words.changes import change_words

    calendar, names = shell.workspace.calendar, shell.workspace.runs.names(rows)
    today = shell.workspace.clock.today()
    digits = max((len(str(row.seq)) for row in rows), default=0)
    shell.lines(columns([
        (str(row.seq).rjust(digits), when_words(row.at, calendar, today), line(row.by), runs.get(row.run, ""),
         change_words(row, calendar, names.get(row.run)) + ("  " + _("(undone)") if row.is_undone else ""))
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

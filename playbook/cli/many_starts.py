"""`start --csv`: many runs from a table, told row by row."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playbook.cli.columns import columns
from playbook.cli.shell import OK, PARTLY, REFUSED, Ended, Shell
from playbook.core.text import line
from playbook.words import _, plural
from playbook.words.moments import due_words
from playbook.words.refusals import refusal_words
from playbook.workspace.many_starts import Many, ManyStarts, RowStart


def start_many(
    shell: Shell, playbook: str, path: Path, *, adds_clients: bool, dry_run: bool, wants_json: bool
) -> int:
    """Start what the rows of a table say, or only show it; 4 when not every row could be started."""
    starts = ManyStarts(shell.workspace.runs.starting)
    many = starts.read(path, playbook, adds_clients=adds_clients)
    if not isinstance(many, Many):
        for refusal in many:
            shell.say(refusal_words(refusal))
        raise Ended(REFUSED)
    done: list[RowStart] = []
    try:
        for row in starts.preview(many) if dry_run else starts.start(many):
            done.append(row)
            _tell(shell, path, row, names=not (dry_run or wants_json))
    finally:  # what was stored is told, also when the disk is full half way
        if wants_json:
            shell.json([_data(row) for row in done])
    if dry_run and not wants_json:
        shell.lines(_preview(shell, done))
    failed = sum(row.refusal is not None for row in done)
    _tell_count(shell, len(done) - failed, failed, dry_run=dry_run)
    return PARTLY if failed else OK


def _tell(shell: Shell, path: Path, row: RowStart, *, names: bool) -> None:
    """Say why a row was not started, or print the name of its run where `names` are wanted."""
    if row.refusal is not None:
        who = f"{row.client[:60]}: " if row.client else ""
        shell.say(f"{line(str(path))}:{row.line}: {who}{refusal_words(row.refusal)}")
    elif names:
        shell.out(row.run)


def _preview(shell: Shell, rows: Iterable[RowStart]) -> list[str]:
    now, calendar = shell.workspace.clock.now(), shell.workspace.calendar
    fits = [row for row in rows if row.refusal is None]
    digits = max((len(str(row.line)) for row in fits), default=0)
    return list(columns([
        (str(row.line).rjust(digits), row.run, due_words(row.first_due, now, calendar) if row.first_due else "–",
         _("new client: {name}").format(name=row.client) if row.adds_client else "")
        for row in fits
    ], indent="  "))  # fmt: skip


def _tell_count(shell: Shell, fits: int, failed: int, *, dry_run: bool) -> None:
    fails = plural("{count} row failed", "{count} rows failed", failed)
    runs = plural("{count} run started", "{count} runs started", fits)
    if dry_run:
        runs = plural("{count} run would be started", "{count} runs would be started", fits)
    shell.say(_("{runs}, {fails}.").format(runs=runs, fails=fails))
    if dry_run:
        shell.say(_("Nothing was stored."))
    elif fits:
        shell.say(
            plural("`playbook undo` takes it back.", "`playbook undo` takes them back, all at once.", fits)
        )


def _data(row: RowStart) -> dict[str, Any]:
    error = refusal_words(row.refusal) if row.refusal is not None else None
    return {"line": row.line, "client": row.client, "run": row.run or None, "error": error}

"""`today`: what is due over all clients."""

from typing import TYPE_CHECKING, Any

import click

from playbook.cli.options import as_json
from playbook.cli.shell import Shell
from playbook.core.calendar import from_stamp
from playbook.core.text import line
from playbook.words import N_, _

if TYPE_CHECKING:
    from playbook.store.queries import TodayRow


@click.command("today", help=N_("What is overdue, due today and in the seven days after it, over all clients."))
@click.option("--on", "day", default="", metavar="DATE", help=N_("As of another day."))
@as_json
@click.pass_obj
def today_verb(shell: Shell, day: str, wants_json: bool) -> None:
    """Print what is due."""
    workspace = shell.workspace
    on = None
    if day:
        from playbook.core.daywords import read_day
        from playbook.core.schedule import day_of

        calendar = workspace.calendar
        on = day_of(shell.need(read_day(day, workspace.clock.today(), calendar)), calendar)
    page = workspace.lists.today(on)
    lanes = (("overdue", _("Overdue"), page.overdue), ("today", _("Today"), page.today), ("week", _("Next seven days"), page.week))  # fmt: skip
    if wants_json:
        shell.json([_data(row, lane) for lane, _title, rows in lanes for row in rows])
        return
    if not any(rows for _lane, _title, rows in lanes):
        shell.say(_("Nothing is due in the next seven days."))
    for _lane, title, rows in lanes:
        if rows:
            shell.out(f"{title}")
            for row in rows:
                shell.out("  " + _line(shell, row))


def _line(shell: Shell, row: "TodayRow") -> str:
    from playbook.words.moments import due_words

    moment = from_stamp(row.due)
    due = due_words(moment, shell.workspace.clock.now(), shell.workspace.calendar) if moment else ""
    locked = "  " + _("(locked)") if row.locked else ""
    return f"{due:<18} {line(row.client_name)}: {line(row.step_title)}  [{row.run_name} {row.step_id}]{locked}"


def _data(row: "TodayRow", lane: str) -> dict[str, Any]:
    return {
        "lane": lane, "run": row.run_name, "client": {"id": row.client_slug, "name": row.client_name},
        "playbook": row.playbook_title, "step": row.step_id, "title": row.step_title, "due": row.due,
        "channel": row.channel or None, "locked": bool(row.locked),
    }  # fmt: skip

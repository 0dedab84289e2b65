"""`today`: what is due over all clients."""

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json
from playbook.cli.shell import Shell
from playbook.core.calendar import from_stamp
from playbook.core.text import line
from playbook.words import _, plural

if TYPE_CHECKING:
    from datetime import date

    from playbook.store.queries import TodayRow
    from playbook.workspace.lists import TodayPage


@click.command("today", help=_("What is overdue, due today, due in the seven days after it, and waits for others; over all clients."))  # fmt: skip
@click.option(
    "--on", "day", default="", metavar=_("DATE"), help=_("As of another day, such as fri or 2026-12-12.")
)
@as_json
@click.pass_obj
def today_verb(shell: Shell, day: str, wants_json: bool) -> None:
    """Print what is due."""
    page = shell.workspace.lists.today(shell.day(day) if day else None)
    lanes = (
        ("overdue", page.overdue), ("today", page.today), ("week", page.week), ("waiting", page.waiting),
        ("blocked", page.blocked),
    )  # fmt: skip
    if wants_json:
        shell.json([_data(row, lane) for lane, rows in lanes for row in rows])
    elif not any(rows for _lane, rows in lanes):
        shell.say(_("Nothing is due in the next seven days."))
    else:
        at = _as_of(shell, page.day)
        blocks = [[_title(shell, lane, page.day), *_lines(shell, rows, at)] for lane, rows in lanes if rows]
        shell.out("\n\n".join("\n".join(block) for block in blocks))
    _tell_rest(shell, page)


def _as_of(shell: Shell, day: "date") -> datetime:
    """The moment against which dates are told: now, or the beginning of another day."""
    workspace = shell.workspace
    return (
        workspace.clock.now() if day == workspace.clock.today() else workspace.calendar.instant(day, time.min)
    )


def _title(shell: Shell, lane: str, day: "date") -> str:
    if lane == "today" and day != shell.workspace.clock.today():
        from playbook.words.dates import short_day

        return short_day(day, shell.workspace.clock.today())
    titles = {
        "overdue": _("Overdue"), "today": _("Today"), "week": _("Next seven days"), "waiting": _("Waiting on others"),
        "blocked": _("Blocked"),
    }  # fmt: skip
    return titles[lane]


def _lines(shell: Shell, rows: "list[TodayRow]", at: datetime) -> list[str]:
    from playbook.words.moments import due_words

    calendar = shell.workspace.calendar
    moments = [from_stamp(row.due) for row in rows]
    return list(columns([
        (due_words(moment, at, calendar) if moment else "", line(row.client_name), line(row.step_title),
         row.run_name, row.step_id, " · ".join(_held(row)))
        for row, moment in zip(rows, moments, strict=True)
    ], indent="  "))  # fmt: skip


def _held(row: "TodayRow") -> list[str]:
    """What keeps a step from being done."""
    return [word for word, holds in ((_("blocked"), row.blocked), (_("locked"), row.locked)) if holds]


def _tell_rest(shell: Shell, page: "TodayPage") -> None:
    """Say how many steps are due that the list was too long to hold."""
    rest = sum(page.counts) - sum(map(len, (page.overdue, page.today, page.week)))
    if rest > 0:
        shell.say(plural("{count} more step is due.", "{count} more steps are due.", rest))


def _data(row: "TodayRow", lane: str) -> dict[str, Any]:
    return {
        "lane": lane, "run": row.run_name, "client": {"id": row.client_slug, "name": row.client_name},
        "playbook": row.playbook_title, "step": row.step_id, "title": row.step_title, "due": row.due or None,
        "channel": row.channel or None, "locked": bool(row.locked),
    }  # fmt: skip

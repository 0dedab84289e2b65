"""`today`: what is due over all clients."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json
from playbook.cli.shell import Shell
from playbook.core.calendar import from_stamp
from playbook.core.text import line
from playbook.words import _, plural
from playbook.words.standing import quiet_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.workspace.lists import Due, QuietRow, ReadyRow, TodayPage, TodayRow


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
        ("blocked", page.blocked), ("words", page.words),
    )  # fmt: skip
    if wants_json:
        found = [_data(row, lane) for lane, rows in lanes for row in rows]
        shell.json(
            [*found, *(_quiet_data(row) for row in page.quiet), *(_ready_data(row) for row in page.ready)]
        )
    elif not any(rows for _lane, rows in lanes) and not page.quiet and not page.ready:
        shell.say(_("Nothing is due in the next seven days."))
    else:
        at = _as_of(shell, page.day)
        blocks = [[_title(shell, lane, page.day), *_lines(shell, rows, at)] for lane, rows in lanes if rows]
        blocks += [[_title(shell, "quiet", page.day), *_quiet_lines(shell, page)]] if page.quiet else []
        blocks += [[_title(shell, "ready", page.day), *_ready_lines(page)]] if page.ready else []
        shell.out("\n\n".join("\n".join(block) for block in blocks))
    _tell_rest(shell, page)


@click.command("remind", help=_("What is overdue and due today, for a mail or a notice from cron. It says nothing when nothing is due."))  # fmt: skip
@click.pass_obj
def remind_verb(shell: Shell) -> None:
    """Print a digest, or nothing."""
    page = shell.workspace.lists.today()
    at = _as_of(shell, page.day)
    lanes = (("overdue", page.overdue), ("today", page.today))
    blocks = [[_title(shell, lane, page.day), *_lines(shell, rows, at)] for lane, rows in lanes if rows]
    if blocks:
        shell.out("\n\n".join("\n".join(block) for block in blocks))


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
        "blocked": _("Blocked"), "words": _("Promises and next words"), "quiet": _("Quiet clients"),
        "ready": _("Ready to close"),
    }  # fmt: skip
    return titles[lane]


def _lines(shell: Shell, rows: "Sequence[Due]", at: datetime) -> list[str]:
    from playbook.words.moments import due_words

    calendar = shell.workspace.calendar
    moments = [from_stamp(row.due) for row in rows]
    return list(columns([
        (due_words(moment, at, calendar) if moment else "", line(row.client_name), *_named(shell, row, at))
        for row, moment in zip(rows, moments, strict=True)
    ], indent="  "))  # fmt: skip


def _named(shell: Shell, row: "Due", at: datetime) -> tuple[str, ...]:
    """What is due and how it is called on the command line."""
    from playbook.workspace.lists import EntryRow

    if isinstance(row, EntryRow):
        from playbook.words.entries import entry_words

        calendar = shell.workspace.calendar
        said = entry_words(row.kind, row.text, row.on, row.at, row.owner, calendar, calendar.day_of(at))
        return said, f"{row.client_slug}#{row.n}", "", ""
    return line(row.step_title), row.run_name, row.step_id, " · ".join(_held(row))


def _quiet_lines(shell: Shell, page: "TodayPage") -> list[str]:
    return list(columns([(line(row.name), quiet_words(_days(row, page))) for row in page.quiet], indent="  "))


def _days(row: "QuietRow", page: "TodayPage") -> int:
    return (page.day - date.fromisoformat(row.last_voice)).days


def _ready_lines(page: "TodayPage") -> list[str]:
    return list(columns([(line(r.client_name), line(r.title), r.run_name, f"{r.done}/{r.total}") for r in page.ready], indent="  "))  # fmt: skip


def _held(row: "TodayRow") -> list[str]:
    """What keeps a step from being done."""
    return [word for word, holds in ((_("blocked"), row.blocked), (_("locked"), row.locked)) if holds]


def _tell_rest(shell: Shell, page: "TodayPage") -> None:
    """Say how many steps are due that the list was too long to hold."""
    rest = sum(page.counts) - sum(map(len, (page.overdue, page.today, page.week)))
    if rest > 0:
        shell.say(plural("{count} more step is due.", "{count} more steps are due.", rest))


def _quiet_data(row: "QuietRow") -> dict[str, Any]:
    return {"lane": "quiet", "client": {"id": row.slug, "name": row.name}, "last_voice": row.last_voice}


def _ready_data(row: "ReadyRow") -> dict[str, Any]:
    return {
        "lane": "ready", "run": row.run_name, "client": {"id": row.client_slug, "name": row.client_name},
        "playbook": row.title, "done": row.done, "total": row.total,
    }  # fmt: skip


def _data(row: "Due", lane: str) -> dict[str, Any]:
    from playbook.workspace.lists import EntryRow

    if isinstance(row, EntryRow):
        return {
            "lane": lane, "entry": f"{row.client_slug}#{row.n}", "client": {"id": row.client_slug, "name": row.client_name},
            "kind": row.kind, "title": row.text, "due": row.due, "on": row.on, "owner": row.owner,
        }  # fmt: skip
    return {
        "lane": lane, "run": row.run_name, "client": {"id": row.client_slug, "name": row.client_name},
        "playbook": row.playbook_title, "step": row.step_id, "title": row.step_title, "due": row.due or None,
        "channel": row.channel or None, "locked": bool(row.locked),
    }  # fmt: skip

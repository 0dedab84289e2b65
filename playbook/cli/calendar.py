"""`calendar`, `calendar set | off | on`."""

from datetime import date
from typing import TYPE_CHECKING

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, read_pairs
from playbook.cli.shell import Shell
from playbook.core.problems import Refusal
from playbook.words import _, plural

if TYPE_CHECKING:
    from playbook.core.working_time import WorkingTime
    from playbook.workspace.calendars import CalendarChange


@click.group("calendar", invoke_without_command=True, help=_("Working days: work week, holidays, days off. Alone it shows them."))  # fmt: skip
@as_json
@click.pass_context
def calendar_verb(ctx: click.Context, wants_json: bool) -> None:
    """Print the calendar, unless it is changed."""
    if ctx.invoked_subcommand is not None:
        return
    shell: Shell = ctx.obj
    calendars = shell.workspace.calendars
    here, today, next_ones = calendars.working_time(), shell.workspace.clock.today(), calendars.upcoming()
    zone, (country, region) = str(shell.workspace.clock.zone), calendars.place()
    if wants_json:
        shell.json({
            "time_zone": zone, "week": here.values()["week"], "country": here.country, "country_name": country,
            "region": here.region, "region_name": region,
            "holidays": [{"day": day.isoformat(), "name": name} for day, name in next_ones],
            "off": [day.isoformat() for day in here.off],
        })  # fmt: skip
        return
    shell.lines(
        _shown(here, zone, _named(here.country, country), _named(here.region, region), next_ones, today)
    )


def _named(code: str, name: str) -> str:
    return f"{name} ({code})" if name and name != code else code


def _shown(
    here: "WorkingTime", zone: str, country: str, region: str, holidays: list[tuple[date, str]], today: date
) -> list[str]:
    from playbook.words.calendars import days_words, week_words
    from playbook.words.dates import short_day

    known = [
        (_("Time zone"), zone),
        (_("Work week"), week_words(here.week)),
        (_("Country"), country or "–"),
        *([(_("Region"), region)] if region else []),
        (_("Days off"), ", ".join(days_words((day for day in here.off if day >= today), today)) or "–"),
    ]
    lines = list(columns(known))
    if holidays:
        lines += [_("Next holidays"), *columns([(short_day(day, today), name) for day, name in holidays], indent="  ")]  # fmt: skip
    return lines


@calendar_verb.command("set", short_help=_("Set country, region and work week."), help=_("Set `country=ES`, `region=MD`, `week=mon-fri`. An empty value clears one. Names such as Spain and Madrid will do as well."))  # fmt: skip
@click.argument("pairs", nargs=-1, required=True, metavar=_("KEY=VALUE…"))
@click.pass_obj
def set_(shell: Shell, pairs: tuple[str, ...]) -> None:
    """Change values, all or none."""
    given = read_pairs(pairs, _("KEY=VALUE"))
    values = {key: value if isinstance(value, str) else ",".join(value) for key, value in given.items()}
    _say(shell, shell.workspace.calendars.set(values))


_days = click.argument("days", nargs=-1, required=True, metavar=_("DATE…"))


@calendar_verb.command("off", short_help=_("Take days off."), help=_("Take days off: `2026-12-24`, `fri`, `24 dec..31 dec`."))  # fmt: skip
@_days
@click.pass_obj
def off(shell: Shell, days: tuple[str, ...]) -> None:
    """Add days off."""
    _say(shell, shell.workspace.calendars.off(_read(shell, days)))


@calendar_verb.command("on", short_help=_("Work on days off after all."), help=_("Work on days off after all: `2026-12-24`, `fri`, `24 dec..31 dec`."))  # fmt: skip
@_days
@click.pass_obj
def on(shell: Shell, days: tuple[str, ...]) -> None:
    """Take days off back."""
    _say(shell, shell.workspace.calendars.on(_read(shell, days)))


def _read(shell: Shell, texts: tuple[str, ...]) -> list[date]:
    from playbook.core.working_time import read_days

    today, calendar = shell.workspace.clock.today(), shell.workspace.calendars.base()
    return [day for text in texts for day in shell.need(read_days(text, today, calendar))]


def _say(shell: Shell, outcome: "CalendarChange | Refusal") -> None:
    change = shell.need(outcome)
    said = _("Changed.") if change.is_changed else _("It is so already.")
    dated = plural("{count} open run was dated anew.", "{count} open runs were dated anew.", change.runs)
    shell.say(f"{said} {dated}" if change.runs else said)

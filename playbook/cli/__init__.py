"""The command line. Each verb lives in a module that is loaded only when it is used.

The words of a verb's help are translated when its module is loaded, so `run` settles the language first.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from playbook.cli.shell import Shell, guarded
from playbook.words import N_, _, use_language

VERBS: Mapping[str, tuple[str, str]] = {
    "open": ("opening", N_("Open the app, at a client or run if one is named.")),
    "demo": ("opening", N_("Open the app on made-up data that is thrown away.")),
    "today": ("today", N_("What is due, over all clients.")),
    "remind": ("today", N_("What is overdue and due today; nothing when nothing is.")),
    "list": ("library", N_("The playbooks there are.")),
    "show": ("library", N_("A playbook, or a run as it stands.")),
    "check": ("library", N_("Check playbook files and name every problem.")),
    "fmt": ("formatting", N_("Put playbook files in order.")),
    "test": ("proving", N_("Run the tests that playbooks carry.")),
    "new": ("making", N_("Begin a playbook of your own, or copy one to change.")),
    "edit": ("editing", N_("Open a playbook in your editor, and check it.")),
    "schema": ("library", N_("The JSON Schema of playbook files, for editors.")),
    "client": ("clients", N_("Add, list, show and change clients.")),
    "log": ("ledger", N_("Write an entry into a client's ledger.")),
    "close": ("ledger", N_("Say how an entry of a ledger ended.")),
    "put-off": ("ledger", N_("Leave an open entry until a later day.")),
    "amend": ("ledger", N_("Change what an entry says.")),
    "forget-fact": ("ledger", N_("Delete a fact about a person, for good.")),
    "ledger": ("ledger", N_("A client's ledger.")),
    "status-asked": ("ledger", N_("A client asked for the status.")),
    "card": ("card", N_("A client's card, with what is owed and how it stands.")),
    "verdict": ("card", N_("Bad news: tell it now, or may it wait?")),
    "search": ("searching", N_("Find what holds some words, over all clients.")),
    "look-back": ("looking_back", N_("Promised against actual, for earlier runs of a playbook.")),
    "versions": ("versions", N_("The versions of a playbook that runs have used.")),
    "start": ("starting", N_("Start a playbook for a client, or for many from a table.")),
    "runs": ("runs", N_("The runs there are.")),
    "next": ("runs", N_("The next step of a run.")),
    "history": ("runs", N_("Every change to a run or client.")),
    "tick": ("steps", N_("Mark a step done.")),
    "reopen": ("steps", N_("Open a settled step, or an ended run, again.")),
    "skip": ("steps", N_("Leave a step out, with a reason.")),
    "note": ("steps", N_("Add a note to a step or run.")),
    "remark": ("remarks", N_("Say what a step of the playbook should be the next time.")),
    "remarks": ("remarks", N_("What was remarked on a playbook's steps.")),
    "due": ("dates", N_("Set a step's date by hand, or move the start or target.")),
    "block": ("arranging", N_("Flag a step that cannot go on.")),
    "unblock": ("arranging", N_("Let a blocked step go on.")),
    "add-step": ("arranging", N_("Add a step to one run.")),
    "assign": ("arranging", N_("Give a step or role to somebody.")),
    "finish": ("ending", N_("End a run well.")),
    "abandon": ("ending", N_("End a run without claiming success.")),
    "undo": ("ending", N_("Take back the newest change.")),
    "redo": ("ending", N_("Do again what was taken back.")),
    "sync": ("syncing", N_("Bring open runs up to their playbooks.")),
    "diff": ("syncing", N_("What a playbook or a run's playbook changed.")),
    "export": ("exporting", N_("Write a run as a document.")),
    "config": ("settings", N_("Show or change settings.")),
    "calendar": ("calendar", N_("Working days: work week, holidays, days off.")),
    "paths": ("settings", N_("Where everything lives.")),
    "completion": ("settings", N_("Print the completion script for a shell.")),
    "doctor": ("care", N_("Check the database, and mend what can be mended.")),
    "backup": ("care", N_("Copy the database to a file.")),
    "restore": ("care", N_("Bring back the database from a backup.")),
}
"""Verb, its module, and its one line in the help."""


class Verbs(click.Group):
    """A group that loads a verb's module when the verb is used; its help needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, from its module."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"playbook.cli.{VERBS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_verb")
        return _worded(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was typed; a mistyped one is answered with the nearest."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from playbook.core.nearest import nearest

            near = nearest(args[0], VERBS)
            hint = _(" Did you mean {near}?").format(near=near) if near else ""
            ctx.fail(_("There is no command “{verb}”.").format(verb=args[0][:40]) + hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, without loading any."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(verb, _(line)) for verb, (_module, line) in VERBS.items()])


def _worded(command: click.Command) -> click.Command:
    """The command with its usage line in the language in force, which click writes in English."""
    command.options_metavar = _("[OPTIONS]")
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("[COMMAND] [ARGUMENTS]…")
        for inner in command.commands.values():
            _worded(inner)
    return command


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from playbook import __version__

        click.echo(f"playbook {__version__}")
        ctx.exit()


def _begin(ctx: click.Context, libraries: tuple[str, ...]) -> None:
    ctx.obj = Shell(libraries)
    ctx.call_on_close(ctx.obj.close)
    if ctx.invoked_subcommand is None:
        from playbook.cli.opening import open_app

        ctx.exit(open_app(ctx.obj))


def make_root() -> click.Group:
    """The whole command line, its help in the language in force."""
    params = [
        click.Option(["--library", "libraries"], multiple=True, metavar=_("DIR"), help=_("Look for playbooks here first; may repeat.")),
        click.Option(["--version", "-V"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help=_("Print the version.")),
    ]  # fmt: skip
    about = _("Run playbooks for client relations, step by step, client by client.")
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "terminal_width": _columns()}
    root = Verbs(
        "playbook", params=params, callback=click.pass_context(_begin), invoke_without_command=True,
        context_settings=settings, help=about + "\n\n" + _("Without a command it opens the app."),
    )  # fmt: skip
    _worded(root)
    return root


def _columns() -> int:
    """How wide help is written; click would load a library to find out."""
    given = os.environ.get("COLUMNS", "")
    try:
        wide = int(given) if given.isdecimal() else os.get_terminal_size().columns
    except OSError:
        wide = 80
    return max(min(wide, 100), 52) - 2


def run(args: Sequence[str]) -> int:
    """Carry out a command line; the exit code is 0, 1 refused, 2 usage, 3 store, 4 partly, 130 interrupted."""
    use_language(_wanted_language())
    for stream in (sys.stdout, sys.stderr):
        _make_printable(stream)
    return guarded(lambda: _invoke(args))


def _wanted_language() -> str:
    """What the config says, else the system. Help is written before anything is loaded, so no parser is asked."""
    try:
        with open(_config_file(), encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - loads no library
            top = file.read(100_000).partition("\n[")[0]
    except (OSError, ValueError):
        return system_language()
    found = re.search(r"""^language\s*=\s*["']([A-Za-z_-]+)["']""", top, re.MULTILINE)
    return found[1] if found else system_language()


def _config_file() -> str:
    """Where `locations` has the config, found without its libraries where the rule is short."""
    expanded = os.path.expanduser
    if home := os.environ.get("PLAYBOOK_HOME"):
        return f"{expanded(home)}/config/config.toml"
    if sys.platform != "linux":
        from playbook.locations import find

        return str(find().config_file)
    base = os.environ.get("XDG_CONFIG_HOME", "").strip() or "~/.config"
    return f"{expanded(base)}/playbook-tui/config.toml"


def system_language() -> str:
    """The language the system asks for, such as `es_ES.UTF-8`."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    found = next((value for name in names if (value := os.environ.get(name))), "")
    first = os.environ.get("LANGUAGE", "").partition(":")[0]
    return first if first and found.partition(".")[0] not in ("", "C", "POSIX") else found


def _make_printable(stream: Any) -> None:
    """Let a stream take any text, whatever its encoding."""
    if not hasattr(stream, "reconfigure"):
        return
    if stream.encoding.lower() in ("utf-8", "utf8"):
        stream.reconfigure(errors="replace")
    else:
        from playbook.cli.plain_letters import PLAIN, register

        register()
        stream.reconfigure(errors=PLAIN)


def _invoke(args: Sequence[str]) -> Any:
    root = make_root()
    if "_PLAYBOOK_COMPLETE" in os.environ:
        return root.main(list(args), prog_name="playbook")
    with root.make_context("playbook", list(args)) as ctx:  # `main` would end with 1 when a pipe is closed
        return root.invoke(ctx)

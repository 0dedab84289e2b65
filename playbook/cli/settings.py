"""`config`, `paths`, `completion`."""

import os

import click

from playbook.cli.options import as_json
from playbook.cli.shell import REFUSED, Ended, Shell
from playbook.words import _


@click.group("config", help=_("Show or change settings (config.toml)."))
def config_verb() -> None:
    """Hold `get` and `set`."""


@config_verb.command("get", help=_("Show one setting, or all."))
@click.argument("key", metavar=_("[KEY]"), required=False)
@as_json
@click.pass_obj
def get(shell: Shell, key: str | None, wants_json: bool) -> None:
    """Print settings."""
    settings = shell.workspace.settings.shown()
    if key is not None:
        settings = {key: shell.need(shell.workspace.settings.get(key))}
    if wants_json:
        shell.json(settings)
        return
    for name, value in settings.items():
        shown = ", ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else value
        shown = ", ".join(str(item) for item in shown) if isinstance(shown, (list, tuple)) else shown
        shell.out(str(shown) if key else f"{name} = {shown}")


@config_verb.command("set", help=_("Change one setting; without VALUE it goes back to the default."))
@click.argument("key", metavar=_("KEY"))
@click.argument("value", metavar=_("[VALUE]"), required=False, default="")
@click.pass_obj
def set_(shell: Shell, key: str, value: str) -> None:
    """Write a setting; comments in the file stay."""
    if value and (wrong := _fault(key, value)):
        shell.say(wrong)
        raise Ended(REFUSED)
    refusal = shell.workspace.settings.set(key, value)
    if refusal is not None:
        shell.refuse(refusal)
    shell.say(_("Changed in {path}.").format(path=shell.workspace.locations.config_file))


def _fault(key: str, value: str) -> str:
    """What is wrong with a theme or a key; only the app knows them, so it is asked."""
    if key == "theme":
        from textual.theme import BUILTIN_THEMES

        from playbook.theme import THEMES

        known = [*(theme.name for theme in THEMES), *BUILTIN_THEMES]
        said = _("There is no theme “{theme}”. There are: {known}.")
        return "" if value in known else said.format(theme=value[:40], known=", ".join(known))
    if key.startswith("keys."):
        from playbook.dialogs.keymap import faults

        return " ".join(faults({key.removeprefix("keys."): value}))
    return ""


@click.command("paths", help=_("Where config, data, playbooks, backups and the log live."))
@as_json
@click.pass_obj
def paths_verb(shell: Shell, wants_json: bool) -> None:
    """Print the places."""
    from playbook.locations import shipped_library

    places = shell.workspace.locations
    found = {
        "config": places.config_file, "database": places.store, "playbooks": places.library,
        "shipped": shipped_library(), "backups": places.backups, "log": places.log, "cache": places.cache,
    }  # fmt: skip
    if wants_json:
        shell.json({name: str(path) for name, path in found.items()})
        return
    for name, path in found.items():
        shell.out(f"{name:<10} {path}")


@click.command("completion", help=_("Print the completion script for bash, zsh or fish."))
@click.argument("shell_name", metavar=_("SHELL"), type=click.Choice(["bash", "zsh", "fish"]))
def completion_verb(shell_name: str) -> None:
    """Print a script to be sourced."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell_name)
    assert kind is not None
    os.environ.setdefault("PATH", os.defpath)
    root = click.get_current_context().find_root().command
    click.echo(kind(root, {}, "playbook", "_PLAYBOOK_COMPLETE").source())

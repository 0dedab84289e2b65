"""Opening the workspace from the environment, the config and the folders."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playbook import locations
from playbook.clock import local_zone, open_clock
from playbook.config import Config
from playbook.words import _, use_language

if TYPE_CHECKING:
    from playbook.workspace import Workspace


def open_workspace(libraries: tuple[Path, ...], say: Callable[[str], None]) -> "Workspace":
    """The workspace of this installation; faults of the config are said, and defaults stand in."""
    from playbook.workspace import Workspace

    places = locations.find()
    config = read_config(places, say)
    use_language(config.language or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", ""))
    try:
        clock = open_clock(local_zone())
    except ValueError:
        say(_("PLAYBOOK_NOW is not a time like 2026-11-23T09:00. The real time is used."))
        os.environ.pop("PLAYBOOK_NOW")
        clock = open_clock(local_zone())
    return Workspace(places, clock, config, me=config.name or _login(), libraries=libraries)


def read_config(places: locations.Locations, say: Callable[[str], None]) -> Config:
    """The config; a missing file is no fault and costs no parser."""
    if not places.config_file.exists():
        return Config()
    from playbook.files.settings import read_settings
    from playbook.words.problems import message

    config, problems = read_settings(places.config_file)
    for problem in problems:
        say(f"{places.config_file}:{problem.line or 1}: {message(problem.problem)}")
    return config


def _login() -> str:
    """The name under which changes are recorded when the config gives none."""
    for name in ("USER", "LOGNAME", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name][:60]
    return _("me")

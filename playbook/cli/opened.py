"""Opening the workspace from the environment, the config and the folders."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from playbook import locations
from playbook.clock import Clock, local_zone, open_clock
from playbook.config import Config
from playbook.core.text import line
from playbook.words import _, use_language

if TYPE_CHECKING:
    from playbook.workspace import Workspace


def open_workspace(libraries: tuple[str, ...], say: Callable[[str], None]) -> "Workspace":
    """The workspace of this installation; faults of the config are said, and defaults stand in."""
    from pathlib import Path

    from playbook.workspace import Workspace

    places = locations.find()
    config = read_config(places, say)
    if config.language:
        use_language(config.language)
    folders = tuple(Path(folder) for folder in libraries)
    me = config.name or _login()
    return Workspace(places, _clock(say), config, me=me, signature=config.name, libraries=folders)


def read_config(places: locations.Locations, say: Callable[[str], None]) -> Config:
    """The config; a missing file is no fault and costs no parser."""
    try:
        if not places.config_file.exists():
            return Config()
    except OSError:  # a home that may not be looked into: the database says so
        return Config()
    from playbook.files.settings import read_settings
    from playbook.words.problems import message

    config, problems = read_settings(places.config_file)
    for problem in problems:
        say(f"{places.config_file}:{problem.line or 1}: {message(problem.problem)}")
    return config


def _clock(say: Callable[[str], None]) -> Clock:
    try:
        return open_clock(local_zone())
    except (ValueError, OverflowError):
        say(_("PLAYBOOK_NOW is not a time like 2026-11-23T09:00. The real time is used."))
        del os.environ["PLAYBOOK_NOW"]
        return open_clock(local_zone())


def _login() -> str:
    """The name under which changes are recorded when the config gives none."""
    names = (line(os.environ.get(variable, ""))[:60] for variable in ("USER", "LOGNAME", "USERNAME"))
    return next((name for name in names if name), _("me"))

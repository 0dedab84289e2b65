"""Where things live. Nothing is created here."""

import os
from pathlib import Path
from typing import NamedTuple

NAME = "playbook-tui"


class Locations(NamedTuple):
    """The folders and files of one installation."""

    config: Path
    data: Path
    state: Path
    cache: Path

    @property
    def config_file(self) -> Path:
        """What the user sets."""
        return self.config / "config.toml"

    @property
    def library(self) -> Path:
        """The user's own playbooks."""
        return self.data / "playbooks"

    @property
    def store(self) -> Path:
        """The database."""
        return self.data / "playbook.db"

    @property
    def backups(self) -> Path:
        """Automatic copies of the database."""
        return self.data / "backups"

    @property
    def drafts(self) -> Path:
        """What was typed into playbook files and not saved."""
        return self.state / "drafts"

    @property
    def log(self) -> Path:
        """What went wrong, without anybody's data."""
        return self.state / "playbook.log"


def find() -> Locations:
    """The folders in force: all under `PLAYBOOK_HOME` when that is set, else where the system wants them."""
    if home := os.environ.get("PLAYBOOK_HOME"):
        root = Path(home).expanduser().absolute()
        return Locations(root / "config", root / "data", root / "state", root / "cache")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(NAME, appauthor=False)
    return Locations(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_cache_path)


def shipped_library() -> Path:
    """The playbooks that come with the program: in the wheel, or beside the package in a checkout."""
    here = Path(__file__).parent
    inside = here / "library"
    return inside if inside.is_dir() else here.parent / "playbooks"

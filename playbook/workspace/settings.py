"""The settings in config.toml, read and written one at a time."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import LANGUAGES

if TYPE_CHECKING:
    from playbook.workspace import Workspace

NAME_LENGTH = 60
"""Letters of a name."""


class Settings:
    """What the user set, and the defaults beside it."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace
        self.was_name_asked = False
        """Whether the PM was asked for the name in this session."""

    def shown(self) -> dict[str, Any]:
        """Every setting with its value in force."""
        return asdict(self.workspace.config)

    def get(self, key: str) -> Any:
        """One setting, `keys.ACTION` among them; a Refusal when there is none of that name."""
        head, _, tail = key.partition(".")
        known = self.shown()
        if head not in known or (tail and head != "keys"):
            return Refusal("config-key", {"key": key[:60], "known": list(known)})
        return known["keys"].get(tail, "") if tail else known[head]

    def set(self, key: str, value: str) -> Refusal | None:
        """Write a setting into the file, comments kept; "" takes it out. None when it is done."""
        found = self.get(key)
        if isinstance(found, Refusal):
            return found
        if key == "language" and value and value not in LANGUAGES:
            return Refusal("config-language", {"value": value[:60], "known": list(LANGUAGES)})
        from playbook.files.settings import write_setting

        return write_setting(self.workspace.locations.config_file, key, value)

    def set_name(self, name: str) -> Refusal | None:
        """Write the PM's name into the file, and sign with it from now on."""
        said = line(name)[:NAME_LENGTH]
        refusal = self.set("name", said)
        if refusal is None and said:
            self.workspace.me = self.workspace.signature = said
            self.workspace.config = replace(self.workspace.config, name=said)
        return refusal

"""What the user set in config.toml, as plain frozen data. Every key is optional."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. `files/settings.py` reads them, driven by these hints."""

    name: str = ""
    """Under which changes are recorded; the login name when empty."""
    language: str = ""
    """Of the screens and messages; the system's when empty."""
    theme: str = ""
    """Name of the colours; the program's own when empty."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Action id and the key it is to have."""
    library: tuple[str, ...] = field(default=(), metadata={"one": True})
    """Further folders with playbooks."""
    page: Literal["a4", "letter"] = "a4"
    """Paper of printed exports."""
    backups: int = 7
    """Automatic copies of the database that are kept."""

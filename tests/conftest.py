"""No test touches anybody's real data, and none depends on the clock, the language or the user of this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.words import use_language

NOW = "2026-11-23T09:00"
"""A Monday."""


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another home, a frozen clock, English, and a user called Ana."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "PLAYBOOK_PATH", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PLAYBOOK_NOW", NOW)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("USER", "Ana")
    yield
    use_language("en")

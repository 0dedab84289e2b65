"""Screens are tried with a clock that stands still, no animation, and never on anybody's real data."""

from pathlib import Path

import pytest

NOW = "2026-11-21T09:00"


@pytest.fixture(autouse=True)
def calm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another home, a frozen clock, English."""
    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PLAYBOOK_NOW", NOW)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")

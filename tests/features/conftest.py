"""Every feature is tried on one home, from the command line and in the app, on Monday 23 November 2026."""

import pytest


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    """No animation."""
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def acme() -> str:
    """A client to try it on."""
    from tests.cli.calling import good

    good("config", "set", "name", "Ana")
    return good("client", "add", "Acme", "Studio").strip()

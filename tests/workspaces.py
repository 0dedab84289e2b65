"""Workspaces in a folder of the test, with a clock that stands still, and plain playbooks to run in them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from playbook.clock import Clock
from playbook.config import Config
from playbook.core.decide import Sheet
from playbook.core.problems import Refusal
from playbook.locations import Locations
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm

T = TypeVar("T")

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def make_workspace(home: Path, *, me: str = "Ana", now: datetime = MONDAY) -> Workspace:
    """A workspace whose home is this folder; two of them are two programs on one database."""
    places = Locations(home / "config", home / "data", home / "state", home / "cache")
    return Workspace(places, Clock(UTC, now), Config(), me=me)


def add_playbook(workspace: Workspace, playbook_id: str, text: str) -> Path:
    """A playbook file in the workspace's own library; where it is."""
    workspace.locations.library.mkdir(parents=True, exist_ok=True)
    path = workspace.locations.library / f"{playbook_id}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def plain_playbook(steps: int, title: str = "Many") -> str:
    """A playbook of so many steps, each due a day after the one before."""
    parts = [f'title = "{title}"\n\n[[section]]\ntitle = "All"\n']
    parts += [
        f'[[section.step]]\nid = "step-{n}"\ntitle = "Step {n}"\ndue = "start + {n % 400}d"\n'
        for n in range(steps)
    ]
    return "\n".join(parts)


def allowed(outcome: T | Refusal) -> T:
    """The outcome of something that must not be refused."""
    assert not isinstance(outcome, Refusal), outcome
    return outcome


def start(workspace: Workspace, playbook_id: str, client: str) -> Sheet:
    """Start a playbook for a client, who is added when there is none of that name."""
    if isinstance(workspace.clients.find(client), Refusal):
        allowed(workspace.clients.add(client))
    return allowed(workspace.runs.start(StartForm(playbook_id, client)))


def workspace_in_two_languages(home: Path, playbook_id: str, text: str, twin: str) -> Workspace:
    """A workspace with a playbook in English and its twin in Spanish."""
    made = make_workspace(home)
    add_playbook(made, playbook_id, text)
    folder = made.locations.library / "es"
    folder.mkdir()
    (folder / f"{playbook_id}.toml").write_text(twin, encoding="utf-8")
    return made


def file_text(workspace: Workspace, playbook_id: str, language: str = "en") -> str:
    """What the file of a playbook in one's own library says."""
    folder = workspace.locations.library
    return (
        (folder if language == "en" else folder / language).joinpath(f"{playbook_id}.toml").read_text("utf-8")
    )

"""The workspace: library, store and clock together. Every use case is one short method of a noun.

The nouns are loaded when they are first used, so that the first screen costs only what it shows.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from playbook.core.calendar import Calendar
from playbook.locations import Locations
from playbook.store.trouble import StoreTrouble

if TYPE_CHECKING:
    from pathlib import Path

    from playbook.clock import Clock
    from playbook.config import Config
    from playbook.store.database import Store
    from playbook.workspace.calendars import Calendars
    from playbook.workspace.care import Care
    from playbook.workspace.clients import Clients
    from playbook.workspace.editing import Editing
    from playbook.workspace.editor import Editor
    from playbook.workspace.ledger import Ledger
    from playbook.workspace.lists import Lists
    from playbook.workspace.past import Past
    from playbook.workspace.playbooks import Playbooks
    from playbook.workspace.runs import Runs
    from playbook.workspace.searching import Search
    from playbook.workspace.settings import Settings
    from playbook.workspace.syncing import Syncing


class Workspace:
    """One installation, opened by one program."""

    def __init__(
        self,
        locations: Locations,
        clock: "Clock",
        config: "Config",
        *,
        me: str,
        signature: str | None = None,
        libraries: "tuple[Path, ...]" = (),
    ) -> None:
        """`me` is who acts; `libraries` are folders that stand before all others.

        `signature` is the name that drafts are signed with, "" while nobody chose one; `me` unless given.
        """
        self.locations = locations
        self.clock = clock
        self.config = config
        self.me = me
        self.signature = me if signature is None else signature
        self.libraries = libraries
        self.patience = 5.0

    @cached_property
    def store(self) -> "Store":
        """The database, opened at first use; raises StoreTrouble."""
        from playbook.store.database import open_store

        return open_store(self.locations.store, backups=self.config.backups, patience=self.patience)

    @property
    def has_store(self) -> bool:
        """Whether the database is open already."""
        return "store" in self.__dict__

    @cached_property
    def calendar(self) -> Calendar:
        """The PM's days and clock, for showing dates; `calendars` know which of them are working days."""
        return Calendar(zone=self.clock.zone)

    @cached_property
    def calendars(self) -> "Calendars":
        """Working days: the PM's, and those of clients in other countries."""
        from playbook.workspace.calendars import Calendars

        return Calendars(self)

    @cached_property
    def lists(self) -> "Lists":
        """Rows for Today, Clients and the palette."""
        from playbook.workspace.lists import Lists

        return Lists(self)

    @cached_property
    def runs(self) -> "Runs":
        """Runs: start, work through, finish, take back."""
        from playbook.workspace.runs import Runs

        return Runs(self)

    @cached_property
    def past(self) -> "Past":
        """Runs as they stood before."""
        from playbook.workspace.past import Past

        return Past(self)

    @cached_property
    def ledger(self) -> "Ledger":
        """What was said and promised, client by client."""
        from playbook.workspace.ledger import Ledger

        return Ledger(self)

    @cached_property
    def search(self) -> "Search":
        """Everything that holds some words."""
        from playbook.workspace.searching import Search

        return Search(self)

    @cached_property
    def clients(self) -> "Clients":
        """Clients and their contacts."""
        from playbook.workspace.clients import Clients

        return Clients(self)

    @cached_property
    def syncing(self) -> "Syncing":
        """Bringing open runs up to the library's playbooks."""
        from playbook.workspace.syncing import Syncing

        return Syncing(self)

    @cached_property
    def editing(self) -> "Editing":
        """Editing playbook files step by step."""
        from playbook.workspace.editing import Editing

        return Editing(self)

    @cached_property
    def editor(self) -> "Editor":
        """Playbook files as a whole, opened to be written by hand."""
        from playbook.workspace.editor import Editor

        return Editor(self)

    @cached_property
    def playbooks(self) -> "Playbooks":
        """The library."""
        from playbook.workspace.playbooks import Playbooks

        return Playbooks(self)

    @cached_property
    def care(self) -> "Care":
        """The database's health: backups, damage, rebuilding."""
        from playbook.workspace.care import Care

        return Care(self)

    @cached_property
    def settings(self) -> "Settings":
        """What the user set."""
        from playbook.workspace.settings import Settings

        return Settings(self)

    def close(self) -> None:
        """Let go of the database."""
        if self.has_store:
            self.store.close()
            del self.__dict__["store"]


__all__ = ["StoreTrouble", "Workspace"]

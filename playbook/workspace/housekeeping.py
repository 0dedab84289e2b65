"""What is looked after once the first screen stands, beside it and unasked."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.workspace import Workspace


def tidy(workspace: "Workspace") -> None:
    """Take away what a program that was killed left half written beside playbooks, settings and the cache."""
    from playbook.files.atomic import sweep

    places = workspace.locations
    for folder in (*workspace.playbooks.library.written_folders(), places.config, places.cache):
        sweep(folder)


def chores(workspace: "Workspace") -> Callable[[], None]:
    """The day's automatic copy and tidying up, as work for a thread; what it needs is opened here."""
    care = workspace.care if workspace.has_store and not workspace.store.is_read_only else None

    def work() -> None:
        with suppress(Exception):  # a full disk must not stop the day's work; doctor tells
            tidy(workspace)
            if care is not None:
                care.backup_if_due()

    return work

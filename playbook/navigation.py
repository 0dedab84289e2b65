"""Which screen follows which where one looks back: histories, past moments, earlier runs and versions."""

from typing import TYPE_CHECKING

from playbook.dialogs.held_keys import HeldKeys

if TYPE_CHECKING:
    from playbook.screens.client import ClientScreen
    from playbook.screens.history import HistoryScreen
    from playbook.screens.playbooks import PlaybooksScreen
    from playbook.screens.run import RunScreen
    from playbook.workspace import Workspace


class Navigation(HeldKeys[int]):
    """The part of the app that opens the screens of what was; nothing is changed in any of them."""

    workspace: "Workspace"

    def show_history(self, *, run_id: str = "", client_id: str = "") -> None:
        """The changes of a run or client."""
        from playbook.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(self.workspace, run_id=run_id, client_id=client_id))

    def on_run_screen_history_wanted(self, event: "RunScreen.HistoryWanted") -> None:
        """A run's changes."""
        self.show_history(run_id=event.run_id)

    def on_client_screen_history_wanted(self, event: "ClientScreen.HistoryWanted") -> None:
        """A client's changes."""
        self.show_history(client_id=event.client_id)

    def on_history_screen_moment_wanted(self, event: "HistoryScreen.MomentWanted") -> None:
        """A run as it stood after a change."""
        from playbook.screens.past_run import PastRunScreen

        self.push_screen(PastRunScreen(self.workspace, event.run_id, event.change))

    def on_playbooks_screen_look_back_wanted(self, event: "PlaybooksScreen.LookBackWanted") -> None:
        """How earlier runs of a playbook went."""
        from playbook.screens.look_back import LookBackScreen

        self.push_screen(LookBackScreen(self.workspace, event.playbook_id))

    def on_playbooks_screen_versions_wanted(self, event: "PlaybooksScreen.VersionsWanted") -> None:
        """Which versions of a playbook runs have used."""
        from playbook.screens.versions import VersionsScreen

        self.push_screen(VersionsScreen(self.workspace, event.playbook_id))

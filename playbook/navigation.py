"""Which screen follows which."""

from typing import TYPE_CHECKING, Any

from playbook.dialogs.held_keys import HeldKeys
from playbook.dialogs.main_screen import MainScreen
from playbook.screens.today import TodayScreen

if TYPE_CHECKING:
    from playbook.core.search import Hit
    from playbook.screens.client import ClientScreen
    from playbook.screens.clients import ClientsScreen
    from playbook.screens.history import HistoryScreen
    from playbook.screens.pause import PauseScreen
    from playbook.screens.playbooks import PlaybooksScreen
    from playbook.screens.run import RunScreen
    from playbook.screens.search import SearchScreen
    from playbook.workspace import Workspace


class Navigation(HeldKeys[int]):
    """The app as far as it leads from screen to screen; each is loaded when it is first shown."""

    workspace: "Workspace"

    def action_open_tab(self, tab: str) -> None:
        """One of the three tabs, from anywhere."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if tab == "clients":
            from playbook.screens.clients import ClientsScreen

            self.push_screen(ClientsScreen(self.workspace))
        elif tab == "playbooks":
            from playbook.screens.playbooks import PlaybooksScreen

            self.push_screen(PlaybooksScreen(self.workspace))

    def show_run(self, run_id: str, step_id: str = "") -> None:
        """A run, at a step if one is named."""
        from playbook.screens.run import RunScreen

        self.push_screen(RunScreen(self.workspace, run_id, step_id))

    def show_client(self, client_id: str, row: str = "") -> None:
        """A client, at a row if one is named."""
        from playbook.screens.client import ClientScreen

        self.push_screen(ClientScreen(self.workspace, client_id, row))

    def show_history(self, *, run_id: str = "", client_id: str = "") -> None:
        """The changes of a run or client."""
        from playbook.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(self.workspace, run_id=run_id, client_id=client_id))

    def on_main_screen_run_chosen(self, event: MainScreen.RunChosen) -> None:
        """A row's run is opened, at its step."""
        self.show_run(event.run_id, event.step_id)

    def on_today_screen_client_chosen(self, event: TodayScreen.ClientChosen) -> None:
        """The client of an entry is opened."""
        self.show_client(event.client_id)

    def on_clients_screen_client_chosen(self, event: "ClientsScreen.ClientChosen") -> None:
        """A client is opened."""
        self.show_client(event.client_id)

    def on_client_screen_history_wanted(self, event: "ClientScreen.HistoryWanted") -> None:
        """A client's changes."""
        self.show_history(client_id=event.client_id)

    def on_playbooks_screen_look_back_wanted(self, event: "PlaybooksScreen.LookBackWanted") -> None:
        """How earlier runs of a playbook went."""
        from playbook.screens.look_back import LookBackScreen

        self.push_screen(LookBackScreen(self.workspace, event.playbook_id))

    def on_playbooks_screen_versions_wanted(self, event: "PlaybooksScreen.VersionsWanted") -> None:
        """Which versions of a playbook runs have used."""
        from playbook.screens.versions import VersionsScreen

        self.push_screen(VersionsScreen(self.workspace, event.playbook_id))

    def on_history_screen_moment_wanted(self, event: "HistoryScreen.MomentWanted") -> None:
        """A run as it stood after a change."""
        from playbook.screens.past_run import PastRunScreen

        self.push_screen(PastRunScreen(self.workspace, event.run_id, event.change))

    def on_playbooks_screen_remarks_wanted(self, event: "PlaybooksScreen.RemarksWanted") -> None:
        """What was remarked in the runs of a playbook."""
        from playbook.screens.remarks import RemarksScreen

        self.push_screen(RemarksScreen(self.workspace, event.playbook_id))

    def on_run_screen_history_wanted(self, event: "RunScreen.HistoryWanted") -> None:
        """A run's changes."""
        self.show_history(run_id=event.run_id)

    def on_run_screen_call_sheet_wanted(self, event: "RunScreen.CallSheetWanted") -> None:
        """A section is worked through on one page."""
        from playbook.screens.call_sheet import CallSheetScreen

        self.push_screen(CallSheetScreen(self.workspace, event.run_id, event.section_id))

    def on_run_screen_pause_wanted(self, event: "RunScreen.PauseWanted") -> None:
        """A section is confirmed line by line."""
        from playbook.screens.pause import PauseScreen

        self.push_screen(PauseScreen(self.workspace, event.run_id, event.section_id, is_short=event.is_short))

    def on_pause_screen_call_sheet_wanted(self, event: "PauseScreen.CallSheetWanted") -> None:
        """The call sheet in the place of the pause."""
        from playbook.screens.call_sheet import CallSheetScreen

        self.switch_screen(CallSheetScreen(self.workspace, event.run_id, event.section_id))

    def on_start_actions_run_started(self, event: Any) -> None:
        """A new run opens at once."""
        self.show_run(event.run_id)

    def action_search(self) -> None:
        """Find everywhere; the words of the filter come along."""
        from playbook.screens.search import SearchScreen

        screen = self.screen
        if isinstance(screen, SearchScreen):
            screen.focus_body()
        elif isinstance(screen, MainScreen):
            wanted = screen.wanted
            screen.clear_filter()
            self.push_screen(SearchScreen(self.workspace, wanted))

    def on_search_screen_chosen(self, event: "SearchScreen.Chosen") -> None:
        """What was found is opened where it stands."""
        self.show_hit(event.hit)

    def show_hit(self, hit: "Hit") -> None:
        """What a search found, where it stands."""
        if hit.kind in ("client", "entry"):
            self.show_client(hit.client_id, f"entry {hit.entry}" if hit.entry else "")
        else:
            self.show_run(hit.run_id, hit.step)

    def on_main_screen_edit_wanted(self, event: MainScreen.EditWanted) -> None:
        """A playbook's file is to be written by hand."""
        from playbook.screens.editor import EditorScreen

        self.push_screen(EditorScreen(self.workspace, event.playbook_id, event.language, event.step_id))

"""The app: theme, keymap, tabs, which screen follows which, and the last resort."""

import gc
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from playbook.dialogs.main_screen import MainScreen
from playbook.dialogs.your_name import ask_name
from playbook.navigation import Navigation
from playbook.screens.today import TodayScreen
from playbook.theme import THEMES
from playbook.widgets.colours import textual_theme, variable_defaults
from playbook.words import LANGUAGES, N_, N_context, _, in_context, use_language

if TYPE_CHECKING:
    from textual.theme import Theme

    from playbook.core.search import Hit
    from playbook.dialogs.step_targets import LastAction
    from playbook.screens.clients import ClientsScreen
    from playbook.screens.pause import PauseScreen
    from playbook.screens.run import RunScreen
    from playbook.screens.search import SearchScreen
    from playbook.workspace import Workspace

_KEYS = frozenset({
    N_context("key", "space"), N_context("key", "pgup"), N_context("key", "pgdn"), N_context("key", "home"),
    N_context("key", "end"), N_context("key", "del"),
})  # fmt: skip
"""Keys that keyboards name in words."""

GRACE = 2.0
"""Seconds a signal leaves the app to close by itself; a terminal that is gone can hold it for ever."""

_WANTED_SOON = (
    "playbook.screens.run", "playbook.workspace.runs", "playbook.dialogs.ask_text", "playbook.dialogs.asking",
    "playbook.dialogs.start_form", "sqlite_utils", "playbook.screens.call_sheet",
    "playbook.screens.pause",
)  # fmt: skip
"""Modules that most sessions need within a minute; loaded once the first screen stands."""

IDLE = 0.5
"""Seconds without a key after which what comes later is prepared."""

POLL = 1.0
"""Seconds between looks at whether another program changed something."""


REDATED, PAUSE = 20, 0.02
"""Runs dated anew in one go, and seconds until the next go: a key never waits long."""


def _palette() -> type:
    from playbook.dialogs.palette import PaletteProvider

    return PaletteProvider


class PlaybookApp(Navigation):
    """The window onto one workspace."""

    TITLE = "playbook"
    CSS_PATH = "app.tcss"
    COMMAND_PALETTE_BINDING = "ctrl+shift+p"  # ours, with id and words, is on every screen
    COMMANDS = App.COMMANDS | {_palette}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", N_("quit"), show=False, priority=True, id="app.quit",
                tooltip=N_("Close playbook")),
    ]  # fmt: skip

    def __init__(
        self, workspace: "Workspace", *, run_id: str = "", client_id: str = "", note: str = ""
    ) -> None:
        """Open at Today, or at a run or client; `note` is said once it is open."""
        super().__init__()
        self.workspace = workspace
        self.workspace.patience = 0.1
        self._first = (run_id, client_id)
        self._note = note
        self._seen: int | None = None
        self.last_action: LastAction | None = None
        """What was done to a step last; `.` does it again."""
        self._redated = False
        self.defect: BaseException | None = None
        self.ended_by = 0
        """128 + the number of the signal that ended it."""
        for theme in THEMES:
            self.register_theme(textual_theme(theme))
        wanted = workspace.config.theme
        self.theme = wanted if wanted in self.available_themes else THEMES[0].name
        self.animation_level = "none"
        self.set_keymap(workspace.config.keys)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables under themes that are not ours."""
        return variable_defaults(self._theme_in_force())

    def get_key_display(self, binding: Binding) -> str:
        """The key as it is written on a keyboard of the language in force."""
        shown = super().get_key_display(binding)
        return in_context("key", shown) if shown in _KEYS else shown

    def _theme_in_force(self) -> "Theme":
        return self.available_themes.get(self.theme) or textual_theme(THEMES[0])

    # Opening and closing.

    def get_default_screen(self) -> Screen[Any]:
        """Today is under everything."""
        return TodayScreen(self.workspace)

    def on_mount(self) -> None:
        """Go where the command line asked, and keep an eye on other programs."""
        self._watch_signals()
        run_id, client_id = self._first
        if run_id:
            self.show_run(run_id)
        elif client_id:
            self.show_client(client_id)
        self.set_interval(POLL, self._poll)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """After the first paint: what start-up made is not walked by the garbage collector again."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)  # a full collection in the middle of a key is felt
        if self._note:
            self.notify(self._note, markup=False, severity="warning", timeout=8)
        self.set_timer(IDLE, self._preload)
        self.set_timer(3.0, self._backup)

    def _preload(self) -> None:
        """Load, beside the screen and while nobody types, what the next keys will want."""
        if self.idle_for() < IDLE:
            self.set_timer(IDLE, self._preload)
            return

        def load() -> None:
            usual = sys.getswitchinterval()
            sys.setswitchinterval(usual / 20)  # a key gets its turn at once
            for name in _WANTED_SOON:
                import_module(name)
            sys.setswitchinterval(usual)

        loading = threading.Thread(target=load, daemon=True)
        loading.start()
        self._await_loaded(loading)

    def _await_loaded(self, loading: threading.Thread) -> None:
        """Look for the end of the loading from here: the thread may outlive the app and must not call it."""
        if loading.is_alive():
            self.set_timer(0.1, partial(self._await_loaded, loading))
        else:
            self._check_keys()

    def _check_keys(self) -> None:
        """Everything is loaded: keep it from the collector, and name what is wrong with the config's keys."""
        gc.freeze()
        self._redate()
        if self.workspace.config.keys:
            from playbook.dialogs.keymap import faults

            for fault in faults(self.workspace.config.keys):
                self.notify(fault, markup=False, severity="warning", timeout=8)

    def _redate(self) -> None:
        """Date open runs anew after the working days, the holidays or the time zone changed, while nobody types."""
        screen = self.screen
        if not self.workspace.has_store or not isinstance(screen, MainScreen):
            return
        if self.idle_for() < IDLE:
            self.set_timer(IDLE, self._redate)
            return
        done = screen.calmly(lambda: self.workspace.calendars.rederive(REDATED))
        if done:
            self._redated = True
            self.set_timer(PAUSE, self._redate)
        elif self._redated:
            self._redated = False
            screen.calmly(screen.reload)

    def _backup(self) -> None:
        """The day's automatic copy, in a thread: it has a connection of its own."""
        if self.workspace.has_store and not self.workspace.store.is_read_only:
            care = self.workspace.care

            def copy() -> None:
                with suppress(Exception):  # a full disk must not stop the day's work; doctor tells
                    care.backup_if_due()

            threading.Thread(target=copy, daemon=True).start()

    def _watch_signals(self) -> None:
        """TERM and HUP close cleanly with 143 and 129."""
        import asyncio

        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError):
                    loop.add_signal_handler(number, self._end, 128 + number)

    def _end(self, code: int) -> None:
        import os

        self.ended_by = code
        watchdog = threading.Timer(GRACE, os._exit, (code,))
        watchdog.daemon = True
        watchdog.start()
        self.exit(return_code=code)

    def _poll(self) -> None:
        """Another program's changes appear within a second; a busy database is looked at later."""
        if not self.workspace.has_store:
            return
        from playbook.workspace import StoreTrouble

        try:
            version = self.workspace.store.data_version()
        except StoreTrouble:
            return
        if version is None or version == self._seen:
            return
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return  # looked at again once the dialog is gone
        is_first, self._seen = self._seen is None, version
        if not is_first:
            screen.calmly(screen.reload)
            self._redate()

    def _handle_exception(self, error: Exception) -> None:
        """A defect of ours: the terminal is given back and nothing of anybody's data is shown."""
        if self.defect is None:
            self.defect = error
            self._return_code = 1
            self._close_messages_no_wait()

    # Which screen follows which.

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

    def on_main_screen_run_chosen(self, event: MainScreen.RunChosen) -> None:
        """A row's run is opened, at its step."""
        self.show_run(event.run_id, event.step_id)

    def on_today_screen_client_chosen(self, event: TodayScreen.ClientChosen) -> None:
        """The client of an entry is opened."""
        self.show_client(event.client_id)

    def on_clients_screen_client_chosen(self, event: "ClientsScreen.ClientChosen") -> None:
        """A client is opened."""
        self.show_client(event.client_id)

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

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Themes, languages and quitting; what else can be done stands in our own provider."""
        for theme in THEMES:
            title = _("Theme: dark") if theme.is_dark else _("Theme: light")
            yield SystemCommand(title, _("Change the colours"), lambda name=theme.name: self.use_theme(name))
        for code, name in LANGUAGES.items():
            title = _("Language: {name}").format(name=name)
            yield SystemCommand(title, _("Change the language"), lambda code=code: self.use_language(code))
        if isinstance(screen, MainScreen):
            ask = partial(screen.ask, ask_name, screen)
            yield SystemCommand(_("Your name"), _("What drafts are signed with"), ask)
        yield SystemCommand(_("Quit"), _("Close playbook"), self.action_quit)

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

    def action_command_palette(self) -> None:
        """The palette, which greets in the language in force."""
        from playbook.dialogs.palette import Palette

        app: Any = self
        if not Palette.is_open(app):
            self.push_screen(Palette())

    def use_theme(self, name: str) -> None:
        """Change the colours, and keep it in the config."""
        self.theme = name
        self._keep("theme", name)

    def use_language(self, code: str) -> None:
        """Speak another language on every screen at once, and keep it in the config."""
        use_language(code)
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                screen.speak()
        self._keep("language", code)

    def _keep(self, key: str, value: str) -> None:
        refusal = self.workspace.settings.set(key, value)
        if refusal is not None:
            from playbook.words.refusals import refusal_words

            self.notify(refusal_words(refusal), markup=False, severity="warning")

"""The app: theme, keymap, start and end, and the last resort."""

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
from textual.events import Event, Key
from textual.screen import Screen

from playbook.dialogs.main_screen import MainScreen
from playbook.dialogs.your_name import ask_name
from playbook.navigation import Navigation
from playbook.screens.today import TodayScreen
from playbook.sweeping import Sweeping
from playbook.theme import THEMES
from playbook.widgets.colours import textual_theme, variable_defaults
from playbook.words import LANGUAGES, N_, N_context, _, in_context, use_language

if TYPE_CHECKING:
    from textual.theme import Theme

    from playbook.dialogs.step_targets import LastAction
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
        self._sweeping = Sweeping()
        self.defect: BaseException | None = None
        self.ended_by = 0
        """128 + the number of the signal that ended it."""
        for theme in THEMES:
            self.register_theme(textual_theme(theme))
        wanted = workspace.config.theme
        self.theme = wanted if wanted in self.available_themes else THEMES[0].name
        self.animation_level = "none"
        self.set_keymap(workspace.config.keys)

    async def on_event(self, event: Event) -> None:
        """What keys leave behind is cleared up between them."""
        if isinstance(event, Key):
            self._sweeping.later()
        await super().on_event(event)

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
        self._sweeping.begin()
        if self._note:
            self.notify(self._note, markup=False, severity="warning", timeout=8)
        self.set_timer(IDLE, self._preload)
        self.set_timer(3.0, self._keep_house)

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

    def _keep_house(self) -> None:
        """The day's automatic copy and tidying up, in a thread: it has a connection of its own."""
        from playbook.workspace.housekeeping import chores

        threading.Thread(target=chores(self.workspace), daemon=True).start()

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

"""The palette: clients, runs, playbooks and what can be done here, by a few letters; and whatever holds the words."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.widgets.option_list import Option

from playbook.core.text import line
from playbook.dialogs.main_screen import MainScreen
from playbook.words import _

if TYPE_CHECKING:
    from playbook.workspace import Workspace

_MOVES = ("list.", "detail.", "back", "palette")
"""Keys that move about are no answer to "what can I do here?"."""

MOST = 40
"""Names the store is asked for at most."""

FEW = 6
"""Steps, entries and notes of each kind at most; ctrl+f finds them all."""

_LEAST = 0.1
"""Below the score of anything whose name has the letters."""


class _Choice(NamedTuple):
    """One thing that can be chosen."""

    text: str
    help: str
    run: Callable[[], Any]


class Palette(CommandPalette):
    """Textual's palette with our words."""

    def __init__(self) -> None:
        """The same id as Textual's own, by which its styles and `is_open` know it."""
        super().__init__(
            placeholder=_("Type a few letters of a client, run, playbook or action"), id="--command-palette"
        )

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """Say that nothing was found, after a moment; Textual would say it in English."""
        self._stop_no_matches_countdown()

        def show() -> None:
            if search_value:
                option = Option(Content(_("Nothing has these letters.")), disabled=True, id=self._NO_MATCHES)
                self.query_one(CommandList).add_option(option)
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, show)


class PaletteProvider(Provider):
    """What the palette offers."""

    @property
    def workspace(self) -> "Workspace":
        """The workspace of the app."""
        return self.app.workspace  # type: ignore[attr-defined,no-any-return]

    async def discover(self) -> Hits:
        """Actions of this screen, before anything is typed."""
        for choice in self._actions():
            yield DiscoveryHit(Content(choice.text), choice.run, help=choice.help)

    async def search(self, query: str) -> Hits:
        """Clients and runs first, then playbooks and actions."""
        fuzzy = FuzzySearch(case_sensitive=False)
        for choice in (*self._names(query), *self._playbooks(), *self._actions()):
            score, offsets = fuzzy.match(query, choice.text)
            if score > 0:
                shown = Content(choice.text)
                for offset in offsets:
                    shown = shown.stylize("bold", offset, offset + 1)
                yield Hit(score, shown, choice.run, text=choice.text, help=choice.help)
        for place, choice in enumerate(self._found(query)):
            yield Hit(
                _LEAST - place / 1000, Content(choice.text), choice.run, text=choice.text, help=choice.help
            )

    def _found(self, query: str) -> Iterator[_Choice]:
        """Steps, entries and notes that hold the words, below all that is called so."""
        from playbook.words.hits import where_words

        app: Any = self.app
        screen = self.screen
        hits = (
            screen.calmly(lambda: self.workspace.search.find(query, FEW))
            if isinstance(screen, MainScreen)
            else ()
        )
        for hit in hits or ():
            if hit.kind not in ("client", "run"):
                help_ = line(f"{hit.client_name} · {where_words(hit)}")
                yield _Choice(line(hit.text), help_, partial(app.show_hit, hit))

    def _names(self, query: str) -> Iterator[_Choice]:
        app: Any = self.app
        screen = self.screen
        found = (
            screen.calmly(lambda: self.workspace.lists.named(query, MOST))
            if isinstance(screen, MainScreen)
            else ()
        )
        for item in found or ():
            show = partial(app.show_client if item.kind == "client" else app.show_run, item.id)
            yield _Choice(
                line(f"{item.title} · {item.name}"), _("Client") if item.kind == "client" else _("Run"), show
            )

    def _playbooks(self) -> Iterator[_Choice]:
        from playbook.dialogs.starting import StartActions

        screen = self.screen
        if isinstance(screen, StartActions):
            for entry in self.workspace.playbooks.entries():
                title = _("Start {playbook}").format(playbook=entry.title)
                yield _Choice(line(title), line(entry.summary), partial(screen.start_playbook, entry.id))

    def _actions(self) -> Iterator[_Choice]:
        """Every key of the screen as words."""
        screen = self.screen
        seen: set[str] = set()
        for node, binding, enabled, tooltip in screen.active_bindings.values():
            name = binding.id or binding.action
            if enabled and binding.id and name not in seen and tooltip and not name.startswith(_MOVES):
                seen.add(name)
                key = self.app.get_key_display(binding)
                run = partial(self.app.run_action, binding.action, node)
                yield _Choice(f"{_(binding.description)}  ({key})", _(tooltip), run)

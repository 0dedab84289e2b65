"""Every key that works on a screen, and what it does."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from playbook.dialogs.dialog import LIST_ROWS, Dialog
from playbook.widgets.columns import Column
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import spans
from playbook.words import N_, _


class KeyHelp(NamedTuple):
    """One action: its keys, its word and what it does, as msgids."""

    keys: str
    description: str
    tooltip: str


class KeyGroup(NamedTuple):
    """Keys of one part of the program."""

    title: str
    """A msgid."""
    keys: tuple[KeyHelp, ...]


class HelpDialog(Dialog[bool]):
    """Scrolls through the keys; answers nothing."""

    DEFAULT_CSS = "HelpDialog > .box { width: 96; }"
    leaving = "help.close"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,question_mark,q", "leave", N_("close"), id="help.close", tooltip=N_("Back to the screen")
        ),
    ]

    def __init__(self, title: str, groups: Sequence[KeyGroup]) -> None:
        super().__init__(title, LIST_ROWS)
        self._groups = tuple(groups)
        self._list = RowList((Column(10), Column(16), Column(20, stretch=1)), signs=False)

    def body(self) -> Iterable[Widget]:
        """The list of keys."""
        yield self._list

    def on_mount(self) -> None:
        """Everything at once; the cursor is for scrolling."""
        rows: list[Row] = []
        for group in self._groups:
            rows.append(Row(f"#{len(rows)}", (spans(_(group.title)),), kind="heading"))
            for keys, description, tooltip in group.keys:
                cells = (
                    spans(keys, "accent"),
                    spans(_(description), "strong"),
                    spans(_(tooltip) if tooltip else ""),
                )
                rows.append(Row(f"{len(rows)}", cells))
        self._list.show(rows)
        self._list.focus()


def keys_of(screen: Screen[Any]) -> tuple[KeyGroup, ...]:
    """What works on a screen now: its own keys, those of the part in focus, those of the whole program."""
    groups: dict[str, dict[str, KeyHelp]] = {N_("Here"): {}, N_("In the list"): {}, N_("Everywhere"): {}}
    for node, binding, enabled, tooltip in screen.active_bindings.values():
        if not binding.id or not enabled:
            continue
        title = (
            "Everywhere" if isinstance(node, App) else "Here" if isinstance(node, Screen) else "In the list"
        )
        key = screen.app.get_key_display(binding)
        known = groups[title].get(name := binding.id or binding.action)
        keys = known.keys.split() if known else []
        groups[title][name] = KeyHelp(" ".join(dict.fromkeys([*keys, key])), binding.description, tooltip)
    return tuple(KeyGroup(title, tuple(keys.values())) for title, keys in groups.items() if keys)

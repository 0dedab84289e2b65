"""Search: clients, runs, steps, notes and ledger entries that hold the words, as one types."""

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from playbook.core.search import words_of
from playbook.core.text import line
from playbook.dialogs.log_actions import LogActions
from playbook.dialogs.main_screen import MainScreen
from playbook.widgets.columns import Column
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, spans
from playbook.words import _
from playbook.words.hits import KINDS, nothing_found, sign_of, state_words, where_words

if TYPE_CHECKING:
    from playbook.core.search import Hit
    from playbook.workspace import Workspace


class SearchScreen(LogActions, MainScreen):
    """What was found, by kind; `enter` goes there."""

    CSS_PATH = "search.tcss"
    footer_order = ("list.open", "log", "start", "filter")
    AUTO_FOCUS = "#filter"

    columns: ClassVar[tuple[Column, ...]] = (
        Column(24, shrinks=True), Column(24, stretch=2), Column(14, stretch=1), Column(13, right=True),
    )  # fmt: skip

    class Chosen(Message):
        """One of them is to be opened."""

        def __init__(self, hit: "Hit") -> None:
            super().__init__()
            self.hit = hit

    def __init__(self, workspace: "Workspace", wanted: str = "") -> None:
        super().__init__(workspace)
        self.wanted = wanted
        self._hits: dict[str, Hit] = {}

    def compose_body(self) -> list[Widget]:
        """The list; what is asked for is typed in the line that filters elsewhere."""
        return [RowList(self.columns)]

    def focus_body(self) -> None:
        """Type at once; words that were brought along stay."""
        field = self.query_one("#filter", Input)
        field.placeholder = _search_words()
        field.value = self.wanted
        field.remove_class("-hidden")
        self.set_focus(field)

    def speak(self) -> None:
        """Draw everything in the language in force."""
        super().speak()
        self.query_one("#filter", Input).placeholder = _search_words()

    def reload(self) -> None:
        """Search, and draw what was found."""
        hits = self.workspace.search.find(self.wanted)
        self._hits = {str(place): hit for place, hit in enumerate(hits)}
        keys: list[str] = []
        headings: dict[str, Row] = {}
        for kind, found in groupby(self._hits, lambda key: self._hits[key].kind):
            of_kind = list(found)
            head = (spans(_(KINDS[kind])), spans(str(len(of_kind)), "dim"))
            headings[f"-{kind}"] = Row(f"-{kind}", head, kind="heading")
            keys += [f"-{kind}", *of_kind]

        def made(index: int) -> Row:
            key = keys[index]
            return headings.get(key) or self._row(key, self._hits[key])

        self.rows.highlight(self.wanted)
        empty = nothing_found(self.wanted) if words_of(self.wanted) else _search_words()
        self.rows.show_made(keys, made, empty=empty)

    def _row(self, key: str, hit: "Hit") -> Row:
        """One thing that was found; what is over is dim."""
        is_over = hit.kind in ("run", "step") and hit.state != "open"
        text = "" if hit.kind == "client" else line(hit.text)
        state = spans(state_words(hit, self.workspace.calendar, self.workspace.clock.today()), "dim")
        cells = (spans(hit.client_name, "strong"), spans(text), spans(where_words(hit), "dim"), state)
        return Row(key, cells, Span(sign_of(hit), "care"), tone="dim" if is_over else "")

    @property
    def current_client(self) -> str:
        """Slug of the row's client."""
        hit = self._hits.get(self.rows.key)
        return hit.client_slug if hit else ""

    def changed(self, _sheet: object) -> None:
        """What was logged can be found at once."""
        self.calmly(self.reload)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Go there."""
        if hit := self._hits.get(event.key):
            self.post_message(self.Chosen(hit))

    def action_leave(self) -> None:
        """From the rows back to the words; from there back."""
        field = self.query_one("#filter", Input)
        if self.focused is field or not self.wanted:
            self.leave()
        else:
            self.set_focus(field)


def _search_words() -> str:
    return _("Type words: everything that holds them, over all clients; enter goes to the list")

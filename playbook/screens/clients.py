"""Clients: who there is, what is open for them, and when it is next due."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from playbook.core.calendar import from_stamp
from playbook.dialogs.client_actions import ClientActions
from playbook.dialogs.log_actions import LogActions
from playbook.dialogs.main_screen import MainScreen
from playbook.widgets.columns import Column
from playbook.widgets.due_label import Now, due_label
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Spans, joined, spans
from playbook.words import N_, plural

if TYPE_CHECKING:
    from playbook.workspace import Workspace
    from playbook.workspace.lists import ClientRow


class ClientsScreen(ClientActions, LogActions, MainScreen):
    """Every client, those with something due first."""

    CSS_PATH = "clients.tcss"
    tab = "clients"
    footer_order = ("list.open", "client.add", "client.edit", "start", "undo", "filter")
    AUTO_FOCUS = "RowList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "plus",
            "add_client",
            N_("add client"),
            id="client.add",
            key_display="+",
            tooltip=N_("Add a client"),
        ),
        Binding(
            "e",
            "edit_client",
            N_("edit"),
            id="client.edit",
            tooltip=N_("Change name, contact, language, card"),
        ),
    ]

    class ClientChosen(Message):
        """A client is to be opened."""

        def __init__(self, client_id: str) -> None:
            super().__init__()
            self.client_id = client_id

    columns: ClassVar[tuple[Column, ...]] = (
        Column(20, stretch=2), Column(22, stretch=1, shrinks=True), Column(12), Column(12, right=True),
    )  # fmt: skip

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(workspace)
        self._found: list[ClientRow] = []
        self._shown: dict[str, ClientRow] = {}

    def compose_body(self) -> list[Widget]:
        """The list."""
        return [RowList(self.columns, signs=False)]

    def reload(self) -> None:
        """Read the clients."""
        self._found = self.workspace.lists.clients()
        self.redraw()

    def redraw(self) -> None:
        """Draw those the filter lets through; a row is made when it comes into view."""
        words = words_of(self.wanted)
        found = [row for row in self._found if matches(words, _text(row))] if words else self._found
        self._shown = {row.id: row for row in found}
        now = self.now()

        def made(index: int) -> Row:
            row = found[index]
            runs = plural("{count} open run", "{count} open runs", row.open_runs) if row.open_runs else ""
            due = due_label(from_stamp(row.next_due), now) if row.next_due else ()
            return Row(row.id, (spans(row.name, "strong"), _heard(row, now), spans(runs, "dim"), due))

        empty = (
            N_("No client has these words. Esc shows all.")
            if words
            else N_("No clients yet.\n+ adds one; a starts a playbook and asks for the client.")
        )
        self.rows.show_made([row.id for row in found], made, empty=empty)

    @property
    def current_client(self) -> str:
        """Slug of the client under the cursor."""
        row = self._shown.get(self.rows.key)
        return row.slug if row else ""

    @property
    def current_client_id(self) -> str:
        """Id of the client under the cursor."""
        return self.rows.key

    def changed(self, _sheet: object) -> None:
        """Read again what a run's change left for its client."""
        self.calmly(self.reload)

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open the client."""
        self.post_message(self.ClientChosen(event.key))


def _text(row: "ClientRow") -> str:
    """What a filter looks in."""
    from playbook.words.standing import no_word

    return f"{row.name} {no_word()}" if row.lacks_word else row.name


def _heard(row: "ClientRow", now: Now) -> Spans:
    """That they do not know when they hear from us next, and how long ago they did; both only where it counts."""
    from playbook.words.standing import no_word, quiet_words, voice_words

    word = spans(no_word(), "overdue") if row.lacks_word else ()
    if not row.last_voice:
        return word
    today = now.today
    days = (today - now.calendar.day_of_stamp(row.last_voice)).days
    is_quiet = bool(row.open_runs and row.quiet_on and row.quiet_on <= today.isoformat())
    heard = spans(f"! {quiet_words(days)}", "overdue") if is_quiet else spans(voice_words(days), "dim")
    return joined((heard, word) if is_quiet else (word, heard), " · ")

"""Today: what is due over all clients, people first; every row acts in place."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from playbook.core.calendar import from_stamp
from playbook.dialogs.main_screen import MainScreen
from playbook.dialogs.step_actions import StepActions
from playbook.dialogs.step_targets import Target
from playbook.widgets.columns import Column
from playbook.widgets.due_label import Now, due_label
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, joined, spans
from playbook.words import N_, _, plural
from playbook.words.signs import BLOCKED, CHANNEL_SIGNS, GIVEN, LOCKED

if TYPE_CHECKING:
    from playbook.workspace import Workspace
    from playbook.workspace.lists import TodayPage, TodayRow

_WELCOME = N_(
    "Welcome.\n"
    "A playbook is a list of steps for one moment with a client: taking them on, sending a welcome gift, "
    "setting the limits of expectations, recovering from a mistake.\n"
    "\n"
    "Press a to start your first one. You type the client's name, and the dates fall into place.\n"
    "\n"
    "3 shows the playbooks, ? shows every key, and `playbook demo` shows the app full of made-up clients."
)
_CALM = N_(
    "Nothing is due in the next seven days.\n"
    "2 shows every client and what is open for them; a starts a playbook."
)


class TodayScreen(StepActions, MainScreen):
    """Open steps by when they are due."""

    CSS_PATH = "today.tcss"
    tab = "today"
    footer_order = ("step.tick", "step.skip", "step.note", "step.due", "start", "undo", "filter")
    AUTO_FOCUS = "RowList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("P", "whose", N_("whose"), show=False, id="today.whose", tooltip=N_("Everybody's steps, mine, or another's")),
    ]  # fmt: skip

    class StepChosen(Message):
        """A step is to be opened in its run."""

        def __init__(self, run_id: str, step_id: str) -> None:
            super().__init__()
            self.run_id, self.step_id = run_id, step_id

    columns: ClassVar[tuple[Column, ...]] = (
        Column(12, right=True), Column(14, stretch=1), Column(36, stretch=3), Column(20),
    )  # fmt: skip

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(workspace)
        self.page: TodayPage | None = None
        self.person = ""
        """Whose steps are shown; "" for everybody's."""
        self._by_key: dict[str, TodayRow] = {}
        self._headings: dict[str, Row] = {}

    def compose_body(self) -> list[Widget]:
        """Counts and the list."""
        return [HeadLine(id="counts"), RowList(self.columns)]

    def reload(self) -> None:
        """Read what is due."""
        self.page = self.workspace.lists.today(person=self.person)
        self.redraw()

    def redraw(self) -> None:
        """Draw it, as far as the filter lets it through."""
        page = self.page
        if page is None:
            return
        words = words_of(self.wanted)
        lanes = (
            ("overdue", _("Overdue"), page.overdue, page.counts.overdue),
            ("today", _("Today"), page.today, page.counts.today),
            ("week", _("Next seven days"), page.week, page.counts.week),
            ("waiting", _("Waiting on them"), page.waiting, 0),
            ("blocked", _("Blocked"), page.blocked, 0),
        )
        keys: list[str] = []
        self._by_key, self._headings = {}, {}
        for lane, title, found, count in lanes:
            kept = [row for row in found if not words or matches(words, f"{lane} {title} {_text(row)}")]
            if kept:
                heading, many = f"-{lane}", str(len(kept))
                if not words and count > len(kept):
                    many = _("{shown} of {count}").format(shown=len(kept), count=count)
                self._headings[heading] = Row(heading, (spans(title), spans(many, "dim")), kind="heading")
                shown = {f"{row.run_id} {row.step_id}": row for row in kept}
                keys += [heading, *shown]
                self._by_key |= shown
        now = self.now()

        def made(index: int) -> Row:
            key = keys[index]
            return self._headings.get(key) or _row(key, self._by_key[key], now)

        nothing = _CALM if page.clients else _WELCOME
        self.rows.show_made(
            keys, made, empty=N_("No row has these words. Esc shows all.") if words else nothing
        )
        self._draw_counts(page)

    def _draw_counts(self, page: "TodayPage") -> None:
        counts = page.counts
        parts = [
            spans(
                plural("{count} overdue", "{count} overdue", counts.overdue),
                "overdue" if counts.overdue else "dim",
            ),
            spans(
                plural("{count} today", "{count} today", counts.today), "strong" if counts.today else "dim"
            ),
            spans(
                plural("{count} this week", "{count} this week", counts.week), "" if counts.week else "dim"
            ),
        ]
        right = spans(plural("{count} open run", "{count} open runs", page.open_runs), "dim")
        whose = spans(f"{GIVEN} {self.person}" if self.person else "", "key")
        self.query_one("#counts", HeadLine).show(
            joined(parts) if page.clients else (), joined((whose, right)) if page.clients else ()
        )

    def action_whose(self) -> None:
        """Everybody's steps, then mine, then those of each person there is."""
        page = self.workspace.lists.today() if self.person else self.page
        if page is None:
            return
        lanes = (page.overdue, page.today, page.week, page.waiting, page.blocked)
        others = sorted({row.person for lane in lanes for row in lane} - {"", self.workspace.me})
        people = ["", self.workspace.me, *others]
        self.person = people[(people.index(self.person) + 1) % len(people)] if self.person in people else ""
        self.calmly(self.reload)
        self.tell(
            _("The steps of {person}, and those that nobody has.").format(person=self.person)
            if self.person
            else _("Everybody's steps.")
        )

    def targets(self) -> list[Target]:
        """The steps the next action is for."""
        return [
            Target(row.run_id, row.step_id) for key in self.rows.chosen() if (row := self._by_key.get(key))
        ]

    @property
    def current_client(self) -> str:
        """Slug of the client under the cursor."""
        row = self._by_key.get(self.rows.key)
        return row.client_slug if row else ""

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open the step in its run."""
        if row := self._by_key.get(event.key):
            self.post_message(self.StepChosen(row.run_id, row.step_id))


def _row(key: str, row: "TodayRow", now: Now) -> Row:
    due = due_label(from_stamp(row.due), now) if row.due else ()
    channel = Span(CHANNEL_SIGNS.get(row.channel, "·"), "care" if row.channel else "dim")
    sign = Span(BLOCKED, "overdue") if row.blocked else Span(LOCKED, "locked") if row.locked else channel
    title = (*spans(row.step_title, "locked" if row.locked else ""), *spans(" ★" if row.key else "", "key"))
    return Row(key, (due, spans(row.client_name, "strong"), title, spans(row.playbook_title, "dim")), sign)


def _text(row: "TodayRow") -> str:
    """What a filter looks in."""
    return f"{row.client_name} {row.step_title} {row.playbook_title}"

"""Today: what is due over all clients, people first; every row acts in place."""

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from playbook.core.calendar import from_stamp
from playbook.dialogs.entry_rows import entry_row, quiet_row, ready_row
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
from playbook.workspace.lists import EntryRow, QuietRow, ReadyRow, TodayRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playbook.workspace import Workspace
    from playbook.workspace.lists import TodayPage

_Any = TodayRow | EntryRow | QuietRow | ReadyRow
"""What can be a row of Today."""
_Step = TypeVar("_Step", bound=TodayRow | EntryRow)

_DATED = ("overdue", "today", "week")
"""Lanes whose rows have their day beside them."""

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
        Binding("c", "close_entry", N_("close"), show=False, id="entry.close", tooltip=N_("Say how a promise, next word or concern ended; on any other row, everything client by client")),
        Binding("C", "by_client", N_("by client"), show=False, id="today.by-client", tooltip=N_("Everything client by client, or by when it is due")),
        Binding("f", "close_out", N_("close run"), show=False, id="today.close-out", tooltip=N_("End a run that is ready to close")),
        Binding("greater_than_sign", "put_off", N_("put off"), show=False, id="put-off", key_display=">",
                tooltip=N_("Leave it until tomorrow, or a later day")),
        Binding("P", "whose", N_("whose"), show=False, id="today.whose", tooltip=N_("Everybody's steps, mine, or another's")),
    ]  # fmt: skip

    class ClientChosen(Message):
        """A client is to be opened."""

        def __init__(self, client_id: str) -> None:
            super().__init__()
            self.client_id = client_id

    columns: ClassVar[tuple[Column, ...]] = (
        Column(12, right=True), Column(14, stretch=1), Column(36, stretch=3), Column(20),
    )  # fmt: skip

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(workspace)
        self.page: TodayPage | None = None
        self.person = ""
        """Whose steps are shown; "" for everybody's."""
        self.is_by_client = False
        """Whether the rows stand client by client, for the one on the phone, and not by when they are due."""
        self._lane_of: dict[str, str] = {}
        self._telling: Mapping[str, str] = {}
        """By run, what tells it from another open one of its playbook and client."""
        self._by_key: dict[str, TodayRow] = {}
        self._said: dict[str, EntryRow] = {}
        self._quiet: dict[str, QuietRow] = {}
        self._ready: dict[str, ReadyRow] = {}
        self._headings: dict[str, Row] = {}

    def compose_body(self) -> list[Widget]:
        """Counts and the list."""
        return [HeadLine(id="counts"), RowList(self.columns)]

    def reload(self) -> None:
        """Read what is due, then what tells runs apart: that opens them."""
        self.page = self.workspace.lists.today(person=self.person)
        self.redraw()
        self.call_after_refresh(self._tell_apart)

    def _tell_apart(self) -> None:
        page = self.page
        if page is None or not self.is_mounted:
            return
        rows = [*page.overdue, *page.today, *page.week, *page.waiting, *page.blocked, *page.ready]
        ids = [row.run_id for row in rows if not isinstance(row, EntryRow)]
        telling = self.calmly(lambda: self.workspace.lists.telling(ids)) if ids else {}
        if telling is not None and telling != self._telling:
            self._telling = telling
            self.redraw()

    def _told_apart(self, page: "TodayPage") -> "TodayPage":
        """The page with two runs of one playbook and client called by what tells them apart."""
        telling = self._telling
        if not telling:
            return page
        from playbook.words.names import run_title

        calendar, today = self.workspace.calendar, page.day

        def named(row: _Step) -> _Step:
            if not isinstance(row, TodayRow) or row.run_id not in telling:
                return row
            title = run_title(row.playbook_title, telling[row.run_id], calendar, today, is_narrow=True)
            return cast("_Step", row._replace(playbook_title=title))

        ready = [
            row._replace(title=run_title(row.title, telling.get(row.run_id, ""), calendar, today))
            for row in page.ready
        ]
        return page._replace(
            overdue=[*map(named, page.overdue)], today=[*map(named, page.today)], week=[*map(named, page.week)],
            waiting=[*map(named, page.waiting)], blocked=[*map(named, page.blocked)], ready=ready,
        )  # fmt: skip

    def redraw(self) -> None:
        """Draw it, as far as the filter lets it through."""
        page = self.page
        if page is None:
            return
        words = words_of(self.wanted)
        now = self.now()
        keys: list[str] = []
        self._by_key, self._said, self._quiet, self._ready, self._headings = {}, {}, {}, {}, {}
        lanes = _lanes(self._told_apart(page))
        self._lane_of = {}
        if self.is_by_client:
            for lane, title, found, _count in lanes:
                shown = "" if lane in _DATED else title
                self._lane_of |= {self._keep(row): shown for row in found}
            lanes = _by_client(lanes)
        for lane, title, found, count in lanes:
            kept = [row for row in found if not words or matches(words, f"{lane} {title} {_text(row)}")]
            if kept:
                heading, many = f"-{lane}", str(len(kept))
                if not words and count > len(kept):
                    many = _("{shown} of {count}").format(shown=len(kept), count=count)
                self._headings[heading] = Row(heading, (spans(title), spans(many, "dim")), kind="heading")
                keys += [heading, *(self._keep(row) for row in kept)]

        def made(index: int) -> Row:
            key = keys[index]
            row = self._headings.get(key) or self._drawn(key, now)
            if key in self._lane_of and row.kind == "row":  # the heading names the client
                due, _client, *rest = row.cells
                return row._replace(cells=(due, spans(self._lane_of[key], "dim"), *rest))
            return row

        nothing = _CALM if page.clients else _WELCOME
        self.rows.show_made(
            keys, made, empty=N_("No row has these words. Esc shows all.") if words else nothing
        )
        self._draw_counts(page)

    def _drawn(self, key: str, now: Now) -> Row:
        if step := self._by_key.get(key):
            return _row(key, step, now)
        if told := self._said.get(key):
            return entry_row(key, told, now)
        if quiet := self._quiet.get(key):
            return quiet_row(key, quiet, now)
        return ready_row(key, self._ready[key])

    def _keep(self, row: _Any) -> str:
        """The key of a row, under which it is found again."""
        if isinstance(row, TodayRow):
            self._by_key[key := f"{row.run_id} {row.step_id}"] = row
        elif isinstance(row, EntryRow):
            self._said[key := f"entry {row.client} {row.n}"] = row
        elif isinstance(row, QuietRow):
            self._quiet[key := f"quiet {row.id}"] = row
        else:
            self._ready[key := f"ready {row.run_id}"] = row
        return key

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
        if page.at_risk:
            parts.append(
                spans(plural("{count} promise at risk", "{count} promises at risk", page.at_risk), "overdue")
            )
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
        people_there = {getattr(row, "person", "") for lane in lanes for row in lane}
        others = sorted({*people_there, *self.workspace.lists.owners()} - {"", self.workspace.me})
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
        key = self.rows.key
        if quiet := self._quiet.get(key):
            return quiet.slug
        row = self._by_key.get(key) or self._said.get(key) or self._ready.get(key)
        return row.client_slug if row else ""

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open the step in its run, the run to close, or the client of an entry."""
        if row := self._by_key.get(event.key):
            self.post_message(self.RunChosen(row.run_id, row.step_id))
        elif ready := self._ready.get(event.key):
            self.post_message(self.RunChosen(ready.run_id))
        elif told := self._said.get(event.key):
            self.post_message(self.ClientChosen(told.client))
        elif quiet := self._quiet.get(event.key):
            self.post_message(self.ClientChosen(quiet.id))

    def action_tick(self) -> None:
        """Tick a step; say how an entry ended; close a run that is ready."""
        if self.rows.key in self._said and not self.rows.marked:
            self.action_close_entry()
        elif self.rows.key in self._ready and not self.rows.marked:
            self.action_close_out()
        else:
            super().action_tick()

    def action_close_entry(self) -> None:
        """Say how the entry under the cursor ended; elsewhere, group by client."""
        if told := self._said.get(self.rows.key):
            self.close_entry(told.client, told.n)
        else:
            self.action_by_client()

    def action_by_client(self) -> None:
        """Everything client by client, or by when it is due again; the cursor stays on its row."""
        self.is_by_client = not self.is_by_client
        self.redraw()
        self.tell(_("Client by client.") if self.is_by_client else _("By when it is due."))

    def action_close_out(self) -> None:
        """End the run under the cursor in a minute."""
        if ready := self._ready.get(self.rows.key):
            self.ask(self._close_out, ready)
        else:
            self.tell(_("Put the cursor on a run that is ready to close, or open a run first."))

    async def _close_out(self, row: ReadyRow) -> None:
        from playbook.dialogs.close_out import close_out_dialog
        from playbook.workspace.closing import close_out

        typed = await self.app.push_screen_wait(close_out_dialog(self.workspace, row))
        if typed is None:
            return
        note, word = typed["note"], typed["next-word"]
        closed = self.calmly(lambda: close_out(self.workspace, row.run_id, note=note, next_word=word))
        if self.allowed(closed) is not None:
            self.calmly(self.reload)
            self.tell(_("Finished. Well done."))

    def action_put_off(self) -> None:
        """Leave the row until a later day."""
        if told := self._said.get(self.rows.key):
            self.put_off_entry(told.client, told.n)
        elif self.one():
            self.ask(self._put_off_steps)

    async def _put_off_steps(self) -> None:
        from playbook.dialogs.entry_forms import put_off_dialog

        found = self.targets()
        view = self.view_of(found[0]) if found else None
        typed = (
            await self.app.push_screen_wait(put_off_dialog(self.workspace, self.titled(found, view)))
            if view
            else None
        )
        if typed is not None:
            put_off = self.workspace.runs.decisions.due(from_stamp(typed["until"]), typed["reason"])
            self.carry_out(_("put off"), put_off, found)


def _lanes(page: "TodayPage") -> "tuple[tuple[str, str, Sequence[_Any], int], ...]":
    """Id, title, rows of each lane, and how many there are where not all are drawn."""
    return (
        ("overdue", _("Overdue"), page.overdue, page.counts.overdue),
        ("today", _("Today"), page.today, page.counts.today),
        ("week", _("Next seven days"), page.week, page.counts.week),
        ("waiting", _("Waiting on them"), page.waiting, 0),
        ("blocked", _("Blocked"), page.blocked, 0),
        ("words", _("Promises and next words"), page.words, 0),
        ("quiet", _("Quiet clients"), page.quiet, 0),
        ("ready", _("Ready to close"), page.ready, 0),
    )


def _by_client(
    lanes: "Sequence[tuple[str, str, Sequence[_Any], int]]",
) -> "tuple[tuple[str, str, Sequence[_Any], int], ...]":
    """The same rows in a lane a client; first the one with the most pressing row."""
    found: dict[str, tuple[str, list[_Any]]] = {}
    for _id, _title, rows, _count in lanes:
        for row in rows:
            slug = row.slug if isinstance(row, QuietRow) else row.client_slug
            name = row.name if isinstance(row, QuietRow) else row.client_name
            found.setdefault(slug, (name, []))[1].append(row)
    return tuple((slug, name, rows, 0) for slug, (name, rows) in found.items())


def _row(key: str, row: "TodayRow", now: Now) -> Row:
    due = due_label(from_stamp(row.due), now) if row.due else ()
    channel = Span(CHANNEL_SIGNS.get(row.channel, "·"), "care" if row.channel else "dim")
    sign = Span(BLOCKED, "overdue") if row.blocked else Span(LOCKED, "locked") if row.locked else channel
    title = (*spans(row.step_title, "locked" if row.locked else ""), *spans(" ★" if row.key else "", "key"))
    return Row(key, (due, spans(row.client_name, "strong"), title, spans(row.playbook_title, "dim")), sign)


def _text(row: _Any) -> str:
    """What a filter looks in."""
    names = ("client_name", "name", "step_title", "playbook_title", "title", "text")
    return " ".join(str(getattr(row, name, "")) for name in names)

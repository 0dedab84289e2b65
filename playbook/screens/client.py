"""Client: the card, every open step of every run in one list, the runs, the people, what is saved."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from playbook.core.calendar import from_stamp
from playbook.core.entry_kinds import due_of, is_open
from playbook.core.playbook import Field, channel_of
from playbook.core.problems import Refusal
from playbook.dialogs.client_actions import ClientActions
from playbook.dialogs.main_screen import MainScreen
from playbook.dialogs.person_actions import PersonActions
from playbook.dialogs.several_runs import SeveralRuns
from playbook.dialogs.step_targets import Target
from playbook.widgets.balance_bar import balance_bar
from playbook.widgets.columns import Column
from playbook.widgets.due_label import Now, due_label
from playbook.widgets.entry_lines import entry_line
from playbook.widgets.head_line import HeadLine
from playbook.widgets.matching import matches, words_of
from playbook.widgets.progress_bar import progress_bar
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, joined, spans
from playbook.widgets.step_signs import standing_of, titled
from playbook.words import N_, _
from playbook.words.refusals import run_state_word
from playbook.words.signs import CHANNEL_SIGNS, STATE_SIGNS
from playbook.words.standing import balance_line, card_lines, figure_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.core.client import Client
    from playbook.core.figures import Balance, Standing
    from playbook.core.view import StepView
    from playbook.workspace import Workspace
    from playbook.workspace.lists import RunRow
    from playbook.workspace.runs import OpenRun


_MOST = 200
"""Past entries shown at most; `playbook ledger` prints all."""

_ENDED = "ended"
"""Key of the row that stands for the runs that are over."""


class ClientScreen(ClientActions, PersonActions, SeveralRuns, MainScreen):
    """All that is going on with one client."""

    CSS_PATH = "client.tcss"
    tab = "clients"
    footer_order = ("step.tick", "step.skip", "step.note", "start", "client.edit", "undo", "filter")
    AUTO_FOCUS = "RowList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit_client", N_("edit"), id="client.edit", tooltip=N_("Change the entry under the cursor; elsewhere the client: name, contact, language, card")),
        Binding("c", "close_entry", N_("close"), show=False, id="entry.close", tooltip=N_("Say how an entry ended, or open it again")),
        Binding("h", "history", N_("history"), show=False, id="client.history", tooltip=N_("Every change for this client")),
        Binding("o", "ended", N_("ended runs"), show=False, id="client.ended", tooltip=N_("Show finished and abandoned runs, or fold them")),
    ]  # fmt: skip

    class HistoryWanted(Message):
        """The history of the client is to be shown."""

        def __init__(self, client_id: str) -> None:
            super().__init__()
            self.client_id = client_id

    columns: ClassVar[tuple[Column, ...]] = (
        Column(30, stretch=1),
        Column(18, stretch=1),
        Column(17, right=True),
    )

    def __init__(self, workspace: "Workspace", client_id: str, row: str = "") -> None:
        """`row` is the key of the row that the cursor stands on at first."""
        super().__init__(workspace)
        self.client_id = client_id
        self._first_row = row
        self._client: Client | None = None
        self._runs: list[RunRow] = []
        self._opened: dict[str, OpenRun] = {}
        self._asked: Mapping[str, Field] = {}
        self._shows_ended = False
        self._telling: Mapping[str, str] = {}
        """What tells runs of one playbook apart, by id."""
        self._standing: Standing | None = None
        self._balance: Balance | None = None

    def compose_body(self) -> list[Widget]:
        """Head, card and list."""
        return [HeadLine(id="client-head"), HeadLine(id="client-card"), RowList(self.columns)]

    def reload(self) -> None:
        """Read the client and its runs."""
        self._client = self.workspace.clients.get(self.client_id)
        if self._client is None:
            self.leave()
            return
        self._runs = self.workspace.lists.runs(self.client_id, ended=True)
        opened = {run.id: self.workspace.runs.open(run.id) for run in self._runs if run.state == "open"}
        self._opened = {run_id: run for run_id, run in opened.items() if not isinstance(run, Refusal)}
        self._telling = self.workspace.lists.telling(self._opened) if len(self._opened) > 1 else {}
        self._asked = self.workspace.clients.saving_fields(self._client)
        self._standing = self.workspace.ledger.standing(self.client_id)
        self._balance = self.workspace.ledger.balance(self.client_id)
        self.redraw()
        if self._first_row:
            self.rows.select(self._first_row)
            self._first_row = ""

    def redraw(self) -> None:
        """Draw the head and all that the filter lets through."""
        if self._client is None:
            return
        self._draw_head(self._client)
        pending, past = self._entries()
        runs = _("Runs, open and ended") if self._shows_ended else _("Runs")
        lanes = [(_("Owed and open"), pending), (_("Open steps"), self._steps()), (runs, self._run_rows()),
                 (_("How it stands"), [*self._figures(), *self._sides()]), (_("Ledger"), past), (_("People"), self._people(self._client)),
                 (_("Saved"), self._saved_rows(self._client))]  # fmt: skip
        words = words_of(self.wanted)
        rows: list[Row] = []
        for title, found in lanes:
            kept = [
                row
                for row in found
                if not words or matches(words, " ".join(s.text for cell in row.cells for s in cell))
            ]
            if kept:
                count = sum(row.key != _ENDED for row in kept)
                rows.append(Row(f"-{title}", (spans(title), spans(str(count), "dim")), kind="heading"))
                rows += kept
        self.rows.show(
            rows,
            empty=N_("Nothing here yet.\na starts a playbook for this client; e adds a contact and a card."),
        )

    def _draw_head(self, client: "Client") -> None:
        facts = [client.settings.get(key, "") for key in ("language", "form", "country")]
        self.query_one("#client-head", HeadLine).show(
            (Span(client.name, "title"), Span(f"  {client.slug}", "dim")),
            joined([spans(fact, "dim") for fact in facts]),
        )
        today, calendar = self.workspace.clock.today(), self.workspace.calendar
        card = card_lines(self._standing, calendar, today) if self._standing else []
        said = joined([spans(part) for part in card])
        self.query_one("#client-card", HeadLine).show(said, spans(client.settings.get("owner", ""), "dim"))

    def _entries(self) -> tuple[list[Row], list[Row]]:
        """Entries that are open, the most pressing first; and the rest of the ledger, the newest first."""
        found = self._standing.entries if self._standing else ()
        pending = sorted((entry for entry in found if is_open(entry)), key=lambda e: (due_of(e) or "~", e.n))
        past = [entry for entry in reversed(found) if not is_open(entry)]
        now = self.now()
        return [entry_line(entry, now) for entry in pending], [
            entry_line(entry, now) for entry in past[:_MOST]
        ]

    def _figures(self) -> list[Row]:
        """What follows from the ledger."""
        if self._standing is None or not self._standing.entries:
            return []
        said = figure_lines(self._standing, self.workspace.clock.today())
        return [
            Row(f"figure {place}", (spans(words), spans(more, "dim"), ()), Span("·", "dim"))
            for place, (words, more) in enumerate(said)
        ]

    def _sides(self) -> list[Row]:
        """What was done for the person and for the work, with its bar."""
        if self._balance is None or not any(self._balance):
            return []
        words, notice = balance_line(self._balance)
        cells = (spans(words), spans(notice, "overdue"), balance_bar(self._balance))
        return [Row("figure sides", cells, Span("·", "dim"))]

    def action_close_entry(self) -> None:
        """Say how the entry under the cursor ended, or open it again."""
        kind, _blank, number = self.rows.key.partition(" ")
        if kind == "entry":
            self.close_entry(self.client_id, int(number))
        else:
            self.tell(_("Put the cursor on an entry first."))

    def action_export_runs(self) -> None:
        """Write the chosen runs, or all that names the person under the cursor."""
        kind, _blank, place = self.rows.key.partition(" ")
        if kind == "contact" and not self.rows.marked:
            self.ask(self.export_person, self.client_id, int(place))
        else:
            super().action_export_runs()

    def action_edit_client(self) -> None:
        """Change what the entry under the cursor says; elsewhere the client."""
        kind, _blank, number = self.rows.key.partition(" ")
        if kind == "entry":
            self.edit_entry(self.client_id, int(number))
        else:
            super().action_edit_client()

    def action_tick(self) -> None:
        """Tick a step; say how an entry ended."""
        if self.rows.key.startswith("entry ") and not self.rows.marked:
            self.action_close_entry()
        else:
            super().action_tick()

    def _steps(self) -> list[Row]:
        """Open, shown steps of every open run, the next due first; locked and undated ones last."""
        now = self.now()
        found = []
        for run_id, opened in self._opened.items():
            for view in opened.sheet.view.steps.values():
                if view.is_open and not (view.progress.earlier and view.due.moment is None):
                    held = bool(view.locked_by)
                    found.append(
                        (held, view.due_moment is None, self._order(view.due_moment), run_id, view, opened)
                    )
        found.sort(key=lambda item: item[:3])
        return [self._step_row(run_id, view, opened, now) for *_order, run_id, view, opened in found]

    def _run_title(self, run_id: str, title: str, *, is_narrow: bool = False) -> str:
        from playbook.words.names import run_title

        today = self.workspace.clock.today()
        telling, calendar = self._telling.get(run_id, ""), self.workspace.calendar
        return run_title(title, telling, calendar, today, is_narrow=is_narrow)

    def _step_row(self, run_id: str, view: "StepView", opened: "OpenRun", now: Now) -> Row:
        standing = standing_of(view)
        plain = standing.sign == STATE_SIGNS["open"]
        channel = CHANNEL_SIGNS.get(channel_of(view.step), "") if plain else ""
        sign = Span(channel, "care") if channel else Span(standing.sign, standing.tone)
        due = due_label(view.due_moment, now) or spans(standing.word, standing.tone)
        cells = (
            titled(view, standing.tone if view.locked_by else ""),
            spans(self._run_title(run_id, opened.sheet.run.playbook.title, is_narrow=True), "dim"),
            due,
        )
        return Row(f"{run_id} {view.step.id}", cells, sign)

    def _order(self, moment: object) -> str:
        from playbook.core.calendar import as_stamp

        return as_stamp(moment) if moment is not None else ""  # type: ignore[arg-type]

    def _run_rows(self) -> list[Row]:
        now = self.now()
        rows = []
        ended = [run for run in self._runs if run.state != "open"]
        for run in self._runs if self._shows_ended else [run for run in self._runs if run.state == "open"]:
            due = due_label(from_stamp(run.next_due), now) if run.next_due else ()
            state = due if run.state == "open" else spans(run_state_word(run.state), "dim")
            rows.append(
                Row(
                    f"run {run.id}",
                    (
                        spans(self._run_title(run.id, run.title), "strong"),
                        progress_bar(run.done, run.total, 8),
                        state,
                    ),
                    Span("▸", "accent"),
                )
            )
        if ended and not self._shows_ended:
            said = _("{count} ended; o shows them").format(count=len(ended))
            rows.append(Row(_ENDED, (spans(said, "dim"), (), ())))
        return rows

    @staticmethod
    def _people(client: "Client") -> list[Row]:
        return [
            Row(f"contact {place}", (joined([spans(person.name, "strong"), spans(person.role, "dim")]), spans(person.email), spans(person.phone)), Span("☺", "care"))
            for place, person in enumerate(client.contacts)
        ]  # fmt: skip

    def _saved_rows(self, client: "Client") -> list[Row]:
        """Each saved answer with its question; one that no field asks for with its name."""
        if not client.saved:
            return []
        from playbook.words.answers import saved_words

        calendar, today = self.workspace.calendar, self.workspace.clock.today()
        rows = []
        for name, value in client.saved.items():
            field = self._asked.get(name) or Field(label=name)
            said = saved_words(field, value, calendar, today)
            rows.append(Row(f"saved {name}", (spans(said), spans(field.label, "dim"), ()), Span("·", "dim")))
        return rows

    def targets(self) -> list[Target]:
        """The steps the next action is for."""
        pairs = [key.split(" ", 1) for key in self.rows.chosen()]
        return [Target(*pair) for pair in pairs if len(pair) == 2 and pair[0] in self._opened]

    def chosen_runs(self) -> list[str]:
        """The runs the next action is for."""
        pairs = [key.partition(" ") for key in self.rows.chosen()]
        return [run_id for kind, _blank, run_id in pairs if kind == "run"]

    @property
    def current_client(self) -> str:
        """Slug of the client."""
        return self._client.slug if self._client else ""

    @property
    def current_client_id(self) -> str:
        """Id of the client."""
        return self.client_id

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        """Open the step in its run, the run, or unfold the ended ones."""
        kind, _blank, rest = event.key.partition(" ")
        if kind == _ENDED:
            self.action_ended()
        elif kind == "run":
            self.post_message(self.RunChosen(rest))
        elif kind in self._opened:
            self.post_message(self.RunChosen(kind, rest))
        elif kind == "entry":
            self.action_close_entry()
        elif kind == "saved":
            self.edit_saved(self.client_id, rest)
        else:
            self.action_edit_client()

    def action_ended(self) -> None:
        """Show or fold the ended runs."""
        self._shows_ended = not self._shows_ended
        self.redraw()

    def action_history(self) -> None:
        """Show every change."""
        self.post_message(self.HistoryWanted(self.client_id))

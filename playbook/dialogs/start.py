"""Starting a playbook: for whom, which one, from when; every date is shown before anything is stored."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import ClassVar, Literal, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from playbook.dialogs.dialog import LIST_ROWS, Dialog
from playbook.dialogs.held_keys import hold_keys, release_keys
from playbook.widgets.columns import Column
from playbook.widgets.form import Form
from playbook.widgets.form_field import Question
from playbook.widgets.head_line import HeadLine
from playbook.widgets.picker import Choice, Picker
from playbook.widgets.row_list import Row, RowList
from playbook.widgets.spans import Span, joined, spans
from playbook.words import N_, _


class StartForm(NamedTuple):
    """What is to be started."""

    client: str
    """Key of the client; "" when a new one is added."""
    new_client: str
    """Name of the new client."""
    playbook: str
    """Key of the playbook."""
    typed: Mapping[str, str]
    """Start, target, fields and roles as typed, by the id of the question."""


class PreviewRow(NamedTuple):
    """A section, or a step with its date."""

    title: str
    when: str = ""
    """The date in words, or what it waits for."""
    is_section: bool = False
    tone: str = ""


class Preview(NamedTuple):
    """What the run would be."""

    rows: tuple[PreviewRow, ...]
    summary: str
    """"22 steps, the first due Tue 24 Nov"."""
    before: str = ""
    """How long earlier runs took; "" while there is none."""


class Asking(NamedTuple):
    """What the form asks."""

    questions: Sequence[Question]
    shown: Callable[[Mapping[str, str]], Collection[str]] | None = None
    """Of what was typed, the ids of the questions that are asked at all; None for all of them."""


Ask = Callable[[StartForm], Asking]
"""The questions for the playbook and the client that were chosen."""
Look = Callable[[StartForm], Preview | Mapping[str, str]]
"""The preview, or the words for what is wrong by the id of the question."""
Stage = Literal["client", "playbook", "form", "preview"]


class _PreviewList(RowList):
    """The preview says that `enter` starts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "open", N_("start"), id="start.start", tooltip=N_("Start the playbook with these dates")
        ),
    ]


class StartDialog(Dialog[StartForm]):
    """Answers what to start. What is given with it is not asked again; `esc` goes one question back."""

    leaving = "start.back"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", N_("next"), id="start.next", tooltip=N_("On to the next question")),
        Binding(
            "ctrl+s", "go_on", N_("next"), show=False, id="start.save", tooltip=N_("On, from several lines")
        ),
        Binding(
            "escape", "go_back", N_("back"), id="start.back", tooltip=N_("To the question before, or leave")
        ),
    ]

    def __init__(
        self, clients: Sequence[Choice], playbooks: Sequence[Choice], ask: Ask, look: Look, *,
        client: str = "", playbook: str = "",
    ) -> None:  # fmt: skip
        super().__init__(_("Start a playbook"), LIST_ROWS)
        self._clients, self._playbooks = tuple(clients), tuple(playbooks)
        self._ask, self._look = ask, look
        self._form_data = StartForm(client, "", playbook, {})
        self._stages: list[Stage] = [
            *(("client",) if not client else ()), *(("playbook",) if not playbook else ()), "form", "preview"
        ]  # fmt: skip
        self._stage: Stage = self._stages[0]
        self._head = HeadLine()
        self._room = Vertical()
        self._picker: Picker | None = None
        self._form: Form | None = None

    def body(self) -> Iterable[Widget]:
        """What was chosen so far, and the question."""
        yield self._head
        yield self._room

    def on_mount(self) -> None:
        """The first question that is open."""
        self.call_next(self._enter, self._stage)

    async def _enter(self, stage: Stage, preview: Preview | None = None) -> None:
        """Show a question in place of the last one."""
        self._stage = stage
        hold_keys(self)
        await self._room.remove_children()
        widget = self._widget(stage, preview)
        told = [Static(Content(preview.before), classes="hint")] if preview and preview.before else []
        await self._room.mount(*told, widget)
        if isinstance(widget, Picker):
            widget.focus_filter()
        elif isinstance(widget, RowList):
            widget.focus()
        self._say(preview)
        self.call_after_refresh(release_keys, self)

    def _widget(self, stage: Stage, preview: Preview | None) -> Widget:
        self._picker = self._form = None
        match stage:
            case "client":
                self._picker = Picker(self._clients, placeholder=_("Type a part of the name, or a new one"),
                                      new=N_("new client “{text}”"),
                                      empty=N_("No client yet. Type a name and press enter."))  # fmt: skip
                return self._picker
            case "playbook":
                self._picker = Picker(
                    self._playbooks, placeholder=_("Type a part of the title"), notes_below=True
                )
                return self._picker
            case "form":
                typed, asking = self._form_data.typed, self._ask(self._form_data)
                asked = [q._replace(value=typed.get(q.id, q.value)) for q in asking.questions]
                self._form = Form(asked, asking.shown)
                return self._form
        rows = _PreviewList((Column(12, stretch=1), Column(34, right=True, shrinks=True)), signs=False)
        rows.show([_row(place, row) for place, row in enumerate(preview.rows if preview else ())])
        return rows

    def _say(self, preview: Preview | None) -> None:
        """What was chosen so far."""
        data = self._form_data
        titles = {choice.key: choice.title for choice in (*self._clients, *self._playbooks)}
        parts = (
            data.new_client or titles.get(data.client, data.client),
            titles.get(data.playbook, data.playbook),
        )
        said = joined([spans(part, "strong") for part in parts], " › ")
        self._head.show(
            said or spans(_("For whom?"), "dim"), (Span(preview.summary, "dim"),) if preview else ()
        )

    async def on_picker_picked(self, event: Picker.Picked) -> None:
        """A client or a playbook was taken."""
        if self._stage == "client":
            self._form_data = self._form_data._replace(client=event.key, new_client=event.text, typed={})
        else:
            self._form_data = self._form_data._replace(playbook=event.key, typed={})
        await self._enter(self._next())

    def _next(self) -> Stage:
        return self._stages[self._stages.index(self._stage) + 1]

    async def on_form_submitted(self) -> None:
        """`enter` at the last question."""
        await self.action_go_on()

    def on_row_list_opened(self) -> None:
        """`enter` on the preview starts."""
        self.dismiss(self._form_data)

    async def action_go_on(self) -> None:
        """The next question; after the preview it is started."""
        if self._picker is not None:
            self._picker.take()
        elif self._form is not None:
            self._form_data = self._form_data._replace(typed=self._form.typed())
            seen = self._look(self._form_data)
            if isinstance(seen, Preview):
                await self._enter("preview", seen)
            else:
                self._form.show_errors(seen)
        else:
            self.dismiss(self._form_data)

    async def action_go_back(self) -> None:
        """The question before; from the first one, leave."""
        place = self._stages.index(self._stage)
        if not place:
            self.dismiss(None)
            return
        if self._form is not None:
            self._form_data = self._form_data._replace(typed=self._form.typed())
        await self._enter(self._stages[place - 1])


ALONE = StartForm("", "", "", {})
"""The answer of a start dialog: the step is ticked, and nothing is started."""


class StepStartDialog(StartDialog):
    """Asks for what a step starts when it is ticked; leaving it leaves the step open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+t", "alone", N_("tick alone"), id="start.tick-alone", tooltip=N_("Tick the step and start nothing")
        ),
    ]  # fmt: skip

    def action_alone(self) -> None:
        """Tick, and start nothing."""
        self.dismiss(ALONE)


def _row(place: int, row: PreviewRow) -> Row:
    cells = (spans(row.title, row.tone), spans(row.when, row.tone))
    return Row(f"{place}", cells, kind="heading" if row.is_section else "row", tone=row.tone)

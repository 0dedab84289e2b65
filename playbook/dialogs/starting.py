"""Starting a playbook from any screen: for the client of the row, the playbook of the row, or from a step."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from playbook.dialogs.main_screen import MainScreen
from playbook.words import N_, _

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.workspace.starting import StartForm


class StartActions(MainScreen):
    """A full screen from which playbooks can be started."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a", "start", N_("start a playbook"), id="start", tooltip=N_("Start a playbook for this client")
        ),
    ]

    class RunStarted(Message):
        """A run was started and is to be opened."""

        def __init__(self, run_id: str) -> None:
            super().__init__()
            self.run_id = run_id

    @property
    def current_client(self) -> str:
        """Slug of the client the cursor is on; "" for none."""
        return ""

    @property
    def current_playbook(self) -> str:
        """Id of the playbook the cursor is on; "" for none."""
        return ""

    def changed(self, sheet: "Sheet | None") -> None:
        """Draw what a change left."""
        raise NotImplementedError

    def action_start(self) -> None:
        """Ask which playbook, for whom, from when; then start it."""
        self.start_playbook(self.current_playbook)

    def start_playbook(self, playbook_id: str) -> None:
        """Ask for whom and from when; then start this playbook."""
        from playbook.workspace.starting import StartForm

        self.ask(self._start, StartForm(playbook_id, self.current_client))

    async def _start(self, form: "StartForm") -> None:
        from playbook.dialogs.start_form import given_form, start_dialog
        from playbook.dialogs.your_name import ask_name_once

        await ask_name_once(self)
        dialog = self.calmly(lambda: start_dialog(self.workspace, form))
        given = await self.app.push_screen_wait(dialog) if dialog else None
        if given is None:
            return
        sheet = self.allowed(self.calmly(lambda: self.workspace.runs.start(given_form(form, given))))
        if sheet is None:
            return
        self.tell(_("Started {run}.").format(run=sheet.run.name))
        self.post_message(self.RunStarted(sheet.run.id))

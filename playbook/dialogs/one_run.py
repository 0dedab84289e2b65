"""What every screen of one run shares: the run as last read, its head, and how a change is drawn."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from playbook.core.problems import Refusal
from playbook.dialogs.step_actions import StepActions
from playbook.widgets.call_lines import HeadSaid
from playbook.widgets.head_line import show_heads

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.workspace import Workspace
    from playbook.workspace.runs import OpenRun


class OneRun(StepActions):
    """A full screen of one run; `show_opened` draws it."""

    def __init__(self, workspace: "Workspace", run_id: str) -> None:
        super().__init__(workspace)
        self.run_id = run_id
        self._opened: OpenRun | None = None

    def show_opened(self, opened: "OpenRun") -> None:
        """Take the run as it stands, and draw it."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the run; without one there is nothing to show."""
        opened = self.workspace.runs.open(self.run_id)
        if isinstance(opened, Refusal):
            self._opened = None
            self.leave()
        else:
            self.show_opened(opened)

    def changed(self, sheet: "Sheet | None") -> None:
        """Draw what a change left."""
        if sheet is None or self._opened is None or sheet.run.id != self.run_id:
            self.calmly(self.reload)
        else:
            self.show_opened(self._opened._replace(sheet=sheet))

    def speak(self) -> None:
        """What was said of the ledger is said anew."""
        self.__dict__.pop("owed", None)
        super().speak()

    @cached_property
    def owed(self) -> list[str]:
        """What the client's ledger came to when the screen was opened."""
        return self.owed_now()

    def owed_now(self) -> list[str]:
        """What the client's ledger comes to, in words."""
        from playbook.words.standing import owed_words

        client_id = self._opened.client.id if self._opened else ""
        standing = self.calmly(lambda: self.workspace.ledger.standing(client_id))
        now = self.now()
        return owed_words(standing, now.calendar, now.today) if standing else []

    def telling(self) -> str:
        """What tells the run from another open one of its playbook with this client; "" where there is none."""
        found = self.calmly(lambda: self.workspace.lists.telling([self.run_id]))
        return (found or {}).get(self.run_id, "")

    def draw_head(self, lines: Iterable[HeadSaid]) -> None:
        """The lines above the body; one without words takes no room."""
        show_heads(self, lines)

    @property
    def sheet(self) -> "Sheet | None":
        """The run as last read."""
        return self._opened.sheet if self._opened else None

    @property
    def undo_run(self) -> str:
        """`u` takes back within this run."""
        return self.run_id

    @property
    def current_client(self) -> str:
        """Slug of the client."""
        return self._opened.client.slug if self._opened else ""

"""Bringing every open run of a playbook along, from the library."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.dialogs.main_screen import MainScreen
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from playbook.workspace.syncing import Several

_MOST = 12
"""Runs listed at most."""


class SyncActions(MainScreen):
    """A full screen with a playbook under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("S", "sync_all", N_("sync runs"), show=False, id="playbooks.sync", tooltip=N_("Bring every open run of this playbook up to it; they are listed first")),
    ]  # fmt: skip

    @property
    def current_playbook(self) -> str:
        """Id of the playbook under the cursor."""
        raise NotImplementedError

    def action_sync_all(self) -> None:
        """List the runs that would follow, then bring them along."""
        if playbook_id := self.current_playbook:
            self.ask(self._sync_all, playbook_id)

    async def _sync_all(self, playbook_id: str) -> None:
        from playbook.dialogs.confirm import ConfirmDialog
        from playbook.words.refusals import refusal_words

        found = self.calmly(lambda: self.workspace.syncing.previews(playbook_id)) or []
        if not found:
            self.tell(_("Every open run of this playbook follows it already."))
            return
        lines = []
        for name, preview in found[:_MOST]:
            if isinstance(preview, Refusal):
                lines.append(f"! {line(name)}: {refusal_words(preview)}")
                continue
            changes = plural("{count} change", "{count} changes", len(preview.sync.changes))
            open_questions = len(preview.sync.conflicts)
            told = (
                plural("{count} answer to decide on", "{count} answers to decide on", open_questions)
                if open_questions
                else ""
            )
            lines.append(f"~ {line(name)}: " + ", ".join(filter(None, (changes, told))))
        lines += ["…"] if len(found) > _MOST else []
        lines += [
            "",
            _(
                "What was done stays as it was done, and answers stay with their questions. One key takes it all back."
            ),
        ]
        title = _("Bring these runs along?")
        if await self.app.push_screen_wait(ConfirmDialog(title, lines)):
            outcome = self.calmly(lambda: self.workspace.syncing.apply_all(playbook_id))
            if outcome is not None:
                self._tell_outcome(outcome)

    def _tell_outcome(self, outcome: "Several") -> None:
        said = plural("{count} run follows its playbook again.", "{count} runs follow their playbooks again.", len(outcome.done))  # fmt: skip
        if outcome.refused:
            said += " " + plural("{count} could not.", "{count} could not.", len(outcome.refused))
        self.tell(said)

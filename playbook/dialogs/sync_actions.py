"""Bringing every open run of a playbook along, from the library."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.dialogs.main_screen import MainScreen
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playbook.workspace.syncing import Preview

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
            self.ask(sync_all, self, playbook_id)


async def sync_all(screen: MainScreen, playbook_id: str, *, silent: bool = False) -> None:
    """List the open runs of a playbook that would follow it, and bring them along; `silent`: nothing is said of none."""
    runs = screen.calmly(lambda: screen.workspace.syncing.open_runs(playbook_id)) or []
    await sync_runs(screen, runs, "" if silent else _("Every open run of this playbook follows it already."))


async def sync_runs(screen: MainScreen, runs: "Sequence[str]", none: str) -> None:
    """List those of these runs that would follow their playbooks, and bring them along; `none` is said where none would."""
    from playbook.dialogs.confirm import ConfirmDialog
    from playbook.words.sync import followed_words

    found = screen.calmly(lambda: screen.workspace.syncing.previews(runs)) or []
    if not found:
        if none:
            screen.tell(none)
        return
    lines = [_run_line(name, preview) for name, preview in found[:_MOST]] + (
        ["…"] if len(found) > _MOST else []
    )
    kept = _(
        "What was done stays as it was done, and answers stay with their questions. One key takes it all back."
    )
    if await screen.app.push_screen_wait(ConfirmDialog(_("Bring these runs along?"), [*lines, "", kept])):
        outcome = screen.calmly(lambda: screen.workspace.syncing.apply_all(runs))
        if outcome is not None:
            said = followed_words(len(outcome.done))
            if outcome.refused:
                said += " " + plural("{count} could not.", "{count} could not.", len(outcome.refused))
            screen.tell(said)


def _run_line(name: str, preview: "Preview | Refusal") -> str:
    if isinstance(preview, Refusal):
        from playbook.words.refusals import refusal_words

        return f"! {line(name)}: {refusal_words(preview)}"
    said = [plural("{count} change", "{count} changes", len(preview.sync.changes))]
    if open_questions := len(preview.sync.conflicts):
        said.append(plural("{count} answer to decide on", "{count} answers to decide on", open_questions))
    return f"~ {line(name)}: {', '.join(said)}"

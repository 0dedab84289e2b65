"""The ledger from anywhere: log an entry for this client or any, and say how one ended."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.dialogs.starting import StartActions
from playbook.words import N_, _

if TYPE_CHECKING:
    from playbook.core.client import Entry
    from playbook.workspace.ledger import Logged

LETTERS: Mapping[str, str] = {
    "c": "contact", "p": "promise", "w": "next-word", "s": "status-asked", "o": "concern", "b": "batch",
    "e": "expectation", "f": "fact", "g": "gift", "n": "note",
}  # fmt: skip
"""The key of each kind of entry."""

_CHAINS: Mapping[str, tuple[str, str]] = {
    "!": ("mistake-recovery", N_("Something is wrong: start the recovery")),
    "+": ("bad-news", N_("It costs more, takes longer or is less good: start bad news")),
}
"""What is more than an entry: the playbook that helps, by key."""


class LogActions(StartActions):
    """A full screen from which entries can be logged."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "log", N_("log"), id="log", tooltip=N_("Log a contact, a promise, a next word … for this client")),
        Binding("L", "log_any", N_("log for any client"), show=False, id="log.any", tooltip=N_("Log for any client: a few letters, then the kind")),
    ]  # fmt: skip

    def action_log(self) -> None:
        """Log for the client of the row; without one, ask for whom."""
        self.ask(self._log, self.current_client)

    def action_log_any(self) -> None:
        """Ask for whom, then log."""
        self.ask(self._log, "")

    async def _log(self, slug: str) -> None:
        found = self.calmly(lambda: self.workspace.clients.find(slug)) if slug else await self._whom()
        client_id = self.allowed(found)
        if not client_id:
            return
        kind = await self._kind(client_id)
        if kind in {playbook for playbook, _words in _CHAINS.values()}:
            client = self.calmly(lambda: self.workspace.clients.get(client_id))
            if client is not None:
                await self._chain(kind, client.slug)
        elif kind:
            await self._log_kind(client_id, kind, is_of_run=bool(slug))

    async def _chain(self, playbook_id: str, slug: str) -> None:
        from playbook.workspace.starting import StartForm

        await self._start(StartForm(playbook_id, slug))

    async def _whom(self) -> str | None:
        from playbook.dialogs.choose import ChooseDialog
        from playbook.widgets.picker import Choice

        rows = self.calmly(self.workspace.lists.clients) or []
        choices = [Choice(row.id, row.name) for row in rows]
        dialog = ChooseDialog(
            _("For which client?"), choices, placeholder=_("A few letters"), empty=N_("No clients yet.")
        )
        chosen = await self.app.push_screen_wait(dialog)
        return chosen.key if chosen else None

    async def _kind(self, client_id: str) -> str | None:
        from playbook.dialogs.kind import KindDialog
        from playbook.words.entries import kind_name

        client = self.calmly(lambda: self.workspace.clients.get(client_id))
        if client is None:
            return None
        kinds = [(letter, kind, kind_name(kind)) for letter, kind in LETTERS.items()]
        chains = [(letter, playbook, _(words)) for letter, (playbook, words) in _CHAINS.items()]
        title = _("Log for {client}").format(client=client.name)
        return await self.app.push_screen_wait(KindDialog(title, [*kinds, *chains]))

    async def _log_kind(self, client_id: str, kind: str, *, is_of_run: bool) -> None:
        from playbook.dialogs.entry_forms import log_dialog, said_in

        dialog = log_dialog(self.workspace, client_id, kind)
        typed = await self.app.push_screen_wait(dialog)
        if typed is None:
            return
        text, values, owner, next_word = said_in(typed)
        ledger, run_id = self.workspace.ledger, self.undo_run if is_of_run else ""
        logged = self.allowed(
            self.calmly(
                lambda: ledger.log(
                    client_id, kind, text, values, owner=owner, next_word=next_word, run_id=run_id
                )
            )
        )
        if logged is not None:
            self.logged(logged, self._how_often(client_id) if kind == "status-asked" else _("Logged."))

    def _how_often(self, client_id: str) -> str:
        """How often they had to ask of late, and before that."""
        from playbook.words.standing import asked_words

        standing = self.calmly(lambda: self.workspace.ledger.standing(client_id))
        said = " · ".join(asked_words(standing.figures)) if standing else ""
        return f"{_('Logged.')} {said}".strip()

    def logged(self, _logged: "Logged", said: str) -> None:
        """Draw what came of an entry, and say so."""
        self.calmly(self.reload)
        self.tell(said)

    def close_entry(self, client_id: str, number: int) -> None:
        """Ask how an entry ended; one that had ended is opened again."""
        ledger = self.workspace.ledger
        entry = self.calmly(lambda: ledger.get(client_id, number))
        if entry is None:
            return
        if entry.outcome is not None:
            logged = self.allowed(self.calmly(lambda: ledger.reopen(client_id, number)))
            if logged is not None:
                self.logged(logged, _("Open again."))
            return
        outcome = self.calmly(lambda: ledger.would_close(entry))
        if isinstance(outcome, Refusal) and outcome.code == "entry-closed":
            self.allowed(outcome)
        else:
            self.ask(self._close, client_id, entry)

    async def _close(self, client_id: str, entry: "Entry") -> None:
        from playbook.dialogs.entry_forms import close_dialog

        typed = await self.app.push_screen_wait(close_dialog(self.workspace, entry))
        if typed is None:
            return
        on = typed["on"] if typed.get("outcome") == "moved" else ""
        ledger = self.workspace.ledger
        logged = self.allowed(
            self.calmly(
                lambda: ledger.close(
                    client_id, entry.n, typed.get("outcome", ""), on=on, reason=typed["reason"]
                )
            )
        )
        if logged is not None:
            self.logged(logged, _("Closed."))

    def edit_entry(self, client_id: str, number: int) -> None:
        """Change what an entry says."""
        entry = self.calmly(lambda: self.workspace.ledger.get(client_id, number))
        if entry is not None:
            self.ask(self._edit_entry, client_id, entry)

    async def _edit_entry(self, client_id: str, entry: "Entry") -> None:
        from playbook.dialogs.entry_forms import amend_dialog, changed_in

        dialog, said = amend_dialog(self.workspace, client_id, entry)
        typed = await self.app.push_screen_wait(dialog)
        changed = changed_in(typed, said) if typed is not None else {}
        if not changed:
            return
        ledger = self.workspace.ledger
        logged = self.allowed(self.calmly(lambda: ledger.amend(client_id, entry.n, changed)))
        if logged is not None:
            self.logged(logged, _("Changed."))

    def put_off_entry(self, client_id: str, number: int) -> None:
        """Leave an entry until a later day, tomorrow unless another is said."""
        entry = self.calmly(lambda: self.workspace.ledger.get(client_id, number))
        if entry is not None:
            self.ask(self._put_off, client_id, entry)

    async def _put_off(self, client_id: str, entry: "Entry") -> None:
        from playbook.core.calendar import from_stamp
        from playbook.core.schedule import day_of
        from playbook.dialogs.entry_forms import put_off_dialog

        typed = await self.app.push_screen_wait(put_off_dialog(self.workspace, entry.text))
        moment = from_stamp(typed["until"]) if typed else None
        if typed is None or moment is None:
            return
        until = day_of(moment, self.workspace.calendar)
        ledger = self.workspace.ledger
        logged = self.allowed(
            self.calmly(lambda: ledger.put_off(client_id, entry.n, until, reason=typed["reason"]))
        )
        if logged is not None:
            self.logged(logged, _("Put off."))

"""What keys do for the people at a client: delete a fact about one for good, write out what is kept about one."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.dialogs.main_screen import MainScreen
from playbook.words import N_, _


class PersonActions(MainScreen):
    """A full screen whose rows are entries of a client's ledger and people there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("D", "forget_fact", N_("delete fact"), show=False, id="fact.forget", tooltip=N_("Delete a fact about a person, for good")),
    ]  # fmt: skip

    @property
    def current_client_id(self) -> str:
        """Id of the client whose people they are."""
        raise NotImplementedError

    def action_forget_fact(self) -> None:
        """Delete the fact under the cursor for good, once that was agreed to."""
        kind, _blank, number = self.rows.key.partition(" ")
        if kind != "entry":
            self.tell(_("Put the cursor on a fact about a person first."))
            return
        self.ask(self._forget_fact, self.current_client_id, int(number))

    async def _forget_fact(self, client_id: str, number: int) -> None:
        from playbook.dialogs.confirm import ConfirmDialog
        from playbook.words.entries import same_words

        ledger = self.workspace.ledger
        entry = self.calmly(lambda: ledger.get(client_id, number))
        if entry is None:
            return
        if entry.kind != "fact":
            self.allowed(Refusal("forget-fact-only", {"entry": entry.text or entry.kind}))
            return
        lines = [
            entry.text,
            "",
            _("It goes from the ledger, from answers and notes that hold the same words, from the history and from the automatic backups. Documents you exported stay where they are."),
        ]  # fmt: skip
        if not await self.app.push_screen_wait(
            ConfirmDialog(_("Delete this for good? It cannot be taken back."), lines)
        ):
            return
        deleted = self.allowed(self.calmly(lambda: ledger.forget_fact(client_id, number)))
        if deleted is None:
            return
        self.calmly(self.reload)
        self.tell(_("Deleted. A fresh backup was made of what is left."))
        if deleted.same:
            self.tell(same_words(deleted.client.slug, deleted.same), "warning")

    async def export_person(self, client_id: str, place: int) -> None:
        """Ask for a file, and write there all that names a contact, by its place among the client's."""
        from playbook.dialogs.asking import person_dialog
        from playbook.workspace.about_person import AboutPerson
        from playbook.workspace.exporting import is_taken

        client = self.calmly(lambda: self.workspace.clients.get(client_id))
        if client is None or place >= len(client.contacts):
            return
        name = client.contacts[place].name
        if not name:
            self.tell(_("Without a name nobody can be looked for. e gives one."))
            return
        about = AboutPerson(self.workspace, client_id, name)
        typed = await self.app.push_screen_wait(person_dialog(name, str(about.proposed()), is_taken))
        if typed is None:
            return
        path = self.allowed(self.calmly(lambda: about.write(typed["path"])))
        if path is not None:
            self.tell(_("Written to {path}.").format(path=path))

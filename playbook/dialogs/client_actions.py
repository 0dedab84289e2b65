"""Adding and changing clients from the screens that show them."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.answers import as_typed
from playbook.core.client import SETTING_KEYS, Contact
from playbook.core.playbook import Field
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.dialogs.main_screen import MainScreen
from playbook.words import N_, _, language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playbook.core.client import Client

_PERSON = ("contact", "role", "email", "phone", "greeted")
_SETTINGS = ("language", "form", "country", "owner", "card", *SETTING_KEYS, "temperature")


class ClientActions(MainScreen):
    """A full screen with a client under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("F", "forget_client", N_("forget"), show=False, id="client.forget", tooltip=N_("Delete all there is of a client, for good")),
    ]  # fmt: skip

    @property
    def current_client_id(self) -> str:
        """Id of the client the cursor is on; "" for none."""
        raise NotImplementedError

    def action_add_client(self) -> None:
        """Ask for a new client."""
        self.ask(self._add)

    async def _add(self) -> None:
        values = await self._ask(_("New client"), {"language": language()})
        if values is None:
            return
        client = self.allowed(self.calmly(lambda: self._added(values)))
        if client is not None:
            self.calmly(self.reload)
            self.rows.select(client.id)
            self.tell(_("Added {name}.").format(name=client.name))

    def action_edit_client(self) -> None:
        """Change the client under the cursor."""
        if not self.current_client_id:
            self.tell(_("Put the cursor on a client first."))
            return
        self.ask(self._edit, self.current_client_id)

    async def _edit(self, client_id: str) -> None:
        client = self.calmly(lambda: self.workspace.clients.get(client_id))
        if client is None:
            return
        person = client.contacts[0] if client.contacts else Contact("")
        now = {"name": client.name, **client.settings, "contact": person.name, "role": person.role,
               "email": person.email, "phone": person.phone, "greeted": person.greeted} | self._tailored(client)  # fmt: skip
        values = await self._ask(client.name, now)
        if values is None:
            return
        if self.allowed(self.calmly(lambda: self._changed(client, now, values))) is not None:
            self.calmly(self.reload)

    def _added(self, values: "Mapping[str, str]") -> "Client | Refusal":
        settings = {key: values[key] for key in _SETTINGS if values.get(key)}
        return self.workspace.clients.add(values["name"], settings, _person(values))

    def _changed(
        self, client: "Client", before: "Mapping[str, str]", values: "Mapping[str, str]"
    ) -> "Client | Refusal":
        """Only what differs is recorded."""
        changed = {
            key: values[key] for key in ("name", *_SETTINGS) if values.get(key, "") != before.get(key, "")
        }
        outcome: Client | Refusal = client
        if changed:
            outcome = self.workspace.clients.set(client.id, changed)
        if not isinstance(outcome, Refusal) and any(
            values.get(key, "") != before.get(key, "") for key in _PERSON
        ):
            outcome = self.workspace.clients.set_contact(client.id, 0, _person(values))
        return outcome

    def edit_saved(self, client_id: str, name: str) -> None:
        """Change one saved answer of a client, or take it away."""
        self.ask(self._edit_saved, client_id, name)

    async def _edit_saved(self, client_id: str, name: str) -> None:
        from playbook.dialogs.answer import question_of
        from playbook.dialogs.asking import reading_of
        from playbook.dialogs.form import FormDialog
        from playbook.words.refusals import refusal_words

        clients, calendar = self.workspace.clients, self.workspace.calendar
        client = self.calmly(lambda: clients.get(client_id))
        if client is None or name not in client.saved:
            return
        field = clients.saving_fields(client).get(name) or Field(id=name, label=name)
        now = as_typed(field, client.saved[name], calendar)
        question = question_of(field, now, reading_of(self.workspace, clears=False))
        question = question._replace(required=False)

        def wrong(typed: "Mapping[str, str]") -> dict[str, str]:
            outcome = clients.checked_answer(client_id, name, typed[field.id])
            return {field.id: refusal_words(outcome)} if isinstance(outcome, Refusal) else {}

        hint = _("Every later run is offered this. Emptied, it is not kept any more.")
        dialog = FormDialog(_("Saved answer"), [question], check=wrong, hint=hint)
        typed = await self.app.push_screen_wait(dialog)
        if typed is None or typed[field.id] == now:
            return
        changed = self.calmly(lambda: clients.set_answer(client_id, name, typed[field.id]))
        if self.allowed(changed) is not None:
            self.calmly(self.reload)
            self.tell(_("Changed.") if typed[field.id].strip() else _("Taken away. u brings it back."))

    def action_forget_client(self) -> None:
        """Delete the client under the cursor for good, once its name was typed."""
        if not self.current_client_id:
            self.tell(_("Put the cursor on a client first."))
            return
        self.ask(self._forget, self.current_client_id)

    async def _forget(self, client_id: str) -> None:
        from playbook.dialogs.ask_text import AskTextDialog

        client = self.calmly(lambda: self.workspace.clients.get(client_id))
        if client is None:
            return
        hint = _("All there is of this client is deleted: contacts, runs, ledger, history, and the automatic backups. Nothing brings it back. Documents you exported stay where they are.")  # fmt: skip
        dialog = AskTextDialog(
            _("Forget {name}").format(name=client.name), _("Type the client's name"), hint=hint
        )
        typed = await self.app.push_screen_wait(dialog)
        if typed is None:
            return
        if line(typed) != client.name:
            self.allowed(Refusal("forget-name", {"name": client.name}))
            return
        if self.allowed(self.calmly(lambda: self.workspace.clients.forget(client_id))) is not None:
            self.calmly(self.reload)
            self.tell(_("Forgotten. A fresh backup was made of what is left."))

    async def _ask(self, title: str, now: "Mapping[str, str]") -> "dict[str, str] | None":
        from playbook.dialogs.form import FormDialog
        from playbook.dialogs.tailoring import tailoring_questions
        from playbook.widgets.form_field import Question

        lines = [
            Question("name", _("Name"), value=now.get("name", ""), required=True),
            Question("contact", _("Contact"), value=now.get("contact", "")),
            Question("role", _("What they do"), value=now.get("role", "")),
            Question("email", _("E-mail"), value=now.get("email", "")),
            Question("phone", _("Phone"), value=now.get("phone", "")),
            Question("language", _("Language"), value=now.get("language", ""), placeholder=_("en, es, …")),
            Question(
                "form",
                _("Form of address"),
                value=now.get("form", ""),
                placeholder=_("tú or usted, for Spanish drafts"),
            ),
            Question(
                "greeted",
                _("Greeted as"),
                value=now.get("greeted", ""),
                placeholder=_("Lucía, or Ms Ortega; may stay empty"),
            ),
            Question("country", _("Country"), value=now.get("country", ""), placeholder=_("ES, MX, US, …")),
            Question(
                "owner", _("Owner"), value=now.get("owner", ""), placeholder=_("who answers for them here")
            ),
            Question(
                "card",
                _("Card"),
                "lines",
                now.get("card", ""),
                placeholder=_("up to five lines that head every run"),
            ),
            *tailoring_questions(now),
        ]
        return await self.app.push_screen_wait(FormDialog(title, lines, check=self._wrong))

    def _tailored(self, client: "Client") -> dict[str, str]:
        """What is set for this client alone, as one types it."""
        kept = {key: client.saved.get(key) for key in (*SETTING_KEYS, "temperature")}
        calendar = self.workspace.calendar
        return {key: as_typed(Field(), value, calendar) for key, value in kept.items()}

    @staticmethod
    def _wrong(values: "Mapping[str, str]") -> dict[str, str]:
        """The lines that do not fit, and why."""
        from playbook.words.refusals import refusal_words
        from playbook.workspace.clients import checked_value

        outcomes = {
            key: checked_value(key, values[key])
            for key in ("name", *_SETTINGS)
            if key == "name" or values[key]
        }
        return {
            key: refusal_words(outcome) for key, outcome in outcomes.items() if isinstance(outcome, Refusal)
        }


def _person(values: "Mapping[str, str]") -> Contact | None:
    person = Contact(
        values.get("contact", ""),
        values.get("role", ""),
        values.get("email", ""),
        values.get("phone", ""),
        values.get("greeted", ""),
    )
    return person if any(person) else None

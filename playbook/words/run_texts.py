"""The texts of a run with their names filled in: the PM's as the run has them, the client's in their language."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from playbook.core.client import DERIVED, Client, Contact
from playbook.core.decide import Sheet
from playbook.core.filling import Values, fill, names_of, nothing
from playbook.core.playbook import Message, Playbook, Step
from playbook.core.scripts import Script, greeting_of, script_of
from playbook.words import N_, _, language, speaking
from playbook.words.answers import spoken
from playbook.words.dates import full_day


class RunTexts:
    """Fills in the texts of one run as it stands; a name without a value becomes `[what it is]`."""

    def __init__(
        self, sheet: Sheet, client: Client, scripts: Playbook, *, me: str, today: date,
        known: Callable[[str], Any] = nothing,
    ) -> None:  # fmt: skip
        """`scripts` is the playbook in the client's language, else the run's own; `known` tells what follows from the ledger."""
        own = sheet.run.playbook
        self._form = client.settings.get("form", "")
        self._translated = {} if scripts is own else {step.id: step for step in scripts.steps()}

        day_words = partial(full_day, today=today)

        def greeted(contact: Contact) -> str:
            return greeting_of(contact, self._form, language())

        def values(said: Playbook, joint: str, called: Callable[[Contact], str]) -> Values:
            def shown(field_id: str, value: Any, alone: bool) -> str:
                return spoken(
                    said, field_id, value, sheet.calendar, day_words=day_words, alone=alone, joint=joint
                )

            return names_of(
                sheet.run, client, me=me, today=today.isoformat(), shown=shown, known=known, called=called
            )

        self._own_gap, self._their_gap = partial(_gap, own), partial(_gap, scripts)
        self._values = values(own, " · ", attrgetter("name"))
        self._speaks = language() if scripts is own else scripts.language
        self._their_values = values(scripts, ", ", greeted)

    def own(self, text: str) -> str:
        """A text for the PM."""
        return fill(text, self._values, self._own_gap).text

    def script(self, step: Step) -> Script:
        """What the step says to the client; dates and choices are in their language too."""
        found = script_of(self._translated.get(step.id, step), self._form)
        with speaking(self._speaks):
            message = found.message and Message(
                self._told(found.message.to),
                self._told(found.message.subject),
                self._told(found.message.body),
            )
            return Script(self._told(found.say), message)

    def _told(self, text: str) -> str:
        return fill(text, self._their_values, self._their_gap).text


_NAMES: Mapping[str, str] = {
    "contact.name": N_("the contact's name"), "contact.email": N_("the contact's e-mail"), "run.target": N_("the target day"),
    "client.last-face": N_("when we last met"), "client.last-voice": N_("when they last heard us"),
    "client.open-promises": N_("what we owe them"), "client.open-concerns": N_("what troubles them"),
    "client.next-check-in": N_("the next check-in"),
    "me": N_("your name"),
}  # fmt: skip
"""What is missing where no field is."""


def _gap(playbook: Playbook, name: str) -> str:
    """What stands for a name without a value and says what belongs there: `[Price and payment days]`."""
    label = next((field.label for field in playbook.all_fields() if field.id == name), "")
    name = f"client.{name}" if name in DERIVED else name
    return f"[{label or (_(_NAMES[name]) if name in _NAMES else name)}]"

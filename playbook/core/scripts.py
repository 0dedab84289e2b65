"""What a step says to a client: the words to be spoken and the draft, in the form of address that is theirs."""

from typing import NamedTuple

from playbook.core.client import Contact
from playbook.core.playbook import Message, Step

FORMAL = "usted"
"""The form of address for which a step's `formal` words are meant."""


def greeting_of(contact: Contact, form: str, language: str) -> str:
    """The name a letter greets a person by: as the PM says, else the first name where Spanish says tú."""
    first, _, rest = contact.name.partition(" ")
    is_familiar = language == "es" and form != FORMAL and bool(rest) and not first.endswith(".")
    return contact.greeted or (first if is_familiar else contact.name)


class Script(NamedTuple):
    """The texts of a step that a client hears or reads."""

    say: str = ""
    message: Message | None = None


def script_of(step: Step, form: str) -> Script:
    """The step's words for this form of address; what has no formal wording stays as it is."""
    formal = step.formal if form == FORMAL else None
    if formal is None:
        return Script(step.say, step.message)
    plain = step.message
    message = plain and Message(plain.to, formal.subject or plain.subject, formal.body or plain.body)
    return Script(formal.say or step.say, message)

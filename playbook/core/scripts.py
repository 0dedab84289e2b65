"""What a step says to a client: the words to be spoken and the draft, in the form of address that is theirs."""

from typing import NamedTuple

from playbook.core.playbook import Message, Step

FORMAL = "usted"
"""The form of address for which a step's `formal` words are meant."""


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

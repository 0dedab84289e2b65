"""How a step stands, at a glance: one sign and one word, told apart without colour, and marks beside its title."""

from typing import NamedTuple

from playbook.core.playbook import channel_of
from playbook.core.view import StepView
from playbook.widgets.spans import Span, Spans, spans
from playbook.words import _
from playbook.words.refusals import state_word
from playbook.words.signs import (
    BLOCKED,
    CHANNEL_SIGNS,
    CONDITIONAL,
    FAULTY,
    HIDDEN,
    LOCKED,
    REPEATS,
    RETIRED,
    STATE_SIGNS,
    WAITING,
)


class Standing(NamedTuple):
    """The sign in front of a step, the word behind it, and the tone of both."""

    sign: str
    word: str = ""
    tone: str = ""


def standing_of(found: StepView) -> Standing:
    """The most pressing thing about a step; an open one that nothing holds has no word, for its date says more."""
    state = found.progress.state
    if found.is_hidden:
        return Standing(HIDDEN, _("not needed"), "hidden")
    if found.is_retired:
        return Standing(RETIRED, _("retired"), "hidden")
    if state != "open":
        return Standing(
            STATE_SIGNS[state], state_word(state), {"done": "done", "skipped": "skipped"}.get(state, "hidden")
        )
    if found.blocked:
        return Standing(BLOCKED, _("blocked"), "overdue")
    if found.locked_by:
        return Standing(LOCKED, _("locked"), "locked")
    if found.is_waiting:
        return Standing(WAITING, _("waiting"), "waiting")
    if found.progress.earlier:
        return Standing(REPEATS)
    return Standing(STATE_SIGNS["open"])


def marks_of(found: StepView) -> Spans:
    """What else there is to know: how contact is made, that it comes back, or is there for a reason."""
    doubtful = Span(FAULTY, "overdue") if found.faults else Span("")
    repeats = Span(REPEATS, "key") if found.step.repeat and not found.progress.earlier else Span("")
    conditional = Span(CONDITIONAL if found.step.when else "", "waiting")  # a section's is on its heading
    channel = Span(CHANNEL_SIGNS.get(channel_of(found.step), ""), "care")
    return tuple(mark for mark in (doubtful, repeats, conditional, channel) if mark.text)


def titled(found: StepView, tone: str = "") -> Spans:
    """The title, with the star of the short form."""
    return (*spans(found.step.title, tone), *spans(" ★" if found.step.key else "", "key"))

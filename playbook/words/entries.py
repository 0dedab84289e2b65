"""Ledger entries in words: kinds, questions, cautions, and one entry on one line."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.client import Entry
from playbook.core.entry_kinds import KINDS
from playbook.core.playbook import Field
from playbook.core.schedule import day_of
from playbook.core.text import line
from playbook.words import N_, N_context, _, in_context, plural
from playbook.words.dates import short_day

KIND_SIGNS: Mapping[str, str] = {
    "contact": "☎", "promise": "◇", "next-word": "»", "status-asked": "?", "concern": "!", "batch": "≡",
    "expectation": "≈", "fact": "♥", "gift": "✿", "note": "·",
}  # fmt: skip
"""One cell each."""

_KINDS: Mapping[str, str] = {
    "contact": N_context("entry", "contact"), "promise": N_context("entry", "promise"),
    "next-word": N_context("entry", "next word"), "status-asked": N_context("entry", "asked for the status"),
    "concern": N_context("entry", "concern"), "batch": N_context("entry", "for the next check-in"),
    "expectation": N_context("entry", "expectation"), "fact": N_context("entry", "about a person"),
    "gift": N_context("entry", "gift"), "note": N_context("entry", "note"),
}  # fmt: skip

TEXTS: Mapping[str, str] = {
    "contact": N_("What it was about"), "promise": N_("What we promise"), "next-word": N_("What they will hear"),
    "status-asked": N_("What they asked for"), "concern": N_("Their concern, in their words"),
    "batch": N_("What to bring up"), "expectation": N_("What they expect, in their words"),
    "fact": N_("What they told us"), "gift": N_("The gift"), "note": N_("The note"),
}  # fmt: skip
"""What the text of an entry says, by kind."""

_LABELS: Mapping[str, str] = {
    "channel": N_("Channel"), "direction": N_("Who began"), "topic": N_("Topic"), "internal": N_("We mean to be ready by"),
    "to": N_("To whom"), "by": N_("By"), "missing": N_("Which word of ours was missing"), "change": N_("What changes"),
    "answer": N_("They have an answer by"), "worse": N_("Is it worse than they expect?"), "mendable": N_("Might it be put right within two hours, with nothing getting worse meanwhile?"), "area": N_("About"),
    "limit": N_("Our limit"), "category": N_("Category"), "about": N_("About whom"), "volunteered": N_("Did they tell it unasked?"),
    "follow-up": N_("Come back to it on"), "value": N_("Value"), "rule": N_("Their gift rule"), "approver": N_("Who agreed to it"),
    "sent": N_("Sent on"), "landed": N_("How it landed"), "cost": N_("What it costs us"), "on": N_("Day"),
    "asleep-until": N_("Put off until"), "choice": N_("Marked"), "feelings": N_("Feelings"), "text": N_("Text"), "owner": N_("Who has to move"),
}  # fmt: skip

_CHOICES: Mapping[str, str] = {
    "call": N_("call"), "video": N_("video"), "in-person": N_("in person"), "email": N_("e-mail"), "chat": N_("chat"),
    "post": N_("post"), "out": N_("we did"), "in": N_("they did"), "progress": N_("progress"), "problem": N_("a problem"),
    "money": N_("money"), "no-agenda": N_("nothing in particular"), "personal": N_("personal"), "cost": N_("costs more"),
    "time": N_("takes longer"), "quality": N_("less good"), "result": N_("the result"), "date": N_("the date"),
    "contact": N_("contact with us"), "their-effort": N_("their own effort"), "work": N_("work"), "family": N_("family"),
    "taste": N_("taste"), "moment": N_("a moment in their life"), "other": N_("something else"), "health": N_("health"),
    "faith": N_("faith"), "politics": N_("politics"), "union": N_("union"), "sex-life": N_("sex life"),
    "ethnicity": N_("ethnicity"), "yes": N_("yes"), "no": N_("no"), "us": N_("us"), "client": N_("the client"),
    "third": N_("a third party"),
}  # fmt: skip

_OF_FIELD: Mapping[tuple[str, str], str] = {
    ("area", "quality"): N_("quality"), ("area", "cost"): N_("the cost"),
}  # fmt: skip
"""Choices that mean something else in one question."""

CAUTIONS: Mapping[str, str] = {
    "promise-tight": N_("The day you said is no later than the day you mean to be ready. There is no room for a surprise."),
    "money-unspoken": N_("Money is spoken first: no talk about money in the last seven days is logged."),
    "fact-sensitive": N_("Health, faith, politics, union, sex life and ethnicity are better not kept. Keep it only if the client would want you to."),
    "fact-not-volunteered": N_("They did not tell this unasked. Would they like to know that it is written down?"),
}  # fmt: skip


def kind_name(kind: str) -> str:
    """`promise`, in the language in force."""
    return in_context("entry", _KINDS[kind]) if kind in _KINDS else line(kind)


def label_of(name: str) -> str:
    """The question that a value of an entry answers."""
    return _(_LABELS[name]) if name in _LABELS else line(name)


def choice_word(value: str, field: str = "") -> str:
    """The word for a value that is one of a few."""
    said = _OF_FIELD.get((field, value)) or _CHOICES.get(value)
    return _(said) if said else line(value)


def fields_of(kind: str) -> tuple[Field, ...]:
    """The values of a kind as questions in the language in force."""
    return tuple(
        replace(
            field,
            label=label_of(field.id),
            choices={each: choice_word(each, field.id) for each in field.choices},
        )
        for field in KINDS[kind]
    )


def caution_words(code: str) -> str:
    """What the PM should know before an entry is kept."""
    return _(CAUTIONS[code])


def entry_words(kind: str, text: str, on: str, at: str, owner: str, calendar: Calendar, today: date) -> str:
    """An open entry on one line: `promise: wireframes (told them Fri 27 Nov)`."""
    said = f"{kind_name(kind)}: {line(text)}" if text else kind_name(kind)
    moment = from_stamp(on) if on != at else None
    if owner != "us":
        said += f" ({choice_word(owner)})"
    elif moment is not None and kind == "promise":
        said += " " + _("(told them {day})").format(day=short_day(day_of(moment, calendar), today))
    return said


def same_words(slug: str, numbers: Sequence[int]) -> str:
    """Which other facts still say what was deleted."""
    names = ", ".join(f"{slug}#{number}" for number in numbers)
    return plural(
        "{names} says the same and is still there.", "{names} say the same and are still there.", len(numbers), names=names
    )  # fmt: skip


def value_line(entry: Entry, calendar: Calendar) -> str:
    """An entry's values on one line, each with its question."""
    from playbook.words.answers import answer_words

    fields = {field.id: field for field in KINDS.get(entry.kind, ())}
    parts = []
    for name, value in entry.values.items():
        field = fields.get(name, Field(id=name))
        if isinstance(value, str) and not (moment := from_stamp(value)):
            said = choice_word(value, name)
        elif isinstance(value, str) and moment:
            said = short_day(day_of(moment, calendar))
        elif isinstance(value, list):
            said = ", ".join(choice_word(str(each), name) for each in value)
        else:
            said = line(answer_words(field, value, calendar))
        parts.append(f"{label_of(name)}: {said}")
    return " · ".join(parts)

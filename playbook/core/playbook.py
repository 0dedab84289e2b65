"""What a playbook file says (format 1), as plain frozen data.

The reader (`files/read.py`) and the JSON Schema (`files/schema.py`) are driven by these type hints, the
metadata and the docstrings under the fields. Attribute names are plural; `key` in the metadata is the name
in TOML where it differs. `one` in the metadata: a single value may stand for a list of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

FieldKind = Literal[
    "text", "long-text", "number", "money", "date", "datetime", "yes-no", "choice", "several", "list",
    "email", "phone", "url", "file", "person",
]  # fmt: skip
Channel = Literal["in-person", "video", "call", "email", "chat", "post"]
Topic = Literal["progress", "problem", "money", "no-agenda", "personal"]
Roll = Literal["later", "earlier", "none"]
EntryKind = Literal[
    "contact", "promise", "next-word", "status-asked", "concern", "batch", "expectation", "fact", "gift", "note"
]  # fmt: skip
Scalar = str | bool | int | float | date | datetime

RESERVED = frozenset({"start", "target", "today", "me", "client", "contact", "run", "snippets", "own"})
"""Ids no section, step or field may have."""

CHANNELS = ("in-person", "video", "call", "email", "chat", "post")
"""Every channel, the closest first."""


def _key(name: str, **more: Any) -> Any:
    return {"key": name, **more}


ONE = {"one": True}


@dataclass(frozen=True, slots=True)
class Ref:
    """The right side of a test, when it is read from the run or the client."""

    field_id: str = field(default="", metadata=_key("field"))
    """Id of a field whose answer is compared with."""
    client: str = ""
    """Saved name or setting of the client that is compared with."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One test on one left side, or `all` / `any` of several."""

    field_id: str = field(default="", metadata=_key("field"))
    """Id of the field whose answer is tested."""
    step: str = ""
    """Id of the step whose state is tested: open, done, skipped, n/a or hidden."""
    client: str = ""
    """Saved name or setting of the client that is tested."""
    is_: Scalar | Ref | None = field(default=None, metadata=_key("is"))
    """Equal; text compares without case, an unknown value makes it false."""
    is_not: Scalar | Ref | None = None
    """Not equal; an unknown value makes it true."""
    any_of: tuple[Scalar, ...] = ()
    """Equal to one of these."""
    contains: Scalar | Ref | None = None
    """A part of the text, or one whole line of a list."""
    more_than: Scalar | Ref | None = None
    """Greater than this number, amount or length of a list."""
    less_than: Scalar | Ref | None = None
    """Less than this number, amount or length of a list."""
    at_least: Scalar | Ref | None = None
    """Greater than or equal to this."""
    at_most: Scalar | Ref | None = None
    """Less than or equal to this."""
    before: Scalar | Ref | None = None
    """Earlier than this day or instant."""
    after: Scalar | Ref | None = None
    """Later than this day or instant."""
    answered: bool | None = None
    """Whether there is any answer."""
    all_: "tuple[Condition, ...]" = field(default=(), metadata=_key("all"))
    """Every one of these must hold."""
    any_: "tuple[Condition, ...]" = field(default=(), metadata=_key("any"))
    """At least one of these must hold."""


TESTS = ("is_", "is_not", "any_of", "contains", "more_than", "less_than", "at_least", "at_most", "before", "after",
         "answered")  # fmt: skip
"""Attributes of a Condition of which exactly one is given."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value recorded in a step, or asked when a run starts."""

    id: str = field(default="", metadata={"required": True})
    """Permanent id: lower case letters, digits and hyphens."""
    label: str = field(default="", metadata={"required": True})
    """What the person sees."""
    help: str = ""
    """A sentence shown while answering."""
    required: bool = False
    """Asked before the step can be done."""
    private: bool = False
    """Never part of a client-safe export."""
    when: tuple[Condition, ...] = field(default=(), metadata=ONE)
    """Shown only while these hold; a hidden field is never required."""
    kind: FieldKind = "text"
    """What kind of value it takes."""
    choices: Mapping[str, str] = field(default_factory=dict, metadata={"list_or_table": True})
    """What can be chosen: a list, or a table of id and label."""
    min: Scalar | None = None
    """Least value of a number or date, count of a list, length of a text."""
    max: Scalar | None = None
    """Greatest value of a number or date, count of a list, length of a text."""
    default: Scalar | tuple[Scalar, ...] | None = None
    """The answer offered at first."""
    save_as: str = ""
    """Name under which the answer is kept on the client and offered in later runs."""


@dataclass(frozen=True, slots=True)
class Message:
    """A draft the person edits and sends with their own program."""

    to: str = ""
    """Whom it is for."""
    subject: str = ""
    """Subject line."""
    body: str = ""
    """Text of the draft."""


@dataclass(frozen=True, slots=True)
class Formal:
    """The step's words to a client whose form of address is formal (usted); what is left out stays as it is."""

    say: str = ""
    """The opening to be spoken."""
    subject: str = ""
    """Subject line of the draft."""
    body: str = ""
    """Text of the draft."""


@dataclass(frozen=True, slots=True)
class Starts:
    """The playbook a step offers to start for the same client."""

    playbook: str = field(default="", metadata={"required": True})
    """Id of that playbook; it may be this one."""
    on: str = ""
    """Id of the date field that gives its start."""
    set: Mapping[str, str] = field(default_factory=dict)
    """Its fields, each filled from a field of this playbook."""


@dataclass(frozen=True, slots=True)
class Log:
    """A ledger entry made when the step is ticked."""

    kind: EntryKind = field(default="note", metadata={"required": True})
    """What kind of entry."""
    text: str = ""
    """Its text, or the id of the field that holds it."""
    each: str = ""
    """Id of a list field: one entry a line."""
    values: Mapping[str, str] = field(default_factory=dict, metadata={"rest": True})
    """Further values of the entry, each a field id or a text."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do and tick."""

    id: str = field(default="", metadata={"required": True})
    """Permanent id; progress hangs on it."""
    title: str = field(default="", metadata={"required": True})
    """One line: what is done."""
    guide: str = ""
    """Markdown: why and how, in a few sentences."""
    say: str = ""
    """An opening to be spoken."""
    message: Message | None = None
    """A draft to edit and send; the step then has the channel e-mail."""
    formal: Formal | None = None
    """What `say` and `message` say to a client who is addressed formally."""
    key: bool = False
    """Part of the short form."""
    side: Literal["", "care", "competence"] = ""
    """Which of the two sides of the work it shows."""
    channel: Literal["", "in-person", "video", "call", "email", "chat", "post"] = ""
    """Ticking logs a contact by this channel."""
    topic: Literal["", "progress", "problem", "money", "no-agenda", "personal"] = ""
    """What that contact is about."""
    skip: Literal["reason", "free", "never"] = "reason"
    """reason: skipping needs one; free: optional; never: neither skipped nor n/a."""
    due: tuple[str, ...] = field(default=(), metadata={**ONE, "format": "date rule"})
    """When it is due, such as "start + 2bd"; of several the earliest that is known counts."""
    opens: str = field(default="", metadata={"format": "date rule"})
    """Ticking before this date asks for a reason once."""
    by: str = field(default="", metadata={"format": "clock"})
    """Clock time on the due day, such as "16:00"."""
    roll: Literal["", "later", "earlier", "none"] = ""
    """Where a date moves that falls on a closed day."""
    when: tuple[Condition, ...] = field(default=(), metadata=ONE)
    """Shown only while these hold."""
    needs: tuple[str, ...] = ()
    """Ids of steps that must be settled first."""
    gate: Literal["", "hard", "soft"] = ""
    """hard: locks what it holds; soft: warns and asks for a reason once."""
    holds: tuple[str, ...] = ()
    """Ids of steps and sections the gate holds; everything after it when empty."""
    repeat: str = field(default="", metadata={"format": "interval"})
    """Opens again one interval after its last due, such as "1w"."""
    role: str = ""
    """Key of [roles]: who does it."""
    court: Literal["", "us", "client", "third"] = ""
    """Who has to move."""
    starts: Starts | None = field(default=None, metadata={"short": "playbook"})
    """A playbook that ticking offers to start."""
    logs: tuple[Log, ...] = field(default=(), metadata=ONE)
    """Ledger entries made on ticking."""
    closes: str = ""
    """Id of a step: ticking asks for the outcome of the open entries which that step logged."""
    source: tuple[str, ...] = field(default=(), metadata=ONE)
    """Where the step comes from."""
    fields: tuple[Field, ...] = field(default=(), metadata=_key("field"))
    """Values recorded in the step."""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of steps, in order."""

    id: str = ""
    """Permanent id; made from the title when left out."""
    title: str = field(default="", metadata={"required": True})
    """What the group is called."""
    intro: str = ""
    """Markdown shown above its steps."""
    pause: str = ""
    """The moment at which the section is gone through."""
    mode: Literal["read-do", "do-confirm"] = "read-do"
    """read-do: read, do, tick; do-confirm: do from memory, then confirm."""
    when: tuple[Condition, ...] = field(default=(), metadata=ONE)
    """Joined with the condition of each step."""
    steps: tuple[Step, ...] = field(default=(), metadata=_key("step"))
    """Its steps."""


@dataclass(frozen=True, slots=True)
class PlaybookTest:
    """A `[[test]]`: given these answers, expect these dates and steps."""

    name: str = field(default="", metadata={"required": True})
    """What it shows."""
    start: str | date | datetime = field(default="", metadata={"required": True})
    """Day or instant of the start."""
    target: str | date = ""
    """Target day."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Answers by field id."""
    client: Mapping[str, Any] = field(default_factory=dict)
    """Saved names and settings of the client."""
    closed: tuple[str | date, ...] = ()
    """Days off."""
    done: Mapping[str, Any] | tuple[str, ...] = field(default_factory=dict)
    """Steps done: a list, or a table of step and instant."""
    skipped: tuple[str, ...] = ()
    """Steps skipped."""
    na: tuple[str, ...] = ()
    """Steps that do not fit."""
    due: Mapping[str, Any] = field(default_factory=dict)
    """Expected due dates by step, or "waiting"."""
    shown: tuple[str, ...] = ()
    """Steps expected to be shown."""
    hidden: tuple[str, ...] = ()
    """Steps expected to be hidden."""
    locked: tuple[str, ...] = ()
    """Steps expected to be locked."""
    open: tuple[str, ...] = ()
    """Steps expected to be open and not locked."""


@dataclass(frozen=True, slots=True)
class Playbook:
    """A reusable definition: one TOML file."""

    format: int = 1
    """Format of the file."""
    id: str = ""
    """Permanent id; the file's name when left out."""
    title: str = field(default="", metadata={"required": True})
    """What it is called."""
    summary: str = ""
    """What it is for, in a sentence or two."""
    start_when: str = ""
    """When to start it."""
    tags: tuple[str, ...] = ()
    """Words to find it by."""
    language: str = "en"
    """Language of its text (BCP 47)."""
    start_label: str = ""
    """What the start is called."""
    target_label: str = ""
    """What the target day is called; gives the run a target."""
    roll: Literal["", "later", "earlier", "none"] = ""
    """Default of every step's roll."""
    topic: Literal["", "progress", "problem", "money", "no-agenda", "personal"] = ""
    """Default of every step's topic."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Role and label; each role gets a person at start."""
    snippets: Mapping[str, str] = field(default_factory=dict)
    """Text put in where {{ snippets.name }} stands."""
    fields: tuple[Field, ...] = field(default=(), metadata=_key("field"))
    """Asked when a run starts."""
    tests: tuple[PlaybookTest, ...] = field(default=(), metadata=_key("test"))
    """Expectations that `playbook test` runs."""
    sections: tuple[Section, ...] = field(default=(), metadata=_key("section", required=True))
    """Its sections, in order."""

    def steps(self) -> "tuple[Step, ...]":
        """Every step, in order."""
        return tuple(step for section in self.sections for step in section.steps)

    def all_fields(self) -> "tuple[Field, ...]":
        """Every field: the run's own, then those of the steps, in order."""
        return self.fields + tuple(f for step in self.steps() for f in step.fields)


def channel_of(step: Step) -> str:
    """The channel a tick of the step logs a contact by, or ""."""
    return step.channel or ("email" if step.message else "")


def side_of(step: Step) -> str:
    """Care or competence: calls, meetings and messages are care unless the file says otherwise."""
    if step.side:
        return step.side
    return "care" if channel_of(step) in {"in-person", "video", "call", "email"} else "competence"

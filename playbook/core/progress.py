"""How far one step is: its state, what was recorded in it, and the earlier rounds of a repeating one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

State = Literal["open", "done", "skipped", "n/a"]


class Note(NamedTuple):
    """A text a person added."""

    at: str
    by: str
    text: str


class Override(NamedTuple):
    """A lock that was passed over, with the reason."""

    at: str
    by: str
    reason: str
    gates: tuple[str, ...]
    """Steps that held it; none when only its day to open had not come."""


class Blocked(NamedTuple):
    """A step that cannot go on, and the day to look at it again."""

    reason: str
    follow_up_on: str | None


class Occurrence(NamedTuple):
    """One round of a repeating step that is over: done, or skipped."""

    beat: int
    """Which date of its rhythm it was for, from 0; passed-over dates leave gaps."""
    due: str | None
    """The date it had then."""
    state: State
    reason: str
    at: str
    by: str
    channel: str
    answers: Mapping[str, Any]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step is. Of a repeating step this is the round that is open, with the others in `earlier`."""

    state: State = "open"
    """Only a person changes it."""
    at: str = ""
    """When it was done, skipped or marked n/a (UTC)."""
    by: str = ""
    """Who did that."""
    reason: str = ""
    """Why it was skipped or does not fit."""
    channel: str = ""
    """Channel of the contact its tick logged."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Values by field id."""
    due_by_hand: str | None = None
    """A day or instant a person set, which outranks the playbook's rule."""
    notes: tuple[Note, ...] = ()
    """Notes, oldest first."""
    override: Override | None = None
    """The lock passed over when it was ticked."""
    opened_early: bool = False
    """Whether a reason was given for doing it before its day to open."""
    blocked: Blocked | None = None
    """Why it cannot go on."""
    person: str = ""
    """Whom it was given to; "" means whoever has its role."""
    started_runs: tuple[str, ...] = ()
    """Names of the runs it started."""
    earlier: tuple[Occurrence, ...] = ()
    """Rounds of a repeating step that are over, oldest first."""

    @property
    def is_touched(self) -> bool:
        """Whether a person left anything on it."""
        left = self.answers or self.notes or self.earlier or self.started_runs or self.due_by_hand
        return bool(self.state != "open" or left or self.blocked or self.person)

    @property
    def was_settled(self) -> bool:
        """Settled now, or a repeating step that was settled once: that is enough for gates and finishing."""
        return self.state != "open" or bool(self.earlier)

    @property
    def standing(self) -> State:
        """The state others see: an open round counts as what the earlier ones came to."""
        if self.state == "open" and self.earlier:
            return "done" if any(o.state == "done" for o in self.earlier) else self.earlier[-1].state
        return self.state

    @property
    def settled_at(self) -> str:
        """When it was settled last (UTC); "" for never."""
        if self.state != "open" or not self.earlier:
            return self.at
        return max(o.at for o in self.earlier)

    @property
    def last_answers(self) -> Mapping[str, Any]:
        """The latest answer to each field, whichever round gave it."""
        if not self.earlier:
            return self.answers
        known: dict[str, Any] = {}
        for occurrence in self.earlier:
            known.update(occurrence.answers)
        return {**known, **self.answers}

    def every_note(self) -> Iterator[Note]:
        """The notes of every round, oldest round first."""
        for occurrence in self.earlier:
            yield from occurrence.notes
        yield from self.notes


UNTOUCHED = Progress()


def close_round(progress: Progress, closed: Occurrence) -> Progress:
    """A repeating step after a round is over. The next one is open, with nothing in it yet.

    A round that another device closed as well stays one, with the answers of both.
    """
    for place, other in enumerate(progress.earlier):
        if other.beat == closed.beat:
            both = closed._replace(
                answers={**other.answers, **closed.answers}, notes=other.notes + closed.notes
            )
            return replace(
                progress, earlier=(*progress.earlier[:place], both, *progress.earlier[place + 1 :])
            )
    rounds = tuple(sorted((*progress.earlier, closed), key=lambda occurrence: occurrence.beat))
    if rounds[-1] is not closed:
        return replace(progress, earlier=rounds)  # an older one came late; the open one goes on
    return Progress(
        person=progress.person, started_runs=progress.started_runs, opened_early=progress.opened_early,
        override=progress.override, earlier=rounds,
    )  # fmt: skip


def reopen_round(progress: Progress) -> Progress:
    """A repeating step with its last round open again, and what was written in the next one kept."""
    *rounds, last = progress.earlier
    return replace(
        progress, answers={**last.answers, **progress.answers}, notes=last.notes + progress.notes,
        earlier=tuple(rounds),
    )  # fmt: skip

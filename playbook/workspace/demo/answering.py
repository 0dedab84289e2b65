"""Answers that fit their fields: from the banks by field id, else plain ones by kind."""

from collections.abc import Mapping
from datetime import date, datetime, time
from random import Random
from typing import NamedTuple

from playbook.core.answers import as_typed, parse_answer
from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.decide import Sheet
from playbook.core.playbook import Field
from playbook.core.problems import Refusal
from playbook.core.schedule import day_of
from playbook.workspace.demo.plain_answers import PLAIN
from playbook.workspace.demo.texts.shape import Texts


class Span(NamedTuple):
    """A day some working days after another: `since` is now, start, target or a field id."""

    since: str
    least: int
    most: int


DAYS: Mapping[str, Span] = {
    "welcome-next-word": Span("now", 2, 4), "kickoff": Span("start", 13, 14), "window-ends": Span("start", 40, 60),
    "first-session": Span("kickoff", 1, 3), "recap-next-word": Span("now", 3, 5), "told-on": Span("now", 0, 0),
    "win-handed-over": Span("now", 0, 0), "arrives-on": Span("now", 5, 6),
    "their-date": Span("start", 45, 80), "our-day": Span("now", 2, 3), "believed-on": Span("now", 18, 25),
    "promised-on": Span("believed-on", 2, 3), "look-again": Span("promised-on", 1, 3), "repair-ready": Span("now", 3, 4),
    "repair-date": Span("repair-ready", 1, 2), "return-at": Span("now", 1, 2),
    "return-again": Span("now", 1, 1),
}  # fmt: skip

SELDOM: Mapping[str, float] = {
    "window-ends": 0.2, "they-named": 0.6, "missing": 0.5,
    "leave-out": 0.4,
    "last-time": 0.6, "hesitation": 0.8, "worries": 0.85, "open-points": 0.6,
}  # fmt: skip
"""How often these are answered; others that are not required nearly always are."""

ANEW = frozenset({"", "goal", "goal-proof"})
"""Names under which every project saves something of its own; other saved answers are given again."""

ECHOES: Mapping[str, str] = {
    "what-changed": "they-named", "gift-idea": "they-told-us", "what-we-did": "instead-choice",
}  # fmt: skip
"""Fields whose texts answer those of another one, in the same order."""


class Bank:
    """Texts in turn, so that neighbours do not say the same."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._turns: dict[str, int] = {}

    def next(self, name: str, texts: tuple[str, ...]) -> str:
        """The next of these texts; `name` is what they are about."""
        turn = self._turns.get(name, -1) + 1
        self._turns[name] = turn
        return texts[turn % len(texts)]


class Answering:
    """Answers for one run."""

    def __init__(
        self, bank: Bank, calendar: Calendar, case: Mapping[str, str], words: Mapping[str, str], dice: Random
    ) -> None:
        """`case` are answers that belong together; `words` fill the names in braces."""
        self.bank, self.calendar = bank, calendar
        self.case, self.words = case, words
        self.dice = dice
        self._said: dict[str, int] = {}

    def answers(
        self, sheet: Sheet, fields: tuple[Field, ...], at: datetime, only: frozenset[str] = frozenset()
    ) -> dict[str, str]:
        """What is typed into these fields at a moment; with `only`, those and nothing else."""
        given: dict[str, str] = {}
        for field in fields:
            if field.id in only or (not only and self._wants(field)):
                text = self._typed(sheet, field, at, given)
                if not isinstance(parse_answer(field, text, self.calendar), Refusal):
                    given[field.id] = text
        return given

    def _wants(self, field: Field) -> bool:
        return field.required or self.dice.random() < SELDOM.get(field.id, 0.92)

    def _typed(self, sheet: Sheet, field: Field, at: datetime, given: Mapping[str, str]) -> str:
        if field.kind in ("date", "datetime"):
            return self._moment(sheet, field, at, given)
        if field.save_as not in ANEW and (known := sheet.client.get(field.save_as)) is not None:
            return as_typed(field, known, self.calendar)
        text = self.filled(self.case.get(field.id) or self._banked(field.id), at)
        if not text or isinstance(parse_answer(field, text, self.calendar), Refusal):
            return self._plain(field)
        return text

    def _banked(self, field_id: str) -> str:
        """The next text of a bank, or the one that goes with what was answered before; "" where there is none."""
        texts = self.bank.texts.answers.get(field_id) or PLAIN.get(field_id, ())
        other = ECHOES.get(field_id, "")
        if other in self._said:
            return texts[self._said[other] % len(texts)]
        text = self.bank.next(field_id, texts) if texts else ""
        self._said[field_id] = texts.index(text) if text else 0
        return text

    def filled(self, text: str, at: datetime) -> str:
        """The text with its names filled in; `{d5}` is the day five working days on."""
        today = self.calendar.day_of(at)
        days = {
            f"d{count}": self.calendar.add_working_days(today, count).isoformat()
            for count in (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 35, 40)
            if f"{{d{count}}}" in text
        }
        return text.format_map({**self.words, **days, "n": str(self.dice.randint(11, 98))})

    def _moment(self, sheet: Sheet, field: Field, at: datetime, given: Mapping[str, str]) -> str:
        span = DAYS.get(field.id, Span("now", 2, 5))
        day = self.calendar.add_working_days(
            self._since(sheet, span, at, given), self.dice.randint(span.least, span.most)
        )
        if field.kind == "date":
            return day.isoformat()
        clock = time(self.dice.choice((10, 11, 12, 16)), self.dice.choice((0, 30)))
        return as_typed(field, as_stamp(self.calendar.instant(day, clock)), self.calendar)

    def _since(self, sheet: Sheet, span: Span, at: datetime, given: Mapping[str, str]) -> date:
        """The day a span counts from: never one in the past, unless it is the run's start."""
        today = self.calendar.day_of(at)
        marks = {"now": None, "start": sheet.run.start, "target": sheet.run.target}
        text = (
            marks[span.since]
            if span.since in marks
            else given.get(span.since) or sheet.run.answer(span.since)
        )
        moment = from_stamp(text, self.calendar.zone) if isinstance(text, str) else None
        if moment is None:
            return today
        day = day_of(moment, self.calendar)
        return day if span.since == "start" else max(today, day)

    def _plain(self, field: Field) -> str:
        """An answer for a field that no bank knows."""
        least = field.min if isinstance(field.min, int) else 0
        match field.kind:
            case "number":
                return str(least + self.dice.randint(0, 3))
            case "money":
                return f"{max(least, 20) * 5} {self.words['currency']}"
            case "yes-no":
                return "yes"
            case "choice" | "several":
                return self.dice.choice(tuple(field.choices) or ("",))
            case "email":
                return self.words["email"]
            case "phone":
                return self.words["phone"]
            case "url":
                return "https://notes.example/" + field.id
            case "file":
                return f"{field.id}.pdf"
            case "person":
                return self.words["contact"]
        text = self.bank.next("any", self.bank.texts.any_answers).format_map(self.words)
        return f"{text} | {next(iter(field.choices))}" if field.choices else text

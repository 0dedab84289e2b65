"""What things of a playbook and of a run are called."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.playbook import Playbook
from playbook.core.schedule import DateRule, day_of, parse_rule
from playbook.core.text import line
from playbook.words import in_context, quoted
from playbook.words.dates import relative, short_day

if TYPE_CHECKING:
    from playbook.core.decide import Sheet


LONGEST_TELLING = 40
"""Letters of what tells a run from its twin."""


class Names:
    """What the ids in a playbook stand for."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.titles = {step.id: step.title for step in playbook.steps()}
        self.fields = {field.id: field for field in playbook.all_fields()}

    def dates(self, rules: Sequence[str]) -> str:
        """`1 working day after start / 2 days before “Order it”`: the date rules of a step; a wrong one as it is."""
        return " / ".join(self._date(text) for text in rules)

    def _date(self, text: str) -> str:
        rule = parse_rule(text)
        return relative(rule, self._anchor(rule.anchor)) if isinstance(rule, DateRule) else text

    def _anchor(self, anchor: str) -> str:
        """What a date counts from, in quotation marks where somebody named it, else ""."""
        title = self.titles.get(anchor) or _label_of_day(self.playbook, anchor)
        if not title and (field := self.fields.get(anchor)):
            title = field.label
        return quoted(title) if title else ""


def run_title(title: str, telling: str, calendar: Calendar, today: date, *, is_narrow: bool = False) -> str:
    """What a run is called: its playbook, and behind it what tells it from another run of it, a text or a stamp.

    `is_narrow`: there is little room, so what tells it apart comes first.
    """
    if not telling:
        return title
    moment = from_stamp(telling)
    said = line(telling) if moment is None else short_day(day_of(moment, calendar), today)
    said = said if len(said) <= LONGEST_TELLING else f"{said[: LONGEST_TELLING - 1]}…"
    return f"{said} · {title}" if is_narrow else f"{title}: {said}"


def title_of(sheet: "Sheet", anchor: str) -> str:
    """What an anchor is called, in quotes: a step's title, a field's label, or the name of the start or target.

    "" for a start or target that has no name of its own.
    """
    playbook = sheet.run.playbook
    if anchor in sheet.view.steps:
        return quoted(sheet.view.steps[anchor].step.title)
    if anchor in ("start", "target"):
        label = _label_of_day(playbook, anchor)
        return quoted(label) if label else ""
    return next((quoted(field.label) for field in playbook.all_fields() if field.id == anchor), anchor)


def day_name(playbook: Playbook, day: str) -> str:
    """What a playbook calls its `start` or `target`; another id stays as it is."""
    if label := _label_of_day(playbook, day):
        return label
    return {"start": in_context("date", "start"), "target": in_context("date", "target")}.get(day, day)


def _label_of_day(playbook: Playbook, day: str) -> str:
    return {"start": playbook.start_label, "target": playbook.target_label}.get(day, "")

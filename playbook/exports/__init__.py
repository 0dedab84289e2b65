"""Finished checklists as documents. Each exporter turns one frozen handout into text, and does nothing else."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from playbook.core.asking import hang_on_answers
from playbook.core.client import Client, Entry
from playbook.core.decide import Sheet
from playbook.core.figures import Standing
from playbook.core.filling import fill, names_of
from playbook.core.history import HistoryRow
from playbook.core.playbook import Field, Section
from playbook.core.run import with_answers
from playbook.core.schedule import DateRule, Moment
from playbook.core.view import StepView, asked_fields
from playbook.words.answers import spoken


class Handout(NamedTuple):
    """All an exporter may know of a run."""

    sheet: Sheet
    client: Client
    entries: tuple[Entry, ...]
    """Ledger entries the run made."""
    history: tuple[HistoryRow, ...]
    language: str
    """Language of the playbook's text."""
    time_zone: str
    """Name of the PM's time zone."""
    client_safe: bool
    """Only what the client may see: titles, states, dates, answers that are not private."""
    standing: Standing | None = None
    """What follows from the client's ledger, as of its newest entry: a document says the same on every day."""
    as_of: Moment | None = None
    """The day, at its end, or the instant at which the run stood so; None for the run as it stands."""


def shown_steps(handout: Handout, section: Section) -> list[StepView]:
    """The steps of a section that the document holds; what is not needed is none of the client's business."""
    found = [handout.sheet.view.steps[step.id] for step in section.steps]
    return [each for each in found if not (handout.client_safe and each.is_hidden)]


def shown_fields(
    handout: Handout, found: StepView, answers: Mapping[str, Any] | None = None
) -> tuple[Field, ...]:
    """The fields of a step that the document holds; of an earlier round those asked with its `answers`."""
    if not handout.client_safe:
        return found.step.fields
    asked = found.fields
    if answers is not None and hang_on_answers(found.step.fields):
        sheet, step_id = handout.sheet, found.step.id
        of_round = with_answers(sheet.run, step_id, answers)
        asked = asked_fields(of_round, sheet.calendar, sheet.client, step_id, sheet.plan)
    return tuple(f for f in asked if not f.private)


def waiting_for(handout: Handout, found: StepView) -> DateRule | None:
    """The rule whose anchor an open step's date waits for; a private field is not named to the client."""
    waiting = found.due.waiting if found.is_open else None
    if waiting is None or not handout.client_safe:
        return waiting
    private = {field.id for field in handout.sheet.run.playbook.all_fields() if field.private}
    return None if waiting.anchor in private else waiting


NOT_TOLD = "…"
"""What stands for a name in a client's document that has no value, or one that is none of the client's business."""


def told(handout: Handout, text: str) -> str:
    """A title or label with its names filled in; no client ever reads `{{ client.name }}`.

    `today` has no value here: a document is the same on every day.
    """
    if "{{" not in text:
        return text
    sheet, playbook, is_safe = handout.sheet, handout.sheet.run.playbook, handout.client_safe
    values = names_of(
        sheet.run, handout.client, me=sheet.run.by, today="",
        shown=lambda field_id, value, _alone: spoken(playbook, field_id, value, sheet.calendar),
    )  # fmt: skip
    if not is_safe:
        return fill(text, values).text
    open_to_all = {field.id for field in playbook.all_fields() if not field.private}
    open_to_all |= {"client.name", "run.id", "run.start", "run.target"}
    return fill(
        text, lambda name, alone: (values(name, alone) if name in open_to_all else None) or NOT_TOLD
    ).text


class Format(NamedTuple):
    """What a run can be written as."""

    name: str
    module: str
    """The module that writes it."""
    ending: str
    """How its file's name ends."""


FORMATS: Mapping[str, Format] = {
    "markdown": Format("Markdown", "playbook.exports.markdown", ".md"),
    "json": Format("JSON", "playbook.exports.json", ".json"),
}
"""Every format by its id."""


def export(handout: Handout, format_id: str) -> str:
    """The document in this format; `format_id` is a key of FORMATS."""
    write: Callable[[Handout], str] = import_module(FORMATS[format_id].module).write
    return write(handout)

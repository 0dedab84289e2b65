"""Dialogs filled in from the workspace: what they ask, and how what was typed is read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playbook.core.answers import as_typed
from playbook.core.calendar import as_stamp
from playbook.core.daywords import read_day
from playbook.core.playbook import Field
from playbook.core.problems import Refusal
from playbook.dialogs.answer import AnswerDialog
from playbook.dialogs.form import FormDialog
from playbook.widgets.form_field import Question, Reading
from playbook.words import _
from playbook.words.dates import clock_time, long_day
from playbook.words.refusals import refusal_words

if TYPE_CHECKING:
    from playbook.workspace import Workspace

CLEAR = "clear"
"""The value of a reading that takes a date away."""


def reading_of(workspace: "Workspace", *, clears: bool = True) -> Callable[[str], Reading]:
    """Reads a day or instant as people write it: the words say what it means, the value is its stamp."""

    def read(text: str) -> Reading:
        words = text.strip()
        if clears and words.casefold() == CLEAR:
            return Reading(CLEAR, _("the playbook's own date"))
        moment = read_day(words, workspace.clock.today(), workspace.calendars.base())
        if isinstance(moment, Refusal):
            return Reading("", refusal_words(moment))
        if isinstance(moment, datetime):
            local = moment.astimezone(workspace.calendar.zone)
            return Reading(as_stamp(moment), f"{long_day(local.date())} {clock_time(local)}")
        return Reading(as_stamp(moment), long_day(moment))

    return read


def answer_dialog(
    workspace: "Workspace", title: str, fields: Sequence[Field], values: Mapping[str, Any],
    check: Callable[[Mapping[str, str]], Refusal | None], *, hint: str = "",
) -> AnswerDialog:  # fmt: skip
    """The form of these fields with their values; `check` is the core's word on what was typed."""
    typed = {field.id: as_typed(field, values.get(field.id), workspace.calendar) for field in fields}

    def wrong(answers: Mapping[str, str]) -> dict[str, str]:
        refusal = check(answers)
        if refusal is None:
            return {}
        named = refusal.args.get("fields") or [refusal.args.get("field") or next(iter(typed), "")]
        assert isinstance(named, list)
        said = _("Needs an answer.") if refusal.code == "fields-missing" else refusal_words(refusal)
        return {str(field_id): said for field_id in named}

    return AnswerDialog(
        title, fields, typed, check=wrong, read_date=reading_of(workspace, clears=False), hint=hint
    )


def skip_dialog(title: str, *, needs_reason: bool) -> FormDialog:
    """Asks for a reason, and whether the step should have been done (skip) or does not fit (na)."""
    how = {"skip": _("Skipped: it should have been done"), "na": _("n/a: it does not fit this client")}
    questions = [
        Question("reason", _("Reason"), required=needs_reason),
        Question("how", _("Leave it out as"), "one", "skip", choices=how),
    ]

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        missing = needs_reason and not typed["reason"].strip()
        return {"reason": _("A few words on why.")} if missing else {}

    return FormDialog(title, questions, check=wrong)


def export_dialog(formats: Mapping[str, str], path: str, is_taken: Callable[[str], bool]) -> FormDialog:
    """Asks for the format (by id and name), for whom, and where to; an existing file must be agreed to."""
    readers = {
        "internal": _("us: everything"),
        "client": _("the client: no notes, reasons or private answers"),
    }
    questions = [
        Question("format", _("Format"), "one", next(iter(formats)), choices=formats),
        Question("for", _("For"), "one", "internal", choices=readers),
        Question("path", _("File"), value=path, required=True),
    ]
    agreed: set[str] = set()

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        where = typed["path"].strip()
        if not where:
            return {"path": _("Name a file.")}
        if is_taken(where) and where not in agreed:
            agreed.add(where)
            return {"path": _("This file is there already. Save again to replace it.")}
        return {}

    return FormDialog(_("Export"), questions, check=wrong)

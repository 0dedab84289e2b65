"""Dialogs filled in from the workspace: what they ask, and how what was typed is read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playbook.core.answers import as_typed
from playbook.core.asking import hang_on_answers
from playbook.core.calendar import as_stamp, from_stamp
from playbook.core.client import Entry
from playbook.core.daywords import RECENT, read_day
from playbook.core.decide import Sheet
from playbook.core.entry_kinds import OUTCOMES
from playbook.core.ledger import default_outcome, is_ahead
from playbook.core.problems import Refusal
from playbook.core.schedule import Moment, day_of
from playbook.core.text import line
from playbook.dialogs.answer import AnswerDialog
from playbook.dialogs.form import FormDialog
from playbook.widgets.form_field import Question, Reading
from playbook.words import _
from playbook.words.dates import clock_time, long_day
from playbook.words.outcomes import outcome_word
from playbook.words.refusals import refusal_words
from playbook.workspace.outcomes import LEFT_OPEN
from playbook.workspace.typing_in import asked

if TYPE_CHECKING:
    from playbook.workspace import Workspace

CLEAR = "clear"
"""The value of a reading that takes a date away."""


def reading_of(workspace: "Workspace", *, clears: bool = True) -> Callable[[str], Reading]:
    """Reads a day or instant as people write it: the words say what it means, the value is its stamp."""

    def read(text: str) -> Reading:
        words = text.strip()
        if clears and words.casefold() in (CLEAR, _("clear")):
            return Reading(CLEAR, _("the playbook's own date"))
        back = 0 if clears else RECENT
        clock = workspace.clock
        moment = read_day(words, clock.today(), workspace.calendars.base(), back=back, now=clock.now())
        if isinstance(moment, Refusal):
            return Reading("", refusal_words(moment))
        if isinstance(moment, datetime):
            local = moment.astimezone(workspace.calendar.zone)
            said = _("{day} at {time}").format(day=long_day(local.date()), time=clock_time(local))
            return Reading(as_stamp(moment), said)
        return Reading(as_stamp(moment), long_day(moment))

    return read


def answer_dialog(
    workspace: "Workspace", sheet: Sheet, step_id: str, values: Mapping[str, Any],
    check: Callable[[Mapping[str, str]], Refusal | None], *, hint: str = "",
) -> AnswerDialog:  # fmt: skip
    """The form of a step's fields, or with `step_id` "" of the run's, with these values.

    `check` is the core's word on what was typed.
    """
    step = sheet.view.steps[step_id].step if step_id else None
    title, fields = (
        (step.title, step.fields) if step else (sheet.run.playbook.title, sheet.run.playbook.fields)
    )
    typed = {field.id: as_typed(field, values.get(field.id), workspace.calendar) for field in fields}

    def wrong(answers: Mapping[str, str]) -> dict[str, str]:
        refusal = check(answers)
        return {} if refusal is None else words_by_field(refusal, typed)

    return AnswerDialog(
        title, fields, typed, check=wrong, read_date=reading_of(workspace, clears=False),
        shown=asked_of(workspace, sheet, step_id), hint=hint,
    )  # fmt: skip


def asked_of(workspace: "Workspace", sheet: Sheet, step_id: str) -> Callable[[Mapping[str, str]], Collection[str]] | None:  # fmt: skip
    """Tells which fields of a step, or with "" of the run, are asked while this was typed; None for all, always."""
    fields = sheet.view.steps[step_id].step.fields if step_id else sheet.run.playbook.fields
    if not hang_on_answers(fields):
        return None
    return lambda typed: asked(sheet, step_id, typed, workspace.clock.today())


def words_by_field(refusal: Refusal, known: Collection[str]) -> dict[str, str]:
    """The words for a refusal by the field they belong to; "" for one that is about none of those known."""
    fields = refusal.args.get("fields")
    named = fields if isinstance(fields, list) else [refusal.args.get("field")]
    lacks = refusal.code in ("fields-missing", "field-required")
    said = _("Needs an answer.") if lacks else refusal_words(refusal)
    words = {str(field_id): said for field_id in named if field_id in known}
    return words if len(words) == len(named) else {**words, "": refusal_words(refusal)}


def skip_dialog(
    title: str, *, needs_reason: bool, repeats: bool = False, is_optional: bool = False
) -> FormDialog:
    """Asks for a reason, and whether the step should have been done (skip) or does not fit (na)."""
    skipped = _("Left out this time") if is_optional else _("Skipped: it should have been done")
    how = {"skip": skipped, "na": _("n/a: it does not fit this client")}
    if repeats:
        how = {
            "skip": _("Skipped this time; it comes back"),
            "na": _("n/a from now on: it comes back no more"),
        }
    questions = [
        Question("reason", _("Reason"), required=needs_reason),
        Question("how", _("Leave it out as"), "one", "skip", choices=how),
    ]

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        missing = needs_reason and not typed["reason"].strip()
        return {"reason": _("A few words on why.")} if missing else {}

    return FormDialog(title, questions, check=wrong)


def dates_dialog(workspace: "Workspace", sheet: Sheet, title: str = "") -> FormDialog:
    """Asks for the start and, where the playbook has one, the target day of a live run, or of several under a title."""
    read, playbook = reading_of(workspace, clears=False), sheet.run.playbook
    hint = _("fri, +3bd or 12 dec; empty keeps it")
    now = "" if title else _("now {day}")
    questions = [
        Question("start", playbook.start_label or _("Start"), placeholder=hint, read=read,
                 help=now.format(day=_day_words(sheet.run.start, sheet)))
    ]  # fmt: skip
    if playbook.target_label:
        said = (
            now.format(day=_day_words(sheet.run.target or "", sheet))
            if sheet.run.target or title
            else _("not set yet")
        )
        questions.append(Question("target", playbook.target_label, placeholder=hint, read=read, help=said))
    asked = ", ".join(field.label for field in playbook.fields) if not title else ""
    more = _("i in the run changes what else was asked at its start: {labels}").format(labels=asked)
    return FormDialog(title or _("Move the dates"), questions, hint=more if asked else "")


def _day_words(stamp: str, sheet: Sheet) -> str:
    moment = from_stamp(stamp)
    if moment is None:
        return stamp
    day = long_day(day_of(moment, sheet.calendar))
    if not isinstance(moment, datetime):
        return day
    return _("{day} at {time}").format(day=day, time=clock_time(sheet.calendar.local(moment)))


def moments_of(typed: Mapping[str, str], workspace: "Workspace") -> tuple[Moment | None, Moment | None]:
    """The start and the target that were typed into `dates_dialog`; None for one that stays."""
    start, target = (
        from_stamp(text) if (text := typed.get(key, "")) else None for key in ("start", "target")
    )
    return start, day_of(target, workspace.calendar) if target is not None else None


def roles_dialog(sheet: Sheet) -> FormDialog:
    """Asks who has each role of a run."""
    roles = sheet.run.playbook.roles.items()
    return FormDialog(
        _("Roles"), [Question(role, label, value=sheet.run.roles.get(role, "")) for role, label in roles]
    )


def role_of_runs_dialog(title: str, roles: Mapping[str, str]) -> FormDialog:
    """Asks for one role of several runs, and who has it from now on."""
    questions = [
        Question("role", _("Role"), "one", next(iter(roles)), choices=roles),
        Question("person", _("Who has it")),
    ]
    return FormDialog(title, questions)


def exports_dialog(title: str, formats: Mapping[str, str], folder: str) -> FormDialog:
    """Asks for the format, for whom, and the folder that several documents go into."""
    questions = [*_export_questions(formats), Question("folder", _("Folder"), value=folder, required=True)]

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        return {} if typed["folder"].strip() else {"folder": _("Name a folder.")}

    return FormDialog(title, questions, check=wrong)


def _export_questions(formats: Mapping[str, str]) -> list[Question]:
    readers = {
        "internal": _("us: everything"),
        "client": _("the client: no notes, reasons or private answers"),
    }
    return [
        Question("format", _("Format"), "one", next(iter(formats)), choices=formats),
        Question("for", _("For"), "one", "internal", choices=readers),
    ]


def block_dialog(workspace: "Workspace", title: str) -> FormDialog:
    """Asks why a step cannot go on, and when to look at it again; `until` is a stamp or ""."""
    read = reading_of(workspace, clears=False)
    questions = [
        Question("reason", _("Reason"), required=True),
        Question(
            "until", _("Look at it again"), placeholder=_("fri, +3bd, 12 dec; may stay empty"), read=read
        ),
    ]

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        return {} if typed["reason"].strip() else {"reason": _("A few words on why.")}

    return FormDialog(title, questions, check=wrong)


def outcome_dialog(workspace: "Workspace", entries: Sequence[Entry], due: Moment | None) -> FormDialog:
    """Asks how each of these entries ended; answers the outcome by the entry's number, or LEFT_OPEN.

    `due` is when the step that closes them is due: what is ahead of its day is proposed as still open, unless
    the step is for that very day.
    """
    at, calendar = workspace.clock.stamp(), workspace.calendar
    due_day = day_of(due, calendar) if due is not None else None
    questions = []
    for entry in entries:
        choices = {outcome: outcome_word(outcome, entry.owner) for outcome in OUTCOMES[entry.kind]}
        promised = from_stamp(entry.on)
        is_due = entry.kind in ("promise", "next-word")
        words = _("For {day}") if is_due else _("Noted on {day}")
        said = words.format(day=long_day(day_of(promised, calendar))) if promised is not None else ""
        value = default_outcome(entry, at, calendar, due_day)
        if not value and is_ahead(entry, at, calendar):
            value = LEFT_OPEN
        choices[LEFT_OPEN] = _("still open")
        questions.append(
            Question(str(entry.n), entry.text or entry.kind, "one", value, choices=choices, help=said)
        )
    return FormDialog(_("How did it end?"), questions)


def export_dialog(formats: Mapping[str, str], path: str, is_taken: Callable[[str], bool]) -> FormDialog:
    """Asks for the format (by id and name), for whom, and where to; an existing file must be agreed to."""
    return _file_dialog(_("Export"), _export_questions(formats), path, is_taken)


def person_dialog(name: str, path: str, is_taken: Callable[[str], bool]) -> FormDialog:
    """Asks where all that names a person goes; an existing file must be agreed to."""
    return _file_dialog(_("Export what is kept about {name}").format(name=line(name)), [], path, is_taken)


def _file_dialog(
    title: str, questions: Sequence[Question], path: str, is_taken: Callable[[str], bool]
) -> FormDialog:
    asked = [*questions, Question("path", _("File"), value=path, required=True)]
    agreed: set[str] = set()

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        where = typed["path"].strip()
        if not where:
            return {"path": _("Name a file.")}
        if is_taken(where) and where not in agreed:
            agreed.add(where)
            return {"path": _("This file is there already. Save again to replace it.")}
        return {}

    return FormDialog(title, asked, check=wrong)

"""The start dialog filled in from the workspace: its questions, its preview, and what comes of them."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from playbook.core.answers import as_typed
from playbook.core.asking import hang_on_answers
from playbook.core.client import Client
from playbook.core.playbook import Playbook
from playbook.core.problems import Refusal
from playbook.core.view import StepView
from playbook.dialogs import start
from playbook.dialogs.answer import question_of
from playbook.dialogs.asking import reading_of, words_by_field
from playbook.dialogs.start import Asking, Preview, PreviewRow, StartDialog
from playbook.widgets.form_field import Question
from playbook.widgets.picker import Choice
from playbook.words import _, plural
from playbook.words.date_faults import fault_words
from playbook.words.dates import long_day
from playbook.words.look_back import before_a_start
from playbook.words.moments import due_words
from playbook.words.names import title_of
from playbook.words.signs import FAULTY
from playbook.workspace.looking_back import lately
from playbook.workspace.starting import StartForm, needs_instant
from playbook.workspace.typing_in import asked, prefilled

if TYPE_CHECKING:
    from playbook.core.decide import Sheet
    from playbook.workspace import Workspace

_START, _TARGET, _ROLE = "start", "target", "role."


def start_dialog(
    workspace: "Workspace", form: StartForm, dialog: type[StartDialog] = StartDialog
) -> StartDialog:
    """Asks what the form leaves open."""
    clients = [Choice(row.slug, row.name, plural("{count} open run", "{count} open runs", row.open_runs) if row.open_runs else "")
               for row in workspace.lists.clients()]  # fmt: skip
    playbooks = [
        Choice(entry.id, entry.title, entry.summary)
        for entry in workspace.playbooks.entries()
        if not entry.is_broken
    ]

    def ask(chosen: start.StartForm) -> Asking:
        return _asking(workspace, form, chosen)

    def look(given: start.StartForm) -> Preview | Mapping[str, str]:
        outcome = workspace.runs.preview(given_form(form, given))
        if isinstance(outcome, Refusal):
            loaded = workspace.playbooks.load(given.playbook)
            fields = () if isinstance(loaded, Refusal) else loaded.playbook.fields
            return words_by_field(outcome, {*given.typed, *(field.id for field in fields)})
        return _preview(workspace, outcome)

    return dialog(clients, playbooks, ask, look, client=form.client, playbook=form.playbook)


def given_form(form: StartForm, given: start.StartForm) -> StartForm:
    """What is to be started, after the dialog."""
    roles = {key.removeprefix(_ROLE): text for key, text in given.typed.items() if key.startswith(_ROLE)}
    asked = {
        key: text
        for key, text in given.typed.items()
        if key not in (_START, _TARGET) and not key.startswith(_ROLE)
    }
    return form._replace(
        playbook=given.playbook, client=given.client, new_client=given.new_client, start=given.typed.get(_START, ""),
        target=given.typed.get(_TARGET, ""), answers=asked, roles=roles,
    )  # fmt: skip


def _asking(workspace: "Workspace", form: StartForm, chosen: start.StartForm) -> Asking:
    loaded = workspace.playbooks.load(chosen.playbook)
    if isinstance(loaded, Refusal):
        return Asking(())
    client_id = workspace.clients.find(chosen.client) if chosen.client else ""
    known = workspace.clients.get(client_id) if isinstance(client_id, str) and client_id else None
    client = known or Client("", "", chosen.new_client)
    questions = _questions(workspace, form, loaded.playbook, client)
    if not hang_on_answers(loaded.playbook.fields):
        return Asking(questions)
    sheet = workspace.runs.starting.blank(loaded, client)
    always = {question.id for question in questions} - {field.id for field in loaded.playbook.fields}

    def shown(typed: Mapping[str, str]) -> Collection[str]:
        return always | asked(sheet, "", typed, workspace.clock.today())

    return Asking(questions, shown)


def _questions(workspace: "Workspace", form: StartForm, playbook: Playbook, client: Client) -> list[Question]:
    read = reading_of(workspace, clears=False)
    hint = _("now") if needs_instant(playbook) else _("today")
    questions = [
        Question(_START, playbook.start_label or _("Start"), value=form.start, read=read,
                 placeholder=_("{now}; or fri, +2, 12 dec").format(now=hint))
    ]  # fmt: skip
    if playbook.target_label:
        questions.append(
            Question(
                _TARGET,
                playbook.target_label,
                value=form.target,
                read=read,
                placeholder=_("may stay empty for now"),
            )
        )
    offered = prefilled(playbook.fields, client, workspace.calendar)
    for field in playbook.fields:
        given = form.answers.get(field.id)
        typed = (
            given if isinstance(given, str) else as_typed(field, offered.get(field.id), workspace.calendar)
        )
        questions.append(question_of(field, typed, read))
    questions += [
        Question(f"{_ROLE}{role}", label, value=workspace.me) for role, label in playbook.roles.items()
    ]
    return questions


def _preview(workspace: "Workspace", sheet: "Sheet") -> Preview:
    now = workspace.clock.now()
    rows: list[PreviewRow] = []
    for section in sheet.run.playbook.sections:
        shown = [found for step in section.steps if not (found := sheet.view.steps[step.id]).is_hidden]
        if shown:
            rows.append(PreviewRow(section.title, is_section=True))
            rows += [_row(found, sheet, workspace) for found in shown]
    first = sheet.view.next_due
    count = plural("{count} step", "{count} steps", sheet.view.total)
    due = (
        _("first due {day}").format(day=due_words(first, now, sheet.calendar))
        if first
        else long_day(workspace.clock.today())
    )
    impossible = sum(bool(found.faults) for found in sheet.view.steps.values())
    doubts = plural("{count} date cannot be kept", "{count} dates cannot be kept", impossible)
    summary = f"{count}, {due}" + (f"; {FAULTY} {doubts}" if impossible else "")
    return Preview(tuple(rows), summary, before_a_start(lately(workspace, sheet.run.playbook.id)))


def _row(found: StepView, sheet: "Sheet", workspace: "Workspace") -> PreviewRow:
    due = found.due
    if due.moment is not None:
        words = due_words(due.moment, workspace.clock.now(), sheet.calendar)
        late = words.startswith("!")
        faults = [fault_words(fault, title_of(sheet, fault.other)) for fault in found.faults]
        said = f"{FAULTY} {words}: {faults[0]}" if faults else words
        return PreviewRow(found.step.title, said, tone="overdue" if late or faults else "")
    if due.waiting is not None:
        return PreviewRow(found.step.title, _("waiting"), tone="waiting")  # its rule would eat the title
    return PreviewRow(found.step.title)

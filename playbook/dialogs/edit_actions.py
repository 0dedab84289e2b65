"""Editing the playbook from one of its runs: a form for words and dates, and the step's place; no TOML is seen."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.core.schedule import DateRule, parse_rule
from playbook.core.text import line
from playbook.dialogs.run_actions import RunActions
from playbook.widgets.form_field import Question, Reading
from playbook.words import N_, _
from playbook.words.names import Names

if TYPE_CHECKING:
    from pathlib import Path

    from playbook.core.playbook import Playbook, Step
    from playbook.dialogs.form import FormDialog
    from playbook.workspace.editing import Written

_CHOICES: Mapping[str, tuple[str, str]] = {
    "e": ("reword", N_("its words and its date")),
    "n": ("insert", N_("a new step below it")),
    "k": ("up", N_("one place up")),
    "j": ("down", N_("one place down")),
    "s": ("section", N_("into another section")),
    "c": ("duplicate", N_("a second one like it")),
    "x": ("delete", N_("delete it")),
}
"""By key, what can be done to a step of the playbook."""

_SKIPS: Mapping[str, str] = {
    "reason": N_("yes, with a reason"), "free": N_("yes: it is optional"), "never": N_("never"),
}  # fmt: skip


class EditActions(RunActions):
    """The screen of a run, from which its playbook can be edited."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit_step", N_("edit the playbook"), show=False, id="run.edit", tooltip=N_("Change this step in the playbook: words, date, place; then bring open runs along")),
        Binding("E", "edit_file", N_("edit the file"), show=False, id="run.edit-file", tooltip=N_("Open the playbook's file in the editor, at this step")),
    ]  # fmt: skip

    def action_edit_step(self) -> None:
        """Ask what is to change about the step under the cursor."""
        step_id = self.place[1]
        if self.sheet is None or not step_id:
            self.tell(_("Put the cursor on a step first."))
        elif step_id in {own.id for own in self.sheet.run.own}:
            self.tell(_("This step is only in this run. The playbook does not have it."))
        else:
            self.ask(self._edit, step_id)

    def action_edit_file(self) -> None:
        """The file itself, at this step."""
        if self.sheet is not None:
            playbook = self.sheet.run.playbook
            self.post_message(self.EditWanted(playbook.id, playbook.language, self.place[1]))

    async def _edit(self, step_id: str) -> None:
        from playbook.dialogs.kind import KindDialog

        assert self.sheet is not None
        playbook = self.sheet.run.playbook
        step = self.allowed(
            self.calmly(lambda: self.workspace.editing.step(playbook.id, playbook.language, step_id))
        )
        if step is None:
            return
        title = _("In the playbook: {title}").format(title=line(step.title))
        choices = [(letter, name, _(words)) for letter, (name, words) in _CHOICES.items()]
        name = await self.app.push_screen_wait(KindDialog(title, choices))
        change = await self._wanted(name, step, playbook) if name else None
        if change is None:
            return
        written = self.allowed(self.calmly(change))
        if written is not None:
            await self._follow(written.paths[0], playbook.id)

    async def _wanted(
        self, name: str, step: "Step", playbook: "Playbook"
    ) -> "Callable[[], Written | Refusal] | None":
        """What to do to the file, once it was asked for."""
        editing = self.workspace.editing
        where = playbook.id, playbook.language
        match name:
            case "up" | "down":
                return lambda: editing.move(*where, step.id, -1 if name == "up" else 1)
            case "duplicate":
                return lambda: editing.duplicate(*where, step.id)
            case "delete":
                from playbook.dialogs.confirm import ConfirmDialog

                lines = [_("Open runs keep it until they follow, and for good where something is in it.")]
                title = _("Delete “{title}” from the playbook?").format(title=line(step.title))
                return (
                    (lambda: editing.delete(*where, step.id))
                    if await self.app.push_screen_wait(ConfirmDialog(title, lines))
                    else None
                )
            case "section":
                return await self._section(step, playbook)
            case _:
                typed = await self.app.push_screen_wait(
                    step_form(playbook, step if name == "reword" else None)
                )
                if typed is None:
                    return None
                if name == "insert":
                    return lambda: editing.insert(*where, step.id, typed["title"], typed["due"])
                return lambda: editing.set_keys(*where, step.id, _changed(step, typed))

    async def _section(self, step: "Step", playbook: "Playbook") -> "Callable[[], Written | Refusal] | None":
        from playbook.dialogs.choose import ChooseDialog
        from playbook.widgets.picker import Choice

        editing = self.workspace.editing
        titles = editing.sections(playbook.id, playbook.language)
        choices = [Choice(str(number), title) for number, title in enumerate(titles)]
        chosen = await self.app.push_screen_wait(ChooseDialog(_("Into which section?"), choices))
        if chosen is None:
            return None
        return lambda: editing.move_into(playbook.id, playbook.language, step.id, int(chosen.key))

    async def _follow(self, path: "Path", playbook_id: str) -> None:
        """Show what this run would take over, then what the others would."""
        from playbook.dialogs.sync import SyncDialog
        from playbook.dialogs.sync_actions import sync_all

        preview = self.calmly(lambda: self.workspace.syncing.preview(self.run_id))
        self.tell(_("Written to {path}.").format(path=str(path)))
        if preview is None or isinstance(preview, Refusal):
            self.calmly(self.reload)
            return
        drop = await self.app.push_screen_wait(SyncDialog(preview))
        if drop is not None:
            self.take(
                self.calmly(lambda: self.workspace.syncing.apply(self.run_id, drop)), _("This run follows.")
            )
            await sync_all(self, playbook_id, silent=True)
        self.calmly(self.reload)


def step_form(playbook: "Playbook", step: "Step | None") -> "FormDialog":
    """Asks for a step's words and date; without one, for those of a new one."""
    from playbook.dialogs.form import FormDialog

    names = Names(playbook)
    dated = (field.id for field in playbook.all_fields() if field.kind in ("date", "datetime"))
    anchors = {"start", "target", *dated, *(each.id for each in playbook.steps())}

    def meaning(text: str) -> Reading:
        """A date rule in words."""
        rules = _rules(text)
        found = [parse_rule(rule) for rule in rules]
        if not all(isinstance(rule, DateRule) and rule.anchor in anchors for rule in found):
            return Reading("", _("Such as: start + 2bd, kickoff - 1d, or the id of a step + 1w."))
        return Reading(text, names.dates(rules)) if rules else Reading("", "")

    due = " / ".join(step.due) if step else ""
    questions = [
        Question("title", _("Title"), value=step.title if step else "", required=True),
        Question("due", _("Due"), value=due, read=meaning, placeholder=_("start + 2bd; may stay empty")),
    ]
    if step:
        yes_no = {"yes": _("yes"), "no": _("no")}
        skips = {name: _(words) for name, words in _SKIPS.items()}
        questions += [
            Question("guide", _("What it is about"), "lines", step.guide),
            Question("say", _("Opening to be spoken"), "lines", step.say),
            Question("key", _("Part of the short form?"), "one", "yes" if step.key else "no", choices=yes_no),
            Question("skip", _("May it be left out?"), "one", step.skip, choices=skips),
        ]

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        said = meaning(typed["due"])
        return {"due": said.words} if typed["due"].strip() and not said.value else {}

    return FormDialog(
        _("The step in the playbook") if step else _("A new step"), questions, check=wrong, begins_at_top=True
    )


def _rules(text: str) -> list[str]:
    """Dates one beside the other, as the form takes them."""
    return [part.strip() for part in text.split("/") if part.strip()]


def _changed(step: "Step", typed: Mapping[str, str]) -> dict[str, Any]:
    """The keys that the form changed, as the file says them; None where a key goes."""
    rules = _rules(typed["due"])
    said: dict[str, Any] = {
        "title": typed["title"].strip(), "guide": typed["guide"].strip() or None, "say": typed["say"].strip() or None,
        "due": None if not rules else rules[0] if len(rules) == 1 else rules,
        "key": True if typed["key"] == "yes" else None, "skip": None if typed["skip"] == "reason" else typed["skip"],
    }  # fmt: skip
    before: dict[str, Any] = {
        "title": step.title, "guide": step.guide.strip() or None, "say": step.say.strip() or None,
        "due": None if not step.due else step.due[0] if len(step.due) == 1 else list(step.due),
        "key": step.key or None, "skip": None if step.skip == "reason" else step.skip,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value != before[key]}

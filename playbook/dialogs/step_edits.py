"""Changing one step in a playbook's file, without its TOML being seen: words, date, place."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.dialogs.main_screen import MainScreen
from playbook.words import N_, _

if TYPE_CHECKING:
    from playbook.core.playbook import Playbook, Step
    from playbook.workspace.editing import Written

Choices = Mapping[str, tuple[str, str]]
"""By key, what can be done: its name, and in words."""

_CHOICES: Choices = {
    "e": ("reword", N_("its words and its date")),
    "n": ("insert", N_("a new step below it")),
    "k": ("up", N_("one place up")),
    "j": ("down", N_("one place down")),
    "s": ("section", N_("into another section")),
    "t": ("title", N_("the title of its section")),
    "c": ("duplicate", N_("a second one like it")),
    "x": ("delete", N_("delete it")),
}
"""By key, what can be done to a step of the playbook."""


class StepEdits(MainScreen):
    """A full screen from which steps of a playbook's file can be changed."""

    async def edit_step(
        self, playbook_id: str, language: str, step_id: str, more: Choices | None = None
    ) -> "Written | str | None":
        """Ask what is to change about a step, and write it; the name of one of `more` when that was chosen."""
        from playbook.dialogs.kind import KindDialog

        step = self.allowed(self.calmly(lambda: self.workspace.editing.step(playbook_id, language, step_id)))
        loaded = self.allowed(self.workspace.playbooks.exactly(playbook_id, language)) if step else None
        if step is None or loaded is None:
            return None
        title = _("In the playbook: {title}").format(title=line(step.title))
        offered = {**_CHOICES, **(more or {})}
        choices = [(letter, name, _(words)) for letter, (name, words) in offered.items()]
        name = await self.app.push_screen_wait(KindDialog(title, choices))
        if name and name in {of for of, _words in (more or {}).values()}:
            return name
        change = await self._wanted(name, step, loaded.playbook) if name else None
        return self.allowed(self.calmly(change)) if change is not None else None

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
            case "title":
                return await self._title(step, playbook)
            case "section":
                return await self._section(step, playbook)
            case _:
                from playbook.dialogs.step_form import changed_keys, step_form

                typed = await self.app.push_screen_wait(
                    step_form(playbook, step if name == "reword" else None)
                )
                if typed is None:
                    return None
                if name == "insert":
                    return lambda: editing.insert(*where, step.id, typed["title"], typed["due"])
                return lambda: editing.set_keys(*where, step.id, changed_keys(step, typed))

    async def _title(self, step: "Step", playbook: "Playbook") -> "Callable[[], Written | Refusal] | None":
        from playbook.dialogs.ask_text import AskTextDialog

        section = next(part for part in playbook.sections if step in part.steps)
        dialog = AskTextDialog(_("The section"), _("Title"), value=section.title, required=True)
        title = await self.app.push_screen_wait(dialog)
        if not title:
            return None
        where = playbook.id, playbook.language
        return lambda: self.workspace.editing.rename_section(*where, step.id, title)

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

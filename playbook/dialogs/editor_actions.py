"""What keys do to a playbook's file in the editor: save, complete, begin a piece, leave, another editor."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from playbook.core.problems import Refusal
from playbook.core.text import line, slug
from playbook.dialogs.main_screen import MainScreen
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from playbook.core.playbook import Playbook
    from playbook.widgets.toml_area import TomlArea
    from playbook.workspace.checked_text import CheckedText
    from playbook.workspace.editor import Opened, Option


class EditorActions(MainScreen):
    """A full screen with a file in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("save"), id="editor.save", priority=True, tooltip=N_("Save the file")),
        Binding("f2,ctrl+space,ctrl+@", "complete", N_("complete"), id="editor.complete", tooltip=N_("What may stand here: keys, values, ids")),
        Binding("ctrl+t", "piece", N_("new piece"), id="editor.piece", tooltip=N_("Begin a step, a field or a section")),
        Binding("f1", "keys", N_("help"), id="editor.keys", tooltip=N_("Every key of this screen")),
        Binding("f4", "outside", N_("own editor"), show=False, id="editor.outside", tooltip=N_("Open the file in your own editor, at this line")),
    ]  # fmt: skip

    opened: "Opened | None"
    playbook: "Playbook"

    @property
    def area(self) -> "TomlArea":
        """The text."""
        raise NotImplementedError

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that the file does not say."""
        raise NotImplementedError

    def take_file(self, opened: "Opened", *, keep_place: bool = False) -> None:
        """Show a file as it is."""
        raise NotImplementedError

    def saved(self, opened: "Opened") -> None:
        """The file says what the text says."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What belongs to lists and runs has no place beside a text."""
        return (
            False
            if action in ("undo", "redo", "filter", "help")
            else super().check_action(action, parameters)
        )

    def action_keys(self) -> None:
        """Every key; `?` is a letter here."""
        super().action_help()

    # Saving.

    def action_save(self) -> None:
        """Save, once what is wrong was agreed to."""
        if not self.is_unsaved and self.opened is not None and self.opened.origin != "shipped":
            self.tell(_("There is nothing to save."))
        elif self.opened is not None:
            self.ask(self._save_and_follow)

    async def _save_and_follow(self) -> None:
        from playbook.dialogs.sync_actions import sync_all

        found = await self._save()
        if found is not None and not found.errors:
            await sync_all(self, self.playbook.id, silent=True)

    async def _save(self) -> "CheckedText | None":
        """What the file says now; None when it was not saved."""
        from playbook.workspace.checked_text import checked_text

        assert self.opened is not None
        text, opened = self.area.text, self.opened
        found = checked_text(self.workspace, text, opened.path)
        if found.errors and not await self._agreed(found):
            return None
        outcome = self.workspace.editor.save(opened, text)
        if isinstance(outcome, Refusal) and outcome.code == "edit-changed":
            return found if await self._changed_outside(opened, text) else None
        written = self.allowed(outcome)
        if written is None:
            return None
        self._took(written)
        return found

    def _took(self, written: "Opened") -> None:
        self.saved(written)
        self.tell(_("Saved to {path}.").format(path=str(written.path)))

    async def _agreed(self, found: "CheckedText") -> bool:
        from playbook.dialogs.confirm import ConfirmDialog
        from playbook.words.problems import message

        title = plural("Save it with {count} problem?", "Save it with {count} problems?", len(found.errors))
        lines = [
            _("line {line}: ").format(line=each.line or "?") + message(each.problem)
            for each in found.errors[:5]
        ]
        lines += ["", _("Until they are mended it cannot be started. Open runs go on with their copy.")]
        agreed = await self.app.push_screen_wait(ConfirmDialog(title, lines))
        return agreed is True

    async def _changed_outside(self, opened: "Opened", text: str) -> bool:
        """Another program changed the file: whose text counts is asked."""
        from playbook.dialogs.kind import KindDialog

        editor = self.workspace.editor
        dialog = KindDialog(_("Another program changed this file meanwhile"), [
            ("r", "reload", _("show the file as it is now; what you typed goes")),
            ("o", "over", _("save what you typed over it")),
            ("a", "as", _("save what you typed under another name")),
        ])  # fmt: skip
        match await self.app.push_screen_wait(dialog):
            case "reload":
                again = self.allowed(editor.again(opened))
                if again is not None:
                    editor.drop_draft(opened)
                    self.take_file(again, keep_place=True)
                return False
            case "over":
                written = self.allowed(editor.save(opened, text, over=True))
            case "as":
                written = await self._save_as(opened, text)
            case _:
                return False
        if written is not None:
            self._took(written)
        return written is not None

    async def _save_as(self, opened: "Opened", text: str) -> "Opened | None":
        from playbook.dialogs.ask_text import AskTextDialog

        dialog = AskTextDialog(
            _("Save under another name"), _("Name of the file"), value=f"{opened.path.stem}-2", required=True,
            check=lambda name: None if slug(name, 60) == name else _("Small letters, digits and hyphens."),
        )  # fmt: skip
        name = await self.app.push_screen_wait(dialog)
        return self.allowed(self.workspace.editor.save_as(opened, text, name)) if name else None

    # Leaving, and coming back.

    async def leave_file(self) -> None:
        """Out of the file; what was typed is saved, kept or thrown away."""
        if self.is_unsaved and self.opened is not None:
            from playbook.dialogs.kind import KindDialog

            dialog = KindDialog(_("What you typed is not saved"), [
                ("s", "save", _("save it")), ("k", "keep", _("keep it as a draft, to be gone on with")),
                ("x", "drop", _("throw it away")),
            ])  # fmt: skip
            match await self.app.push_screen_wait(dialog):
                case "save":
                    if await self._save() is None:
                        return
                case "drop":
                    self.workspace.editor.drop_draft(self.opened)
                    self.take_file(self.opened)
                case "keep":
                    self.workspace.editor.keep_draft(self.opened, self.area.text)
                case _:
                    return
        self.leave()

    async def offer_draft(self, draft: str) -> None:
        """Go on with what was typed and never saved; without an answer, out again with the draft kept."""
        from playbook.dialogs.kind import KindDialog

        dialog = KindDialog(_("You typed into this file before and did not save it"), [
            ("g", "on", _("go on with it")), ("x", "drop", _("throw it away")),
        ])  # fmt: skip
        match await self.app.push_screen_wait(dialog):
            case "on":
                self.area.put(0, len(self.area.text), draft, cursor=0)
            case "drop" if self.opened is not None:
                self.workspace.editor.drop_draft(self.opened)
            case _:
                self.leave()

    # Writing.

    def action_complete(self) -> None:
        """Put in the one thing that may stand here, or ask which."""
        offset = self.area.offset_of_cursor
        found = self.workspace.editor.complete(self.area.text, offset, self.playbook)
        if not found.options:
            self.tell(_("Nothing is known that could stand here."))
        elif len(found.options) == 1:
            self._put(found.start, offset, found.options[0])
        else:
            self.ask(self._choose, found.start, offset, found.options)

    async def _choose(self, start: int, offset: int, options: "tuple[Option, ...]") -> None:
        from playbook.dialogs.choose import ChooseDialog
        from playbook.widgets.picker import Choice

        choices = [Choice(str(number), each.word, line(each.about)) for number, each in enumerate(options)]
        chosen = await self.app.push_screen_wait(ChooseDialog(_("What may stand here"), choices))
        if chosen is not None:
            self._put(start, offset, options[int(chosen.key)])

    def _put(self, start: int, offset: int, option: "Option") -> None:
        said = f"{option.before}{option.word}{option.after}"
        self.area.put(start, offset, said, cursor=start + len(said) - option.back)

    def action_piece(self) -> None:
        """Begin a step, a field or a section below the cursor."""
        self.ask(self._piece)

    async def _piece(self) -> None:
        from playbook.dialogs.kind import KindDialog

        dialog = KindDialog(_("A new piece"), [
            ("s", "step", _("a step, below the one the cursor is in")), ("f", "field", _("a field: something that is asked")),
            ("e", "section", _("a section with its first step")),
        ])  # fmt: skip
        kind = await self.app.push_screen_wait(dialog)
        if kind:
            area = self.area
            made = self.workspace.editor.piece(kind, area.text, area.offset_of_cursor, self.playbook)
            area.put(made.at, made.at, made.text, marked=made.marked)

    # Another editor.

    def action_outside(self) -> None:
        """The file in the user's own editor, with the app out of the way meanwhile."""
        if self.is_unsaved:
            self.tell(_("Save the file first; your own editor reads it from there."))
        elif self.opened is not None:
            self.ask(self._outside, self.opened)

    async def _outside(self, opened: "Opened") -> None:
        from textual.app import SuspendNotSupported

        from playbook.workspace.outside_editor import command_of, edit_file

        path = self.allowed(
            self.workspace.editing.own_file(opened.playbook_id, opened.language)
            if opened.origin == "shipped"
            else opened.path
        )
        if path is None or self.allowed(command_of(path)) is None:
            return
        try:
            with self.app.suspend():
                outcome = edit_file(path, self.area.cursor_location[0] + 1)
        except SuspendNotSupported:
            self.tell(
                _("This terminal cannot make room for an editor. Open {path} yourself.").format(
                    path=str(path)
                )
            )
            return
        if self.allowed(outcome) is None:
            return
        again = self.allowed(self.workspace.editor.open(opened.playbook_id, opened.language))
        if again is not None:
            self.take_file(again, keep_place=True)

"""Editing a playbook's file step by step, from where the step stands; comments and layout stay."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from playbook.core.playbook import Playbook, Step
from playbook.core.problems import Refusal
from playbook.core.text import line, slug

if TYPE_CHECKING:
    from playbook.files.edit import Edit
    from playbook.files.library import Loaded
    from playbook.workspace import Workspace

WORDS = ("title", "guide", "say", "message.subject", "message.body")
"""Keys of a step that are said in one language; the others are the same in every language of a playbook."""

Edits = Callable[[Playbook], "Sequence[Edit]"]
"""The edits to one file, given what it says."""


class Written(NamedTuple):
    """What was edited."""

    playbook: Playbook
    paths: tuple[Path, ...]
    step: str = ""
    """The id of a step that was put in."""


class Editing:
    """Each edit is made to the file as it is now, checked, and put in its place whole or not at all."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def step(self, playbook_id: str, language: str, step_id: str) -> Step | Refusal:
        """A step as the file has it."""
        loaded = self.workspace.playbooks.exactly(playbook_id, language)
        if isinstance(loaded, Refusal):
            return loaded
        found = next((step for step in loaded.playbook.steps() if step.id == step_id), None)
        return found or Refusal("edit-no-step", {"step": step_id, "playbook": playbook_id})

    def sections(self, playbook_id: str, language: str) -> list[str]:
        """The titles of the file's sections, in order."""
        loaded = self.workspace.playbooks.exactly(playbook_id, language)
        return [] if isinstance(loaded, Refusal) else [line(part.title) for part in loaded.playbook.sections]

    def set_keys(
        self, playbook_id: str, language: str, step_id: str, values: Mapping[str, Any], *, because: str = ""
    ) -> Written | Refusal:
        """Give keys of a step other values, or take them away with None; only those that differ are written.

        `message.body` is a key of the step's draft.

        `because` is added to where the step comes from (`source`), beside what stands there.
        """
        from playbook.files.edit.edits import SetInnerKey, SetKey

        def edit(key: str, value: Any) -> "Edit":
            table, dot, inner = key.partition(".")
            return SetInnerKey(step_id, table, inner, value) if dot else SetKey(step_id, key, value)

        def words(_playbook: Playbook) -> "Sequence[Edit]":
            return [edit(key, value) for key, value in values.items() if key in WORDS]

        def rest(playbook: Playbook) -> "Sequence[Edit]":
            section, place = place_of(playbook, step_id)
            source = playbook.sections[section].steps[place].source
            said = {"source": [*source, because]} if because and because not in source else {}
            same = {key: value for key, value in values.items() if key not in WORDS}
            return [edit(key, value) for key, value in {**same, **said}.items()]

        return self._write(playbook_id, language, words, rest)

    def insert(
        self, playbook_id: str, language: str, below: str, title: str, due: str = ""
    ) -> Written | Refusal:
        """A new step below another."""
        values = {"title": title, **({"due": due} if due else {})}
        return self.put_in(playbook_id, language, below, "", values)

    def put_in(
        self, playbook_id: str, language: str, below: str, section: str, values: Mapping[str, Any],
        taken: Sequence[str] = (),
    ) -> Written | Refusal:  # fmt: skip
        """A new step below another, or with `below` "" the first of a section (the last one where it is not there).

        It comes in every language of the playbook, so that they stay the same. `taken`: ids that it must not have.
        """
        from playbook.files.edit.edits import Insert

        loaded = self.workspace.playbooks.exactly(playbook_id, language)
        if isinstance(loaded, Refusal):
            return loaded
        table = {"id": free_id(loaded.playbook, str(values.get("title", "")), taken), **values}

        def edits(playbook: Playbook) -> "Sequence[Edit]":
            if below:
                return [Insert(place_of(playbook, below)[0], below, table)]
            ids = [part.id for part in playbook.sections]
            return [Insert(ids.index(section) if section in ids else len(ids) - 1, "", table)]

        written = self._write(playbook_id, language, _nothing, edits)
        return written if isinstance(written, Refusal) else written._replace(step=table["id"])

    def rename_section(self, playbook_id: str, language: str, step_id: str, title: str) -> Written | Refusal:
        """Another title for the section that a step stands in, in this language."""
        from playbook.files.edit.edits import SetSectionKey

        def edits(playbook: Playbook) -> "Sequence[Edit]":
            return [SetSectionKey(place_of(playbook, step_id)[0], "title", title)]

        return self._write(playbook_id, language, edits, _nothing)

    def move(self, playbook_id: str, language: str, step_id: str, by: int) -> Written | Refusal:
        """A step one place up (-1) or down (1); past the end of its section it goes into the next."""
        from playbook.files.edit.edits import Move

        def edits(playbook: Playbook) -> "Sequence[Edit]":
            found = beside(playbook, step_id, by)
            return [Move(step_id, *found)] if found else []

        return self._write(playbook_id, language, _nothing, edits)

    def move_into(self, playbook_id: str, language: str, step_id: str, section: int) -> Written | Refusal:
        """A step to the end of another section, named by its place."""
        from playbook.files.edit.edits import Move

        def edits(playbook: Playbook) -> "Sequence[Edit]":
            steps = [step.id for step in playbook.sections[section].steps if step.id != step_id]
            return [Move(step_id, section, steps[-1] if steps else "")]

        return self._write(playbook_id, language, _nothing, edits)

    def duplicate(self, playbook_id: str, language: str, step_id: str) -> Written | Refusal:
        """A step once more below itself, with ids of its own."""
        from playbook.files.edit.edits import Duplicate

        loaded = self.workspace.playbooks.exactly(playbook_id, language)
        if isinstance(loaded, Refusal):
            return loaded
        step = next((each for each in loaded.playbook.steps() if each.id == step_id), None)
        ids: dict[str, str] = {}
        for old in (step_id, *(field.id for field in step.fields)) if step else ():
            ids[old] = free_id(loaded.playbook, old, tuple(ids.values()))
        return self._write(playbook_id, language, _nothing, lambda _playbook: [Duplicate(step_id, ids)])

    def delete(self, playbook_id: str, language: str, step_id: str) -> Written | Refusal:
        """A step less; open runs keep theirs until they follow."""
        from playbook.files.edit.edits import Delete

        return self._write(playbook_id, language, _nothing, lambda _playbook: [Delete(step_id)])

    def own_file(self, playbook_id: str, language: str) -> Path | Refusal:
        """The file to edit; a shipped playbook is copied into the user's library first, in every language."""
        loaded = self.workspace.playbooks.exactly(playbook_id, language)
        if isinstance(loaded, Refusal) or loaded.origin != "shipped":
            return loaded if isinstance(loaded, Refusal) else loaded.path
        from playbook.workspace.new_playbooks import copy_playbook

        copied = copy_playbook(self.workspace, playbook_id, playbook_id)
        if isinstance(copied, Refusal):
            return copied
        again = self.workspace.playbooks.exactly(playbook_id, language)
        return again if isinstance(again, Refusal) else again.path

    def _write(self, playbook_id: str, language: str, words: Edits, rest: Edits) -> Written | Refusal:
        """`words` to the file of this language, `rest` to that of every language; all of them are checked first."""
        own = self.own_file(playbook_id, language)
        if isinstance(own, Refusal):
            return own
        loaded = self.workspace.playbooks.exactly(playbook_id, language)
        if isinstance(loaded, Refusal):
            return loaded
        texts: dict[Path, tuple[bytes, str]] = {}
        for each in (loaded, *self.workspace.playbooks.twins(loaded.playbook)):
            if each.origin == "shipped":
                continue
            try:
                edits = [*(words(each.playbook) if each is loaded else ()), *rest(each.playbook)]
            except KeyError as missing:
                return Refusal("edit-no-step", {"step": str(missing.args[0]), "playbook": playbook_id})
            made = self._made(each, edits)
            if isinstance(made, Refusal):
                return made
            if made is not None:
                texts[each.path] = made
        return self._put(loaded, texts)

    def _made(self, loaded: "Loaded", edits: "Sequence[Edit]") -> tuple[bytes, str] | Refusal | None:
        """What stood in the file and what is to stand there; None when nothing changes."""
        from playbook.files.decode import decode
        from playbook.files.edit import NotInBlocks, Unlike, edited

        try:
            raw = loaded.path.read_bytes()
            found = decode(raw)
            before = ("\ufeff" if found.has_bom else "") + found.text
            after = before
            for edit in edits:
                after = edited(after, edit)
        except OSError:
            return Refusal("edit-unreadable", {"path": str(loaded.path)})
        except KeyError as missing:
            return Refusal("edit-no-step", {"step": str(missing.args[0]), "playbook": loaded.playbook.id})
        except (NotInBlocks, Unlike):
            return Refusal("edit-by-hand", {"path": str(loaded.path)})
        if after == before:
            return None
        return _worse(before, after, loaded.path) or (raw, after)

    def _put(self, loaded: "Loaded", texts: Mapping[Path, tuple[bytes, str]]) -> Written | Refusal:
        from playbook.files.atomic import write_atomically

        if not texts:
            return Refusal("edit-nothing")
        try:
            for path, (raw, text) in texts.items():
                if path.read_bytes() != raw:
                    return Refusal("edit-changed", {"path": str(path)})
                write_atomically(path.resolve(), text.encode())
        except OSError as error:
            return Refusal(
                "playbook-write", {"path": str(loaded.path.parent), "reason": error.strerror or ""}
            )
        again = self.workspace.playbooks.exactly(loaded.playbook.id, loaded.playbook.language)
        return again if isinstance(again, Refusal) else Written(again.playbook, tuple(texts))


def _nothing(_playbook: Playbook) -> "Sequence[Edit]":
    return ()


def _worse(before: str, after: str, path: Path) -> Refusal | None:
    """The first error that the text has now and had not before."""
    from playbook.files.check_files import check_text
    from playbook.words.problems import message

    known = {(each.code, str(each.args)) for each in check_text(before, path) if each.level == "error"}
    new = [
        each
        for each in check_text(after, path)
        if each.level == "error" and (each.code, str(each.args)) not in known
    ]
    return Refusal("edit-problem", {"problem": message(new[0].problem)}) if new else None


def place_of(playbook: Playbook, step_id: str) -> tuple[int, int]:
    """Section and place of a step; raises KeyError."""
    for number, section in enumerate(playbook.sections):
        for place, step in enumerate(section.steps):
            if step.id == step_id:
                return number, place
    raise KeyError(step_id)


def beside(playbook: Playbook, step_id: str, by: int) -> tuple[int, str] | None:
    """Where a step stands one place up or down: its section, and the step above it; None at the very end."""
    section, place = place_of(playbook, step_id)
    ids = [step.id for step in playbook.sections[section].steps]
    if by < 0 and place:
        return section, ids[place - 2] if place > 1 else ""
    if by > 0 and place + 1 < len(ids):
        return section, ids[place + 1]
    other = section + by
    if not 0 <= other < len(playbook.sections):
        return None
    steps = playbook.sections[other].steps
    return other, steps[-1].id if by < 0 and steps else ""


def free_id(playbook: Playbook, words: str, taken: Sequence[str] = ()) -> str:
    """An id made of words that nothing in the playbook has."""
    known = {*taken, *(part.id for part in playbook.sections), *(f.id for f in playbook.all_fields())}
    known |= {step.id for step in playbook.steps()}
    begun = slug(words, 50)
    begun = begun if begun[:1].isalpha() else f"step-{begun}".strip("-")
    number, free = 1, begun
    while free in known:
        number += 1
        free = f"{begun}-{number}"
    return free

"""What can be edited: each edit says what it means for the data, and makes it in the blocks of the text."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Protocol

from playbook.files.edit.blocks import STEP, Block, Blocks
from playbook.files.edit.keys import table_text, with_key

Data = dict[str, Any]


class Edit(Protocol):
    """One structured edit."""

    def mean(self, data: Data) -> None:
        """Does to what was read what the edit does to its text; raises KeyError when there is no such step."""

    def make(self, blocks: Blocks) -> None:
        """Does it to the text."""


def find(data: Data, step_id: str) -> tuple[int, int]:
    """The section and place of a step; raises KeyError."""
    for number, section in enumerate(data.get("section", ())):
        for place, step in enumerate(section.get("step", ())):
            if step.get("id") == step_id:
                return number, place
    raise KeyError(step_id)


def _blocks_of(blocks: Blocks, step_id: str) -> tuple[int, range]:
    """Section and blocks of a step in the text."""
    for number in range(len(blocks.sections())):
        for found in blocks.steps_of(number):
            if blocks.blocks[found.start].step == step_id:
                return number, found
    raise KeyError(step_id)


def _said_by(text: str) -> Data:
    """What a piece of TOML says."""
    import tomli

    return tomli.loads(text)


def _set(table: Data, key: str, value: Any) -> None:
    if value is None:
        table.pop(key, None)
    else:
        table[key] = value


@dataclass(frozen=True, slots=True)
class SetKey:
    """Gives a key of a step another value, or takes it away with None."""

    step: str
    key: str
    value: Any

    def mean(self, data: Data) -> None:
        """The value."""
        section, place = find(data, self.step)
        _set(data["section"][section]["step"][place], self.key, self.value)

    def make(self, blocks: Blocks) -> None:
        """On the lines of the key, or on new ones in the usual order of keys."""
        _section, found = _blocks_of(blocks, self.step)
        block = blocks.blocks[found.start]
        block.text = with_key(block.text, self.key, self.value, blocks.eol)


@dataclass(frozen=True, slots=True)
class SetInnerKey:
    """Gives a key of a table of a step, such as its `message`, another value; the table is there already."""

    step: str
    table: str
    key: str
    value: Any

    def mean(self, data: Data) -> None:
        """The value."""
        section, place = find(data, self.step)
        _set(data["section"][section]["step"][place][self.table], self.key, self.value)

    def make(self, blocks: Blocks) -> None:
        """Under the table's heading; where it is written inline, the table anew."""
        _section, found = _blocks_of(blocks, self.step)
        own = blocks.blocks[found.start : found.stop]
        for block in own:
            if block.path == (*STEP, self.table):
                block.text = with_key(block.text, self.key, self.value, blocks.eol)
                return
        inline = dict(_said_by(own[0].text)["section"]["step"][0][self.table])
        _set(inline, self.key, self.value)
        own[0].text = with_key(own[0].text, self.table, inline, blocks.eol)


@dataclass(frozen=True, slots=True)
class SetSectionKey:
    """Gives a key of a section another value, or takes it away with None; the section is named by its place."""

    section: int
    key: str
    value: Any

    def mean(self, data: Data) -> None:
        """The value."""
        _set(data["section"][self.section], self.key, self.value)

    def make(self, blocks: Blocks) -> None:
        """On the lines of the key, or on new ones in the usual order of keys."""
        block = blocks.blocks[blocks.sections()[self.section]]
        block.text = with_key(block.text, self.key, self.value, blocks.eol)


@dataclass(frozen=True, slots=True)
class Insert:
    """A new step in a section, below another of its steps; with `below` "" it is the first."""

    section: int
    below: str
    table: Mapping[str, Any]

    def mean(self, data: Data) -> None:
        """One step more."""
        steps = data["section"][self.section].setdefault("step", [])
        steps.insert(_place_below(steps, self.below), deepcopy(dict(self.table)))

    def make(self, blocks: Blocks) -> None:
        """A block of its own."""
        text = f"[[section.step]]{blocks.eol}{table_text(self.table, blocks.eol)}"
        _put_below(blocks, self.section, self.below, [Block(STEP, True, text)])


@dataclass(frozen=True, slots=True)
class Delete:
    """A step goes, with the remarks right above it."""

    step: str

    def mean(self, data: Data) -> None:
        """One step less."""
        section, place = find(data, self.step)
        steps = data["section"][section]["step"]
        del steps[place]
        if not steps:
            del data["section"][section]["step"]

    def make(self, blocks: Blocks) -> None:
        """Its blocks go."""
        _section, found = _blocks_of(blocks, self.step)
        blocks.take(found)


@dataclass(frozen=True, slots=True)
class Move:
    """A step goes into a section, below another step; with `below` "" it is the first."""

    step: str
    section: int
    below: str

    def mean(self, data: Data) -> None:
        """The same steps in another order."""
        section, place = find(data, self.step)
        step = data["section"][section]["step"].pop(place)
        if not data["section"][section]["step"]:
            del data["section"][section]["step"]
        steps = data["section"][self.section].setdefault("step", [])
        steps.insert(_place_below(steps, self.below), step)

    def make(self, blocks: Blocks) -> None:
        """Its blocks stand elsewhere."""
        _section, found = _blocks_of(blocks, self.step)
        _put_below(blocks, self.section, self.below, blocks.take(found))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A step once more, right below itself, under other ids."""

    step: str
    ids: Mapping[str, str]
    """The ids of the step and of its fields: old to new."""

    def mean(self, data: Data) -> None:
        """The copy, in which every mention of these ids is one of the new ones."""
        section, place = find(data, self.step)
        steps = data["section"][section]["step"]
        steps.insert(place + 1, _renamed(steps[place], self.ids))

    def make(self, blocks: Blocks) -> None:
        """The same blocks with the ids replaced."""
        section, found = _blocks_of(blocks, self.step)
        copies = [
            Block(
                each.path,
                each.is_array,
                renamed_text(each.text, self.ids),
                each.gap,
                each.ends_in_remark,
                each.step,
            )
            for each in blocks.blocks[found.start : found.stop]
        ]
        _put_below(blocks, section, self.step, copies)


def _place_below(steps: list[Any], below: str) -> int:
    if not below:
        return 0
    return next(place for place, step in enumerate(steps) if step.get("id") == below) + 1


def _put_below(blocks: Blocks, section: int, below: str, new: list[Block]) -> None:
    at = _blocks_of(blocks, below)[1].stop if below else blocks.end_of_section(section)
    blocks.put(at, new)


_QUOTED = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_NAMED = re.compile(r"(\{\{\s{0,9})([A-Za-z][A-Za-z0-9._-]{0,80})(\s{0,9}\}\})")
_ANCHOR = re.compile(r"[a-z][a-z0-9-]*(?=\s|\.|$)")


def renamed_string(text: str, ids: Mapping[str, str]) -> str:
    """A text in which these ids are others: as the whole, as a date's anchor, and as `{{ names }}`."""
    if text in ids:
        return ids[text]
    anchor = _ANCHOR.match(text)
    if (
        anchor
        and anchor[0] in ids
        and re.fullmatch(r"(\.due)?\s*[+-]\s*\d+\s*[a-z]+|\.due", text[anchor.end() :])
    ):
        text = ids[anchor[0]] + text[anchor.end() :]
    return _NAMED.sub(lambda m: m[1] + ids.get(m[2], m[2]) + m[3], text)


def renamed_text(text: str, ids: Mapping[str, str]) -> str:
    """The same in every text in quotes of a piece of TOML."""

    def renamed(match: re.Match[str]) -> str:
        whole = match[0]
        size = 3 if whole.startswith('"""') else 1
        return whole[:size] + renamed_string(whole[size:-size], ids) + whole[-size:]

    return _QUOTED.sub(renamed, text)


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return renamed_string(value, ids)
    if isinstance(value, dict):
        return {key: _renamed(inner, ids) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, ids) for inner in value]
    return value


__all__ = ["Delete", "Duplicate", "Edit", "Insert", "Move", "SetInnerKey", "SetKey", "SetSectionKey", "find"]

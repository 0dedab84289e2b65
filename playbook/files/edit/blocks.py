"""A playbook's text as blocks: what each heading begins, up to the next, with the remarks right above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from playbook.files.mend.layout import Layout

STEP = ("section", "step")


class NotInBlocks(Exception):  # noqa: N818 - a file that is fine, and that this cannot edit
    """Sections or steps are written inline, so that no lines are theirs alone."""


@dataclass(slots=True)
class Block:
    """A heading with what stands under it, and the remarks right above it."""

    path: tuple[str, ...]
    """`("section", "step")`."""
    is_array: bool
    text: str
    """Its lines; the last one may lack its end at the end of a file."""
    gap: str = ""
    """Empty lines and free remarks between it and the next block: they stay where they are."""
    ends_in_remark: bool = False
    """Whether its last line is a remark, which the next heading must not touch."""
    step: str = ""
    """The id of the step that it begins."""


@dataclass(slots=True)
class Blocks:
    """One text, cut up."""

    head: str
    """What stands before the first block."""
    blocks: list[Block] = field(default_factory=list)
    eol: str = "\n"

    @classmethod
    def of(cls, text: str, data: Mapping[str, Any]) -> "Blocks":
        """The blocks of a text that says `data`; raises NotInBlocks."""
        layout = Layout(text)
        statements = list(layout.statements(0, len(text)))
        starts = [place for place, (begin, _end) in enumerate(statements) if text[begin] == "["]
        cuts: list[tuple[int, int, int]] = []  # where a block begins, its heading, where its lines end
        for number, place in enumerate(starts):
            last = (starts[number + 1] if number + 1 < len(starts) else len(statements)) - 1
            floor = statements[place - 1][1] if place else 0
            cuts.append(
                (_lead(layout, statements[place][0], floor), statements[place][0], statements[last][1])
            )
        found = cls(text[: cuts[0][0]] if cuts else text, eol=layout.eol)
        for number, (begin, heading, end) in enumerate(cuts):
            following = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
            last = _trail(layout, end, following)
            path, is_array = heading_path(text[heading : layout.statement_end(heading)])
            found.blocks.append(Block(path, is_array, text[begin:last], text[last:following], last > end))
        steps = [found.steps_of(number) for number in range(len(found.sections()))]
        said = [section.get("step", ()) for section in data.get("section", ())]
        if [*map(len, steps)] != [*map(len, said)]:
            raise NotInBlocks
        for own, step in zip(chain(*steps), chain(*said), strict=True):
            found.blocks[own.start].step = str(step.get("id", ""))
        return found

    def text(self) -> str:
        """The whole text again."""
        parts = [self.head]
        for number, block in enumerate(self.blocks):
            is_last = number + 1 == len(self.blocks)
            parts.append(block.text if is_last and not block.gap else self._closed(block.text))
            gap = self.eol if block.ends_in_remark and not block.gap else block.gap
            parts.append(block.gap if is_last else self._closed(gap))
        return "".join(parts)

    def _closed(self, text: str) -> str:
        return text if not text or text.endswith("\n") else text + self.eol

    def sections(self) -> list[int]:
        """The block that each section begins with."""
        return [at for at, block in enumerate(self.blocks) if block.is_array and block.path == ("section",)]

    def steps_of(self, section: int) -> list[range]:
        """The blocks of each step of a section, sub-tables among them; other tables may stand between two steps."""
        begin = self.sections()[section]
        stop = next((at for at in self.sections() if at > begin), len(self.blocks))
        found: list[range] = []
        for at in range(begin + 1, stop):
            block = self.blocks[at]
            if block.is_array and block.path == STEP:
                found.append(range(at, at + 1))
            elif block.path[:2] == STEP and found and found[-1].stop == at:
                found[-1] = range(found[-1].start, at + 1)
            elif block.path[:2] == STEP:
                raise NotInBlocks  # a sub-table that another table parts from its step
        return found

    def end_of_section(self, section: int) -> int:
        """The block below which a first step of the section goes: its heading with its own sub-tables."""
        at = self.sections()[section] + 1
        while (
            at < len(self.blocks)
            and self.blocks[at].path[:1] == ("section",)
            and len(self.blocks[at].path) > 1
        ):
            if self.blocks[at].path[:2] == STEP:
                break
            at += 1
        return at

    def take(self, place: range) -> list[Block]:
        """Takes blocks out. A gap with remarks of its own stays; an empty one goes along."""
        taken = self.blocks[place.start : place.stop]
        del self.blocks[place.start : place.stop]
        below = _free(taken[-1].gap)
        if place.start == 0:
            self.head += below
        elif place.start == len(self.blocks):  # the last of the file: no empty line is left at its end
            above = self.blocks[-1]
            above.gap = self._closed(_free(above.gap)) + below
        else:
            above = self.blocks[place.start - 1]
            above.gap = self._closed(above.gap) + below
        return taken

    def put(self, at: int, blocks: Sequence[Block]) -> None:
        """Puts blocks in before the block at a place, an empty line between them and their neighbours."""
        above = self.blocks[at - 1]
        if at == len(self.blocks):
            blocks[-1].gap = ""
            above.gap = above.gap or self.eol
        else:
            blocks[-1].gap = self.eol if above.gap else ""  # what is written close together stays so
        self.blocks[at:at] = blocks


def _free(gap: str) -> str:
    """A gap with remarks of its own; nothing of one that is only empty."""
    return gap if gap.strip() else ""


def _lead(layout: Layout, heading: int, floor: int) -> int:
    """Where the remarks right above a heading begin."""
    begin = layout.line_start(heading)
    while begin > floor:
        above = layout.line_start(begin - 1)
        if above < floor or not layout.text[above:begin].lstrip(" \t").startswith("#"):
            break
        begin = above
    return begin


def _trail(layout: Layout, end: int, stop: int) -> int:
    """Where the remarks right below a block's last line end; those that touch the next heading are its."""
    while end < stop:
        after = layout.text.find("\n", end) + 1 or len(layout.text)
        if after > stop or not layout.text[end:after].lstrip(" \t").startswith("#"):
            break
        end = after
    return end


def heading_path(heading: str) -> tuple[tuple[str, ...], bool]:
    """The names of a heading, however they are written, and whether it begins one of several."""
    import tomli

    inner: Any = tomli.loads(heading)
    names: list[str] = []
    while isinstance(inner, dict) and inner:
        [(name, inner)] = inner.items()
        names.append(name)
    return tuple(names), isinstance(inner, list)

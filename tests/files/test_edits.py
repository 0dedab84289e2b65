"""Structured edits over random files: what is read again is what was meant, and every other line stays as it was.

`EDITS=200000 pytest tests/files/test_edits.py` makes as many; the normal run makes a few thousand.
"""

import os
import re
import tomllib
from random import Random
from typing import Any

import pytest

from playbook.files.edit import NotInBlocks, edited
from playbook.files.edit.edits import (
    Delete,
    Duplicate,
    Edit,
    Insert,
    Move,
    SetInnerKey,
    SetKey,
    SetSectionKey,
)
from playbook.files.edit.keys import literal

EDITS = int(os.environ.get("EDITS", "5000"))
A_FILE = 8
"""Edits made to one file, one after the other."""

TEXTS = (
    "Ring them", 'Say "hello"', "It's #1 = [ok]", "año ☎ 灯台", "", "a\\b", 'ends "', "tab\there", "two\nlines", "\nlead\n\ntail\n",
    'three """ quotes', "it's '''three'''", "[[section.step]]", "# no remark", "{{ size }}", "x = 1", "\x01\x7f",
)  # fmt: skip


class Maker:
    """Makes one random playbook file; every remark names the step it stands with."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.eol = random.choice(["\n", "\n", "\r\n"])
        self.ids = 0

    def text(self) -> str:
        lines = ["#:schema ./playbook.schema.json"] if self.chance() else []
        lines += [f"title = {self.value(self.words())}{self.remark('top')}"]
        if self.chance():
            lines += ["", "[roles]", 'lead = "The lead"']
        for number in range(self.random.randint(1, 3)):
            lines += self.section(number)
        whole = self.eol.join(lines) + (self.eol * self.random.randint(1, 2) if self.chance() else "")
        return ("\ufeff" if self.random.random() < 0.1 else "") + whole

    def chance(self) -> bool:
        return self.random.random() < 0.5

    def words(self) -> str:
        return self.random.choice(TEXTS)

    def value(self, text: str) -> str:
        if "'" not in text and text.isprintable() and self.chance():
            return f"'{text}'"
        return literal(text, self.eol)

    def remark(self, step: str) -> str:
        return f"  # beside {step}" if self.chance() else ""

    def section(self, number: int) -> list[str]:
        lines = ["", "# free remark", ""] if self.chance() else [""] * self.random.randint(0, 2)
        lines += [f"# above section-{number}"] if self.chance() else []
        lines += [self.random.choice(["[[section]]", "[[ section ]]", '[["section"]]'])]
        lines += [f"title = {self.value(self.words())}"]
        if self.chance():
            lines += (
                ["", "[section.when]", 'client = "tier"', 'is = "gold"']
                if self.chance()
                else ["when = { client = 'tier', is = 'gold' }"]
            )
        for _ in range(self.random.randint(0, 4)):
            lines += self.step()
            if self.random.random() < 0.1:
                lines += ["", "[[test]]", 'name = "between"', "start = 2026-01-01"]
        return lines

    def step(self) -> list[str]:
        self.ids += 1
        name, indent = f"step-{self.ids}", self.random.choice(["", "", "  "])
        lines = [""] * self.random.randint(0, 2)
        lines += [f"{indent}# above {name}"] * self.random.randint(0, 2)
        lines += [
            indent
            + self.random.choice(
                ["[[section.step]]", "[[section.step]]  # beside " + name, "[[ section . step ]]"]
            )
        ]
        keys = [
            f"id = {self.value(name)}{self.remark(name)}",
            f"title = {self.value(self.words())}{self.remark(name)}",
        ]
        self.random.shuffle(keys)
        keys += [f"guide = {self.value(self.words())}"] if self.chance() else []
        keys += (
            [f'due = ["start + 1d",{self.eol}  # inside {name}{self.eol}  "start + 2d"]']
            if self.chance()
            else []
        )
        keys += (
            [f'field = [{self.eol}  {{ id = "size-{self.ids}", label = "S" }},{self.remark(name)}{self.eol}]']
            if self.chance()
            else []
        )
        keys += [f"key = true{self.remark(name)}"] if self.chance() else []
        draft = [f"subject = {self.value(self.words())}", f"body = {self.value(self.words())}"]
        is_inline = self.random.random() < 0.2
        keys += [f"message = {{ {', '.join(draft)} }}{self.remark(name)}"] if is_inline else []
        lines += [indent + key for key in keys]
        if self.random.random() < 0.3 and not any(key.startswith("field") for key in keys):
            lines += ["", "[[section.step.field]]", f'id = "size-{self.ids}"', 'label = "S"']
        if not is_inline and self.random.random() < 0.2:
            lines += ["", "[section.step.message]", *(line + self.remark(name) for line in draft)]
        lines += (
            [f"# below {name}", ""] if self.random.random() < 0.2 else []
        )  # it would touch the next heading
        return lines


def steps(data: dict[str, Any]) -> list[tuple[int, str]]:
    return [
        (n, step["id"])
        for n, section in enumerate(data.get("section", ()))
        for step in section.get("step", ())
    ]


def random_edit(random: Random, data: dict[str, Any]) -> Edit:
    there, sections = steps(data), len(data["section"])
    section = random.randrange(sections)
    inside = [name for number, name in there if number == section]
    below = random.choice(["", *inside])
    new = f"new-{random.randrange(10**9)}"
    if not there or random.random() < 0.15:
        return Insert(section, below, {"id": new, "title": random.choice(TEXTS), "due": "start + 1d"})
    step = random.choice(there)[1]
    match random.randrange(7):
        case 0:
            key = random.choice(["title", "guide", "say", "due", "skip"])
            return SetKey(step, key, random.choice(TEXTS))
        case 1:
            return SetKey(step, random.choice(["guide", "key", "due", "skip"]), None)
        case 2:
            below = random.choice(["", *(name for name in inside if name != step)])
            return Move(step, section, below)
        case 3:
            return Delete(step)
        case 4:
            fields = [field["id"] for field in find_step(data, step).get("field", ())]
            return Duplicate(step, {old: f"{old}-{new}" for old in (step, *fields)})
        case 5 if "message" in find_step(data, step):
            return SetInnerKey(
                step, "message", random.choice(["subject", "body"]), random.choice([*TEXTS, None])
            )
        case _:
            return SetSectionKey(section, random.choice(["title", "pause"]), random.choice(TEXTS))


def find_step(data: dict[str, Any], step_id: str) -> dict[str, Any]:
    return next(
        step for section in data["section"] for step in section.get("step", ()) if step["id"] == step_id
    )


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def remarks_at_home(text: str) -> bool:
    """Every remark that names a step stands in the lines of that step."""
    here = ""
    lines = text.replace("\r\n", "\n").split("\n")
    for place, line in enumerate(lines):
        words = line.split("#")[-1].split() if "#" in line else []
        if len(words) == 2 and words[0] == "above" and words[1].startswith("step-"):
            below = next(
                (
                    i
                    for i in range(place, len(lines))
                    if "step" in lines[i] and lines[i].strip().startswith("[[")
                ),
                None,
            )
            if below is None or (
                _id_after(lines, below) not in (words[1],)
                and not _id_after(lines, below).startswith(words[1] + "-new")
            ):
                return False
        if line.strip().startswith("[[") and "step" in line and not re.search("field|message", line):
            here = _id_after(lines, place)
        is_named = (
            len(words) == 2 and words[0] in ("beside", "inside", "below") and words[1].startswith("step-")
        )
        if is_named and here != words[1] and not here.startswith(words[1] + "-new"):
            return False
    return True


def _id_after(lines: list[str], place: int) -> str:
    for line in lines[place + 1 :]:
        text = line.strip()
        if text.startswith("id =") or text.startswith("id="):
            return str(tomllib.loads(text)["id"])
    return ""


def untouched(before: str, after: str, edit: Edit) -> bool:
    """The lines that are nobody's the edit is about are there, in the same order, byte for byte."""
    mine = getattr(edit, "step", "")
    kept = [line for line in _others(before, mine) if line.strip()]
    now = iter(line.rstrip("\r") for line in after.split("\n") if line.strip())
    return all(any(line == other for other in now) for line in kept)


def _others(text: str, mine: str) -> list[str]:
    """The lines outside the step's own blocks, without those of a section's heading that an edit may be about."""
    lines = text.split("\n")
    starts = [
        i for i, line in enumerate(lines) if line.strip().startswith("[[") or line.strip().startswith("[")
    ]
    out: list[str] = []
    skipping = False
    for place, line in enumerate(lines):
        if place in starts:
            is_step = "step" in line and not re.search("field|message", line)
            skipping = (is_step and _id_after([each.rstrip("\r") for each in lines], place) == mine) or (
                skipping and re.search("field|message", line) is not None
            )
        if not skipping and not line.strip().startswith("#"):
            out.append(line.rstrip("\r"))
    return out


def test_what_is_read_again_is_what_was_meant_and_other_lines_stay() -> None:
    random = Random(7)
    for number in range(EDITS // A_FILE):
        text = Maker(random).text()
        for _ in range(A_FILE):
            data = read(text)
            edit = random_edit(random, data)
            after = edited(text, edit)
            edit.mean(data)
            said = f"file {number}: {edit}\n{text}\n---\n{after}"
            assert read(after) == data, said
            assert after.startswith("\ufeff") == text.startswith("\ufeff"), said
            assert remarks_at_home(after), said
            if not isinstance(edit, SetSectionKey):
                assert untouched(text, after, edit), said
            if "\r\n" in text:
                assert "\n" not in after.replace("\r\n", ""), said
            text = after


@pytest.mark.parametrize("text", [
    'title = "A"\nsection = [{ title = "S", step = [{ id = "a", title = "A" }] }]\n',
    'title = "A"\n[[section]]\ntitle = "S"\nstep = [{ id = "a", title = "A" }]\n',
])  # fmt: skip
def test_steps_that_have_no_lines_of_their_own_are_left_alone(text: str) -> None:
    with pytest.raises(NotInBlocks):
        edited(text, SetKey("a", "title", "B"))


def test_an_unknown_step_is_no_edit() -> None:
    with pytest.raises(KeyError):
        edited('title = "A"\n[[section]]\ntitle = "S"\n', Delete("a"))


def test_a_title_changes_one_line_and_keeps_its_remark() -> None:
    text = '[[section]]\ntitle = "S"\n\n[[section.step]]\nid = "a"\ntitle = "A"  # why\n'
    assert edited(text, SetKey("a", "title", "B")) == text.replace('"A"', '"B"')

"""The shipped library: thirteen playbooks, the same in every language but for the words."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from playbook.core.playbook import Field, Log, Playbook, Step
from playbook.files.check_files import check_file
from playbook.files.read import read_playbook
from playbook.words import LANGUAGES
from playbook.workspace.playbooks import SHIPPED

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "playbooks").glob("*/*.toml"))
SAID_TO_COLLEAGUES = {"team-told", "told-already", "brief-each"}
"""Steps whose words are for the house, where everybody is *tú*."""


def read(path: Path) -> Playbook:
    found = read_playbook(path.read_text("utf-8"), path.stem).playbook
    assert found is not None
    return found


def in_language(language: str) -> dict[str, Playbook]:
    return {path.stem: read(path) for path in FILES if path.parent.name == language}


def bare_field(field: Field) -> Field:
    choices = dict.fromkeys(field.choices, "")
    default = None if isinstance(field.default, str) and field.default not in field.choices else field.default
    return replace(field, label="", help=bool(field.help) * "…", choices=choices, default=default)


def bare_log(log: Log, fields: frozenset[str]) -> Any:
    """Its kind and shape; a value that is a sentence and not a field is a word of the language."""
    values = {key: text if text in fields else "…" for key, text in log.values.items()}
    return log.kind, log.text if log.text in fields else "…" * bool(log.text), log.each, values


def bare_step(step: Step, fields: frozenset[str]) -> tuple[Any, ...]:
    """All of a step but its words."""
    logs = [bare_log(log, fields) for log in step.logs]
    said = bool(step.guide), bool(step.say), step.message and step.message.to
    wordless = replace(
        step,
        title="",
        guide="",
        say="",
        message=None,
        formal=None,
        logs=(),
        fields=tuple(map(bare_field, step.fields)),
    )
    return wordless, logs, said


def bare(playbook: Playbook) -> Any:
    """All of a playbook but its words."""
    fields = frozenset(field.id for field in playbook.all_fields())
    sections = [
        (s.id, bool(s.intro), bool(s.pause), s.mode, s.when, [bare_step(step, fields) for step in s.steps])
        for s in playbook.sections
    ]
    tests = [replace(test, name="", fields=dict.fromkeys(test.fields)) for test in playbook.tests]
    return (
        playbook.id, list(playbook.roles), playbook.roll, playbook.topic, bool(playbook.start_label), bool(playbook.target_label),
        [bare_field(field) for field in playbook.fields], sections, tests,
    )  # fmt: skip


def test_there_are_thirteen_in_each_language() -> None:
    assert len(SHIPPED) == 13
    for language in LANGUAGES:
        found = in_language(language)
        assert set(found) == set(SHIPPED)
        assert {playbook.language for playbook in found.values()} == {language}


@pytest.mark.parametrize("playbook_id", SHIPPED)
def test_only_the_words_differ_between_languages(playbook_id: str) -> None:
    english = in_language("en")[playbook_id]
    for language in LANGUAGES.keys() - {"en"}:
        assert bare(in_language(language)[playbook_id]) == bare(english)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_it_has_no_problem_and_the_craft_of_a_checklist(path: Path) -> None:
    """A named pause, at most nine steps and five key ones in a section, and at least three examples."""
    assert check_file(path) == []
    playbook = read(path)
    assert len(playbook.tests) >= 3
    for section in playbook.sections:
        assert section.pause, section.id
        assert len(section.steps) <= 9
        assert sum(step.key for step in section.steps) <= 5
    assert playbook.summary and playbook.start_when and playbook.tags
    for step in playbook.steps():
        assert step.source, step.id
        assert step.guide, step.id
        assert len(step.title) <= 48, step.title


def test_a_client_who_is_addressed_formally_is_never_addressed_otherwise() -> None:
    """No *tú* is left in what is said or written to a client addressed as *usted*."""
    informal = re.compile(
        r"\b(tú|te|ti|contigo|tu|tus|tuyo|tuya|has|puedes|quieres|tienes|podrías|dime|avísame|llámame)\b",
        re.I,
    )
    for playbook in in_language("es").values():
        for step in (step for step in playbook.steps() if step.id not in SAID_TO_COLLEAGUES):
            formal, message = step.formal, step.message
            said = [(formal.say if formal else "") or step.say]
            if message:
                said += [
                    (formal.subject if formal else "") or message.subject,
                    (formal.body if formal else "") or message.body,
                ]
            for text in said:
                words = re.sub(r"\{\{.*?\}\}", "", text)
                assert informal.findall(words) == [], (playbook.id, step.id, text)

"""The usual slips of somebody who has never seen TOML: told on the right line, with what to do."""

from pathlib import Path

import pytest

from playbook.files.check_files import check_text
from playbook.words.problems import hint, message

HEAD = 'title = "T"\n[[section]]\ntitle = "S"\n'
STEP = '[[section.step]]\nid = "a"\ntitle = "A"\n'
FIELD = '[[section.step.field]]\nid = "f"\nlabel = "F"\n'


@pytest.mark.parametrize(
    ("text", "code", "line", "told"),
    [
        (HEAD + STEP + FIELD + 'due = "start"\n', "step-key-below", 10, ["`due` is a step key", "above line 7"]),
        (HEAD + STEP + "[section.step.message]\nbody = 'b'\nwhen = {}\n", "step-key-below", 9, ["`when` is a step key", "above line 7"]),
        (HEAD + STEP + FIELD + 'pause = "P"\n', "section-key-below", 10, ["`pause` is a section key", "above line 4"]),
        (HEAD + STEP + FIELD + 'summary = "S"\n', "playbook-key-below", 10, ["`summary` belongs to the whole playbook", "above line 2"]),
        (HEAD + STEP + 'intro = "P"\n', "section-key-below", 7, ["`intro` is a section key", "above line 4"]),
        (HEAD + 'start_label = "Go"\n' + STEP, "playbook-key-below", 4, ["belongs to the whole playbook", "above line 2"]),
        (HEAD + STEP + 'tags = ["x"]\n', "playbook-key-below", 7, ["belongs to the whole playbook", "above line 2"]),
        (HEAD + STEP.replace("[[", "[").replace("]]", "]"), "single-brackets", 4, ["two brackets on each side", "[[section.step]]"]),
        (HEAD + STEP.replace("[[", "[").replace("]]", "]") * 2, "toml-table-twice", 7, ["a second time", "[[section.step]]"]),
        (HEAD.replace("[[section]]", "[[section]"), "toml-header", 2, ["not closed", "as many brackets as it opens with"]),
        ("title = “T”\n", "toml-curly-quotes", 1, ["Curly quotes", "straight ones"]),
        (HEAD + STEP + 'needs = [“b”]\n', "toml-curly-quotes", 7, ["Curly quotes", "straight ones"]),
        (HEAD + STEP + 'say = "T”\nkey = true\n', "toml-curly-quotes", 7, ["Curly quotes", "straight ones"]),
        (HEAD + STEP + 'say = "He said "yes" to me"\n', "toml-inner-quotes", 7, ["quote in its middle", 'three quotes ("""…""")']),
        (HEAD + STEP + 'say = "Ask "¿qué?" twice"\n', "toml-inner-quotes", 7, ["quote in its middle", "curly ones inside it"]),
        (HEAD + STEP + "say = 'it's fine'\n", "toml-inner-quotes", 7, ["quote in its middle"]),
        (HEAD + STEP + "key = yes\n", "toml-word", 7, ["`yes` stands here without quotes", "Only true, false and numbers"]),
        (HEAD + STEP + 'say = "one\ntwo"\n', "toml-line-end", 7, ["not closed on its line", '"""…"""']),
        (HEAD + '[[section.step]]\ntitle = "A"\n', "key-missing", 4, ["`id` is missing", "Add `id` here"]),
        (HEAD + STEP + 'due = "start+2bd"\n', "rule-spaces", 7, ["is not quite a date rule", "start + 2bd"]),
        (HEAD + STEP + 'due = "start + 2m"\n', "rule-unit-m", 7, ["m could be minutes or months", "Write min or mo"]),
        (HEAD + STEP + 'needs = "a"\n', "wants-list", 7, ["takes a list, not a text", 'needs = ["…"]']),
        (HEAD + STEP + 'duo = "start"\n', "key-unknown", 7, ["no key `duo`", "Did you mean `due`?"]),
    ],
)  # fmt: skip
def test_is_told_with_what_to_do(text: str, code: str, line: int, told: list[str]) -> None:
    (found,) = [each for each in check_text(text, Path("x.toml")) if each.code == code]
    said = f"{message(found.problem)} {hint(found.problem)}"
    assert found.line == line
    assert all(part in said for part in told), said

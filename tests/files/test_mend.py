"""Mending: the certain slips, nothing else, and not a letter more."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.text import is_clean
from playbook.files.check_files import check_text
from playbook.files.mend import LONGEST, mend
from playbook.files.read import parse
from playbook.words.mends import KEPT, MENDS, mend_words, unmended_words
from tests.core.properties import CALM
from tests.faults import FAULTS, START
from tests.files.test_read import SAMPLE, SMALL
from tests.hostile import HOSTILE

HEAD = 'title = "T"\n[[section]]\ntitle = "S"\n'
STEP = '[[section.step]]\nid = "a"\ntitle = "A"\n'
FIELD = '[[section.step.field]]\nid = "f"\nlabel = "F"\n'
SHIPPED = Path(__file__).parents[2] / "playbooks"
PACKAGE = Path(__file__).parents[2] / "playbook" / "files" / "mend"


def mended(text: str) -> str:
    """The text after mending, which a second time changes nothing."""
    after = mend(text, "tea").text
    assert mend(after, "tea") == (after, ())
    return after


def lines(text: str) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in mend(text, "tea").mends]


def is_left_alone(text: str) -> bool:
    return mend(text, "tea") == (text, ())


# Ids.


def test_a_step_gets_the_id_of_its_title_as_its_first_key() -> None:
    text = HEAD + '[[section.step]] # one\ntitle = "Día de la llamada" # why\n'
    assert mended(text) == text.replace("# one\n", '# one\nid = "dia-de-la-llamada"\n')
    assert lines(text) == [("id-added", 5)]


def test_ids_are_unique_among_sections_steps_and_fields_and_never_reserved() -> None:
    text = (
        'title = "T"\n[[field]]\nlabel = "Boil"\n[[section]]\ntitle = "Tea"\n'
        + "".join(
            f'[[section.step]]\ntitle = "{title}"\n' for title in ("Tea", "Boil", "Start", "1. Sip", "乙")
        )
        + 'field = [ { label = "Boil" }, {label = "Sip"} ]\n'
    )
    table = parse(mended(text))
    assert isinstance(table, dict)
    steps = table["section"][0]["step"]
    assert table["field"][0]["id"] == "boil"
    assert [step["id"] for step in steps] == ["tea-2", "boil-2", "start-2", "step-1-sip", "step"]
    assert [field["id"] for field in steps[-1]["field"]] == ["boil-3", "sip"]


def test_a_field_in_braces_gets_its_id_inside_them() -> None:
    text = HEAD + STEP + 'field = [\n  { label = "One" },\n  {label = "Two"}, # x\n]\n'
    assert mended(text) == text.replace("{ l", '{ id = "one", l').replace("{l", '{id = "two", l')


@pytest.mark.parametrize("step", ["[[section.step]]\n", '[[section.step]]\nid = ""\ntitle = "A"\n', '[[section.step]]\nid = "Not good"\ntitle = "A"\n', '[[section.step]]\nid = "today"\ntitle = "A"\n'])  # fmt: skip
def test_ids_that_are_there_and_steps_without_a_title_are_left_alone(step: str) -> None:
    assert is_left_alone(HEAD + step)


def test_the_layout_around_an_id_is_the_files_own() -> None:
    text = HEAD + '  [[section.step]]\n    title = "A"\n'
    assert mended(text) == HEAD + '  [[section.step]]\n    id = "a"\n    title = "A"\n'
    assert mended(text.replace("\n", "\r\n")) == mended(text).replace("\n", "\r\n")
    assert mended(text.rstrip("\n")) == mended(text).rstrip("\n")


# Brackets.


def test_headings_get_two_brackets() -> None:
    text = '[section]\ntitle = "S"\n\n[section.step] # a\n' + 'id = "a"\ntitle = "A"\n[ section.step.field ]\nid = "f"\nlabel = "F"\n'  # fmt: skip
    more = text + text.replace('"a"', '"b"').replace('"f"', '"g"').replace('"S"', '"Z"')
    test = '[test]\nname = "N"\nstart = "2026-11-23"\n'
    after = mended('title = "T"\n' + more + test)
    assert check_text(after, Path("tea.toml")) == []
    assert after == 'title = "T"\n' + (more + test).replace("[", "[[").replace("]", "]]")


@pytest.mark.parametrize("heading", ["[[section.step]", "[section.step]]"])
def test_brackets_that_do_not_match(heading: str) -> None:
    assert mended(HEAD + STEP.replace("[[section.step]]", heading)) == HEAD + STEP


def test_tables_of_which_there_is_one_keep_their_brackets() -> None:
    text = HEAD + STEP + "[section.step.message]\nbody = '''\n[section]\n'''\n[roles]\npm = 'PM'\n"
    assert is_left_alone(text)
    assert "[roles]\n" in mended(text.replace("[[section.step]]", "[section.step]"))


# Quotes.


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("“T”", '"T"'), ("„T“", '"T"'), ("”T”", '"T"'), ("«T»", '"T"'), ("‘T’", '"T"'), ("‘It’s’", '"It’s"'),
        ('“T"', '"T"'), ('"T”', '"T"'), ("“He “said” so” # “x”", '"He “said” so" # “x”'),
        ('“He "said" so”', "'He \"said\" so'"), ("“It's \"so\"”", '"It\'s \\"so\\""'), ("“““\nMany “lines”\n”””", '"""\nMany “lines”\n"""'),
    ],
)  # fmt: skip
def test_curly_quotes_around_a_text(wrong: str, right: str) -> None:
    start = HEAD + STEP + "say = "
    assert mended(f"{start}{wrong}\nkey = true\n") == f"{start}{right}\nkey = true\n"


def test_curly_quotes_in_lists_and_braces() -> None:
    text = HEAD + STEP + 'source = [“a”, "b”c", “d”]\nfield = [ { id = “f”, label = “L” } ]\n'
    assert mended(text) == HEAD + STEP + 'source = ["a", "b”c", "d"]\nfield = [ { id = "f", label = "L" } ]\n'


@pytest.mark.parametrize(
    "value",
    ["“T", "“a\\b”", "“a” “b”", "‘the boys’ room’", "“““", "“““ ”", "“T” T", "“", "“““““““"],
)  # fmt: skip
def test_curly_quotes_that_may_mean_several_things_are_left_alone(value: str) -> None:
    assert is_left_alone(f"{HEAD}{STEP}say = {value}\n")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('"He said "yes" to me"', "'He said \"yes\" to me'"), ('""Yes" he said"', "'\"Yes\" he said'"),
        ('"He said "yes""', "'He said \"yes\"'"), ('"It\'s a "yes", I say"', '"It\'s a \\"yes\\", I say"'),
        ('"Say "¿qué?" twice" # not "no"', "'Say \"¿qué?\" twice' # not \"no\""), ("'it's fine'", '"it\'s fine"'),
        ('"A \\"b\\" and "c""', '"A \\"b\\" and \\"c\\""'), ('"use "red" # 5 of them"', "'use \"red\" # 5 of them'"),
    ],
)  # fmt: skip
def test_quotes_inside_a_text(wrong: str, right: str) -> None:
    start = HEAD + STEP + "say = "
    assert mended(f"{start}{wrong}\nkey = true\n") == f"{start}{right}\nkey = true\n"


def test_quotes_inside_a_label_in_braces() -> None:
    text = HEAD + STEP + 'field = [ { id = "f", label = "The "big" one", help = "x" } ]\n'
    assert mended(text) == text.replace('"The "big" one"', "'The \"big\" one'")


@pytest.mark.parametrize(
    "line",
    ['a = "x" b = "y"', 'say = "yes" or "no"', 'say = "5" screen"', 'say = "He "said" it" twice', 'field = [ { id = "x" label = "y" } ]', 'field = [ { id = "x "y", label = "z" } ]'],
)  # fmt: skip
def test_quotes_that_may_mean_several_things_are_left_alone(line: str) -> None:
    assert is_left_alone(f"{HEAD}{STEP}{line}\n")


# Keys in the wrong place.


def test_a_step_key_below_a_field_goes_up_with_all_its_lines() -> None:
    moved = 'guide = """\nlong [[section]]\n""" # why\n  due = [ "start + 1d",\n  "start + 2d" ] # when\n'
    between = "\n# its fields\n"
    text = HEAD + STEP + between + FIELD + moved + "\n" + STEP.replace('"a"', '"b"')
    assert mended(text) == HEAD + STEP + moved + between + FIELD + "\n" + STEP.replace('"a"', '"b"')
    assert lines(text) == [("key-moved", 7), ("key-moved", 10)]


def test_a_section_key_below_a_step_and_a_top_key_below_anything() -> None:
    text = "#:schema x\n" + HEAD + STEP + FIELD + 'pause = "P"\nsummary = "S"\n'
    after = "#:schema x\n" + HEAD.replace("[[", 'summary = "S"\n[[') + 'pause = "P"\n' + STEP + FIELD
    assert mended(text) == after
    assert mended(text.rstrip("\n")) == after.rstrip("\n")
    assert mended(text.replace("\n", "\r\n").rstrip("\r\n")) == after.replace("\n", "\r\n").rstrip("\r\n")


def test_a_key_that_waits_for_its_own_mend_is_moved_and_mended() -> None:
    text = HEAD + STEP + FIELD + 'due = "start+1bd"\n'
    assert mended(text) == HEAD + STEP + 'due = "start + 1bd"\n' + FIELD


@pytest.mark.parametrize(
    "text",
    [
        HEAD + STEP + 'due = "start"\n' + FIELD + 'due = "start + 1d"\n',  # which of the two?
        HEAD + 'topic = "money"\n' + STEP,  # the playbook's or a step's?
        HEAD + STEP + 'field = [ { id = "f", label = "F", due = "start" } ]\n',  # inside braces
        HEAD + 'due = "start"\n' + STEP,  # which step?
        HEAD + STEP + 'label = "L"\n',  # which field?
        HEAD + STEP + FIELD + "due = 5\ndue2 = 6\n",
    ],
)
def test_keys_whose_place_is_in_doubt_are_left_alone(text: str) -> None:
    if "due2" in text:
        assert mended(text) == HEAD + STEP + "due = 5\n" + FIELD + "due2 = 6\n"
    else:
        assert is_left_alone(text)


# Values.


def test_date_rules_get_their_blanks() -> None:
    text = HEAD + STEP + 'due = [\'start+2bd\', "a.due  + 1d"] # x\nopens = "start -1w"\n'
    assert mended(text.replace("  +", "+").replace("a.due", "start")) == (
        HEAD + STEP + 'due = [\'start + 2bd\', "start + 1d"] # x\nopens = "start - 1w"\n'
    )


@pytest.mark.parametrize(
    "rule", ["start+2m", "start+2", "start+02bd", "start + 2 days", "start2bd", "Start+2bd"]
)
def test_rules_in_doubt_are_left_alone(rule: str) -> None:
    assert is_left_alone(f'{HEAD}{STEP}due = "{rule}"\n')


def test_one_id_where_a_list_is_wanted() -> None:
    text = HEAD + STEP + STEP.replace('"a"', '"b"') + 'needs = "a" # first\n'
    assert mended(text) == text.replace('needs = "a"', 'needs = ["a"]')
    assert is_left_alone(text.replace('needs = "a"', 'needs = "a, b"'))
    assert is_left_alone(text.replace('needs = "a"', 'needs = "nowhere"'))


def test_true_and_false() -> None:
    text = HEAD + STEP + 'key = True\nfield = [ { id = "f", label = "F", required = "yes", private = no } ]\n'
    assert mended(text) == text.replace("True", "true").replace('"yes"', "true").replace("no }", "false }")
    assert is_left_alone(HEAD + STEP + "say = yes\n")


# The whole.


def test_everything_at_once_is_mended_in_one_go() -> None:
    text = (
        '[section]\ntitle = “S”\n[section.step]\ntitle = “Call “them” now” # remark\ndue = "start+2bd"\n'
        '[section.step.field]\nlabel = "The "big" day" # x\ntags = ["a",\n "b"]\n[section.step]\ntitle = "B"\nkey = True\n'
    )
    codes = {each.code for each in mend(text, "tea").mends}
    assert codes == set(MENDS) - {"list"}
    assert [each.code for each in check_text(mended(text), Path("tea.toml"))] == ["key-missing"]


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.toml")), ids=lambda path: path.stem)
def test_what_has_no_problems_is_left_alone(path: Path) -> None:
    assert is_left_alone(path.read_text("utf-8"))


MENDED = {
    "toml-curly-quotes", "toml-inner-quotes", "toml-word", "toml-header", "toml-table-twice", "wants-flag", "single-brackets",
    "step-key-below", "section-key-below", "playbook-key-below", "rule-spaces",
}  # fmt: skip
"""Faults of our collection that are certain; all others stay a person's to mend."""


@pytest.mark.parametrize("code", FAULTS)
def test_only_the_certain_faults_are_touched(code: str) -> None:
    after = mended(FAULTS[code])
    assert (after != FAULTS[code]) == (code in MENDED)
    assert code not in {each.code for each in check_text(after, Path("x.toml"))} or code not in MENDED


SLIPS = [
    ('id = "boil"\n', ""), ("[[section.step]]", "[section.step]"), ("[[section]]", "[section]"), ('"Boil water"', "“Boil water”"),
    ('"Boil water"', '"Boil "the" water"'), ('title = "Tea"', "title = “Tea”"), ('due = "start + 1bd"', 'due = "start+1bd"'),
    ("required = true", "required = True"), ('id = "rule", ', ""), ("[[section.step]]", "[[section.step]"),
    ('id = "budget"\n', 'id = "budget"\n[[section.step.field]]\nid = "x"\nlabel = "X"\n'), ("\n", "\r\n"),
    ('title = "Budget, all in"\n', 'title = "Budget, all in"\nsummary = """\na\nb\n"""\npause = "P"\n'),
]  # fmt: skip
"""What slips make of a text."""


@CALM
@given(st.data())
def test_whatever_is_damaged_comes_out_no_worse(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([SAMPLE, SMALL, START]))
    for before, after in data.draw(st.lists(st.sampled_from(SLIPS), max_size=6)):
        text = text.replace(before, after)
    cut, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    if data.draw(st.booleans()):
        text = text[:cut] + data.draw(st.sampled_from(["", "“", '"', "[", "\n", "#", '"""', "x = 1\n"])) + text[cut + min(end - cut, 9) :]  # fmt: skip
    found = check_text(text, Path("x.toml"))
    result = mend(text, "x")
    assert mend(result.text, "x") == (result.text, ())
    if not any(each.level == "error" for each in found):
        assert result.text == text
    touched = len(result.mends)
    kept = set(result.text.splitlines(keepends=True))
    gone = [line for line in text.splitlines(keepends=True) if line not in kept]
    assert len(gone) <= 2 * touched + 1
    if isinstance(parse(text), dict):
        left = check_text(result.text, Path("x.toml"))
        shown = sum(
            each.code == "key-moved" for each in result.mends
        )  # a moved key's own faults come to light
        assert sum(e.level == "error" for e in left) <= sum(e.level == "error" for e in found) + shown


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_texts_are_carried_letter_for_letter(value: str) -> None:
    plain = value.replace("\\", "").replace('"', "").replace("\r", "").replace("\n", " ")
    text = f'{HEAD}[[section.step]]\ntitle = "{plain[:500]}"\nguide = "x"\n'
    after = mend(text, "x").text
    assert after.replace("".join(set(after.splitlines(keepends=True)) - set(text.splitlines(keepends=True))), "", 1) == text  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "#" * 5_000_000, "title = " + "[" * 10_000 + "]" * 10_000, "title = " + "{a=" * 10_000 + "1" + "}" * 10_000, "\x00" * 100_000,
        "say = " + "“" * 200_000, 'say = "He ' + '"a ' * 80_000 + 'x"', "[" * 200_000, '"' * 200_000,
        HEAD + "\x00" + STEP, 'x = """' + 'y"' * 100_000,
    ],
    ids=range(10),
)  # fmt: skip
def test_texts_that_mean_harm_are_left_alone(text: str) -> None:
    assert is_left_alone(text)


def test_large_texts_are_mended_as_far_as_there_is_room() -> None:
    text = HEAD + "".join(f"[section.step]\ntitle = “A {n}”\nkey = True\n" for n in range(3000))
    assert len(text) < LONGEST
    assert mend(text, "x").mends
    assert is_left_alone(HEAD + '[[section.step]]\ntitle = "A"\n' * 12_000)


# Words.


def test_every_mend_has_its_words_and_every_word_its_mend() -> None:
    made: set[str] = set()
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Change":
                made.add(ast.literal_eval(node.args[0]))
    assert made == set(MENDS)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_are_one_clean_line_whatever_is_in_them(text: str) -> None:
    args = dict.fromkeys(("header", "flag", "id", "key", "rule"), text)
    for said in (
        *(mend_words(code, args) for code in MENDS),
        *(unmended_words(code, 2, text) for code in KEPT),
    ):
        assert is_clean(said)
        assert "\n" not in said

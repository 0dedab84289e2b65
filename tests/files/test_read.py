"""Reading playbook files: what they say, and every fault at once."""

from pathlib import Path

import tomli
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.playbook import Condition, Playbook, Ref
from playbook.files.check_files import check_text
from playbook.files.read import read_playbook
from playbook.files.syntax import syntax_problem
from playbook.words.problems import hint, message
from tests.core.properties import CALM
from tests.faults import FAULTS

SMALL = """
title = "Tea"
[[section]]
title = "Make it"
[[section.step]]
id = "boil"
title = "Boil water"
"""

SAMPLE = '''#:schema ./playbook.schema.json
title = "Welcome gift"

[[section]]
title = "May we, and what?"

[[section.step]]
id = "gift-rule"
title = "Ask about their gift rule"
field = [
  { id = "rule", label = "Their rule", kind = "choice", choices = { none = "no limit known", limit = "a limit", barred = "not allowed" } },
]

[[section.step]]
id = "budget"
title = "Budget, all in"
due = "start + 1bd"
when = { field = "rule", is = "limit" }
guide = "The lower of house cap and their limit, with post and tax. Never cash or gift cards."
field = [
  { id = "gift-budget", label = "Budget", kind = "money", required = true },
  { id = "approved-by", label = "Approved by", kind = "person" },
]
'''  # fmt: skip


def read(text: str) -> Playbook:
    """The playbook of a text without faults."""
    reading = read_playbook(text, "file-name")
    assert reading.problems == []
    assert reading.playbook is not None
    return reading.playbook


def one_step(keys: str) -> str:
    return SMALL + keys


def test_a_few_lines_are_enough() -> None:
    playbook = read(SMALL)
    assert (playbook.id, playbook.language, playbook.sections[0].id) == ("file-name", "en", "make-it")
    assert check_text(SMALL, Path("tea.toml")) == []


def test_the_sample_means_what_it_says() -> None:
    playbook = read(SAMPLE)
    budget = playbook.steps()[1]
    assert budget.when == (Condition(field_id="rule", is_="limit"),)
    assert budget.due == ("start + 1bd",)
    assert [field.id for field in budget.fields] == ["gift-budget", "approved-by"]
    assert playbook.steps()[0].fields[0].choices["limit"] == "a limit"
    assert check_text(SAMPLE, Path("gift.toml")) == []


def test_one_value_may_stand_for_a_list_of_one() -> None:
    as_one = read(one_step('due = "start"\nlogs = { kind = "note" }\nwhen = { client = "x", is = 1 }\n'))
    as_list = read(
        one_step('due = ["start"]\nlogs = [{ kind = "note" }]\nwhen = [{ client = "x", is = 1 }]\n')
    )
    assert as_one == as_list


def test_a_text_may_stand_for_what_a_step_starts() -> None:
    assert read(one_step('starts = "gift"\n')) == read(one_step('starts = { playbook = "gift" }\n'))


def test_further_values_of_a_log_are_kept_as_texts() -> None:
    (log,) = (
        read(one_step('logs = { kind = "promise", text = "t", on = "day", to = "Ana" }\n')).steps()[0].logs
    )
    assert log.values == {"on": "day", "to": "Ana"}


def test_the_right_side_may_be_read_from_elsewhere() -> None:
    (condition,) = (
        read(one_step('when = { field = "a", more_than = { client = "goodwill-cap" } }\n')).steps()[0].when
    )
    assert condition.more_than == Ref(client="goodwill-cap")


def test_choices_of_a_list_are_their_own_ids() -> None:
    step = read(
        one_step('field = [{ id = "f", label = "F", kind = "choice", choices = ["a b", "c"] }]\n')
    ).steps()[0]
    assert step.fields[0].choices == {"a b": "a b", "c": "c"}


def test_section_ids_are_made_of_titles_and_never_clash() -> None:
    text = 'title = "T"\n' + "".join(
        f'[[section]]\ntitle = "{title}"\n'
        for title in ("Día uno", "Dia uno", "Start", "1. First", "乙", "boil")
    )
    ids = [section.id for section in read(text + '[[section.step]]\nid = "boil"\ntitle = "B"\n').sections]
    assert ids == ["dia-uno", "dia-uno-2", "start-2", "section-1-first", "section", "boil-2"]


def test_snippets_are_put_in_once() -> None:
    text = one_step('say = "{{ snippets.bye }}!"\n') + '[snippets]\nbye = "So long {{ snippets.bye }}"\n'
    assert read(text).steps()[0].say == "So long {{ snippets.bye }}!"


def test_dangerous_letters_never_come_through() -> None:
    reading = read_playbook(SMALL.replace("Boil water", "Boil \\u001b]0;x\\u0007 \\u202eretaw"), "tea")
    assert reading.playbook is not None
    title = reading.playbook.steps()[0].title
    assert not any(ord(letter) < 32 or letter == "\u202e" for letter in title)
    assert [problem.level for problem in reading.problems] == ["advice"]


def test_entries_keep_their_positions_when_one_is_no_table() -> None:
    reading = read_playbook(
        'title = "T"\nsection = [ 1, { title = "S", step = [ 2, { id = "a", title = "A" } ] } ]\n', "x"
    )
    assert reading.playbook is not None
    assert [section.title for section in reading.playbook.sections] == ["", "S"]
    assert [step.id for step in reading.playbook.sections[1].steps] == ["", "a"]
    assert [problem.where for problem in reading.problems] == [("section", 0), ("section", 1, "step", 0)]


def test_five_mistakes_are_told_at_once_each_on_its_line() -> None:
    text = (
        'titel = "T"\n'  # 1: unknown key
        'title = "T"\n'
        "[[section]]\n"
        'title = "S"\n'
        "[[section.step]]\n"
        'id = "a"\n'
        'title = "A"\n'
        'due = "start+2bd"\n'  # 8: no date rule
        'needs = ["bb"]\n'  # 9: leads nowhere
        "[[section.step]]\n"
        'id = "a"\n'  # 11: twice
        'title = "B"\n'
        "field = [\n"
        '  { id = "f", label = "F", kind = "choise" },\n'  # 14: no such kind
        "]\n"
    )
    found = check_text(text, Path("x.toml"))
    assert [(each.line, each.code) for each in found] == [
        (1, "key-unknown"), (8, "rule-spaces"), (9, "step-unknown"), (11, "id-twice"), (14, "value-unknown"),
    ]  # fmt: skip
    assert "`title`" in hint(found[0].problem)
    assert "start + 2bd" in hint(found[1].problem)
    assert "line 6" in message(found[3].problem)
    assert "`choice`" in hint(found[4].problem)


def test_a_step_key_below_a_field_is_told_where_it_belongs() -> None:
    (found,) = check_text(FAULTS["step-key-below"], Path("x.toml"))
    assert "line 8" in hint(found.problem)


def test_a_newer_format_is_refused_with_that_one_problem() -> None:
    reading = read_playbook('format = 9\nsteps = "all new"\n', "x")
    assert [(problem.code, problem.args["format"]) for problem in reading.problems] == [("format-newer", 9)]


def test_faults_without_number_are_counted_not_listed() -> None:
    text = 'title = "T"\n[[section]]\ntitle = "S"\n' + "".join(f"k{n} = 1\n" for n in range(3000))
    found = read_playbook(text, "x").problems
    assert found[-1].code == "more-problems"
    assert found[-1].args["count"] == 3000 - (len(found) - 1)
    assert "2500" in message(found[-1])


def test_a_sentence_of_the_parser_nobody_knows_is_still_a_problem() -> None:
    problem = syntax_problem(tomli.TOMLDecodeError("Something new", "a\nb", 2), "a\nb")
    assert (problem.code, problem.args["line"], problem.args["column"]) == ("toml-syntax", 2, 1)


@CALM
@given(st.data())
def test_no_damage_to_a_file_is_more_than_problems(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([SAMPLE, *FAULTS.values()]).filter(lambda t: len(t) < 3000))
    cut, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    damaged = text[:cut] + data.draw(st.text(max_size=6)) + text[end:]
    for each in check_text(damaged, Path("x.toml"), saved=frozenset()):
        assert "\n" not in message(each.problem) + hint(each.problem)

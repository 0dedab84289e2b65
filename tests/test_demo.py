"""The made-up home: whole, plausible at any now, and the same every time."""

import json
import re
import string
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from playbook.clock import local_zone, open_clock
from playbook.config import Config
from playbook.core.answers import parse_answer
from playbook.core.calendar import from_stamp
from playbook.core.playbook import Field, Playbook
from playbook.core.problems import Refusal
from playbook.files.library import Library, Source
from playbook.locations import Locations, shipped_library
from playbook.words import speaking
from playbook.workspace import Workspace
from playbook.workspace.demo import fill_home
from playbook.workspace.demo.answering import DAYS, ECHOES, SELDOM
from playbook.workspace.demo.cast import firm
from playbook.workspace.demo.episodes import ROUND
from playbook.workspace.demo.plain_answers import MISTAKES, PLAIN
from playbook.workspace.demo.texts import texts_in
from playbook.workspace.demo.texts.shape import Business, Texts
from playbook.workspace.demo.trades import TRADES
from playbook.workspace.lists import EntryRow, TodayRow

MADRID = ZoneInfo("Europe/Madrid")
WEDNESDAY = "2026-11-18T10:00"
ENGLISH, SPANISH = texts_in("en"), texts_in("es")
PLAYED = ("onboarding", "welcome-gift", "expectation-limits", "mistake-recovery")
DAY_LAST = ("we-need", "we-owe", "they-owe", "we-do", "they-do", "their-items")
"""Lists whose lines end with their day."""
DERIVED = ("client", "run", "step", "entry", "version", "version_step", "tally", "taken")


def filled(home: Path, clients: int, now: str = WEDNESDAY, language: str = "en") -> Workspace:
    """A home made in Madrid at `now` by somebody who reads this language, opened at the same moment."""
    with speaking(language), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAYBOOK_NOW", now)
        patch.setenv("TZ", "Europe/Madrid")
        fill_home(home, clients)
        places = Locations(home / "config", home / "data", home / "state", home / "cache")
        return Workspace(places, open_clock(local_zone()), Config(), me="Ana")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Four clients on a Wednesday morning."""
    workspace = filled(tmp_path_factory.mktemp("demo"), 4)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Twelve, among them each mistake, for somebody who reads Spanish."""
    workspace = filled(tmp_path_factory.mktemp("spanish"), 12, language="es")
    yield workspace
    workspace.close()


def journal(workspace: Workspace) -> list[dict[str, Any]]:
    """Every change, without the ids that differ from home to home."""
    rows = workspace.store.read("select at, by, kind, step, undoes <> '', body from operation order by seq")
    names = ("at", "by", "kind", "step", "undoes")
    return [
        {**dict(zip(names, row, strict=False)), "body": re.sub(r"[0-9a-f]{32}", "", row[-1])} for row in rows
    ]


def test_is_whole(demo: Workspace) -> None:
    checkup = demo.care.check()
    assert checkup.problems == ()
    assert checkup.operations > 300


def test_today_has_rows_in_each_lane(demo: Workspace) -> None:
    page = demo.lists.today()
    assert all((page.overdue, page.today, page.week, page.waiting))
    assert page.clients == 4


def test_some_runs_are_over_and_one_is_ready_to_finish(demo: Workspace) -> None:
    runs = demo.lists.runs(ended=True)
    assert {run.state for run in runs} >= {"open", "finished"}
    assert any(run.state == "open" and run.done == run.total for run in runs)
    assert any(run.name.endswith("/onboarding-2") for run in runs)


def test_what_the_lists_show_is_what_the_journal_says(tmp_path: Path) -> None:
    workspace = filled(tmp_path, 4)
    before = {table: sorted(workspace.store.read(f"select * from {table}"), key=repr) for table in DERIVED}
    workspace.care.rebuild()
    for table, rows in before.items():
        assert rows, table
        assert sorted(workspace.store.read(f"select * from {table}"), key=repr) == rows, table
    workspace.close()


def test_the_same_now_gives_the_same_texts(demo: Workspace, tmp_path: Path) -> None:
    again = filled(tmp_path, 4)
    assert journal(again) == journal(demo)
    again.close()


def test_changes_come_in_order_at_working_hours_up_to_now(demo: Workspace) -> None:
    stamps = [row["at"] for row in journal(demo)]
    assert stamps == sorted(stamps)
    assert stamps[-1] <= "2026-11-18T09:00:00Z"
    for stamp in set(stamps):
        moment = from_stamp(stamp, UTC)
        assert isinstance(moment, datetime)
        local = moment.astimezone(MADRID)
        assert local.weekday() < 5, stamp
        assert time(8) <= local.time() < time(19), stamp


def test_every_name_in_a_text_is_filled_in(demo: Workspace) -> None:
    for row in journal(demo):
        assert not re.search(r"\{\w+\}", json.dumps(json.loads(row["body"]))), row["body"]


def test_a_kickoff_is_a_contact_the_way_they_met(spanish: Workspace) -> None:
    """The shipped step logs its contact on the channel that was agreed, so a call by video is no face."""
    bodies = [(row["step"], json.loads(row["body"])) for row in journal(spanish)]
    agreed = [
        body["answers"]["kickoff-form"] for _, body in bodies if "kickoff-form" in body.get("answers", ())
    ]
    held = [
        [entry["values"]["channel"] for entry in body["entries"]]
        for step, body in bodies if step == "kickoff-talk" and body.get("entries")
    ]  # fmt: skip
    assert {"video", "in-person"} <= set(agreed)
    assert {tuple(channels) for channels in held} == {("video",), ("in-person",)}


def test_no_step_is_done_without_its_required_answers(demo: Workspace) -> None:
    for row in demo.lists.runs(ended=True):
        opened = demo.runs.open(row.id)
        assert not isinstance(opened, Refusal)
        done = [step for step in opened.sheet.view.steps.values() if step.progress.state == "done"]
        assert [step.step.id for step in done if step.missing] == [], row.name


@pytest.mark.parametrize("now", ["2026-11-20T18:30", "2026-11-22T09:00", "2028-02-29T23:30"])
def test_the_mix_is_good_at_any_now(tmp_path: Path, now: str) -> None:
    workspace = filled(tmp_path, 12, now)
    page = workspace.lists.today()
    overdue, today, week = (
        [row for row in lane if isinstance(row, TodayRow)] for lane in (page.overdue, page.today, page.week)
    )
    assert 2 <= len(overdue) <= 5
    assert 2 <= len(today) <= 8
    assert 5 <= len(week) <= 15
    assert page.waiting
    assert any(row.locked for row in (*overdue, *today, *week))
    assert any(isinstance(row, EntryRow) for row in (*page.overdue, *page.today, *page.week, *page.words))
    workspace.close()


def test_no_two_clients_share_a_name() -> None:
    firms = [firm(number, ENGLISH) for number in range(2000)]
    assert len({one.slug for one in firms}) == len({one.name for one in firms}) == 2000
    assert all(one.slug for one in firms)
    assert {one.trade for one in firms} == set(TRADES.values())


def leaves(value: Any, *where: object) -> Iterator[tuple[tuple[object, ...], object]]:
    """Every value in a bank of texts, with its place."""
    if isinstance(value, Mapping):
        pairs: Any = value.items()
    elif isinstance(value, tuple):
        pairs = enumerate(value)
    else:
        yield where, value
        return
    for key, inner in pairs:
        yield from leaves(inner, *where, key)


def shape(texts: Texts) -> dict[tuple[object, ...], object]:
    """The places of the texts, with what goes with them and is no text: choices, and whether a step was skipped."""
    cards = texts.cards._replace(she={}, he={})  # each language has its own words that depend on who it is
    return {
        where: re.findall(r"\| ([a-z-]+)$", value, re.MULTILINE) if isinstance(value, str) else value
        for where, value in leaves(texts._replace(cards=cards))
    }


def names_in(texts: Texts) -> set[str]:
    """The names in braces."""
    parsed = (string.Formatter().parse(str(value)) for _, value in leaves(texts))
    return {name for parts in parsed for _, name, _, _ in parts if name}


def patterns(texts: Texts) -> Iterator[str]:
    """What each line of the texts looks like when its names are filled in; lines without a word are no text."""
    for _, value in leaves(texts):
        for line in value.splitlines() if isinstance(value, str) else ():
            words = line.rpartition(" | ")[0] or line
            parts = re.split(r"\{\w+\}", words)
            if any(re.search(r"[^\W\d_]{3}", part) for part in parts):
                yield f"^{'.+'.join(re.escape(part) for part in parts)}$"


def typed(workspace: Workspace) -> str:
    """Every line that somebody typed into a home; entries of the ledger say them again."""
    bodies = [json.loads(row["body"]) for row in journal(workspace)]
    said = [str(value) for body in bodies for _, value in leaves(as_tuples({**body, "entries": None}))]
    return "\n".join(dict.fromkeys(said))


def as_tuples(value: Any) -> Any:
    """JSON with its lists as `leaves` wants them."""
    if isinstance(value, dict):
        return {key: as_tuples(inner) for key, inner in value.items()}
    return tuple(map(as_tuples, value)) if isinstance(value, list) else value


def test_each_language_says_as_much_about_the_same() -> None:
    assert shape(SPANISH) == shape(ENGLISH)


def test_texts_of_a_language_are_words_and_stand_in_one_place() -> None:
    for texts in (ENGLISH, SPANISH):
        assert set(texts.businesses) == set(TRADES)
        assert set(texts.mistakes) == set(MISTAKES)
        assert not set(texts.answers) & set(PLAIN)
        assert texts.cards.she.keys() == texts.cards.he.keys()


def test_spanish_texts_name_nothing_that_english_ones_do_not() -> None:
    assert names_in(SPANISH) - set(SPANISH.cards.she) <= names_in(ENGLISH) - set(ENGLISH.cards.she)


def test_no_line_is_the_same_in_both_languages() -> None:
    same = set(patterns(SPANISH)) & set(patterns(ENGLISH))
    assert same == set()


@pytest.mark.parametrize("business", SPANISH.businesses.values(), ids=SPANISH.businesses)
def test_spanish_words_fit_into_sentences(business: Business) -> None:
    assert business.people.split()[0].endswith("s")
    assert not business.season.startswith("el ")
    assert all(project.thing.startswith(("el ", "la ")) for project in business.projects)


def test_a_spanish_demo_is_whole_and_in_spanish(spanish: Workspace) -> None:
    assert spanish.care.check().problems == ()
    whole = typed(spanish)
    assert sum(bool(re.search(one, whole, re.MULTILINE)) for one in patterns(SPANISH)) > 200
    assert [one for one in patterns(ENGLISH) if re.search(one, whole, re.MULTILINE)] == []


def test_every_name_in_a_spanish_text_is_filled_in(spanish: Workspace) -> None:
    assert re.findall(r".*\{\w+\}.*", typed(spanish)) == []


@pytest.mark.parametrize("slip", [r"\b([Dd]e|[Aa]) el\b", r"\.»", r"^[^«]*“", r"^[^¿]*\?", r"^[^¡]*!"])
def test_spanish_articles_and_signs_are_spanish(spanish: Workspace, slip: str) -> None:
    assert [line for line in typed(spanish).splitlines() if re.search(slip, line)] == []


def test_a_spanish_demo_runs_the_spanish_playbooks(spanish: Workspace) -> None:
    shipped = Library([Source(shipped_library(), "shipped")])
    starts = [json.loads(row["body"]) for row in journal(spanish) if row["kind"] == "start"]
    assert {start["playbook"] for start in starts} >= {"onboarding", "mistake-recovery", "welcome-gift"}
    for start in starts:
        loaded = shipped.load(start["playbook"], "es")
        assert loaded is not None
        assert start["language"] == loaded.playbook.language


def test_the_same_clients_start_the_same_runs_in_both_languages(demo: Workspace, tmp_path: Path) -> None:
    other = filled(tmp_path, 4, language="es")
    begun = {row.name for row in other.lists.runs(ended=True)}
    other.close()
    assert begun == {row.name for row in demo.lists.runs(ended=True)}


def test_the_same_now_gives_the_same_spanish_texts(tmp_path: Path) -> None:
    one, other = (filled(tmp_path / name, 3, language="es") for name in ("one", "other"))
    assert journal(one) == journal(other)
    one.close()
    other.close()


def test_a_language_without_texts_speaks_english() -> None:
    assert texts_in("fr") is ENGLISH


def played(language: str) -> list[Playbook]:
    """The playbooks that the made-up clients go through."""
    shipped = Library([Source(shipped_library(), "shipped")])
    found = [shipped.load(name, language) for name in PLAYED]
    return [loaded.playbook for loaded in found if loaded is not None]


def asked(language: str = "en") -> dict[str, list[Field]]:
    """By id: the fields of these playbooks."""
    fields: dict[str, list[Field]] = {}
    for playbook in played(language):
        for field in playbook.all_fields():
            fields.setdefault(field.id, []).append(field)
    return fields


def banked(texts: Texts) -> dict[str, list[str]]:
    """By field: every answer made up for it, those of a mistake among them."""
    answers = {field: [*said] for field, said in (*texts.answers.items(), *PLAIN.items())}
    for name, told in texts.mistakes.items():
        for field, text in (*told.items(), *MISTAKES[name].items()):
            answers.setdefault(field, []).append(text)
    return answers


def sample(text: str) -> str:
    """A text with some words for its names."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    days = {name: "2026-12-01" for name in names if re.fullmatch(r"d\d+", name)}
    return text.format_map({**dict.fromkeys(names, "Word"), **days, "currency": "EUR", "n": "12"})


def test_nothing_is_made_up_for_a_field_or_step_that_is_not_there() -> None:
    steps = {step.id for playbook in played("en") for step in playbook.steps()}
    left = {step for plan in ROUND for episode in plan for step in episode.left}
    assert left <= steps
    assert {*DAYS, *SELDOM, *ECHOES, *ECHOES.values()} <= asked().keys()
    for texts in (ENGLISH, SPANISH):
        said = texts.remarks
        assert banked(texts).keys() <= asked().keys()
        assert {*said.notes, *said.skips, *said.skips_again, *said.overrides} <= steps
        assert set(said.abandoned) <= set(PLAYED)


@pytest.mark.parametrize("texts", [ENGLISH, SPANISH], ids=["en", "es"])
def test_every_field_has_an_answer_of_its_own(texts: Texts) -> None:
    made_up = banked(texts).keys() | DAYS.keys() | {"kickoff", "which-time"}  # the story gives these two
    assert asked().keys() - made_up == set()
    grave = {name for name in MISTAKES if MISTAKES[name]["gravity"] == "claim"}
    by_mistake = asked().keys() & {field for told in texts.mistakes.values() for field in told}
    for name, told in texts.mistakes.items():
        lacking = by_mistake - told.keys() - texts.answers.keys()
        assert lacking <= (set() if name in grave else {"insurer-word"}), name


@pytest.mark.parametrize(("language", "texts"), [("en", ENGLISH), ("es", SPANISH)], ids=["en", "es"])
def test_every_answer_is_what_its_field_asks_for(language: str, texts: Texts, demo: Workspace) -> None:
    fields = asked(language)
    for name, answers in banked(texts).items():
        for text in answers:
            readings = [parse_answer(field, sample(text), demo.calendar) for field in fields[name]]
            assert any(not isinstance(reading, Refusal) for reading in readings), (name, text)


@pytest.mark.parametrize("texts", [ENGLISH, SPANISH], ids=["en", "es"])
def test_answers_fit_into_drafts(texts: Texts) -> None:
    whole = {name for name, fields in asked().items() if "hole sentence" in fields[0].help}
    bare = {name for name, fields in asked().items() if "no full stop" in fields[0].help}
    assert len(whole) > 5
    assert len(bare) > 3
    for name, answers in banked(texts).items():
        for text in answers:
            assert name not in whole or re.match(r"[A-ZÁÉÍÓÚÑ\d{].*\.$", text), (name, text)
            assert name not in bare or not text.endswith("."), (name, text)
            lines = text.splitlines() if name in DAY_LAST else ()
            assert all(re.search(r", \{d\d+\}$", line) for line in lines), (name, text)


def test_no_answer_is_a_filler(demo: Workspace, spanish: Workspace) -> None:
    for workspace, texts in ((demo, ENGLISH), (spanish, SPANISH)):
        lines = typed(workspace).splitlines()
        fillers = [re.compile(re.sub(r"\{\w+\}", ".+", text)) for text in texts.any_answers]
        assert [line for line in lines for filler in fillers if filler.fullmatch(line)] == []

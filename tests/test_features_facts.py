"""F10, facts about a person: one can be deleted for good, and all that is kept about one person written out."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from playbook.app import PlaybookApp
from playbook.core.client import FORGOTTEN, Contact
from playbook.core.problems import Refusal
from playbook.screens.client import ClientScreen
from playbook.store import journal
from playbook.workspace import Workspace
from tests.screens.calls import press, settled, told, typing
from tests.screens.stage import rendered
from tests.workspaces import add_playbook, allowed, make_workspace, start

PERSONAL = """
title = "Personal"

[[field]]
id = "known"
label = "What we know already"

[[section]]
title = "All"

[[section.step]]
id = "listen"
title = "Write what they told you"
logs = [
  { kind = "fact", each = "told", volunteered = "yes" },
  { kind = "fact", text = "coming", on = "day", feelings = "glad", about = "who" },
  { kind = "promise", text = "ours" },
]
field = [
  { id = "told", label = "Told", kind = "list", choices = { likes = "likes", home = "at home" }, save_as = "told" },
  { id = "coming", label = "What is coming up" },
  { id = "glad", label = "What they said about it" },
  { id = "day", label = "Its day", kind = "date" },
  { id = "who", label = "Who", kind = "person" },
  { id = "ours", label = "Promise" },
]

[[section.step]]
id = "mood"
title = "Their rhythm"
logs = { kind = "fact", text = "pace" }
field = [
  { id = "pace", label = "Pace", kind = "choice", choices = { slow = "slow", quick = "quick" } },
]
"""

SECRET = "Qokeedy chedy otaiin"
TOLD = "Daiin shey okaiin"
FEELS = "Zyxwvut qodlesnok"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A client with facts logged by hand and by steps, in force and undone, and backups that hold them."""
    made = make_workspace(tmp_path)
    add_playbook(made, "personal", PERSONAL)
    start(made, "personal", "Bodega")
    client_id = start(made, "personal", "Luz").run.client_id
    allowed(made.clients.set_contact(client_id, 0, Contact("Ana Ruiz", "owner", "ana@example.com", "")))
    return made


def luz(workspace: Workspace) -> str:
    return allowed(workspace.clients.find("luz"))


def run_of(workspace: Workspace) -> str:
    return workspace.lists.runs(luz(workspace))[0].id


def log(workspace: Workspace, text: str, kind: str = "fact", **values: str) -> int:
    typed = {name.replace("_", "-"): value for name, value in values.items()}
    return allowed(workspace.ledger.log(luz(workspace), kind, text, typed)).entries[0].n


def texts(workspace: Workspace) -> list[str]:
    return [entry.text for entry in workspace.ledger.entries(luz(workspace))]


def holding(home: Path, *secrets: str) -> dict[str, list[str]]:
    """The secrets in the bytes of each file below this folder."""
    every = {path.name: path.read_bytes().lower() for path in home.rglob("*") if path.is_file()}
    found = {
        name: [secret for secret in secrets if secret.lower().encode() in content]
        for name, content in every.items()
    }
    return {name: secrets for name, secrets in found.items() if secrets}


def lists(workspace: Workspace) -> list[tuple[object, ...]]:
    tables = ("client", "run", "step", "entry", "tally", "taken")
    rows = [row for table in tables for row in workspace.store.read(f"select * from {table}")]
    return sorted(
        rows + workspace.store.read("select kind, client, run, ref, who, text from passage"), key=repr
    )


def assert_sound(workspace: Workspace) -> None:
    """Doctor finds nothing, and everything worked out anew is as it is now."""
    assert journal.verify(workspace.store) == []
    assert [problem for problem in workspace.care.check().problems if problem.level == "error"] == []
    live = lists(workspace)
    workspace.care.rebuild()
    assert lists(workspace) == live


def test_f10_no_byte_of_a_deleted_fact_is_left_in_any_file(workspace: Workspace, tmp_path: Path) -> None:
    client_id, run_id = luz(workspace), run_of(workspace)
    other = log(workspace, "Runs marathons in spring", about="Tom")
    n = log(workspace, SECRET, about="Ana Ruiz", category="family", follow_up="2026-12-08")
    allowed(workspace.ledger.amend(client_id, n, {"text": TOLD}, reason="She said it to Tom"))
    allowed(workspace.ledger.amend(client_id, n, {"text": FEELS, "category": "taste"}))
    allowed(workspace.ledger.close(client_id, n, reason="Zyxwvut once more"))
    workspace.runs.undo()
    workspace.runs.redo()
    allowed(workspace.runs.note(run_id, "listen", f"Remember: {SECRET.upper()}, and\nring them"))
    allowed(workspace.clients.set(client_id, {"card": f"Careful: {TOLD}\nSmall budget", "likes": FEELS}))
    workspace.care.backup(None)
    workspace.care.backup(workspace.locations.backups / "playbook-2026-11-01.db")
    secrets = (*SECRET.split(), *TOLD.split(), *FEELS.split(), "She said it to Tom")
    assert len(holding(tmp_path, *secrets)) == 3
    assert [hit.kind for hit in workspace.search.find("qokeedy")] == ["note"]

    allowed(workspace.ledger.forget_fact(client_id, n))
    assert holding(tmp_path, *secrets) == {}
    assert [path.name for path in workspace.locations.backups.iterdir()] == ["playbook-2026-11-23.db"]
    assert [entry.n for entry in workspace.ledger.entries(client_id)] == [other]
    assert texts(workspace) == ["Runs marathons in spring"]
    client = workspace.clients.get(client_id)
    assert client is not None
    assert (client.settings["card"], dict(client.saved)) == ("Careful: […]\nSmall budget", {})
    [note] = allowed(workspace.runs.open(run_id)).sheet.run.steps["listen"].notes
    assert note.text == "Remember: […], and\nring them"
    assert workspace.search.find("qokeedy") == []
    assert [hit.kind for hit in workspace.search.find("marathons")] == ["entry"]
    assert_sound(workspace)
    workspace.close()
    assert holding(tmp_path, *secrets) == {}


def test_f10_what_stays_is_the_number_and_who_did_what_when(workspace: Workspace) -> None:
    client_id = luz(workspace)
    n = log(workspace, SECRET, about="Ana Ruiz")
    [before] = [op for op in journal.operations_of_client(workspace.store, client_id) if op.kind == "log"]
    allowed(workspace.ledger.forget_fact(client_id, n))
    [after] = [op for op in journal.operations_of_client(workspace.store, client_id) if op.kind == "log"]
    assert after == before._replace(body={"entries": [{"n": n, "kind": "fact"}]})
    stone = workspace.ledger.get(client_id, n)
    assert stone is not None
    assert (stone.kind, stone.text, stone.outcome, dict(stone.values)) == ("fact", "", FORGOTTEN, {})
    last = workspace.clients.history(client_id)[-1]
    assert (last.kind, last.entry, last.by) == ("forget", f"luz#{n}", "Ana")
    assert log(workspace, "Another") == n + 1


def test_f10_undo_and_redo_never_bring_it_back(workspace: Workspace, tmp_path: Path) -> None:
    client_id = luz(workspace)
    n = log(workspace, SECRET)
    allowed(workspace.ledger.amend(client_id, n, {"text": TOLD}))
    allowed(workspace.ledger.forget_fact(client_id, n))
    assert allowed(workspace.runs.undo()).operation.kind == "amend"
    assert allowed(workspace.runs.undo()).operation.kind == "log"
    assert workspace.ledger.get(client_id, n) is None
    allowed(workspace.runs.redo())
    allowed(workspace.runs.redo())
    assert isinstance(workspace.runs.redo(), Refusal)
    stone = workspace.ledger.get(client_id, n)
    assert stone is not None
    assert (stone.text, stone.outcome) == ("", FORGOTTEN)
    assert texts(workspace) == []
    assert holding(tmp_path, SECRET, TOLD) == {}
    assert_sound(workspace)


def test_f10_what_was_undone_before_can_still_be_redone(workspace: Workspace) -> None:
    n = log(workspace, SECRET)
    log(workspace, "Ring them", "note")
    workspace.runs.undo()
    allowed(workspace.ledger.forget_fact(luz(workspace), n))
    allowed(workspace.runs.redo())
    assert texts(workspace) == ["Ring them"]


def test_f10_nothing_more_can_be_said_about_it(workspace: Workspace) -> None:
    client_id, ledger = luz(workspace), workspace.ledger
    n = log(workspace, SECRET)
    allowed(ledger.forget_fact(client_id, n))
    refused = [
        ledger.forget_fact(client_id, n),
        ledger.amend(client_id, n, {"text": "x"}),
        ledger.reopen(client_id, n),
    ]
    assert [outcome.code for outcome in refused if isinstance(outcome, Refusal)] == ["entry-forgotten"] * 3
    assert isinstance(ledger.close(client_id, n), Refusal)


def test_f10_only_facts_are_deleted_so_and_an_undone_one_too(workspace: Workspace, tmp_path: Path) -> None:
    client_id = luz(workspace)
    promise = log(workspace, "Wireframes", "promise", on="2026-11-27")
    outcome = workspace.ledger.forget_fact(client_id, promise)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "forget-fact-only"
    n = log(workspace, SECRET)
    workspace.runs.undo()
    allowed(workspace.ledger.forget_fact(client_id, n))
    assert holding(tmp_path, SECRET) == {}
    missing = workspace.ledger.forget_fact(client_id, 99)
    assert isinstance(missing, Refusal)
    assert missing.code == "no-ledger-entry"


def test_f10_a_fact_that_a_step_logged_goes_from_the_answers_too(
    workspace: Workspace, tmp_path: Path
) -> None:
    client_id, run_id = luz(workspace), run_of(workspace)
    said = {"told": [f"{SECRET} | likes", "Tea | likes"], "coming": f"{TOLD}.", "glad": FEELS, "day": "2026-12-01",
            "who": "Ana Ruiz", "ours": "Wireframes"}  # fmt: skip
    allowed(workspace.runs.answer(run_id, "listen", said))
    allowed(workspace.runs.answer(run_id, "", {"known": SECRET}))
    allowed(workspace.runs.tick(run_id, "listen"))
    later = start(workspace, "personal", "Luz").run.id
    allowed(workspace.runs.answer(later, "listen", {"told": [f"{SECRET} | home"]}))
    facts = {entry.text: entry.n for entry in workspace.ledger.entries(client_id) if entry.kind == "fact"}
    assert set(facts) == {SECRET, "Tea", f"{TOLD}."}

    allowed(workspace.ledger.forget_fact(client_id, facts[SECRET]))
    assert holding(tmp_path, SECRET) == {}
    run = allowed(workspace.runs.open(run_id)).sheet.run
    assert run.steps["listen"].answers["told"] == [{"text": "Tea", "choice": "likes"}]
    assert run.answers == {}
    assert run.steps["listen"].state == "done"
    assert "told" not in allowed(workspace.runs.open(later)).sheet.run.progress("listen").answers

    allowed(workspace.ledger.forget_fact(client_id, facts[f"{TOLD}."]))
    assert holding(tmp_path, TOLD, FEELS) == {}
    left = allowed(workspace.runs.open(run_id)).sheet.run.steps["listen"].answers
    assert (left["day"], left["who"], left["ours"]) == ("2026-12-01", "Ana Ruiz", "Wireframes")
    assert texts(workspace) == ["Tea", "Wireframes"]
    assert_sound(workspace)


def test_f10_a_short_fact_leaves_the_same_word_alone_elsewhere(workspace: Workspace) -> None:
    client_id, run_id = luz(workspace), run_of(workspace)
    n = log(workspace, "Tea", about="Ana Ruiz")
    log(workspace, "Tea at five", "note")
    log(workspace, "Tea", "concern")
    allowed(workspace.runs.note(run_id, "", "We drank tea and talked"))
    allowed(workspace.runs.note(run_id, "", "tea."))
    allowed(workspace.clients.set(client_id, {"drinks": "TEA", "eats": "Tea cakes"}))
    allowed(workspace.ledger.forget_fact(client_id, n))
    assert texts(workspace) == ["Tea at five", "Tea"]
    run = allowed(workspace.runs.open(run_id)).sheet.run
    assert [note.text for note in run.notes] == ["We drank tea and talked", "[…]"]
    client = workspace.clients.get(client_id)
    assert client is not None
    assert dict(client.saved) == {"eats": "Tea cakes"}


def test_f10_words_of_the_playbook_stay_but_for_the_answer_it_came_from(workspace: Workspace) -> None:
    client_id, run_id = luz(workspace), run_of(workspace)
    allowed(workspace.clients.set(client_id, {"reads": "slow"}))
    allowed(workspace.runs.tick(run_id, "mood", {"pace": "slow"}))
    [fact] = [entry for entry in workspace.ledger.entries(client_id) if entry.kind == "fact"]
    allowed(workspace.ledger.forget_fact(client_id, fact.n))
    assert "pace" not in allowed(workspace.runs.open(run_id)).sheet.run.steps["mood"].answers
    client = workspace.clients.get(client_id)
    assert client is not None
    assert dict(client.saved) == {"reads": "slow"}


def test_f10_another_fact_with_the_same_words_is_named_and_stays(workspace: Workspace) -> None:
    client_id = luz(workspace)
    first, second = log(workspace, SECRET), log(workspace, SECRET.upper())
    assert allowed(workspace.ledger.forget_fact(client_id, first)).same == (second,)
    assert texts(workspace) == [SECRET.upper()]
    assert allowed(workspace.ledger.forget_fact(client_id, second)).same == ()


def test_f10_other_clients_are_left_as_they_are(workspace: Workspace) -> None:
    bodega = allowed(workspace.clients.find("bodega"))
    allowed(workspace.ledger.log(bodega, "fact", SECRET))
    before = journal.operations_of_client(workspace.store, bodega)
    allowed(workspace.ledger.forget_fact(luz(workspace), log(workspace, SECRET)))
    assert journal.operations_of_client(workspace.store, bodega) == before


def test_f10_another_program_never_writes_it_back(workspace: Workspace, tmp_path: Path) -> None:
    client_id, run_id = luz(workspace), run_of(workspace)
    allowed(workspace.runs.note(run_id, "listen", SECRET))
    other = make_workspace(tmp_path)
    allowed(other.runs.open(run_id))
    allowed(workspace.ledger.forget_fact(client_id, log(workspace, SECRET)))
    allowed(other.runs.note(run_id, "mood", "Ring them"))
    other.close()
    assert holding(tmp_path, SECRET) == {}


def test_f10_what_was_damaged_before_is_still_found_by_doctor(workspace: Workspace) -> None:
    n = log(workspace, SECRET)
    with workspace.store.write() as tx:
        tx.execute("update operation set by = 'Eve' where kind = 'log'")
    allowed(workspace.ledger.forget_fact(luz(workspace), n))
    assert [problem.code for problem in journal.verify(workspace.store)] == ["journal-changed"]


def about_ana(workspace: Workspace) -> None:
    """What names Ana Ruiz, in every way an entry can, among what does not."""
    log(workspace, "Her first child goes to college", about="Ana Ruiz")
    log(workspace, "A book", "gift", to="Luz Marín", approver="ana ruiz")
    log(workspace, "Rang Ana Ruiz about the photos", "contact", channel="call")
    log(workspace, "Wireframes", "promise", to="Ana Ruiz", on="2026-11-27")
    log(workspace, "Too slow?", "concern", by="Ana Ruíz")
    log(workspace, "Runs marathons", about="Tom")
    log(workspace, "Mariana Ruizal called", "contact")
    log(workspace, "They hear", "next-word", by="call", on="2026-11-27")
    allowed(workspace.runs.note(run_of(workspace), "listen", "Ana Ruiz is away in May"))
    allowed(workspace.runs.note(run_of(workspace), "listen", "Ring Tom"))
    allowed(workspace.clients.set(luz(workspace), {"decides": "Ana Ruiz alone", "colour": "blue"}))


def test_f10_all_that_is_kept_about_one_person_is_written_out(workspace: Workspace, tmp_path: Path) -> None:
    from playbook.workspace.about_person import AboutPerson

    about_ana(workspace)
    about = AboutPerson(workspace, luz(workspace), "Ana Ruiz")
    assert about.proposed().name == "ana-ruiz.json"
    path = allowed(about.write(tmp_path / "ana.json"))
    assert path.stat().st_mode & 0o777 == 0o600
    data = json.loads(path.read_text(encoding="utf-8"))
    assert (data["client"], data["person"]) == ({"id": "luz", "name": "Luz"}, "Ana Ruiz")
    assert [contact["email"] for contact in data["contacts"]] == ["ana@example.com"]
    assert [entry["kind"] for entry in data["entries"]] == ["fact", "gift", "contact", "promise", "concern"]
    assert [(note["run"], note["step"], note["text"]) for note in data["notes"]] == [
        ("luz/personal", "listen", "Ana Ruiz is away in May")
    ]
    assert data["saved"] == {"decides": "Ana Ruiz alone"}
    assert AboutPerson(workspace, luz(workspace), "call").data([]) == {
        "client": {"id": "luz", "name": "Luz"}, "person": "call", "contacts": [], "saved": {}, "entries": [], "notes": [],
    }  # fmt: skip


def test_f10_a_deleted_fact_is_in_no_export(workspace: Workspace) -> None:
    from playbook.workspace.about_person import AboutPerson

    n = log(workspace, SECRET, about="Ana Ruiz")
    allowed(workspace.ledger.forget_fact(luz(workspace), n))
    data = allowed(AboutPerson(workspace, luz(workspace), "Ana Ruiz").data())
    assert data["entries"] == []


def test_f10_on_the_command_line_it_asks_unless_yes_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from click.testing import CliRunner

    from playbook.cli import make_root
    from tests.cli.calling import bad, good

    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    good("client", "add", "Acme", "Studio")
    good("log", "acme", "fact", SECRET, "--set", "about=Ana")
    good("log", "acme", "fact", SECRET)
    for typed in ("n\n", "\n", "maybe\n"):
        refused = CliRunner().invoke(make_root(), ["forget-fact", "acme#1"], input=typed)
        assert refused.exit_code == 1
        assert "Nothing was deleted." in refused.output
        assert SECRET in refused.output
    agreed = CliRunner().invoke(make_root(), ["forget-fact", "acme#1"], input="yes\n")
    assert agreed.exit_code == 0
    assert "acme-studio#2 says the same and is still there." in agreed.output
    assert SECRET in good("ledger", "acme")
    good("forget-fact", "acme#2", "--yes")
    assert good("ledger", "acme", "--json") == "[]\n"
    assert holding(tmp_path, SECRET) == {}
    assert "deleted for good acme-studio#2" in good("history", "acme")
    assert "Only its number is left." in bad("forget-fact", "acme#2", "--yes")
    assert "Only its number is left." in bad("amend", "acme#2", "text=x")


def test_f10_on_the_command_line_a_person_is_written_to_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tests.cli.calling import bad, good

    monkeypatch.setenv("PLAYBOOK_HOME", str(tmp_path))
    good("client", "add", "Acme", "--contact", "Ana Ruiz", "--email", "ana@example.com")
    good("log", "acme", "gift", "A book", "--set", "to=Ana Ruiz")
    target = tmp_path / "ana.json"
    assert good("ledger", "acme", "--person", "Ana Ruiz", "-o", str(target)).strip() == str(target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_text() == good("ledger", "acme", "--person", "Ana Ruiz", "--json")
    assert json.loads(target.read_text())["contacts"][0]["email"] == "ana@example.com"
    assert "--force" in bad("ledger", "acme", "--person", "Ana Ruiz", "-o", str(target))
    good("ledger", "acme", "-o", str(target), "--force")
    assert [entry["text"] for entry in json.loads(target.read_text())] == ["A book"]


@asynccontextmanager
async def on_client(workspace: Workspace) -> AsyncIterator[tuple[PlaybookApp, Pilot[int], ClientScreen]]:
    app = PlaybookApp(workspace)
    async with app.run_test(size=(110, 40), notifications=True) as pilot:
        await settled(pilot)
        app.show_client(luz(workspace))
        await settled(pilot)
        assert isinstance(app.screen, ClientScreen)
        yield app, pilot, app.screen


async def test_f10_in_the_app_a_yes_deletes_the_fact_of_the_row(workspace: Workspace, tmp_path: Path) -> None:
    n, promise = (
        log(workspace, SECRET, about="Ana Ruiz"),
        log(workspace, "Wireframes", "promise", on="2026-11-27"),
    )
    async with on_client(workspace) as (app, pilot, screen):
        screen.rows.select(f"entry {promise}")
        await press(pilot, "D")
        assert "is not a fact about a person" in told(app)
        screen.rows.select(f"entry {n}")
        await press(pilot, "D")
        shown = " ".join(rendered(app).split())
        assert "Delete this for good? It cannot be taken back." in shown
        assert SECRET in shown
        await press(pilot, "n")
        assert SECRET in texts(workspace)
        await press(pilot, "D", "y")
        assert "Deleted." in told(app)
        assert SECRET not in rendered(app)
    assert texts(workspace) == ["Wireframes"]
    assert holding(tmp_path, SECRET) == {}


async def test_f10_in_the_app_x_on_a_person_writes_what_is_kept(workspace: Workspace, tmp_path: Path) -> None:
    about_ana(workspace)
    target = tmp_path / "ana.json"
    target.write_text("old")
    async with on_client(workspace) as (app, pilot, screen):
        screen.rows.select("contact 0")
        await press(pilot, "x", "ctrl+u", *typing(str(target)), "ctrl+s")
        assert target.read_text() == "old"  # it is there already: saved again, it is replaced
        await press(pilot, "ctrl+s")
        assert "Written to" in told(app)
    assert json.loads(target.read_text())["person"] == "Ana Ruiz"
    assert target.stat().st_mode & 0o777 == 0o600

"""`start --csv`: a run for each row of a table."""

import os
from pathlib import Path

import pytest

from playbook.core.problems import Refusal
from playbook.core.text import is_clean
from playbook.workspace.many_starts import SLICE
from playbook.workspace.table import LARGEST, MOST_ROWS, read_table
from tests.cli.calling import Outcome, bad, call, good
from tests.cli.scenes import put
from tests.hostile import HOSTILE

PARTY = """
title = "Party"
start_label = "Day of the yes"
target_label = "Day of the party"
[roles]
lead = "Who leads"
cook = "Cook"
theme = "Decorator"

[[field]]
id = "budget"
label = "Their budget"
kind = "money"

[[field]]
id = "theme"
label = "Theme"

[[field]]
id = "guests"
label = "Guests"
kind = "list"

[[field]]
id = "tastes"
label = "Tastes"
kind = "several"
choices = ["tea", "art"]

[[field]]
id = "seats"
label = "Seats"
kind = "list"
choices = ["in", "out"]

[[field]]
id = "one"
label = "Twin"
[[field]]
id = "two"
label = "Twin"

[[section]]
title = "S"
[[section.step]]
id = "ask"
title = "Ask"
due = "start + 2d"
role = "lead"
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder for tables, three clients and a playbook."""
    folder = tmp_path / "tables"
    folder.mkdir()
    monkeypatch.chdir(folder)
    put(party=PARTY)
    for name in ("Acme Studio", "Bodega Luz", "Acme"):
        good("client", "add", name)


def table(text: str | bytes, name: str = "t.csv") -> str:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def start(text: str | bytes, *args: str) -> Outcome:
    """What a table does."""
    return call("start", "party", "--csv", table(text), *args)


def fields(run: str) -> dict[str, object]:
    """Known answers of a run, and its dates and roles."""
    document = call("show", run, "--json").data
    known = {field["id"]: field["value"] for field in document["fields"] if field["value"] is not None}
    head = document["run"]
    return {**known, "start": head["start"], "target": head["target"], "roles": head["roles"]}


def runs() -> list[str]:
    return sorted(run["id"] for run in call("runs", "--json").data)


def test_each_row_is_a_run_and_one_undo_takes_all_back() -> None:
    done = start("client,start\nAcme Studio,fri\nbodega-luz,\n")
    assert (done.code, done.out) == (0, "acme-studio/party\nbodega-luz/party\n")
    assert done.err == "2 runs started, 0 rows failed.\n`playbook undo` takes them back, all at once.\n"
    assert fields("acme-studio/party")["start"] == "2026-11-27"
    assert fields("bodega-luz/party")["start"] == "2026-11-23"
    assert call("undo").err == "Taken back: started (2 runs)\n"
    assert runs() == []
    assert call("redo").err.startswith("Done again: started")
    assert runs() == ["acme-studio/party", "bodega-luz/party"]


def test_every_kind_of_column() -> None:
    text = (
        'CLIENT ; Start;Day of the Party;their BUDGET;theme;role:Theme;Lead;cook;guests;Tastes;Seats;"Two"\r\n'
        '  Acme Studio ;+1;"24 dec";1200 EUR;"Sea; sand ""and"" sun";Dora;Bea; Carl ;"Ann; Ben\nCho";tea;"Ann | in; Ben | out";x\r\n'
    )
    done = start(text.encode("utf-8-sig"))
    assert done.code == 0, done
    assert fields("acme-studio/party") == {
        "start": "2026-11-24", "target": "2026-12-24", "budget": {"amount": "1200.00", "currency": "EUR"},
        "theme": 'Sea; sand "and" sun', "guests": ["Ann", "Ben", "Cho"], "tastes": ["tea"], "two": "x",
        "seats": [{"text": "Ann", "choice": "in"}, {"text": "Ben", "choice": "out"}],
        "roles": {"lead": "Bea", "cook": "Carl", "theme": "Dora"},
    }  # fmt: skip


@pytest.mark.parametrize("text", [
    "client,theme\nAcme,x;y\n", "client;theme\nAcme;\"x;y\"\n", "client\ttheme\r\nAcme\tx;y", "\ufeff\n\nclient,theme\r\rAcme,x;y\r",
    "client;theme;;\n\n;;;\nAcme;\"x;y\";;\n",
])  # fmt: skip
def test_any_spreadsheets_separators_and_line_ends(text: str) -> None:
    assert start(text).code == 0
    assert fields("acme/party")["theme"] == "x;y"


def test_separators_inside_quotation_marks_do_not_count() -> None:
    assert 'no column “a;b;c;d;"e"”' in start('client,"a;b;c;d;""e"""\nAcme,1\n').err


def test_rows_that_fit_are_started_and_the_others_are_told_with_their_lines() -> None:
    done = start(
        'client,budget,tastes\nAcme,1 EUR,\n\n"Bodega Luz",lots,"a\nb"\nNobody,,\n,5 EUR,\nAcme Studio,,tea\nbodega,,\nAcme,1 EUR,\nacme,2 EUR,,,more\n'
    )
    assert done.code == 4
    assert done.out.splitlines() == ["acme/party", "acme-studio/party"]
    assert done.err.splitlines() == [
        "t.csv:4: Bodega Luz: Their budget: “lots” is not an amount. Type it with its currency, like 1200 EUR.",
        "t.csv:6: Nobody: There is no client “Nobody”. Add it first, or say --add-clients.",
        "t.csv:7: It names no client.",
        "t.csv:9: bodega: There is no client “bodega”. Did you mean bodega-luz? Or say --add-clients.",
        "t.csv:10: Acme: It says the same as line 2.",
        "t.csv:11: acme: It has more cells than there are columns.",
        "2 runs started, 6 rows failed.",
        "`playbook undo` takes them back, all at once.",
    ]
    good("undo")
    assert runs() == []


def test_a_client_may_stand_in_two_rows_that_differ() -> None:
    assert start("client,theme\nAcme,sea\nACME,art\nacme,\nAcme,sea\n").out.splitlines() == ["acme/party", "acme/party-2", "acme/party-3"]  # fmt: skip
    assert fields("acme/party-2")["theme"] == "art"


def test_clients_are_added_only_when_that_is_said() -> None:
    text = "client,theme\nNova,a\nAcme St,b\nNOVA,c\nCafé Sur,d\ncafe sur,d\n"
    refused = start(text)
    assert (refused.code, refused.out, runs()) == (4, "", [])
    assert "Did you mean acme-studio?" in refused.err
    assert refused.err.endswith("0 runs started, 5 rows failed.\n")
    shown = start(text, "--add-clients", "--dry-run")
    assert (shown.code, len(call("client", "list", "--json").data)) == (4, 3)
    assert shown.out.splitlines() == [
        "  2  nova/party      Wed 25 Nov  new client: Nova",
        "  3  acme-st/party   Wed 25 Nov  new client: Acme St",
        "  4  nova/party-2    Wed 25 Nov",
        "  5  cafe-sur/party  Wed 25 Nov  new client: Café Sur",
    ]
    done = start(text, "--add-clients")
    assert done.out.splitlines() == ["nova/party", "acme-st/party", "nova/party-2", "cafe-sur/party"]
    assert (done.code, "t.csv:6: cafe sur: It says the same as line 5." in done.err) == (4, True)
    assert len(call("client", "list", "--json").data) == 6
    assert call("undo").err == "Taken back: started (4 runs)\n"
    assert len(call("client", "list", "--json").data) == 3
    assert runs() == []
    assert call("redo").code == 0
    assert runs() == sorted(done.out.split())
    assert call("doctor").code == 0


def test_a_preview_gives_the_very_names_and_stores_nothing() -> None:
    text = "client,start,target\nAcme,,\nAcme,+1,\nNew One,+2,fri\nBodega Luz,never,\n"
    start("client\nAcme\n")
    good("undo")  # its name stays taken
    before = call("history", "acme", "--json").data
    shown = start(text, "--add-clients", "--dry-run")
    assert shown.code == 4
    assert shown.err.splitlines() == [
        "t.csv:5: Bodega Luz: “never” is not a day. Type it like fri, +2, +3bd, 12 dec or 2026-12-12.",
        "3 runs would be started, 1 row failed.",
        "Nothing was stored.",
    ]
    assert call("history", "acme", "--json").data == before
    names = [line.split()[1] for line in shown.out.splitlines()]
    assert names == ["acme/party-2", "acme/party-3", "new-one/party"]
    assert start(text, "--add-clients").out.splitlines() == names


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
def test_json_has_an_object_for_each_row(dry_run: tuple[str, ...]) -> None:
    done = start("client;start\nAcme;fri\nNobody;\n", "--json", *dry_run)
    assert (done.code, done.data) == (4, [
        {"line": 2, "client": "Acme", "run": "acme/party", "error": None},
        {"line": 3, "client": "Nobody", "run": None, "error": "There is no client “Nobody”. Add it first, or say --add-clients."},
    ])  # fmt: skip
    assert runs() == ([] if dry_run else ["acme/party"])


def test_a_header_that_is_not_understood_keeps_everything_out() -> None:
    said = bad(
        "start",
        "party",
        "--csv",
        table("Client,bugdet,Cook,role:cook,Twin,xyzzy,,CLIENT\nAcme,1,a,b,c,d,e,f\n"),
    )
    assert said.splitlines() == [
        "There is no column “bugdet”. Did you mean budget?",
        "The columns “role:cook” and “Cook” are the same.",
        "The column “Twin” could be one, two. Use one of those.",
        "There is no column “xyzzy”. There can be: client, start, target, budget, theme, guests, tastes, seats, one, two, role:lead, role:cook, ….",
        "Column 7 has no name.",
        "The columns “CLIENT” and “Client” are the same.",
    ]  # fmt: skip
    assert "needs a column “client”" in bad("start", "party", "--csv", table("start\nfri\n"))
    put(plain='title = "Plain"\n[[section]]\ntitle = "S"\n[[section.step]]\nid = "a"\ntitle = "A"\n')
    assert "counts to no target day" in bad("start", "plain", "--csv", table("client,target\nAcme,fri\n"))
    assert "no playbook “prty”. Did you mean party?" in bad("start", "prty", "--csv", table("client\nAcme\n"))
    put(broken="title = [")
    assert "has problems" in bad("start", "broken", "--csv", table("client\nAcme\n"))
    assert runs() == []


@pytest.mark.parametrize(("data", "words"), [
    (b"", "has no rows"), (b"client\n", "has no rows"), (b"\n\n;;\n", "has no rows"), (b"\xff\xfec\0l\0", "is not UTF-8"),
    (b"client\nCaf\xe9\n", "is not UTF-8"), (b"client\nA\0B\n", "zero bytes"), (b'client,theme\nAcme,"open\n', "line 2: a quotation mark"),
    (b'client\n"Acme" Studio\n', "line 2: a quotation mark"), (b"client\n" + b"x" * 200_000 + b"\n", "line 2: a quotation mark is not closed, or a cell is too long"),
    (b"client\n" + b"a\n" * (MOST_ROWS + 1), "more than 5,000 rows"), (b"client\n" + b"," * LARGEST, "larger than 5 MB"),
    (b"," * 2_000 + b"client\nAcme" + b"," * 2_000, "more than 1,000 columns"),
])  # fmt: skip
def test_what_is_no_table_is_one_calm_sentence(data: bytes, words: str) -> None:
    said = bad("start", "party", "--csv", table(data))
    assert words in said
    assert said.count("\n") == 1
    assert said.startswith("t.csv")


@pytest.mark.parametrize("text", [text for text in HOSTILE if text and "\0" not in text and "/" not in text])
def test_a_hostile_name_of_a_file(text: str) -> None:
    done = call("start", "party", "--csv", text)
    assert (done.code, done.out) == (1, "")
    assert is_clean(done.err)
    assert "cannot be read" in done.err


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert read_table(Path("a\0b")) == Refusal(
        "table-read", {"path": "a␀b", "reason": "No such file or directory"}
    )
    assert "nothing.csv cannot be read: No such file" in bad("start", "party", "--csv", "nothing.csv")
    assert "cannot be read" in bad("start", "party", "--csv", str(tmp_path))
    if os.name == "posix" and os.geteuid():
        Path(table("client\nAcme\n")).chmod(0)
        assert "cannot be read" in bad("start", "party", "--csv", "t.csv")


def test_hostile_cells_and_headers_are_text_or_refused() -> None:
    cells = [
        text for text in (*HOSTILE, "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "x" * 10_000) if "\0" not in text
    ]
    quoted = ['"' + text.replace('"', '""') + '"' for text in cells]
    done = start("client,theme\n" + "".join(f"Acme,{text}\n" for text in quoted))
    assert done.code in (0, 4)
    assert all("says the same" in line for line in done.err.splitlines()[:-2]), done.err
    assert "=cmd|' /C calc'!A0" in {fields(run).get("theme") for run in done.out.split()}
    names = start("client\n" + "".join(f"{text}\n" for text in quoted), "--add-clients", "--json")
    wide = start(",".join(["client", *quoted, *(f"c{n}" for n in range(300))]) + "\nAcme\n")
    assert (wide.code, wide.out) == (1, "")
    assert len(wide.err.splitlines()) > 300
    for each in (done, names, wide):
        assert is_clean(each.out)
        assert is_clean(each.err)
        assert "went wrong" not in each.err
    assert any("at most 200 letters" in (row["error"] or "") for row in names.data)
    assert call("doctor").code == 0


def test_a_person_named_in_a_cell_is_one_clean_line() -> None:
    start('client,lead,budget\nAcme,"Be\x1b[31ma\nPaz",\n' + f"{'x' * 100_000},,\n")
    assert fields("acme/party")["roles"] == {"lead": "Be␛[31ma Paz", "cook": "Ana", "theme": "Ana"}
    assert "at most 200 letters" in start(f"client\n{'x' * 100_000}\n", "--add-clients").err


def test_many_rows_in_several_transactions_are_one_change() -> None:
    count = 2 * SLICE + 3
    done = start("client,theme\n" + "".join(f"Client {n},{n}\n" for n in range(count)), "--add-clients")
    assert (done.code, len(done.out.splitlines())) == (0, count)
    assert len(runs()) == count
    assert call("undo").err == f"Taken back: started ({count} runs)\n"
    assert (runs(), len(call("client", "list", "--json").data)) == ([], 3)
    assert call("redo").code == 0
    assert len(runs()) == count
    good("note", "client-7/party", "work has begun")
    good("undo")
    good("undo")
    assert runs() == []

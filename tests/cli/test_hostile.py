"""Every hostile text as an argument of every verb: no traceback, no forbidden byte, and what is kept reads back."""

import json
from pathlib import Path

import pytest

from playbook.core.text import clean, is_clean, line
from tests.cli.calling import Outcome, call, gift, good
from tests.hostile import CONTROLS, HOSTILE, INVISIBLE

ACME = "acme-studio/gift"
DANGEROUS = (*CONTROLS, *INVISIBLE)


def harmless(done: Outcome, codes: tuple[int, ...] = (0, 1, 2)) -> Outcome:
    """What a command did, which must have been calm."""
    assert done.code in codes, done
    assert is_clean(done.out), done
    assert is_clean(done.err), done
    assert "went wrong" not in done.err, done
    return done


@pytest.mark.parametrize("args", [
    ("show", "?"), ("show", "?/?"), ("next", "?"), ("history", "?"), ("runs", "--client", "?"), ("client", "show", "?"),
    ("today", "--on", "?"), ("start", "?", "acme"), ("start", "gift", "?"), ("start", "gift", "acme", "--dry-run", "--on", "?"),
    ("start", "gift", "acme", "--dry-run", "--target", "?"), ("start", "gift", "acme", "--dry-run", "--set", "?"),
    ("start", "gift", "acme", "--dry-run", "--set", "budget=?"), ("start", "gift", "acme", "--dry-run", "--role", "?=?"),
    ("tick", ACME, "?"), ("tick", "?", "rule"), ("tick", ACME, "rule", "--set", "?"), ("tick", ACME, "rule", "--set", "?=?"),
    ("tick", ACME, "rule", "--channel", "?"), ("skip", ACME, "?", "--reason", "?"), ("reopen", ACME, "?"), ("reopen", "?"),
    ("due", ACME, "rule", "?"), ("due", ACME, "?", "fri"), ("note", "?", "x"), ("finish", "?"), ("abandon", "?", "--reason", "x"),
    ("undo", "?"), ("redo", "?"), ("export", "?"), ("export", ACME, "-f", "?"), ("config", "get", "?"), ("config", "set", "?", "x"),
    ("config", "set", "backups", "?"), ("completion", "?"), ("client", "set", "acme", "?"), ("client", "set", "acme", "?=?"),
    ("client", "set", "acme", "country=?"), ("client", "add", "A", "--form", "?"), ("demo", "--clients", "?"), ("open", "?"),
    ("?",), ("client", "?"), ("--?",), ("today", "--?"), ("block", ACME, "?", "--reason", "?"), ("block", ACME, "rule", "--until", "?"),
    ("unblock", ACME, "?", "--reason", "?"), ("add-step", ACME, "x", "--section", "?"), ("add-step", ACME, "x", "--after", "?"),
    ("assign", ACME, "?", "x"), ("assign", "?", "rule", "x"), ("due", ACME, "start", "?", "--dry-run"), ("due", ACME, "target", "?", "--dry-run"),
    ("tick", ACME, "rule", "--outcome", "?"), ("tick", ACME, "rule", "--outcome", "?=?"), ("start", "gift", "acme", "--from", "?", "rule"),
    ("start", "gift", "acme", "--from", ACME, "?"), ("start", "?", "--csv", "nothing.csv"),
])  # fmt: skip
def test_what_is_refused_is_shown_harmlessly(
    args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gift()
    for text in HOSTILE:
        done = harmless(call(*(arg.replace("?", text) for arg in args)))
        assert "Traceback" not in done.err


def test_what_is_kept_reads_back(tmp_path: Path) -> None:
    gift()
    kept = [text for text in HOSTILE if line(text)]
    for text in kept:
        harmless(call("note", ACME, "rule", "--", text), (0,))
    for text in DANGEROUS:
        harmless(call("client", "set", "acme", f"dog={text}"), (0,))
    ticked = DANGEROUS[::4]
    for text in ticked:
        harmless(
            call("tick", ACME, "rule", "--set", f"their-rule={text}", "--note", text, "--override", text),
            (0,),
        )
        harmless(call("reopen", ACME, "rule"), (0,))
        harmless(call("skip", ACME, "order", "--reason", text), (0,))
        harmless(call("undo"), (0,))
    for text in ticked:
        harmless(call("block", ACME, "say-thanks", "--reason", text), (0,))
        harmless(call("assign", ACME, "say-thanks", "--", text), (0,))
        harmless(call("assign", ACME, "lead", "--", text), (0,))
        harmless(call("add-step", ACME, "--section", "give", "--", text), (0,))
    harmless(call("skip", ACME, "order", "--reason", DANGEROUS[0]), (0,))
    notes = [clean(text.strip()) for text in [*kept, *ticked]]
    for name in ("json", "markdown"):
        exported = harmless(call("export", ACME, "-f", name, "-o", "-"), (0,))
        shown = call("export", ACME, "-f", name, "-o", str(tmp_path / name))
        assert (tmp_path / name).read_text(encoding="utf-8") == exported.out, shown
    document = harmless(call("show", ACME, "--json")).data
    rule = document["sections"][0]["steps"][0]
    assert [note["text"] for note in rule["notes"]] == notes
    assert document["sections"][1]["steps"][0]["reason"] == clean(DANGEROUS[0])
    for verb in (
        ("show", ACME),
        ("next", ACME),
        ("history", ACME),
        ("history", "acme"),
        ("today",),
        ("client", "show", "acme"),
    ):
        harmless(call(*verb), (0,))
        harmless(call(*verb, "--json"))


def test_any_name_makes_a_client_and_safe_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    monkeypatch.chdir(folder)
    gift()
    names = list(dict.fromkeys(line(line(text)[:150]) for text in HOSTILE if line(text)))
    for name in names:
        done = harmless(call("client", "add", "--", name), (0, 1))
        if done.code == 1:  # the same name but for case
            assert "is there already" in done.err
            continue
        slug = done.out.strip()
        run = good("start", "gift", slug).strip()
        harmless(call("export", run), (0,))
    clients = harmless(call("client", "list", "--json")).data
    assert {client["name"] for client in clients} >= {name for name in names if name.casefold() == name}
    files = list(folder.iterdir())
    assert len(files) > 80
    for path in files:
        assert path.suffix == ".md"
        assert path.stem.replace("-", "").isascii()
        assert len(path.name) < 100
    assert sorted(each.name for each in tmp_path.iterdir()) == ["exports", "home"]


def test_json_escapes_what_a_terminal_would_act_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    name = "a\x9b31m\u202eb\U000e0001c\x7f.toml"
    (tmp_path / name).write_text("title = [", encoding="utf-8")
    done = harmless(call("check", name, "--json"), (1,))
    assert json.loads(done.out)[0]["file"] == name
    harmless(call("check", name), (1,))

"""Each verb as a project manager uses it."""

from pathlib import Path

import pytest

from tests.cli.calling import GIFT, bad, call, gift, good, library

ACME = "acme-studio/gift"


def test_a_client_and_a_run_from_the_yes_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert gift() == ACME
    done = call("tick", ACME, "rule", "--set", "their-rule=no limit", "--note", "She laughed.")
    assert (done.code, done.out) == (0, "")
    assert done.err == "Done: “Ask about their rule”. acme-studio/gift: 1 of 3.\n"
    assert call("skip", ACME, "order", "--reason", "they are away").err.startswith("Skipped: “Order it”.")
    assert call("skip", ACME, "say-thanks", "--na", "--reason", "no").err.startswith(
        "Not needed: “Say thanks”."
    )
    assert call("finish", ACME).err == "acme-studio/gift is finished: 2 of 2.\n"
    assert "is finished" in bad("tick", ACME, "order")
    assert "Open again" in call("reopen", ACME, "--reason", "they are back").err
    assert "stays in the ledger" in call("reopen", ACME, "rule").err
    assert good("export", ACME).strip() == str(tmp_path / "acme-studio-gift.md")
    assert "abandoned" in call("abandon", ACME, "--reason", "they left").err
    assert good("runs") == ""
    assert good("runs", "--all").split() == [ACME, "1/2", "abandoned", "2026-11-23"]


def test_today_lists_by_lane() -> None:
    gift("Acme Studio", "--on", "2026-11-18")
    assert good("today").splitlines() == [
        "Overdue",
        "  ! 4 days  Acme Studio  Ask about their rule  acme-studio/gift  rule",
        "",
        "Waiting on others",
        "  Acme Studio  Say thanks  acme-studio/gift  say-thanks",
    ]
    assert good("today", "--on", "2026-11-19").splitlines()[:2] == [
        "Thu 19 Nov", "  today  Acme Studio  Ask about their rule  acme-studio/gift  rule",
    ]  # fmt: skip
    [overdue, waiting] = call("today", "--json").data
    assert overdue == {
        "lane": "overdue", "run": ACME, "client": {"id": "acme-studio", "name": "Acme Studio"}, "playbook": "Gift",
        "step": "rule", "title": "Ask about their rule", "due": "2026-11-19", "channel": "call", "locked": False,
    }  # fmt: skip
    assert (waiting["lane"], waiting["due"], waiting["channel"]) == ("waiting", None, None)


def test_nothing_to_show_says_what_to_do() -> None:
    assert call("today") == (0, "", "Nothing is due in the next seven days.\n")
    assert call("runs") == (0, "", "No runs. Start one: playbook start PLAYBOOK CLIENT\n")
    assert call("client", "list") == (0, "", "No clients yet. Add one: playbook client add NAME\n")
    for verb in (("today",), ("runs",), ("client", "list")):
        assert call(*verb, "--json").data == []


def test_a_start_can_be_previewed() -> None:
    gift()
    done = call("start", "gift", "acme", "--dry-run", "--target", "24 dec", "--set", "budget=200 EUR")
    assert done.out.splitlines() == [
        "  rule        Ask about their rule  tomorrow",
        "  approve     Have it approved      Wed 25 Nov",
        "  order       Order it              1 week after “Ask about their rule”",
        "  say-thanks  Say thanks            –",
    ]
    assert done.err == "Nothing was stored.\n"
    preview = call("start", "gift", "acme", "--dry-run", "--json").data
    assert [(step["id"], step["hidden"], step["waiting_for"]) for step in preview["steps"]] == [
        ("rule", False, None), ("approve", True, None), ("order", False, "rule"), ("say-thanks", False, None),
    ]  # fmt: skip
    assert good("runs").split()[0] == ACME
    assert good("start", "gift", "acme").strip() == f"{ACME}-2"


def test_a_start_that_does_not_fit_is_refused() -> None:
    gift()
    assert "Did you mean gift?" in bad("start", "gfit", "acme")
    assert "no client “nobody”" in bad("start", "gift", "nobody")
    assert "is not a day" in bad("start", "gift", "acme", "--on", "soonish")
    assert "is not an amount" in bad("start", "gift", "acme", "--set", "budget=lots")
    assert "Did you mean budget?" in bad("start", "gift", "acme", "--set", "bugdet=1 EUR")
    assert "no role “pm”" in bad("start", "gift", "acme", "--role", "pm=Bea")
    assert "not FIELD=VALUE" in bad("start", "gift", "acme", "--set", "budget", code=2)
    assert "not ROLE=PERSON" in bad("start", "gift", "acme", "--role", "lead", code=2)
    (library() / "broken.toml").write_text("title = [", encoding="utf-8")
    assert "has problems" in bad("start", "broken", "acme")
    assert len(good("runs").splitlines()) == 1


def test_the_next_step_is_told_in_full() -> None:
    gift()
    assert good("next", "acme").splitlines() == [
        "Ask about their rule  (rule)  tomorrow", "", "Say: Is there a rule, Acme Studio?", "",
        "  their-rule *  Their rule", "  gossip        Gossip",
    ]  # fmt: skip
    assert call("next", "acme", "--json").data == {
        "run": ACME, "progress": {"done": 0, "total": 3},
        "step": {"id": "rule", "title": "Ask about their rule", "due": "2026-11-24", "locked_by": [], "guide": "",
                 "say": "Is there a rule, Acme Studio?", "fields": ["their-rule", "gossip"]},
    }  # fmt: skip
    good("finish", ACME, "--reason", "enough")
    assert call("next", ACME) == (0, "", "acme-studio/gift is finished.\n")
    assert call("next", ACME, "--json").data["step"] is None


def test_a_run_is_shown_as_it_stands() -> None:
    gift("Acme Studio", "--set", "budget=200 EUR", "--target", "2026-12-24")
    good("tick", ACME, "rule", "--set", "their-rule=none")
    good("note", ACME, "rule", "first line\nsecond line")
    good("note", ACME, "on the run")
    assert good("show", ACME).splitlines() == [
        "Acme Studio › Gift  (acme-studio/gift)",
        "open · 1/4 · Day of the yes 2026-11-23 · Party 2026-12-24",
        "Lead (lead): Ana",
        "2026-11-23 09:00 Ana: on the run",
        "Budget: 200 EUR",
        "",
        "Ask",
        "  ✓ rule        Ask about their rule  done · Mon 23 Nov",
        "      Their rule: none",
        "      2026-11-23 09:00 Ana: first line",
        "                            second line",
        "  ☐ approve     Have it approved      Wed 25 Nov",
        "",
        "Give",
        "  ☐ order       Order it              Mon 30 Nov · locked: Have it approved",
        "  ☐ say-thanks  Say thanks            locked: Have it approved",
    ]
    assert call("show", ACME, "--json").data["run"]["id"] == ACME


def test_a_playbook_is_shown() -> None:
    gift()
    assert good("show", "gift").splitlines()[2:5] == [
        "Ask · Before anything",
        "     rule     Ask about their rule  call · 1 day after “Day of the yes”",
        "     approve  Have it approved      2 working days after “Day of the yes” · hard gate · if “Budget” is more than 100 EUR",
    ]
    data = call("show", "gift", "--json").data
    assert [step["id"] for section in data["sections"] for step in section["steps"]] == [
        "rule",
        "approve",
        "order",
        "say-thanks",
    ]
    assert "Did you mean gift?" in bad("show", "gfit")
    (library() / "broken.toml").write_text('title = "B"\nfoo = 1\n', encoding="utf-8")
    assert "It has problems" in call("show", "broken").err
    assert "has problems: playbook check" in good("list")


def test_locks_and_answers_are_enforced() -> None:
    gift("Acme Studio", "--set", "budget=200 EUR")
    assert "needs an answer first: Their rule" in bad("tick", ACME, "rule")
    assert "is locked by Have it approved" in bad("tick", ACME, "order")
    assert "With --override REASON it is done all the same." in bad("tick", ACME, "order")
    assert "no step “ordr”. Did you mean" not in good("tick", ACME, "order", "--override", "She agreed.")
    assert "Did you mean approve?" in bad("tick", ACME, "aprove")
    assert "already done" in bad("tick", ACME, "order")
    assert "takes a reason" in bad("skip", ACME, "approve")
    assert "no channel" in bad("tick", ACME, "rule", "--channel", "phone", code=2)
    assert "still has open steps" in bad("finish", ACME)
    assert "takes a reason" in bad("abandon", ACME)
    assert "nor any other" in bad("tick", ACME, "approve", "--set", "x=1")


def test_notes_go_to_the_step_that_is_named() -> None:
    gift()
    assert call("note", ACME, "rule", "they", "asked").err.startswith("Noted on “Ask about their rule”.")
    assert call("note", ACME, "they asked").err.startswith("Noted on the run.")
    assert call("note", ACME, "rules", "of theirs").err.startswith("Noted on the run.")
    assert "What is the note on “rule”?" in bad("note", ACME, "rule", code=2)
    assert "empty note" in bad("note", ACME, "  ")
    document = call("show", ACME, "--json").data
    assert [note["text"] for note in document["run"]["notes"]] == ["they asked", "rules of theirs"]


def test_dates_by_hand() -> None:
    gift()
    assert call("due", ACME, "order", "fri").err == "“Order it” is due: Fri 27 Nov.\n"
    assert (
        call("due", ACME, "rule", "27", "nov", "16:00").err
        == "“Ask about their rule” is due: Fri 27 Nov 16:00.\n"
    )
    assert call("due", ACME, "order", "clear").err == "“Order it” is due: no date.\n"
    assert "not set by hand" in bad("due", ACME, "order", "clear")
    assert "is not a day" in bad("due", ACME, "order", "whenever")
    history = good("history", ACME)
    assert "dated by hand Order it: Fri 27 Nov 2026" in history
    assert "cleared the date of Order it: Fri 27 Nov 2026" in history


def test_undo_and_redo() -> None:
    gift()
    good("tick", ACME, "rule", "--set", "their-rule=x", "--note", "n")
    assert call("undo").err == "Taken back: ticked (acme-studio/gift · Ask about their rule)\n"
    assert "0/3" in good("runs")
    assert "Done again: ticked" in call("redo", ACME).err
    assert "1/3" in good("runs")
    assert "Nothing to redo" in bad("redo", ACME)
    good("undo", ACME)
    assert "Nothing left to undo in this run" in bad("undo", ACME)
    good("undo")
    assert good("runs") == ""
    good("undo")
    assert good("client", "list") == ""
    assert "Nothing to undo" in bad("undo")
    assert "There is no run “”" in bad("undo", "")


def test_history_of_a_client_names_the_runs() -> None:
    gift()
    good("tick", ACME, "rule", "--set", "their-rule=x")
    good("undo")
    lines = good("history", "acme").splitlines()
    assert lines[0].split() == [
        "1",
        "Mon",
        "23",
        "Nov",
        "09:00",
        "Ana",
        "added",
        "the",
        "client:",
        "Acme",
        "Studio",
    ]
    assert any(
        ACME in line and "ticked Ask about their rule" in line and line.endswith("(undone)") for line in lines
    )
    rows = call("history", ACME, "--json").data
    assert list(rows[0]) == [
        "seq",
        "at",
        "by",
        "kind",
        "step",
        "field",
        "entry",
        "old",
        "new",
        "reason",
        "undoes",
    ]
    assert [row["kind"] for row in rows] == ["start", "tick", "tick", "tick", "undo"]


def test_names_may_be_cut_short_but_not_guessed() -> None:
    gift("Acme Studio")
    gift("Acme Foods")
    assert good("show", "acme-s").startswith("Acme Studio")
    assert "could be acme-foods/gift, acme-studio/gift" in bad("show", "acme")
    assert "could be acme-foods, acme-studio" in bad("client", "show", "acme")
    assert "Did you mean acme-studio/gift?" in bad("tick", "acme-studoi/gift", "rule")
    good("start", "gift", "acme-studio")
    assert "1/3" not in good("show", ACME)  # an exact name wins over a longer one


def test_clients_are_added_shown_and_changed() -> None:
    assert (
        good(
            "client",
            "add",
            "Bodega",
            "Luz",
            "--country",
            "es",
            "--contact",
            "Ana Paz",
            "--email",
            "a@luz.example",
        )
        == "bodega-luz\n"
    )
    assert "is there already" in bad("client", "add", "bodega luz")
    assert "does not fit" in bad("client", "add", "Other", "--form", "Sie")
    good("client", "set", "bodega", "language=es", "owner=Ana", "contact=Bea, CEO", "reply-time=2 days")
    assert good("client", "show", "bodega").splitlines() == [
        "Bodega Luz  (bodega-luz)", "  country           ES", "  language          es", "  owner             Ana",
        "  reply-time        We answer within: 2 days", "  feels-long-after  not said: learned from your own gaps",
        "  promise-buffer    not said: 2 working days", "  status-rhythm     not said: as each playbook has it",
        "  goodwill-cap      not said: no cap", "  Ana Paz · a@luz.example", "  Bea · CEO",
    ]  # fmt: skip
    data = call("client", "show", "bodega-luz", "--json").data
    assert list(data) == ["id", "name", "settings", "saved", "contacts", "runs"]
    good("client", "set", "bodega", "owner=")
    assert "owner" not in good("client", "show", "bodega")
    assert "not something a client has" in bad("client", "set", "bodega", "lnguage=es")
    assert "not KEY=VALUE" in bad("client", "set", "bodega", "es", code=2)
    assert "A client needs a name" in bad("client", "add", " ")


def test_export_never_replaces_a_file_unasked(tmp_path: Path) -> None:
    gift()
    target = tmp_path / "run.json"
    assert good("export", ACME, "-o", str(target)) == f"{target}\n"
    first = target.read_bytes()
    assert first == call("export", ACME, "-f", "json", "-o", "-").out.encode()
    assert target.stat().st_mode & 0o777 == 0o600
    good("note", ACME, "one more")
    assert "exists" in bad("export", ACME, "-o", str(target))
    assert target.read_bytes() == first
    good("export", ACME, "-o", str(target), "--force")
    assert target.read_bytes() != first
    assert "is a folder" in bad("export", ACME, "-o", str(tmp_path), "--force")
    assert "could not be written" in bad("export", ACME, "-o", str(tmp_path / "no" / "run.md"))
    assert "could not be written" in bad("export", ACME, "-o", str(tmp_path / ("x" * 300)))
    assert "no format “pdf”" in bad("export", ACME, "-f", "pdf", code=2)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_database_is_kept_and_brought_back(tmp_path: Path) -> None:
    gift()
    copy = tmp_path / "copy.db"
    assert good("backup", str(copy)) == f"{copy}\n"
    assert "exists" in bad("backup", str(copy))
    good("backup", str(copy), "--force")
    assert "is the database itself" in bad("backup", str(tmp_path / "home" / "data" / "playbook.db"))
    assert good("backup").strip().endswith("playbook-2026-11-23.db")
    good("note", ACME, "after the backup")
    assert "What was there before is in" in call("restore", str(copy)).err
    assert "after the backup" not in good("show", ACME)
    done = call("doctor", "--rebuild")
    assert done.code == 0
    assert done.err == "Worked out anew: 1 run.\nAll is well.\n"


def test_settings_and_places() -> None:
    assert good("config", "get", "backups") == "7\n"
    good("config", "set", "name", "Bea")
    assert good("config", "get", "name") == "Bea\n"
    assert call("config", "get", "--json").data["name"] == "Bea"
    gift()
    assert " Bea " in good("history", ACME)
    assert "no setting “nmae”" in bad("config", "get", "nmae")
    assert "does not fit" in bad("config", "set", "backups", "many")
    paths = call("paths", "--json").data
    assert list(paths) == ["config", "database", "playbooks", "shipped", "backups", "log", "cache"]
    assert Path(paths["database"]).is_file()
    for shell in ("bash", "zsh", "fish"):
        assert "_PLAYBOOK_COMPLETE" in good("completion", shell)


def test_check_names_every_problem(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('title = "B"\nfoo = 1\n', encoding="utf-8")
    done = call("check", str(broken))
    assert done.code == 1
    assert f"{broken}:2:1: error: There is no key `foo` here.\n" in done.out
    assert done.err == "1 file checked: 2 problems, 0 pieces of advice.\n"
    problem = call("check", str(broken), "--json").data[0]
    assert list(problem) == ["file", "line", "column", "path", "level", "code", "message", "hint"]
    assert call("check").code == 0
    assert call("check", str(tmp_path / "nothing.toml")).code == 1
    assert call("schema").data["title"] == "Playbook"


def test_list_tells_where_playbooks_come_from() -> None:
    gift()
    found = {entry["id"]: entry for entry in call("list", "--json").data}
    assert found["gift"]["origin"] == "own"
    assert found["onboarding"]["origin"] == "shipped"
    assert "gift " in good("list")


def test_folders_are_searched_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (library() / "gift.toml").write_text(GIFT, encoding="utf-8")
    for place, title in (("named", "Named"), ("path", "Path"), ("playbooks", "Here")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "gift.toml").write_text(GIFT.replace('"Gift"', f'"{title}"'), encoding="utf-8")
    monkeypatch.setenv("PLAYBOOK_PATH", str(tmp_path / "path"))
    assert good("--library", "named", "show", "gift").startswith("Named ")
    assert good("show", "gift").startswith("Path ")
    monkeypatch.delenv("PLAYBOOK_PATH")
    assert good("show", "gift").startswith("Here ")
    (tmp_path / "playbooks" / "gift.toml").unlink()
    assert good("show", "gift").startswith("Gift ")

"""F10, F14 and F23: what we know of a person, the card that heads every run, and the gift register."""

import json

import pytest

from tests.cli.calling import bad, call, good
from tests.features.home import app_at, at_question, at_row, entry, lanes, ledger, run_of, seen
from tests.screens.calls import press, told, typing

pytestmark = pytest.mark.usefixtures("acme")

LISTEN = """
title = "Listen"
[[section]]
id = "talk"
title = "The talk"
[[section.step]]
id = "hear"
title = "Hear them out"
channel = "call"
logs = { kind = "fact", text = "told-us", category = "family", volunteered = "yes" }
field = [
  { id = "told-us", label = "What they told us", private = true },
  { id = "agreed", label = "What we agreed" },
]
[[section]]
id = "pause"
title = "From memory"
mode = "do-confirm"
[[section.step]]
id = "thank"
title = "Thank them"
"""


# F10, but for what is deleted for good


@pytest.mark.parametrize("category", ["health", "faith", "politics", "union", "sex-life", "ethnicity"])
def test_f10_person_facts_of_six_kinds_bring_a_warning(category: str) -> None:
    done = call("log", "acme", "fact", "Something", "--set", f"category={category}")
    assert (done.code, "better not kept" in done.err) == (0, True)
    good("log", "acme", "fact", "Something else", "--set", "category=taste")
    assert "better not kept" in call("amend", "acme#2", f"category={category}").err


@pytest.mark.parametrize("category", ["work", "family", "taste", "moment", "other"])
def test_f10_person_facts_of_other_kinds_bring_none(category: str) -> None:
    done = call(
        "log", "acme", "fact", "Loves dogs", "--set", f"category={category}", "--set", "volunteered=yes"
    )
    assert done.err == "about a person: Loves dogs\n"
    assert entry(1)["values"] == {"category": category, "volunteered": "yes"}


def test_f10_person_facts_that_were_not_volunteered_bring_a_question() -> None:
    said = call("log", "acme", "fact", "Looked up their birthday", "--set", "volunteered=no").err
    assert "They did not tell this unasked." in said


async def test_f10_person_facts_come_back_on_today_on_their_day(monkeypatch: pytest.MonkeyPatch) -> None:
    good(
        "log",
        "acme",
        "fact",
        "Her first child leaves for college",
        "--set",
        "about=Luz",
        "--set",
        "follow-up=2026-12-11",
    )
    good("log", "acme", "fact", "Loves dogs", "--set", "about=Luz")
    assert lanes() == {}
    monkeypatch.setenv("PLAYBOOK_NOW", "2026-12-11T09:00")
    assert lanes() == {"today": ["Her first child leaves for college"]}
    async with app_at() as (app, pilot):
        assert "about a person: Her first child leaves for college" in seen(app)
        await press(pilot, "space", "ctrl+s")
    assert [e["outcome"] for e in ledger()] == ["followed-up", None]


def test_f10_person_facts_are_never_in_a_document_for_the_client() -> None:
    run = run_of("listen", LISTEN)
    good("tick", run, "hear", "--set", "told-us=Her dog is called Ada", "--set", "agreed=The logo stays")
    good("log", "acme", "fact", "Her dog is called Ada", "--set", "about=Luz")
    for name in ("markdown", "json"):
        assert "Ada" in good("export", run, "-f", name, "-o", "-")
        safe = good("export", run, "-f", name, "-o", "-", "--client-safe")
        assert ("Ada" in safe, "The logo stays" in safe) == (False, True)


async def test_f10_person_facts_in_the_app_warn_before_they_are_kept() -> None:
    async with app_at("acme") as (app, pilot):
        await press(pilot, "l", "f", *typing("A knee operation"), "enter", "6", "ctrl+s")
        assert "better not kept" in seen(app)
        assert ledger() == []
        await press(pilot, "escape", "l", "f", *typing("Loves dogs"), "enter", "3", "ctrl+s")
        assert "about a person: Loves dogs" in seen(app)
        at_row(app, "entry 1")
        await press(pilot, "e", *typing("Luz"), "ctrl+s")
    assert entry(1)["values"] == {"category": "taste", "about": "Luz"}
    about = json.loads(good("ledger", "acme", "--person", "luz", "--json"))
    assert [e["text"] for e in about["entries"]] == ["Loves dogs"]


def test_f10_person_facts_have_a_level_and_what_we_shared_back() -> None:
    run = good("start", "make-it-personal", "acme", "--set", "occasion=first").strip()
    good("tick", run, "they-volunteered", "--set", "told-us=Two dogs | home")
    good("tick", run, "shared-back", "--set", "i-told-them=My cat")
    assert [(e["kind"], e["text"], e["values"]["volunteered"]) for e in ledger()] == [
        ("fact", "Two dogs", "yes")
    ]
    assert "My cat" in good("export", run, "-o", "-")
    safe = good("export", run, "-o", "-", "--client-safe")
    assert ("My cat" in safe, "Two dogs" in safe) == (False, False)
    assert "personal-level" not in good("client", "show", "acme")


# F14


FIVE = ("First-time buyer", "Dislikes surprises", "Loves dogs", "Board meets Tuesdays", "Level gold")


def with_card() -> None:
    good("client", "set", "acme", "card=" + "\n".join(FIVE), "owner=Marta")
    good("log", "acme", "promise", "Wireframes", "--set", "internal=wed")
    good("log", "acme", "contact", "Kickoff", "--set", "channel=in-person", "--on", "2026-11-13")
    good("log", "acme", "contact", "Rang", "--set", "channel=call", "--on", "2026-11-20")


def test_f14_client_card_is_five_lines_at_most() -> None:
    with_card()
    good("client", "set", "acme", "temperature=warm")
    good("log", "acme", "concern", "Too slow?")
    assert "≤ 5" in bad("client", "set", "acme", "card=" + "\n".join((*FIVE, "One more")))
    head, *lines = good("card", "acme").split("\n\n")[0].splitlines()
    assert head == "Acme Studio  (acme-studio)"
    assert [each.strip() for each in lines] == [
        " · ".join(FIVE), "1 open promise (Fri 27 Nov) · 1 open concern", "face 10 days ago · voice 3 days ago · no next word",
        "you: warm · signals: cooling (concerns are open)", "Owner: Marta",
    ]  # fmt: skip


def test_f14_client_card_heads_documents_for_us_alone() -> None:
    with_card()
    run = run_of("listen", LISTEN)
    lines = good("export", run, "-o", "-").splitlines()
    quoted = [each.removeprefix("> ").strip() for each in lines if each.startswith("> ")]
    assert quoted == [
        " · ".join(FIVE), "1 open promise · last met: 2026-11-13 · last heard us: 2026-11-20", "Owner: Marta",
    ]  # fmt: skip
    safe = good("export", run, "-o", "-", "--client-safe")
    assert not any(part in safe for part in (*FIVE, "Marta", "promise"))


async def test_f14_client_card_heads_every_run_its_call_sheets_and_pauses() -> None:
    with_card()
    run = run_of("listen", LISTEN)
    async with app_at(run) as (app, pilot):
        assert all(part in seen(app) for part in FIVE[:4])
        at_row(app, "-talk")
        await press(pilot, "enter")
        assert all(part in seen(app) for part in FIVE)
        await press(pilot, "escape")
        at_row(app, "-pause")
        await press(pilot, "enter")
        assert all(part in seen(app) for part in FIVE)
    good("client", "set", "acme", "card=First-time buyer")
    async with app_at(run) as (app, _pilot):
        assert "First-time buyer · 1 open promise (Fri 27 Nov) · face 10 days ago · voice 3 days ago" in seen(
            app
        )
        assert "Marta" in seen(app)
    async with app_at("acme") as (app, _pilot):
        assert "First-time buyer · 1 open promise (Fri 27 Nov) · face 10 days ago · voice 3 days ago" in seen(
            app
        )


async def test_f14_client_card_is_typed_in_the_app() -> None:
    async with app_at("acme") as (app, pilot):
        await press(pilot, "e")
        at_question(app, "card")
        await press(pilot, *typing("Dislikes surprises"), "ctrl+s")
        assert "Dislikes surprises" in seen(app)
    assert good("card", "acme").splitlines()[1].strip() == "Dislikes surprises"


# F23


def test_f23_gift_register_keeps_who_got_what_under_which_rule() -> None:
    values = ("to=Luz", "value=30 EUR", "rule=up to 50 EUR", "approver=Marta", "sent=2026-11-24")
    good("log", "acme", "gift", "A book on dogs", *(f"--set={each}" for each in values))
    good("amend", "acme#1", "landed=She rang to say thank you")
    assert entry(1)["text"] == "A book on dogs"
    assert entry(1)["values"] == {
        "to": "Luz", "value": {"amount": "30.00", "currency": "EUR"}, "rule": "up to 50 EUR", "approver": "Marta",
        "sent": "2026-11-24", "landed": "She rang to say thank you",
    }  # fmt: skip


def test_f23_gift_register_lists_all_gifts_of_a_client() -> None:
    for text in ("A book", "A plant"):
        good("log", "acme", "gift", text, "--set", "to=Luz")
    good("log", "acme", "note", "No gift")
    assert [e["text"] for e in ledger("--kind", "gift")] == ["A book", "A plant"]
    listed = good("ledger", "acme", "--kind", "gift").splitlines()
    assert [("gift: A" in each, "To whom: Luz" in each) for each in listed] == [(True, True)] * 2


async def test_f23_gift_register_in_the_app() -> None:
    good("log", "acme", "note", "Prefers mornings")
    async with app_at("acme") as (app, pilot):
        await press(pilot, "l", "g", *typing("A book"), "enter", *typing("Luz"), "enter", *typing("30 EUR"), "enter", *typing("up to 50"), "enter", *typing("Marta"), "ctrl+s")  # fmt: skip
        at_row(app, "entry 2")
        await press(pilot, "e", *typing("24 nov"), "enter", *typing("She rang"), "ctrl+s")
        assert "Changed." in told(app)
        await press(pilot, "slash", *"gift", "enter")
        assert ("gift: A book" in seen(app), "Prefers mornings" in seen(app)) == (True, False)
    assert entry(2)["values"] == {
        "to": "Luz", "value": {"amount": "30.00", "currency": "EUR"}, "rule": "up to 50", "approver": "Marta",
        "sent": "2026-11-24", "landed": "She rang",
    }  # fmt: skip


def test_f23_gift_register_is_written_by_the_shipped_playbook() -> None:
    run = good("start", "welcome-gift", "acme").strip()
    good("tick", run, "ask-rule", "--set", "rule=limit", "--set", "their-limit=50 EUR")
    looked = ("tender", "renewal", "complaint", "invoice")
    good("tick", run, "nothing-pending", *(f"--set=not-open={each}" for each in looked))
    good("tick", run, "choose-receivers", "--set", "receivers=Luz")
    assert "--override" in bad("tick", run, "approve-and-register", "--set", "approver=Marta")
    good("tick", run, "set-budget", "--set", "gift-budget=30 EUR")
    good("tick", run, "approve-and-register", "--set", "approver=Marta")
    [found] = ledger("--kind", "gift")
    assert found["values"] == {
        "to": ["Luz"], "value": {"amount": "30.00", "currency": "EUR"}, "rule": "limit", "approver": "Marta",
    }  # fmt: skip
    good("amend", found["id"], "sent=2026-11-27", "landed=She rang")
    assert ledger("--kind", "gift")[0]["values"]["landed"] == "She rang"

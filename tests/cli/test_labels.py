"""Commands for people name questions and steps and say answers in words; JSON keeps ids and values."""

from tests.cli.calling import call, good, library
from tests.cli.scenes import put

ASK = """
title = "Ask"
[roles]
lead = "The lead"
[[field]]
id = "launch"
label = "It takes effect"
kind = "date"
[[section]]
title = "All"
[[section.step]]
id = "rule"
title = "Ask about their rule"
due = ["start + 1bd", "launch - 1bd"]
logs = { kind = "promise", text = "word", on = "by-day" }
[[section.step.field]]
id = "gift-rule"
label = "Their own rule"
kind = "choice"
choices = { none = "no limit known", public = "public body" }
save_as = "their-rule"
[[section.step.field]]
id = "limit"
label = "Their limit"
kind = "money"
save_as = "their-limit"
[[section.step.field]]
id = "word"
label = "What we promise"
[[section.step.field]]
id = "by-day"
label = "By"
kind = "date"
[[section.step]]
id = "deliver"
title = "Deliver it"
due = "rule.due + 2d"
closes = "rule"
"""

RUN = "acme/ask"


def asked() -> None:
    """A client with saved answers, and a promise that was kept."""
    put(ask=ASK)
    good("client", "add", "Acme", "--country", "ES")
    good("start", "ask", "acme")
    answers = ("gift-rule=public", "limit=50 EUR", "word=A draft", "by-day=2026-11-25")
    good("tick", RUN, "rule", *(part for answer in answers for part in ("--set", answer)))
    good("tick", RUN, "deliver", "--outcome", "1=early")


def test_a_client_is_shown_with_questions_answers_and_the_keys_to_set_them() -> None:
    asked()
    good("client", "set", "acme", "tier=gold")
    lines = [line.split(maxsplit=1) for line in good("client", "show", "acme").splitlines()]
    assert ["their-rule", "Their own rule: public body"] in lines
    assert ["their-limit", "Their limit: 50 EUR"] in lines
    assert ["tier", "gold"] in lines
    assert ["country", "ES"] in lines
    saved = call("client", "show", "acme", "--json").data["saved"]
    assert saved == {
        "their-rule": "public", "their-limit": {"amount": "50.00", "currency": "EUR"}, "tier": "gold",
    }  # fmt: skip


def test_a_client_is_shown_when_the_playbook_is_gone() -> None:
    asked()
    (library() / "ask.toml").unlink()
    assert "Their own rule: public body" in good("client", "show", "acme")


def test_a_history_names_steps_questions_choices_and_outcomes() -> None:
    asked()
    good("assign", RUN, "lead", "Eva")
    good("add-step", RUN, "Buy a cake")
    good("note", RUN, "own-1", "chocolate")
    for what in (RUN, "acme"):
        history = good("history", what)
        for said in (
            "ticked Ask about their rule · Their own rule: public body",
            "ticked Ask about their rule · By: Wed 25 Nov 2026",
            "ticked Deliver it · acme#1: open → kept, early",
            "assigned The lead: Ana → Eva",
            "added the step: Buy a cake",
            "noted Buy a cake: chocolate",
        ):
            assert said in history, (what, said)
        rows = call("history", what, "--json").data
        assert {"gift-rule", "limit", "lead"} <= {row["field"] for row in rows}
        assert {"rule", "deliver", "own-1"} <= {row["step"] for row in rows}
        assert ("open", "early") in [(row["old"], row["new"]) for row in rows if row["entry"]]
        assert "public" in [row["new"] for row in rows]


def test_a_playbooks_dates_are_said_in_words() -> None:
    put(ask=ASK)
    shown = good("show", "ask")
    assert "1 working day after the start / 1 working day before “It takes effect”" in shown
    assert "2 days after the due date of “Ask about their rule”" in shown
    [section] = call("show", "ask", "--json").data["sections"]
    assert section["steps"][0]["due"] == ["start + 1bd", "launch - 1bd"]

"""A month with three clients and two playbooks each, and its figures worked out by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from playbook.clock import Clock
from playbook.core.client import Entry
from playbook.core.figures import Figures
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm
from tests.workspaces import add_playbook, allowed, make_workspace

WELCOME = """
title = "Welcome"
[[section]]
title = "All"
[[section.step]]
id = "meet"
title = "Meet them"
channel = "in-person"
[[section.step]]
id = "gift"
title = "Send a gift"
logs = { kind = "gift", text = "what", to = "whom" }
field = [{ id = "what", label = "What" }, { id = "whom", label = "To whom" }]
"""

CHECK_IN = """
title = "Check-in"
topic = "progress"
[[section]]
title = "All"
[[section.step]]
id = "call"
title = "Call them"
channel = "call"
logs = [
  { kind = "promise", each = "owed" },
  { kind = "next-word", text = "They hear from us", on = "hear-on" },
]
field = [{ id = "owed", label = "What we owe", kind = "list" }, { id = "hear-on", label = "They hear on", kind = "date" }]
[[section.step]]
id = "recap"
title = "Write the recap"
channel = "email"
"""


class Month:
    """November 2026, day by day; the 2nd is a Monday."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.client_id = ""

    def with_client(self, name: str, **settings: str) -> None:
        self.on(1)
        self.client_id = allowed(self.workspace.clients.add(name)).id
        if settings:
            allowed(
                self.workspace.clients.set(
                    self.client_id, {k.replace("_", "-"): v for k, v in settings.items()}
                )
            )
        for playbook in ("welcome", "check-in"):
            allowed(self.workspace.runs.start(StartForm(playbook, name)))

    def on(self, day: int) -> None:
        self.workspace.clock = Clock(UTC, datetime(2026, 11, day, 10, tzinfo=UTC))

    def tick(self, day: int, playbook: str, step: str, **answers: Any) -> None:
        self.on(day)
        [run] = [row for row in self.workspace.lists.runs(self.client_id) if row.playbook == playbook]
        typed = {name.replace("_", "-"): said for name, said in answers.items()}
        allowed(self.workspace.runs.tick(run.id, step, typed))

    def log(self, day: int, kind: str, text: str = "Words", owner: str = "us", **values: str) -> None:
        self.on(day)
        allowed(self.workspace.ledger.log(self.client_id, kind, text, values, owner=owner))

    def close(self, day: int, number: int, outcome: str = "", on: str = "") -> None:
        self.on(day)
        allowed(self.workspace.ledger.close(self.client_id, number, outcome, on=on))

    def at_its_end(self) -> tuple[list[Entry], Figures]:
        self.on(30)
        standing = self.workspace.ledger.standing(self.client_id)
        assert standing is not None
        return list(standing.entries), standing.figures


@pytest.fixture
def month(tmp_path: Path) -> Iterator[Month]:
    workspace = make_workspace(tmp_path)
    add_playbook(workspace, "welcome", WELCOME)
    add_playbook(workspace, "check-in", CHECK_IN)
    yield Month(workspace)
    workspace.close()


def acme(month: Month) -> tuple[list[Entry], Figures]:
    """Sixteen entries: a good start, one question for the status, one promise missed."""
    month.with_client("Acme")
    month.tick(2, "welcome", "meet")
    month.log(2, "promise", "Wireframes", internal="2026-11-04")
    month.tick(3, "check-in", "call", owed=["Draft 2026-11-10"], hear_on="2026-11-10")
    month.close(4, 2)
    month.log(5, "contact", channel="email")
    month.log(6, "contact", channel="email")
    month.log(9, "status-asked", "", missing="The Friday mail")
    month.log(10, "contact", channel="call")
    month.close(10, 4)
    month.log(12, "concern", "Too slow")
    month.close(13, 10)
    month.log(16, "promise", "Launch", internal="2026-11-18")
    month.log(17, "contact", channel="email")
    month.log(19, "contact", channel="email")
    month.close(24, 11, "missed")
    month.log(24, "contact", channel="video")
    month.log(24, "fact", "Runs marathons", category="taste")
    month.tick(24, "welcome", "gift", what="A book", whom="Luz")
    return month.at_its_end()


def bodega(month: Month) -> tuple[list[Entry], Figures]:
    """Fourteen entries: only written to since the first day, late on both sides, and making good costs money."""
    month.with_client("Bodega", feels_long_after="21")
    month.tick(2, "welcome", "meet")
    month.tick(4, "check-in", "recap")
    for day in (6, 11, 13, 18):
        month.log(day, "contact", channel="email")
    month.log(16, "promise", "The photos", "client", on="2026-11-20")
    month.log(17, "concern", "Nobody answers")
    month.log(23, "promise", "First page", internal="2026-11-26")
    month.log(23, "next-word", on="2026-12-04")
    month.log(24, "batch", "The second language")
    month.log(25, "note", "A free hour", cost="100 EUR")
    month.log(26, "note", "Flowers", cost="50.50 EUR")
    month.tick(27, "welcome", "gift", what="Tea")
    return month.at_its_end()


def cobalt(month: Month) -> tuple[list[Entry], Figures]:
    """Fourteen entries: much talk, all of it about trouble, and two questions for the status."""
    month.with_client("Cobalt")
    month.tick(3, "check-in", "call", owed=["Colours 2026-11-13"], hear_on="2026-11-05")
    month.log(5, "contact", channel="video")
    month.log(6, "status-asked", "")
    month.log(9, "fact", "Her son plays the cello", category="family")
    month.log(9, "expectation", "No calls before ten", area="contact")
    month.log(10, "contact", channel="call", topic="problem")
    month.log(11, "contact", channel="email", topic="problem")
    month.log(12, "contact", channel="call", topic="money")
    month.log(13, "contact", channel="call", topic="problem")
    month.close(13, 2, "moved", on="2026-11-20")
    month.log(16, "contact", channel="call", topic="money")
    month.close(18, 12)
    month.close(19, 7, "partly")
    month.log(20, "status-asked", "")
    return month.at_its_end()


def outcomes(entries: list[Entry]) -> dict[int, str]:
    return {entry.n: entry.outcome for entry in entries if entry.outcome}


def test_three_clients_make_forty_entries_and_more(month: Month) -> None:
    counts = [len(tell(month)[0]) for tell in (acme, bodega, cobalt)]
    assert counts == [16, 14, 14]


def test_acme_is_cooling_after_a_question_and_a_missed_promise(month: Month) -> None:
    entries, found = acme(month)
    # The call of the 10th makes good the word for the 10th; Launch was said for Friday the 20th.
    assert outcomes(entries) == {2: "early", 4: "on-time", 5: "on-time", 10: "confirmed", 11: "missed"}
    assert [(e.n, e.on) for e in entries if e.kind == "promise"] == [
        (2, "2026-11-06"),
        (4, "2026-11-10"),
        (11, "2026-11-20"),
    ]
    assert (found.last_face, found.last_voice) == (date(2026, 11, 2), date(2026, 11, 24))
    # They heard us on the 2nd, 3rd, 10th and 24th: gaps of 1, 7 and 14 days.
    assert (found.feels_long, found.feels_long_learned, found.quiet_for) == (7, True, None)
    assert (found.asked, found.asked_before, found.asked_last) == (1, 0, date(2026, 11, 9))
    assert (found.mix, found.logged_last) == ("", date(2026, 11, 24))
    assert (found.promises, found.theirs, found.concerns, found.next_word) == ((), (), (), None)
    assert (found.temperature, found.signals) == ("cooling", ("status-asked", "missed-promise"))


def test_bodega_is_cold_with_four_signals(month: Month) -> None:
    entries, found = bodega(month)
    assert outcomes(entries) == {}
    assert (found.last_face, found.last_voice) == (date(2026, 11, 2), date(2026, 11, 2))
    assert (found.feels_long, found.feels_long_learned, found.quiet_for) == (21, False, 28)
    assert found.mix == "written"
    assert [e.text for e in found.theirs] == ["The photos"]
    assert [(e.text, e.on) for e in found.at_risk] == [("First page", "2026-11-30")]
    assert [e.values["answer"] for e in found.concerns] == ["2026-11-19"]
    assert [e.text for e in found.batch] == ["The second language"]
    assert found.next_word is not None
    assert found.next_word.on == "2026-12-04"
    assert found.goodwill == {"EUR": Decimal("150.50")}
    assert (found.temperature, found.signals) == (
        "cold",
        ("late-answer", "slow-replies", "unseen", "open-concerns"),
    )


def test_cobalt_hears_us_often_and_only_about_trouble(month: Month) -> None:
    entries, found = cobalt(month)
    assert outcomes(entries) == {2: "moved", 3: "on-time", 7: "partly", 12: "early"}
    assert (found.last_face, found.last_voice) == (None, date(2026, 11, 16))
    # They heard us on the 3rd, 5th, 10th, 12th, 13th and 16th: gaps of 1, 2, 2, 3 and 5 days.
    assert (found.feels_long, found.feels_long_learned, found.quiet_for) == (2, True, None)
    assert (found.mix, found.asked, found.asked_last) == ("trouble", 2, date(2026, 11, 20))
    assert (found.temperature, found.signals) == ("cooling", ("status-asked",))


def test_the_balance_counts_what_was_done_and_not_taken_back(month: Month) -> None:
    acme(month)
    # Calls, meetings and messages are care, the gift is competence: meet, call; gift.
    assert month.workspace.ledger.balance(month.client_id) == (2, 1)
    month.tick(30, "check-in", "recap")
    assert month.workspace.ledger.balance(month.client_id) == (3, 1)
    allowed(month.workspace.runs.undo())
    [run] = [row for row in month.workspace.lists.runs(month.client_id) if row.playbook == "welcome"]
    allowed(month.workspace.runs.reopen(run.id, "gift"))
    assert month.workspace.ledger.balance(month.client_id) == (2, 0)
    month.workspace.clock = Clock(UTC, datetime(2027, 2, 1, 9, tzinfo=UTC))
    assert month.workspace.ledger.balance(month.client_id) == (1, 0)  # the meeting was 91 days ago


def test_the_month_is_the_same_after_working_it_out_anew(month: Month) -> None:
    told = [(tell(month), month.client_id) for tell in (acme, bodega, cobalt)]
    month.workspace.care.rebuild()
    for before, client_id in told:
        month.client_id = client_id
        assert month.at_its_end() == before
    quiet = month.workspace.lists.today().quiet
    assert [row.name for row in quiet] == ["Bodega"]

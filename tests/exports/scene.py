"""A run in which everything an export can hold has happened. Each word that is not for the client begins with `leak`."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playbook.clock import Clock
from playbook.config import Config
from playbook.core.client import Client, Contact
from playbook.core.decide import Sheet
from playbook.core.problems import Refusal
from playbook.locations import Locations
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm

PLAYBOOK = """
title = "Welcome gift"
start_label = "Day of the yes"
target_label = "Party"
[roles]
lead = "leak-role"

[[field]]
id = "budget"
label = "leak-label"
kind = "money"
private = true

[[field]]
id = "theme"
label = "Theme"
kind = "choice"
choices = { sea = "By the sea", city = "In town" }

[[section]]
id = "ask"
title = "May we, and what?"
pause = "leak-pause"

[[section.step]]
id = "rule"
title = "Ask about their rule"
guide = "leak-guide"
say = "leak-say"
channel = "call"
key = true
due = "start + 1d"
logs = { kind = "fact", text = "their-rule", category = "rule" }
field = [
  { id = "their-rule", label = "Their rule", required = true },
  { id = "opinion", label = "leak-opinion", kind = "long-text", private = true },
  { id = "tastes", label = "Tastes", kind = "several", choices = { tea = "Tea", art = "Art" } },
  { id = "guests", label = "Guests", kind = "list", choices = { yes = "comes", no = "stays away" } },
  { id = "call-at", label = "Call", kind = "datetime" },
  { id = "ok", label = "Allowed", kind = "yes-no" },
]

[[section.step]]
id = "approve"
title = "Have it approved"
gate = "hard"
by = "16:00"
due = "start + 2bd"
when = { field = "budget", more_than = "100 EUR" }

[[section.step]]
id = "secret"
title = "leak-hidden-step"
when = { field = "budget", more_than = "5000 EUR" }

[[section]]
id = "give"
title = "Giving"

[[section.step]]
id = "order"
title = "Order it"
due = "rule + 1w"

[[section.step]]
id = "wrap"
title = "Wrap it"
due = "wrapped-on"
field = [ { id = "wrapped-on", label = "leak-wrapped", kind = "date", private = true } ]

[[section.step]]
id = "bring"
title = "Bring it"
due = "target - 1bd"

[[section.step]]
id = "thank"
title = "Thank them"
skip = "free"
starts = { playbook = "welcome-gift" }
"""

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def ok(outcome: Sheet | Client | Refusal) -> Sheet:
    """The run after a change that must not have been refused."""
    assert isinstance(outcome, Sheet), outcome
    return outcome


def workspace_in(home: Path, now: datetime = NOW) -> Workspace:
    """A workspace whose clock stands still, in Madrid."""
    places = Locations(home / "config", home / "data", home / "state", home / "cache")
    places.library.mkdir(parents=True, exist_ok=True)
    (places.library / "welcome-gift.toml").write_text(PLAYBOOK, encoding="utf-8")
    return Workspace(places, Clock(ZoneInfo("Europe/Madrid"), now), Config(), me="leak-Ana")


def start(workspace: Workspace) -> str:
    """The id of a run in which much has happened."""
    contact = Contact("leak-contact", email="leak@example.org")
    client = workspace.clients.add("Café Luz", {"card": "leak-card", "owner": "leak-owner"}, contact)
    assert isinstance(client, Client)
    form = StartForm(
        "welcome-gift",
        "cafe-luz",
        "2026-11-20",
        "2026-12-24",
        {"budget": "250 EUR", "theme": "sea"},
        {"lead": "leak-person"},
    )
    run_id = ok(workspace.runs.start(form)).run.id
    answers = {
        "their-rule": "Nothing over 50 EUR", "opinion": "leak-opinion one\nleak-opinion two", "tastes": ["tea", "art"],
        "guests": ["Bea | yes", "Carl | no"], "call-at": "2026-11-23T16:00", "ok": "yes",
    }  # fmt: skip
    ok(workspace.runs.tick(run_id, "rule", answers, note="leak-step-note\nleak-second-line"))
    ok(workspace.runs.note(run_id, "", "leak-run-note"))
    ok(workspace.runs.tick(run_id, "order", override="leak-override"))
    ok(workspace.runs.skip(run_id, "bring", "leak-skip-reason"))
    ok(workspace.runs.due(run_id, "thank", datetime(2026, 12, 28, 10, tzinfo=UTC)))
    ok(workspace.runs.note(run_id, "secret", "leak-hidden-note"))
    ok(workspace.runs.tick(run_id, "thank", override="leak-second-override"))
    assert not isinstance(workspace.runs.undo(run_id), Refusal)
    opened = workspace.runs.open(run_id)
    assert not isinstance(opened, Refusal)
    ok(
        workspace.runs.start(
            workspace.runs.start_form(opened.sheet, opened.sheet.view.steps["thank"], "cafe-luz")
        )
    )
    ok(workspace.runs.finish(run_id, "leak-finish-reason"))
    return run_id

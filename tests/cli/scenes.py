"""Playbooks and runs for tests of single verbs."""

from tests.cli.calling import GIFT, good, library

QUOTE = """
title = "Quote"
start_label = "Day of the call"
target_label = "Deadline"
[roles]
lead = "Lead"
maker = "Maker"

[[field]]
id = "price"
label = "Price"
kind = "number"

[[section]]
title = "Talk"

[[section.step]]
id = "promise"
title = "Promise a quote"
due = "start"
role = "lead"
logs = [
  { kind = "promise", text = "what", on = "by-day" },
  { kind = "concern", text = "worry" },
]
field = [
  { id = "what", label = "What" },
  { id = "worry", label = "Worry" },
  { id = "by-day", label = "By", kind = "date" },
]

[[section.step]]
id = "deliver"
title = "Deliver it"
due = "start + 3bd"
closes = "promise"

[[section.step]]
id = "praise"
title = "Praise them"
gate = "soft"
holds = ["after"]
due = "target - 1d"

[[section]]
title = "Afterwards"

[[section.step]]
id = "after"
title = "Send a gift"
opens = "start + 2d"
due = "deliver.due + 1w"
role = "maker"
starts = { playbook = "present", on = "by-day", set = { value = "price", word = "what" } }

[[section.step]]
id = "ring"
title = "Ring them"
due = "start + 1w"
repeat = "1w"
"""

PRESENT = """
title = "Present"
target_label = "Party"

[[field]]
id = "value"
label = "Value"
kind = "number"

[[field]]
id = "word"
label = "Word"

[[section]]
title = "Give"

[[section.step]]
id = "buy"
title = "Buy it"
due = "start + 2d"
"""

RUN = "acme/quote"


def put(**playbooks: str) -> None:
    """Playbook files in the user's own library."""
    for name, text in playbooks.items():
        (library() / f"{name}.toml").write_text(text, encoding="utf-8")


def quote(*args: str) -> str:
    """A run of the quote for Acme; its name."""
    put(quote=QUOTE, present=PRESENT, gift=GIFT)
    good("client", "add", "Acme")
    return good("start", "quote", "acme", *args).strip()

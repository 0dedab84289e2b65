"""Calling the command line: in this process, or as a program of its own."""

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from playbook.cli import run

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "playbook")

GIFT = """
title = "Gift"
start_label = "Day of the yes"
target_label = "Party"
[roles]
lead = "Lead"

[[field]]
id = "budget"
label = "Budget"
kind = "money"
private = true

[[section]]
title = "Ask"
pause = "Before anything"

[[section.step]]
id = "rule"
title = "Ask about their rule"
channel = "call"
due = "start + 1d"
say = "Is there a rule, {{ client.name }}?"
field = [
  { id = "their-rule", label = "Their rule", required = true },
  { id = "gossip", label = "Gossip", private = true },
]

[[section.step]]
id = "approve"
title = "Have it approved"
gate = "hard"
due = "start + 2bd"
when = { field = "budget", more_than = "100 EUR" }

[[section]]
title = "Give"

[[section.step]]
id = "order"
title = "Order it"
due = "rule + 1w"

[[section.step]]
id = "say-thanks"
title = "Say thanks"
skip = "free"
court = "client"
"""


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


def call(*args: str) -> Outcome:
    """Carries out a command in this process."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = run(args)
        for stream in streams:
            stream.flush()
    out, err = (stream.buffer.getvalue().decode() for stream in streams)
    return Outcome(code, out, err)


def good(*args: str) -> str:
    """What a command prints that must end well."""
    done = call(*args)
    assert done.code == 0, done
    return done.out


def bad(*args: str, code: int = 1) -> str:
    """What a command says that must be refused; it prints no result."""
    done = call(*args)
    assert (done.code, done.out) == (code, ""), done
    return done.err


def spawn(*args: str | bytes, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    """Carries out a command as a program; `env` adds to the environment."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    return subprocess.run([*PROGRAM, *args], env=env, capture_output=True, check=False, timeout=60, **options)


def library() -> Path:
    """The user's own library, made if it is not there."""
    folder = Path(os.environ["PLAYBOOK_HOME"]) / "data" / "playbooks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def gift(name: str = "Acme Studio", *args: str) -> str:
    """A run of a small playbook for a new client; its name."""
    (library() / "gift.toml").write_text(GIFT, encoding="utf-8")
    return good("start", "gift", good("client", "add", name).strip(), *args).strip()

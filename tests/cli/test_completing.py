"""What a shell offers when Tab is pressed."""

import os
from pathlib import Path

import pytest

from tests.cli.calling import gift, good, spawn

ACME = "acme-studio/gift"


def offered(*words: str) -> list[str]:
    """What bash is offered for the last of these words."""
    env = {
        "_PLAYBOOK_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("playbook", *words)),
        "COMP_CWORD": str(len(words)),
    }
    done = spawn(env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    return [line.partition(",")[2] for line in done.stdout.decode().splitlines() if line]


def test_verbs_and_names_are_completed() -> None:
    gift()
    assert offered("ti") == ["tick"]
    assert offered("tick", "ac") == [ACME]
    assert offered("tick", ACME, "r") == ["rule"]
    assert offered("skip", "acme", "") == ["rule", "approve", "order", "say-thanks"]
    assert offered("due", "acme", "") == ["rule", "approve", "order", "say-thanks", "start", "target"]
    assert offered("assign", "acme", "l") == ["lead"]
    assert offered("start", "gi") == ["gift"]
    assert offered("start", "gift", "ac") == ["acme-studio"]
    assert "--channel" in offered("tick", "--")


@pytest.mark.parametrize("harm", ["nothing", "damaged", "unknown run"])
def test_completing_never_fails_and_makes_nothing(harm: str) -> None:
    home = Path(os.environ["PLAYBOOK_HOME"])
    if harm == "damaged":
        (home / "data").mkdir(parents=True)
        (home / "data" / "playbook.db").write_bytes(b"no database")
    elif harm == "unknown run":
        good("client", "add", "Acme")
    assert offered("tick", "ac") == []
    assert offered("tick", "nobody/gift", "") == []
    assert (home / "data" / "playbook.db").exists() == (harm != "nothing")

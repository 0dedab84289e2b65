"""In Spanish: help, answers, refusals and documents of the command line hold no English word."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from playbook.cli import VERBS
from playbook.config import Config
from playbook.core.entry_kinds import KINDS, OUTCOMES, OWNERS
from tests.spanish import NO_WORDS, spanish, words_of

GROUPS = {
    "client": ("add", "list", "show", "set", "forget"),
    "config": ("get", "set"),
    "calendar": ("set", "off", "on"),
}
NAMES = {
    *VERBS, *sum(GROUPS.values(), ()), "help", "version", "bash", "zsh", "fish", "markdown", "json", "toml", "csv", "schema", "journal",
    *KINDS, *sum(OUTCOMES.values(), ()), *OWNERS, "onboarding", "rehearse", "utc", "fr", *(setting.name for setting in fields(Config)),
}  # fmt: skip
"""What is typed as it is in every language: commands, settings, ids, and what they are given."""

TYPED = re.compile(r"--?[a-z][a-z-]*|`[^`]*`|[a-z-]+=\S*|\[\[\w+\]\]")
"""Options, code, and keys with their values."""

ALL = """
import sys
from playbook.cli import run
for line in sys.stdin.read().splitlines():
    print(">", line)
    run(line.split("|"))
    print(end="", flush=True)
    print(end="", flush=True, file=sys.stderr)
"""


def said(*lines: str, **surroundings: str) -> str:
    """All that these command lines print, one process for all of them."""
    import os

    done = subprocess.run(
        [sys.executable, "-c", ALL], input="\n".join(lines), capture_output=True, text=True, check=True,
        env={**os.environ, "LANG": "es_ES.UTF-8", "COLUMNS": "200", **surroundings},
    )  # fmt: skip
    told = [line for line in done.stdout.splitlines() if not line.startswith("> ")]
    return "\n".join([*told, done.stderr])


def english_in(text: str) -> list[str]:
    shown = TYPED.sub(" ", NO_WORDS.sub(" ", text))
    return sorted(words_of(shown) - spanish() - NAMES)


def test_no_help_has_an_english_word() -> None:
    pages = [f"{verb}|--help" for verb in VERBS]
    pages += [f"{group}|{verb}|--help" for group, verbs in GROUPS.items() for verb in verbs]
    assert english_in(said("--help", *pages)) == []


def test_no_answer_or_refusal_has_an_english_word(tmp_path: Path) -> None:
    text = said(
        "client|add|Bodega Luz|--contact|Begoña Arce", "start|onboarding|bodega-luz|--dry-run", "start|onboarding|bodega-luz",
        "runs", "today", "next|bodega-luz", "show|bodega-luz/onboarding", "show|onboarding", "client|list", "client|show|bodega-luz",
        "tick|bodega-luz/onboarding|welcome-call", "tick|bodega-luz/onboarding|start-work", "tick|bodega-luz/onboarding|nada",
        "skip|bodega-luz/onboarding|start-gift", "skip|bodega-luz/onboarding|start-gift|--reason|Luz", "undo", "redo", "reopen|bodega-luz/onboarding|start-gift",
        "due|bodega-luz/onboarding|start-gift|vie", "due|bodega-luz/onboarding|start-gift|nunca", "due|bodega-luz/onboarding|start|+2|--dry-run",
        "block|bodega-luz/onboarding|start-gift|--reason|Luz", "unblock|bodega-luz/onboarding|start-gift", "note|bodega-luz/onboarding|Luz",
        "assign|bodega-luz/onboarding|start-gift|Ana", "history|bodega-luz/onboarding", "look-back|onboarding", "remark|bodega-luz/onboarding|start-gift|Luz", "remark|bodega-luz/onboarding|nada|Luz", "remark|bodega-luz/onboarding|start-gift| ", "remarks|onboarding", "remarks|welcome-gift", "remarks|nada", "history|bodega-luz/onboarding", "show|bodega-luz/onboarding|--as-of|hoy", "show|bodega-luz/onboarding|--as-of|mañana", "show|bodega-luz/onboarding|--as-of|ayer", "show|onboarding|--as-of|hoy",
        "versions|onboarding", "versions|welcome-gift", "versions|nada", "diff|onboarding|--version|1", "diff|onboarding|--version|99", "search|luz", "search|nada", "search", "sync|bodega-luz/onboarding", "sync|--all", "sync", "edit|onboarding", "diff|onboarding", "diff|bodega-luz/onboarding", "finish|bodega-luz/onboarding", "finish|bodega-luz/onboarding|--reason|Luz",
        "reopen|bodega-luz/onboarding", "abandon|bodega-luz/onboarding|--reason|Luz", "look-back|onboarding", "look-back|welcome-gift|--client|bodega-luz", "look-back|nada", "remark|bodega-luz/onboarding|welcome-call|Luz", "calendar", "calendar|off|vie", "doctor", "check", "test|onboarding",
        "log|bodega-luz|contact|Luz|--next-word|vie", "log|bodega-luz|promise|Luz|--set|internal=vie", "log|bodega-luz|nada|x",
        "log|bodega-luz|fact|Luz|--set|category=health", "log|bodega-luz|next-word|Luz", "close|bodega-luz#99", "close|luz", "ledger|bodega-luz",
        "forget-fact|bodega-luz#1|--yes", "forget-fact|bodega-luz#4", "log|bodega-luz|fact|Luz", "forget-fact|bodega-luz#4|--yes", "forget-fact|bodega-luz#4|--yes",
        "amend|bodega-luz#4|text=Luz", "history|bodega-luz", f"ledger|bodega-luz|--person|Luz|-o|{tmp_path}/luz.json", f"ledger|bodega-luz|-o|{tmp_path}/luz.json",
        "put-off|bodega-luz#1|lun", "put-off|bodega-luz#4|lun", "amend|bodega-luz#4|owner=nada", "close|bodega-luz#4|--outcome|nada", "card|bodega-luz",
        "status-asked|bodega-luz", "verdict|--takes-longer", "verdict|--takes-longer|--check-in|vie", "verdict|--less-good|--mendable", "remind",
        "check|/nada", "fmt", "fmt|--check|/nada", "config|set|language|fr", "config|set|nada|1", "nada", "tick", "tick|--nada", "demo|--clients|x", "export|nada", "new|A",
    )  # fmt: skip
    assert english_in(text.replace(str(tmp_path), "")) == []


def test_no_document_has_an_english_word() -> None:
    text = said(
        "client|add|Bodega Luz|--contact|Begoña Arce", "start|onboarding|bodega-luz", "tick|bodega-luz/onboarding|welcome-call|--set|welcome-next-word=vie",
        "skip|bodega-luz/onboarding|start-gift|--reason|Luz", "note|bodega-luz/onboarding|Luz", "export|bodega-luz/onboarding|-o|-", "export|bodega-luz/onboarding|-o|-|--client-safe", "export|bodega-luz/onboarding|-o|-|--as-of|hoy",
    )  # fmt: skip
    assert "## " in text
    assert english_in(text) == []


def test_the_config_outranks_the_system_even_for_help(tmp_path: object) -> None:
    assert "Uso: playbook" in said("--help")
    assert "Usage: playbook" in said("--help", LANG="C.UTF-8")
    said("config|set|language|en")
    assert "Usage: playbook" in said("--help")
    said("config|set|language|es", LANG="C.UTF-8")
    assert "Uso: playbook" in said("--help", LANG="C.UTF-8")
    assert "Mostrar en JSON." in said("today|--help", LANG="C.UTF-8")


@pytest.mark.parametrize(("surroundings", "spoken"), [
    ({"LANG": "es_MX.UTF-8"}, "Uso"), ({"LANG": "en_GB.UTF-8", "LANGUAGE": "es:en"}, "Uso"), ({"LANG": "C.UTF-8", "LANGUAGE": "es"}, "Usage"),
    ({"LANG": "de_DE.UTF-8"}, "Usage"), ({"LANG": "en_US.UTF-8", "LC_ALL": "es_ES"}, "Uso"),
])  # fmt: skip
def test_the_system_says_the_language(surroundings: dict[str, str], spoken: str) -> None:
    assert said("--help", **surroundings).startswith(f"{spoken}: playbook")

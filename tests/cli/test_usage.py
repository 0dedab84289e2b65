"""What was typed wrongly: exit 2, one sentence on stderr, nothing on stdout. And the help."""

import click
import pytest

from playbook.cli import VERBS, make_root
from tests.cli.calling import bad, call, good, spawn


@pytest.mark.parametrize("args", [
    ("tody",), ("today", "--jsno"), ("today", "extra"), ("--bogus",), ("client", "ad", "X"), ("client", "add"), ("start",),
    ("start", "onboarding"), ("tick",), ("tick", "acme"), ("note", "acme"), ("due", "acme", "rule"), ("skip",),
    ("next",), ("export",), ("restore",), ("completion", "tcsh"), ("demo", "--clients", "0"), ("demo", "--clients", "many"),
    ("config", "set"), ("config", "gte"), ("history",), ("show",), ("block",), ("block", "acme"), ("unblock", "acme"),
    ("add-step", "acme"), ("assign", "acme"), ("assign", "acme", "rule"), ("assign", "acme", "rule", "Bea", "--clear"),
    ("due", "acme", "start"), ("start", "gift", "acme", "--csv", "x"), ("start", "gift", "acme", "--add-clients"),
    ("start", "gift", "--csv", "x", "--on", "fri"), ("start", "gift", "--csv", "x", "--set", "a=b"),
    ("start", "gift", "acme", "--reason", "x"), ("start", "gift", "acme", "--again"),
])  # fmt: skip
def test_a_wrong_call_ends_with_2(args: tuple[str, ...]) -> None:
    said = bad(*args, code=2)
    assert "Usage: playbook" in said
    assert "Traceback" not in said


def test_an_option_without_its_value_ends_with_2() -> None:
    assert "'--on'" in bad("today", "--on", code=2)
    assert "'--csv'" in bad("start", "gift", "--csv", code=2)
    assert "'--from'" in bad("start", "gift", "acme", "--from", "acme", code=2)


def test_a_mistyped_verb_is_answered_with_the_nearest() -> None:
    assert "Did you mean today?" in bad("tody", code=2)
    assert bad("x" * 5000, code=2).count("x") < 60
    assert "Did you mean 'add'?" in bad("client", "ad", code=2)
    assert "'--json'" in bad("runs", "--jsno", code=2)


@pytest.mark.parametrize("group", ["client", "config"])
def test_a_group_alone_shows_its_verbs(group: str) -> None:
    said = bad(group, code=2)
    assert said.count("Usage:") == 1
    assert "Commands:" in said


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help(verb: str) -> None:
    text = good(verb, "--help")
    assert text.startswith(f"Usage: playbook {verb}")
    assert max(map(len, text.splitlines())) <= 100
    for line in text.partition("Options:")[2].splitlines():
        assert (
            line.strip() == "" or "  " in line.strip() or line.startswith("     ") or "Commands:" in line
        ), line


def test_every_option_and_verb_is_explained() -> None:
    def explained(command: click.Command, ctx: click.Context) -> None:
        assert command.help, command.name
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, (command.name, param.name)
                assert param.help.endswith("."), (command.name, param.help)
        if isinstance(command, click.Group):
            for name in command.list_commands(ctx):
                inner = command.get_command(ctx, name)
                assert inner is not None, name
                explained(inner, click.Context(inner, parent=ctx, info_name=name))

    root = make_root()
    explained(root, click.Context(root, info_name="playbook"))


def test_the_help_lists_every_verb_in_order() -> None:
    text = good("--help")
    places = [text.index(f"\n  {verb} ") for verb in VERBS]
    assert places == sorted(places)
    assert good("-h") == text


def test_the_version() -> None:
    from playbook import __version__

    for args in (("--version",), ("-V",), ("--library", "x", "--version")):
        assert good(*args) == f"playbook {__version__}\n"
    assert spawn("--version").stdout.decode() == f"playbook {__version__}\n"


def test_without_a_terminal_the_app_names_the_commands() -> None:
    for args in ((), ("open",), ("open", "nobody"), ("demo",)):
        done = spawn(*args)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"playbook today" in done.stderr


def test_help_speaks_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")  # no catalogue: English, and nothing fails
    assert "Run playbooks" in call("--help").out

"""`playbook`, `open`, `demo`: the app itself."""

import os
import sys
from pathlib import Path

import click

from playbook.cli.shell import OK, REFUSED, USAGE, Shell, silence
from playbook.core.text import line
from playbook.words import _

HANGUP = 128 + 1
"""How it ends when its terminal goes away."""


def open_app(shell: Shell, *, run_id: str = "", client_id: str = "", note: str = "") -> int:
    """Run the app in this terminal; the exit code. Without a terminal that can show it: 2."""
    if not _has_screen():
        shell.say(_("playbook needs a terminal to open. Without one, use the commands: playbook today, runs, next, tick, export … (playbook --help)."))  # fmt: skip
        return USAGE
    os.environ.setdefault(
        "TEXTUAL_FPS", "240"
    )  # read when Textual is imported: each key's second repaint waits for it
    workspace = shell.workspace
    from playbook.app import PlaybookApp

    app = PlaybookApp(workspace, run_id=run_id, client_id=client_id, note=note)
    app.run()
    if app.ended_by == HANGUP:
        silence()  # the terminal is gone: what is left to be written must not change how it ends
        return HANGUP
    if app.defect is not None:
        if not isinstance(app.defect, Exception):
            raise app.defect
        from playbook.cli.trouble import tell

        return tell(app.defect)
    return app.return_code or 0


def _has_screen() -> bool:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    is_terminal = all(stream is not None and stream.isatty() for stream in streams)
    return is_terminal and os.environ.get("TERM", "") not in ("dumb",)


@click.command("open", help=_("Open the app at a client or a run."))
@click.argument("what", metavar=_("CLIENT|RUN"), required=False, default="")
@click.pass_obj
def open_verb(shell: Shell, what: str) -> int:
    """Open the app where one wants to be."""
    if not what or not _has_screen():
        return open_app(shell)
    if "/" not in what:
        client_id = shell.workspace.clients.find(line(what))
        if isinstance(client_id, str):
            return open_app(shell, client_id=client_id)
    return open_app(shell, run_id=shell.run_id(what))


def _count() -> click.IntRange:
    """A number, which click calls by our word when something else was typed."""
    count = click.IntRange(1, 2000)
    count.name = _("whole number")
    return count


@click.command(
    "demo", help=_("Open the app on years of made-up data, which is thrown away; --into DIR keeps it.")
)
@click.option("--clients", "count", default=12, show_default=True, type=_count(), help=_("How many clients."))  # fmt: skip
@click.option("--into", default=None, type=click.Path(path_type=Path, file_okay=False), metavar=_("DIR"), help=_("Only write that home, and keep it."))  # fmt: skip
@click.pass_obj
def demo_verb(shell: Shell, count: int, into: Path | None) -> int:
    """Make a home full of plausible data, then open it or say where it is."""
    if into is not None:
        return _keep_demo(shell, count, into.absolute())
    if not _has_screen():
        return open_app(shell)
    import tempfile
    from contextlib import closing

    from playbook.workspace.demo import fill_home

    with tempfile.TemporaryDirectory(prefix="playbook-demo-") as folder:
        shell.say(_("Making up {count} clients…").format(count=count))
        fill_home(Path(folder), count)
        os.environ["PLAYBOOK_HOME"] = folder
        with closing(Shell(shell.libraries)) as demo:
            return open_app(demo)


def _keep_demo(shell: Shell, count: int, home: Path) -> int:
    import shlex

    from playbook.workspace.demo import fill_home

    if home.exists() and any(home.iterdir()):
        shell.say(_("{path} is not empty. Name a new folder.").format(path=line(str(home))))
        return REFUSED
    fill_home(home, count)
    shell.out(line(str(home)))
    shell.say(_("Open it: PLAYBOOK_HOME={path} playbook").format(path=shlex.quote(line(str(home)))))
    return OK

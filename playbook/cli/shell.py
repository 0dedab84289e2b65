"""What every verb shares: the workspace, printing, and how it ends."""

import os
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from playbook.core.problems import Refusal
from playbook.core.text import block

if TYPE_CHECKING:
    from playbook.workspace import Workspace

T = TypeVar("T")

OK, REFUSED, USAGE, STORE, INTERRUPTED = 0, 1, 2, 3, 130


class Ended(Exception):  # noqa: N818 - not an error: the way a verb ends early
    """The verb ends with this exit code; what there was to say has been said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Shell:
    """The workspace a command line works on, and its two outputs."""

    def __init__(self, libraries: tuple[Path, ...] = ()) -> None:
        self.libraries = libraries
        self._opened: Workspace | None = None

    @cached_property
    def workspace(self) -> "Workspace":
        """The installation, opened when a verb first needs it."""
        from playbook.cli.opened import open_workspace

        self._opened = open_workspace(self.libraries, self.say)
        return self._opened

    def out(self, text: str) -> None:
        """Print a result."""
        click.echo(block(text))

    def json(self, value: Any) -> None:
        """Print a result as JSON."""
        import json

        click.echo(json.dumps(value, ensure_ascii=False, indent=1))

    def say(self, text: str) -> None:
        """Say something about the result, on stderr."""
        click.echo(block(text), err=True)

    def need(self, outcome: "T | Refusal") -> T:
        """The outcome, unless it is a refusal: that is said and ends the verb with 1."""
        if isinstance(outcome, Refusal):
            self.refuse(outcome)
        return outcome

    def refuse(self, refusal: Refusal) -> NoReturn:
        """Say why not, and end with 1."""
        from playbook.words.refusals import refusal_words

        self.say(refusal_words(refusal))
        raise Ended(REFUSED)

    def run_id(self, ref: str) -> str:
        """The run a person means."""
        return self.need(self.workspace.runs.find(ref))

    def client_id(self, ref: str) -> str:
        """The client a person means."""
        return self.need(self.workspace.clients.find(ref))

    def close(self) -> None:
        """Let go of the database."""
        if self._opened is not None:
            self._opened.close()


def guarded(work: Callable[[], Any]) -> int:
    """The exit code of a piece of work. Nothing it raises reaches the person as a traceback."""
    try:
        outcome = work()
    except Ended as end:
        return end.code
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        click.echo(block(error.format_message()), err=True)
        if isinstance(error, click.UsageError) and error.ctx:
            click.echo(error.ctx.get_usage(), err=True)
        return error.exit_code
    except BrokenPipeError:
        _silence()
        return OK
    except Exception as error:  # noqa: BLE001 - the last resort: two lines, no values
        return _told(error)
    return outcome if isinstance(outcome, int) else OK


def _silence() -> None:
    """The reader of a pipe went away: nothing more is written, also not at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())


def _told(error: Exception) -> int:
    from playbook.cli.trouble import tell

    return tell(error)

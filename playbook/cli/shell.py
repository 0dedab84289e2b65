"""What every verb shares: the workspace, printing, and how it ends."""

import os
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from playbook.core.problems import Refusal
from playbook.core.text import block, escaped, line

if TYPE_CHECKING:
    from datetime import date

    from playbook.core.schedule import Moment
    from playbook.workspace import Workspace
    from playbook.workspace.past import Then

T = TypeVar("T")

OK, REFUSED, USAGE, STORE, PARTLY, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""Exit codes; `PARTLY` is for a table of which some rows, or all, could not be carried out."""


class Ended(Exception):  # noqa: N818 - not an error: the way a verb ends early
    """The verb ends with this exit code; what there was to say has been said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Shell:
    """The workspace a command line works on, and its two outputs."""

    def __init__(self, libraries: tuple[str, ...] = ()) -> None:
        """`libraries` are folders with playbooks that stand before all others."""
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

    def lines(self, lines: Iterable[str]) -> None:
        """Print a result of several lines, or nothing when there is none."""
        if text := "\n".join(lines):
            self.out(text)

    def json(self, value: Any) -> None:
        """Print a result as JSON."""
        import json

        self.document(escaped(json.dumps(value, ensure_ascii=False, indent=1)) + "\n")

    def document(self, text: str) -> None:
        """Print what programs read: UTF-8 on every terminal and pipe."""
        click.echo(text.encode(), nl=False)

    def say(self, text: str) -> None:
        """Say something about the result, on stderr."""
        click.echo(block(text), err=True)

    def need(self, outcome: "T | Refusal") -> T:
        """The outcome, unless it is a refusal: that is said and ends the verb with 1."""
        if isinstance(outcome, Refusal):
            self.refuse(outcome)
        return outcome

    def refuse(self, refusal: Refusal, hint: str = "") -> NoReturn:
        """Say why not, and what would help, and end with 1."""
        from playbook.words.refusals import refusal_words

        self.say(refusal_words(refusal))
        if hint:
            self.say(hint)
        raise Ended(REFUSED)

    def moment(self, words: str) -> "Moment":
        """The day or instant a person means: `fri`, `+3bd`, `12 dec 16:00`."""
        from playbook.core.daywords import read_day

        clock = self.workspace.clock
        return self.need(read_day(words, clock.today(), self.workspace.calendars.base(), now=clock.now()))

    def past(self, run_id: str, words: str) -> "Then":
        """A run as it stood at the day or instant gone by that a person means: `19 nov`, `-2`, last `fri`, `yesterday 14:05`."""
        from playbook.core.daywords import read_past

        clock = self.workspace.clock
        read = read_past(words, clock.today(), self.workspace.calendars.base(), clock.now())
        return self.need(self.workspace.past.at(run_id, self.need(read)))

    def day(self, words: str) -> "date":
        """The day a person means."""
        from playbook.core.schedule import day_of

        return day_of(self.moment(words), self.workspace.calendar)

    def run_id(self, ref: str) -> str:
        """The run a person means."""
        return self.need(self.workspace.runs.find(line(ref)))

    def client_id(self, ref: str) -> str:
        """The client a person means."""
        return self.need(self.workspace.clients.find(line(ref)))

    def close(self) -> None:
        """Let go of the database."""
        if self._opened is not None:
            self._opened.close()


def guarded(work: Callable[[], Any]) -> int:
    """The exit code of a piece of work. Nothing it raises reaches the person as a traceback."""
    try:
        return _ended(work)
    except BrokenPipeError:  # the reader went away, and has what it wanted
        silence()
        return OK
    except OSError:  # not even the reason can be written
        silence()
        return REFUSED


def _ended(work: Callable[[], Any]) -> int:
    try:
        outcome = work()
    except Ended as end:
        return end.code
    except click.exceptions.Exit as end:
        return end.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        return _misused(error)
    except BrokenPipeError:
        raise
    except Exception as error:  # the last resort: two lines, no values
        from playbook.cli.trouble import tell

        if isinstance(error, OSError):
            silence(sys.stdout)  # what could not be written is not tried again at exit
        return tell(error)
    return outcome if isinstance(outcome, int) else OK


def _misused(error: click.ClickException) -> int:
    click.echo(block(error.format_message()), err=True)
    if (
        isinstance(error, click.UsageError)
        and error.ctx
        and not isinstance(error, click.exceptions.NoArgsIsHelpError)
    ):
        click.echo(error.ctx.get_usage(), err=True)
    return error.exit_code


def silence(*streams: Any) -> None:
    """Nothing more is written to these streams, or to both, also not at exit."""
    for stream in streams or (sys.stdout, sys.stderr):
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())
            os.close(null)
        except (OSError, ValueError, AttributeError):  # a stream that is closed, or none
            continue

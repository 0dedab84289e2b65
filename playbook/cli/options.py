"""Arguments and options that several verbs share, and how `FIELD=VALUE` is read."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from playbook.words import _

F = TypeVar("F", bound=Callable[..., Any])


def as_json(function: F) -> F:
    """`--json`."""
    return click.option("--json", "wants_json", is_flag=True, help=_("Print JSON."))(function)


def as_of(function: F) -> F:
    """`--as-of MOMENT`."""
    return click.option(
        "--as-of", "moment", default=None, metavar=_("MOMENT"), help=_("The run as it stood at the end of a day or at an instant gone by, such as fri, -3 or 12 nov 14:05.")
    )(function)  # fmt: skip


def sets(function: F) -> F:
    """`--set FIELD=VALUE`, which may repeat; the same field twice is a list."""
    return click.option(
        "--set", "pairs", multiple=True, metavar=_("FIELD=VALUE"), help=_("Answer a field; may repeat, also for one field.")
    )(function)  # fmt: skip


def read_pairs(pairs: tuple[str, ...], shape: str = "") -> dict[str, list[str] | str]:
    """Names and what was typed for them; a name given twice has a list of texts. `shape` is said to who errs."""
    read: dict[str, list[str] | str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(
                _("“{pair}” is not {shape}.").format(pair=pair[:60], shape=shape or _("FIELD=VALUE"))
            )
        before = read.get(name.strip())
        read[name.strip()] = (
            value if before is None else [*([before] if isinstance(before, str) else before), value]
        )
    return read


# Arguments that a shell can complete.

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _completing(what: str) -> Complete:
    def complete(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
        from playbook.cli.completing import names

        return names(what, begun, str(ctx.params.get("run") or ""))

    return complete


def run_argument(function: F) -> F:
    """`RUN`."""
    return click.argument("run", metavar=_("RUN"), shell_complete=_completing("run"))(function)


def step_argument(function: F) -> F:
    """`STEP` of the run before it."""
    return click.argument("step", metavar=_("STEP"), shell_complete=_completing("step"))(function)


def dated_argument(function: F) -> F:
    """`STEP` of the run before it, or its `start` or `target`."""
    return click.argument("step", metavar=_("STEP|start|target"), shell_complete=_completing("dated"))(
        function
    )


def assigned_argument(function: F) -> F:
    """`STEP` of the run before it, or one of its roles."""
    return click.argument("what", metavar=_("STEP|ROLE"), shell_complete=_completing("assigned"))(function)


def client_argument(function: F) -> F:
    """`CLIENT`."""
    return click.argument("client", metavar=_("CLIENT"), shell_complete=_completing("client"))(function)


def optional_client_argument(function: F) -> F:
    """`[CLIENT]`."""
    return click.argument(
        "client", metavar=_("[CLIENT]"), required=False, shell_complete=_completing("client")
    )(function)


def playbook_argument(function: F) -> F:
    """`PLAYBOOK`."""
    return click.argument("playbook", metavar=_("PLAYBOOK"), shell_complete=_completing("playbook"))(function)

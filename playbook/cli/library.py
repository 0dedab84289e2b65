"""`list`, `show`, `check`, `schema`: playbook files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json
from playbook.cli.shell import OK, REFUSED, Shell
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _, plural

if TYPE_CHECKING:
    from playbook.files.check_files import FileProblem


@click.command("list", help=_("The playbooks there are: id, language, title."))
@as_json
@click.pass_obj
def list_verb(shell: Shell, wants_json: bool) -> None:
    """Print one line a playbook."""
    entries = shell.workspace.playbooks.library.entries()
    if wants_json:
        shell.json([
            {"id": e.id, "language": e.language, "title": e.title, "summary": e.summary, "origin": e.origin,
             "path": str(e.path), "broken": e.is_broken}
            for e in entries
        ])  # fmt: skip
        return
    if not entries:
        shell.say(
            _("No playbooks yet. Put TOML files into {path}.").format(
                path=line(str(shell.workspace.locations.library))
            )
        )
    shell.lines(columns([
        (e.id, e.language, line(e.title),
         _("has problems: playbook check {path}").format(path=line(str(e.path))) if e.is_broken else "")
        for e in entries
    ]))  # fmt: skip


@click.command("show", help=_("A playbook by its id, or a run by its name, as it stands."))
@click.argument("what", metavar="PLAYBOOK|RUN")
@as_json
@click.pass_obj
def show_verb(shell: Shell, what: str, wants_json: bool) -> None:
    """Print a playbook's steps, or a run."""
    what = line(what)
    if "/" in what:
        _show_run(shell, shell.run_id(what), wants_json)
        return
    loaded = shell.workspace.playbooks.read(what)
    if isinstance(loaded, Refusal):
        found = shell.workspace.runs.find(what)
        if isinstance(found, Refusal):
            shell.refuse(loaded if found.code == "no-run" else found)
        _show_run(shell, found, wants_json)
        return
    from playbook.cli.showing import playbook_data, playbook_lines

    if wants_json:
        shell.json({"path": str(loaded.path), "hash": loaded.hash, **playbook_data(loaded.playbook)})
    else:
        shell.lines(playbook_lines(loaded.playbook))
    if loaded.is_broken:
        shell.say(_("It has problems: playbook check {path}").format(path=line(str(loaded.path))))


def _show_run(shell: Shell, run_id: str, wants_json: bool) -> None:
    if wants_json:
        from playbook.exports import export

        shell.document(export(shell.need(shell.workspace.runs.handout(run_id, client_safe=False)), "json"))
        return
    from playbook.cli.showing import run_lines

    opened = shell.need(shell.workspace.runs.open(run_id))
    shell.lines(run_lines(opened.sheet, opened.client, shell.workspace.clock))


@click.command(
    "check", help=_("Check playbook files, or the whole library, and name every problem with its line.")
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def check_verb(shell: Shell, paths: tuple[Path, ...], wants_json: bool) -> int:
    """Print problems; errors give exit 1."""
    checked = shell.workspace.playbooks.check(paths)
    if wants_json:
        shell.json([_problem_data(problem) for problem in checked.problems])
    else:
        shell.lines(_problem_lines(checked.problems))
    errors = sum(problem.level == "error" for problem in checked.problems)
    files = plural("{count} file checked", "{count} files checked", checked.files)
    found = plural("{count} problem", "{count} problems", errors)
    advice = plural("{count} piece of advice", "{count} pieces of advice", len(checked.problems) - errors)
    shell.say(f"{files}: {found}, {advice}.")
    return REFUSED if errors else OK


def _problem_lines(problems: "list[FileProblem]") -> list[str]:
    from playbook.words.problems import hint, message

    words = {"error": _("error"), "advice": _("advice")}
    lines = []
    for found in problems:
        where = ":".join(line(str(part)) for part in (found.file, found.line, found.column) if part)
        lines.append(f"{where}: {words[found.level]}: {message(found.problem)}")
        if advice := hint(found.problem):
            lines.append(f"    {advice}")
    return lines


def _problem_data(found: "FileProblem") -> dict[str, Any]:
    from playbook.words.problems import hint, message

    return {
        "file": str(found.file), "line": found.line, "column": found.column, "path": found.path, "level": found.level,
        "code": found.code, "message": message(found.problem), "hint": hint(found.problem),
    }  # fmt: skip


@click.command(
    "schema", help=_("The JSON Schema of playbook files. Save it beside them as playbook.schema.json.")
)
@click.pass_obj
def schema_verb(shell: Shell) -> None:
    """Print the schema."""
    from playbook.files.schema import schema

    shell.json(schema())

"""`list`, `show`, `check`, `schema`: playbook files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.options import as_json
from playbook.cli.shell import REFUSED, Shell
from playbook.core.problems import Refusal
from playbook.words import N_, _, plural

if TYPE_CHECKING:
    from playbook.files.check_files import FileProblem


@click.command("list", help=N_("The playbooks there are: id, language, title."))
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
    wide = max((len(entry.id) for entry in entries), default=0)
    for e in sorted(entries, key=lambda entry: (entry.id, entry.language)):
        broken = _("  (has problems: playbook check {path})").format(path=e.path) if e.is_broken else ""
        shell.out(f"{e.id:<{wide}}  {e.language:<5}  {e.title}{broken}")


@click.command("show", help=N_("A playbook by its id, or a run by its name, as it stands."))
@click.argument("what", metavar="PLAYBOOK|RUN")
@as_json
@click.pass_obj
def show_verb(shell: Shell, what: str, wants_json: bool) -> None:
    """Print a playbook's steps, or a run."""
    loaded = Refusal("no-playbook") if "/" in what else shell.workspace.playbooks.read(what)
    if isinstance(loaded, Refusal):
        found = shell.workspace.runs.find(what)
        if isinstance(found, Refusal):
            shell.refuse(found if "/" in what or not loaded.args else loaded)
        _show_run(shell, found, wants_json)
        return
    from playbook.cli.showing import playbook_lines

    if wants_json:
        from playbook.core.playbook_data import to_data

        shell.json({"path": str(loaded.path), "hash": loaded.hash, **to_data(loaded.playbook)})
        return
    shell.out("\n".join(playbook_lines(loaded.playbook)))


def _show_run(shell: Shell, run_id: str, wants_json: bool) -> None:
    if wants_json:
        from playbook.exports import export

        click.echo(export(shell.need(shell.workspace.runs.handout(run_id, client_safe=False)), "json"), nl=False)
        return
    from playbook.cli.showing import run_lines

    opened = shell.need(shell.workspace.runs.open(run_id))
    shell.out("\n".join(run_lines(opened.sheet, opened.client, shell.workspace.clock)))


@click.command("check", help=N_("Check playbook files, or the whole library, and name every problem with its line."))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def check_verb(shell: Shell, paths: tuple[Path, ...], wants_json: bool) -> int:
    """Print problems; errors give exit 1."""
    checked = shell.workspace.playbooks.check(paths)
    if wants_json:
        shell.json([_problem_data(problem) for problem in checked.problems])
    else:
        _print_problems(shell, checked.problems)
    errors = sum(problem.level == "error" for problem in checked.problems)
    files = plural("{count} file checked", "{count} files checked", checked.files)
    found = plural("{count} problem", "{count} problems", errors)
    advice = plural("{count} piece of advice", "{count} pieces of advice", len(checked.problems) - errors)
    shell.say(f"{files}: {found}, {advice}.")
    return REFUSED if errors else 0


def _print_problems(shell: Shell, problems: "list[FileProblem]") -> None:
    from playbook.words.problems import hint, message

    words = {"error": _("error"), "advice": _("advice")}
    for found in problems:
        where = ":".join(str(part) for part in (found.file, found.line, found.column) if part)
        shell.out(f"{where}: {words[found.level]}: {message(found.problem)}")
        if advice := hint(found.problem):
            shell.out(f"    {advice}")


def _problem_data(found: "FileProblem") -> dict[str, Any]:
    from playbook.words.problems import hint, message

    return {
        "file": str(found.file), "line": found.line, "column": found.column, "path": found.path, "level": found.level,
        "code": found.code, "message": message(found.problem), "hint": hint(found.problem),
    }  # fmt: skip


@click.command("schema", help=N_("The JSON Schema of playbook files. Save it beside them as playbook.schema.json."))
@click.pass_obj
def schema_verb(shell: Shell) -> None:
    """Print the schema."""
    from playbook.files.schema import schema

    shell.json(schema())

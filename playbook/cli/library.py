"""`list`, `show`, `check`, `schema`: playbook files."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.columns import columns
from playbook.cli.options import as_json, as_of
from playbook.cli.shell import OK, REFUSED, Shell
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import _, plural

if TYPE_CHECKING:
    from playbook.files.check_files import FileProblem
    from playbook.files.mend.files import FileMended
    from playbook.workspace.proving import FileFinding


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
@click.argument("what", metavar=_("PLAYBOOK|RUN"))
@as_of
@as_json
@click.pass_obj
def show_verb(shell: Shell, what: str, moment: str | None, wants_json: bool) -> None:
    """Print a playbook's steps, or a run."""
    what = line(what)
    if "/" in what:
        _show_run(shell, shell.run_id(what), moment, wants_json)
        return
    loaded = shell.workspace.playbooks.read(what)
    if isinstance(loaded, Refusal):
        found = shell.workspace.runs.find(what)
        if isinstance(found, Refusal):
            shell.refuse(loaded if found.code == "no-run" else found)
        _show_run(shell, found, moment, wants_json)
        return
    if moment is not None:
        shell.refuse(Refusal("as-of-playbook", {"playbook": loaded.playbook.id}))
    from playbook.cli.showing import playbook_data, playbook_lines

    if wants_json:
        shell.json({"path": str(loaded.path), "hash": loaded.hash, **playbook_data(loaded.playbook)})
    else:
        shell.lines(playbook_lines(loaded.playbook))
    if loaded.is_broken:
        shell.say(_("It has problems: playbook check {path}").format(path=line(str(loaded.path))))


def _show_run(shell: Shell, run_id: str, moment: str | None, wants_json: bool) -> None:
    workspace = shell.workspace
    then = None if moment is None else shell.past(run_id, moment)
    if wants_json:
        from playbook.workspace.exporting import Exporting

        shell.document(shell.need(Exporting(workspace, run_id, then).render("json", client_safe=False)))
        return
    from playbook.cli.showing import run_lines

    if then is None:
        opened = shell.need(workspace.runs.open(run_id))
        shell.lines(run_lines(opened.sheet, opened.client, workspace.clock))
        return
    from playbook.clock import Clock
    from playbook.words.moments import as_of_words

    shell.out(as_of_words(then.moment, workspace.calendar))
    of_then = Clock(workspace.clock.zone, then.at)
    shell.lines(run_lines(then.opened.sheet, then.opened.client, of_then))


@click.command(
    "check", help=_("Check playbook files, or the whole library, and name every problem with its line.")
)
@click.argument("paths", metavar=_("[PATH]…"), nargs=-1, type=click.Path(path_type=Path))
@click.option("--fix", "mends", is_flag=True, help=_("First mend what can only mean one thing; all else in the file stays as it is."))  # fmt: skip
@click.option("--dates", "proves", is_flag=True, help=_("Also start each playbook on the next 400 days, and name every date that cannot be kept."))  # fmt: skip
@as_json
@click.pass_obj
def check_verb(shell: Shell, paths: tuple[Path, ...], mends: bool, proves: bool, wants_json: bool) -> int:
    """Print problems; errors give exit 1."""
    from playbook.cli.proving import finding_data, finding_lines
    from playbook.workspace.housekeeping import tidy

    tidy(shell.workspace)
    if mends:
        _mend(shell, paths, wants_json)
    checked = shell.workspace.playbooks.check(paths)
    dates = _prove(shell, paths) if proves else []
    if wants_json:
        shell.json([*(_problem_data(problem) for problem in checked.problems), *map(finding_data, dates)])
    else:
        shell.lines(_problem_lines(checked.problems))
        shell.lines([text for found in dates for text in finding_lines(found)])
    errors = sum(problem.level == "error" for problem in checked.problems) + len(dates)
    files = plural("{count} file checked", "{count} files checked", checked.files)
    found = plural("{count} problem", "{count} problems", errors)
    advice = plural(
        "{count} piece of advice", "{count} pieces of advice", len(checked.problems) + len(dates) - errors
    )
    shell.say(f"{files}: {found}, {advice}.")
    return REFUSED if errors else OK


def _prove(shell: Shell, paths: tuple[Path, ...]) -> "list[FileFinding]":
    from playbook.workspace.proving import prove_dates

    return prove_dates(shell.workspace, paths)


def _mend(shell: Shell, paths: tuple[Path, ...], wants_json: bool) -> None:
    """Mend files and tell what was mended; beside JSON that is no part of the result."""
    found = shell.workspace.playbooks.mend(paths)
    tell = shell.say if wants_json else shell.out
    for text in _mend_lines(found):
        tell(text)
    count = sum(len(mended.mends) for mended in found if not mended.kept)
    shell.say(plural("{count} slip mended.", "{count} slips mended.", count))


def _mend_lines(found: "list[FileMended]") -> Iterator[str]:
    from playbook.words.mends import mend_words, unmended_words

    for mended in found:
        file = line(str(mended.file))
        if mended.kept:
            yield f"{file}: {unmended_words(mended.kept, len(mended.mends), mended.reason)}"
            continue
        for mend in mended.mends:
            yield f"{file}:{mend.line}: {_('mended')}: {mend_words(mend.code, mend.args)}"


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
    "schema", help=_("The JSON Schema of playbook files, by which editors complete and check them as you type. --write puts it into your library.")
)  # fmt: skip
@click.option("--write", "writes", is_flag=True, help=_("Write it beside your playbooks as playbook.schema.json, and print where."))  # fmt: skip
@click.pass_obj
def schema_verb(shell: Shell, writes: bool) -> None:
    """Print the schema, or write it."""
    if writes:
        from playbook.workspace.new_playbooks import write_library_schema

        shell.out(line(str(shell.need(write_library_schema(shell.workspace)))))
        return
    from playbook.files.schema import schema

    shell.json(schema())

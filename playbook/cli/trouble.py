"""What is said when something broke: one sentence for the database, two lines for a defect of ours."""

import os
import traceback

import click

from playbook import locations
from playbook.cli.shell import REFUSED, STORE
from playbook.core.text import line
from playbook.words import _
from playbook.words.refusals import trouble_words

LOG_LIMIT = 1_000_000


def tell(error: Exception) -> int:
    """Say what happened and give the exit code; a defect is logged without anybody's data."""
    if type(error).__name__ == "StoreTrouble":  # by name: what never opened the database need not load it
        args = {"backups": line(str(locations.find().backups)), **getattr(error, "values", {})}
        click.echo(trouble_words(str(getattr(error, "code", "")), args), err=True)
        return STORE
    log = log_defect(error)
    if isinstance(error, OSError):
        reason = ": ".join(line(str(part)) for part in (error.filename, error.strerror) if part)
        click.echo(_("The system refused to read or write: {reason}.").format(reason=reason), err=True)
        return REFUSED
    click.echo(_("Something went wrong inside playbook ({kind}). Your data is as it was.").format(kind=type(error).__name__), err=True)  # fmt: skip
    if log:
        click.echo(_("What happened is in {log}, without client data.").format(log=line(log)), err=True)
    return REFUSED


def log_defect(error: BaseException) -> str:
    """Append where an error came from to the log (kept under 1 MB), no values; its path, or "" if it cannot be."""
    path = locations.find().log
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{type(error).__name__}", *(f"  {f.filename}:{f.lineno} {f.name}" for f in frames)]
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = (
            path.read_bytes()[-LOG_LIMIT // 2 :]
            if path.exists() and path.stat().st_size > LOG_LIMIT // 2
            else None
        )
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if kept is not None else os.O_APPEND)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as log:
            log.write((kept or b"") + ("\n".join(lines) + "\n").encode(errors="replace"))
    except OSError:
        return ""
    return str(path)

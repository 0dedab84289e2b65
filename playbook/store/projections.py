"""What follows from the journal, kept in rows so that lists need no folding; written with each operation.

All of it can be thrown away and made again after `clear`; only the copies of playbooks are kept for good.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from playbook.core.calendar import Calendar, as_stamp, shift
from playbook.core.client import Client, Entry
from playbook.core.entry_kinds import VOICE, due_of
from playbook.core.figures import feels_long_of, quiet_after
from playbook.core.playbook import Playbook, channel_of, side_of
from playbook.core.run import Run
from playbook.core.schedule import Moment
from playbook.core.text import folded
from playbook.core.view import RunView, StepView
from playbook.store import passages
from playbook.store.database import Reader, Transaction
from playbook.store.journal import as_given, canonical, digest, recount
from playbook.store.remarks import save_remarks

# Runs.


def save_run(
    tx: Transaction, run: Run, view: RunView, before: RunView | None, ops: int, calendar: str = ""
) -> None:
    """Writes a run's row, and of its steps those that changed since `before` (None: all of them).

    `ops` is how many operations the run was folded from, `calendar` the mark of the calendar that dated it.
    """
    stored = tx.read("select state from run where id = ?", (run.id,))
    if stored != [(run.state,)]:
        before = None  # the dates of every step go, or come back, with the run's state
    tx.upsert_plain("run", [{**_run_row(run, view, ops), "calendar": calendar}], ("id",))
    if before is None:
        tx.execute("delete from step where run = ?", (run.id,))
    else:
        for step_id in before.steps.keys() - view.steps.keys():
            tx.execute("delete from step where run = ? and step_id = ?", (run.id, step_id))
    known: Mapping[str, StepView] = before.steps if before else {}
    is_open = run.state == "open"
    own = {added.id for added in run.own}
    tx.upsert_plain("step", [
        {**_step_row(run.id, step_id, step, is_open=is_open), "title": step.step.title if step_id in own else None}
        for step_id, step in view.steps.items()
        if (old := known.get(step_id)) is not step and (old is None or _shown(step) != _shown(old))
    ], ("run", "step_id"))  # fmt: skip
    if before is None or run.remarks:
        save_remarks(tx, run, is_known=before is not None)
    _sum_up(tx, run.client_id)


def remove_run(tx: Transaction, run_id: str) -> None:
    """Takes a run whose start was undone from the lists; its operations and its name stay."""
    clients = tx.read("select client from run where id = ?", (run_id,))
    tx.execute("delete from run where id = ?", (run_id,))
    for (client_id,) in clients:
        passages.remove_run(tx, client_id, run_id)
        _sum_up(tx, client_id)


def _run_row(run: Run, view: RunView, ops: int) -> dict[str, Any]:
    return {
        "id": run.id, "name": run.name, "client": run.client_id, "playbook": run.playbook.id,
        "language": run.playbook.language, "version": run.version, "title": run.playbook.title, "state": run.state,
        "start": run.start, "target": run.target, "done": view.done, "total": view.total,
        "next_due": _stamp(view.next_due) if run.state == "open" else None,
        "started_at": run.started_at, "ended_at": run.finished_at, "ops": ops,
    }  # fmt: skip


def _shown(step: StepView) -> tuple[str, bool, Moment | None, bool, bool, str]:
    """All that a step's row tells."""
    locked, blocked = bool(step.locked_by), step.blocked is not None
    return step.progress.state, step.is_hidden, step.due_moment, locked, blocked, step.person


def _step_row(run_id: str, step_id: str, step: StepView, *, is_open: bool) -> dict[str, Any]:
    state, hidden, moment, locked, blocked, person = _shown(step)
    theirs = step.step.court in ("client", "third")
    is_waited_for = is_open and theirs and step.is_open and not locked and not blocked
    return {
        "run": run_id, "step_id": step_id, "state": state, "due": _stamp(moment) if is_open else None,
        "locked": int(locked), "hidden": int(hidden), "court": step.step.court if is_waited_for else None,
        "blocked": int(blocked and is_open), "person": person,
    }  # fmt: skip


def _stamp(moment: Moment | None) -> str | None:
    return None if moment is None else as_stamp(moment)


def _sum_up(tx: Transaction, client_id: str) -> None:
    """Keeps on the client what its open runs come to."""
    tx.execute(
        """update client set (open_runs, next_due) =
               (select count(*), min(next_due) from run where run.client = client.id and state = 'open')
           where id = ?""",
        (client_id,),
    )


# Clients.


def save_client(tx: Transaction, client: Client) -> Client:
    """Writes a client's row; returns the client as it is read back, without the ledger."""
    data = {
        "settings": client.settings, "saved": client.saved,
        "contacts": [contact._asdict() for contact in client.contacts],
    }  # fmt: skip
    row = {
        "id": client.id, "slug": client.slug, "name": client.name, "search": folded(client.name),
        "added_at": client.added_at, "data": canonical(data),
    }  # fmt: skip
    tx.upsert("client", [row], "id")
    return replace(client, entries=())


def remove_client(tx: Transaction, client_id: str) -> None:
    """Takes a client whose adding was undone from the lists; its operations and its slug stay."""
    passages.remove_client(tx, client_id)
    tx.execute("delete from client where id = ?", (client_id,))


def save_entries(tx: Transaction, client_id: str, entries: Iterable[Entry]) -> None:
    """Writes these entries of a client's ledger; those that are there already are replaced."""
    rows = [
        {
            "client": client_id, "n": entry.n, "kind": entry.kind, "at": entry.at, "by": entry.by, "on_": entry.on,
            "text": entry.text, "owner": entry.owner, "run": entry.run, "step": entry.step,
            "data": canonical(entry.values), "outcome": entry.outcome, "closed_at": entry.closed_at,
            "closed_by": entry.closed_by, "due": due_of(entry),
        }
        for entry in entries
    ]  # fmt: skip
    tx.upsert("entry", rows, ("client", "n"))


def save_heard(tx: Transaction, client_id: str, facts: Mapping[str, Any], calendar: Calendar) -> None:
    """Keeps on the client when they last saw and heard us, and from which day that is too long ago."""
    rows = tx.read(
        "select on_, json_extract(data, '$.channel') from entry where client = ? and kind = 'contact'",
        (client_id,),
    )
    days = [(calendar.day_of_stamp(on), channel) for on, channel in rows if channel in VOICE]
    voice = sorted({day for day, _channel in days})
    face = max((day for day, channel in days if channel == "in-person"), default=None)
    feels_long, learned = feels_long_of(voice, facts)
    limit = quiet_after(feels_long, learned=learned)
    quiet = shift(voice[-1], limit + 1) if voice and limit is not None else None
    tx.execute(
        "update client set last_face = ?, last_voice = ?, quiet_on = ? where id = ?",
        (_stamp(face), _stamp(voice[-1] if voice else None), _stamp(quiet), client_id),
    )


def remove_entries(tx: Transaction, client_id: str) -> None:
    """Empties a client's ledger before it is written anew."""
    passages.remove_entries(tx, client_id)
    tx.execute("delete from entry where client = ?", (client_id,))


# Copies of playbooks.


def save_version(
    tx: Transaction, version: str, playbook: Playbook, text: str, data: Mapping[str, Any]
) -> None:
    """Keeps a playbook's text and data under the hash of the text; once however many runs begin with it."""
    if tx.read("select 1 from version_step where version = ? limit 1", (version,)):
        return
    if not tx.read("select 1 from version where hash = ?", (version,)):
        row: dict[str, Any] = {
            "hash": version, "playbook": playbook.id, "language": playbook.language, "title": playbook.title,
            "text": text, "data": as_given(data), "v": int(data.get("v", 1)),
        }  # fmt: skip
        tx.insert("version", {**row, "digest": digest(list(row.values()))})
    tx.upsert("version_step", [
        {
            "version": version, "step_id": step.id, "ord": ord_, "title": step.title, "channel": channel_of(step),
            "side": side_of(step), "key": int(step.key),
        }
        for ord_, step in enumerate(playbook.steps())
    ], ("version", "step_id"))  # fmt: skip


# Starting over.


def clear(tx: Transaction) -> None:
    """Throws away all that follows from the journal, so that it can be written anew.

    Names are taken and operations counted again from the journal; each version's steps come back with
    `save_version`.
    """
    for table in ("remark", "step", "entry", "run", "client", "version_step"):
        tx.execute(f"delete from {table}")
    passages.clear(tx)
    recount(tx)


def free_name(reader: Reader, name: str) -> str:
    """A client's slug or a run's name itself, or the first `name-2`, `name-3` … that was never taken."""
    rows = reader.read(
        "select name from taken where name = ? or (name > ? and name < ?)", (name, f"{name}-", f"{name}.")
    )
    taken = {row[0] for row in rows}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free

"""Homes full of made-up data, of any size, kept in the temporary folder for the next run.

One client is made as the program makes it; all others are copies of that client's rows under names and ids of
their own, put in by SQL. An ended copy has the first operation of its run only: nothing measured reads more.
"""

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from bench.drive import NOW, ROOT
from playbook.clock import Clock
from playbook.config import Config
from playbook.core.decide import Sheet
from playbook.core.problems import Refusal
from playbook.locations import Locations
from playbook.store.database import open_store
from playbook.store.journal import recount
from playbook.store.passages import first_id
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm

CLIENT = "acme-0"
RUN = f"{CLIENT}/seed"
FIRST_START = date(2026, 11, 20)
FIELDS, KINDS = 10, 3
SPREAD = 60
"""Days over which the runs begin."""

Cells = tuple[Any, ...]


class Shape(NamedTuple):
    """How much there is; runs are those of each client, steps those of each run."""

    clients: int
    open_runs: int
    ended_runs: int
    steps: int
    playbooks: int = 1
    conditions: int = 0
    """Steps that are shown only for one of the answers to ten questions."""
    entries: int = 0
    """Ledger entries of each client; its open runs have a note then."""


class _Kind(NamedTuple):
    """A row to copy: where it goes, its cells, and which of them name something."""

    table: str
    cells: Cells
    named: tuple[int, ...]


def seeded(shape: Shape) -> Path:
    """The home of this shape, made at first; not to be changed by what is measured."""
    sources = (*sorted((ROOT / "playbook" / "store").glob("*.py")), Path(__file__))
    digest = blake2b(b"".join(path.read_bytes() for path in sources), digest_size=6).hexdigest()
    base = Path(tempfile.gettempdir()) / f"playbook-bench-{os.getuid()}"
    base.mkdir(0o700, exist_ok=True)
    home = base / f"{digest}-{'-'.join(str(number) for number in shape)}"
    for old in base.glob("????????????-*"):
        if not old.name.startswith(digest):  # made from an earlier schema
            shutil.rmtree(old)
    if not home.exists():
        with tempfile.TemporaryDirectory(dir=base) as folder:
            unfinished = Path(folder) / "home"
            _fill(unfinished, shape)
            unfinished.rename(home)
    return home


@contextmanager
def scratch(home: Path) -> Iterator[Path]:
    """A copy of a home that may be changed; it is thrown away."""
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home, copy)
        yield copy


def playbook_text(title: str, steps: int, conditions: int = 0) -> str:
    """A playbook of so many steps in sections of ten, each step due, with something to read.

    The first ten ask for one of three answers each; so many of the others are there for one of those.
    """
    parts = [f'title = "{title}"', 'summary = "Made up to be measured."']
    for number in range(1, steps + 1):
        if number % 10 == 1:
            part = number // 10 + 1
            parts += ["", "[[section]]", f'id = "part-{part}"', f'title = "Part {part}"']
        parts += [
            "",
            "[[section.step]]",
            f'id = "step-{number}"',
            f'title = "Step {number:03d}: say what comes next and why"',
            f'guide = "Tell them in one sentence. Then **ask** what is unclear, and wait for answer {number}."',
            f'say = "This is where we are; next comes part {number // 10 + 1}."',
            f'due = "start + {number // 10}d"',
        ]
        place = number * conditions // steps
        if conditions and number <= FIELDS:
            choices = ", ".join(f'"kind-{kind}"' for kind in range(KINDS))
            field = f'{{ id = "kind-of-{number}", label = "Kind", kind = "choice", choices = [{choices}] }}'
            parts.append(f"field = [ {field} ]")
        elif conditions and place > (number - 1) * conditions // steps:
            asked, kind = place % FIELDS + 1, place // FIELDS % KINDS
            parts.append(f'when = {{ field = "kind-of-{asked}", is = "kind-{kind}" }}')
    return "\n".join(parts) + "\n"


def _fill(home: Path, shape: Shape) -> None:
    library = home / "data" / "playbooks"
    library.mkdir(parents=True, mode=0o700)
    (library / "seed.toml").write_text(playbook_text("Seed", shape.steps, shape.conditions))
    for number in range(1, shape.playbooks):
        (library / f"playbook-{number}.toml").write_text(playbook_text(f"Playbook {number}", 40))
    _begin(home, shape)
    with closing(sqlite3.connect(home / "data" / "playbook.db", isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-500000", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("BEGIN")
        _copy(connection, shape)
        connection.execute("COMMIT")
    with closing(open_store(home / "data" / "playbook.db")) as store, store.write() as tx:
        recount(tx)


def _begin(home: Path, shape: Shape) -> None:
    """The first client with one open run and, where the shape has such, an ended one."""
    places = Locations(home / "config", home / "data", home / "state", home / "cache")
    clock = Clock(UTC, datetime.fromisoformat(NOW).replace(tzinfo=UTC))
    workspace = Workspace(places, clock, Config(), me="Ana")
    try:
        _done(workspace.clients.add("Acme 0"))
        form = StartForm("seed", CLIENT, start=FIRST_START.isoformat())
        _done(workspace.runs.start(form))
        if shape.entries:
            _say(workspace, shape.entries)
        if shape.ended_runs:
            ended: Sheet = _done(workspace.runs.start(form))
            for step in ended.run.playbook.steps():
                _done(workspace.runs.tick(ended.run.id, step.id))
            _done(workspace.runs.finish(ended.run.id))
    finally:
        workspace.close()


SAID = (
    "the blue sign over the door",
    "prices on the third page",
    "photos of the team",
    "a call about the invoice",
)


def _say(workspace: Workspace, count: int) -> None:
    """A ledger of so many entries, one in ten with a day to come, and a note on the run."""
    client_id = _done(workspace.clients.find(CLIENT))
    for number in range(count):
        text = f"{SAID[number % len(SAID)]}, round {number}"
        kind, values = ("promise", {"on": "2026-12-04"}) if number % 10 == 0 else ("concern", {})
        logged = _done(workspace.ledger.log(client_id, kind, text, values))
        if kind == "concern":
            _done(workspace.ledger.close(client_id, logged.entries[0].n, "confirmed"))
    _done(workspace.runs.note(_done(workspace.runs.find(RUN)), "step-2", "They asked for a darker blue."))


def _done(outcome: Any) -> Any:
    if isinstance(outcome, Refusal):
        raise AssertionError(f"refused: {outcome}")
    return outcome


def _copy(connection: sqlite3.Connection, shape: Shape) -> None:
    runs = connection.execute("select id, client, state from run order by state = 'open' desc").fetchall()
    client_id = runs[0][1]
    copier = _Copier(connection, shape)
    of_client = copier.kinds(client_id, "")
    of_runs = {state: copier.kinds(client_id, run_id) for run_id, _, state in runs}
    ids = {state: run_id for run_id, _, state in runs}
    made = (0, shape.open_runs)  # places of the runs the program itself has made
    for number in range(shape.clients):
        client = f"{number:032x}" if number else client_id
        if number:
            copier.add(of_client, number, {client_id: client})
        for place in range(shape.open_runs + shape.ended_runs):
            state = "open" if place < shape.open_runs else "finished"
            if number or place not in made:
                run_id, days = f"{number + 1:016x}{place:016x}", (number * 37 + place * 11) % SPREAD
                swaps = {client_id: client, ids[state]: run_id, "/seed": f"/seed-{place + 3}"}
                copier.add(of_runs[state], number, swaps, days if state == "open" else -days)
    copier.finish()


class _Copier:
    """Puts copies of rows in, a block at a time."""

    BLOCK = 20_000

    def __init__(self, connection: sqlite3.Connection, shape: Shape) -> None:
        self.connection = connection
        self.waiting: dict[str, list[Cells]] = {}
        self.passages = 0
        self.clock = connection.execute("select max(clock) from operation").fetchone()[0]
        self.marks = re.compile(r"[0-9a-f]{32}|[Aa]cme[ -]0\b|/seed\b(?:-\d+)?|\b20\d\d-\d\d-\d\d")

    def kinds(self, client_id: str, run_id: str) -> list[_Kind]:
        """The rows of a client outside its runs, or those of one of its runs."""
        whose = ("id", "run") if run_id else ("id", "client")
        tables = ("run", "step") if run_id else ("client", "entry")
        projected = [
            *zip(tables, whose, strict=True),
            ("passage", "run" if run_id else "run = '' and client"),
        ]
        found = [
            kind
            for table, column in projected
            for kind in self._kinds(table, f"{column} = ?", run_id or client_id)
        ]
        first = self._kinds("operation", "run = ? and client = ? order by seq limit 1", run_id, client_id)
        return found + first

    def _kinds(self, table: str, where: str, *values: str) -> list[_Kind]:
        rows = self.connection.execute(f"select * from {table} where {where}", values).fetchall()
        return [_Kind(table, row, self._named(row)) for row in rows]

    def _named(self, row: Cells) -> tuple[int, ...]:
        return tuple(i for i, cell in enumerate(row) if isinstance(cell, str) and self.marks.search(cell))

    def add(self, kinds: list[_Kind], number: int, swaps: Mapping[str, str], days: int = 0) -> None:
        """Copies rows for client `number`; all their dates move by so many days."""
        known = {**swaps, "Acme 0": f"Acme {number}", "acme 0": f"acme {number}", "acme-0": f"acme-{number}"}
        self.clock += 1
        operation_id = f"{self.clock:032x}"

        def renamed(match: re.Match[str]) -> str:
            mark = match[0]
            if mark in known:
                return known[mark]
            if mark.startswith("/seed"):
                return known["/seed"]
            if mark.startswith("20"):
                return known.setdefault(mark, (date.fromisoformat(mark) + timedelta(days)).isoformat())
            return mark

        for table, cells, named in kinds:
            copy = list(cells)
            for place in named:
                copy[place] = self.marks.sub(renamed, cells[place])
            if table == "operation":  # seq, id, clock, …; the id is the batch as well
                copy = [operation_id if cell == cells[1] else cell for cell in copy]
                copy[0], copy[2] = None, self.clock
            if table == "passage":
                self.passages += 1
                copy[0] = first_id(cells[1], "") + self.passages
            self._put(table, tuple(copy))

    def _put(self, table: str, cells: Cells) -> None:
        rows = self.waiting.setdefault(table, [])
        rows.append(cells)
        if len(rows) >= self.BLOCK:
            self._flush(table)

    def _flush(self, table: str) -> None:
        rows = self.waiting.pop(table, [])
        if rows:
            self.connection.executemany(f"insert into {table} values ({','.join('?' * len(rows[0]))})", rows)

    def finish(self) -> None:
        """Writes what is left, and what is counted over all rows."""
        for table in list(self.waiting):
            self._flush(table)
        for statement in _TOTALS:
            self.connection.execute(statement)


_TOTALS = (
    """update client set (open_runs, next_due) =
        (select count(*), min(next_due) from run where run.client = client.id and state = 'open')""",
    "insert into passage_index (passage_index) values ('rebuild')",
    "update run set ops = (select count(*) from operation where operation.run = run.id)",
)

"""Many runs of one playbook from a table: a row is a run, and all of them are one change to undo."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.decide import Typed
from playbook.core.nearest import nearest
from playbook.core.problems import Refusal
from playbook.core.schedule import Moment
from playbook.core.text import folded, line
from playbook.store import projections, queries
from playbook.workspace.clients import LONGEST_NAME
from playbook.workspace.starting import Ready, StartForm, Starting
from playbook.workspace.table import TableRow, read_table
from playbook.workspace.table_columns import CLIENT, ROLE, START, TARGET, columns_of

if TYPE_CHECKING:
    from playbook.files.library import Loaded
    from playbook.workspace import Workspace

SLICE = 25
"""Runs started in one transaction, so that another program waits a moment at most."""

_LINE_ENDS = re.compile(r"[;\r\n]+")
"""What parts the lines of a list in its cell."""


class Many(NamedTuple):
    """A table whose columns were understood; no row is checked yet."""

    loaded: "Loaded"
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    adds_clients: bool
    """Whether clients that do not exist yet are added."""


class RowStart(NamedTuple):
    """What came of one row."""

    line: int
    client: str
    """As it stands in the row."""
    run: str = ""
    """Name of the run; "" when there is none."""
    first_due: Moment | None = None
    adds_client: bool = False
    refusal: Refusal | None = None
    """Why there is none."""


class ManyStarts:
    """Reads a table, tells what it would start, and starts it."""

    def __init__(self, starting: Starting) -> None:
        self._starting = starting
        self._workspace = starting.workspace

    def read(self, path: Path, playbook: str, *, adds_clients: bool = False) -> Many | tuple[Refusal, ...]:
        """The table in a file, or all that keeps any row from being started."""
        loaded = self._workspace.playbooks.load(playbook)
        if isinstance(loaded, Refusal):
            return (loaded,)
        table = read_table(path)
        if isinstance(table, Refusal):
            return (table,)
        columns = columns_of(table, loaded.playbook)
        return columns.wrong or Many(loaded, columns.meanings, table.rows, adds_clients)

    def preview(self, many: Many) -> Iterator[RowStart]:
        """What each row would start; nothing is stored."""
        forms, names = _Forms(self._starting, many), _NewNames(self._workspace)
        for row in many.rows:
            found = forms.read(row)
            if isinstance(found, Refusal):
                yield RowStart(row.line, forms.client, refusal=found)
                continue
            form, ready = found
            client, is_new = names.client(form.new_client, ready.client.slug)
            due = self._starting.thought_of(ready).view.next_due
            yield RowStart(row.line, forms.client, names.run(client, ready.playbook.id), due, is_new)

    def start(self, many: Many) -> Iterator[RowStart]:
        """Start what fits, all in one batch; each row that is handed out is in the database."""
        forms, left, batch = _Forms(self._starting, many), iter(many.rows), ""
        while part := list(islice(left, SLICE)):
            done: list[tuple[RowStart, str]] = []
            with self._workspace.store.write() as tx:
                for row in part:
                    found = forms.read(row)
                    if isinstance(found, Refusal):
                        done.append((RowStart(row.line, forms.client, refusal=found), ""))
                        continue
                    run_id, batch = self._starting.keep(tx, *found, batch)
                    is_new = bool(found[0].new_client)
                    done.append((RowStart(row.line, forms.client, adds_client=is_new), run_id))
            for outcome, run_id in done:
                yield self._told(outcome, run_id) if run_id else outcome

    def _told(self, outcome: RowStart, run_id: str) -> RowStart:
        sheet = self._starting.kept(run_id)
        return outcome._replace(run=sheet.run.name, first_due=sheet.view.next_due)


class _Who(NamedTuple):
    """Whom a row is for."""

    known: str
    """The same for every row of this client."""
    slug: str
    new: str
    """Name of a client to be added; then it has no slug."""


class _Forms:
    """The rows one after the other, each as a form; it remembers what it has read, to tell doubles."""

    def __init__(self, starting: Starting, many: Many) -> None:
        self._starting, self._many = starting, many
        self._store = starting.workspace.store
        self._fields = {field.id: field for field in many.loaded.playbook.fields}
        self._added: set[str] = set()
        self._seen: dict[tuple[object, ...], int] = {}
        self.client = ""
        """The client of the row read last, as it stands there."""

    def read(self, row: TableRow) -> tuple[StartForm, Ready] | Refusal:
        """The row as a form that fits."""
        form = self._form(row)
        if isinstance(form, Refusal):
            return form
        ready = self._starting.read(form, self._many.loaded)
        return ready if isinstance(ready, Refusal) else (form, ready)

    def _form(self, row: TableRow) -> StartForm | Refusal:
        cells = dict(zip(self._many.columns, row.cells, strict=False))
        given = {column: cell for column, cell in cells.items() if column and cell}
        self.client = line(given.pop(CLIENT, ""))
        if len(row.cells) > len(self._many.columns):
            return Refusal("row-long")
        client = self._client(self.client)
        if isinstance(client, Refusal):
            return client
        first = self._seen.setdefault((client.known, *sorted(given.items())), row.line)
        if first != row.line:
            return Refusal("row-twice", {"other": first})
        start, target = given.pop(START, ""), given.pop(TARGET, "")
        roles = {key.removeprefix(ROLE): cell for key, cell in given.items() if key.startswith(ROLE)}
        answers = {key: self._typed(key, cell) for key, cell in given.items() if key in self._fields}
        playbook = self._many.loaded.playbook.id
        return StartForm(playbook, client.slug, start, target, answers, roles, client.new)

    def _client(self, name: str) -> _Who | Refusal:
        """Whom a row is for. Only a whole name will do: a beginning could be that of another, new client."""
        if not name:
            return Refusal("row-client")
        if len(name) > LONGEST_NAME:
            return Refusal("client-name-long", {"most": LONGEST_NAME})
        shown, alike = name[:60], folded(name)
        found = queries.clients_named(self._store, name)
        exact = [one for one in found if one.exact]
        if len(exact) == 1:
            return _Who(alike if alike in self._added else exact[0].id, exact[0].name, "")
        if exact:
            return Refusal("many-clients", {"client": shown, "names": [one.name for one in exact]})
        if self._many.adds_clients:
            self._added.add(alike)
            return _Who(alike, "", name)
        begun = found[0].name if found else ""
        near = begun or nearest(alike, (one.name for one in queries.all_client_slugs(self._store)))
        return Refusal("row-no-client", {"client": shown, "near": near})

    def _typed(self, field_id: str, cell: str) -> Typed:
        """The cell as its field takes it; of a list, each line by itself."""
        is_list = self._fields[field_id].kind in ("list", "several")
        return [part.strip() for part in _LINE_ENDS.split(cell)] if is_list else cell


class _NewNames:
    """The names that clients and runs of a table would get, were they stored one after the other."""

    def __init__(self, workspace: "Workspace") -> None:
        self._reader = workspace.store
        self._slugs: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._given: set[str] = set()

    def client(self, new: str, slug: str) -> tuple[str, bool]:
        """A client's slug, and whether no row before has added it."""
        alike = folded(new)
        if not alike or alike in self._slugs:
            return self._slugs.get(alike, slug), False
        self._slugs[alike] = self._next(slug)
        return self._slugs[alike], True

    def run(self, client: str, playbook: str) -> str:
        """The name of a client's next run of a playbook."""
        return self._next(f"{client}/{playbook}")

    def _next(self, name: str) -> str:
        """The name, or with the first number that neither the database nor the table has used."""
        number, free = self._numbers.get(name, 0) + 1, name
        while True:
            free = name if number == 1 else f"{name}-{number}"
            if free not in self._given and projections.free_name(self._reader, free) == free:
                break
            number += 1
        self._numbers[name] = number
        self._given.add(free)
        return free

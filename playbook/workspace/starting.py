"""Starting a run: what is asked, what it would look like, and the operation that makes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from playbook.core import decide
from playbook.core.calendar import as_stamp
from playbook.core.client import Client
from playbook.core.daywords import read_day
from playbook.core.decide import Sheet, Typed
from playbook.core.operations import Draft, Operation
from playbook.core.playbook import Playbook
from playbook.core.playbook_data import to_data
from playbook.core.problems import Refusal
from playbook.core.run import begin
from playbook.core.schedule import INSTANT_UNITS, DateRule, Moment, day_of, parse_rule
from playbook.core.text import slug
from playbook.core.view import missing_fields
from playbook.store import journal, projections, queries
from playbook.store.database import Transaction
from playbook.workspace.names import find_client, find_run
from playbook.workspace.typing_in import prefilled, with_days
from playbook.workspace.writing import RolledBack

if TYPE_CHECKING:
    from playbook.files.library import Loaded
    from playbook.workspace import Workspace
    from playbook.workspace.writing import Writing


class StartForm(NamedTuple):
    """What is given to start a run, as typed; an empty text means the default."""

    playbook: str
    client: str
    start: str = ""
    target: str = ""
    answers: Mapping[str, Typed] = {}
    roles: Mapping[str, str] = {}
    new_client: str = ""
    """Name of a client to be added with it; then `client` is empty."""
    parent: str = ""
    """Name of the run whose step starts this one."""
    parent_step: str = ""


class _Ready(NamedTuple):
    """A form that was read and fits."""

    loaded: "Loaded"
    playbook: Playbook
    client: Client
    body: dict[str, Any]


def needs_instant(playbook: Playbook) -> bool:
    """Whether the start is asked with a clock time, because some date counts minutes or hours from it."""
    rules = (parse_rule(text) for step in playbook.steps() for text in step.due)
    return any(isinstance(r, DateRule) and r.anchor == "start" and r.unit in INSTANT_UNITS for r in rules)


class Starting:
    """Reads a start form and carries it out."""

    def __init__(self, workspace: "Workspace", writing: "Writing") -> None:
        self.workspace = workspace
        self.writing = writing

    def preview(self, form: StartForm) -> Sheet | Refusal:
        """The run as it would be; nothing is stored."""
        ready = self._read(form)
        if isinstance(ready, Refusal):
            return ready
        stamp = self.workspace.clock.stamp()
        name = f"{ready.client.slug}/{ready.playbook.id}"
        body = {**ready.body, "name": name}
        op = Operation("", 0, "", stamp, self.workspace.me, ready.client.id, "", "", "start", body, "")
        run = begin(op, ready.playbook)
        calendar = self.writing.calendar(ready.client)
        return Sheet(run, self.writing.derive(run, ready.client), calendar, ready.client.facts())

    def start(self, form: StartForm) -> Sheet | Refusal:
        """Store the run; a step that starts it is told so in the same batch."""
        ready = self._read(form)
        if isinstance(ready, Refusal):
            return ready
        try:
            with self.workspace.store.write() as tx:
                run_id = self._store(tx, form, ready)
        except RolledBack as end:
            return end.refusal
        held = self.writing.held(self.workspace.store, run_id)
        assert held is not None
        return self.writing.sheet(held)

    def _store(self, tx: Transaction, form: StartForm, ready: _Ready) -> str:
        """Write the run, its new client and the word to its parent; the run's id."""
        client, batch, run_id = ready.client, "", journal.new_id()
        if form.new_client:
            added = self.workspace.clients.append(tx, form.new_client, {})
            if isinstance(added, Refusal):
                raise RolledBack(added)
            client, batch = added
        playbook, loaded = ready.playbook, ready.loaded
        projections.save_version(tx, loaded.hash, playbook, loaded.text, to_data(playbook))
        name = projections.next_run_name(tx, client.slug, playbook.id)
        draft = Draft("start", "", {**ready.body, "name": name})
        op = self.writing.append(tx, client.id, run_id, draft, batch)
        self.writing.note_on_client(tx, client, op)
        self.writing.refold_run(tx, run_id)
        if form.parent:
            self._tell_parent(tx, form, name, run_id, op.batch)
        return run_id

    def _tell_parent(self, tx: Transaction, form: StartForm, name: str, run_id: str, batch: str) -> None:
        parent_id = find_run(tx, form.parent)
        held = None if isinstance(parent_id, Refusal) else self.writing.held(tx, parent_id)
        if held is not None:
            self.writing.record(
                tx, held, Draft("started", form.parent_step, {"run": run_id, "name": name}), batch
            )

    def _read(self, form: StartForm) -> _Ready | Refusal:
        client = self._client(form)
        if isinstance(client, Refusal):
            return client
        loaded = self.workspace.playbooks.load(form.playbook)
        if isinstance(loaded, Refusal):
            return loaded
        playbook = loaded.playbook
        body = self._body(form, playbook, client)
        if isinstance(body, Refusal):
            return body
        return _Ready(loaded, playbook, client, {
            "playbook": playbook.id, "language": playbook.language, "version": loaded.hash, **body, "parent": form.parent,
        })  # fmt: skip

    def _client(self, form: StartForm) -> Client | Refusal:
        """Whom the run is for; a new client is only thought of here."""
        if form.new_client:
            body = self.workspace.clients.checked(form.new_client, {})
            return (
                body
                if isinstance(body, Refusal)
                else Client("", slug(body["name"]) or "client", body["name"])
            )
        client_id = find_client(self.workspace.store, form.client)
        if isinstance(client_id, Refusal):
            return client_id
        client = queries.client_by_id(self.workspace.store, client_id)
        assert client is not None
        return client

    def _body(self, form: StartForm, playbook: Playbook, client: Client) -> dict[str, Any] | Refusal:
        start = self._start(form, playbook)
        target = self._target(form, playbook)
        if isinstance(start, Refusal) or isinstance(target, Refusal):
            return start if isinstance(start, Refusal) else target if isinstance(target, Refusal) else {}
        clock, calendar = self.workspace.clock, self.writing.calendar(client)
        typed = {key: value for key, value in form.answers.items() if key != "target"}
        typed = with_days(playbook.fields, typed, clock.today(), calendar)
        parsed = decide.parse_answers(playbook.fields, typed, calendar)
        if isinstance(parsed, Refusal):
            return parsed
        answers = {
            k: v
            for k, v in {**prefilled(playbook.fields, client, calendar), **parsed}.items()
            if v is not None
        }
        op = Operation(
            "", 0, "", "", "", client.id, "", "", "start", {"start": as_stamp(start), "answers": answers}, ""
        )
        if lacking := missing_fields(begin(op, playbook), calendar, client.facts(), ""):
            return Refusal("fields-missing", {"step": playbook.title, "labels": [f.label for f in lacking], "fields": [f.id for f in lacking]})  # fmt: skip
        if wrong := [role for role in form.roles if role not in playbook.roles]:
            return Refusal("no-role", {"playbook": playbook.title, "role": wrong[0]})
        roles = {role: form.roles.get(role) or self.workspace.me for role in playbook.roles}
        saves = decide.saves_of(playbook.fields, parsed)
        return {
            "start": as_stamp(start), "target": as_stamp(target) if target else None, "answers": answers,
            "roles": roles, **({"saves": saves} if saves else {}),
        }  # fmt: skip

    def _start(self, form: StartForm, playbook: Playbook) -> Moment | Refusal:
        clock, calendar = self.workspace.clock, self.workspace.calendars.base()
        wants_instant = needs_instant(playbook)
        if not form.start.strip():
            return clock.now() if wants_instant else clock.today()
        moment = read_day(form.start, clock.today(), calendar)
        if isinstance(moment, (Refusal, datetime)):
            return moment if isinstance(moment, Refusal) or wants_instant else day_of(moment, calendar)
        if not wants_instant:
            return moment
        return clock.now() if moment == clock.today() else calendar.instant(moment)

    def _target(self, form: StartForm, playbook: Playbook) -> Moment | Refusal | None:
        given = form.target or form.answers.get("target") or ""
        text = given if isinstance(given, str) else "".join(given)
        if not text.strip():
            return None
        if not playbook.target_label and not any(field.id == "target" for field in playbook.fields):
            return Refusal("target-unused", {"playbook": playbook.title})
        calendar = self.workspace.calendars.base()
        moment = read_day(text, self.workspace.clock.today(), calendar)
        return moment if isinstance(moment, Refusal) else day_of(moment, calendar)

"""Starting a run: what is asked, what it would look like, and the operation that makes it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from playbook.core import decide
from playbook.core.asking import asked_with
from playbook.core.calendar import as_stamp
from playbook.core.client import Client
from playbook.core.daywords import RECENT, read_day
from playbook.core.decide import Sheet, Typed
from playbook.core.decide.sheet import any_step
from playbook.core.operations import Draft, Operation
from playbook.core.playbook import Playbook
from playbook.core.playbook_data import to_data
from playbook.core.problems import Refusal
from playbook.core.run import begin, with_answers
from playbook.core.schedule import INSTANT_UNITS, DateRule, Moment, day_of, parse_rule
from playbook.core.text import clean, line, slug
from playbook.core.view import missing_fields
from playbook.store import journal, projections, queries
from playbook.store.database import Reader, Transaction
from playbook.workspace.names import find_client, find_run
from playbook.workspace.typing_in import as_meant, prefilled
from playbook.workspace.writing import Decision, Held, RolledBack

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
    """Id of that step."""
    because: str = ""
    """Why it starts this one; default the step's title."""
    again: bool = False
    """Whether it may start one more, having started a run already."""


class Ready(NamedTuple):
    """A form that was read and fits."""

    loaded: "Loaded"
    playbook: Playbook
    twins: "tuple[Loaded, ...]"
    """The same playbook in other languages, for what is said to clients who speak them."""
    client: Client
    """Whom it is for; a client to be added with it has no id yet."""
    body: dict[str, Any]
    """What its `start` operation records, but for the name."""


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
        ready = self.read(form)
        return ready if isinstance(ready, Refusal) else self.thought_of(ready)

    def thought_of(self, ready: Ready) -> Sheet:
        """A run as it would be, under the name that the first of its kind has."""
        stamp = self.workspace.clock.stamp()
        body = {**ready.body, "name": f"{ready.client.slug}/{ready.playbook.id}"}
        op = Operation("", 0, "", stamp, self.workspace.me, ready.client.id, "", "", "start", body, "")
        run = begin(op, ready.playbook)
        client, calendar = ready.client, self.writing.calendar(ready.client)
        return Sheet(run, self.writing.derive(run, client), calendar, client.facts(), self.writing.plan(run))

    def blank(self, loaded: "Loaded", client: Client) -> Sheet:
        """A run as it would be today with nothing answered."""
        body = {"start": as_stamp(self.workspace.clock.today()), "version": loaded.hash}
        return self.thought_of(Ready(loaded, loaded.playbook, (), client, body))

    def start(self, form: StartForm, ticked: tuple[str, Decision] | None = None) -> Sheet | Refusal:
        """Store the run; a step that starts it is told so in the same batch.

        `ticked`: a run and a change to it that belongs to the start; both are stored, or neither.
        """
        ready = self.read(form)
        if isinstance(ready, Refusal):
            return ready
        try:
            with self.workspace.store.write() as tx:
                batch = self._first(tx, *ticked) if ticked else ""
                run_id, _ = self.keep(tx, form, ready, batch)
        except RolledBack as end:
            self.writing.forget()  # what was held of the run was rolled back
            return end.refusal
        except BaseException:
            self.writing.forget()
            raise
        return self.kept(run_id)

    def _first(self, tx: Transaction, run_id: str, decision: Decision) -> str:
        """Record the change that belongs to a start; the batch to go on with."""
        held = self.writing.held(tx, run_id)
        if held is None:
            raise RolledBack(Refusal("no-run", {"run": run_id}))
        draft = decision(self.writing.sheet(held))
        if isinstance(draft, Refusal):
            raise RolledBack(draft)
        return self.writing.record(tx, held, draft)[1]

    def kept(self, run_id: str) -> Sheet:
        """A run that was stored."""
        held = self.writing.held(self.workspace.store, run_id)
        assert held is not None
        return self.writing.sheet(held)

    def keep(self, tx: Transaction, form: StartForm, ready: Ready, batch: str = "") -> tuple[str, str]:
        """Write the run, its new client and the word to its parent; the run's id, and the batch to go on with."""
        client, run_id = ready.client, journal.new_id()
        if form.new_client:
            added = self.workspace.clients.append(tx, form.new_client, {}, batch=batch)
            if isinstance(added, Refusal):
                raise RolledBack(added)
            client, batch = added
        playbook, loaded = ready.playbook, ready.loaded
        for kept in (loaded, *ready.twins):
            projections.save_version(tx, kept.hash, kept.playbook, kept.text, to_data(kept.playbook))
        name = projections.free_name(tx, f"{client.slug}/{playbook.id}")
        op = self.writing.append(
            tx, client.id, run_id, Draft("start", "", {**ready.body, "name": name}), batch
        )
        self.writing.note_on_client(tx, client, op)
        self.writing.refold_run(tx, run_id)
        if form.parent:
            parent = self._parent(tx, form, client)  # as it is now: another program may have started one
            if isinstance(parent, Refusal):
                raise RolledBack(parent)
            told = Draft("started", form.parent_step, {"run": run_id, "name": name})
            self.writing.record(tx, parent, told, op.batch)
        return run_id, op.batch

    def read(self, form: StartForm, loaded: "Loaded | None" = None) -> Ready | Refusal:
        """The form, if it fits; `loaded` is its playbook, for callers that have it."""
        client = self._client(form)
        if isinstance(client, Refusal):
            return client
        found = loaded or self.workspace.playbooks.load(form.playbook)
        if isinstance(found, Refusal):
            return found
        body = self._body(form, found.playbook, client)
        if isinstance(body, Refusal):
            return body
        body = {
            "playbook": found.playbook.id,
            "language": found.playbook.language,
            "version": found.hash,
            **body,
        }
        twins = self.workspace.playbooks.twins(found.playbook)
        if twins:
            body["translations"] = {twin.playbook.language: twin.hash for twin in twins}
        if form.parent:
            parent = self._parent(self.workspace.store, form, client)
            if isinstance(parent, Refusal):
                return parent
            title = parent.view.steps[form.parent_step].step.title
            body |= {"parent": parent.run.name, "because": clean(form.because.strip()) or title}
        return Ready(found, found.playbook, tuple(twins), client, body)

    def _parent(self, reader: Reader, form: StartForm, client: Client) -> Held | Refusal:
        """The run whose step starts this one: of the same client, open, and not having done so already."""
        run_id = find_run(reader, form.parent)
        held = run_id if isinstance(run_id, Refusal) else self.writing.held(reader, run_id)
        if held is None or isinstance(held, Refusal):
            return held or Refusal("no-run", {"run": form.parent})
        step = any_step(self.writing.sheet(held), form.parent_step)
        if isinstance(step, Refusal):
            return step
        if held.client.id != client.id:
            return Refusal("other-client", {"run": held.run.name, "client": client.name})
        if step.progress.started_runs and not form.again:
            runs = list(step.progress.started_runs)
            return Refusal("started-already", {"step": step.step.title, "runs": runs})
        return held

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
        calendar = self.writing.calendar(client)
        typed = {key: value for key, value in form.answers.items() if key != "target"}
        clock, country = self.workspace.clock, client.settings.get("country", "")
        typed = as_meant(playbook.fields, typed, clock.today(), calendar, clock.now(), country)
        parsed = decide.parse_answers(playbook.fields, typed, calendar)
        if isinstance(parsed, Refusal):
            return parsed
        days = {"start": as_stamp(start), "target": as_stamp(target) if target else None}
        op = Operation("", 0, "", "", "", client.id, "", "", "start", {**days, "answers": parsed}, "")
        run = begin(op, playbook)
        offered = prefilled((f for f in playbook.fields if f.id not in parsed), client, calendar)
        asked = {f.id for f in asked_with(run, calendar, client.facts(), "", offered)}
        known = {**run.answers, **{key: value for key, value in offered.items() if key in asked}}
        answers = {field.id: known[field.id] for field in playbook.fields if field.id in known}
        if lacking := missing_fields(with_answers(run, "", answers), calendar, client.facts(), ""):
            return Refusal("fields-missing", {"step": playbook.title, "labels": [f.label for f in lacking], "fields": [f.id for f in lacking]})  # fmt: skip
        if wrong := [role for role in form.roles if role not in playbook.roles]:
            return Refusal("no-role", {"playbook": playbook.title, "role": wrong[0]})
        roles = {role: line(form.roles.get(role, "")) or self.workspace.me for role in playbook.roles}
        saves = decide.saves_of(playbook.fields, parsed)
        return {**days, "answers": answers, "roles": roles, **({"saves": saves} if saves else {})}

    def _start(self, form: StartForm, playbook: Playbook) -> Moment | Refusal:
        clock, calendar = self.workspace.clock, self.workspace.calendars.base()
        wants_instant = needs_instant(playbook)
        if not form.start.strip():
            return clock.now() if wants_instant else clock.today()
        moment = read_day(form.start, clock.today(), calendar, back=RECENT, now=clock.now())
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
        if isinstance(moment, Refusal):
            return Refusal(moment.code, {**moment.args, "field": "target"})
        return day_of(moment, calendar)

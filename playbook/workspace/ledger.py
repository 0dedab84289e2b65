"""A client's ledger: log, close, put off; and what follows from it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from playbook.core import figures as figures_of
from playbook.core.calendar import as_stamp, from_stamp
from playbook.core.check_in import next_check_in
from playbook.core.client import Client, Entry, amended
from playbook.core.decide import Typed
from playbook.core.decide import ledger as decide
from playbook.core.entry_kinds import ASLEEP, KINDS, cautions
from playbook.core.figures import Standing
from playbook.core.ledger import heard
from playbook.core.nearest import nearest
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.core.verdict import Verdict, verdict
from playbook.store import journal, ledger_rows, queries
from playbook.workspace.typing_in import as_meant

if TYPE_CHECKING:
    from collections.abc import Callable

    from playbook.core.figures import Balance
    from playbook.core.schedule import Moment
    from playbook.workspace import Workspace
    from playbook.workspace.forgetting import Deleted

_NAME = re.compile(r"([^#]+)#(\d{1,9})")


def _with_its_day(entry: Entry) -> str:
    """A promise with the day they were told; a concern as it is."""
    has_day = entry.kind == "promise" and entry.on != entry.at and len(entry.on) == len("2026-11-27")
    return f"{line(entry.text)} {entry.on}" if has_day else line(entry.text)


def _news(draft: Draft, entry: Entry | None) -> list[dict[str, Any]]:
    """The entries that a change makes, and the entry it changes as it will say; what is only put off is no news."""
    made = list(draft.body.get("entries") or ())
    is_changed = draft.kind == "amend" and ASLEEP not in draft.body.get("values", {})
    return [*made, amended(entry, draft.body)._asdict()] if entry is not None and is_changed else made


@dataclass(frozen=True, slots=True)
class Logged:
    """What was written."""

    client: Client
    entries: tuple[Entry, ...]
    """The new entries."""
    cautions: tuple[str, ...]
    """What the PM should know about them, each by its code."""


class Ledger:
    """Every change returns what stands after COMMIT, or the refusal."""

    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    # Reading.

    def entries(self, client_id: str) -> list[Entry]:
        """A client's ledger, oldest first."""
        return ledger_rows.entries(self.workspace.store, client_id)

    def standing(self, client_id: str) -> Standing | None:
        """How a client stands today."""
        return self._standing(client_id, lambda _entries: self.workspace.clock.today())

    def standing_on_paper(self, client_id: str) -> Standing | None:
        """How a client stood when its newest entry was logged: the same on every day that it is asked."""
        calendar, today = self.workspace.calendars.base(), self.workspace.clock.today()
        return self._standing(
            client_id, lambda entries: max((calendar.day_of_stamp(e.at) for e in entries), default=today)
        )

    def _standing(self, client_id: str, day_of: "Callable[[list[Entry]], date]") -> Standing | None:
        client = queries.client_by_id(self.workspace.store, client_id)
        if client is None:
            return None
        entries = self.entries(client_id)
        calendar = self.workspace.calendars.base()
        found = figures_of.figures(entries, client.facts(), day_of(entries), calendar)
        is_active = queries.has_open_runs(self.workspace.store, client_id)
        return Standing(client, tuple(entries), found, is_active)

    def next_check_in(self, client_id: str) -> "Moment | None":
        """When they hear from us next about how it goes, as far as steps and entries tell."""
        workspace = self.workspace
        opened = [workspace.runs.open(row.id) for row in queries.run_rows(workspace.store, client_id)]
        sheets = [found.sheet for found in opened if not isinstance(found, Refusal)]
        kept = ledger_rows.entries(workspace.store, client_id)
        return next_check_in(sheets, kept, workspace.clock.now(), workspace.calendars.base())

    def known(self, client_id: str, name: str) -> Any:
        """What texts may name of a client that follows from its ledger (`client.DERIVED`), as stored values."""
        if name == "next-check-in":
            moment = self.next_check_in(client_id)
            return None if moment is None else as_stamp(moment)
        standing = self.standing(client_id)
        return None if standing is None else self.known_of(standing, name)

    @staticmethod
    def known_of(standing: Standing, name: str) -> Any:
        """What texts may name of how a client stands, all but the next check-in."""
        found = standing.figures
        days = {"last-face": found.last_face, "last-voice": found.last_voice}
        if name in days:
            day = days[name]
            return None if day is None else as_stamp(day)
        entries = found.promises if name == "open-promises" else found.concerns
        return [_with_its_day(entry) for entry in entries] or None

    def balance(self, client_id: str) -> "Balance":
        """Steps done for a client in 90 days: for the person, and for the work."""
        store, clock = self.workspace.store, self.workspace.clock
        since = as_stamp(clock.now() - figures_of.LOOK_BACK)
        operations = journal.operations_of_client(store, client_id)
        return figures_of.balance(operations, ledger_rows.sides_of_steps(store, client_id), since)

    def find(self, ref: str) -> tuple[str, int] | Refusal:
        """The client and number that `client#12` means; the client may be shortened as everywhere."""
        match = _NAME.fullmatch(ref.strip())
        if match is None:
            return Refusal("entry-ref", {"entry": line(ref)[:60]})
        client_id = self.workspace.clients.find(match[1])
        return client_id if isinstance(client_id, Refusal) else (client_id, int(match[2]))

    def get(self, client_id: str, number: int) -> Entry | None:
        """One entry."""
        return next(iter(ledger_rows.entries_numbered(self.workspace.store, client_id, [number])), None)

    # Changing.

    def log(
        self, client_id: str, kind: str, text: str = "", typed: Mapping[str, Typed] | None = None, *, owner: str = "us",
        next_word: Mapping[str, Typed] | None = None, run_id: str = "",
    ) -> Logged | Refusal:  # fmt: skip
        """Write an entry; days are read as people write them. `next_word` is the one given in the same contact.

        With the open run that it was said in, it is a part of that run: of its history, export and undo.
        """

        def decided(client: Client) -> Draft | Refusal:
            entries = self._entries(client, kind, text, typed or {}, owner, next_word)
            if isinstance(entries, Refusal):
                return entries
            words = ledger_rows.open_words(self.workspace.store, client_id)
            closed = heard(entries, words, self.workspace.clock.stamp(), self.workspace.calendars.base())
            return Draft("log", "", {"entries": entries, **({"closed": closed} if closed else {})})

        return self._record(client_id, decided, run_id)

    def would_log(
        self, client_id: str, kind: str, text: str, typed: Mapping[str, Typed], *, owner: str = "us",
        next_word: Mapping[str, Typed] | None = None,
    ) -> list[str] | Refusal:  # fmt: skip
        """What the PM should know before this is logged, each by its code; or why it cannot be."""
        client = self.workspace.clients.get(client_id)
        if client is None:
            return Refusal("no-client", {"client": client_id})
        entries = self._entries(client, kind, text, typed, owner, next_word)
        if isinstance(entries, Refusal):
            return entries
        return self._cautions(client_id, entries)

    def _cautions(self, client_id: str, entries: list[dict[str, Any]]) -> list[str]:
        calendar, at = self.workspace.calendars.base(), self.workspace.clock.stamp()
        found = [code for entry in entries for code in cautions(entry, calendar)]
        if any(entry["values"].get("topic") == "money" for entry in entries):
            from playbook.core.decide.money import is_contact_unspoken

            kept = ledger_rows.entries(self.workspace.store, client_id)
            found += ["money-unspoken"] * is_contact_unspoken(entries, kept, at, calendar)
        return list(dict.fromkeys(found))

    def _entries(
        self, client: Client, kind: str, text: str, typed: Mapping[str, Typed], owner: str,
        next_word: Mapping[str, Typed] | None,
    ) -> list[dict[str, Any]] | Refusal:  # fmt: skip
        wanted = [(line(kind).casefold(), text, dict(typed), owner)]
        if next_word and str(next_word.get("on", "")).strip():
            said = dict(next_word)
            wanted.append(("next-word", str(said.pop("text", "")) or text, said, "us"))
        entries = []
        for one in wanted:
            entry = self._entry(client, *one)
            if isinstance(entry, Refusal):
                return entry
            entries.append(entry)
        return self._fair(client, entries) or entries

    def _entry(self, client: Client, kind: str, text: str, typed: Mapping[str, Typed], owner: str) -> dict[str, Any] | Refusal:  # fmt: skip
        calendar, today = self.workspace.calendars.base(), self.workspace.clock.today()
        now, country = self.workspace.clock.now(), client.settings.get("country", "")
        days = as_meant((*KINDS.get(kind, ()), decide.ON), typed, today, calendar, now, country)
        at = self.workspace.clock.stamp()
        return decide.log(kind, text, days, at=at, calendar=calendar, facts=client.facts(), owner=owner)

    def word(self, client: Client, text: str, day: str) -> dict[str, Any] | Refusal:
        """A next word that is about to be logged, its day as people write it."""
        return self._entry(client, "next-word", text, {"on": day}, "us")

    def unfair(self, client_id: str, entries: list[dict[str, Any]]) -> Refusal | None:
        """Why these may not be logged: what they cost passes the client's cap, and nobody agreed to it."""
        client = (
            self.workspace.clients.get(client_id) if any("cost" in e["values"] for e in entries) else None
        )
        return self._fair(client, entries) if client else None

    def _fair(self, client: Client, entries: list[dict[str, Any]], *, but: int = 0) -> Refusal | None:
        """Making good beyond the goodwill cap needs somebody's name who agreed to it. `but` is the entry that is changed."""
        from playbook.core.fairness import over_cap

        kept = (
            ledger_rows.entries(self.workspace.store, client.id)
            if any("cost" in e["values"] for e in entries)
            else []
        )
        return over_cap(entries, [entry for entry in kept if entry.n != but], client.facts())

    def verdict(
        self, worse: Collection[str], check_in: "date | datetime | None", *, mendable: bool = False
    ) -> Verdict:
        """When to tell news of which this is worse than they expect."""
        return verdict(
            worse, self.workspace.clock.now(), check_in, self.workspace.calendar, mendable=mendable
        )

    def verdict_on(self, client_id: str, entry: Entry) -> Verdict | None:
        """The verdict on what is kept for a check-in, when something about it is worse than they expect.

        Without a day of its own it is the client's next check-in that counts.
        """
        worse = entry.values.get("worse")
        if entry.kind != "batch" or not isinstance(worse, list) or not worse:
            return None
        day = from_stamp(entry.on) if entry.on != entry.at else self.next_check_in(client_id)
        return self.verdict(worse, day, mendable=entry.values.get("mendable") == "yes")

    def close(
        self, client_id: str, number: int, outcome: str = "", *, on: str = "", reason: str = ""
    ) -> Logged | Refusal:
        """Say how an entry ended; a promise moved with notice gets its new day."""
        at, calendar = self.workspace.clock.stamp(), self.workspace.calendars.base()
        day = str(as_meant((decide.ON,), {"on": on}, self.workspace.clock.today(), calendar)["on"])
        return self._about(
            client_id, number,
            lambda entry: decide.close(entry, outcome, at=at, calendar=calendar, on=day, reason=reason),
        )  # fmt: skip

    def would_close(self, entry: Entry, outcome: str = "", *, on: str = "") -> Draft | Refusal:
        """What closing an entry so would record, or why it cannot be."""
        at, calendar = self.workspace.clock.stamp(), self.workspace.calendars.base()
        return decide.close(entry, outcome, at=at, calendar=calendar, on=on)

    def reopen(self, client_id: str, number: int) -> Logged | Refusal:
        """Open an entry again."""
        return self._about(client_id, number, decide.reopen_entry)

    def amend(
        self, client_id: str, number: int, typed: Mapping[str, Typed], *, reason: str = ""
    ) -> Logged | Refusal:
        """Say an entry's text, day, owner or values anew."""
        return self._about(
            client_id, number, lambda entry: self._amended(client_id, entry, typed, reason=reason)
        )

    def would_amend(self, client_id: str, entry: Entry, typed: Mapping[str, Typed]) -> list[str] | Refusal:
        """What the PM should know before an entry is changed so, each by its code; or why it cannot be."""
        draft = self._amended(client_id, entry, typed)
        return draft if isinstance(draft, Refusal) else self._cautions(client_id, _news(draft, entry))

    def _amended(
        self, client_id: str, entry: Entry, typed: Mapping[str, Typed], *, reason: str = ""
    ) -> Draft | Refusal:
        calendar, today = self.workspace.calendars.base(), self.workspace.clock.today()
        days = as_meant(
            (*KINDS.get(entry.kind, ()), decide.ON), typed, today, calendar, self.workspace.clock.now()
        )
        draft = decide.amend(entry, days, calendar=calendar, reason=reason)
        client = self.workspace.clients.get(client_id)
        if isinstance(draft, Refusal) or client is None:
            return draft
        costs = {"cost", "approver"} & draft.body.get("values", {}).keys()
        return (self._fair(client, _news(draft, entry), but=entry.n) if costs else None) or draft

    def put_off(self, client_id: str, number: int, until: date, *, reason: str = "") -> Logged | Refusal:
        """Leave an open entry out of sight until a day."""
        today = self.workspace.clock.today()
        return self._about(
            client_id, number, lambda entry: decide.put_off(entry, until, today=today, reason=reason)
        )

    def forget_fact(self, client_id: str, number: int) -> "Deleted | Refusal":
        """Delete a fact about a person for good, history and automatic backups included."""
        from playbook.workspace.forgetting import forget_fact

        return forget_fact(self.workspace, client_id, number)

    def _about(
        self, client_id: str, number: int, decided: "Callable[[Entry], Draft | Refusal]"
    ) -> Logged | Refusal:
        def of_client(client: Client) -> Draft | Refusal:
            entry = self.get(client_id, number)
            if entry is None:
                return Refusal("no-ledger-entry", {"entry": f"{client.slug}#{number}"})
            return decided(entry)

        return self._record(client_id, of_client)

    def _record(
        self, client_id: str, decided: "Callable[[Client], Draft | Refusal]", run_id: str = ""
    ) -> Logged | Refusal:
        writing = self.workspace.runs.writing
        with self.workspace.store.write() as tx:
            client = queries.client_by_id(tx, client_id)
            draft = Refusal("no-client", {"client": client_id}) if client is None else decided(client)
            if client is None or isinstance(draft, Refusal):
                assert isinstance(draft, Refusal)
                return draft
            about = self.get(client_id, n) if isinstance(n := draft.body.get("n"), int) else None
            said = self._cautions(client_id, _news(draft, about))
            held = writing.held(tx, run_id) if run_id else None
            if held is not None and held.run.state == "open":
                after, batch = writing.record(tx, held, draft)
                [op], client = journal.operations_of_batch(tx, batch), after.client
            else:
                op = writing.append(tx, client_id, "", draft)
                client = writing.note_on_client(tx, client, op)
            made = [int(entry["n"]) for entry in op.body.get("entries") or ()]
            entries = tuple(ledger_rows.entries_numbered(tx, client_id, made or decide.numbers_of(op.body)))
        return Logged(client, entries, tuple(said))

    # What the kinds are.

    @staticmethod
    def kind_of(begun: str) -> str | Refusal:
        """The kind that a word or its beginning means."""
        wanted = line(begun).casefold()
        found = [kind for kind in KINDS if kind == wanted] or [
            kind for kind in KINDS if kind.startswith(wanted)
        ]
        if len(found) == 1:
            return found[0]
        return Refusal(
            "entry-kind", {"kind": wanted[:40], "known": list(KINDS), "near": nearest(wanted, KINDS)}
        )

"""What lists and screens ask for: rows as NamedTuples, from columns that are kept ready for them."""

from typing import TYPE_CHECKING, Any, NamedTuple

from playbook.core.text import folded
from playbook.store.database import Reader
from playbook.store.trouble import StoreTrouble

if TYPE_CHECKING:
    from playbook.core.client import Client


class TodayRow(NamedTuple):
    """One open step, wherever it is."""

    run_id: str
    run_name: str
    client_slug: str
    client_name: str
    playbook_title: str
    step_id: str
    step_title: str
    channel: str
    key: bool
    due: str
    """Day or instant; "" when it has none."""
    locked: bool
    court: str
    """client or third when one of them has to move now."""
    ord: int
    """Its place in its playbook."""
    blocked: bool = False
    person: str = ""
    """Who is to do it."""


class ReadyRow(NamedTuple):
    """An open run with nothing left to do."""

    run_id: str
    run_name: str
    client_slug: str
    client_name: str
    title: str
    done: int
    total: int


class DueCounts(NamedTuple):
    """How many open steps are overdue, due later today, and due in the days after."""

    overdue: int
    today: int
    week: int


class ClientRow(NamedTuple):
    """A client in a list."""

    id: str
    slug: str
    name: str
    open_runs: int
    next_due: str | None
    last_voice: str | None = None
    """The day they last heard us."""
    quiet_on: str | None = None
    """The day from which that is too long ago."""
    next_word: str | None = None
    """The day or instant on which they hear from us next, as far as they were told."""

    @property
    def lacks_word(self) -> bool:
        """Whether work goes on for them, and they do not know when they hear from us."""
        return bool(self.open_runs) and not self.next_word


class RunRow(NamedTuple):
    """A run in a list."""

    id: str
    name: str
    client: str
    client_slug: str
    client_name: str
    playbook: str
    language: str
    version: str
    title: str
    state: str
    start: str
    target: str | None
    done: int
    total: int
    next_due: str | None
    started_at: str
    ended_at: str | None


class RunHead(NamedTuple):
    """What tells whether a run was changed since it was last read."""

    client: str
    version: str
    ops: int


class Found(NamedTuple):
    """A run or client that a text may mean."""

    id: str
    name: str
    """A run's name or a client's slug."""

    @property
    def exact(self) -> bool:
        """Whether the text is its whole name, not only the beginning."""
        return False


class Exact(Found):
    """One that a text means for certain."""

    @property
    def exact(self) -> bool:
        """Always: the text is its whole name."""
        return True


class Named(NamedTuple):
    """A run or client in the palette."""

    kind: str
    """run or client."""
    id: str
    name: str
    title: str


class Version(NamedTuple):
    """A run's copy of its playbook."""

    hash: str
    playbook: str
    language: str
    title: str
    text: str
    data: dict[str, Any]
    v: int


class Totals(NamedTuple):
    """How much there is."""

    clients: int
    open_runs: int


# Today.

_ROW = """select s.run, r.name, c.slug, c.name, r.title, s.step_id, coalesce(v.title, s.title, s.step_id),
                 coalesce(v.channel, ''), coalesce(v.key, 0), coalesce(s.due, ''), s.locked, coalesce(s.court, ''), coalesce(v.ord, 9999), s.blocked, s.person
          from step s indexed by {index} cross join run r on r.id = s.run join client c on c.id = r.client
          left join version_step v on v.version = r.version and v.step_id = s.step_id"""


def today_rows(reader: Reader, until: str, limit: int, person: str = "") -> list[TodayRow]:
    """Open steps of open runs due by a day or instant, the earliest first; days and instants compare as text.

    With a `person`, those that are somebody else's are left out; the same goes for the other lists.
    """
    query = f"""{_ROW.format(index="step_due")}
        where s.due is not null and s.due <= :until {_whose(person)} order by s.due limit :limit"""
    return _today(reader, query, until=until, limit=limit, person=person)


def waiting_rows(reader: Reader, limit: int, person: str = "") -> list[TodayRow]:
    """Open, unlocked steps of open runs where the client or a third party has to move."""
    query = f"""{_ROW.format(index="step_court")}
        where s.court is not null {_whose(person)} order by s.court, s.run limit :limit"""
    return _today(reader, query, limit=limit, person=person)


def blocked_rows(reader: Reader, limit: int, person: str = "") -> list[TodayRow]:
    """Open steps of open runs that somebody flagged as blocked, those with a day to look at them first."""
    query = f"""{_ROW.format(index="step_blocked")}
        where s.blocked = 1 {_whose(person)} order by s.due is null, s.due limit :limit"""
    return _today(reader, query, limit=limit, person=person)


def _whose(person: str) -> str:
    return "and s.person in (:person, '')" if person else ""


def owned_by(client: str, person: str, otherwise: str = ":person") -> str:
    """A test that a client (its alias in a query) is a person's own, or of one without an owner that `otherwise` is."""
    owner = f"coalesce(nullif(json_extract({client}.data, '$.settings.owner'), ''), {otherwise})"
    return f"and {owner} = :person" if person else ""


def _today(reader: Reader, query: str, **values: Any) -> list[TodayRow]:
    rows = reader.read(query, values)
    return [
        TodayRow(*row)._replace(key=bool(row[8]), locked=bool(row[10]), blocked=bool(row[13])) for row in rows
    ]


def due_counts(
    reader: Reader, today: str, now: str, week_end: str, today_ends: str, week_ends: str, person: str = ""
) -> DueCounts:
    """How many open steps are due when. Days up to `week_end`; each end is the instant at which that day is over."""
    overdue = later = week = 0
    query = f"""select due, count(*) from step s indexed by step_due
                where due is not null and due <= :until {_whose(person)} group by due"""
    for due, count in reader.read(query, {"until": max(week_end, week_ends), "person": person}):
        is_day = len(due) == len(today)
        if due < (today if is_day else now):
            overdue += count
        elif due == today if is_day else due < today_ends:
            later += count
        elif due <= week_end if is_day else due < week_ends:
            week += count
    return DueCounts(overdue, later, week)


def ready_rows(reader: Reader, limit: int, person: str = "") -> list[ReadyRow]:
    """Open runs whose every step is settled, by client; with a `person` those of clients that are theirs or nobody's."""
    query = f"""select r.id, r.name, c.slug, c.name, r.title, r.done, r.total
               from run r indexed by run_state cross join client c on c.id = r.client
               where r.state = 'open' and r.next_due is null and r.total > 0 and r.done >= r.total
               {owned_by("c", person)} order by r.id limit :limit"""
    rows = [ReadyRow(*row) for row in reader.read(query, {"limit": limit, "person": person})]
    return sorted(rows, key=lambda row: (row.client_name.casefold(), row.run_name))


def totals(reader: Reader) -> Totals:
    """How many clients there are, and open runs."""
    [row] = reader.read("select count(*), coalesce(sum(open_runs), 0) from client indexed by client_home")
    return Totals(*row)


# Clients.


def owners(reader: Reader) -> list[str]:
    """Everybody who owns a client, by name."""
    query = """select distinct json_extract(data, '$.settings.owner') from client
               where json_extract(data, '$.settings.owner') > '' order by 1"""
    return [row[0] for row in reader.read(query)]


def client_rows(reader: Reader) -> list[ClientRow]:
    """Every client, those with something due first."""
    query = """select id, slug, name, open_runs, next_due, last_voice, quiet_on from client indexed by client_home
               order by next_due is null, next_due, name collate nocase"""
    return [ClientRow(*row) for row in reader.read(query)]


def has_open_runs(reader: Reader, client_id: str) -> bool:
    """Whether something is under way for a client."""
    return any(count for (count,) in reader.read("select open_runs from client where id = ?", (client_id,)))


def client_by_id(reader: Reader, client_id: str) -> "Client | None":
    """The client as it stands, without its ledger."""
    from playbook.core.client import Client, Contact

    rows = reader.read("select slug, name, added_at, data from client where id = ?", (client_id,))
    if not rows:
        return None
    slug, name, added_at, text = rows[0]
    data = plain(reader, text)
    try:
        contacts = tuple(Contact(**contact) for contact in data["contacts"])
        return Client(client_id, slug, name, data["settings"], contacts, data["saved"], (), added_at)
    except (KeyError, TypeError):
        raise StoreTrouble("store-damaged", reader.path) from None


def clients_named(reader: Reader, text: str) -> list[Found]:
    """Clients a text means: by slug or whole name, else by the beginning of either; case and accents are no matter."""
    wanted = folded(text.strip())
    if not wanted:
        return []
    exact = reader.read(
        "select id, slug from client where slug = ? or search = ? order by slug", (wanted, wanted)
    )
    query = "select id, slug from client where slug like ? escape '!' or search like ? escape '!' order by slug limit ?"
    start = f"{_for_like(wanted)}%"
    return [Exact(*row) for row in exact] or [
        Found(*row) for row in reader.read(query, (start, start, _CANDIDATES))
    ]


def all_client_slugs(reader: Reader) -> list[Found]:
    """Every client's id and slug."""
    return [Found(*row) for row in reader.read("select id, slug from client order by slug")]


# Runs.

_RUN = """select r.id, r.name, r.client, c.slug, c.name, r.playbook, r.language, r.version, r.title, r.state, r.start,
                 r.target, r.done, r.total, r.next_due, r.started_at, r.ended_at
          from run r join client c on c.id = r.client"""


def run_rows(reader: Reader, client: str | None = None, *, ended: bool = False) -> list[RunRow]:
    """Runs of a client (its id) or of all, the next due first; with `ended` also those that are over."""
    tests = ["r.client = :client"] if client is not None else []
    tests += [] if ended else ["r.state = 'open'"]
    where = f"where {' and '.join(tests)}" if tests else ""
    query = f"{_RUN} {where} order by r.state <> 'open', r.next_due is null, r.next_due, r.name"
    return [RunRow(*row) for row in reader.read(query, {"client": client})]


def run_row(reader: Reader, run_id: str) -> RunRow | None:
    """One run, as in a list."""
    return next((RunRow(*row) for row in reader.read(f"{_RUN} where r.id = ?", (run_id,))), None)


def run_head(reader: Reader, run_id: str) -> RunHead | None:
    """Whose run it is, of which playbook, and how many operations its rows were made from."""
    rows = reader.read("select client, version, ops from run where id = ?", (run_id,))
    return RunHead(*rows[0]) if rows else None


def runs_named(reader: Reader, text: str) -> list[Found]:
    """Runs a text means: the one of that name, else those whose names begin so."""
    wanted = text.strip().lower()
    if not wanted:
        return []
    exact = reader.read("select id, name from run where name = ?", (wanted,))
    query = "select id, name from run where name >= ? and name < ? order by name limit ?"
    begun = (wanted, wanted + _LAST, _CANDIDATES)
    return [Exact(*row) for row in exact] or [Found(*row) for row in reader.read(query, begun)]


def has_runs(reader: Reader) -> bool:
    """Whether there is any run."""
    return bool(reader.read("select 1 from run limit 1"))


def all_run_names(reader: Reader) -> list[Found]:
    """Every run's id and name."""
    return [Found(*row) for row in reader.read("select id, name from run order by name")]


_CANDIDATES = 20
_LAST = "\U0010ffff"
"""Sorts after every letter a name can go on with."""


def search_names(reader: Reader, text: str, limit: int) -> list[Named]:
    """Clients and runs whose names hold the text, clients first and open runs before those that are over."""
    wanted = f"%{_for_like(folded(text.strip()))}%"
    query = """
        select * from (select 'client', id, slug, name from client
            where search like :wanted escape '!' or slug like :wanted escape '!' order by name collate nocase limit :limit)
        union all
        select * from (select 'run', id, name, title from run
            where name like :wanted escape '!' order by state <> 'open', name limit :limit)
        limit :limit"""
    return [Named(*row) for row in reader.read(query, {"wanted": wanted, "limit": limit})]


def _for_like(text: str) -> str:
    """The text for `like … escape '!'`, with nothing in it that stands for other letters."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


# Copies of playbooks.


def version(reader: Reader, version_hash: str) -> Version | None:
    """A playbook's text and data as a run began with it."""
    query = "select hash, playbook, language, title, text, data, v from version where hash = ?"
    rows = reader.read(query, (version_hash,))
    return Version(*rows[0])._replace(data=plain(reader, rows[0][5])) if rows else None


def all_versions(reader: Reader) -> list[str]:
    """The hash of every copy that is kept."""
    return [row[0] for row in reader.read("select hash from version order by hash")]


def plain(reader: Reader, text: str) -> dict[str, Any]:
    """The plain values of a column; raises StoreTrouble when they are none."""
    import json  # plain lists need none

    try:
        data = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise StoreTrouble("store-damaged", reader.path) from None
    if not isinstance(data, dict):
        raise StoreTrouble("store-damaged", reader.path)
    return data

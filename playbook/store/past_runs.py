"""Runs that are over, by their playbook, and what they left: two statements, however many there are."""

from typing import NamedTuple

from playbook.store.database import Reader


class PastRow(NamedTuple):
    """A finished or abandoned run."""

    id: str
    name: str
    client_name: str
    state: str
    start: str
    target: str | None
    started_at: str
    ended_at: str
    left_open: int


class Count(NamedTuple):
    """How many steps or promises of a run ended in one way."""

    run: str
    what: str
    """step or promise."""
    outcome: str
    """A step's state; how a promise ended, "" while it is open."""
    number: int


ALL = -1
"""The limit that is none."""

_PAST = """select id, client, ended_at from run indexed by run_playbook
           where playbook = :playbook and state in ('finished', 'abandoned') and :client in ('', client)"""


def past_runs(reader: Reader, playbook: str, client: str = "", limit: int = ALL) -> list[PastRow]:
    """Ended runs of a playbook, for one client (its id) or all, the newest first."""
    query = f"""select r.id, r.name, c.name, r.state, r.start, r.target, r.started_at, r.ended_at, r.total - r.done
                from ({_PAST} order by ended_at desc limit :limit) p
                cross join run r on r.id = p.id join client c on c.id = r.client order by r.ended_at desc, r.name"""
    return [PastRow(*row) for row in reader.read(query, _values(playbook, client) | {"limit": limit})]


def counts_of_past_runs(reader: Reader, playbook: str, client: str = "") -> list[Count]:
    """What the ended runs of a playbook left out, and how the promises ended that we made in them.

    Each ledger is gone through once, not once a run: a client may have had the playbook every week.
    """
    query = f"""with past as materialized ({_PAST})
        select s.run, 'step', s.state, count(*) from past cross join step s on s.run = past.id
            where s.state in ('skipped', 'n/a') and not s.hidden group by s.run, s.state
        union all
        select e.run, 'promise', coalesce(e.outcome, ''), count(*)
            from (select distinct client from past) p cross join entry e on e.client = p.client
            where e.kind = 'promise' and e.owner = 'us' and e.run in (select id from past)
            group by e.run, coalesce(e.outcome, '')"""
    return [Count(*row) for row in reader.read(query, _values(playbook, client))]


def _values(playbook: str, client: str) -> dict[str, str | int]:
    return {"playbook": playbook, "client": client}

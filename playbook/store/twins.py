"""Runs that are not the only open one of their playbook with their client."""

from typing import NamedTuple

from playbook.store.database import Reader


class TwinRow(NamedTuple):
    """An open run that is not the only one of its playbook with its client."""

    id: str
    ops: int
    start: str


def twin_rows(reader: Reader, run_ids: list[str]) -> list[TwinRow]:
    """Those of these open runs beside which the client has another open one of the same playbook."""
    marks = ", ".join("?" * len(run_ids))
    query = f"""select r.id, r.ops, r.start from run r where +r.state = 'open' and r.id in ({marks})
                and exists (select 1 from run o indexed by run_client where o.client = r.client and o.state = 'open'
                            and o.playbook = r.playbook and o.id <> r.id)"""
    return [TwinRow(*row) for row in reader.read(query, tuple(run_ids))]

"""What the store tells of the runs that use the copies of a playbook."""

from playbook.store.database import Reader


def states_of_runs(reader: Reader, playbook_id: str) -> dict[str, str]:
    """How each run of a playbook stands, by its id."""
    return dict(reader.read("select id, state from run where playbook = ?", (playbook_id,)))

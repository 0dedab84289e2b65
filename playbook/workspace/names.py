"""From what a person types to the run or client they mean."""

from collections.abc import Sequence

from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.store import queries
from playbook.store.database import Reader


def find_run(reader: Reader, ref: str) -> str | Refusal:
    """The id of a run by its exact name, else by an unambiguous prefix."""
    found = queries.runs_named(reader, ref)
    return _only(found, ref, "run", [name for _, name in queries.all_run_names(reader)] if not found else [])


def find_client(reader: Reader, ref: str) -> str | Refusal:
    """The id of a client by slug or name, else by an unambiguous prefix of either."""
    found = queries.clients_named(reader, ref)
    return _only(
        found, ref, "client", [name for _, name in queries.all_client_slugs(reader)] if not found else []
    )


def _only(found: Sequence[tuple[str, str]], ref: str, what: str, known: list[str]) -> str | Refusal:
    """The one that was found; `found` and its like are pairs of id and name."""
    shown = line(ref)[:60]
    if len(found) == 1:
        return found[0][0]
    if found:
        return Refusal(f"many-{what}s", {what: shown, "names": [name for _, name in found]})
    from difflib import get_close_matches

    near = get_close_matches(ref.casefold(), known, 1)
    return Refusal(f"no-{what}", {what: shown, "near": near[0] if near else ""})

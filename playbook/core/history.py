"""The history of a run or client, for people: each change with what it was before and after."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from playbook.core.operations import Operation, order, switched_off, table, tables, text


class HistoryRow(NamedTuple):
    """One change. An operation that recorded several answers gives a row for each, under the same `seq`."""

    seq: int
    at: str
    by: str
    kind: str
    step: str | None
    field: str | None
    entry: str | None
    old: Any
    new: Any
    reason: str | None
    undoes: int | None
    is_undone: bool
    run: str


_NEW_STATE: Mapping[str, str] = {
    "tick": "done", "skip": "skipped", "na": "n/a", "reopen": "open", "finish": "finished", "abandon": "abandoned",
    "reopen-run": "open", "start": "open",
}  # fmt: skip


def history(operations: Iterable[Operation], client_slug: str) -> list[HistoryRow]:
    """Every change in order, the undone ones too."""
    every = sorted(operations, key=order)
    off = switched_off(every)
    first: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for op in every:
        first.setdefault(op.batch, op.seq)
        kinds.setdefault(op.batch, op.kind)
    return [row for op in every for row in _rows(op, first, kinds, op.batch in off, client_slug)]


def _rows(
    op: Operation, first: Mapping[str, int], kinds: Mapping[str, str], is_undone: bool, slug: str
) -> list[HistoryRow]:
    body = op.body
    kind = "redo" if op.kind == "undo" and kinds.get(op.undoes) == "undo" else op.kind
    override, old = table(body.get("override")), table(body.get("old"))
    blank = HistoryRow(
        op.seq, op.at, op.by, kind, op.step or None, None, None, None, None,
        text(body.get("reason")) or text(override.get("reason")) or None, first.get(op.undoes), is_undone, op.run,
    )  # fmt: skip
    rows: list[HistoryRow] = []
    if op.kind == "dates":
        moved = [name for name in ("start", "target") if old.get(name) != body.get(name)]
        rows += [blank._replace(field=name, old=old.get(name), new=body.get(name)) for name in moved]
    elif op.kind == "amend":
        name = f"{slug}#{body.get('n')}"
        new = {**body, **table(body.get("values"))}
        rows += [
            blank._replace(entry=name, field=part, old=was, new=new.get(part)) for part, was in old.items()
        ] or [blank._replace(entry=name)]
    elif op.kind == "forget":
        rows.append(blank._replace(entry=f"{slug}#{body.get('n')}"))
    elif op.kind not in ("answer", "log", "close"):
        rows.append(blank._replace(old=_old(op), new=_new(op), field=text(body.get("role")) or None))
    for field_id, value in table(body.get("answers")).items():
        rows.append(blank._replace(field=field_id, old=old.get(field_id), new=value, reason=None))
    for entry in tables(body.get("entries")):
        rows.append(blank._replace(entry=f"{slug}#{entry.get('n')}", new=entry.get("text"), reason=None))
    for entry in tables(body.get("closed")):
        rows.append(
            blank._replace(
                entry=f"{slug}#{entry.get('n')}",
                old=entry.get("old") or "open",
                new=entry.get("outcome") or "open",
                reason=blank.reason if op.kind == "close" else None,
            )
        )
    return rows or [blank]


def _old(op: Operation) -> Any:
    if op.kind in ("tick", "skip", "na"):
        return "open"
    if op.kind in ("block", "unblock"):
        return None  # the reason before is in its own row
    old = op.body.get("old")
    return None if isinstance(old, Mapping) else old


def _new(op: Operation) -> Any:
    if op.kind in _NEW_STATE:
        return _NEW_STATE[op.kind]
    names = {
        "note": "text", "due": "due", "started": "name", "client-set": "value", "client-add": "name",
        "block": "follow_up_on", "assign": "person", "own-step": "title", "calendar": "value",
        "remark": "text", "remark-close": "outcome", "promote": "as",
    }  # fmt: skip
    if op.kind == "contact-set":
        return table(op.body.get("contact")).get("name")
    return op.body.get(names.get(op.kind, ""))

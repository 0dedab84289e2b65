from typing import Any

from playbook.core.history import HistoryRow, history
from playbook.core.operations import RUN_KINDS, Operation
from tests.builders import NOON, make_operation, start_operation


def rows(*operations: Operation) -> list[HistoryRow]:
    return history(operations, "acme")


def told(*operations: Operation) -> list[tuple[Any, ...]]:
    return [(r.kind, r.step, r.field, r.entry, r.old, r.new, r.reason) for r in rows(*operations)]


def test_when_who_and_where() -> None:
    (row,) = rows(make_operation("note", "one", {"text": "Rang twice"}, clock=7))
    assert (row.seq, row.at, row.by, row.run, row.step, row.is_undone, row.undoes) == (
        7,
        NOON,
        "Ana",
        "run-id",
        "one",
        False,
        None,
    )


def test_each_kind_says_what_was_and_what_is() -> None:
    assert told(
        start_operation(),
        make_operation("tick", "one", clock=2),
        make_operation("reopen", "one", {"old": "done"}, clock=3),
        make_operation("skip", "one", {"reason": "Away"}, clock=4),
        make_operation("na", "two", {"reason": "No shop"}, clock=5),
        make_operation("note", "", {"text": "Boss on leave"}, clock=6),
        make_operation("due", "two", {"due": None, "old": "2026-12-01"}, clock=7),
        make_operation("started", "two", {"run": "r2", "name": "acme/gift"}, clock=8),
        make_operation("finish", "", {"reason": "They moved on", "left_open": ["three"]}, clock=9),
        make_operation("reopen-run", "", {"reason": "Back", "old": "finished"}, clock=10),
        make_operation("abandon", "", {"reason": "Gone"}, clock=11),
        make_operation("client-set", "", {"key": "tier", "value": "gold", "old": "lead"}, clock=12),
        make_operation("contact-set", "", {"index": 0, "contact": {"name": "Eva"}, "old": None}, clock=13),
        make_operation("client-add", "", {"name": "Acme"}, clock=14),
    ) == [
        ("start", None, None, None, None, "open", None),
        ("tick", "one", None, None, "open", "done", None),
        ("reopen", "one", None, None, "done", "open", None),
        ("skip", "one", None, None, "open", "skipped", "Away"),
        ("na", "two", None, None, "open", "n/a", "No shop"),
        ("note", None, None, None, None, "Boss on leave", None),
        ("due", "two", None, None, "2026-12-01", None, None),
        ("started", "two", None, None, None, "acme/gift", None),
        ("finish", None, None, None, None, "finished", "They moved on"),
        ("reopen-run", None, None, None, "finished", "open", "Back"),
        ("abandon", None, None, None, None, "abandoned", "Gone"),
        ("client-set", None, None, None, "lead", "gold", None),
        ("contact-set", None, None, None, None, "Eva", None),
        ("client-add", None, None, None, None, "Acme", None),
    ]


def test_each_answer_has_a_row_under_the_same_number() -> None:
    operation = make_operation("answer", "one", {"answers": {"a": 2, "b": None}, "old": {"a": 1, "b": "x"}})
    assert told(operation) == [
        ("answer", "one", "a", None, 1, 2, None),
        ("answer", "one", "b", None, "x", None, None),
    ]
    assert {row.seq for row in rows(operation)} == {2}


def test_a_tick_tells_its_override_answers_and_entries() -> None:
    body = {
        "answers": {"a": 1}, "old": {"a": None}, "override": {"gates": ["gate"], "reason": "Urgent"},
        "entries": [{"n": 12, "kind": "contact", "text": "Call"}],
    }  # fmt: skip
    assert told(make_operation("tick", "one", body)) == [
        ("tick", "one", None, None, "open", "done", "Urgent"),
        ("tick", "one", "a", None, None, 1, None),
        ("tick", "one", None, "acme#12", None, "Call", None),
    ]


def test_moved_dates_say_which_moved() -> None:
    old = {"start": "2026-11-23", "target": "2026-12-01"}
    both = make_operation("dates", body={"start": "2026-11-24", "target": "2026-12-02", "old": old})
    assert told(both) == [
        ("dates", None, "start", None, "2026-11-23", "2026-11-24", None),
        ("dates", None, "target", None, "2026-12-01", "2026-12-02", None),
    ]
    one = make_operation("dates", body={"start": "2026-11-24", "target": "2026-12-01", "old": old})
    assert [row[2] for row in told(one)] == ["start"]


def test_undo_and_redo_name_what_they_switch() -> None:
    tick = make_operation("tick", "one", clock=2)
    undo = make_operation("undo", clock=3, undoes="a2")
    redo = make_operation("undo", clock=4, undoes="a3")
    undone = rows(tick, undo)
    assert [(r.kind, r.is_undone, r.undoes) for r in undone] == [("tick", True, None), ("undo", False, 2)]
    redone = rows(tick, undo, redo)
    assert [(r.kind, r.is_undone, r.undoes) for r in redone] == [
        ("tick", False, None),
        ("undo", True, 2),
        ("redo", False, 3),
    ]


def test_a_batch_is_named_by_its_first_number() -> None:
    several = [make_operation("tick", f"s{n}", clock=n, batch="bulk") for n in (2, 3, 4)]
    assert rows(*several, make_operation("undo", clock=5, undoes="bulk"))[-1].undoes == 2


def test_every_operation_has_a_row_in_order() -> None:
    operations = [
        make_operation(kind, "one", clock=clock) for clock, kind in enumerate(sorted(RUN_KINDS), start=2)
    ]
    assert [row.kind for row in rows(*operations[::-1])] == sorted(RUN_KINDS)

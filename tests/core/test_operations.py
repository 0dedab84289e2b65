"""Which operations count, what undo and redo take, and that folding never fails."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.client import fold_client
from playbook.core.history import history
from playbook.core.operations import (
    CLIENT_KINDS,
    RUN_KINDS,
    Operation,
    in_force,
    next_redo,
    next_undo,
    order,
    switched_off,
)
from playbook.core.run import apply, fold
from playbook.core.view import derive
from tests.builders import WEEKDAYS, make_operation, make_playbook, make_run, make_step, start_operation
from tests.core.properties import CALM
from tests.hostile import HOSTILE


def change(clock: int, device: str = "a", batch: str = "") -> Operation:
    return make_operation("note", body={"text": f"n{clock}"}, clock=clock, device=device, batch=batch)


def undo(clock: int, batch: str, device: str = "a") -> Operation:
    return make_operation("undo", clock=clock, device=device, undoes=batch)


def counting(*operations: Operation) -> list[str]:
    return [op.id for op in in_force(operations)]


# Order.


def test_order_is_clock_then_device_then_id_and_never_the_time() -> None:
    first = make_operation("note", clock=1, device="b", at="2030-01-01T00:00:00Z")
    second = make_operation("note", clock=2, device="a", at="2020-01-01T00:00:00Z")
    third = make_operation("note", clock=2, device="b")
    assert sorted([third, second, first], key=order) == [first, second, third]


# Undo and redo.


def test_an_undo_switches_its_batch_off() -> None:
    assert counting(change(1), change(2), undo(3, "a2")) == ["a1"]
    assert switched_off([change(1), undo(2, "a1")]) == {"a1"}


def test_undoing_an_undo_switches_it_on_again_and_so_on() -> None:
    operations = [change(1), undo(2, "a1")]
    expected = [False, True, False, True]
    for clock, is_on in enumerate(expected, start=3):
        assert (counting(*operations) == ["a1"]) is is_on
        operations.append(undo(clock, f"a{clock - 1}"))


def test_a_batch_goes_as_one() -> None:
    assert counting(change(1, batch="x"), change(2, batch="x"), change(3), undo(4, "x")) == ["a3"]


def test_an_undo_of_nothing_known_does_nothing() -> None:
    assert counting(change(1), undo(2, "gone"), undo(3, "a3")) == ["a1"]


def test_undo_takes_the_newest_change_made_here() -> None:
    operations = [change(1), change(2, "b"), change(3), undo(4, "a3")]
    found = next_undo(operations, "a")
    assert found is not None
    assert found.id == "a1"
    assert next_undo(operations, "c") is None


def test_undo_leaves_kinds_alone_that_are_kept() -> None:
    start = make_operation("start", clock=1)
    assert next_undo([start], "a") == start
    assert next_undo([start], "a", frozenset({"start"})) is None


def test_redo_takes_back_the_newest_undo() -> None:
    operations = [change(1), change(2), undo(3, "a2"), undo(4, "a1")]
    for clock, expected in ((5, "a4"), (6, "a3")):
        found = next_redo(operations, "a")
        assert found is not None
        assert found.id == expected
        operations.append(undo(clock, found.batch))
    assert counting(*operations) == ["a1", "a2"]
    assert next_redo(operations, "a") is None


def test_a_new_change_ends_redo() -> None:
    assert next_redo([change(1), undo(2, "a1"), change(3)], "a") is None
    assert next_redo([change(1)], "a") is None
    assert next_redo([], "a") is None


def test_redo_is_open_again_once_the_new_change_is_undone() -> None:
    operations = [change(1), undo(2, "a1"), change(3), undo(4, "a3")]
    found = next_redo(operations, "a")
    assert found is not None
    assert found.id == "a4"


def test_undo_after_redo_takes_the_change_again() -> None:
    operations = [change(1), undo(2, "a1"), undo(3, "a2")]
    found = next_undo(operations, "a")
    assert found is not None
    assert found.id == "a1"
    operations.append(undo(4, "a1"))
    assert counting(*operations) == []
    redo = next_redo(operations, "a")
    assert redo is not None
    assert redo.id == "a4"


def test_each_device_has_its_own_undo_and_redo() -> None:
    operations = [change(1), change(2, "b"), undo(3, "b2", "b")]
    assert next_redo(operations, "a") is None
    found = next_redo(operations, "b")
    assert found is not None
    assert found.id == "b3"


@CALM
@given(st.lists(st.sampled_from(["change", "undo", "redo"]), max_size=30))
def test_undo_and_redo_walk_one_line(keys: list[str]) -> None:
    """A stack with a position in it is the model: undo goes down, redo up, a change cuts off what is above."""
    operations: list[Operation] = []
    stack: list[str] = []
    above: list[str] = []
    for clock, key in enumerate(keys, start=1):
        if key == "change":
            operations.append(change(clock))
            stack, above = [*stack, f"a{clock}"], []
            continue
        found = next_undo(operations, "a") if key == "undo" else next_redo(operations, "a")
        come_from, go_to = (stack, above) if key == "undo" else (above, stack)
        assert (found is None) is (not come_from)
        if found is not None:
            go_to.append(come_from.pop())
            operations.append(undo(clock, found.batch))
        assert counting(*operations) == stack


# Folding is total. Trap 14 of the peers: an operation on what is not there.


def test_an_operation_on_a_missing_step_changes_nothing_that_is_seen() -> None:
    playbook = make_playbook(make_step("one"))
    run = make_run(playbook)
    before = derive(run, WEEKDAYS, {})
    for kind in sorted(RUN_KINDS - {"start"}):
        after = apply(
            run, make_operation(kind, "gone", {"answers": {"x": 1}, "text": "x", "due": "2026-12-01"})
        )
        if kind not in ("finish", "abandon", "reopen-run", "dates", "own-step"):
            assert derive(after, WEEKDAYS, {})[:4] == before[:4]


def test_an_unknown_kind_changes_nothing() -> None:
    run = make_run(make_playbook(make_step("one")))
    assert apply(run, make_operation("teleport", "one", {"to": "mars"})) == run


def test_a_run_that_never_started_is_none() -> None:
    playbook = make_playbook(make_step("one"))
    tick = make_operation("tick", "one")
    assert fold([], playbook) is None
    assert fold([tick], playbook) is None
    assert fold([start_operation(), tick, undo(3, "a1")], playbook) is None


def test_a_second_start_is_passed_over() -> None:
    playbook = make_playbook(make_step("one"))
    run = fold(
        [start_operation(), make_operation("start", body={"name": "other", "start": "2027-01-01"})], playbook
    )
    assert run is not None
    assert run.name == "acme/welcome"


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(HOSTILE),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = [
    "answers", "old", "channel", "override", "saves", "entries", "reason", "text", "due", "start", "target", "name", "run",
    "left_open", "key", "value", "index", "contact", "slug", "roles", "version", "parent", "gates",
]  # fmt: skip
BODIES = st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=6)
KINDS = st.sampled_from(sorted({*RUN_KINDS, *CLIENT_KINDS, "undo", "calendar", "", "block", "sync"}))


@CALM
@given(st.lists(st.tuples(KINDS, st.sampled_from(["one", "gone", ""]), BODIES), max_size=8))
def test_junk_never_breaks_a_fold(given_operations: list[tuple[str, str, dict[str, Any]]]) -> None:
    playbook = make_playbook(
        make_step("one", due="start + 1d"), make_step("two", due="one + 1d", needs="one")
    )
    operations = [start_operation()]
    for clock, (kind, step, body) in enumerate(given_operations, start=2):
        operations.append(make_operation(kind, step, body, clock=clock, undoes=str(body.get("run", ""))))
    run = fold(operations, playbook)
    assert run is not None
    derive(run, WEEKDAYS, {})
    fold_client([make_operation("client-add", body={"slug": "acme", "name": "Acme"}, clock=0), *operations])
    history(operations, "acme")


@pytest.mark.parametrize("junk", [5, "x", [1, None], True, {"gates": 5}, {"contact": {}}, {"index": -1}])
def test_each_junk_value_in_each_key(junk: Any) -> None:
    for kind in sorted(RUN_KINDS | CLIENT_KINDS):
        for key in KEYS:
            operation = make_operation(kind, "one", {key: junk})
            run = fold([start_operation(), operation], make_playbook(make_step("one", due="start + 1d")))
            assert run is not None
            derive(run, WEEKDAYS, {})
            fold_client([make_operation("client-add", body={"name": "Acme"}, clock=0), operation])
            history([operation], "acme")

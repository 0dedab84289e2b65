"""A run as it stood before: whatever happened to it, every moment of its past comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.operations import Operation, next_redo, next_undo, order
from playbook.core.past import open_runs, place_at, run_at, up_to
from playbook.core.playbook import Playbook
from playbook.core.run import Run, begin, fold
from tests.builders import make_operation, make_playbook, make_step, start_operation
from tests.core.properties import CALM
from tests.core.test_histories import KEPT, Choice, Device, choices, playbooks

MOVES = st.lists(choices() | st.sampled_from(["undo", "redo"]), max_size=16)


def lived(playbook: Playbook, moves: list[Choice | str]) -> list[tuple[Operation, Run]]:
    """Each operation of a history, with the run as it was when it had just been made."""
    device = Device("a", playbook)
    seen = [(device.operations[-1], device.run)]
    for move in moves:
        if not isinstance(move, str):
            op = device.do(move)
        else:
            find = (
                next_undo(device.operations, "a", KEPT)
                if move == "undo"
                else next_redo(device.operations, "a")
            )
            op = device.append("undo", undoes=find.batch) if find else None
        seen += [(op, device.run)] if op else []
    return seen


@CALM
@given(playbooks(), MOVES, st.randoms(use_true_random=False))
def test_every_moment_comes_back_as_it_was(
    playbook: Playbook, moves: list[Choice | str], random: object
) -> None:
    seen = lived(playbook, moves)
    operations = [op for op, _run in seen]
    random.shuffle(operations)  # type: ignore[attr-defined] # the order of arrival is no matter
    for op, run in seen:
        assert run_at(operations, playbook, order(op)) == run
    assert run_at(operations, playbook, order(seen[0][0])) == begin(start_operation(), playbook)
    assert run_at(operations, playbook, order(seen[-1][0])) == fold(operations, playbook)


PLAYBOOK = make_playbook(make_step("a"), make_step("b"))


def test_what_was_taken_back_later_was_in_force_then() -> None:
    ticked = make_operation("tick", "a", clock=2)
    undone = make_operation("undo", clock=3, undoes=ticked.batch)
    redone = make_operation("undo", clock=4, undoes=undone.batch)
    every = [start_operation(), ticked, undone, redone]
    states = [
        run_at(every, PLAYBOOK, order(op)).progress("a").state  # type: ignore[union-attr]
        for op in every
    ]
    assert states == ["open", "done", "open", "done"]


def test_there_is_no_run_before_its_start_nor_while_it_was_taken_back() -> None:
    begun = start_operation()
    gone = make_operation("undo", clock=2, undoes=begun.batch)
    back = make_operation("undo", clock=3, undoes=gone.batch)
    every = [begun, gone, back]
    assert run_at(every, PLAYBOOK, (0, "", "")) is None
    assert run_at(every, PLAYBOOK, order(gone)) is None
    assert run_at(every, PLAYBOOK, order(back)) == fold([begun], PLAYBOOK)


def test_a_run_has_the_copy_it_followed_then() -> None:
    newer = make_playbook(make_step("a"), make_step("c"))
    synced = make_operation("sync", body={"version": "new", "of": "new"}, clock=3)
    every = [start_operation(), make_operation("tick", "a", clock=2), synced]
    before = run_at(every, PLAYBOOK, order(every[1]), {"new": newer}.get)
    after = run_at(every, PLAYBOOK, order(synced), {"new": newer}.get)
    assert before is not None
    assert after is not None
    assert [step.id for step in before.playbook.steps()] == ["a", "b"]
    assert [step.id for step in after.playbook.steps()] == ["a", "c"]


@pytest.mark.parametrize(("stamp", "clock"), [
    ("2026-11-23T08:59:59Z", None), ("2026-11-23T09:00:00Z", 1), ("2026-11-23T11:30:00Z", 3), ("2026-11-24T00:00:00Z", 4),
])  # fmt: skip
def test_an_instant_is_the_place_of_the_last_change_by_then(stamp: str, clock: int | None) -> None:
    """The third was made by a clock that had been set back: what stands before it had happened all the same."""
    stamps = ("09:00", "12:00", "11:00", "13:00")
    made = [make_operation("note", "a", clock=n, at=f"2026-11-23T{at}:00Z") for n, at in enumerate(stamps, 1)]
    place = place_at(reversed(made), stamp)
    assert (place and place[0]) == clock
    if place is not None:
        assert up_to(made, place) == made[:clock]


def test_runs_that_were_open() -> None:
    kinds = (("start", "r1"), ("start", "r2"), ("finish", "r1"), ("abandon", "r2"), ("reopen-run", "r1"))
    ops = [make_operation(kind, clock=n)._replace(run=run) for n, (kind, run) in enumerate(kinds, 1)]
    assert [open_runs(ops[:n]) for n in range(6)] == [[], ["r1"], ["r1", "r2"], ["r2"], [], ["r1"]]

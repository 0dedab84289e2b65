"""Any history of a run: it folds the same however it arrives, and full undo gives back the fresh run."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from playbook.core import decide
from playbook.core.calendar import Calendar
from playbook.core.client import Client, apply_to_client, fold_client
from playbook.core.dating import Memo
from playbook.core.decide import Sheet
from playbook.core.history import history
from playbook.core.operations import Draft, Operation, next_redo, next_undo, order
from playbook.core.plan import plan_of
from playbook.core.playbook import Condition, Field, Log, Playbook, Step
from playbook.core.problems import Refusal
from playbook.core.run import Run, apply, fold
from playbook.core.view import derive, totals_of
from tests.builders import (
    is_,
    make_field,
    make_operation,
    make_playbook,
    make_step,
    sheet_of,
    start_operation,
)
from tests.core.properties import CALM, NEAR_DAYS

STEPS = ("s0", "s1", "s2", "s3", "s4")
SETTLED = st.sampled_from(["open", "done", "skipped", "n/a", "hidden"])
CONDITIONS = st.one_of(
    st.just(is_("tier", "gold")), st.just(Condition(field_id="s0-count", more_than=2)), st.just(Condition(client="kept", answered=False)),
    st.builds(lambda step, state: Condition(step=step, is_=state), st.sampled_from(STEPS), SETTLED),
)  # fmt: skip
RULES = st.builds(
    lambda anchor, sign, amount, unit: f"{anchor} {sign} {amount}{unit}",
    st.sampled_from(["start", "target", "s0", "s1.due", "s4", "s0-day"]), st.sampled_from("+-"), st.integers(0, 9),
    st.sampled_from(["d", "bd", "w", "mo", "h"]),
)  # fmt: skip


def fields_of(step_id: str) -> tuple[Field, ...]:
    return (
        make_field(f"{step_id}-count", "number"),
        make_field(f"{step_id}-day", "date", save_as="kept"),
        make_field(f"{step_id}-why", required=True, when=Condition(field_id=f"{step_id}-count", at_least=3)),
    )


@st.composite
def steps(draw: st.DrawFn, step_id: str) -> Step:
    return make_step(
        step_id, *fields_of(step_id),
        due=tuple(draw(st.lists(RULES, max_size=2))), when=tuple(draw(st.lists(CONDITIONS, max_size=1))),
        needs=tuple(draw(st.lists(st.sampled_from(STEPS), max_size=1))), gate=draw(st.sampled_from(["", "", "hard", "soft"])),
        holds=tuple(draw(st.lists(st.sampled_from(STEPS), max_size=1))), skip=draw(st.sampled_from(["reason", "free", "never"])),
        channel=draw(st.sampled_from(["", "call"])), logs=(Log(kind="note", text=f"{step_id}-why"),),
        repeat=draw(st.sampled_from(["", "", "", "1w", "2bd", "1mo"])), opens=draw(st.sampled_from(["", "", "s0 + 1d", "start + 9d"])),
        role=draw(st.sampled_from(["", "lead"])), by=draw(st.sampled_from(["", "", "16:00"])),
    )  # fmt: skip


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    return make_playbook(
        *[draw(steps(step_id)) for step_id in STEPS],
        fields=make_field("tier"),
        target_label="Go-live",
        roles={"lead": "Lead"},
    )


Choice = Callable[[Sheet], Draft | Refusal]
STEP_IDS = st.sampled_from([*STEPS, "gone"])
TEXTS = st.sampled_from(["", "Because", "two\nlines", "\x1b[2J"])
COUNTS = st.sampled_from(["", "1", "3", "many"])


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    """Something a person does on a run; the run may refuse it."""
    step, text, count = draw(STEP_IDS), draw(TEXTS), draw(COUNTS)
    day: date | None = draw(st.none() | NEAR_DAYS)
    at = f"{draw(NEAR_DAYS).isoformat()}T09:00:00Z"
    answers = {f"{step}-count": count, f"{step}-why": text, f"{step}-day": day.isoformat() if day else ""}
    every: dict[str, Choice] = {
        "tick": lambda sheet: decide.tick(sheet, step, at=at, answers=answers, override=text),
        "plain tick": lambda sheet: decide.tick(sheet, step, at=at, answers={}, override="Urgent"),
        "untick": lambda sheet: decide.reopen(sheet, step),
        "skip": lambda sheet: decide.skip(sheet, step, reason=text),
        "na": lambda sheet: decide.skip(sheet, step, reason="Because", fits=False),
        "answer": lambda sheet: decide.answer(sheet, step, answers),
        "tier": lambda sheet: decide.answer(sheet, "", {"tier": text or "gold"}),
        "note": lambda sheet: decide.note(sheet, step, text),
        "run note": lambda sheet: decide.note(sheet, "", text),
        "due": lambda sheet: decide.due(sheet, step, day),
        "block": lambda sheet: decide.block(sheet, step, reason=text, follow_up=day),
        "unblock": lambda sheet: decide.unblock(sheet, step),
        "assign": lambda sheet: decide.assign(sheet, step, text),
        "assign role": lambda sheet: decide.assign_role(sheet, "lead", text),
        "own step": lambda sheet: decide.add_step(sheet, text, after=step),
        "on an own step": lambda sheet: decide.tick(sheet, "own-1", at=at, answers={}, override=text),
        "retire": lambda sheet: Draft("retire", step, {}),
        "dates": lambda sheet: decide.dates(sheet, start=day, target=day),
        "finish": lambda sheet: decide.finish(sheet, text),
        "abandon": lambda sheet: decide.abandon(sheet, text),
        "go on": lambda sheet: decide.reopen_run(sheet, text),
    }
    return every[draw(st.sampled_from(sorted(every)))]


BEGIN = [make_operation("client-add", body={"slug": "acme", "name": "Acme"}, clock=0), start_operation()]


class Device:
    """One program: its journal, and the run and client it has come to hold."""

    def __init__(self, name: str, playbook: Playbook) -> None:
        self.name, self.playbook = name, playbook
        self.operations: list[Operation] = list(BEGIN)
        self.refold()

    def refold(self) -> None:
        run, client = fold(self.operations, self.playbook), fold_client(self.operations)
        assert run is not None
        assert client is not None
        self.run: Run = run
        self.client: Client = client

    @property
    def sheet(self) -> Sheet:
        return sheet_of(self.run, client=self.client.facts())

    def receive(self, op: Operation) -> None:
        """Apply what sorts last at once, and fold everything anew for anything else."""
        sorts_last = all(order(op) > order(other) for other in self.operations)
        self.operations.append(op)
        if op.kind == "undo" or not sorts_last:
            self.refold()
        else:
            self.run, self.client = apply(self.run, op), apply_to_client(self.client, op)

    def append(self, kind: str, step: str = "", body: Any = None, undoes: str = "") -> Operation:
        clock = max(op.clock for op in self.operations) + 1
        op = make_operation(kind, step, body, clock=clock, device=self.name, undoes=undoes)
        self.receive(op)
        return op

    def do(self, choice: Choice) -> Operation | None:
        draft = choice(self.sheet)
        return self.append(draft.kind, draft.step, draft.body) if isinstance(draft, Draft) else None


KEPT = frozenset({"start", "client-add"})


class AnyHistory(RuleBasedStateMachine):
    """A person at work: changes, undo and redo in any order, on any playbook."""

    @initialize(playbook=playbooks())
    def begin(self, playbook: Playbook) -> None:
        self.device = Device("a", playbook)
        self.fresh = self.device.run, self.device.client
        self.memo = Memo()

    @rule(choice=choices())
    def change(self, choice: Choice) -> None:
        ended = self.device.run.state != "open"
        op = self.device.do(choice)
        assert op is None or not ended or op.kind in ("reopen-run", "retire")

    @rule()
    @precondition(lambda self: next_undo(self.device.operations, "a", KEPT) is not None)
    def undo(self) -> None:
        target = next_undo(self.device.operations, "a", KEPT)
        assert target is not None
        self.device.append("undo", undoes=target.batch)

    @rule()
    @precondition(lambda self: next_redo(self.device.operations, "a") is not None)
    def redo(self) -> None:
        target = next_redo(self.device.operations, "a")
        assert target is not None
        self.device.append("undo", undoes=target.batch)

    @rule()
    def undo_and_redo_is_nothing(self) -> None:
        before = self.device.run, self.device.client
        if next_undo(self.device.operations, "a", KEPT):
            self.undo()
            self.redo()
        assert (self.device.run, self.device.client) == before

    @invariant()
    def held_equals_refolded(self) -> None:
        assert self.device.run == fold(self.device.operations, self.device.playbook)
        assert self.device.client == fold_client(self.device.operations)

    @invariant()
    def a_view_worked_out_from_the_one_before_is_the_fresh_one(self) -> None:
        run, facts = self.device.run, self.device.client.facts()
        plan = plan_of(run.playbook)
        view = derive(run, Calendar(), facts, plan, memo=self.memo, before=getattr(self, "last", None))
        assert view == derive(run, Calendar(), facts, plan)
        self.last = view

    @invariant()
    def the_view_adds_up(self) -> None:
        view = self.device.sheet.view
        assert 0 <= view.done <= view.total <= len(STEPS) + len(self.device.run.own)
        for step in view.steps.values():
            assert not step.is_hidden or (step.due.moment is None and step.locked_by == step.warned_by == ())
            assert step.step.id not in step.locked_by or step.step.id in step.step.needs
            assert not step.due.moved_to_start or not step.due.by_hand
            assert not step.faults or (step.is_open and not step.due.by_hand)
            assert step.due_moment is None or step.is_open
            assert len({o.beat for o in step.progress.earlier}) == len(step.progress.earlier)
            assert not step.progress.earlier or step.progress.state != "open" or step.is_settled
            assert (
                not step.progress.earlier
                or step.due.by_hand
                or step.due.beat > step.progress.earlier[-1].beat
                or step.is_hidden
                or step.is_retired
            )
        assert set(view.left_open()) <= {i for i, s in view.steps.items() if not s.is_settled}

    @invariant()
    def hidden_steps_never_change_totals_or_block(self) -> None:
        view = self.device.sheet.view
        hidden = {i for i, step in view.steps.items() if step.is_hidden}
        shown = [step for i, step in view.steps.items() if i not in hidden]
        assert (view.done, view.total) == totals_of(shown)
        assert not hidden & set(view.left_open())
        for step in view.steps.values():
            assert not hidden & {*step.locked_by, *step.warned_by}

    @invariant()
    def everything_is_in_the_history(self) -> None:
        rows = history(self.device.operations, "acme")
        assert {op.seq for op in self.device.operations} == {row.seq for row in rows}

    def teardown(self) -> None:
        if not hasattr(self, "device"):
            return
        while next_undo(self.device.operations, "a", KEPT):
            self.undo()
        assert (self.device.run, self.device.client) == self.fresh


AnyHistory.TestCase.settings = settings(deadline=None, max_examples=60, stateful_step_count=20, database=None)
test_any_history = AnyHistory.TestCase


# Two machines. Trap 8 of the peers (two at once) and trap 6 (arriving twice is the journal's matter: ids are unique).


@CALM
@given(
    playbooks(),
    st.lists(st.tuples(st.sampled_from("ab"), choices() | st.none()), max_size=14),
    st.randoms(use_true_random=False),
)
def test_two_devices_converge_in_any_order_of_arrival(
    playbook: Playbook, work: list[tuple[str, Choice | None]], random: Any
) -> None:
    """Each works apart (None = undo); then each hears of what the other did, in any order."""
    devices = {"a": Device("a", playbook), "b": Device("b", playbook)}
    made: dict[str, list[Operation]] = {"a": [], "b": []}
    for name, choice in work:
        device = devices[name]
        if choice is not None:
            op = device.do(choice)
        else:
            target = next_undo(device.operations, name, KEPT)
            op = device.append("undo", undoes=target.batch) if target else None
        made[name] += [op] if op else []
    for name, other in (("a", "b"), ("b", "a")):
        arriving = list(made[other])
        random.shuffle(arriving)
        for op in arriving:
            devices[name].receive(op)
    assert devices["a"].run == devices["b"].run
    assert devices["a"].client == devices["b"].client
    assert devices["a"].sheet.view == devices["b"].sheet.view


def test_an_undo_that_arrives_before_what_it_undoes() -> None:
    playbook = make_playbook(make_step("s0"))
    here, there = Device("a", playbook), Device("b", playbook)
    made = there.do(lambda sheet: decide.note(sheet, "s0", "too early"))
    assert made is not None
    taken_back = there.append("undo", undoes=made.batch)
    here.receive(taken_back)
    here.receive(made)
    assert here.run == there.run
    assert here.run.progress("s0").notes == ()

"""Bringing a run up to a newer playbook: nothing that was done is touched, nothing that was said is lost."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.core.comparing import compare
from playbook.core.playbook import Field, Playbook, Step
from playbook.core.run import Run, apply
from playbook.core.sync import Sync, as_body, is_up_to_date, sync
from tests.builders import make_operation, make_playbook, make_run, make_section, make_step

AT = "2026-11-25T10:00:00Z"
ASKED = Field(id="size", label="Size", kind="choice", choices={"s": "small", "l": "large"})
AS_TEXT = replace(ASKED, kind="text", choices={})
OLD = make_playbook(
    make_section("first", make_step("ring", title="Ring them"), make_step("ask", ASKED, title="Ask the size"),
                 make_step("send", title="Send it", due=("start + 1d",))),
    make_section("last", make_step("thank", title="Thank them"), make_step("file", title="File the papers")),
)  # fmt: skip


def changed(**steps: Any) -> Playbook:
    """The playbook with steps changed by keyword: new attributes, or None for a step that is gone."""
    sections = []
    for section in OLD.sections:
        kept = [(step, steps.get(step.id, {})) for step in section.steps]
        sections.append(
            replace(section, steps=tuple(replace(s, **new) for s, new in kept if new is not None))
        )
    return replace(OLD, sections=tuple(sections))


def run_with(*operations: Any, playbook: Playbook = OLD) -> Run:
    run = make_run(playbook)
    for kind, step, body in operations:
        run = apply(run, make_operation(kind, step, body, at=AT))
    return run


def follow(run: Run, new: Playbook, drop: frozenset[str] = frozenset()) -> tuple[Run, Sync]:
    found = sync(run, new, drop)
    op = make_operation("sync", "", as_body(found, run, "v2", "file2", {}), at=AT)
    return apply(run, op, {"v2": found.playbook}.get), found


def kinds(found: Sync) -> dict[str, str]:
    return {change.step: change.kind for change in found.changes}


def titles(run: Run) -> list[str]:
    return [step.title for step in run.playbook.steps()]


def step_of(run: Run, step_id: str) -> Step:
    return next(step for step in run.playbook.steps() if step.id == step_id)


TICK_RING: tuple[str, str, dict[str, Any]] = ("tick", "ring", {})


def test_a_step_that_was_added_stands_in_its_place() -> None:
    first, last = OLD.sections
    new = replace(
        OLD,
        sections=(
            replace(first, steps=(first.steps[0], make_step("breathe", title="Breathe"), *first.steps[1:])),
            last,
        ),
    )
    run, found = follow(run_with(TICK_RING), new)
    assert titles(run)[:3] == ["Ring them", "Breathe", "Ask the size"]
    assert kinds(found) == {"breathe": "added"}


def test_a_reworded_step_is_reworded_where_it_is_open_and_left_where_it_is_done() -> None:
    new = changed(ring={"title": "Call them"}, ask={"guide": "In metres."})
    run, found = follow(run_with(TICK_RING), new)
    assert step_of(run, "ring").title == "Ring them"
    assert step_of(run, "ask").guide == "In metres."
    assert kinds(found) == {"ask": "changed"}
    assert [(change.step, change.old_title) for change in found.untouched] == [("ring", "Ring them")]


def test_a_moved_step_moves_and_only_it_is_called_moved() -> None:
    first, last = OLD.sections
    new = replace(
        OLD,
        sections=(
            replace(first, steps=(first.steps[1], first.steps[2])),
            replace(last, steps=(*last.steps, first.steps[0])),
        ),
    )
    run, found = follow(run_with(TICK_RING), new)
    assert titles(run) == ["Ask the size", "Send it", "Thank them", "File the papers", "Ring them"]
    assert kinds(found) == {"ring": "moved"}
    assert run.progress("ring").state == "done"
    order = replace(
        OLD, sections=(replace(first, steps=(first.steps[2], first.steps[0], first.steps[1])), last)
    )
    assert [(c.kind, c.step) for c in compare(OLD, order)] == [("moved", "send")]


def test_a_removed_step_goes_unless_something_is_in_it() -> None:
    new = changed(send=None, file=None)
    run, found = follow(run_with(("note", "file", {"text": "in the cellar"})), new)
    assert titles(run) == ["Ring them", "Ask the size", "Thank them", "File the papers"]
    assert run.retired == {"file"}
    assert kinds(found) == {"send": "removed", "file": "removed"}
    assert run.progress("file").notes[0].text == "in the cellar"


def test_a_section_that_is_gone_comes_back_for_what_is_kept_of_it() -> None:
    new = replace(OLD, sections=OLD.sections[1:])
    run, _found = follow(run_with(TICK_RING), new)
    assert [(section.id, [step.id for step in section.steps]) for section in run.playbook.sections] == [
        ("first", ["ring"]), ("last", ["thank", "file"]),
    ]  # fmt: skip


def test_a_section_with_another_id_is_known_by_its_steps() -> None:
    first, last = OLD.sections
    renamed = replace(first, id="one", title="One", steps=first.steps[1:])
    run, found = follow(run_with(TICK_RING), replace(OLD, sections=(renamed, last)))
    assert [section.id for section in run.playbook.sections] == ["one", "last"]
    assert "ring" in {step.id for step in run.playbook.sections[0].steps}
    assert kinds(found) == {"ring": "removed"}


def test_a_new_date_counts_and_one_set_by_hand_stays() -> None:
    new = changed(send={"due": ("start + 5d",)})
    run, found = follow(run_with(("due", "send", {"due": "2026-12-01"})), new)
    assert step_of(run, "send").due == ("start + 5d",)
    assert run.progress("send").due_by_hand == "2026-12-01"
    assert found.by_hand == ("send",)


def test_a_question_that_became_required_leaves_a_skipped_step_alone() -> None:
    new = changed(ask={"fields": (replace(ASKED, required=True),), "skip": "never"})
    run, found = follow(run_with(("skip", "ask", {"reason": "no need"})), new)
    assert run.progress("ask").state == "skipped"
    assert not step_of(run, "ask").fields[0].required
    assert [change.step for change in found.untouched] == ["ask"]
    opened = apply(run, make_operation("reopen", "ask", {}, at=AT))
    assert not is_up_to_date(opened, sync(opened, new))  # once it is open again, it can follow


def test_a_step_with_another_id_keeps_what_was_done_in_it() -> None:
    new = changed(ring={"id": "call-them"}, ask={"id": "ask-size", "title": "Ask their size"})
    run, found = follow(run_with(TICK_RING, ("answer", "ask", {"answers": {"size": "s"}})), new)
    assert found.renamed == {"ring": "call-them", "ask": "ask-size"}
    assert run.progress("call-them").state == "done"
    assert run.progress("ask-size").answers == {"size": "s"}
    assert run.retired == frozenset()


def test_an_answer_that_fits_no_more_is_a_conflict_and_its_question_stays_until_it_is_decided() -> None:
    answered = run_with(("answer", "ask", {"answers": {"size": "s"}}))
    for fields in ((), (replace(ASKED, choices={"l": "large"}),), (replace(ASKED, kind="text", choices={}),)):
        new = changed(ask={"fields": fields})
        run, found = follow(answered, new)
        assert [(c.step, c.labels) for c in found.conflicts] == [("ask", ("Size",))]
        assert step_of(run, "ask").fields == (ASKED,)
        dropped, _ = follow(answered, new, frozenset({"ask"}))
        assert step_of(dropped, "ask").fields == fields
        assert dropped.progress("ask").answers == {"size": "s"}  # set aside, not deleted


def test_an_own_step_stays_below_its_neighbour() -> None:
    run = run_with(
        ("own-step", "own-1", {"title": "Water the plant", "section": "first", "after": "ask"}), TICK_RING
    )
    first, last = OLD.sections
    run, _ = follow(run, replace(OLD, sections=(replace(first, steps=first.steps[::-1]), last)))
    assert titles(run)[:4] == ["Send it", "Ask the size", "Water the plant", "Ring them"]
    assert [own.id for own in run.own] == ["own-1"]


def test_twice_changes_nothing() -> None:
    new = changed(ring={"title": "Call them"}, send=None, file={"due": ("start + 9d",)})
    run, _ = follow(run_with(TICK_RING, ("note", "send", {"text": "x"})), new)
    again = sync(run, new)
    assert is_up_to_date(run, again)
    assert (
        apply(
            run,
            make_operation("sync", "", as_body(again, run, "v2", "file2", {}), at=AT),
            {"v2": again.playbook}.get,
        )
        == run
    )


# Steps that were parted.


def parted(asks_in_new: bool = True) -> Playbook:
    """`ask` is two steps: one that rings up, and one that asks the size."""
    first, last = OLD.sections
    halves = (
        make_step("call", title="Call about it"),
        make_step("size-up", *((ASKED,) if asks_in_new else ()), title="Note the size"),
    )
    return replace(OLD, sections=(replace(first, steps=(first.steps[0], *halves, first.steps[2])), last))


def test_an_answer_goes_along_with_its_question_into_the_step_that_was_parted_from_it() -> None:
    run, found = follow(run_with(("answer", "ask", {"answers": {"size": "l"}})), parted())
    assert titles(run) == [
        "Ring them",
        "Call about it",
        "Note the size",
        "Send it",
        "Thank them",
        "File the papers",
    ]
    assert run.progress("size-up").answers == {"size": "l"}
    assert found.conflicts == ()
    assert found.retired == (), "nothing is left in the step that is gone"
    assert [(c.step, c.parted_from) for c in found.changes if c.kind == "added"] == [
        ("call", ""),
        ("size-up", "Ask the size"),
    ]
    assert is_up_to_date(run, sync(run, parted()))


def test_what_is_left_besides_the_answer_stays_where_it_was_written() -> None:
    asked = ("answer", "ask", {"answers": {"size": "l"}})
    run, found = follow(run_with(asked, ("note", "ask", {"text": "by phone"})), parted())
    assert found.retired == ("ask",)
    assert [note.text for note in run.progress("ask").notes] == ["by phone"]
    assert run.progress("ask").answers == {}
    assert step_of(run, "ask").fields == ()
    assert run.progress("size-up").answers == {"size": "l"}


def test_a_step_that_was_done_keeps_its_answer_and_it_is_not_asked_again() -> None:
    run, _found = follow(run_with(("tick", "ask", {"answers": {"size": "l"}})), parted())
    assert run.progress("ask").answers == {"size": "l"}
    assert step_of(run, "size-up").fields == ()
    assert is_up_to_date(run, sync(run, parted()))


def test_a_question_that_was_never_answered_is_asked_where_it_stands_now() -> None:
    run, _found = follow(run_with(("tick", "ask", {})), parted())
    assert step_of(run, "size-up").fields == (ASKED,)
    assert step_of(run, "ask").fields == ()


def test_a_sentence_that_went_into_a_new_step_tells_where_it_comes_from() -> None:
    said = "Ask whether the doors are wide enough for the crate."
    old = changed(send={"guide": f"Pack it well. {said}"})
    first, last = old.sections
    new = replace(
        old,
        sections=(
            replace(
                first,
                steps=(
                    *first.steps[:2],
                    replace(first.steps[2], guide="Pack it well."),
                    make_step("doors", title="Doors", guide=said),
                ),
            ),
            last,
        ),
    )
    assert [(c.step, c.parted_from) for c in compare(old, new) if c.kind == "added"] == [("doors", "Send it")]


# Whatever the playbook becomes.

IDS = ("ring", "ask", "send", "thank", "file", "new-one", "new-two")


@st.composite
def playbooks(draw: st.DrawFn) -> Playbook:
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    cut = draw(st.integers(0, len(ids)))
    title = st.sampled_from(
        ["Ring them", "Ask the size", "Send it", "Thank them", "Quite another thing", "Zebra"]
    )

    asking, question = draw(st.sampled_from(ids)), draw(st.sampled_from([(), (ASKED,), (AS_TEXT,)]))

    def made(step_id: str) -> Step:
        asks = question if step_id == asking else ()  # ids are there once in a playbook
        return make_step(step_id, *asks, title=draw(title), due=draw(st.sampled_from([(), ("start + 2d",)])))

    parts = [(name, part) for name, part in (("first", ids[:cut]), ("other", ids[cut:])) if part]
    return make_playbook(*(make_section(name, *map(made, part)) for name, part in parts))


@st.composite
def runs(draw: st.DrawFn) -> Run:
    run = run_with()
    for step in OLD.steps():
        done = draw(st.sampled_from(["", "tick", "skip", "note", "answer", "due"]))
        body: dict[str, Any] = {
            "skip": {"reason": "r"},
            "note": {"text": "n"},
            "due": {"due": "2026-12-01"},
        }.get(done, {})
        if done == "answer":
            body = {"answers": {"size": "s"}} if step.id == "ask" else {}
        if done:
            run = apply(run, make_operation(done, step.id, body, at=AT))
    if draw(st.booleans()):
        run = apply(
            run,
            make_operation("own-step", "own-1", {"title": "Own", "section": "first", "after": "ask"}, at=AT),
        )
    return run


@settings(max_examples=400)
@given(runs(), playbooks())
def test_nothing_done_is_touched_and_nothing_said_is_lost(run: Run, new: Playbook) -> None:
    after, found = follow(run, new)
    now = {step.id: step for step in after.playbook.steps()}
    assert len(now) == len(after.playbook.steps())  # no step twice
    asked = [field.id for step in after.playbook.steps() for field in step.fields]
    assert len(set(asked)) == len(asked)  # no question twice
    for step in run.playbook.steps():
        before, here = run.progress(step.id), found.renamed.get(step.id, step.id)
        went = {f for f, (old, _new) in found.moved.items() if old == step.id}
        came = {f: run.progress(old).answers[f] for f, (old, new) in found.moved.items() if new == here}
        stays = {f: value for f, value in before.answers.items() if f not in went}
        progress = replace(before, answers={**stays, **came})
        if progress.is_touched:
            assert after.progress(here) == progress
            assert here in now
            assert set(progress.answers) <= {field.id for field in now[here].fields}
        if before.was_settled:
            assert replace(now[here], id=step.id, fields=()) == replace(step, fields=())
            assert not went
    said = [value for progress in run.steps.values() for value in progress.answers.values()]
    assert said == [value for progress in after.steps.values() for value in progress.answers.values()]
    assert {step.id for step in new.steps()} <= set(now)
    assert is_up_to_date(after, sync(after, new))


@settings(max_examples=200)
@given(playbooks(), playbooks())
def test_a_comparison_names_each_step_once_and_none_that_is_the_same(old: Playbook, new: Playbook) -> None:
    found = compare(old, new)
    assert len({change.step for change in found if change.kind != "removed"}) == sum(
        c.kind != "removed" for c in found
    )
    assert compare(new, new) == []
    assert {c.step for c in found if c.kind == "added"}.isdisjoint(step.id for step in old.steps())

"""Random playbooks, for properties."""

from datetime import datetime
from typing import Any, get_args

from hypothesis import strategies as st

from playbook.core.playbook import (
    Channel,
    Condition,
    EntryKind,
    Field,
    FieldKind,
    Formal,
    Log,
    Message,
    Playbook,
    PlaybookTest,
    Ref,
    Roll,
    Section,
    Starts,
    Step,
    Topic,
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6))
MOMENTS = st.one_of(st.dates(), st.datetimes(min_value=datetime(1900, 1, 1)))  # noqa: DTZ001 - TOML's local time
SCALARS = st.one_of(TEXTS, st.booleans(), NUMBERS, MOMENTS)
PLAIN = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(TEXTS, st.just("$day")), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A short tuple."""
    return st.lists(strategy, max_size=3).map(tuple)


def table(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A small table."""
    return st.dictionaries(TEXTS, values, max_size=3)


def one_of_type(literal: Any) -> st.SearchStrategy[Any]:
    """One of a Literal's values, or nothing said."""
    return st.sampled_from(["", *get_args(literal)])


SIDES = st.one_of(SCALARS, st.none(), st.builds(Ref, field_id=TEXTS, client=TEXTS))
_TESTS = dict.fromkeys(
    ("is_", "is_not", "contains", "more_than", "less_than", "at_least", "at_most", "before", "after"), SIDES
)
_LEAF = st.builds(
    Condition, field_id=TEXTS, step=TEXTS, client=TEXTS, any_of=some(SCALARS),
    answered=st.sampled_from([None, True, False]), **_TESTS,
)  # fmt: skip
CONDITIONS = st.one_of(_LEAF, st.builds(Condition, all_=some(_LEAF), any_=some(_LEAF)))
FIELDS = st.builds(
    Field, id=IDS, label=TEXTS, help=TEXTS, required=st.booleans(), private=st.booleans(), when=some(CONDITIONS),
    kind=st.sampled_from(get_args(FieldKind)), choices=table(TEXTS), min=st.one_of(st.none(), SCALARS),
    max=st.one_of(st.none(), SCALARS), default=st.one_of(st.none(), SCALARS, some(SCALARS)), save_as=TEXTS,
)  # fmt: skip
LOGS = st.builds(Log, kind=st.sampled_from(get_args(EntryKind)), text=TEXTS, each=TEXTS, values=table(TEXTS))
STEPS = st.builds(
    Step, id=IDS, title=TEXTS, guide=TEXTS, say=TEXTS,
    message=st.one_of(st.none(), st.builds(Message, to=TEXTS, subject=TEXTS, body=TEXTS)),
    formal=st.one_of(st.none(), st.builds(Formal, say=TEXTS, subject=TEXTS, body=TEXTS)),
    key=st.booleans(), side=st.sampled_from(["", "care", "competence"]), channel=one_of_type(Channel),
    topic=one_of_type(Topic), skip=st.sampled_from(["reason", "free", "never"]), due=some(TEXTS), opens=TEXTS,
    by=TEXTS, roll=one_of_type(Roll), when=some(CONDITIONS), needs=some(IDS), gate=st.sampled_from(["", "hard", "soft"]),
    holds=some(IDS), repeat=TEXTS, role=TEXTS, court=st.sampled_from(["", "us", "client", "third"]),
    starts=st.one_of(st.none(), st.builds(Starts, playbook=TEXTS, on=TEXTS, set=table(TEXTS))),
    logs=some(LOGS), closes=TEXTS, source=some(TEXTS), fields=some(FIELDS),
)  # fmt: skip
SECTIONS = st.builds(
    Section, id=IDS, title=TEXTS, intro=TEXTS, pause=TEXTS, mode=st.sampled_from(["read-do", "do-confirm"]),
    when=some(CONDITIONS), steps=some(STEPS),
)  # fmt: skip
TESTS = st.builds(
    PlaybookTest, name=TEXTS, start=st.one_of(TEXTS, MOMENTS), target=st.one_of(TEXTS, st.dates()),
    fields=table(PLAIN), client=table(PLAIN), closed=some(st.one_of(TEXTS, st.dates())),
    done=st.one_of(table(PLAIN), some(TEXTS)), skipped=some(TEXTS), na=some(TEXTS), due=table(PLAIN),
    shown=some(TEXTS), hidden=some(TEXTS), locked=some(TEXTS), open=some(TEXTS),
)  # fmt: skip
PLAYBOOKS = st.builds(
    Playbook, format=st.integers(1, 9), id=IDS, title=TEXTS, summary=TEXTS, start_when=TEXTS, tags=some(TEXTS),
    language=TEXTS, start_label=TEXTS, target_label=TEXTS, roll=one_of_type(Roll), topic=one_of_type(Topic),
    roles=table(TEXTS), snippets=table(TEXTS), fields=some(FIELDS), tests=some(TESTS), sections=some(SECTIONS),
)  # fmt: skip

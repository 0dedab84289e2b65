"""A playbook as data: nothing is lost, little is written, and data of other releases still opens."""

import json
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given

from playbook.core.playbook import Field, Playbook
from playbook.core.playbook_data import from_data, to_data
from tests.builders import make_playbook, make_section, make_step
from tests.core.properties import CALM
from tests.strategies import PLAYBOOKS


@CALM
@given(PLAYBOOKS)
def test_comes_back_equal_from_json(playbook: Playbook) -> None:
    written = json.dumps(to_data(playbook), allow_nan=False)
    assert from_data(json.loads(written)) == playbook


def test_leaves_defaults_out() -> None:
    playbook = make_playbook(make_section("main", make_step("one")))
    (section,) = to_data(playbook)["sections"]
    assert section["steps"] == [{"id": "one", "title": "One"}]


def test_passes_over_keys_of_another_release() -> None:
    data = to_data(make_playbook(make_section("main", make_step("one", due="start"))))
    data["colour"] = "red"
    data["sections"][0]["colour"] = "red"
    data["sections"][0]["steps"][0]["colour"] = "red"
    step = from_data(data).steps()[0]
    assert (step.id, step.due) == ("one", ("start",))


def test_gives_frozen_steps() -> None:
    step = from_data(
        {"title": "T", "sections": [{"title": "S", "steps": [{"id": "a", "title": "A"}]}]}
    ).steps()[0]
    with pytest.raises(FrozenInstanceError):
        step.title = "B"  # type: ignore[misc]


def test_tells_a_date_from_its_text() -> None:
    field = {"id": "f", "label": "F", "min": {"$day": "2026-11-24"}, "max": "2026-11-24"}
    read = from_data({"fields": [field]}).fields[0]
    assert (read.min, read.max) == (date(2026, 11, 24), "2026-11-24")


def test_choices_may_begin_with_a_sign() -> None:
    playbook = make_playbook(
        make_step("one", Field("f", "Budget", kind="choice", choices={"$500": "$500", "$day": "a day"}))
    )
    assert from_data(json.loads(json.dumps(to_data(playbook)))) == playbook

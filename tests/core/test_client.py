from typing import Any

from playbook.core.client import (
    BUILT_IN,
    SETTING_KEYS,
    TEXT_KEYS,
    Client,
    Contact,
    apply_to_client,
    fold_client,
)
from playbook.core.operations import Operation
from playbook.core.run import fold
from tests.builders import NOON, make_operation, make_playbook, make_step, start_operation


def added(**body: Any) -> Operation:
    return make_operation("client-add", body={"slug": "acme", "name": "Acme Studio", **body}, clock=0)


def setting(clock: int, key: str, value: Any, device: str = "a") -> Operation:
    return make_operation(
        "client-set", body={"key": key, "value": value, "old": None}, clock=clock, device=device
    )


def contact(clock: int, index: Any, data: Any) -> Operation:
    return make_operation("contact-set", body={"index": index, "contact": data}, clock=clock)


def client_of(*operations: Operation) -> Client:
    client = fold_client([added(), *operations])
    assert client is not None
    return client


def test_a_new_client() -> None:
    client = fold_client([added(language="es", form="tú", unknown="x")])
    assert client == Client("acme-id", "acme", "Acme Studio", {"language": "es", "form": "tú"}, added_at=NOON)


def test_a_client_that_was_never_added_is_none() -> None:
    assert fold_client([]) is None
    assert fold_client([setting(1, "language", "es")]) is None
    assert fold_client([added(), make_operation("undo", clock=1, undoes="a0")]) is None


def test_a_second_adding_is_passed_over() -> None:
    assert client_of(make_operation("client-add", body={"slug": "other", "name": "Other"})).slug == "acme"


def test_what_arrives_out_of_order_counts_in_order() -> None:
    operations = [setting(2, "card", "two"), added(), setting(1, "card", "one")]
    client = fold_client(operations)
    assert client is not None
    assert client.settings == {"card": "two"}


# Settings and saved answers.


def test_setting_and_clearing() -> None:
    client = client_of(
        setting(1, "language", "es"), setting(2, "reply-time", "a day"), setting(3, "name", "Acme & Co")
    )
    assert (client.name, client.settings, client.saved) == (
        "Acme & Co",
        {"language": "es"},
        {"reply-time": "a day"},
    )
    cleared = apply_to_client(
        apply_to_client(client, setting(4, "language", None)), setting(5, "reply-time", None)
    )
    assert (cleared.settings, cleared.saved) == ({}, {})
    assert apply_to_client(client, setting(6, "name", "")).name == "Acme & Co", "a client keeps a name"


def test_the_settings_of_the_ledger_are_saved_answers() -> None:
    client = client_of(setting(1, "goodwill-cap", "500 EUR"))
    assert client.saved == {"goodwill-cap": "500 EUR"}
    assert not BUILT_IN & set(SETTING_KEYS)
    assert set(TEXT_KEYS) < BUILT_IN


def test_the_last_write_wins_whoever_made_it() -> None:
    operations = [
        setting(2, "tier", "gold", "b"), make_operation("tick", "one", {"saves": {"tier": "silver"}}, clock=3), setting(2, "tier", "lead"),
    ]  # fmt: skip
    assert client_of(*operations).saved == {"tier": "silver"}
    assert client_of(*operations[::-1]).saved == {"tier": "silver"}
    assert client_of(operations[0], operations[2]).saved == {"tier": "gold"}


def test_an_answer_taken_away_is_no_longer_saved() -> None:
    saved = make_operation("answer", "one", {"saves": {"tier": "gold", "rule": "none"}}, clock=1)
    assert client_of(saved, make_operation("answer", "one", {"saves": {"tier": None}}, clock=2)).saved == {
        "rule": "none"
    }


def test_facts_by_name() -> None:
    client = client_of(setting(1, "tier", "gold"), setting(2, "form", "usted"), setting(3, "language", "es"))
    assert client.facts() == {
        "tier": "gold",
        "form": "usted",
        "language": "es",
        "name": "Acme Studio",
        "id": "acme",
    }


def test_a_saved_answer_never_hides_what_the_client_is() -> None:
    client = client_of(
        make_operation("tick", "one", {"saves": {"name": "Evil", "id": "evil", "form": "tú"}}, clock=1),
        setting(2, "form", "usted"),
    )
    assert client.facts()["name"] == "Acme Studio"
    assert client.facts()["id"] == "acme"
    assert client.facts()["form"] == "usted"


# Contacts.


def test_contacts_are_added_changed_and_removed() -> None:
    eva = {"name": "Eva", "role": "Owner", "email": "eva@acme.example", "phone": "600"}
    client = client_of(contact(1, 0, eva), contact(2, 1, {"name": "Leo"}))
    assert client.contacts == (Contact("Eva", "Owner", "eva@acme.example", "600"), Contact("Leo"))
    assert apply_to_client(client, contact(3, 0, {**eva, "phone": "601"})).contacts[0].phone == "601"
    assert apply_to_client(client, contact(3, 0, None)).contacts == (Contact("Leo"),)


def test_a_contact_out_of_place_goes_to_the_end() -> None:
    client = client_of(
        contact(1, 7, {"name": "Eva"}), contact(2, -1, {"name": "Leo"}), contact(3, None, {"role": "Cook"})
    )
    assert client.contacts == (Contact("Eva"), Contact("Leo"), Contact("", "Cook"))
    assert apply_to_client(client, contact(4, 9, None)).contacts == client.contacts


# The ledger, and undo of all of it together.


def ticked(clock: int = 5) -> Operation:
    entries = [
        {"n": 1, "kind": "contact", "on": NOON, "text": "Call", "owner": "us", "values": {"channel": "call"}},
        {"n": 2, "kind": "promise", "on": "2026-11-27", "text": "Wireframes"},
    ]
    return make_operation(
        "tick", "one", {"entries": entries, "saves": {"tier": "gold"}, "channel": "call"}, clock=clock
    )


def test_entries_are_kept_in_order_with_where_they_come_from() -> None:
    first, second = client_of(ticked()).entries
    assert (first.n, first.kind, first.on, first.text, first.owner, first.values) == (
        1,
        "contact",
        NOON,
        "Call",
        "us",
        {"channel": "call"},
    )
    assert (second.at, second.by, second.on, second.owner, second.run, second.step) == (
        NOON,
        "Ana",
        "2026-11-27",
        "us",
        "run-id",
        "one",
    )


def test_a_tick_its_entries_and_saved_answers_are_undone_together() -> None:
    playbook = make_playbook(make_step("one", channel="call"))
    operations = [added(), start_operation(), ticked(), make_operation("undo", clock=6, undoes="a5")]
    client, run = fold_client(operations), fold(operations, playbook)
    assert client is not None
    assert run is not None
    assert (client.entries, client.saved) == ((), {})
    assert run.progress("one").state == "open"
    redone = [*operations, make_operation("undo", clock=7, undoes="a6")]
    assert fold_client(redone) == fold_client(operations[:3])
    assert fold(redone, playbook) == fold(operations[:3], playbook)


def test_reopening_a_step_keeps_contact_and_entries() -> None:
    client = client_of(ticked(), make_operation("reopen", "one", {"old": "done"}, clock=6))
    assert len(client.entries) == 2

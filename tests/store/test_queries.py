from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.text import folded
from playbook.store import journal, ledger_rows, past_runs, queries, remarks, twins
from playbook.store.database import Params, Reader, Row, Store
from tests.store.keeping import add_client, change, start_run, store_in

WEEK = {
    "today": "2026-11-23", "now": "2026-11-23T12:00:00Z", "week_end": "2026-11-30",
    "today_ends": "2026-11-23T23:00:00Z", "week_ends": "2026-11-30T23:00:00Z",
}  # fmt: skip


class Counted:
    """A reader that writes down what it is asked."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.asked: list[tuple[str, Params]] = []

    @property
    def path(self) -> Path:
        return self.store.path

    def read(self, sql: str, params: Params = ()) -> list[Row]:
        self.asked.append((sql, params))
        return self.store.read(sql, params)

    def plans(self) -> list[str]:
        return [
            row[3]
            for sql, params in self.asked
            for row in self.store.read(f"explain query plan {sql}", params)
        ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = store_in(tmp_path)
    yield opened
    opened.close()


@contextmanager
def due(store: Store, *stamps: str) -> Iterator[None]:
    """Steps due then, and no others."""
    run_id = start_run(store, add_client(store))
    with store.write() as tx:
        tx.execute("delete from step")
        tx.upsert("step", [
            {"run": run_id, "step_id": f"s{n}", "state": "open", "due": stamp, "locked": 0, "hidden": 0, "court": None}
            for n, stamp in enumerate(stamps)
        ], ("run", "step_id"))  # fmt: skip
    yield


def test_today_lists_what_is_due_with_all_its_names(store: Store) -> None:
    run_id = start_run(store, add_client(store))
    rows = queries.today_rows(store, "2026-11-24", 10)
    assert rows[0] == queries.TodayRow(
        run_id, "acme-studio/onboarding", "acme-studio", "Acmé Studio", "Client onboarding", "day", "Day of the yes",
        "call", True, "2026-11-23", False, "", 0,
    )  # fmt: skip
    assert [(row.step_id, row.due, row.locked) for row in rows] == [
        ("day", "2026-11-23", False), ("call", "2026-11-23T17:00:00Z", True),
    ]  # fmt: skip
    assert len(queries.today_rows(store, "2026-11-30", 1)) == 1


def test_a_step_that_its_copy_does_not_tell_of_is_listed_by_its_id(store: Store) -> None:
    with due(store, "2026-11-23"):
        assert [row.step_title for row in queries.today_rows(store, "2026-11-30", 9)] == ["s0"]


def test_who_is_waited_for(store: Store) -> None:
    run_id = start_run(store, add_client(store))
    assert queries.waiting_rows(store, 10) == []
    change(store, "tick", run_id, "day")
    change(store, "tick", run_id, "paper")
    [row] = queries.waiting_rows(store, 10)
    assert (row.step_id, row.court, row.due) == ("quote", "client", "2026-11-24")
    change(store, "abandon", run_id)
    assert queries.waiting_rows(store, 10) == []


@pytest.mark.parametrize(("stamp", "expected"), [
    ("2026-11-22", (1, 0, 0)), ("2026-11-23", (0, 1, 0)), ("2026-11-24", (0, 0, 1)), ("2026-11-30", (0, 0, 1)), ("2026-12-01", (0, 0, 0)),
    ("2026-11-23T11:59:59Z", (1, 0, 0)), ("2026-11-23T12:00:00Z", (0, 1, 0)), ("2026-11-23T22:59:59Z", (0, 1, 0)),
    ("2026-11-23T23:00:00Z", (0, 0, 1)), ("2026-11-30T22:59:59Z", (0, 0, 1)), ("2026-11-30T23:00:00Z", (0, 0, 0)),
])  # fmt: skip
def test_due_counts_at_the_edges(store: Store, stamp: str, expected: tuple[int, int, int]) -> None:
    with due(store, stamp):
        assert queries.due_counts(store, **WEEK) == expected


def test_due_counts_west_of_greenwich(store: Store) -> None:
    """The day is over on the next day of UTC, which is no day that is due."""
    with due(store, "2026-11-24", "2026-12-01", "2026-11-24T04:59:59Z", "2026-12-01T05:00:00Z"):
        west = {**WEEK, "today_ends": "2026-11-24T05:00:00Z", "week_ends": "2026-12-01T05:00:00Z"}
        assert queries.due_counts(store, **west) == (0, 1, 1)


def test_clients_with_something_due_come_first(store: Store) -> None:
    for name in ("Zeta", "alpha", "Beta"):
        add_client(store, name, name.lower())
    start_run(store, next(found.id for found in queries.all_client_slugs(store) if found.name == "zeta"))
    assert [(row.name, row.open_runs) for row in queries.client_rows(store)] == [
        ("Zeta", 1),
        ("alpha", 0),
        ("Beta", 0),
    ]
    assert queries.totals(store) == (3, 1)


def test_runs_of_a_client_and_those_that_are_over(store: Store) -> None:
    client, other = add_client(store), add_client(store, "Other", "other")
    first, second = start_run(store, client), start_run(store, other)
    change(store, "abandon", first)
    assert [row.id for row in queries.run_rows(store)] == [second]
    assert [row.id for row in queries.run_rows(store, ended=True)] == [second, first]
    assert queries.run_rows(store, client) == []
    [row] = queries.run_rows(store, client, ended=True)
    assert (row.client_name, row.state, row.done, row.total, row.title) == (
        "Acmé Studio",
        "abandoned",
        0,
        4,
        "Client onboarding",
    )
    assert queries.run_row(store, first) == row
    assert queries.run_row(store, "0" * 32) is None


def test_a_runs_head_counts_its_operations(store: Store) -> None:
    client = add_client(store)
    run_id = start_run(store, client)
    change(store, "note", run_id, text="x")
    head = queries.run_head(store, run_id)
    assert head is not None
    assert (head.client, head.ops) == (client, 2)
    assert queries.run_head(store, "0" * 32) is None


@pytest.mark.parametrize(("text", "found", "exact"), [
    ("acme-studio/onboarding", ["acme-studio/onboarding"], True), ("ACME-studio/onboarding ", ["acme-studio/onboarding"], True),
    ("acme-studio/onb", ["acme-studio/onboarding", "acme-studio/onboarding-2"], False), ("acme-studio/onboarding-", ["acme-studio/onboarding-2"], False),
    ("", [], False), ("%", [], False), ("acme_studio", [], False), ("onboarding", [], False), ("' or 1=1 --", [], False),
])  # fmt: skip
def test_runs_by_name(store: Store, text: str, found: list[str], exact: bool) -> None:
    client = add_client(store)
    start_run(store, client)
    start_run(store, client)
    rows = queries.runs_named(store, text)
    assert [row.name for row in rows] == found
    assert {row.exact for row in rows} <= {exact}


@pytest.mark.parametrize(("text", "found", "exact"), [
    ("acme", ["acme"], True), ("acmé studio", ["acme"], True), ("ACME STUDIO", ["acme"], True), ("acme s", ["acme"], False),
    ("ac", ["acme", "acme-2"], False), ("Niño", ["nino"], True), ("ni", ["nino"], False), ("100% _a_", ["hundred"], True),
    ("100% ", ["hundred"], False), ("_", [], False), ("%", [], False), ("studio", [], False), ("", [], False),
])  # fmt: skip
def test_clients_by_name(store: Store, text: str, found: list[str], exact: bool) -> None:
    for name, slug in (
        ("Acmé Studio", "acme"),
        ("Acme Two", "acme"),
        ("NIÑO", "nino"),
        ("100% _A_", "hundred"),
    ):
        add_client(store, name, slug)
    rows = queries.clients_named(store, text)
    assert [row.name for row in rows] == found
    assert {row.exact for row in rows} <= {exact}


def test_the_palette_finds_parts_of_names(store: Store) -> None:
    start_run(store, add_client(store))
    add_client(store, "50% off_", "fifty")
    found = queries.search_names(store, "CME", 10)
    assert [(row.kind, row.name, row.title) for row in found] == [
        ("client", "acme-studio", "Acmé Studio"), ("run", "acme-studio/onboarding", "Client onboarding"),
    ]  # fmt: skip
    assert [row.name for row in queries.search_names(store, "%", 10)] == ["fifty"]
    assert [row.name for row in queries.search_names(store, "f_", 10)] == ["fifty"]
    assert queries.search_names(store, "!", 10) == []
    assert len(queries.search_names(store, "", 2)) == 2


@given(text=st.text())
def test_searching_looks_through_case_and_accents(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded("Ñandú ÇA") == "nandu ca"


def test_every_version_is_read_back(store: Store) -> None:
    start_run(store, add_client(store))
    [version] = queries.all_versions(store)
    copy = queries.version(store, version)
    assert copy is not None
    assert (copy.playbook, copy.text, copy.data["title"]) == ("onboarding", "title = …", "Client onboarding")
    assert queries.version(store, "0" * 32) is None


QUERIES: list[tuple[Callable[[Reader], Any], int]] = [
    (lambda reader: queries.today_rows(reader, "2026-11-30", 100), 1),
    (lambda reader: queries.waiting_rows(reader, 100), 1),
    (lambda reader: queries.due_counts(reader, **WEEK), 1),
    (queries.totals, 1),
    (queries.client_rows, 1),
    (queries.run_rows, 1),
    (lambda reader: queries.run_rows(reader, "c"), 1),
    (lambda reader: queries.runs_named(reader, "acme"), 2),
    (lambda reader: queries.clients_named(reader, "ac"), 2),
    (lambda reader: queries.search_names(reader, "ac", 10), 1),
    (lambda reader: ledger_rows.entry_rows(reader, "2026-11-30", 100), 1),
    (lambda reader: ledger_rows.later_words(reader, "2026-11-30", 100), 1),
    (lambda reader: ledger_rows.quiet_rows(reader, "2026-11-30", 100), 1),
    (lambda reader: queries.ready_rows(reader, 100), 1),
    (lambda reader: ledger_rows.entries(reader, "c"), 1),
    (lambda reader: journal.operations_of_run(reader, "r"), 1),
    (lambda reader: journal.newest(reader, "d"), 1),
    (lambda reader: past_runs.past_runs(reader, "onboarding"), 1),
    (lambda reader: past_runs.counts_of_past_runs(reader, "onboarding"), 1),
    (lambda reader: remarks.remarks_of(reader, "onboarding"), 1),
    (lambda reader: remarks.fates_of(reader, "onboarding", "2026-11-23", "2026-11-23T12:00:00Z"), 1),
]


@pytest.mark.parametrize(("query", "statements"), QUERIES)
def test_a_list_costs_the_same_statements_however_long(
    store: Store, query: Callable[[Reader], Any], statements: int
) -> None:
    for number in range(3):
        client = add_client(store, f"Acme {number}", f"acme-{number}")
        for _ in range(number):
            start_run(store, client)
    counted = Counted(store)
    query(counted)
    assert len(counted.asked) == statements


def test_the_first_screen_reads_from_covering_indexes(store: Store) -> None:
    counted = Counted(store)
    queries.today_rows(counted, "2026-11-30", 100)
    queries.due_counts(counted, **WEEK)
    queries.totals(counted)
    queries.client_rows(counted)
    ledger_rows.entry_rows(counted, "2026-11-30", 100)
    ledger_rows.later_words(counted, "2026-11-30", 100)
    ledger_rows.quiet_rows(counted, "2026-11-30", 100)
    queries.ready_rows(counted, 100)
    plans = counted.plans()
    assert plans[0] == "SEARCH s USING COVERING INDEX step_due (due>? AND due<?)"
    assert plans.count(plans[0]) == 2, "the rows, and how many there are"
    assert plans.count("SCAN client USING COVERING INDEX client_home") == 2
    assert not [plan for plan in plans if plan.startswith("SCAN") and "client_home" not in plan]
    assert [plan for plan in plans if "TEMP B-TREE" in plan] == [
        "USE TEMP B-TREE FOR ORDER BY"
    ]  # the clients'


def test_runs_are_told_apart_by_their_own_client_alone(store: Store) -> None:
    """Not by all that are open: that is asked after every change."""
    counted = Counted(store)
    twins.twin_rows(counted, ["a", "b"])
    assert [plan for plan in counted.plans() if plan.startswith(("SCAN", "SEARCH"))] == [
        "SEARCH r USING PRIMARY KEY (id=?)", "SEARCH o USING INDEX run_client (client=? AND state=?)",
    ]  # fmt: skip


def test_looking_back_reads_by_indexes(store: Store) -> None:
    counted = Counted(store)
    past_runs.past_runs(counted, "onboarding", limit=12)
    past_runs.counts_of_past_runs(counted, "onboarding")
    plans = counted.plans()
    read = [plan for plan in plans if plan.startswith(("SCAN", "SEARCH"))]
    assert {plan for plan in read if plan.startswith("SCAN")} <= {"SCAN p", "SCAN past"}, (
        "what was found already"
    )
    assert sum("INDEX run_playbook (playbook=? AND state=?)" in plan for plan in read) == 2
    assert [plan for plan in read if "entry" in plan or plan.startswith("SEARCH e ")] == [
        "SEARCH e USING PRIMARY KEY (client=?)"
    ]


def test_remarks_are_read_by_indexes(store: Store) -> None:
    run_id = start_run(store, add_client(store))
    change(store, "remark", run_id, "day", text="Too early")
    counted = Counted(store)
    assert [found.remark.text for found in remarks.remarks_of(counted, "onboarding")] == ["Too early"]
    remarks.fates_of(counted, "onboarding", "2026-11-23", "2026-11-23T12:00:00Z")
    plans = counted.plans()
    assert {plan for plan in plans if plan.startswith("SCAN")} <= {"SCAN of"}, "what was found already"
    read = [plan for plan in plans if plan.startswith("SEARCH")]
    assert read.count("SEARCH m USING INDEX remark_playbook (playbook=?)") == 1
    assert read.count("SEARCH s USING PRIMARY KEY (run=? AND step_id=?)") == 1
    assert any(
        plan.startswith("SEARCH r USING COVERING INDEX run_playbook (playbook=?")
        or plan.startswith("SEARCH r USING INDEX run_playbook (playbook=?")
        for plan in read
    )

from datetime import date
from pathlib import Path

from playbook.core.client import Client
from playbook.store import holidays, journal, projections
from playbook.store.database import Store
from tests.store.keeping import add_client, record, start_run, store_in

NEW_YEAR, XMAS = date(2026, 1, 1), date(2026, 12, 25)


def settle(store: Store, client_id: str, slug: str, country: str) -> None:
    """Writes a client's country."""
    with store.write() as tx:
        client = Client(client_id, slug, slug, {"country": country} if country else {})
        projections.save_client(tx, client)


def test_holidays_are_kept_by_place_and_year(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with store.write() as tx:
        holidays.keep(tx, "ES", "MD", [2025, 2026], {NEW_YEAR: "Año Nuevo", XMAS: "Navidad"})
        holidays.keep(tx, "XX", "", [2026], {})
    assert holidays.years_of(store, "ES", "MD") == {2025, 2026}
    assert holidays.years_of(store, "ES", "") == frozenset()
    assert holidays.years_of(store, "XX", "") == {2026}
    assert holidays.days_of(store, "ES", "MD") == {NEW_YEAR, XMAS}
    assert holidays.days_of(store, "XX", "") == frozenset()
    assert holidays.name_of(store, "ES", "MD", XMAS) == "Navidad"
    assert (
        holidays.name_of(store, "ES", "", XMAS) == holidays.name_of(store, "ES", "MD", date(2026, 1, 2)) == ""
    )
    assert holidays.named_from(store, "ES", "MD", date(2026, 1, 2)) == [(XMAS, "Navidad")]


def test_a_year_that_is_looked_up_again_is_replaced(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    with store.write() as tx:
        holidays.keep(tx, "ES", "", [2026, 2027], {NEW_YEAR: "Año Nuevo", date(2027, 1, 1): "Año Nuevo"})
        holidays.keep(tx, "ES", "", [2026], {XMAS: "Navidad"})
    assert holidays.days_of(store, "ES", "") == {XMAS, date(2027, 1, 1)}
    assert holidays.years_of(store, "ES", "") == {2026, 2027}


def test_the_mark_of_right_runs_goes_with_new_holidays_and_the_newest_change_is_told(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert holidays.newest_change(store) == (0, "")
    with store.write() as tx:
        holidays.keep_mark(tx, "right")
        op = record(tx, "calendar", "", key="country", value="ES", old="")
        record(tx, "client-add", journal.new_id(), name="A", slug="a")
    assert holidays.newest_change(store) == (op.seq, "right")
    with store.write() as tx:
        holidays.keep(tx, "ES", "", [2026], {})
    assert holidays.newest_change(store) == (op.seq, "")


def test_runs_with_another_mark_than_their_country_has(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    ana, bob = add_client(store, "Ana", "ana"), add_client(store, "Bob", "bob")
    runs = {client: start_run(store, client) for client in (ana, bob)}
    settle(store, ana, "ana", "ES")
    settle(store, bob, "bob", "")
    assert holidays.countries(store) == ["", "ES"]
    marks = {"": "plain", "ES": "spain"}
    wanted = {(runs[ana], "spain"), (runs[bob], "plain")}
    with store.write() as tx:
        for run_id in runs.values():
            holidays.mark_run(tx, run_id, "old")
    assert set(holidays.misdated_runs(store, marks, -1)) == wanted
    assert len(holidays.misdated_runs(store, marks, 1)) == 1
    assert holidays.misdated_runs(store, marks, -1, ana) == [(runs[ana], "spain")]
    assert holidays.misdated_runs(store, {}, -1) == []
    with store.write() as tx:
        holidays.mark_run(tx, runs[ana], "spain")
    assert holidays.misdated_runs(store, marks, -1) == [(runs[bob], "plain")]
    with store.write() as tx:
        tx.execute("update run set state = 'finished' where id = ?", (runs[bob],))
    assert holidays.misdated_runs(store, marks, -1) == []

"""Public holidays as days, and which runs were dated by a calendar that no longer holds."""

from collections.abc import Iterable, Mapping
from datetime import date

from playbook.store.database import Reader, Transaction

# Holidays.


def years_of(reader: Reader, country: str, region: str) -> frozenset[int]:
    """The years that were looked up; one of them may have no holiday."""
    query = "select year from holiday_year where country = ? and region = ?"
    return frozenset(int(row[0]) for row in reader.read(query, (country, region)))


def days_of(reader: Reader, country: str, region: str) -> frozenset[date]:
    """Every public holiday that is known."""
    query = "select day from holiday where country = ? and region = ?"
    return frozenset(date.fromisoformat(row[0]) for row in reader.read(query, (country, region)))


def named_from(reader: Reader, country: str, region: str, day: date) -> list[tuple[date, str]]:
    """Public holidays from a day on, each with its name."""
    query = "select day, name from holiday where country = ? and region = ? and day >= ? order by day"
    rows = reader.read(query, (country, region, day.isoformat()))
    return [(date.fromisoformat(on), str(name)) for on, name in rows]


def name_of(reader: Reader, country: str, region: str, day: date) -> str:
    """The name of the holiday on a day; "" when it is none."""
    query = "select name from holiday where country = ? and region = ? and day = ?"
    rows = reader.read(query, (country, region, day.isoformat()))
    return str(rows[0][0]) if rows else ""


def keep(tx: Transaction, country: str, region: str, years: Iterable[int], days: Mapping[date, str]) -> None:
    """Keeps what was found for these years, in place of what was kept for them before."""
    place = {"country": country, "region": region}
    listed = sorted(years)
    for year in listed:
        tx.execute(
            "delete from holiday where country = ? and region = ? and day between ? and ?",
            (country, region, f"{year:04}-01-01", f"{year:04}-12-31"),
        )
    rows = [{**place, "day": day.isoformat(), "name": name} for day, name in sorted(days.items())]
    tx.upsert("holiday", rows, ("country", "region", "day"))
    tx.upsert("holiday_year", [{**place, "year": year} for year in listed], ("country", "region", "year"))
    tx.execute("delete from setting where key = 'calendar'")


# What runs were dated by.


def newest_change(reader: Reader) -> tuple[int, str]:
    """The `seq` of the newest operation on the calendar (0: none), and under which mark all runs were right."""
    query = """select (select max(seq) from operation where client = '' and run = ''),
                      (select value from setting where key = 'calendar')"""
    [(seq, mark)] = reader.read(query)
    return int(seq or 0), str(mark or "")


def keep_mark(tx: Transaction, mark: str) -> None:
    """Says under which mark all runs are right."""
    tx.execute("insert or replace into setting values ('calendar', ?)", (mark,))


_COUNTRY = "coalesce(json_extract(c.data, '$.settings.country'), '')"


def countries(reader: Reader) -> list[str]:
    """Every country of a client with open runs, "" among them where one has none."""
    query = f"select distinct {_COUNTRY} from client c where c.open_runs > 0 order by 1"
    return [str(row[0]) for row in reader.read(query)]


def misdated_runs(
    reader: Reader, marks: Mapping[str, str], limit: int, client_id: str = ""
) -> list[tuple[str, str]]:
    """Open runs, of one client or of all, that carry another mark than `marks` has for their client's country.

    Each comes with the mark it should carry; at most so many, or with -1 every one.
    """
    if not marks:
        return []
    wanted, own = ", ".join("(?, ?)" for _ in marks), "and r.client = ?" if client_id else ""
    query = f"""with wanted(country, mark) as (values {wanted})
        select r.id, w.mark from run r join client c on c.id = r.client join wanted w on w.country = {_COUNTRY}
        where r.state = 'open' and r.calendar <> w.mark {own} limit ?"""
    params = [part for pair in marks.items() for part in pair] + ([client_id] if client_id else [])
    return [(str(row[0]), str(row[1])) for row in reader.read(query, [*params, limit])]


def mark_run(tx: Transaction, run_id: str, mark: str) -> None:
    """Says which calendar a run was dated by."""
    tx.execute("update run set calendar = ? where id = ?", (mark, run_id))

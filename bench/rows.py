"""What is measured: one function a row of the table, each giving values beside their bars."""

import random
import statistics
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import NamedTuple

from bench.drive import (
    NOTHING,
    PLAYBOOK,
    ROOT,
    Session,
    Start,
    Stroke,
    Target,
    command_ms,
    interleaved,
    p95,
    ratio,
    start,
    strokes,
)
from bench.seed import RUN, Shape, playbook_text, scratch, seeded

HELLO_READY = "Hello 0"
TODAY_READY = r"\bAcme \d"
NOTHING_YET = r"Welcome\."
RUN_READY = r"Step \d\d\d"

ONE_MANAGER = Shape(clients=25, open_runs=2, ended_runs=2, steps=40)
AGENCY = Shape(clients=1000, open_runs=1, ended_runs=2, steps=20, playbooks=50)
YEARS = Shape(clients=1000, open_runs=4, ended_runs=6, steps=40, entries=30)
HUGE = Shape(clients=10_000, open_runs=5, ended_runs=45, steps=2, playbooks=50)
LONG_RUN = Shape(clients=1, open_runs=1, ended_runs=0, steps=500)
FEW_ROWS = Shape(clients=500, open_runs=1, ended_runs=0, steps=2)
MANY_ROWS = FEW_ROWS._replace(clients=10_000)
CONDITIONAL = LONG_RUN._replace(conditions=204)
KEYS = 20
ANSWERS = 200
TICKS = 12


class Result(NamedTuple):
    """One value beside its bar, both in the same unit; `detail` is what it was worked out from."""

    what: str
    value: float
    bar: float
    unit: str
    detail: str = ""


Row = Callable[[int], Iterator[Result]]


def hello(home: Path) -> Target:
    """The floor of everything on a screen."""
    return Target((sys.executable, str(ROOT / "bench" / "hello.py")), HELLO_READY, home)


def app(home: Path, ready: str = TODAY_READY, *arguments: str) -> Target:
    """The program itself."""
    return Target((*PLAYBOOK, *arguments), ready, home)


def start_row(runs: int) -> Iterator[Result]:
    """Start to usable content, an agency."""
    yield from _starts("1,000 clients, 50 playbooks", seeded(AGENCY), 1.25, runs)


def start_huge_row(runs: int) -> Iterator[Result]:
    """Start to usable content, far more than anybody has."""
    yield from _starts("10,000 clients × 50 runs", seeded(HUGE), 1.35, runs)


def _starts(what: str, home: Path, bar: float, runs: int) -> Iterator[Result]:
    taken = interleaved(runs, {"app": lambda: start(app(home)), "hello": lambda: start(hello(home))})
    ours, floor = taken["app"], taken["hello"]
    ready = [s.ready_ms for s in ours], [s.ready_ms for s in floor]
    yield _against(f"start to content, {what}", *ready, bar, "hello", "ms")
    for name, bar_of, unit in (("cpu_ms", 1.5, "ms"), ("peak_mib", 1.4, "MiB")):
        mine, its = _told(ours, name), _told(floor, name)
        if mine and its:
            label = "CPU of that start" if unit == "ms" else "peak memory of it"
            yield _against(label, mine, its, bar_of, "hello", unit)


def _told(starts: list[Start], name: str) -> list[float]:
    values = [getattr(s, name) for s in starts]
    return [] if None in values else values


def _against(what: str, values: list[float], floor: list[float], bar: float, name: str, unit: str) -> Result:
    detail = f"{statistics.median(values):.1f} against {statistics.median(floor):.1f} {unit}"
    return Result(what, ratio(values, floor), bar, f"× {name}", detail)


def key_row(runs: int) -> Iterator[Result]:
    """The cursor on the run screen, with the detail pane reloaded."""
    home = seeded(LONG_RUN)
    taken = interleaved(runs, {
        "app": lambda: strokes(app(home, RUN_READY, "open", RUN), ["down"] * KEYS),
        "hello": lambda: strokes(hello(home), ["x"] * KEYS),
    })  # fmt: skip
    ours, floor = _medians(taken["app"], "changed_ms"), _medians(taken["hello"], "changed_ms")
    yield _against("cursor key, first change", ours, floor, 1.5, "hello's key", "ms")
    yield _late("cursor key, first change, p95", taken["app"], "changed_ms", 8)
    yield _late("cursor key, settled with the detail pane, p95", taken["app"], "settled_ms", 25)


def tick_row(runs: int) -> Iterator[Result]:
    """A tick on a run of 500 steps: committed, and drawn. The first of a session loads what writes; it is told apart."""
    with scratch(seeded(LONG_RUN)) as home:
        taken = interleaved(runs, {"app": lambda: _run_ticks(home)})["app"]
    first = statistics.median(pressed[0].settled_ms for pressed in taken)
    found = _late(
        "tick on a 500-step run, settled, p95", [pressed[1:] for pressed in taken], "settled_ms", 16
    )
    yield found._replace(detail=f"{found.detail}; the first of a session {first:.1f} ms")


def _run_ticks(home: Path) -> list[Stroke]:
    return strokes(app(home, RUN_READY, "open", RUN), ["space"] * TICKS, after="down")


def answer_row(runs: int) -> Iterator[Result]:
    """An answer on a run of 500 steps that makes some of its 200 conditional ones come and others go: committed, and drawn."""
    each = -(-ANSWERS // runs)
    with scratch(seeded(CONDITIONAL)) as home:
        taken = interleaved(runs, {
            "app": lambda: _run_answers(home, each),
            "hello": lambda: strokes(hello(home), ["x"] * KEYS),
        })  # fmt: skip
    found = _late("answer on 500 steps with 200 conditions, p95", taken["app"], "settled_ms", 16)
    beside = _late("", taken["hello"], "settled_ms", 16)
    yield found._replace(detail=f"{found.detail}; hello's key {beside.value:.1f} ms, {beside.detail}")


def _run_answers(home: Path, count: int) -> list[Stroke]:
    """In the pane of the first step, takes one choice after the other by its number."""
    with Session(app(home, RUN_READY, "open", RUN)) as session:
        session.start()
        session.press("tab")
        pressed = [session.press("123"[number % 3]) for number in range(count + 2)]
    return pressed[2:]  # the first of a session loads what writes


def _medians(pressed: list[list[Stroke]], name: str) -> list[float]:
    return [statistics.median(getattr(stroke, name) for stroke in run) for run in pressed]


def _late(what: str, pressed: list[list[Stroke]], name: str, bar: float) -> Result:
    values = [getattr(stroke, name) for run in pressed for stroke in run]
    detail = f"median {statistics.median(values):.1f} ms of {len(values)} keys"
    return Result(what, p95(values), bar, "ms", detail)


def growth_row(runs: int) -> Iterator[Result]:
    """The same with twenty times the clients: the list of clients, and Today."""
    with scratch(seeded(FEW_ROWS)) as few, scratch(seeded(MANY_ROWS)) as many:
        begun = interleaved(runs, {"many": lambda: start(app(many)), "few": lambda: start(app(few))})
        keys = interleaved(runs, {"many": lambda: _client_keys(many), "few": lambda: _client_keys(few)})
        ticks = interleaved(runs, {"many": lambda: _today_ticks(many), "few": lambda: _today_ticks(few)})
    starts = {name: [s.ready_ms for s in taken] for name, taken in begun.items()}
    yield _growth("start", starts)
    yield _growth("key, settled", {name: _medians(taken, "settled_ms") for name, taken in keys.items()})
    yield _growth("tick, settled", {name: _medians(taken, "settled_ms") for name, taken in ticks.items()})


def _growth(what: str, taken: Mapping[str, list[float]]) -> Result:
    return _against(f"500 to 10,000 clients: {what}", taken["many"], taken["few"], 1.25, "few", "ms")


def _client_keys(home: Path) -> list[Stroke]:
    return strokes(app(home), ["down"] * KEYS, before=["2"])


def _today_ticks(home: Path) -> list[Stroke]:
    return strokes(app(home), ["space"] * TICKS, after="down")


def commands_row(runs: int) -> Iterator[Result]:
    """Plain commands in the home of one project manager."""
    bars = {"--version": 2.5, "--help": 5.0, "today": 7.0, "runs": 7.0, "note": 13.0}
    words = {"note": ("note", RUN, "They prefer mornings.")}
    with scratch(seeded(ONE_MANAGER)) as home:
        measures = {name: _command((*PLAYBOOK, *words.get(name, (name,))), home) for name in bars}
        taken = interleaved(runs, {**measures, "pass": _command(NOTHING, home)})
    for name, bar in bars.items():
        yield _against(f"playbook {name}", taken[name], taken["pass"], bar, "python -c pass", "ms")


def _command(command: tuple[str, ...], home: Path) -> Callable[[], float]:
    return lambda: command_ms(command, home)


def today_sql_row(runs: int) -> Iterator[Result]:
    """Today's first rows out of a million steps: the query alone."""
    from playbook.store.database import open_store
    from playbook.store.queries import today_rows

    path = seeded(HUGE) / "data" / "playbook.db"
    with closing(open_store(path)) as store:
        steps = store.read("select count(*) from step")[0][0]
        taken = interleaved(
            runs * 10, {"rows": lambda: _clocked(lambda: today_rows(store, "2026-11-30", 100))}
        )
    yield Result(f"Today's first 100 of {steps:,} step rows", statistics.median(taken["rows"]), 1, "ms")


def today_row(runs: int) -> Iterator[Result]:
    """Start until Today is filled, with years of data and with none."""
    from playbook.store.database import open_store

    with TemporaryDirectory() as folder:
        open_store(Path(folder) / "data" / "playbook.db").close()
        empty = app(Path(folder), NOTHING_YET)
        taken = interleaved(runs, {"years": lambda: start(app(seeded(YEARS))), "none": lambda: start(empty)})
    years, none = ([s.ready_ms for s in taken[name]] for name in ("years", "none"))
    detail = f"{statistics.median(years):.1f} against {statistics.median(none):.1f} ms"
    beyond = [value - 100 for value in years]
    yield Result(
        "Today, 1,000 clients, 400,000 steps, less 100 ms", ratio(beyond, none), 1.3, "× empty", detail
    )


def search_row(runs: int) -> Iterator[Result]:
    """Search as one types, every letter of it: found, and drawn."""
    letters = [*"blue sign acme", *["backspace"] * 14, *"step darker"]
    home = seeded(YEARS)
    taken = [strokes(app(home), letters, before=["ctrl+f"]) for _ in range(runs)]
    yield _late("search as one types, 400,000 steps, p95", taken, "settled_ms", 50)


def editor_row(runs: int) -> Iterator[Result]:
    """A letter in the editor: painted, with colours, problems and checklist; the longest a letter ever waits."""
    for lines, bar in ((300, 33), (2000, 100)):
        pressed = [_typed_in(_of_lines(lines)) for _ in range(runs)]
        late = _late(f"a letter in the editor, {lines:,} lines, p95", pressed, "changed_ms", bar)
        if lines == 300:
            yield late
            continue
        longest = max(stroke.changed_ms for run in pressed for stroke in run)
        yield Result(f"a letter in the editor, {lines:,} lines, the longest", longest, bar, "ms", late.detail)


def _of_lines(lines: int) -> str:
    steps = next(count for count in range(1, lines) if playbook_text("Long", count).count("\n") >= lines)
    return playbook_text("Long", steps)


def _typed_in(text: str) -> list[Stroke]:
    """Letters typed into a step further down, each once the one before is drawn; each fourth after a rest, in which the text is looked at."""
    from playbook.screens.editor import REST

    letters = [*"and one thing more before they", *["backspace"] * 10]
    with TemporaryDirectory() as folder:
        library = Path(folder) / "data" / "playbooks"
        library.mkdir(parents=True)
        (library / "zz-long.toml").write_text(text, "utf-8")
        with Session(app(Path(folder), NOTHING_YET)) as session:
            session.start()
            for key in ("3", "G", "E", "pagedown", "pagedown", "end"):
                session.press(key)
            pressed = []
            for number, key in enumerate(letters):
                pressed.append(session.press(key))
                if number % 4 == 3:
                    sleep(REST - 0.06 + random.random() * 0.3)
            return pressed


def cache_row(runs: int) -> Iterator[Result]:
    """Opening a playbook that was read before, against only parsing it."""
    from playbook.files.library import Library

    with TemporaryDirectory() as folder:
        file = Path(folder) / "long.toml"
        file.write_text(playbook_text("Long", 200), "utf-8")
        Library((), Path(folder)).load_file(file)
        taken = interleaved(runs * 10, {
            "cached": lambda: _clocked(lambda: Library((), Path(folder)).load_file(file)),
            "parsed": lambda: _clocked(lambda: tomllib.loads(file.read_text("utf-8"))),
        })  # fmt: skip
    yield _against(
        "opening a cached playbook of 200 steps", taken["cached"], taken["parsed"], 0.1, "tomllib", "ms"
    )


def _clocked(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


ALL: Mapping[str, Row] = {
    "start": start_row,
    "start-huge": start_huge_row,
    "key": key_row,
    "tick": tick_row,
    "answer": answer_row,
    "growth": growth_row,
    "commands": commands_row,
    "today-sql": today_sql_row,
    "cache": cache_row,
    "editor": editor_row,
    "today": today_row,
    "search": search_row,
}

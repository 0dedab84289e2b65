"""Several programs work on the same runs at once: nothing is lost, nothing raises (PRODUCT.md §10)."""

from datetime import UTC

from playbook.clock import Clock, open_clock
from playbook.config import Config
from playbook.core.problems import Refusal
from playbook.locations import find
from playbook.workspace import Workspace
from playbook.workspace.starting import StartForm
from tests.store.children import begin, finish

PROGRAMS, CHANGES = 4, 250

WORK = """
import sys
from datetime import UTC
from playbook.clock import Clock, open_clock
from playbook.config import Config
from playbook.core.problems import Refusal
from playbook.locations import find
from playbook.workspace import Workspace

workspace = Workspace(find(), Clock(UTC, open_clock(UTC).now()), Config(), me=f"PM {sys.argv[1]}")
workspace.patience = 60.0
me, changes, runs = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
workspace.lists.today()
sys.stdin.readline()
for number in range(changes):
    run = runs[number % len(runs)]
    step = f"s{me}-{number % 5}"
    match number % 5:
        case 0 | 1:
            outcome = workspace.runs.note(run, step, f"{me} says {number}")
        case 2:
            outcome = workspace.runs.tick(run, f"s{me}-t{number}", note=f"{me} says {number}")
        case 3:
            outcome = workspace.runs.note(run, "", f"{me} says {number}")
        case _:
            outcome = workspace.clients.set(workspace.clients.find("acme"), {f"count-{me}": str(number)})
    assert not isinstance(outcome, Refusal), outcome
"""


def library_text() -> str:
    """A playbook with steps of each program's own."""
    ids = [
        f"s{me}-{part}"
        for me in range(PROGRAMS)
        for part in (*range(5), *(f"t{n}" for n in range(2, CHANGES, 5)))
    ]
    steps = "".join(
        f'[[section.step]]\nid = "{step}"\ntitle = "{step}"\ndue = "start + 1d"\n' for step in ids
    )
    return f'title = "Many"\n[[section]]\ntitle = "All"\n{steps}'


def workspace() -> Workspace:
    return Workspace(find(), Clock(UTC, open_clock(UTC).now()), Config(), me="Ana")


def test_four_programs_lose_nothing() -> None:
    places = find()
    places.library.mkdir(parents=True)
    (places.library / "many.toml").write_text(library_text(), encoding="utf-8")
    opened = workspace()
    opened.clients.add("Acme")
    runs: list[str] = []
    for _ in range(2):
        sheet = opened.runs.start(StartForm("many", "acme"))
        assert not isinstance(sheet, Refusal), sheet
        runs.append(sheet.run.id)
    programs = [begin(WORK, me, CHANGES, *runs) for me in range(PROGRAMS)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    finish(programs)

    said: list[str] = []
    ticked = 0
    for run_id in runs:
        run = opened.runs.open(run_id)
        assert not isinstance(run, Refusal), run
        said += [note.text for note in run.sheet.run.notes]
        for step in run.sheet.view.steps.values():
            said += [note.text for note in step.progress.notes]
            ticked += step.progress.state == "done"
    expected = [
        f"{me} says {number}" for me in range(PROGRAMS) for number in range(CHANGES) if number % 5 != 4
    ]
    assert sorted(said) == sorted(expected)
    assert ticked == PROGRAMS * CHANGES // 5
    client_id = opened.clients.find("acme")
    assert isinstance(client_id, str)
    client = opened.clients.get(client_id)
    assert client is not None
    assert client.saved == {f"count-{me}": str(CHANGES - 1) for me in range(PROGRAMS)}
    assert [problem for problem in opened.care.check().problems if problem.level == "error"] == []
    rows = {row.id: (row.done, row.total) for row in opened.lists.runs()}
    opened.care.rebuild()
    assert {row.id: (row.done, row.total) for row in opened.lists.runs()} == rows
    opened.close()

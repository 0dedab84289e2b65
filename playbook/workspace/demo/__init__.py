"""A home full of made-up clients, with years of runs behind them, for looking around in.

Every story is told in memory first (`story`), then all of them are written into the journal in the order in
which they happened, and what follows from it is worked out once.
"""

from datetime import datetime
from pathlib import Path

from playbook.clock import Clock, local_zone, open_clock
from playbook.config import Config
from playbook.core.playbook_data import to_data
from playbook.files.library import Library, Loaded, Source
from playbook.locations import Locations, shipped_library
from playbook.store import projections
from playbook.words import language
from playbook.workspace import Workspace
from playbook.workspace.demo.answering import Bank
from playbook.workspace.demo.book import Told
from playbook.workspace.demo.cast import PMS, firm
from playbook.workspace.demo.episodes import episodes
from playbook.workspace.demo.keeping import Keeping
from playbook.workspace.demo.script import script_of
from playbook.workspace.demo.story import Story, World
from playbook.workspace.demo.texts import texts_in


class StoryClock(Clock):
    """A clock that shows the moment the story has come to."""

    def tell(self, moment: datetime) -> None:
        """Let it be this moment."""
        self._fixed = moment


def fill_home(home: Path, clients: int) -> None:
    """Write a home with so many made-up clients, in the language in force; `home` is as `PLAYBOOK_HOME` names it.

    Raises StoreTrouble, and ValueError when `PLAYBOOK_NOW` is no ISO time.
    """
    now = open_clock(local_zone())
    places = Locations(home / "config", home / "data", home / "state", home / "cache")
    clock = StoryClock(now.zone)
    workspace = Workspace(places, clock, Config(), me="")
    try:
        texts = texts_in(language())
        playbooks = _shipped(places.cache)
        scripts = {name: script_of(loaded) for name, loaded in playbooks.items()}
        world = World(now.now(), workspace.calendar, Bank(texts), scripts)
        told = [
            change
            for number in range(clients)
            for change in Story(world, number, firm(number, texts), episodes(number)).tell()
        ]
        told.sort(key=lambda change: change.at)
        used = {change.draft.body["version"] for change in told if change.draft.kind == "start"}
        workspace.settings.set("name", PMS[0])
        _write(workspace, clock, [loaded for loaded in playbooks.values() if loaded.hash in used], told)
    finally:
        workspace.close()


def _shipped(cache: Path) -> dict[str, Loaded]:
    """The playbooks that come with the program, by id; the made-up answers are for these."""
    library = Library([Source(shipped_library(), "shipped")], cache)
    found = (library.load(entry.id, language()) for entry in library.entries())
    return {loaded.playbook.id: loaded for loaded in found if loaded is not None and not loaded.is_broken}


def _write(workspace: Workspace, clock: StoryClock, playbooks: list[Loaded], told: list[Told]) -> None:
    """Every change into the journal, and every list once."""
    writing = workspace.runs.writing
    batches: dict[str, str] = {}
    with workspace.store.write() as tx:
        for loaded in playbooks:
            projections.save_version(tx, loaded.hash, loaded.playbook, loaded.text, to_data(loaded.playbook))
        keeping = Keeping(workspace.calendar)
        for change in told:
            for ended in keeping.ended_by(change.at):
                clock.tell(ended.at)
                workspace.me = ended.by
                writing.append(tx, ended.client_id, "", ended.draft)
            clock.tell(change.at)
            workspace.me = change.by
            batch, undoes = batches.get(change.batch, ""), batches.get(change.undoes, "")
            op = writing.append(tx, change.client_id, change.run_id, change.draft, batch, undoes)
            batches[change.batch] = op.batch
            keeping.note(op)
        for client_id in dict.fromkeys(change.client_id for change in told):
            writing.refold_client(tx, client_id)
        for run_id in dict.fromkeys(change.run_id for change in told if change.run_id):
            writing.refold_run(tx, run_id)

"""The versions of a playbook that runs have used, from the copies that are kept, and what each changed."""

from collections.abc import Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING, NamedTuple

from playbook.core.comparing import StepChange, compare
from playbook.core.playbook import Playbook
from playbook.core.playbook_data import from_data
from playbook.core.problems import Refusal
from playbook.core.versions import Used, used_versions
from playbook.store import journal, queries, versions

if TYPE_CHECKING:
    from playbook.workspace import Workspace


class PlaybookVersion(NamedTuple):
    """One version of a playbook's file."""

    number: int
    """From 1, in the order in which runs first used them."""
    used: Used
    """By how many runs, and since when; `at` is "" while none has used it."""
    playbook: Playbook
    """What it says."""
    text: str
    """The file's text."""
    before: int = 0
    """The number of the version before it in the same language; 0 for the first."""
    changes: tuple[StepChange, ...] = ()
    """What it changed of that one, step by step."""


def versions_of(workspace: "Workspace", playbook_id: str) -> list[PlaybookVersion]:
    """Every version that a run has used, the oldest first, and those in the library that none has used yet.

    What is kept is the copy a run had. Where no run had a version plain, its steps are those of the first run's
    copy, with what that run kept of an older one.
    """
    store = workspace.store
    operations = journal.operations_on_copies(store, playbook_id)
    found: list[PlaybookVersion] = []
    for used in used_versions(operations, versions.states_of_runs(store, playbook_id)):
        copy = queries.version(store, used.of) or queries.version(store, used.copy)
        if copy is not None:
            found.append(_following(found, used, from_data(copy.data), copy.text))
    for playbook, text, digest in _in_library(workspace, playbook_id, found):
        found.append(_following(found, Used(digest, digest, "", 0, 0, 0), playbook, text))
    return found


def version_difference(workspace: "Workspace", playbook_id: str, number: int) -> list[str] | Refusal:
    """What a version says otherwise than the one before it, line by line."""
    found = versions_of(workspace, playbook_id)
    if not 1 <= number <= len(found):
        return Refusal("no-version", {"playbook": playbook_id, "number": number})
    if not found[number - 1].before:
        return Refusal("first-version", {"number": number})
    return difference_lines(found, found[number - 1])


def difference_lines(found: Sequence[PlaybookVersion], one: PlaybookVersion) -> list[str]:
    """One of these versions against the one before it, line by line; nothing for the first."""
    if not one.before:
        return []
    before = found[one.before - 1].text
    return list(unified_diff(before.splitlines(), one.text.splitlines(), n=2, lineterm=""))[2:]


def _following(
    earlier: Sequence[PlaybookVersion], used: Used, playbook: Playbook, text: str
) -> PlaybookVersion:
    """The next version, compared with the last one in its language."""
    number = len(earlier) + 1
    before = next((each for each in reversed(earlier) if each.playbook.language == playbook.language), None)
    if before is None:
        return PlaybookVersion(number, used, playbook, text)
    return PlaybookVersion(
        number, used, playbook, text, before.number, tuple(compare(before.playbook, playbook))
    )


def _in_library(
    workspace: "Workspace", playbook_id: str, found: Sequence[PlaybookVersion]
) -> list[tuple[Playbook, str, str]]:
    """The files of the playbook that say what no run has used: in the reader's language, and in those of its runs."""
    read = workspace.playbooks.read(playbook_id)
    languages = {each.playbook.language for each in found}
    languages |= set() if isinstance(read, Refusal) else {read.playbook.language}
    known = {each.used.of for each in found}
    files = [workspace.playbooks.exactly(playbook_id, language) for language in sorted(languages)]
    return [
        (file.playbook, file.text, file.hash)
        for file in files
        if not isinstance(file, Refusal) and file.hash not in known
    ]

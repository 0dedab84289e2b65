"""`--outcome`: how the open entries end that a tick closes, and what is said of them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from playbook.cli.options import read_pairs
from playbook.cli.shell import Shell
from playbook.core.calendar import from_stamp
from playbook.core.client import Entry
from playbook.core.entry_kinds import OUTCOMES
from playbook.core.schedule import day_of
from playbook.core.text import line
from playbook.words import _
from playbook.words.dates import short_day
from playbook.words.outcomes import outcome_word
from playbook.workspace.outcomes import LEFT_OPEN, as_they_stand, entry_name, read_outcomes

if TYPE_CHECKING:
    from playbook.core.decide import Sheet


def outcomes_of(shell: Shell, run_id: str, step: str, entries: Sequence[Entry], pairs: tuple[str, ...]) -> dict[int, str] | None:  # fmt: skip
    """What was said of these entries, by number; None when nothing was, so that the dates decide."""
    typed = {
        name: ended if isinstance(ended, str) else ended[-1]
        for name, ended in read_pairs(pairs, _("ENTRY=OUTCOME")).items()
    }
    sheet = shell.need(shell.workspace.runs.open(run_id)).sheet
    found = sheet.view.steps.get(step)
    if not typed or found is None or not found.is_open:
        return None  # the tick says what is wrong
    return shell.need(read_outcomes(sheet, step, entries, typed))


def tell_outcomes(shell: Shell, sheet: "Sheet", entries: Sequence[Entry]) -> None:
    """Say which of these entries ended and how, and what to do about those that stayed open."""
    for entry in as_they_stand(shell.workspace, sheet, entries):
        name, text = entry_name(sheet, entry), line(entry.text)
        if entry.outcome:
            shell.say(_("{entry} “{text}”: {outcome}.").format(entry=name, text=text, outcome=outcome_word(entry.outcome, entry.owner)))  # fmt: skip
            continue
        shell.say(_("{entry} “{text}” stays open.").format(entry=name, text=text))
        command = f"playbook close {name} --outcome {'|'.join(OUTCOMES[entry.kind])}"
        shell.say("  " + _("To close it: {command}").format(command=command))


def closing_lines(sheet: "Sheet", entries: Sequence[Entry]) -> Iterator[str]:
    """What a tick will close, with the ways in which each entry can end."""
    if entries:
        yield from ("", _("Closes, each with --outcome ENTRY=…, or else as the dates say:"))
    for entry in entries:
        known = " | ".join((*OUTCOMES[entry.kind], LEFT_OPEN))
        yield f"  {entry_name(sheet, entry)}  {line(entry.text)}{_day(sheet, entry)}: {known}"


def _day(sheet: "Sheet", entry: Entry) -> str:
    moment = from_stamp(entry.on)
    return f" ({short_day(day_of(moment, sheet.calendar))})" if moment else ""

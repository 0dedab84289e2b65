"""What bringing a run up to its playbook would do, in words."""

from collections.abc import Iterator, Mapping

from playbook.core.comparing import StepChange
from playbook.core.sync import Conflict, Sync
from playbook.core.text import line
from playbook.words import N_, _, plural, quoted

SIGNS: Mapping[str, str] = {"added": "+", "changed": "~", "moved": "↕", "renamed": "~", "removed": "−"}
"""One cell each."""

_PARTS: Mapping[str, str] = {
    "words": N_("words"), "dates": N_("dates"), "questions": N_("questions"), "rules": N_("when and whether it is needed"),
    "contact": N_("contact and who does it"), "ledger": N_("what it logs or starts"), "place": N_("its place"),
}  # fmt: skip


ELSEWHERE = N_("What steps say stays the same; something else of the playbook changed.")


def taken_words(change: StepChange, found: Sync) -> str:
    """What the run takes over, and that a date set by hand stays."""
    by_hand = _("; its date was set by hand and stays") if change.step in found.by_hand else ""
    return _change_words(change, found) + by_hand


def kept_words(change: StepChange, found: Sync) -> str:
    """What the run does not take over, for the step is settled."""
    return _("{change} – left as it was done").format(change=_change_words(change, found))


def _change_words(change: StepChange, found: Sync) -> str:
    """`“Ask the size”: words, dates`; of a removed step whether it stays."""
    title = quoted(line(change.title))
    if change.kind == "added":
        if change.parted_from:
            return _("{title} is new, a part of {step} before").format(
                title=title, step=quoted(line(change.parted_from))
            )
        return _("{title} is new").format(title=title)
    if change.kind == "removed":
        if change.step in found.retired:
            return _("{title} is no longer in the playbook; it stays for what is in it").format(title=title)
        return _("{title} goes").format(title=title)
    return _step_words(change)


def version_change_words(change: StepChange) -> str:
    """What a version of a playbook did to a step, whoever uses it."""
    title = quoted(line(change.title))
    if change.kind == "added":
        return _("{title} is new").format(title=title)
    if change.kind == "removed":
        return _("{title} is gone").format(title=title)
    return _step_words(change)


def _step_words(change: StepChange) -> str:
    """`“Ask the size”, before “Size”: words, dates`."""
    title = quoted(line(change.title))
    parts = ", ".join(_(_PARTS[part]) for part in change.parts)
    was = _(", before {title}").format(title=quoted(line(change.old_title))) if change.old_title else ""
    return f"{title}{was}: {parts}" if parts else f"{title}{was}"


def conflict_words(conflict: Conflict) -> str:
    """An answer that fits no more."""
    labels = ", ".join(quoted(line(label)) for label in conflict.labels)
    return _("{step} asks otherwise now, and {labels} was answered.").format(
        step=quoted(line(conflict.title)), labels=labels
    )


def sync_lines(found: Sync) -> Iterator[tuple[str, str]]:
    """Sign and words of everything that it would do, what it leaves alone last."""
    for change in found.changes:
        yield SIGNS[change.kind], taken_words(change, found)
    for conflict in found.conflicts:
        yield "?", conflict_words(conflict)
    for change in found.untouched:
        yield "✓", kept_words(change, found)
    if not found.changes and not found.conflicts:
        yield "·", _(ELSEWHERE)


def followed_words(count: int) -> str:
    """How many runs were brought along."""
    return plural(
        "{count} run follows its playbook again.", "{count} runs follow their playbooks again.", count
    )

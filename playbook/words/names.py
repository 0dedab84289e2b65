"""What things of a run are called."""

from typing import TYPE_CHECKING

from playbook.words import _

if TYPE_CHECKING:
    from playbook.core.decide import Sheet


def title_of(sheet: "Sheet", anchor: str) -> str:
    """What an anchor is called: a step's title, a field's label, or the name of the start or target."""
    playbook = sheet.run.playbook
    if anchor in sheet.view.steps:
        return sheet.view.steps[anchor].step.title
    if anchor == "target":
        return playbook.target_label or _("target")
    if anchor == "start":
        return playbook.start_label or _("start")
    return next((field.label for field in playbook.all_fields() if field.id == anchor), anchor)

"""Decisions on what a run says of its playbook: remarks, and own steps that become steps of it.

An ended run may be remarked on as well: afterwards one knows best.
"""

from collections.abc import Collection

from playbook.core.decide.sheet import Sheet, known_step
from playbook.core.operations import Draft
from playbook.core.problems import Refusal
from playbook.core.remarks import ASIDE, OUTCOMES
from playbook.core.text import said


def remark(sheet: Sheet, step_id: str, text: str) -> Draft | Refusal:
    """Remark on a step of the playbook; a step of this run alone is put into the playbook instead."""
    found = known_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    if step_id in {own.id for own in sheet.run.own}:
        return Refusal("remark-own", {"step": found.step.title})
    text = said(text)
    return Draft("remark", step_id, {"text": text}) if text else Refusal("remark-empty")


def close_remark(sheet: Sheet, remark_id: str, outcome: str, reason: str) -> Draft | Refusal:
    """Say what came of a remark, once; setting it aside needs a reason."""
    found = next((each for each in sheet.run.remarks if each.id == remark_id), None)
    if found is None or outcome not in OUTCOMES:
        return Refusal("remark-gone")
    if found.outcome:
        return Refusal("remark-closed")
    reason = said(reason)
    if outcome == ASIDE and not reason:
        return Refusal("remark-reason")
    return Draft("remark-close", found.step, {"of": remark_id, "outcome": outcome, "reason": reason})


def promote(sheet: Sheet, step_id: str, new_id: str, there: Collection[str]) -> Draft | Refusal:
    """Note that an own step stands in the playbook now, as `new_id`; what was done goes along at the next sync.

    `there` are the steps that the playbook had before: an own step is put in once, unless it was deleted there since.
    """
    found = known_step(sheet, step_id)
    if isinstance(found, Refusal):
        return found
    own = next((each for each in sheet.run.own if each.id == step_id), None)
    if own is None or own.promoted in there:
        return Refusal("promoted", {"step": found.step.title})
    return Draft("promote", step_id, {"as": new_id})

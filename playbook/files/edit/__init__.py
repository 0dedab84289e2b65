"""Structured edits of a playbook's text: every line that is not edited stays as it is, byte for byte.

A text is cut into the blocks that its headings begin, with the remarks right above each; a step is its block
and those of its sub-tables. What comes out is read again and compared with what was meant before anybody sees it.
"""

from copy import deepcopy
from typing import Any

from playbook.files.edit.blocks import Blocks, NotInBlocks
from playbook.files.edit.edits import Edit


class Unlike(Exception):  # noqa: N818 - the edit is given up, and nothing was written
    """The text that came out does not say what was meant."""


def edited(text: str, edit: Edit) -> str:
    """The text after the edit; a byte order mark stays.

    Raises NotInBlocks where steps are written another way than under `[[section.step]]`, KeyError when there is
    no such step, and Unlike when the result would not say what was meant.
    """
    import tomli

    bom = "\ufeff" if text.startswith("\ufeff") else ""
    before: dict[str, Any] = tomli.loads(text.removeprefix(bom))
    blocks = Blocks.of(text.removeprefix(bom), before)
    meant = deepcopy(before)
    edit.mean(meant)
    edit.make(blocks)
    after = blocks.text()
    try:
        found = tomli.loads(after)
    except (ValueError, RecursionError):
        raise Unlike from None
    if found != meant:
        raise Unlike
    return bom + after


__all__ = ["Edit", "NotInBlocks", "Unlike", "edited"]

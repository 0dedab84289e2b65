"""The JSON Schema as a file beside playbooks, and the line by which a playbook tells editors where it is."""

import json
import re
from pathlib import Path

from playbook.files.atomic import write_atomically
from playbook.files.mend.layout import Layout

NAME = "playbook.schema.json"

_OURS = re.compile(rf"\A#:schema (?:\./|\.\./|){re.escape(NAME)}[ \t]*(?=\r?$)", re.MULTILINE)
_HEAD = re.compile(r"\A(?:[ \t]*(?:#[^\n]*)?\n)*")
_ANY = re.compile(r"^[ \t]*#:schema[ \t]", re.MULTILINE)


def write_schema(folder: Path) -> Path:
    """Writes the schema of this release into a folder of playbooks; raises OSError."""
    from playbook.files.schema import schema

    path = folder / NAME
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    if not path.is_file() or path.read_bytes() != content.encode():
        write_atomically(path, content.encode())
    return path


def with_directive(text: str, above: int) -> str:
    """The text, beginning with where its schema is; `above` is how many folders up, 1 from a language folder.

    Editors look for it before the first key. One that the author chose stays.
    """
    line = f"#:schema {'../' * above or './'}{NAME}"
    if _OURS.match(text):
        return _OURS.sub(line, text)
    head = _HEAD.match(text)
    if head and _ANY.search(head[0]):
        return text
    return line + Layout(text).eol + text

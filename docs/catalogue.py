"""Brings the message catalogues up to date with the source: `python docs/catalogue.py`.

New messages are added without a translation, those that nobody says any more are dropped, and each catalogue is
compiled. A translation is written into the `.po` file by hand.
"""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "playbook" / "locale"

HEAD = r"""msgid ""
msgstr ""
"Language: {language}\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


class Said(NamedTuple):
    """A message of the source."""

    id: str | tuple[str, str]
    """What it says; of one that counts, for one and for several."""
    context: str | None
    """Where the same English is something else in other languages."""
    file: str


def said() -> Iterator[Said]:
    """Every message of the source; those in f-strings too, which Babel's own reader passes over."""
    for path in sorted((ROOT / "playbook").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            texts = [
                arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            match ast.unparse(call.func), texts:
                case "_" | "N_", [text]:
                    yield Said(text, None, file)
                case "plural" | "N_plural", [one, many, *_]:
                    yield Said((one, many), None, file)
                case "in_context" | "N_context", [context, text]:
                    yield Said(text, context, file)


def catalogues() -> list[Path]:
    """The file of each language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """A catalogue as it stands."""
    return read_po(BytesIO(path.read_bytes()), locale=path.parents[1].name)


def updated(path: Path) -> Catalog:
    """A catalogue with exactly the messages of the source, and the translations that it has for them."""
    language, before = path.parents[1].name, read(path)
    catalog = read_po(BytesIO(HEAD.format(language=language).encode()), locale=language)
    for found in said():
        known = before.get(found.id[0] if isinstance(found.id, tuple) else found.id, found.context)
        string = known.string if known and known.id == found.id else None
        place: Any = found.file, None  # no line: it would change with every edit above it
        catalog.add(found.id, string, [place], context=found.context)
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as text that stays the same from run to run."""
    out = BytesIO()
    write_po(out, catalog, width=120, omit_header=True, sort_output=False)
    return HEAD.format(language=catalog.locale).encode() + out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def is_translated(message: Message) -> bool:
    """Whether every form of it is there."""
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def main() -> None:
    """Bring every catalogue up to date."""
    for path in catalogues():
        path.write_bytes(as_po(updated(path)))
        path.with_suffix(".mo").write_bytes(as_mo(read(path)))
        messages = [message for message in read(path) if message.id]
        left = [message for message in messages if not is_translated(message)]
        print(f"{path.relative_to(ROOT)}: {len(messages)} messages, {len(left)} to be translated")


if __name__ == "__main__":
    main()

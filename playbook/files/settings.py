"""config.toml: read with every fault and its line, written one key at a time with its comments kept."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.config import Config
from playbook.core.problems import Problem, Refusal
from playbook.core.text import line
from playbook.files.atomic import write_atomically
from playbook.files.check_files import FileProblem, located
from playbook.files.intake import Intake
from playbook.files.library import read_text
from playbook.files.read import parse
from playbook.files.typed import read_table

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

MOST_BACKUPS = 1000


def read_settings(path: Path) -> tuple[Config, list[FileProblem]]:
    """The settings of this file; what is faulty keeps its default, and a missing file means all defaults."""
    if not path.exists():
        return Config(), []
    _, text, fault = read_text(path)
    if fault is not None:
        return Config(), located(path, "", [fault])
    config, problems = _understand(text)
    return config, located(path, text, problems)


def _understand(text: str) -> tuple[Config, list[Problem]]:
    table = parse(text)
    if isinstance(table, Problem):
        return Config(), [table]
    intake = Intake()
    config = read_table(Config, table, (), intake)
    if not 0 <= config.backups <= MOST_BACKUPS:
        intake.add("setting-range", ("backups",), key="backups", least=0, most=MOST_BACKUPS)
        config = replace(config, backups=Config().backups)
    return config, intake.everything()


def write_setting(path: Path, key: str, value: str) -> Refusal | None:
    """Sets one key (`theme`, `keys.today.tick`), or takes it out when the value is ""; None when it is done.

    Refused, with the file as it was: a file that is no TOML, a value that does not fit, a file that somebody else
    wrote in the meantime, and a file that cannot be written.
    """
    target = path.resolve()
    try:
        before = target.read_bytes() if target.exists() else b""
        after = _changed(before, key, value)
        if isinstance(after, Refusal):
            return after
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (target.read_bytes() if target.exists() else b"") != before:
            return Refusal("config-changed", {"path": str(path)})
        write_atomically(target, after)
    except OSError as error:
        return Refusal("config-write", {"path": str(path), "reason": error.strerror or ""})
    return None


def _changed(before: bytes, key: str, value: str) -> bytes | Refusal:
    """The file's bytes with this key set, read again and compared with what was meant."""
    from tomlkit import parse as parse_editable
    from tomlkit.exceptions import TOMLKitError

    bom, body = (before[:3], before[3:]) if before.startswith(b"\xef\xbb\xbf") else (b"", before)
    try:
        text = body.decode("utf-8")
        meant = parse(text)
        if isinstance(meant, Problem):
            return Refusal("config-broken")
        if "." in key and not isinstance(meant.get(key.partition(".")[0], {}), dict):
            return Refusal("config-broken")
        # Without a final newline an appended key would become part of the last line.
        document = parse_editable(text if text.endswith("\n") or not text else text + "\n")
    except (UnicodeDecodeError, TOMLKitError):
        return Refusal("config-broken")
    _put(document, key, value)
    _put(meant, key, value)
    written = document.as_string()
    if "\r\n" in text and text.count("\n") == text.count("\r\n"):
        written = written.replace("\r\n", "\n").replace("\n", "\r\n")
    if parse(written) != meant:
        return Refusal("config-broken")
    for problem in _understand(written)[1]:
        if problem.where[:1] == (key.partition(".")[0],):
            shown = {"key": line(key), "value": line(value)[:60], "wanted": _wanted(problem)}
            return Refusal("config-value", shown)
    return bom + written.encode()


def _wanted(problem: Problem) -> str:
    """The values that would have fitted, as far as they can be listed."""
    allowed = problem.args.get("allowed")
    if isinstance(allowed, tuple):
        return ", ".join(allowed)
    return f"0–{MOST_BACKUPS}" if problem.args.get("key") == "backups" else ""


def _put(table: "TOMLDocument | dict[str, Any]", key: str, value: str) -> None:
    head, _, tail = key.partition(".")
    home: Any = table
    if tail:
        home = table.setdefault(head, {})
        head = tail
    if value:
        home[head] = _typed(head, value) if not tail else value
    else:
        home.pop(head, None)


def _typed(key: str, value: str) -> object:
    """The value of a key in its TOML type; a text that does not fit is left as it is and refused by the reader."""
    default = getattr(Config(), key, "")
    if isinstance(default, int):
        return int(value) if value.isdecimal() and len(value) < 10 else value
    return (
        [part.strip() for part in value.split(",") if part.strip()] if isinstance(default, tuple) else value
    )

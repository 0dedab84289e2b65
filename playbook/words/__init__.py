"""Every sentence a person reads: gettext, and the table that turns codes into sentences.

English is the source language and needs no catalogue, so gettext is loaded only for another one. The
language in force is the one piece of state a program needs everywhere; `use_language` alone sets it.
"""

from collections.abc import Callable, Mapping
from typing import Any


class _English:
    """The source language: every message is its own translation."""

    @staticmethod
    def gettext(message: str) -> str:
        return message

    @staticmethod
    def ngettext(one: str, many: str, count: int) -> str:
        return one if count == 1 else many


class _Current:
    gettext: Callable[[str], str] = _English.gettext
    ngettext: Callable[[str, str, int], str] = _English.ngettext
    language = "en"


def use_language(language: str) -> None:
    """Speak this language (`es`, `es_ES.UTF-8`, …) from now on; English where there is no catalogue."""
    code = language.replace("-", "_").split(".")[0]
    if code.split("_")[0] in ("", "en", "C", "POSIX"):
        _Current.gettext, _Current.ngettext, _Current.language = _English.gettext, _English.ngettext, "en"
        return
    import gettext
    from pathlib import Path

    folder = Path(__file__).parent.parent / "locale"
    catalogue = gettext.translation("playbook", folder, [code, code.split("_")[0]], fallback=True)
    _Current.gettext, _Current.ngettext = catalogue.gettext, catalogue.ngettext
    _Current.language = code.split("_")[0]


def language() -> str:
    """The language in force."""
    return _Current.language


def _(message: str) -> str:
    """The message in the language in force."""
    return _Current.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "marked, translated later"
    """Marks a message that is translated when it is drawn."""
    return message


def plural(one: str, many: str, count: int, **values: Any) -> str:
    """The message for this count; `{count}` and further names are filled in."""
    return _Current.ngettext(one, many, count).format(count=count, **values)


def fill(message: str, values: Mapping[str, Any]) -> str:
    """A translated message with its names filled in; a value is data and never read as a message."""
    return _(message).format(**values)

"""Every sentence a person reads: gettext, and the table that turns codes into sentences.

English is the source language and needs no catalogue, so gettext is loaded only for another one. The
language in force is the one piece of state a program needs everywhere; `use_language` alone sets it.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

DOMAIN = "playbook"

LANGUAGES: Mapping[str, str] = {"en": "English", "es": "español"}
"""The languages the program speaks, each by its own name."""


class _Words(NamedTuple):
    """A language's messages."""

    language: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    pgettext: Callable[[str, str], str]


_ENGLISH = _Words(
    "en",
    lambda message: message,
    lambda one, many, count: one if count == 1 else many,
    lambda _context, message: message,
)


class _Current:
    words = _ENGLISH


def use_language(language: str) -> None:
    """Speak this language (`es`, `es_ES.UTF-8`, …) from now on; English where there is no catalogue."""
    code = spoken_language(language)
    _Current.words = _words_of(code)
    if code != "en" or "LANGUAGE" in os.environ:
        os.environ["LANGUAGE"] = code  # where click looks


def spoken_language(language: str) -> str:
    """`es` of `es_ES.UTF-8`: the language of ours that is meant, English when it is none."""
    code = language.replace("_", "-").replace(".", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else "en"


def _words_of(code: str) -> _Words:
    if code == "en":
        return _ENGLISH
    import gettext
    from pathlib import Path

    folder = Path(__file__).parent.parent / "locale"
    gettext.bindtextdomain(DOMAIN, str(folder))  # click asks the default domain
    gettext.textdomain(DOMAIN)
    catalogue = gettext.translation(DOMAIN, folder, [code])
    return _Words(code, catalogue.gettext, catalogue.ngettext, catalogue.pgettext)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Words in another language for a while: what is said to a client who reads another one than the PM."""
    before = _Current.words
    _Current.words = _words_of(spoken_language(language))
    try:
        yield
    finally:
        _Current.words = before


def language() -> str:
    """The language in force."""
    return _Current.words.language


def _(message: str) -> str:
    """The message in the language in force."""
    return _Current.words.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "marked, translated later"
    """Marks a message that is translated when it is drawn."""
    return message


def N_context(context: str, message: str) -> str:  # noqa: N802 - the same for one that has a context
    """Marks a message that means something else elsewhere and is translated later."""
    return message


def N_plural(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - the same for one and for several
    """Marks a message that depends on a count and is translated later."""
    return one, many


def in_context(context: str, message: str) -> str:
    """The message in the language in force, where the same English means something else in other places."""
    return _Current.words.pgettext(context, message)


def plural(one: str, many: str, count: int, **values: Any) -> str:
    """The message for this count; `{count}` and further names are filled in."""
    return _Current.words.ngettext(one, many, count).format(count=count, **values)


def quoted(text: str) -> str:
    """The text in the language's quotation marks."""
    return _("“{text}”").format(text=text)


def fill(message: str, values: Mapping[str, Any]) -> str:
    """A translated message with its names filled in; a value is data and never read as a message."""
    return _(message).format(**values)

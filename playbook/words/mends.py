"""What was mended in a file, in words, or why it was not."""

from collections.abc import Mapping

from playbook.core.text import line
from playbook.words import N_, fill, plural
from playbook.words.libraries import system_words

MENDS: Mapping[str, str] = {
    "brackets": N_("put two brackets on each side of [[{header}]]"),
    "curly-quotes": N_("put straight quotes in place of curly ones"),
    "inner-quotes": N_("put other quotes around a text with quotes inside it"),
    "flag": N_("wrote {flag} without quotes, in small letters"),
    "id-added": N_("added id = \"{id}\""),
    "key-moved": N_("moved `{key}` up to where it belongs"),
    "rule": N_("wrote the date rule with its blanks: {rule}"),
    "list": N_("put brackets around the one entry of `{key}`"),
}  # fmt: skip
"""Sentences by code; a sentence goes on after the place."""

KEPT: Mapping[str, str] = {
    "kept-shipped": N_("It comes with the program and stays as it is. Copy it to your own library first."),
    "kept-read-only": N_("It is read-only and stays as it is."),
    "kept-changed": N_("It was changed meanwhile and stays as it is. Try again."),
    "kept-failed": N_("It could not be written: {reason}."),
    "kept-unreadable": N_("It cannot be read: {reason}."),
    "kept-broken": N_("It cannot be read as TOML and stays as it is. `playbook check` says why."),
    "kept-unlike": N_("Put in order it would say something else, so it stays as it is."),
}
"""Why a file was left as it is."""


def mend_words(code: str, args: Mapping[str, object]) -> str:
    """One mend, as it goes on after its place."""
    return fill(MENDS[code], {name: line(str(value))[:80] for name, value in args.items()})


def kept_words(code: str, reason: str) -> str:
    """Why a file was left as it is."""
    return fill(KEPT[code], {"reason": system_words(line(reason))})


def unmended_words(code: str, count: int, reason: str) -> str:
    """Why a file with so many slips that could be mended was left as it is."""
    could = plural("{count} slip could be mended.", "{count} slips could be mended.", count)
    return f"{could} {kept_words(code, reason)}"

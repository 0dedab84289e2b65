"""The message catalogues: exactly what the source says, whole, and fit to be filled in."""

import re
import string
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message

from docs.catalogue import as_mo, catalogues, is_translated, read, said
from playbook.words import LANGUAGES, _, in_context, language, plural, speaking, use_language

CATALOGUES = catalogues()
MESSAGES = [message for path in CATALOGUES for message in read(path) if message.id]


def forms(message: Message) -> list[tuple[str, str]]:
    """Each English form with its translation."""

    def listed(value: Any) -> list[str]:
        return list(value) if isinstance(value, (tuple, list)) else [value]

    return list(zip(listed(message.id), listed(message.string), strict=True))


def names_in(text: str) -> list[str]:
    return sorted(
        name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None
    )


def test_every_language_but_the_sources_own_has_one() -> None:
    assert [path.parents[1].name for path in CATALOGUES] == sorted(LANGUAGES.keys() - {"en"})


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_it_holds_the_messages_of_the_source_and_no_other(path: Path) -> None:
    """`python docs/catalogue.py` mends both."""
    assert {(m.id, m.context) for m in read(path) if m.id} == {(found.id, found.context) for found in said()}
    fresh, kept = (
        GNUTranslations(BytesIO(data)) for data in (as_mo(read(path)), path.with_suffix(".mo").read_bytes())
    )
    for message in (message for message in read(path) if message.id):
        (one, _said), (many, _too) = (forms(message) * 2)[:2]
        for catalogue in (fresh, kept):
            if isinstance(message.id, tuple):
                told = [catalogue.ngettext(one, many, n) for n in (1, 2)]
            elif message.context:
                told = [catalogue.pgettext(message.context, one)]
            else:
                told = [catalogue.gettext(one)]
            assert told == [translation for _id, translation in forms(message)]


def test_every_message_is_translated() -> None:
    assert [message.id for message in MESSAGES if not is_translated(message)] == []


def test_a_translation_keeps_names_code_and_edges() -> None:
    for message in MESSAGES:
        for english, translation in forms(message):
            assert names_in(translation) == names_in(english), english
            for pattern in (r"--[a-z-]+", r"`", r"^\s+", r"\s+$"):
                assert len(re.findall(pattern, translation)) == len(re.findall(pattern, english)), english


def test_a_list_of_words_keeps_their_number() -> None:
    lists = [m for m in MESSAGES if isinstance(m.id, str) and re.match(r"(Mon|Monday|Jan|January) ", m.id)]
    assert len(lists) == 4
    for message in lists:
        assert len(str(message.string).split()) == len(str(message.id).split())


def test_no_message_stands_in_a_context_and_without_one_by_mistake() -> None:
    """The same English in a context and without one is meant; in two contexts of one name it would be a slip."""
    found = {(message.id, message.context) for message in said()}
    assert {context for _id, context in found} == {None, "step", "run", "date", "key", "entry"}


def test_another_language_for_a_while_and_for_good() -> None:
    with speaking("es_ES.UTF-8"):
        assert (_("Today"), in_context("run", "open"), language()) == ("Hoy", "en curso", "es")
        assert plural("{count} day", "{count} days", 2) == "2 días"
    assert (_("Today"), language()) == ("Today", "en")
    use_language("es-MX")
    assert (_("Today"), in_context("step", "open")) == ("Hoy", "pendiente")
    for other in ("C.UTF-8", "POSIX", "", "de_DE", "../../etc"):
        use_language(other)
        assert (_("Today"), language()) == ("Today", "en")

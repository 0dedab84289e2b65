"""What the made-up clients and their people say, a package a language; the story itself knows no words."""

from playbook.workspace.demo.texts.shape import Texts


def texts_in(language: str) -> Texts:
    """The texts in this language, in English where there are none."""
    if language == "es":
        from playbook.workspace.demo.texts.es import TEXTS as SPANISH

        return SPANISH
    from playbook.workspace.demo.texts.en import TEXTS as ENGLISH

    return ENGLISH

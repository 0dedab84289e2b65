"""Words that name nothing: titles nobody can point at when it is done, and fields that only repeat the tick."""

import re
from collections.abc import Mapping

from playbook.core.check.names import FieldAt, Names
from playbook.core.problem_list import ProblemList
from playbook.core.text import folded

_VAGUE: Mapping[str, tuple[str, ...]] = {
    "en": (
        "address", "attempt to", "be aware of", "be aware that", "be mindful of", "consider", "deal with", "ensure",
        "facilitate", "handle", "keep in mind", "look into", "make sure", "manage", "strive to", "take care of",
        "think about", "try to", "work on",
    ),
    "es": (
        "aborda", "abordar", "aborde", "asegura", "asegurar", "asegurarse", "asegurate", "asegure", "asegurese",
        "considera", "considerar", "considere", "encargarse de", "encargate de", "encarguese de", "gestiona",
        "gestionar", "gestione", "intenta", "intentar", "intente", "maneja", "manejar", "maneje", "ocuparse de",
        "ocupate de", "ocupese de", "pensar en", "piensa en", "piense en", "procura", "procurar", "procure",
        "ten en cuenta", "tener en cuenta", "tenga en cuenta", "trata", "tratar", "trate", "velar por",
    ),
}  # fmt: skip
"""How titles begin that do not say what is done, without accents, by language."""

_DONE: Mapping[str, frozenset[str]] = {
    "en": frozenset({"all done", "check", "checked", "complete", "completed", "done", "finished", "it is done", "ok", "okay", "ready"}),
    "es": frozenset({"acabado", "completado", "completo", "comprobado", "hecho", "listo", "ok", "revisado", "terminado", "ya esta", "vale"}),
}  # fmt: skip
"""Labels that ask nothing but whether the step is done, without accents, by language."""

_YES_OR_SO = frozenset({"yes-no", "choice", "text"})
_LETTERS = re.compile(r"[^\W_]+")


def check_wording(names: Names, problems: ProblemList) -> None:
    """Titles that begin with a vague verb, and fields whose answer only repeat the tick."""
    language = names.playbook.language.split("-")[0].lower()
    for at in names.every_step:
        words = f"{_plain(at.step.title[:200])} "
        for vague in _VAGUE.get(language, ()):
            if words.startswith(f"{vague} ") and len(words) > len(vague) + 1:
                problems.add("title-vague", (*at.where, "title"), "advice", words=vague)
                break
    for field in names.every_field:
        _check_field(field, _DONE.get(language, frozenset()), problems)


def _check_field(at: FieldAt, done: frozenset[str], problems: ProblemList) -> None:
    field = at.field
    if field.kind in ("choice", "several") and len(field.choices) == 1:
        problems.add("choice-alone", at.where, "advice", name=field.id)
    elif field.kind in _YES_OR_SO and _plain(field.label[:200]) in done:
        problems.add("field-done", at.where, "advice", label=field.label)


def _plain(text: str) -> str:
    """The words of a text, small and without accents."""
    return " ".join(_LETTERS.findall(folded(text)))

"""The questions on what is set for one client alone; each says what holds while it is empty."""

from collections.abc import Mapping

from playbook.widgets.form_field import Question
from playbook.words import _
from playbook.words.standing import TEMPERATURES, temperature_word
from playbook.words.tailoring import LABELS, RHYTHMS, unsaid_words


def tailoring_questions(now: Mapping[str, str]) -> list[Question]:
    """One a setting, with what is said of it now; and how the PM feels that the client stands."""
    unsaid = unsaid_words()
    questions = [
        Question(key, _(label), value=now.get(key, ""), placeholder=unsaid[key])
        for key, label in LABELS.items()
    ]
    rhythms = _with_empty(
        {key: _(said) for key, said in RHYTHMS.items()}, unsaid["status-rhythm"], now.get("status-rhythm", "")
    )
    readings = _with_empty(
        {key: temperature_word(key) for key in TEMPERATURES}, _("not said"), now.get("temperature", "")
    )
    asked = [q._replace(kind="one", choices=rhythms) if q.id == "status-rhythm" else q for q in questions]
    reading = Question(
        "temperature", _("How it feels to you"), "one", now.get("temperature", ""), choices=readings
    )
    return [*asked, reading]


def _with_empty(choices: Mapping[str, str], empty: str, now: str) -> dict[str, str]:
    """The choices, one that clears, and what is there now where a playbook of one's own put something else."""
    kept = {now: now} if now and now not in choices else {}
    return {**choices, **kept, "": empty}

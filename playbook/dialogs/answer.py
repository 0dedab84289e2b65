"""The fields of a step, or of a run, each with the input that fits its kind."""

from collections.abc import Callable, Collection, Mapping, Sequence

from playbook.core.playbook import Field
from playbook.dialogs.form import Check, FormDialog, Typed, nothing_wrong
from playbook.widgets.form_field import Question, Reading
from playbook.words import N_, _

_YES_NO = {"yes": N_("yes"), "no": N_("no")}
_HINTS = {
    "money": N_("1200 EUR"),
    "date": N_("fri, 12 dec, +3bd or 2026-12-12"),
    "datetime": N_("fri 16:00, 12 dec 9:30 or 2026-12-12 16:00"),
    "email": N_("name@example.com"),
    "url": N_("https://…"),
}


class AnswerDialog(FormDialog):
    """Answers what was typed by field id; `core.answers`, through the check, decides what it means."""

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        typed: Mapping[str, str],
        *,
        check: Check = nothing_wrong,
        read_date: Callable[[str], Reading] | None = None,
        shown: Callable[[Typed], Collection[str]] | None = None,
        hint: str = "",
    ) -> None:
        """`typed`: what is there at first, as `core.answers.as_typed` gives it."""
        questions = [question_of(field, typed.get(field.id, ""), read_date) for field in fields]
        super().__init__(title, questions, check=check, shown=shown, hint=hint)


def question_of(field: Field, typed: str, read_date: Callable[[str], Reading] | None = None) -> Question:
    """The question that asks for a field."""
    question = Question(
        field.id,
        field.label,
        value=typed,
        required=field.required,
        help=field.help,
        placeholder=_(_HINTS[field.kind]) if field.kind in _HINTS else "",
    )
    match field.kind:
        case "yes-no":
            return question._replace(kind="one", choices={key: _(label) for key, label in _YES_NO.items()})
        case "choice":
            return question._replace(kind="one", choices=field.choices)
        case "several":
            return question._replace(kind="several", choices=field.choices)
        case "long-text":
            return question._replace(kind="lines")
        case "list":
            return question._replace(kind="lines", placeholder=_list_hint(field))
        case "date" | "datetime":
            return question._replace(read=read_date)
    return question


def _list_hint(field: Field) -> str:
    if not field.choices:
        return _("one a line")
    return _("one a line, and behind it one of: {choices}").format(
        choices="  ".join(f"| {label}" for label in field.choices.values())
    )

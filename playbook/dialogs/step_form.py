"""The form for a step of the playbook: its words and its date; no TOML is seen."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from playbook.core.schedule import DateRule, parse_rule
from playbook.core.text import line
from playbook.dialogs.form import FormDialog
from playbook.widgets.form_field import Question, Reading
from playbook.words import N_, _
from playbook.words.names import Names

if TYPE_CHECKING:
    from playbook.core.playbook import Playbook, Step

_SKIPS: Mapping[str, str] = {
    "reason": N_("yes, with a reason"), "free": N_("yes: it is optional"), "never": N_("never"),
}  # fmt: skip


def step_form(
    playbook: "Playbook", step: "Step | None", title: str = "", *, hint: str = "", because: str = ""
) -> FormDialog:
    """Asks for a step's words and date; without one, for those of a new one.

    `hint` stands above the questions. With `because` it asks as well for the reason that the file keeps.
    """
    names = Names(playbook)
    dated = (field.id for field in playbook.all_fields() if field.kind in ("date", "datetime"))
    anchors = {"start", "target", *dated, *(each.id for each in playbook.steps())}

    def meaning(text: str) -> Reading:
        """A date rule in words."""
        rules = _rules(text)
        found = [parse_rule(rule) for rule in rules]
        if not all(isinstance(rule, DateRule) and rule.anchor in anchors for rule in found):
            return Reading("", _("Such as: start + 2bd, kickoff - 1d, or the id of a step + 1w."))
        return Reading(text, names.dates(rules)) if rules else Reading("", "")

    due = " / ".join(step.due) if step else ""
    questions = [
        Question("title", _("Title"), value=step.title if step else "", required=True),
        Question("due", _("Due"), value=due, read=meaning, placeholder=_("start + 2bd; may stay empty")),
    ]
    questions += _wording(step) if step else []
    if because:
        why = Question("because", _("Why: stays in the file"), value=line(because), required=True)
        questions.append(why)

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        said = meaning(typed["due"])
        return {"due": said.words} if typed["due"].strip() and not said.value else {}

    title = title or (_("The step in the playbook") if step else _("A new step"))
    return FormDialog(title, questions, check=wrong, hint=hint, begins_at_top=True)


def _wording(step: "Step") -> list[Question]:
    """What is asked beside title and date of a step that says more already."""
    yes_no = {"yes": _("yes"), "no": _("no")}
    skips = {name: _(words) for name, words in _SKIPS.items()}
    draft = [
        Question("message.subject", _("Draft: subject"), value=step.message.subject),
        Question("message.body", _("Draft: text"), "lines", step.message.body),
    ] if step.message else []  # fmt: skip
    return [
        Question("guide", _("What it is about"), "lines", step.guide),
        Question("say", _("Opening to be spoken"), "lines", step.say),
        *draft,
        Question("key", _("Part of the short form?"), "one", "yes" if step.key else "no", choices=yes_no),
        Question("skip", _("May it be left out?"), "one", step.skip, choices=skips),
    ]


def _rules(text: str) -> list[str]:
    """Dates one beside the other, as the form takes them."""
    return [part.strip() for part in text.split("/") if part.strip()]


def changed_keys(step: "Step", typed: Mapping[str, str]) -> dict[str, Any]:
    """The keys that the form changed, as the file says them; None where a key goes."""
    rules = _rules(typed["due"])
    said: dict[str, Any] = {
        "title": typed["title"].strip(), "guide": typed["guide"].strip() or None, "say": typed["say"].strip() or None,
        "due": None if not rules else rules[0] if len(rules) == 1 else rules,
        "key": True if typed["key"] == "yes" else None, "skip": None if typed["skip"] == "reason" else typed["skip"],
    }  # fmt: skip
    before: dict[str, Any] = {
        "title": step.title, "guide": step.guide.strip() or None, "say": step.say.strip() or None,
        "due": None if not step.due else step.due[0] if len(step.due) == 1 else list(step.due),
        "key": step.key or None, "skip": None if step.skip == "reason" else step.skip,
    }  # fmt: skip
    if step.message:
        said |= {key: typed[key].strip() or None for key in ("message.subject", "message.body")}
        before |= {
            "message.subject": step.message.subject or None,
            "message.body": step.message.body.strip() or None,
        }
    return {key: value for key, value in said.items() if value != before[key]}

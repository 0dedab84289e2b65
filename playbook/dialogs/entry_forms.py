"""The forms of the ledger: an entry, how one ended, and until when one is put off."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from playbook.core.answers import as_typed
from playbook.core.calendar import DAY, as_stamp, from_stamp
from playbook.core.client import Entry
from playbook.core.decide.ledger import WITHOUT_TEXT
from playbook.core.entry_kinds import OUTCOMES, OWNERS
from playbook.core.ledger import default_outcome
from playbook.core.problems import Refusal
from playbook.core.schedule import day_of
from playbook.dialogs.answer import question_of
from playbook.dialogs.asking import reading_of, words_by_field
from playbook.dialogs.form import FormDialog
from playbook.widgets.form_field import Question
from playbook.words import _
from playbook.words.entries import TEXTS, caution_words, choice_word, fields_of, kind_name, label_of
from playbook.words.outcomes import outcome_word

if TYPE_CHECKING:
    from playbook.workspace import Workspace

NEXT_WORD = "next-word"
"""The question of a contact that gives the next word."""

_DAYS = frozenset({"promise", "next-word", "batch"})
"""Kinds that have a day of their own."""

_PAST = frozenset({"contact", "expectation"})
"""Kinds that are often written down on a later day than they were."""


def log_dialog(workspace: "Workspace", client_id: str, kind: str) -> FormDialog:
    """Asks for an entry: its words first, then its day, then the rest, each of which may stay empty."""
    questions = _questions(workspace, client_id, kind)
    agreed: set[str] = set()

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        text, values, owner, next_word = said_in(typed)
        ledger = workspace.ledger
        outcome = ledger.would_log(client_id, kind, text, values, owner=owner, next_word=next_word)
        if isinstance(outcome, Refusal):
            return _errors(outcome, typed)
        warned = {code: caution_words(code) for code in outcome} | _verdict(workspace, client_id, kind, typed)
        if new := warned.keys() - agreed:
            agreed.update(new)
            said = " ".join(words for code, words in warned.items() if code in new)
            return {"text": f"{said} " + _("Save again to keep it.")}
        return {}

    return FormDialog(kind_name(kind).capitalize(), questions, check=wrong)


def amend_dialog(
    workspace: "Workspace", client_id: str, entry: Entry
) -> tuple[FormDialog, Mapping[str, str]]:
    """Asks for all that an entry says, as it says it now; the form, and what stood in it at first."""
    asked = [q for q in _questions(workspace, client_id, entry.kind) if q.id != NEXT_WORD]
    known = {field.id: field for field in fields_of(entry.kind)}
    day = entry.on if entry.on != entry.at else ""
    said = {"text": entry.text, "owner": entry.owner, "on": day}
    said |= {
        name: as_typed(field, entry.values.get(name), workspace.calendar) for name, field in known.items()
    }
    questions = [q._replace(value=said[q.id], required=q.required and bool(said[q.id])) for q in asked]
    agreed: set[str] = set()

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        changed = changed_in(typed, said)
        outcome = workspace.ledger.would_amend(client_id, entry, changed) if changed else []
        if isinstance(outcome, Refusal):
            return _errors(outcome, typed)
        if new := set(outcome) - agreed:
            agreed.update(new)
            return {"text": f"{' '.join(map(caution_words, sorted(new)))} " + _("Save again to keep it.")}
        return {}

    return FormDialog(kind_name(entry.kind).capitalize(), questions, check=wrong), said


def changed_in(typed: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """What of a form differs from what stood in it at first."""
    return {name: text for name, text in typed.items() if text != said.get(name, "")}


def _verdict(workspace: "Workspace", client_id: str, kind: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Whether what is to be kept for the check-in may wait for it."""
    worse = typed.get("worse", "").split()
    if kind != "batch" or not worse:
        return {}
    from playbook.words.standing import verdict_words

    day = from_stamp(typed["on"]) if typed.get("on") else workspace.ledger.next_check_in(client_id)
    found = workspace.ledger.verdict(worse, day, mendable=typed.get("mendable") == "yes")
    return {f"verdict {found.code}": verdict_words(found, workspace.calendar, workspace.clock.today())}


def _errors(refusal: Refusal, typed: Mapping[str, str]) -> dict[str, str]:
    places = {
        "entry-text": "text",
        "entry-long": "text",
        "entry-day": "on",
        "over-goodwill": "approver",
        "day-words": "on",
    }
    place = places.get(refusal.code, "")
    if place in typed:
        from playbook.words.refusals import refusal_words

        return {place: refusal_words(refusal)}
    field = refusal.args.get("field")
    if isinstance(field, str):
        refusal = Refusal(refusal.code, {**refusal.args, "label": label_of(field)})
    return words_by_field(refusal, typed)


def _questions(workspace: "Workspace", client_id: str, kind: str) -> list[Question]:
    read = reading_of(workspace, clears=False)
    hint = _("fri, +3bd or 12 dec")
    needs_text = kind not in WITHOUT_TEXT
    questions = [Question("text", _(TEXTS[kind]), required=needs_text)]
    if kind == "contact":
        questions.append(Question(NEXT_WORD, _("They hear from us next on"), placeholder=hint, read=read))
    if kind in _DAYS:
        label = {
            "promise": _("We told them"),
            "next-word": _("They hear from us on"),
            "batch": _("Check-in on"),
        }[kind]
        said = _("Empty: a little after the day we mean to be ready.") if kind == "promise" else ""
        day = _check_in_day(workspace, client_id) if kind == "batch" else ""
        questions.append(
            Question(
                "on", label, value=day, placeholder=hint, read=read, required=kind == "next-word", help=said
            )
        )
    for field in fields_of(kind):
        default = str(field.default or "")
        questions.append(question_of(field, default, read))
    if kind in _PAST:
        when = _("It was on") if kind == "contact" else _("Agreed on")
        questions.append(Question("on", when, placeholder=_("empty: today"), read=read))
    if kind in ("promise", "batch"):
        owners = {owner: choice_word(owner) for owner in OWNERS}
        questions.append(Question("owner", _("Who has to move"), "one", "us", choices=owners))
    if kind == "promise":  # the day we mean to be ready comes before the day we say
        questions.insert(1, questions.pop(next(i for i, q in enumerate(questions) if q.id == "internal")))
    return questions


def _check_in_day(workspace: "Workspace", client_id: str) -> str:
    """The day of the next check-in, as far as it is set."""
    moment = workspace.ledger.next_check_in(client_id)
    return "" if moment is None else as_stamp(day_of(moment, workspace.calendar))


def said_in(typed: Mapping[str, str]) -> tuple[str, dict[str, str | list[str]], str, dict[str, str] | None]:
    """What a form of an entry says: its text, its values, who has to move, and the next word given in it."""
    values: dict[str, str | list[str]] = {
        name: said for name, said in typed.items() if name not in ("text", "owner", NEXT_WORD) and said
    }
    day = typed.get(NEXT_WORD, "")
    return typed.get("text", ""), values, typed.get("owner", "us"), {"on": day} if day else None


def close_dialog(workspace: "Workspace", entry: Entry) -> FormDialog:
    """Asks how an entry ended; one that was moved gets its new day."""
    read = reading_of(workspace, clears=False)
    known = OUTCOMES.get(entry.kind, ())
    calendar = workspace.calendar
    value = default_outcome(entry, workspace.clock.stamp(), calendar, calendar.day_of_stamp(entry.on))
    if len(known) == 1:
        value = known[0]
    questions = [
        Question(
            "outcome",
            entry.text or kind_name(entry.kind),
            "one",
            value,
            choices={o: outcome_word(o, entry.owner) for o in known},
        )
    ]
    if "moved" in known:
        questions.append(Question("on", _("New day"), placeholder=_("fri, +3bd or 12 dec"), read=read))
    questions.append(Question("reason", _("A word on it"), placeholder=_("may stay empty")))

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        if not typed["outcome"]:
            return {"outcome": _("Say how it ended.")}
        on = typed.get("on", "") if typed["outcome"] == "moved" else ""
        outcome = workspace.ledger.would_close(entry, typed["outcome"], on=on)
        if not isinstance(outcome, Refusal):
            return {}
        from playbook.words.refusals import refusal_words

        return {"on" if outcome.code in ("entry-new-day", "day-words") else "outcome": refusal_words(outcome)}

    def shown(typed: Mapping[str, str]) -> list[str]:
        return [q.id for q in questions if q.id != "on" or typed.get("outcome") == "moved"]

    return FormDialog(_("How did it end?"), questions, check=wrong, shown=shown)


def put_off_dialog(workspace: "Workspace", title: str) -> FormDialog:
    """Asks until when something is put off, tomorrow unless another day is said, and why."""
    tomorrow = as_stamp(workspace.clock.today() + DAY)
    questions = [
        Question("reason", _("Why"), placeholder=_("may stay empty")),
        Question(
            "until", _("Until"), value=tomorrow, read=reading_of(workspace, clears=False), required=True
        ),
    ]

    def wrong(typed: Mapping[str, str]) -> dict[str, str]:
        return (
            {} if typed["until"] > as_stamp(workspace.clock.today()) else {"until": _("A later day, please.")}
        )

    return FormDialog(title or _("Put off"), questions, check=wrong)

"""Problems in files, in words: what is wrong, and what to do about it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from playbook.core.problems import Problem
from playbook.core.text import line
from playbook.words import N_, _
from playbook.words.libraries import system_words


class Words(NamedTuple):
    """What is wrong, and what to do; the hint may be empty."""

    message: str
    hint: str = ""


PROBLEMS: Mapping[str, Words] = {
    # The file
    "file-unreadable": Words(N_("This file cannot be read: {reason}.")),
    "file-large": Words(
        N_("This file has {size} kB; at most {most} kB are read."), N_("Cut it into several playbooks.")
    ),
    "utf-8": Words(N_("This is not UTF-8 text."), N_("Save the file as UTF-8 in your editor.")),
    "utf-16": Words(
        N_("This file is saved as UTF-16."), N_("Save it as UTF-8 in your editor (Save as, Encoding).")
    ),
    "more-problems": Words(N_("There are {count} more problems."), N_("Mend the first ones and check again.")),
    "format-newer": Words(
        N_("This file is of format {format}; this program reads up to {known}."), N_("Install a newer playbook.")
    ),
    # TOML
    "toml-syntax": Words(N_("This cannot be read as TOML."), N_("Compare it with a playbook that works.")),
    "toml-deep": Words(N_("This is nested too deeply to be meant."), N_("Use fewer levels.")),
    "toml-number": Words(N_("This number is too long."), N_("If it is meant as text, put it in quotes.")),
    "toml-curly-quotes": Words(
        N_("Curly quotes do not work here."), N_('Type straight ones instead: "…". A chat or word processor curls them.')
    ),
    "toml-inner-quotes": Words(
        N_("The text ends at the quote in its middle."),
        N_('Put the whole text in three quotes ("""…""") or use curly ones inside it: “…”.'),
    ),
    "toml-word": Words(
        N_("`{word}` stands here without quotes."),
        N_('Put a text in quotes: "{word}". Only true, false and numbers go without.'),
    ),
    "toml-no-value": Words(N_("Nothing stands after the = sign."), N_("Write a value, or take the line out.")),
    "toml-value": Words(N_("This is no value that TOML knows."), N_('Put a text in quotes: "…".')),
    "toml-key": Words(
        N_("A line cannot begin like this."), N_('Write `key = "value"`, or begin a remark with #.')
    ),
    "toml-after-value": Words(
        N_("Something follows where the line should end."), N_("Put it on a line of its own, or begin a remark with #.")
    ),
    "toml-equals": Words(N_("The = sign after the key is missing."), N_('Write `key = "value"`.')),
    "toml-header": Words(
        N_("The heading is not closed."), N_("Close it with as many brackets as it opens with: [[section]].")
    ),
    "toml-table-twice": Words(
        N_("This heading stands here a second time."),
        N_("If you mean one more of its kind, use two brackets on each side: [[section.step]]."),
    ),
    "toml-key-twice": Words(N_("This key is given twice."), N_("Keep one of the two.")),
    "toml-extend": Words(
        N_("This adds to something that was written whole before."), N_("Write all of it in one place.")
    ),
    "toml-array-open": Words(
        N_("This list is not closed, or a comma is missing before this place."),
        N_("Put a comma between entries and a ] at the end."),
    ),
    "toml-inline-open": Words(
        N_("These braces are not closed, or a comma is missing before this place."),
        N_("Put a comma between entries and a }} at the end."),
    ),
    "toml-backslash": Words(
        N_("A backslash means something special in this text."),
        N_("Write it twice (\\\\), or put the text in single quotes: '…'."),
    ),
    "toml-string-open": Words(N_("This text is never closed."), N_("Put the closing quotes at its end.")),
    "toml-line-end": Words(
        N_("This text is not closed on its line."),
        N_('Close it with a quote; a text of several lines takes three quotes on each side: """…""".'),
    ),
    "toml-control": Words(N_("An invisible control character stands here."), N_("Delete it and type the place again.")),
    "toml-date": Words(N_("There is no such day or time."), N_("Write it like 2026-11-24.")),
    # Types and keys
    "wants-text": Words(N_("`{key}` takes a text, not {found}."), N_('Put it in quotes: {key} = "…".')),
    "wants-flag": Words(N_("`{key}` is true or false, not {found}."), N_("Write true or false without quotes.")),
    "wants-number": Words(N_("`{key}` takes a whole number, not {found}.")),
    "wants-value": Words(N_("`{key}` takes a text, a number, a date, true or false, not {found}.")),
    "wants-list": Words(N_("`{key}` takes a list, not {found}."), N_('Put it in brackets: {key} = ["…"].')),
    "wants-table": Words(N_("`{key}` takes a table, not {found}."), N_("Write it in braces: {{ … = … }}.")),
    "wants-tables": Words(
        N_("`{key}` takes a list of tables, not {found}."), N_("Write it as {key} = [ {{ … }}, ].")
    ),
    "single-brackets": Words(
        N_("There can be several of `{key}`, so it takes two brackets on each side."),
        N_("Write [[{header}]], or {key} = [ {{ … }} ] on one line."),
    ),
    "key-missing": Words(N_("`{key}` is missing."), N_("Add `{key}` here.")),
    "key-unknown": Words(N_("There is no key `{key}` here.")),
    "step-key-below": Words(
        N_("`{key}` is a step key, but it stands below another heading or inside other braces."),
        N_("Move it above {at}."),
    ),
    "section-key-below": Words(
        N_("`{key}` is a section key, but it stands below a step."), N_("Move it above {at}, the section's first step.")
    ),
    "playbook-key-below": Words(
        N_("`{key}` belongs to the whole playbook, but it stands below another heading."), N_("Move it above {at}.")
    ),
    "field-key-in-step": Words(
        N_("`{key}` is a field key."), N_('Write it inside a field: field = [ {{ id = "…", label = "…" }}, ].')
    ),
    "step-key-in-section": Words(
        N_("`{key}` is a step key, but it stands in a section."), N_("Move it below a [[section.step]].")
    ),
    "step-at-top": Words(N_("Steps stand inside a section."), N_("Write [[section.step]] below a [[section]].")),
    "value-unknown": Words(N_("`{key}` cannot be “{value}”."), N_("It can be: {allowed}.")),
    "number-size": Words(N_("The number of `{key}` is too large."), N_("It stays below a thousand million million.")),
    "setting-range": Words(N_("`{key}` goes from {least} to {most}.")),
    "too-deep": Words(N_("This is nested too deeply to be meant."), N_("Use fewer levels.")),
    "choice-twice": Words(N_("The choice “{choice}” stands in the list twice."), N_("Keep one of the two.")),
    "hidden-letters": Words(
        N_("This text holds invisible characters, which are shown as signs."), N_("Delete them and type the place again.")
    ),
    "snippet-unknown": Words(N_("There is no snippet `{name}`."), N_("Under [snippets] stand: {known}.")),
    "snippets-long": Words(N_("With its snippets this playbook grows past {most} letters."), N_("Use shorter snippets.")),
    # Ids
    "id-pattern": Words(
        N_("“{id}” cannot be an id."),
        N_("An id has lower case letters, digits and hyphens, and begins with a letter, like `{meant}`."),
    ),
    "id-reserved": Words(N_("`{id}` means something else here, so it cannot be an id."), N_("Choose another, like `{id}-step`.")),
    "id-twice": Words(
        N_("The id `{id}` is used twice, first at {at}."),
        N_("Sections, steps and fields share their ids; give this one another."),
    ),
    "playbook-id": Words(N_("“{name}” cannot be the id of a playbook."), N_("It has lower case letters, digits and hyphens.")),
    "language-tag": Words(N_("“{language}” is no language code."), N_("Write it like en, es or pt-BR.")),
    # References
    "step-unknown": Words(N_("There is no step `{name}`.")),
    "field-unknown": Words(N_("There is no field `{name}`.")),
    "held-unknown": Words(N_("There is no step or section `{name}`.")),
    "role-unknown": Words(N_("There is no role `{name}`."), N_("Add it under [roles].")),
    "field-not-date": Words(N_("`{name}` is a field of kind {kind}, so no date can come from it."), N_("Use a field of kind date or datetime.")),
    "field-not-list": Words(N_("`{name}` is a field of kind {kind}, so it has no lines."), N_("Use a field of kind list.")),
    "closes-nothing": Words(N_("The step `{name}` logs nothing that could be closed."), N_("Name a step that has `logs`.")),
    "starts-unknown": Words(N_("The library has no playbook `{name}`.")),
    "starts-field-unknown": Words(N_("The playbook `{playbook}` asks no `{name}` at its start.")),
    "log-day": Words(N_("“{name}” is neither a date field nor a day."), N_("Write the id of a date field, or a day like 2026-11-24.")),
    "log-text": Words(N_("“{name}” looks like a field's id, but there is no such field."), N_("If it is meant as text, leave it.")),
    "log-text-each": Words(N_("`text` and `each` cannot stand together."), N_("Each line of the list is the text of its own entry.")),
    "save-built-in": Words(N_("`{name}` is the app's own name on a client and cannot be saved over."), N_("Choose another name.")),
    "save-pattern": Words(N_("“{name}” cannot be a name to save under."), N_("It has lower case letters, digits and hyphens.")),
    "saved-unknown": Words(N_("No playbook saves `{name}` on the client."), N_("Check the name, or set it by hand with `playbook client set`.")),
    "name-undefined": Words(N_("Nothing defines {{{{ {name} }}}}."), N_("Use the id of a field, or a name like client.name, run.start, me.")),
    # Fields
    "choices-missing": Words(N_("A field of kind {kind} needs choices."), N_('Add choices = ["…", "…"].')),
    "choices-unfit": Words(N_("A field of kind {kind} has no choices."), N_("Take them out, or make its kind choice, several or list.")),
    "bound-unfit": Words(
        N_("`{key}` does not fit a field of kind {kind}."),
        N_("Numbers take a number, dates a date, texts and lists a whole number; other kinds take none."),
    ),
    "bounds-crossed": Words(N_("`min` {least} is greater than `max` {most}, so no answer fits."), N_("Swap them.")),
    "choice-alone": Words(N_("`{name}` has a single choice, so its answer says nothing."), N_("Add the other choices, or take the field out: the tick says that it is done.")),
    "field-done": Words(N_("“{label}” only asks whether the step is done, which the tick says."), N_("Ask for what came of it, or take the field out.")),
    "default-unfit": Words(N_("The default does not fit a field of kind {kind}."), N_("Write an answer that a person could give.")),
    # Steps and sections
    "formal-alone": Words(N_("The formal wording has `{key}`, but the step itself has not."), N_("Write the informal wording as well: `say`, or `message` with its subject and body.")),
    "message-channel": Words(N_("A message goes by email, but the channel is {channel}."), N_("Take out `channel`, or put the call into a step of its own.")),
    "topic-alone": Words(N_("`topic` without a channel logs nothing."), N_("Add `channel`, or take `topic` out.")),
    "holds-without-gate": Words(N_("`holds` does nothing without a gate."), N_('Add gate = "hard" or gate = "soft".')),
    "gate-free": Words(N_("A hard gate that is optional still locks what it holds."), N_("Leave `skip` out, or make the gate soft.")),
    "gate-holds-home": Words(N_("This gate also holds the steps before it in its own section `{section}`."), N_("Name the steps it holds, or leave `holds` out.")),
    "section-keys": Words(N_("{count} steps are in the short form; more than {most} are hard to keep in mind."), N_("Keep `key` for those that must not be missed.")),
    "section-long": Words(N_("This section has {count} steps and no pause; more than {most} are hard to take in."), N_('Cut it where the work pauses, or name the moment at which it is gone through: pause = "…".')),
    "title-vague": Words(N_("“{words}” does not say what is done, so nobody can tell when it is."), N_("Begin with what one does and others can see: ask, write, send, ring, agree, book.")),
    "pause-missing": Words(N_("A do-confirm section needs its moment."), N_('Say when it is gone through: pause = "…".')),
    # Dates
    "rule": Words(N_("“{text}” is no date rule."), N_("Write it like start + 2bd, kickoff - 1w or welcome-call.due + 3d.")),
    "rule-spaces": Words(N_("“{text}” is not quite a date rule."), N_("Write it as {meant}: blanks around the sign, and a unit.")),
    "rule-unit": Words(N_("“{text}”: there is no unit “{unit}”."), N_("Units are min, h, d, bd (working days), w and mo.")),
    "rule-unit-m": Words(N_("“{text}”: m could be minutes or months."), N_("Write min or mo.")),
    "interval": Words(N_("“{text}” is no interval."), N_("Write it like 3d, 5bd, 1w or 1mo.")),
    "clock": Words(N_("“{text}” is no clock time."), N_("Write it like 09:30 or 16:00.")),
    "anchor-unknown": Words(N_("There is no `{name}` to count from."), N_("Count from start, target, a step or a date field.")),
    "anchor-without-due": Words(N_("`{name}` has no due date to count from."), N_("Give that step a `due`, or count from the step itself: {name} + 1d.")),
    "anchor-not-instant": Words(N_("`{name}` is a day, and {unit} needs a clock time to count from."), N_("Count from a datetime field, a step or start, or use d or bd.")),
    "target-unlabelled": Words(N_("This playbook has no target."), N_('Say what it is called, at the top: target_label = "Go-live".')),
    "by-without-due": Words(N_("`by` does nothing without `due`."), N_("Add a `due`.")),
    "by-instant": Words(N_("`by` cannot stand beside a date in hours or minutes."), N_("Take `by` out.")),
    "repeat-without-due": Words(N_("`repeat` counts from the due date, and there is none."), N_("Add a `due`.")),
    "due-hidden": Words(
        N_("`{name}` may be hidden while this step is shown; then this date is never known."),
        N_('Show both on the same condition, or add a second rule to `due`: ["{name} + 1d", "start + 1w"].'),
    ),
    "due-locked": Words(
        N_("This date waits on `{name}`, but step `{step}`, which gives it, is locked until `{gate}` is settled."),
        N_("Count from something known earlier, or let `{gate}` not lock that step."),
    ),
    # Conditions
    "condition-empty": Words(N_("This condition says nothing."), N_('Write it like {{ field = "tier", is = "gold" }}.')),
    "condition-no-side": Words(N_("This condition does not say what it looks at."), N_("Add field, step or client.")),
    "condition-sides": Words(N_("This condition looks at several things: {sides}."), N_("Make one condition of each; a list of them means all.")),
    "condition-no-test": Words(N_("This condition does not say what it tests."), N_('Add a test, such as is = "…" or answered = true.')),
    "condition-tests": Words(N_("This condition has several tests: {tests}."), N_("Make one condition of each; a list of them means all.")),
    "condition-mixed": Words(N_("`all` or `any` stands alone in its braces."), N_("Put the other test into the list.")),
    "condition-deep": Words(N_("Conditions nest at most {most} deep."), N_("Make it flatter, or split the step in two.")),
    "condition-right": Words(N_("Compare with one thing: a field or something of the client."), N_('Write {{ field = "…" }} or {{ client = "…" }}.')),
    "condition-never": Words(N_("These conditions on `{name}` can never hold together."), N_("Take one of them out, or say any.")),
    "condition-never-far": Words(
        N_("This can never hold: what it asks about is itself shown only on other conditions on `{name}`."),
        N_("Let both ask for the same, or take one of the conditions out."),
    ),
    "condition-never-state": Words(N_("The step `{step}` can never be {state}."), N_("Test another state, or change that step.")),
    "condition-on-hideable": Words(
        N_("The step `{step}` may be hidden; then this condition never holds."),
        N_('If that is not meant, write any_of = ["done", "hidden"].'),
    ),
    "state-unknown": Words(N_("A step cannot be “{state}”."), N_("It can be: {allowed}.")),
    "choice-unknown": Words(N_("“{value}” is no choice of `{name}`."), N_("Its choices are: {allowed}.")),
    "test-unfit": Words(N_("`{test}` does not fit `{name}`, which is of kind {kind}."), N_("Tests that fit: {tests}.")),
    "test-unfit-step": Words(N_("`{test}` does not fit a step."), N_("Use is, is_not or any_of.")),
    "test-value": Words(N_("This can never be an answer to `{name}`, which is of kind {kind}."), N_("Compare it with an answer that a person could give.")),
    "test-range": Words(N_("No answer to `{name}` can pass this test."), N_("Compare it with an answer that its `min`, `max` and choices allow.")),
    # Circles
    "cycle-needs": Words(N_("These steps need each other: {ids}."), N_("Take one `needs` out.")),
    "cycle-gates": Words(N_("These steps lock each other: {ids}."), N_("Let a gate not hold what it waits on itself.")),
    "cycle-dates": Words(N_("These dates wait for each other: {ids}."), N_("Let one of them count from start or from a date field.")),
    "cycle-conditions": Words(N_("These are shown only once the other is answered: {ids}."), N_("Take one condition out.")),
    # Across files
    "language-more": Words(N_("The {kind} `{id}` does not stand in the playbook of language {language}."), N_("One id has the same sections, steps, fields and choices in every language.")),
    "language-less": Words(N_("The {kind} `{id}` of language {language} is missing here."), N_("One id has the same sections, steps, fields and choices in every language.")),
}  # fmt: skip
"""Sentences by code."""

_FOUND: Mapping[str, str] = {
    "str": N_("a text"), "bool": N_("true or false"), "int": N_("a number"), "float": N_("a number"),
    "list": N_("a list"), "dict": N_("a table"), "date": N_("a date"), "datetime": N_("a date"), "time": N_("a clock time"),
}  # fmt: skip
_PARTS: Mapping[str, str] = {
    "section": N_("section"), "step": N_("step"), "field": N_("field"), "choice": N_("choice"),
}  # fmt: skip


def message(problem: Problem) -> str:
    """What is wrong."""
    return _(PROBLEMS[problem.code].message).format(**_shown(problem))


def hint(problem: Problem) -> str:
    """What to do about it; "" when the message says it all."""
    shown = _shown(problem)
    said: list[str] = []
    if problem.args.get("nearest"):
        said.append(_("Did you mean `{nearest}`?").format(**shown))
    if problem.args.get("stands_for"):
        said.append(_("`{name}` is a {stands_for}.").format(**shown))
    if text := PROBLEMS[problem.code].hint:
        said.append(_(text).format(**shown))
    return " ".join(said)


def _shown(problem: Problem) -> dict[str, Any]:
    of_parts = problem.code in ("language-more", "language-less")
    return {name: _value(name, value, of_parts=of_parts) for name, value in problem.args.items()}


def _value(name: str, value: object, *, of_parts: bool) -> str:
    """A value for a sentence: data on one line and short, our own codes in words; a field's kind is a TOML word."""
    if name == "at":
        return _("line {line}").format(line=value) if isinstance(value, int) else _short(value)
    if name == "found":
        return _(_FOUND.get(str(value), "a text"))
    if (name == "stands_for" or (name == "kind" and of_parts)) and value in _PARTS:
        return _(_PARTS[str(value)])
    if name == "ids" and isinstance(value, tuple):
        return " → ".join(map(_short, value))
    if isinstance(value, (tuple, list)):
        return ", ".join(map(_short, value))
    return system_words(_short(value)) if name == "reason" else _short(value)


def _short(value: object) -> str:
    text = line(str(value))
    return text if len(text) <= 80 else text[:79] + "…"

"""Steps and sections: their references, gates, messages, and how many there are."""

import re
from collections.abc import Callable

from playbook.core.check.fields import is_moment
from playbook.core.check.names import ID, Names, References, StepAt
from playbook.core.nearest import nearest
from playbook.core.playbook import Log, Message, PlaybookTest, channel_of
from playbook.core.problem_list import ProblemList
from playbook.core.problems import Where

MOST_STEPS = 9
"""Steps that can be taken in at once, where no pause is named."""

MOST_KEYS = 5
"""Steps of a section that the short form may show."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

Check = Callable[[StepAt, References, ProblemList], None]


def check_sections(names: Names, problems: ProblemList) -> None:
    """How sections are cut, and what the playbook says of itself."""
    language = names.playbook.language
    if not _LANGUAGE.fullmatch(language):
        problems.add("language-tag", ("language",), language=language)
    for section, where in names.every_section:
        keys = sum(step.key for step in section.steps)
        if keys > MOST_KEYS:
            problems.add("section-keys", where, "advice", count=keys, most=MOST_KEYS)
        if len(section.steps) > MOST_STEPS and not section.pause:
            problems.add("section-long", where, "advice", count=len(section.steps), most=MOST_STEPS)
        if section.mode == "do-confirm" and not section.pause:
            problems.add("pause-missing", where, "advice")


def check_steps(names: Names, references: References, problems: ProblemList) -> None:
    """Everything a step names, and what contradicts itself in it."""
    for at in names.every_step:
        _check_gate(at, references, problems)
        _check_closes(at, references, problems)
        _check_starts(at, references, problems)
        _check_logs(at, names, references, problems)
        _check_channel(at, problems)
        if at.step.role and at.step.role not in names.playbook.roles:
            close = nearest(at.step.role, names.playbook.roles) if not problems.is_full else ""
            problems.add("role-unknown", (*at.where, "role"), name=at.step.role, nearest=close)
    for i, test in enumerate(names.playbook.tests):
        _check_test(test, ("test", i), names, references)


def _check_gate(at: StepAt, references: References, problems: ProblemList) -> None:
    step = at.step
    for i, name in enumerate(step.needs):
        references.step(name, (*at.where, "needs", i))
    for i, name in enumerate(step.holds):
        references.held(name, (*at.where, "holds", i))
    if step.holds and not step.gate:
        problems.add("holds-without-gate", (*at.where, "holds"))
    if step.gate == "hard" and step.skip == "free":
        problems.add("gate-free", (*at.where, "skip"), "advice")
    if step.gate and at.home.section.id and at.home.section.id in step.holds:
        problems.add("gate-holds-home", (*at.where, "holds"), "advice", section=at.home.section.id)


def _check_closes(at: StepAt, references: References, problems: ProblemList) -> None:
    where = (*at.where, "closes")
    closed = references.step(at.step.closes, where)
    if closed is not None and not closed.step.logs:
        problems.add("closes-nothing", where, name=at.step.closes)


def _check_starts(at: StepAt, references: References, problems: ProblemList) -> None:
    starts = at.step.starts
    if starts is None:
        return
    where = (*at.where, "starts")
    if starts.playbook and not ID.fullmatch(starts.playbook):
        problems.add("playbook-id", where, name=starts.playbook)
    asked = references.field(starts.on, (*where, "on"))
    if asked is not None and asked.field.kind not in ("date", "datetime"):
        problems.add("field-not-date", (*where, "on"), name=starts.on, kind=asked.field.kind)
    for key, name in starts.set.items():
        references.field(name, (*where, "set", key))


def _check_logs(at: StepAt, names: Names, references: References, problems: ProblemList) -> None:
    for i, log in enumerate(at.step.logs):
        where = (*at.where, "logs", i)
        listed = references.field(log.each, (*where, "each"))
        if listed is not None and listed.field.kind not in ("list", "several"):
            problems.add("field-not-list", (*where, "each"), name=log.each, kind=listed.field.kind)
        if log.each and log.text:
            problems.add("log-text-each", (*where, "text"))
        _check_log_day(log, (*where, "on"), names, problems)
        _check_log_texts(log, where, names, problems)


def _check_log_day(log: Log, where: Where, names: Names, problems: ProblemList) -> None:
    day = log.values.get("on", "")
    at = names.fields.get(day)
    if at is not None and at.field.kind not in ("date", "datetime"):
        problems.add("field-not-date", where, name=day, kind=at.field.kind)
    elif day and at is None and not is_moment(day):
        close = nearest(day, names.fields) if not problems.is_full else ""
        problems.add("log-day", where, name=day, nearest=close)


def _check_log_texts(log: Log, where: Where, names: Names, problems: ProblemList) -> None:
    """A text that looks like an id but is none was probably meant as one."""
    for key, text in (("text", log.text), *log.values.items()):
        if (
            key == "on"
            or "-" not in text
            or text in names.fields
            or problems.is_full
            or not ID.fullmatch(text)
        ):
            continue
        if close := nearest(text, names.fields):
            problems.add("log-text", (*where, key), "advice", name=text, nearest=close)


def _check_channel(at: StepAt, problems: ProblemList) -> None:
    step = at.step
    if step.message is not None and step.channel not in ("", "email"):
        problems.add("message-channel", (*at.where, "channel"), channel=step.channel)
    if step.formal is not None:
        plain = step.message or Message()
        for key, said in (("say", step.say), ("subject", plain.subject), ("body", plain.body)):
            if getattr(step.formal, key) and not said:
                problems.add("formal-alone", (*at.where, "formal", key), key=key)
    if step.topic and not channel_of(step):
        problems.add("topic-alone", (*at.where, "topic"), "advice")


def _check_test(test: PlaybookTest, where: Where, names: Names, references: References) -> None:
    for name in test.fields:
        references.field(name, (*where, "fields", name))
    for key in ("done", "due"):
        listed = getattr(test, key)
        for place, name in enumerate(listed):
            references.step(str(name), (*where, key, name if isinstance(listed, dict) else place))
    for key in ("skipped", "na", "shown", "hidden", "locked", "open"):
        for place, name in enumerate(getattr(test, key)):
            references.step(name, (*where, key, place))

"""What a person asks for, decided: the change to record, or why not. The only place where runs refuse.

Each function is given the run, its view and plain values, and returns a Draft or a Refusal. Answers come in
as typed and are parsed here, so that no screen or command can get round a required field.
"""

from playbook.core.decide.answers import asked, parse_answers, saves_of
from playbook.core.decide.remarks import close_remark, promote, remark
from playbook.core.decide.runs import abandon, add_step, assign_role, dates, finish, reopen_run
from playbook.core.decide.sheet import Sheet, Typed, first_ready
from playbook.core.decide.steps import (
    answer,
    assign,
    block,
    confirmable,
    due,
    note,
    reopen,
    skip,
    tick,
    unblock,
)

__all__ = [
    "Sheet", "Typed", "abandon", "add_step", "answer", "asked", "assign", "assign_role", "block", "close_remark", "confirmable", "dates", "due", "finish",
    "first_ready", "note", "parse_answers", "promote", "remark", "reopen", "reopen_run", "saves_of", "skip", "tick", "unblock",
]  # fmt: skip

"""Why something was not done, in words: what, why, and what to do instead."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from playbook.core.problems import Refusal
from playbook.core.text import line
from playbook.words import N_, N_context, _, in_context, quoted
from playbook.words.dates import clock_time, long_day
from playbook.words.libraries import system_words

REFUSALS: Mapping[str, str] = {
    # Answers
    "answer-long": N_("{label}: at most {most} letters, please."),
    "answer-number": N_("{label}: “{text}” is not a number. Type it like 1200 or 12.5."),
    "answer-money": N_("{label}: “{text}” is not an amount. Type it with its currency, like 1200 EUR."),
    "answer-money-which": N_("{label}: which currency does “{text}” mean? Type its code, like 1200 USD or 1200 MXN."),
    "answer-date": N_("{label}: “{text}” is not a day. Type it like fri, +2, 12 dec or YYYY-MM-DD."),
    "answer-datetime": N_("{label}: “{text}” is not a day and time. Type it like fri 15:00, 12 dec 9:30 or YYYY-MM-DD 15:00."),
    "answer-yes-no": N_("{label}: “{text}” is neither yes nor no."),
    "answer-email": N_("{label}: “{text}” is not an e-mail address."),
    "answer-url": N_("{label}: “{text}” is not a link. It starts with https://, http:// or mailto:."),
    "answer-choice": N_("{label}: “{text}” is not one of the choices: {choices}."),
    "answer-line": N_("{label}: end the line “{text}” with | and one of {choices}."),
    "answer-min": N_("{label}: not under {bound}."),
    "answer-max": N_("{label}: not over {bound}."),
    "fields-missing": N_("“{step}” needs an answer first: {labels}."),
    "field-required": N_("This must keep an answer: {labels}."),
    "no-field": N_("There is no field “{field}” here. Fields: {known}."),
    "no-field-near": N_("There is no field “{field}” here. Did you mean {near}?"),
    "no-field-none": N_("There is no field “{field}” here, nor any other."),
    "day-words": N_("“{text}” is not a day. Type it like fri, +2, +3bd, 12 dec or 2026-12-12."),
    # Steps
    "no-step": N_("{run} has no step “{step}”. `playbook show {run}` lists them."),
    "no-step-near": N_("{run} has no step “{step}”. Did you mean {near}?"),
    "step-settled": N_("“{step}” is already {state}. Reopen it first."),
    "step-open": N_("“{step}” is open already."),
    "step-hidden": N_("“{step}” is not needed here, so there is nothing to do."),
    "step-locked": N_("“{step}” is locked by {gates}. Settle that first, or pass it over with a reason."),
    "step-warned": N_("{gates} should come before “{step}”. To go on all the same, give a reason."),
    "step-blocked": N_("“{step}” is blocked: {reason}. Unblock it first."),
    "step-unblocked": N_("“{step}” is not blocked."),
    "step-again": N_("“{step}” was done today. It opens again for {due}; undo takes today's back."),
    "step-early": N_("“{step}” opens on {opens}. To do it before, give a reason."),
    "money-unspoken": N_("“{step}” puts money in writing before anybody spoke of it. Book the talk first, or give a reason."),
    "money-careless": N_("“{step}” is about money, and in 90 days nothing was done for the person. Care first, or give a reason."),
    "sync-nothing": N_("{run} follows its playbook already."),
    "sync-no-file": N_("The library has no playbook “{playbook}” in the language of this run. The run goes on with its copy."),
    "sync-own": N_("The playbook has a step “{step}” of its own now, and so has this run. Give the one in the file another id."),
    "remark-own": N_("“{step}” is only in this run. To have it in the playbook, put it in: e."),
    "remark-empty": N_("The remark is empty."),
    "remark-gone": N_("This remark was taken back."),
    "remark-closed": N_("Somebody decided on this remark already."),
    "remark-reason": N_("Setting a remark aside needs a reason."),
    "promoted": N_("“{step}” stands in the playbook already. S brings this run along."),
    "edit-no-step": N_("The file of “{playbook}” has no step “{step}”. Bring the run up to it first, or edit the file."),
    "edit-by-hand": N_("{path} is written in a way that only its author can edit. Open the file itself."),
    "edit-unreadable": N_("{path} cannot be read."),
    "edit-changed": N_("{path} was changed by another program meanwhile. Look at it, then try again."),
    "editor-unset": N_("No editor is set. Set VISUAL or EDITOR, such as EDITOR=nano, or open {path} yourself."),
    "editor-failed": N_("{editor} could not be run, or ended with a fault. The file is as it left it."),
    "edit-not-shown": N_("{path} holds characters that a terminal must not be sent. `playbook check` names them; open it in your own editor."),
    "edit-nothing": N_("That is what it says already."),
    "edit-problem": N_("The playbook would not be right any more: {problem}"),
    "no-step-or-role": N_("{run} has neither a step nor a role “{name}”. `playbook show {run}` lists both."),
    "no-step-or-role-near": N_("{run} has neither a step nor a role “{name}”. Did you mean {near}?"),
    "no-entry": N_("“{step}” closes no entry {entry}. It closes: {known}."),
    "no-entry-none": N_("“{step}” closes no entry, so {entry} needs no outcome here."),
    "step-retired": N_("“{step}” is no longer in the playbook, so there is nothing to do."),
    "block-reason": N_("Blocking “{step}” takes a reason."),
    "outcome-unsaid": N_("The dates do not say how “{entry}” ended. Say it: {known}."),
    "outcome": N_("“{text}” is not how “{entry}” ends. It can be: {known}; “open” leaves it open."),
    "own-title": N_("A step needs a title."),
    "no-section": N_("There is no section “{section}”. Sections: {known}."),
    "no-section-near": N_("There is no section “{section}”. Did you mean {near}?"),
    "section-nothing": N_("Nothing in this section can be confirmed as it is: its open steps ask or start something, wait, or are held."),
    "section-settled": N_("Every step of this section is settled."),
    "skip-reason": N_("Skipping “{step}” takes a reason."),
    "skip-never": N_("“{step}” can be neither skipped nor set to n/a."),
    "due-not-by-hand": N_("The date of “{step}” was not set by hand, so there is nothing to clear."),
    "note-empty": N_("An empty note was not kept."),
    # Runs
    "run-ended": N_("{run} is {state}. Reopen it to change it."),
    "run-open": N_("{run} is open already."),
    "steps-open": N_("{run} still has open steps: {titles}. Settle them, or finish with a reason."),
    "abandon-reason": N_("Abandoning a run takes a reason."),
    "no-version": N_("“{playbook}” has no version {number}. `playbook versions {playbook}` lists them."),
    "first-version": N_("Version {number} is the first in its language: there is none before it."),
    "as-of-ahead": N_("Still to come: {day}. Name a day or an hour gone by."),
    "as-of-before": N_("The run was not there on {day}."),
    "as-of-change": N_("This change is not in the history of the run."),
    "as-of-playbook": N_("A playbook has no past states. --as-of is for runs; `playbook versions {playbook}` lists what runs used of it."),
    "no-run": N_("There is no run “{run}”. `playbook runs --all` lists them."),
    "no-run-near": N_("There is no run “{run}”. Did you mean {near}?"),
    "many-runs": N_("“{run}” could be {names}. Type a little more."),
    # Starting
    "no-playbook": N_("There is no playbook “{playbook}”. `playbook list` shows them."),
    "no-playbook-near": N_("There is no playbook “{playbook}”. Did you mean {near}?"),
    "playbook-broken": N_("The playbook “{playbook}” has problems, so it cannot be started. `playbook check {path}` names them."),
    "config-language": N_("“{value}” is not a language of the program. It speaks: {known}."),
    "playbook-id": N_("“{playbook}” is no id: lower-case letters, digits and hyphens, a letter first, at most 64."),
    "playbook-exists": N_("{path} is there already, so nothing was written."),
    "playbook-known": N_("There is a playbook “{playbook}” already. `playbook new {playbook} --from {playbook}` makes a copy that is yours."),
    "playbook-write": N_("Nothing could be written to {path}: {reason}"),
    "target-unused": N_("“{playbook}” counts to no target day."),
    "no-role": N_("“{playbook}” has no role “{role}”."),
    "other-client": N_("{run} is of another client, so it starts nothing for {client}."),
    "started-already": N_("“{step}” has started {runs} already. To start one more, say so (--again)."),
    "starts-nothing": N_("“{step}” starts no playbook."),
    "starts-other": N_("“{step}” starts {starts}, not {playbook}."),
    # Tables
    "table-read": N_("{path} cannot be read: {reason}."),
    "table-large": N_("{path} is larger than {most}."),
    "table-encoding": N_("{path} is not UTF-8. Save it as “CSV UTF-8” and try again."),
    "table-nul": N_("{path} is no table of text: it has zero bytes in it."),
    "table-broken": N_("{path}, line {line}: a quotation mark is not closed, or a cell is too long."),
    "table-rows": N_("{path} has more than {most} rows. Split it up."),
    "table-columns": N_("{path} has more than {most} columns."),
    "table-empty": N_("{path} has no rows."),
    "column": N_("There is no column “{column}”. There can be: {known}."),
    "column-near": N_("There is no column “{column}”. Did you mean {near}?"),
    "column-blank": N_("Column {number} has no name."),
    "column-many": N_("The column “{column}” could be {names}. Use one of those."),
    "column-twice": N_("The columns “{column}” and “{other}” are the same."),
    "column-client": N_("The table needs a column “client”."),
    "row-long": N_("It has more cells than there are columns."),
    "row-client": N_("It names no client."),
    "row-twice": N_("It says the same as line {other}."),
    "row-no-client": N_("There is no client “{client}”. Add it first, or say --add-clients."),
    "row-no-client-near": N_("There is no client “{client}”. Did you mean {near}? Or say --add-clients."),
    # Clients
    "no-client": N_("There is no client “{client}”. `playbook client list` shows them, `playbook client add` adds one."),
    "no-client-near": N_("There is no client “{client}”. Did you mean {near}?"),
    "many-clients": N_("“{client}” could be {names}. Type a little more."),
    "client-name": N_("A client needs a name."),
    "client-name-long": N_("A client's name has at most {most} letters."),
    "client-taken": N_("“{name}” is there already, as {client}."),
    "client-key": N_("“{key}” is not something a client has. It can have: {known}, or any saved name such as reply-time."),
    "client-value": N_("{key}: “{value}” does not fit. {wanted}"),
    "client-built-in": N_("{key} is worked out, not typed."),
    "forget-name": N_("That is not “{name}”, so nothing was deleted."),
    "no-contact": N_("{client} has no contact number {number}."),
    # Ledger
    "entry-kind": N_("“{kind}” is no kind of entry. There are: {known}."),
    "entry-kind-near": N_("“{kind}” is no kind of entry. Did you mean {near}?"),
    "entry-owner": N_("“{owner}” cannot have to move. It can be: {known}."),
    "entry-long": N_("An entry has at most {most} letters."),
    "entry-text": N_("An entry needs a few words."),
    "entry-day": N_("A next word needs its day, such as fri or +3bd."),
    "entry-ref": N_("“{entry}” is no entry. An entry is named like acme#12; `playbook ledger CLIENT` lists them."),
    "no-ledger-entry": N_("There is no entry {entry}. `playbook ledger CLIENT` lists them."),
    "entry-forgotten": N_("Entry {number} was deleted for good. Only its number is left."),
    "forget-fact-only": N_("{entry} is not a fact about a person. Only those can be deleted for good; u takes the newest change back."),
    "entry-closed": N_("“{entry}” is not open, so there is nothing to close."),
    "entry-open": N_("“{entry}” is open already."),
    "entry-same": N_("That is what it says already."),
    "entry-moved-only": N_("“{entry}” gets a new day only when it was moved with notice."),
    "entry-new-day": N_("“{entry}” was moved: say to which day."),
    "put-off-past": N_("{day} is not a later day."),
    "over-goodwill": N_("That makes {total} of goodwill, and the cap is {cap}. Above it, say who agreed (approver)."),
    # Undo
    "undo-nothing": N_("Nothing to undo."),
    "undo-only-start": N_("Nothing left to undo in this run. To take back its start, undo it from Today, or run `playbook undo`."),
    "undo-child": N_("That would take back the start of {run}, where work has begun. Undo there first."),
    "redo-nothing": N_("Nothing to redo."),
    # Files
    "export-exists": N_("{path} exists. Choose another name, or say --force to replace it."),
    "export-folder": N_("{path} is a folder. Name a file in it."),
    "exports-exist": N_("{path} has {names} already, so nothing was written. Choose another folder."),
    "export-no-folder": N_("There is no folder {path}."),
    "export-write": N_("{path} could not be written. Is the folder there, and is there room?"),
    "export-format": N_("There is no format “{format}”. There are: {known}."),
    "backup-same": N_("That is the database itself. Choose another file."),
    "config-key": N_("There is no setting “{key}”. There are: {known}."),
    "config-broken": N_("The settings file has faults of its own. Mend those first: the app names them when it starts."),
    "config-changed": N_("{path} was changed by somebody else meanwhile. Try again."),
    "config-write": N_("{path} could not be written: {reason}."),
    "config-value": N_("{key}: “{value}” does not fit. {wanted}"),
    # Working days
    "calendar-key": N_("There is no “{key}” in the calendar. There are: {known}."),
    "calendar-week": N_("“{text}” is no work week. Type it like mon-fri, sun-thu or mon,tue,thu."),
    "calendar-week-empty": N_("A work week needs a day at least. Type it like mon-fri."),
    "calendar-country": N_("No holidays are known for “{country}”. Type its code, like ES or MX."),
    "calendar-country-near": N_("No holidays are known for “{country}”. Did you mean {near}?"),
    "calendar-region": N_("{country} has no region “{region}”. Regions: {known}."),
    "calendar-region-near": N_("{country} has no region “{region}”. Did you mean {near}?"),
    "calendar-region-none": N_("No region of {country} has holidays of its own, so leave “{region}” out."),
    "calendar-region-alone": N_("“{region}” is a region of which country? Set the country as well."),
    "calendar-range": N_("“{text}” is no range of days: it ends before it begins, or is longer than {most} days."),
    "calendar-not-off": N_("Not among your days off: {days}."),
    "calendar-off-many": N_("At most {most} days off are kept."),
}  # fmt: skip
"""Sentences by code; the names in braces are the refusal's values."""

TROUBLES: Mapping[str, str] = {
    "store-busy": N_("Another program is writing to {path} and did not finish in time. Try again in a moment."),
    "store-damaged": N_("{path} is damaged and was left as it is. `playbook restore FILE` brings back a backup from {backups}."),
    "store-newer": N_("{path} was written by a newer playbook ({needed} or later; its data version is {found}, this one knows {known}). Update playbook, or `playbook restore` an older backup."),
    "store-read-only": N_("{path} is read-only, so nothing can be changed."),
    "store-foreign": N_("{path} is not a playbook database."),
    "store-full": N_("The disk is full, so the change was not kept. Make some room and do it again."),
    "store-unreadable": N_("{path} cannot be opened. Check that it is a file you may read."),
    "store-replaced": N_("{path} was replaced by another file meanwhile, so the change was not kept. Start playbook again."),
}  # fmt: skip
"""What is wrong with the database, by code; each stands for exit code 3."""


def refusal_words(refusal: Refusal) -> str:
    """The refusal as one sentence, clean and on one line."""
    args = {key: _said(key, value) for key, value in refusal.args.items()}
    code = refusal.code
    if args.get("near") and f"{code}-near" in REFUSALS:
        code = f"{code}-near"
    elif args.get("known") == "" and f"{code}-none" in REFUSALS:
        code = f"{code}-none"
    if "reason" in args:
        args["reason"] = system_words(args["reason"])
    if "state" in args:
        word = run_state_word if refusal.code == "run-ended" else state_word
        args["state"] = word(str(refusal.args["state"]))
    return line(_(REFUSALS[code]).format(**args))


def trouble_words(code: str, args: Mapping[str, Any]) -> str:
    """The sentence for trouble with the database."""
    return line(_(TROUBLES[code]).format_map(_Blank({key: str(value) for key, value in args.items()})))


class _Blank(dict[str, str]):
    """Names a trouble does not carry stay empty, so that an error never fails in the telling."""

    def __missing__(self, key: str) -> str:
        return ""


_DAYS = frozenset({"opens", "due", "day", "bound"})
"""Values that may be the stamp of a day or of a local hour."""


def _said(key: str, value: object) -> str:
    if key == "choices" and isinstance(value, (list, tuple)):
        return _listed([quoted(str(choice)) for choice in value])
    if isinstance(value, Mapping) and "amount" in value:
        from playbook.words.answers import amount_words

        return amount_words(value)
    if key in _DAYS and isinstance(value, str) and len(value) >= 10:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        day = long_day(moment.date())
        return day if len(value) == 10 else _("{day} at {time}").format(day=day, time=clock_time(moment))
    return _listed(value)


def _listed(value: object) -> str:
    if isinstance(value, (list, tuple)):
        shown = [str(item) for item in value[:12]]
        return ", ".join(shown) + (", …" if len(value) > 12 else "")
    return str(value)


_STEP_STATES: Mapping[str, str] = {
    "open": N_context("step", "open"), "done": N_context("step", "done"), "skipped": N_context("step", "skipped"),
    "n/a": N_context("step", "n/a"), "hidden": N_context("step", "hidden"),
}  # fmt: skip
_RUN_STATES: Mapping[str, str] = {
    "open": N_context("run", "open"), "finished": N_context("run", "finished"), "abandoned": N_context("run", "abandoned"),
}  # fmt: skip


def state_word(state: str) -> str:
    """The word for the state of a step."""
    return in_context("step", _STEP_STATES[state]) if state in _STEP_STATES else state


def run_state_word(state: str) -> str:
    """The word for the state of a run."""
    return in_context("run", _RUN_STATES[state]) if state in _RUN_STATES else state

"""How a client stands, in words: who was heard when, what is owed, what speaks for a colder reading."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from playbook.core.calendar import Calendar, from_stamp
from playbook.core.schedule import day_of
from playbook.core.text import line
from playbook.words import N_, _, plural
from playbook.words.dates import clock_time, short_day

if TYPE_CHECKING:
    from playbook.core.figures import Balance, Figures, Standing
    from playbook.core.verdict import Verdict

TEMPERATURES: Mapping[str, str] = {"warm": N_("warm"), "cooling": N_("cooling"), "cold": N_("cold")}

_SIGNALS: Mapping[str, str] = {
    "status-asked": N_("they asked for the status"), "missed-promise": N_("we missed a promise"),
    "late-answer": N_("a concern waits too long for its answer"), "slow-replies": N_("they are late with what they promised"),
    "unseen": N_("they have not heard us for too long"), "open-concerns": N_("concerns are open"),
}  # fmt: skip

_MIXES: Mapping[str, str] = {
    "written": N_("Our last five contacts were all in writing."),
    "trouble": N_("Our last five contacts were all about a problem or money."),
}  # fmt: skip

_VERDICTS: Mapping[str, str] = {
    "no-news": N_("No bad news: it can go into the next check-in."), "tell-now": N_("Tell them now."),
    "may-wait": N_("It may wait until the check-in {when}."), "time-box": N_("Try to mend it until {when}, then tell them."),
}  # fmt: skip

_BECAUSE: Mapping[str, str] = {
    "nothing-worse": N_("Nothing costs more, takes longer or is less good than they expect."),
    "check-in-tomorrow": N_("The next check-in is tomorrow."), "check-in-today": N_("The next check-in is today."),
    "check-in-later": N_("The next check-in is {when}, and only tomorrow is soon enough."),
    "check-in-unknown": N_("No check-in is set."), "over-a-day": N_("The check-in is {hours} hours away, and 24 are the most."),
    "may-be-mended": N_("Nothing gets worse meanwhile, and it may still be put right."),
}  # fmt: skip


def quiet_words(days: int) -> str:
    """`no voice for 34 days`."""
    return plural("no voice for {count} day", "no voice for {count} days", days)


def voice_words(days: int) -> str:
    """`voice 3 days ago`."""
    return plural("voice {count} day ago", "voice {count} days ago", days)


def temperature_word(code: str) -> str:
    """`warm`."""
    return _(TEMPERATURES[code]) if code in TEMPERATURES else line(code)


def signal_words(signals: Sequence[str]) -> str:
    """What speaks for a colder reading, on one line."""
    return ", ".join(_(_SIGNALS[code]) for code in signals)


def mix_words(mix: str) -> str:
    """The quiet notice about the last five contacts; "" when there is none."""
    return _(_MIXES[mix]) if mix else ""


def verdict_words(found: "Verdict", calendar: Calendar, today: date) -> str:
    """When they hear it, and why, in two sentences."""
    when = ""
    if isinstance(found.until, datetime):
        local = calendar.local(found.until)
        when = (
            clock_time(local)
            if local.date() == today
            else f"{short_day(local.date(), today)} {clock_time(local)}"
        )
    elif found.until is not None:
        when = short_day(found.until, today)
    said = _(_VERDICTS[found.code]).format(when=when)
    return f"{said} {_(_BECAUSE[found.because]).format(when=when, hours=found.hours)}"


def card_lines(standing: "Standing", calendar: Calendar, today: date) -> list[str]:
    """The client card: at most five lines that head every run."""
    client, found = standing.client, standing.figures
    typed = [line(part) for part in client.settings.get("card", "").splitlines() if part.strip()]
    owner = client.settings.get("owner", "")
    lines = [" · ".join(typed), " · ".join(_owed(found, calendar, today)), " · ".join(_heard(standing, calendar, today)),
             _reading(standing), _("Owner: {name}").format(name=line(owner)) if owner else ""]  # fmt: skip
    return [said for said in lines if said]


def card_on_paper(standing: "Standing", calendar: Calendar) -> list[str]:
    """The client card for a document, where dates stand for themselves: nothing in it changes with the day it is read."""
    client, found = standing.client, standing.figures
    typed = [line(part) for part in client.settings.get("card", "").splitlines() if part.strip()]
    owed = [
        plural("{count} open promise", "{count} open promises", len(found.promises))
        if found.promises
        else "",
        plural("{count} open concern", "{count} open concerns", len(found.concerns))
        if found.concerns
        else "",
        _("last met: {day}").format(day=found.last_face) if found.last_face else "",
        _("last heard us: {day}").format(day=found.last_voice) if found.last_voice else "",
    ]
    owner = client.settings.get("owner", "")
    lines = [
        " · ".join(typed),
        " · ".join(filter(None, owed)),
        _("Owner: {name}").format(name=line(owner)) if owner else "",
    ]
    return [said for said in lines if said]


def owed_words(standing: "Standing", calendar: Calendar, today: date) -> list[str]:
    """What is owed and who was heard when, for the head of a run; nothing while the ledger is empty."""
    owed, heard = _owed(standing.figures, calendar, today), _heard(standing, calendar, today)
    return [*owed, *heard] if standing.entries else []


def no_word() -> str:
    """`! no next word`: somebody for whom work goes on does not know when they hear from us."""
    return f"! {_('no next word')}"


def _owed(found: "Figures", calendar: Calendar, today: date) -> list[str]:
    said = []
    if found.promises:
        first = from_stamp(found.promises[0].on) if found.promises[0].on != found.promises[0].at else None
        day = f" ({short_day(day_of(first, calendar), today)})" if first else ""
        said.append(plural("{count} open promise", "{count} open promises", len(found.promises)) + day)
    if found.at_risk:
        said.append(plural("{count} at risk", "{count} at risk", len(found.at_risk)))
    if found.concerns:
        said.append(plural("{count} open concern", "{count} open concerns", len(found.concerns)))
    return said


def _heard(standing: "Standing", calendar: Calendar, today: date) -> list[str]:
    found, said = standing.figures, []
    if found.last_face:
        said.append(plural("face {count} day ago", "face {count} days ago", (today - found.last_face).days))
    if found.last_voice:
        said.append(voice_words((today - found.last_voice).days))
    if found.next_word is not None and (moment := from_stamp(found.next_word.on)):
        said.append(_("next word {day}").format(day=short_day(day_of(moment, calendar), today)))
    else:
        said.append(no_word() if standing.is_active else _("no next word"))
    return said


def _reading(standing: "Standing") -> str:
    """The PM's own reading first, then what the signals propose."""
    own, found = standing.client.facts().get("temperature"), standing.figures
    said = _("you: {word}").format(word=temperature_word(str(own))) if own else ""
    if not found.signals:
        return said
    proposed = _("signals: {word} ({signals})").format(
        word=temperature_word(found.temperature), signals=signal_words(found.signals)
    )
    return " · ".join(part for part in (said, proposed) if part)


def figure_lines(standing: "Standing", today: date) -> list[tuple[str, str]]:
    """Every figure that follows from the ledger: what it says, and what stands beside it, which may be nothing."""
    found = standing.figures
    lines: list[tuple[str, str]] = []
    if found.feels_long is not None:
        how = _("learned from your own gaps") if found.feels_long_learned else _("as you said")
        said = plural("Feels long after {count} day", "Feels long after {count} days", found.feels_long)
        lines.append((said, how))
    if found.quiet_for is not None:
        lines.append((quiet_words(found.quiet_for), ""))
    if found.mix:
        lines.append((mix_words(found.mix), ""))
    lines.append(asked_words(found))
    if found.asked_last:
        days = (today - found.asked_last).days
        lines.append(
            (plural("{count} day since they last asked", "{count} days since they last asked", days), "")
        )
    logged = (
        _("Last logged {day}").format(day=short_day(found.logged_last, today)) if found.logged_last else ""
    )
    lines.append((logged or _("Nothing logged yet"), ""))
    from playbook.core.fairness import cap_of
    from playbook.words.answers import amount_words

    cap = cap_of(standing.client.facts())
    for currency, amount in found.goodwill.items():
        most = amount_words({"amount": cap[0], "currency": currency}) if cap and cap[1] == currency else ""
        total = amount_words({"amount": amount, "currency": currency}).strip()
        said = _("the cap is {sum}").format(sum=most) if most else ""
        lines.append((_("Goodwill so far: {sum}").format(sum=total), said))
    return lines


def asked_words(found: "Figures") -> tuple[str, str]:
    """How often they asked for the status, and how often in the time before."""
    said = plural(
        "Asked for the status {count} time in 90 days",
        "Asked for the status {count} times in 90 days",
        found.asked,
    )
    return said, _("{before} in the 90 days before").format(before=found.asked_before)


def balance_line(found: "Balance") -> tuple[str, str]:
    """What was done for the person and for the work, and a notice when one of them is missing."""
    said = _("In 90 days: care {care}, competence {competence}").format(
        care=found.care, competence=found.competence
    )
    notice = (
        (_("nothing for the person") if not found.care else _("nothing for the work"))
        if found.is_one_sided
        else ""
    )
    return said, notice


def joined_figures(standing: "Standing", today: date, balance: "Balance | None" = None) -> list[str]:
    """The figures, one a line."""
    lines = [*figure_lines(standing, today), *([balance_line(balance)] if balance else [])]
    return [" · ".join(part for part in parts if part) for parts in lines]

"""How a step of a run stands, in words: its date, what holds it, whose it is, and what is odd about it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from playbook.core.calendar import from_stamp
from playbook.core.dating import DateFault, Due
from playbook.core.schedule import DateRule, Moment, day_of, parse_interval
from playbook.core.text import line
from playbook.words import _, plural
from playbook.words.date_faults import fault_words
from playbook.words.dates import every_words, near_day, relative, short_day, short_moment
from playbook.words.moments import due_words
from playbook.words.names import title_of
from playbook.words.refusals import state_word

if TYPE_CHECKING:
    from playbook.clock import Clock
    from playbook.core.decide import Sheet
    from playbook.core.progress import Blocked
    from playbook.core.view import StepView


def standing(found: "StepView", sheet: "Sheet", clock: "Clock") -> str:
    """A step's state, and of an open one all that decides when and whether it can be done."""
    progress, calendar = found.progress, sheet.calendar
    words = [] if progress.state == "open" else [state_word(progress.state)]
    if found.is_hidden:
        words.append(_("no longer needed"))
    elif progress.state != "open" and progress.at:
        words.append(short_day(calendar.day_of_stamp(progress.at), clock.today()))
        words.append(line(progress.reason))
    if found.is_retired:
        words.append(_("no longer in the playbook"))
    if found.is_open:
        words += _ahead(found, sheet, clock)
    if found.step.id in {own.id for own in sheet.run.own}:
        words.append(_("own step"))
    return " · ".join(word for word in words if word)


def _ahead(found: "StepView", sheet: "Sheet", clock: "Clock") -> Iterator[str]:
    """What there is to say of an open step."""
    if found.due.moment or found.due.waiting:
        yield date_words(found.due, sheet, lambda moment: due_words(moment, clock.now(), sheet.calendar))
    yield faults_words(found.faults, sheet)
    if found.opens and not found.progress.opened_early and _is_ahead(found.opens, sheet, clock):
        yield _("opens {day}").format(day=plain_moment(found.opens, sheet, clock))
    if found.blocked:
        yield _blocked(found.blocked, clock)
    if found.locked_by:
        yield _("locked: {gates}").format(gates=_titles(found.locked_by, sheet))
    if found.warned_by:
        yield _("should come after: {gates}").format(gates=_titles(found.warned_by, sheet))
    yield line(found.person)
    yield _rhythm(found)


def _is_ahead(moment: Moment, sheet: "Sheet", clock: "Clock") -> bool:
    return moment > clock.now() if isinstance(moment, datetime) else moment > clock.today()


def _blocked(blocked: "Blocked", clock: "Clock") -> str:
    day = from_stamp(blocked.follow_up_on or "")
    words = _("blocked: {reason}").format(reason=line(blocked.reason))
    if day is None:
        return words
    return words + " " + _("(look again {day})").format(day=near_day(day, clock.today()))


def _titles(steps: Iterable[str], sheet: "Sheet") -> str:
    return ", ".join(line(sheet.view.steps[step].step.title) for step in steps)


def _rhythm(found: "StepView") -> str:
    """In which intervals a step repeats, and how often it was done."""
    interval = parse_interval(found.step.repeat) if found.step.repeat else None
    if not isinstance(interval, DateRule):
        return ""
    words = _("repeats {every}").format(every=every_words(interval.amount, interval.unit))
    done = sum(occurrence.state == "done" for occurrence in found.progress.earlier)
    return words + ", " + plural("done {count} time", "done {count} times", done) if done else words


def date_words(due: Due, sheet: "Sheet", said: Callable[[Moment], str]) -> str:
    """A date, or what it waits for; `said` puts a moment into words."""
    if due.moment:
        return said(due.moment)
    return line(relative(due.waiting, title_of(sheet, due.waiting.anchor))) if due.waiting else "–"


def plain_moment(moment: Moment, sheet: "Sheet", clock: "Clock") -> str:
    """`Tue 24 Nov`, `Tue 24 Nov 16:00`: a moment that is not measured against now."""
    if isinstance(moment, datetime):
        local = sheet.calendar.local(moment)
        return f"{short_day(local.date(), clock.today())} {short_moment(local, local.date())}"
    return short_day(day_of(moment, sheet.calendar), clock.today())


def faults_words(faults: Iterable[DateFault], sheet: "Sheet") -> str:
    """All that is impossible about a date, as one phrase; "" for nothing."""
    return "; ".join(fault_words(fault, title_of(sheet, fault.other)) for fault in faults)

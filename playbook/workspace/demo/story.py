"""The story of one client, told in memory with the same decisions the app makes; nothing impossible happens in it."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from heapq import heappop, heappush
from typing import Any, NamedTuple

from playbook.core import decide
from playbook.core.calendar import Calendar, as_stamp, from_stamp
from playbook.core.client import fold_client
from playbook.core.operations import Draft
from playbook.core.playbook import Playbook
from playbook.core.problems import Refusal
from playbook.core.run import begin
from playbook.store import journal
from playbook.workspace.demo.answering import Answering, Bank
from playbook.workspace.demo.book import Book, Told
from playbook.workspace.demo.cast import BOSS, MATES, Firm
from playbook.workspace.demo.chance import dice
from playbook.workspace.demo.doing import note, settle, text_for
from playbook.workspace.demo.episodes import Episode
from playbook.workspace.demo.plain_answers import MISTAKES
from playbook.workspace.demo.script import Script
from playbook.workspace.demo.thread import FINISH, Thread, in_hours
from playbook.workspace.starting import needs_instant
from playbook.workspace.typing_in import prefilled

MISTAKE = "mistake-recovery"
UNDONE, MOVED_KICKOFF, RUN_NOTED = 0.012, 0.2, 0.4
"""How often a tick is taken back, a kickoff moved, and something noted on a run."""


class World(NamedTuple):
    """What all stories share."""

    now: datetime
    calendar: Calendar
    bank: Bank
    scripts: Mapping[str, Script]


class Story:
    """One client, from the first day until now."""

    def __init__(self, world: World, number: int, firm: Firm, episodes: tuple[Episode, ...]) -> None:
        self.world, self.calendar = world, world.calendar
        self.number, self.firm, self.episodes = number, firm, episodes
        self.dice = dice("story", number)
        self.book = Book(firm.settings["owner"], firm.slug)
        self.threads: list[Thread] = []
        self.moment = self._ago(max(episode.ago for episode in episodes), 8, 20 + number % 30)
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._entered = 0
        self._mistakes = 0

    def tell(self) -> list[Told]:
        """Every change up to now, in order."""
        self._join()
        for episode in self.episodes:
            hour = self.dice.randint(11, 13) if episode.playbook == MISTAKE else self.dice.randint(9, 16)
            self._at(self._ago(episode.ago, hour, self.dice.randint(0, 59)), self._beginning(episode))
        while (event := self._soonest()) is not None:
            self.moment, act = event
            act()
        return self.book.told

    # Time.

    def _ago(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A clock time so many working days before today."""
        today = self.calendar.day_of(self.world.now)
        return self.calendar.instant(self.calendar.add_working_days(today, -days), time(hour, minute))

    def _later(self, days: int, hour: int, minute: int) -> datetime:
        """A clock time so many working days on."""
        day = self.calendar.add_working_days(self.calendar.day_of(self.moment), days)
        return self.calendar.instant(day, time(hour, minute))

    def _at(self, moment: datetime, act: Callable[[], None]) -> None:
        self._entered += 1
        heappush(self._agenda, (moment, self._entered, act))

    def _soonest(self) -> tuple[datetime, Callable[[], None]] | None:
        """What happens next, unless it lies beyond now; a run that nobody looks after has no next."""
        pause = timedelta(minutes=1 + len(self.book.told) % 4)
        coming = [
            (at, place)
            for place, thread in enumerate(self.threads)
            if thread.next
            and (at := in_hours(self.calendar, max(thread.next.at, self.moment + pause))) < thread.until
        ]
        first = min(coming, default=None)
        if self._agenda and (first is None or self._agenda[0][0] <= first[0]):
            moment, _, act = heappop(self._agenda)
            moment = max(moment, self.moment + pause)
            return (moment, act) if moment <= self.world.now else None
        if first is None:
            return None
        thread = self.threads[first[1]]
        return first[0], lambda: self._go_on(thread)

    # The client.

    def _join(self) -> None:
        firm, book = self.firm, self.book
        body = {"name": firm.name, "slug": firm.slug, **firm.settings}
        op = book.tell(self.moment, "", Draft("client-add", "", body))
        client = fold_client([op])
        assert client is not None
        book.client = client
        self._contact(0, op.batch)
        self._at(self._later(1, 11, 20), lambda: self._contact(1))
        if not firm.card:
            return
        self._at(self._later(self.dice.randint(5, 15), 17, 5), lambda: self._card(firm.card))
        if self.number % 3 == 0:
            changed = self.world.bank.texts.cards.changed
            line = self.world.bank.next("card", changed).format_map(self._words({}))
            later = self._later(self.dice.randint(150, 260), 16, 40)
            self._at(later, lambda: self._card(f"{firm.card}\n{line}"))

    def _contact(self, index: int, batch: str = "") -> None:
        data = {"index": index, "contact": self.firm.contacts[index]._asdict(), "old": None}
        self.book.change(self.moment, "", Draft("contact-set", "", data), batch)

    def _card(self, text: str) -> None:
        old = self.book.client.facts().get("card")
        self.book.change(self.moment, "", Draft("client-set", "", {"key": "card", "value": text, "old": old}))

    def _words(self, project: Mapping[str, str]) -> dict[str, str]:
        """Names and things of this client, for filling in texts."""
        contact, other = self.firm.contacts
        words = {
            **project, "people": self.firm.business.people, "season": self.firm.business.season, "currency": self.firm.currency,
            "contact_full": contact.name, "other_full": other.name, "contact": contact.name.split()[0],
            "other": other.name.split()[0], "me": self.firm.settings["owner"].split()[0],
            "mate": MATES[(self.number + len(self.threads)) % len(MATES)], "boss": BOSS, "email": contact.email,
            "phone": contact.phone,
        }  # fmt: skip
        return words | {key.capitalize(): text[:1].upper() + text[1:] for key, text in words.items()}

    # Runs begin and end.

    def _beginning(self, episode: Episode) -> Callable[[], None]:
        return lambda: self._begin(episode)

    def _begin(self, episode: Episode) -> None:
        project = self.firm.business.projects[(self.number + len(self.threads)) % 2]
        case: dict[str, str] = {}
        if episode.playbook == MISTAKE:
            which = "again" if self._mistakes else "first"
            name = self.world.bank.next("mistake", tuple(MISTAKES))
            case = {**MISTAKES[name], **self.world.bank.texts.mistakes[name], "which-time": which}
            self._mistakes += 1
        elif self.firm.trade.is_public:
            case = {"rule": "public"}
        chance = dice("answers", self.number, len(self.threads))
        answering = Answering(self.world.bank, self.calendar, case, self._words(project._asdict()), chance)
        until = self._ago(0, 0)
        thread = self._start(episode, answering, until, {}, "")
        if thread is None:
            return
        if episode.given_up:
            self._at(self._later(episode.given_up, 15, 30), lambda: self._abandon(thread))
        if episode.pulled:
            before = self.calendar.add_working_days(self.calendar.day_of(until), -1)
            self._at(self.calendar.instant(before, time(17, 40)), lambda: self._pull(thread, episode.pulled))
        if self.dice.random() < RUN_NOTED:
            self._at(self._later(1, 16, 15), lambda: self._note_on_run(thread))

    def _start(
        self, episode: Episode, answering: Answering, until: datetime, given: Mapping[str, str], parent: str
    ) -> Thread | None:
        """Start a run; None when its playbook cannot be used. `given` are answers by field, and the target."""
        script = self.world.scripts.get(episode.playbook)
        if script is None:
            return None
        playbook, client, at = script.loaded.playbook, self.book.client, self.moment
        typed = {
            field.id: answering.case[field.id] for field in playbook.fields if field.id in answering.case
        }
        typed |= {field.id: given[field.id] for field in playbook.fields if field.id in given}
        parsed = decide.parse_answers(playbook.fields, typed, self.calendar)
        if isinstance(parsed, Refusal):
            return None
        answers = {**prefilled(playbook.fields, client, self.calendar), **parsed}
        body: dict[str, Any] = {
            "playbook": playbook.id, "language": playbook.language, "version": script.loaded.hash,
            "start": self._start_stamp(playbook), "target": given.get("target") or None,
            "answers": answers,
            "roles": dict.fromkeys(playbook.roles, self.firm.settings["owner"]), "parent": parent,
            "name": self.book.run_name(playbook.id),
        }  # fmt: skip
        if saves := decide.saves_of(playbook.fields, parsed):
            body["saves"] = saves
        op = self.book.change(at, journal.new_id(), Draft("start", "", body))
        seed = f"{self.number} {len(self.threads)}"
        run, facts = begin(op, playbook), self.book.client.facts()
        thread = Thread(script, episode, run, answering, until, seed, op.batch, facts)
        self.threads.append(thread)
        return thread

    def _start_stamp(self, playbook: Playbook) -> str:
        return as_stamp(self.moment if needs_instant(playbook) else self.calendar.day_of(self.moment))

    def _finish(self, thread: Thread) -> None:
        draft = decide.finish(thread.sheet())
        if isinstance(draft, Draft):
            self._take(thread, draft)

    def _abandon(self, thread: Thread) -> None:
        for one in (thread, *thread.children):
            known = one.remarks.abandoned
            reasons = known.get(one.run.playbook.id, known["onboarding"])
            reason = text_for(one, f"abandon {one.run.playbook.id}", reasons, self.moment)
            draft = decide.abandon(one.sheet(), reason)
            if isinstance(draft, Draft):
                self._take(one, draft)

    # Runs go on.

    def _take(self, thread: Thread, draft: Draft, batch: str = "") -> str:
        """Record a change to a run; returns its batch."""
        op = self.book.change(self.moment, thread.run.id, draft, batch)
        thread.take(op, self.book.client.facts(), self.moment)
        return op.batch

    def _go_on(self, thread: Thread) -> None:
        """Do what comes next in a run."""
        assert thread.next is not None
        step_id = thread.next.step_id
        if step_id == FINISH:
            self._finish(thread)
            return
        found = thread.view.steps[step_id]
        draft = settle(thread, found, self.moment)
        if isinstance(draft, Refusal):
            thread.give_up(step_id)
            return
        if self.dice.random() < UNDONE:
            op = self.book.tell(self.moment, thread.run.id, draft)
            self.book.tell(self.moment, thread.run.id, Draft("undo", "", {}), undoes=op.batch)
        batch = self._take(thread, draft)
        noted = note(thread, found, self.moment) if draft.kind == "tick" else None
        if isinstance(noted, Draft):
            self._take(thread, noted, batch)
        self._pass_on(thread, draft)
        if draft.kind == "tick" and found.step.starts:
            self._start_from(thread, step_id)
        if draft.body.get("answers", {}).get("kickoff") and self.dice.random() < MOVED_KICKOFF:
            self._at(self._later(2, 12, 10), lambda: self._move_kickoff(thread, step_id))

    def _start_from(self, thread: Thread, step_id: str) -> None:
        """Start the playbook that a step starts, and tell the step."""
        starts = thread.view.steps[step_id].step.starts
        assert starts is not None
        given = {
            name: str(value) for name, source in starts.set.items() if (value := thread.run.answer(source))
        }
        episode = thread.episode._replace(playbook=starts.playbook, lingers=False)
        child = self._start(episode, thread.answering, thread.until, given, thread.run.name)
        if child is not None:
            told = {"run": child.run.id, "name": child.run.name}
            self._take(thread, Draft("started", step_id, told), child.batch)
            child.given = starts.set
            thread.children.append(child)

    def _pass_on(self, thread: Thread, draft: Draft) -> None:
        """Give new answers to the runs this one started, where they count from them."""
        answers: Mapping[str, Any] = draft.body.get("answers", {})
        for child in thread.children:
            for name, source in child.given.items():
                if (value := answers.get(source)) and child.run.state == "open":
                    moment = from_stamp(value) if name == "target" else None
                    sheet = child.sheet()
                    change = (
                        decide.dates(sheet, target=moment)
                        if moment
                        else decide.answer(sheet, "", {name: value})
                    )
                    if isinstance(change, Draft):
                        self._take(child, change)

    def _move_kickoff(self, thread: Thread, step_id: str) -> None:
        """A few days later, while it still lies ahead."""
        old = from_stamp(str(thread.run.answer("kickoff")))
        if old is None or isinstance(old, datetime) or old <= self.calendar.day_of(self.moment):
            return
        new = self.calendar.add_working_days(old, self.dice.randint(1, 3))
        draft = decide.answer(thread.sheet(), step_id, {"kickoff": new.isoformat()})
        if isinstance(draft, Draft):
            batch = self._take(thread, draft)
            text = text_for(thread, "moved", thread.remarks.moved, self.moment)
            noted = decide.note(thread.sheet(), step_id, text)
            assert isinstance(noted, Draft)
            self._take(thread, noted, batch)
            self._pass_on(thread, draft)

    def _pull(self, thread: Thread, count: int) -> None:
        """Put the next steps on today by hand."""
        today, threads = self.calendar.day_of(self.world.now), (thread, *thread.children)
        for _ in range(count):
            found = [
                (due, place, step) for place, one in enumerate(threads) for due, step in one.upcoming(today)
            ]
            if found:
                _due, place, step = min(found, key=lambda item: item[:2])
                draft = decide.due(threads[place].sheet(), step.step.id, today)
                assert isinstance(draft, Draft)
                self._take(threads[place], draft)

    def _note_on_run(self, thread: Thread) -> None:
        text = text_for(thread, "run-note", thread.remarks.run_notes, self.moment)
        draft = decide.note(thread.sheet(), "", text)
        if isinstance(draft, Draft):
            self._take(thread, draft)

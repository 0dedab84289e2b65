"""What is said besides answers: notes, reasons, and why a run was given up."""

from collections.abc import Mapping

from playbook.workspace.demo.texts.shape import Remarks

_NOTES: Mapping[str, tuple[str, ...]] = {
    "welcome-call": (
        "Was in the car, rang back from the car park. Sounded relieved.",
        "Talked for ten minutes about {season}. Ring before it next time.",
        "Picked up at the second ring: “I was hoping it was you.”",
    ),
    "paper-in-order": (
        "{other} wants the number of the order on each invoice.",
        "Data terms came back with one line struck out, fine with {boss}.",
    ),
    "how-to-reach": (
        "Voice messages are not listened to. Do not leave any.",
        "Answers e-mail at six in the morning; no need to do the same.",
    ),
    "access-tried": ("Two of five files would not open, asked again.", "Works, but only from the office."),
    "kickoff-talk": (
        "{contact} brought {other} along without a word before. Good that we had the fifth chair.",
        "They had cleared the whole table for us.",
        "Began ten minutes late, nobody minded.",
    ),
    "invite-worry": (
        "Eleven seconds of silence, then {other} spoke first.",
        "It was the quiet one who said it.",
    ),
    "day-after-call": (
        "The pause after the second question was long. Good.",
        "Did not mention the plan once, only the people.",
    ),
    "first-win": ("{contact} had it on the wall the next day.", "Shown to {people} the same evening."),
    "day-30-talk": (
        "The second mark came at once, the first one took a while.",
        "“You ring before I wonder.” That is the aim.",
    ),
    "write-note": (
        "Third try. The first two could have gone to anybody.",
        "{mate} found the line about the window.",
    ),
    "order-gift": ("Shop leaves the price out, asked twice.", "Wrapped in their own paper, nicer than ours."),
    "hear-great": (
        "Smiled while saying it. Use these words on the page.",
        "Needed a minute, then could not stop.",
    ),
    "hear-numbers": (
        "The date is from the lease, not from a wish.",
        "The sum is what {other} put into the budget a year ago.",
    ),
    "not-included": (
        "Quiet at the second item. Came back to it, it was the photos.",
        "“Nobody ever told me that before signing.”",
    ),
    "safe-date": (
        "They would have taken an earlier one. Kept to ours.",
        "“Can I tell {other} that day?” Yes, that one.",
        "Wrote it on the wall calendar while we spoke.",
    ),
    "hear-back": (
        "Left out the second language. Said it again, slower.",
        "Had it nearly word for word.",
        "Forgot the rounds, laughed, wrote them down.",
        "{other} corrected {contact}. Good sign.",
    ),
    "page-agreed": ("Came with a thank-you.", "Asked which line was hard: the rounds. Talked it through."),
    "ring-client": (
        "Did not reach anybody at first, wrote two lines, rang back in an hour.",
        "Angry for four minutes, then sad. Listened.",
    ),
    "return-call": (
        "Rang on the minute. “You are punctual at least”, and a laugh.",
        "Silence after the offer. Waited. Then: “All right.”",
    ),
    "week-call": ("Talked about {season} more than about it. A good sign.", "“I had nearly forgotten.”"),
}

_ANY_NOTES = (
    "Short and friendly.",
    "{other} was there too.",
    "Send nothing on this before noon, they are out.",
    "Took longer than planned, worth it.",
    "Ask again about this next time.",
    "{mate} knows more about it.",
)

_SKIPS: Mapping[str, tuple[tuple[bool, str], ...]] = {
    "learn-their-trade": ((True, "No time before the kickoff; {mate} reads up this week"),),
    "who-follows": ((False, "{contact} decides alone and tells the others"),),
    "lay-out-road": ((False, "One stop only, the job is three weeks long"),),
    "both-gain": ((True, "Said it at the table instead, not written"),),
    "invite-worry": ((True, "{other} was in tears about something else that day; asked on the phone later"),),
    "agree-pace": ((False, "They work on it full time this month"),),
    "change-one-thing": ((True, "They took it back themselves"),),
    "close-onboarding": ((True, "Done in the weekly talk, nothing was open"),),
    "steer-clear": ((False, "They had told us at the first visit"),),
    "nothing-pending": ((True, "{boss} looks after tenders and says there is none"),),
    "hear-assumed": ((True, "They had to leave; asked the week after in passing"),),
    "hear-enough": ((True, "{contact} did not want to think about less today"),),
    "acknowledge": ((True, "{contact} asked for no paper about this, we spoke twice that day"),),
    "team-talk": ((False, "It was only the two of us, and we had talked"),),
    "tone-check": ((True, "Ten minutes were left; {mate} listened on the call instead"),),
}

_SKIPS_AGAIN: Mapping[str, tuple[tuple[bool, str], ...]] = {
    "learn-their-trade": ((True, "Second project with them, we know the trade by now"),),
    "reach-us": ((False, "Known from the last project, nothing has changed"),),
    "how-to-reach": ((False, "As it always was: {contact} is rung, {other} is written to"),),
    "hear-last-time": ((False, "Last time was with us, and we talked about it then"),),
    "steer-clear": ((False, "Known since the first gift"),),
    "review": ((False, "Same cause as last time, that list still runs"),),
}

_OVERRIDES: Mapping[str, tuple[str, ...]] = {
    "start-work": (
        "Signed copy is in the post, {boss} said to begin",
        "They paid already; only the data terms are missing",
    ),
    "kickoff-talk": (
        "Price list comes tomorrow, {contact} wanted to keep the day",
        "All of them had travelled; the two open lines have owners",
    ),
    "order-gift": ("Shop closes for two weeks tomorrow; {boss} agreed by phone",),
}

_ABANDONED: Mapping[str, tuple[str, ...]] = {
    "onboarding": (
        "Their owner sold the house; the new one stops all orders. Parted as friends.",
        "They froze everything after a flood in the store. We ring in spring.",
    ),
    "welcome-gift": ("New rule from their head office: nothing may be accepted any more.",),
    "expectation-limits": ("Ended with the onboarding.",),
}

_RUN_NOTES = (
    "Everything to {other} in copy.",
    "Keep it small until after {season}.",
    "{contact} is away every second Friday.",
    "This one matters to {boss}: old school friend.",
    "Speak about money only with {contact}.",
)

_MOVED = (
    "Moved: {contact} is at a fair that week.",
    "Their hall is being painted, later by a few days.",
    "Moved for {other}, who starts from holiday.",
)

_ANY_OVERRIDES = ("Agreed with {boss}, it cannot wait",)

REMARKS = Remarks(
    notes=_NOTES,
    any_notes=_ANY_NOTES,
    run_notes=_RUN_NOTES,
    moved=_MOVED,
    skips=_SKIPS,
    skips_again=_SKIPS_AGAIN,
    overrides=_OVERRIDES,
    any_overrides=_ANY_OVERRIDES,
    abandoned=_ABANDONED,
)

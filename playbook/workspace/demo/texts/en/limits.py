"""What is answered while the limits of expectations are set, by field id."""

from collections.abc import Mapping

LIMITS: Mapping[str, tuple[str, ...]] = {
    "great-words": (
        "“{goal}. And I do not have to explain it to anybody.”",
        "“That somebody I do not know says: I saw your {thing} and I came.”",
        "“I open it in front of {other} and am not embarrassed.”",
        "“{goal}. Like the house across the river has it, only friendlier.”",
        "“That I forget it is there, because it works.”",
        "“{People} tell one another about it. And I get home for dinner.”",
    ),
    "enough-words": (
        "“If it works and the phone rings less.”",
        "“The old one, tidied up, with the right prices.”",
        "“One page that is right beats ten that are half right.”",
        "“That it is there before {season}.”",
        "“That {other} can change a line alone.”",
    ),
    "last-time": (
        "Three people in a year, and each one began again from nothing.",
        "Went well until the invoice, which had lines nobody had spoken about.",
        "It was finished, handed over, and nobody ever rang again.",
        "They were taught nothing and had to ask for every comma.",
        "The pictures were lovely; the dates were wishes.",
    ),
    "assumed": (
        "Photos\nHelp in the first month after the launch",
        "Writing the texts\nA second language",
        "Training for everybody\nPrinting",
        "Changing the sign outside",
        "All the old contents moved over\nSomebody on call at weekends",
    ),
    "their-part": (
        "Texts, {contact}, 2 hours\nPhotos, {other}, one afternoon",
        "Collecting answers, {other}, 1 hour",
        "Trying it out, two of the team, half an hour",
        "Price list, {other}, 1 hour\nFinal yes, {contact}, half an hour",
    ),
    "our-means": (
        "{mate} for six days and {me} for two, spread over five weeks. A film is better made by somebody who films.",
        "{mate} and {me}, about sixty hours. Legal texts are better done by your lawyer.",
        "Eight working days in all, {mate} most of them. Large print is done better by the printer in your street.",
        "Two people, five weeks, no more than three days a week. For advertising we would send you elsewhere.",
    ),
    "exclusions": (
        "Photography\nA second language\nAnything after the first month",
        "Writing the texts from nothing\nLegal pages\nAdvertising",
        "Moving more than fifty old pages\nPrinting and putting up",
        "Calls at weekends\nA second round of drafts from zero",
        "Looking after it every month\nFilm",
    ),
    "done-list": (
        "Outline, every page is on it, {contact}, 3 days\n{Thing}, three {people} need no explanation, {other}, 5 days",
        "First page, reads well on a phone, {contact} and {other}, 3 days\nThe whole, nothing is left on the list, {contact}, 5 days",
        "Texts, every line is right, {other}, 4 days\nHandover, one line changed without help, {other}, 1 day",
    ),
    "our-hours": (
        "Monday to Friday, 9 to 17",
        "Monday to Thursday 9 to 18, Friday until 14",
        "Monday to Friday, 8:30 to 16:30",
    ),
    "reply-time": ("one working day", "one working day", "half a working day"),
    "urgent-route": (
        "+34 555 010 900, {me} answers until 20:00",
        "+34 555 010 901, the office",
        "+34 555 010 902, {me}; at weekends {boss}",
    ),
    "their-items": (
        "Logo as a drawing file, {other}, our date moves a day for a day, {d5}\nTexts, {contact}, our date moves by as much, {d10}",
        "Price list, {other}, without it we show no prices, {d6}",
        "Photos, {contact}, a week more if we take them, {d8}",
        "Access, {other}, our date moves a day for a day, {d3}",
    ),
    "promised-what": ("{Win}", "The outline with all pages on one sheet", "{Win}"),
    "gaps": (
        "Help after the launch, one month by phone | adjust\nA second language | no\nSomebody to ring in the evening, until 20:00 | adjust",
        "Photos of the team | no\nYour date, one week later | adjust\nTraining for the desk, one hour | meet",
        "Old pages moved over, the fifty most read | adjust\nOne more round of drafts | no",
        "Help at weekends | no\nA printed copy for the wall | meet",
        "The texts, corrected by us and not written | adjust\nThe total you had in mind, with fewer pages | adjust",
    ),
    "their-limits": (
        "“So: you build it, we write it, and if we are slow it gets later.”",
        "“Two rounds, all remarks together, and from me. No photos.”",
        "“One language now. The second is a new talk, with a new price.”",
        "“I ring {me} and not {mate}, and on Sundays nobody.”",
    ),
    "agreed-where": (
        "Client folder, mail of that day",
        "Signed page, client folder",
        "Answer by e-mail: “agreed, thank you for asking”",
    ),
    "team-told": (
        "{mate} | read-back\n{boss} | told",
        "{mate} | told",
        "{mate} | read-back\nNadia, at the phone | told",
    ),
    "lines-off": (
        "Answers within three days: took eight twice. We ring on day two from now on.",
        "Rounds: {other} sends remarks one by one. {contact} gathers them.",
        "Reply time: we were slow in one week. {mate} stands in on my days off.",
    ),
}

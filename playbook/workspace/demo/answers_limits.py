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
    "their-sum": (
        "5000 {currency}",
        "6500 {currency}",
        "3500 {currency}",
        "8000 {currency}",
        "4200 {currency}",
    ),
    "numbers-from": ("{contact_full}", "{other_full}", "{contact_full}"),
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
        "{mate} for six days and {me} for two, spread over five weeks. The film we would leave to somebody who films.",
        "{mate} and {me}, about sixty hours. Legal texts are better done by their lawyer.",
        "Eight working days in all, {mate} most of them. Large print is done better by the printer in their street.",
        "Two people, five weeks, no more than three days a week. For advertising we would send them elsewhere.",
    ),
    "exclusions": (
        "Photography\nA second language\nAnything after the first month",
        "Writing the texts from nothing\nLegal pages\nAdvertising",
        "Moving more than fifty old pages\nPrinting and putting up",
        "Calls at weekends\nA second round of drafts from zero",
        "Looking after it every month\nFilm",
    ),
    "done-list": (
        "Outline, {contact} reads it, 3 days\n{Thing}, tried by three {people} on a phone, 5 days",
        "First page, {contact} and {other} look at it on their own phones, 3 days\nThe whole, nothing on the list is left, 5 days",
        "Texts, {other} has read every line, 4 days\nHanding over, {other} changes one line alone, 1 day",
    ),
    "rounds": ("2", "2", "3", "1"),
    "answer-days": ("3", "3", "5", "2"),
    "our-hours": (
        "Mon to Fri, 9 to 17",
        "Mon to Thu 9 to 18, Fri until 14",
        "Mon to Fri, 9 to 17; a reply on the same day before noon",
    ),
    "reply-time": ("one working day", "one working day", "half a working day"),
    "urgent-route": (
        "{me}'s mobile, until 20:00",
        "The office number, key 2",
        "{me}'s mobile; at weekends {boss}'s",
    ),
    "change-yes": ("{contact_full}", "{contact_full}", "{other_full}"),
    "their-items": (
        "Logo as a drawing file, {other}, {d5}, a day for a day\nTexts, {contact}, {d10}, our date moves by as much",
        "Price list, {other}, {d6}, without it we show none",
        "Photos, {contact}, {d8}, a week if we have to take them",
        "Access, {other}, {d3}, a day for a day",
    ),
    "promised-what": ("{Win}", "The outline with all pages on one sheet", "{Win}"),
    "gaps": (
        "Help after the launch | adjust\nA second language | no\nSomebody to ring in the evening | adjust",
        "They thought photos were in it | no\nTheir date is a week before ours | adjust\nTraining for the desk | meet",
        "Old pages moved over | adjust\nOne more round of drafts | no",
        "Help at weekends | no\nA printed copy for the wall | meet",
        "They count on us for the texts | adjust\nThe sum in their head is lower | adjust",
    ),
    "their-limits": (
        "“So: you build it, we write it, and if we are slow it gets later.”",
        "“Two rounds, all remarks together, and from me. No photos.”",
        "“One language now. The second is a new talk, with a new price.”",
        "“I ring {me} and not {mate}, and on Sundays nobody.”",
    ),
    "agreed-by": ("{contact_full}", "{contact_full}", "{other_full}"),
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
    "page-holds": ("yes", "partly", "yes", "yes"),
    "lines-off": (
        "Answers within three days: took eight twice. We ring on day two from now on.",
        "Rounds: {other} sends remarks one by one. {contact} gathers them.",
        "Reply time: we were slow in one week. {mate} stands in on my days off.",
    ),
}

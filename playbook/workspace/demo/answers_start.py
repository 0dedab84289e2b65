"""What is answered in onboarding and the welcome gift, by field id. Names in braces are filled in from the story."""

from collections.abc import Mapping

START: Mapping[str, tuple[str, ...]] = {
    # Onboarding: the yes and the welcome.
    "your-people": (
        "{me}, your person for everything, Mon to Fri 9 to 17\n{mate}, design, Mon to Thu",
        "{me}, planning and all questions, mornings are best\n{mate}, texts and pictures, Tue to Fri",
        "{me}, whom you ring first\n{mate}, who builds it, from ten o'clock\n{boss}, if you ever want to complain about {me}",
    ),
    "price-terms": (
        "4,800 {currency} in two parts, half now and half on handing over, 14 days each",
        "6,200 {currency} in three parts, the first one now, 30 days",
        "3,400 {currency} for the first stage, paid within 14 days; the rest we talk about when it stands",
        "A fixed 5,500 {currency}, one third now, payable in 20 days",
    ),
    "we-need": (
        "The logo as a drawing file, by the day of our kickoff\nThree photos you like of your own place",
        "Texts as they are, unpolished\nOne person who may say yes",
        "Access to the old site\nThe last three questions {people} asked you",
        "A list of what must not change\nOpening hours for the coming season",
    ),
    "filed-where": ("Client folder, 01 Contract", "Contract binder, second shelf; scan in the client folder",
                    "Signed online, copy in the client folder", "Client folder, with the data terms as one PDF"),  # fmt: skip
    "invoice-contact": ("{other_full}", "{other_full}", "{contact_full}"),
    "kickoff-form": ("in-person", "in-person", "video"),
    # Both up to date.
    "intake-changed": (
        "Because they said {people} mostly look on the phone while waiting, we draw the small screen first.",
        "Because {contact} said nobody reads the second paragraph, we write only the first one.",
        "Because {other} does all of it on Friday afternoons, we hand over nothing on a Friday.",
        "Because the last {thing} was never finished, we show something small every week.",
        "Because {people} ring when they are unsure, we put the number on every page instead of hiding it.",
        "Because they wrote that {season} is lost time, we moved the middle stop before it.",
    ),
    "reach-by": ("phone", "email", "phone", "chat", "mix", "in-person"),
    "reach-hours": ("Before ten; more than two calls a week is too much", "Any time but lunch; no chat after six",
                    "Tuesdays and Thursdays; one long e-mail beats five short ones", "Afternoons; a call on Monday morning is too much",
                    "Mornings, and never during {season}"),  # fmt: skip
    "followers": (
        "{other_full}, dates only, by e-mail\nTheir accountant, the invoice days, through {other}",
        "{other_full}, everything, in copy\nThe landlord, when something is hung on the wall",
        "{other_full}, once a fortnight, five lines\nThe evening shift, a printed page by the door",
        "The board, one page a month\n{other_full}, what is decided, the same day",
    ),
    "final-yes": ("{contact_full}", "{contact_full}", "{other_full}", "{contact_full}"),
    "goal": ("{goal}",),
    "goal-proof": ("{proof}",),
    "they-gain": ("Their evenings back", "A {thing} that outlives us", "Calmer days at the desk", "To be taken seriously by the bigger ones",
                  "{People} who come back"),  # fmt: skip
    "we-gain": ("A trade we wanted to know from inside", "A piece we can show, and fair money", "Steady work through the winter",
                "{mate} gets to lead for the first time", "A client who tells us the truth"),  # fmt: skip
    "trade-facts": (
        "{People} decide on the way there, so we make the phone page carry everything\nPrices are compared by the month, so we show the month",
        "Most questions come in {season}, so we finish before it\nTheir neighbours closed last year, so we name the street",
        "{People} ask one another before they ask us, so we make one page worth passing on",
        "Nobody trusts stock photos in this trade, so we take an afternoon with a camera",
    ),
    "stops": (
        "Outline agreed, {d10}\nFirst piece to try, {d20}\nAll texts in, {d30}\nHanded over, {d40}",
        "One page as it will be, {d15}\nThe rest beside it, {d30}\nTried by five {people}, {d35}",
        "Words, {d10}\nPictures, {d20}\nBoth together, {d35}",
    ),
    "material": (
        "Logo | tried\nPhotos | in\nOld texts | in",
        "Access to the site | tried\nPrice list | asked",
        "Logo | in\nAccess to the booking system | tried\nLast year's figures | asked",
        "Texts | tried\nPhotos of the house | tried",
    ),
    "kept-where": ("Their vault, entry under our name", "{other} has it and types it in with us", "Password safe, shared with {me} only"),
    "we-owe": ("Plan of the pages, {mate} {d3}", "A sample of the paper, {mate} {d2}\nThe list of photos we need {d3}",
               "Answer about hosting costs, {me} {d2}"),  # fmt: skip
    "they-owe": ("Price list, {other}, {d5}", "Two photos of the entrance, {contact}, {d5}", "The final opening hours, {other}, {d3}"),
    # Kickoff.
    "rehearsed-by": ("{me}\n{mate}", "{me}\n{mate}\n{boss}", "{me}\n{mate}, by phone"),
    "take-aways": (
        "{contact}: small pieces, each one finished\n{other}: I get the dates first\n{mate}: the photos decide it",
        "{contact}: you listened\n{other}: nothing during {season}",
        "{contact}: we begin with one page\n{other}: I collect the texts\n{me}: I ring every week",
    ),
    "worries": (
        "That it looks lovely and nobody uses it", "That we start and then {season} comes",
        "That {other} ends up typing everything in twice\nThat it costs more than we said",
        "That we are too small for you to care about", "That we cannot change a word without you afterwards",
        "That {people} find the old way easier",
    ),
    "hours-a-week": ("2", "3", "4", "1", "5"),
    "decisions-a-week": ("2", "3", "1"),
    "stand-in": ("{other_full}",),
    "rhythm": ("weekly", "weekly", "fortnightly", "twice-weekly"),
    "check-in-slot": ("Tuesday 10:00, by phone", "Thursday 9:30, by phone", "Wednesday 16:00, by video", "Monday 11:00, at their place", "Friday 9:00, by phone"),
    "alarm-number": ("+34 555 010 900", "+34 555 010 901", "+34 555 010 902"),
    "we-do": (
        "First piece of the {thing} {d8}\nSend the list of photos {d2}",
        "Plan with days, one page {d3}\nTwo drafts to choose from {d8}",
        "Move the old texts over {d6}\nRing {other} about access {d1}",
        "Draft of {win} {d8}",
    ),
    "they-do": ("Photos, {contact}, {d5}\nTwo people who try it with us, {other}, {d10}", "Price list, {other}, {d4}",
                "Say yes or no to the outline, {contact}, {d5}", "Send the texts as they are, {other}, {d6}"),  # fmt: skip
    # The first days.
    "first-piece": ("{Win}; {mate} has it", "The outline; {mate} and {me}", "{Win}, with {mate}"),
    "how-it-was": (
        "“I had expected a lecture. It was the first time somebody asked how our Mondays look.”",
        "“Good, but you went through the plan faster than I read.”",
        "“{other} and I talked about it all the way home. We had never said aloud what it is for.”",
        "“Fine. A lot of people for a small thing, if I am honest.”",
        "“I liked that you wrote it down while I spoke.”",
        "“Better than I was afraid of.”",
    ),
    "they-named": ("Fewer people in the room", "Send the pages a day before, not an hour", "Say what a word means when it is ours",
                   "Shorter, or with a break", "Let {other} speak before {contact} does"),  # fmt: skip
    "what-changed": ("Next session is two of us, not four", "Pages go out the day before, {mate} sends them", "A list of our words in plain ones, on one page",
                     "An hour, with ten minutes in the middle", "{other} opens the next session"),  # fmt: skip
    "win": ("{Win}",),
    "hesitation": ("Nothing, only the date makes them nervous", "Whether they can look after the {thing} alone", "The second payment falls into {season}", "Nothing"),
    "work-mark": ("8", "9", "7", "8", "6", "9", "10"),
    "treatment-mark": ("9", "9", "8", "10", "7", "9"),
    "missing": ("A picture of where we stand, at one glance", "Somebody to ring after five", "To see it on a real phone sooner",
                "The texts in the second language", "A word before each invoice"),  # fmt: skip
    "goal-still-right": ("yes", "yes", "yes", "no"),
    "rhythm-still-right": ("yes", "yes", "no"),
    "open-points": ("Photos of the second room, {contact}", "Second language, {me} asks in a month", "Who looks after the {thing} from summer on, {other}",
                    "Last invoice, {other}\nTraining for two more people, {mate}"),  # fmt: skip
    # Welcome gift.
    "rule": ("none", "none", "limit", "none", "barred", "none", "public", "limit"),
    "their-limit": ("50 {currency}", "40 {currency}", "30 {currency}", "25 {currency}"),
    "pending": ("First invoice goes out on Friday, nothing else", "Their annual tender ends this month"),
    "receivers": ("{contact_full}\n{other_full}", "{contact_full}", "{contact_full}\nThe whole desk", "{other_full}\n{contact_full}"),
    "they-told-us": (
        "{contact} cycles in every morning, rain or not", "{other} bakes on Sundays and talks about it on Mondays",
        "They keep a table by the window where all of them have lunch", "{contact} writes with a fountain pen, in green",
        "The old clock in the entrance stopped years ago and they miss it", "{other} grows tomatoes on the roof",
        "{contact} collects maps of places that changed their names",
    ),
    "gift-idea": (
        "A pannier that really keeps paper dry", "Flour from the mill by the river, and a wooden scraper",
        "A round loaf and good oil for the table, enough for nine", "Ink in a green that is hard to find",
        "A small clock for the entrance", "Seeds of three old kinds, labelled by hand", "A folded map of their own street, from 1911",
    ),
    "left-out": ("asked", "neutral", "asked"),
    "gift-budget": ("35 {currency}", "28 {currency}", "24 {currency}", "22 {currency}"),
    "instead-choice": ("card", "session", "guide", "donation"),
    "address-kept": ("Contacts, under {contact}", "In the delivery note only, as {contact} asked", "Contacts; home address, so private"),
    "bought-where": ("near-them", "near-us", "near-them"),
    "signed-by": ("{me}\n{mate}", "{me}\n{mate}\n{boss}", "{me}"),
    "approver": ("{boss}",),
    "order-number": ("RT-{n}-8841", "Parcel 20{n} 774", "Collected in the shop, receipt in the folder", "LK/{n}/302"),
    "what-we-did": ("Card posted on the Tuesday, with a stamp {mate} had kept", "Two hours with {mate} on their photos", "The guide, printed and bound, by hand",
                    "40 {currency} to the school library of their street, receipt sent"),  # fmt: skip
    "landed": ("arrived", "arrived", "arrived", "arrived", "lost", "arrived", "returned"),
    "learned": (
        "Stands on the desk, {other} showed it to me on video", "They would rather have had one for the whole desk",
        "{contact} had told a sister about it", "Not their thing, but they laughed about the note",
        "The handwriting was what they spoke of", "Shared out at lunch the same day",
    ),
}  # fmt: skip

"""Who the people at the clients are, and what is good to know about them."""

from playbook.workspace.demo.texts.shape import Cards

CARDS = Cards(
    roles=(
        ("Owner", "Office and invoices"),
        ("Director", "Assistant to the director"),
        ("Manager", "Marketing"),
        ("Managing partner", "Front desk"),
        ("Head of communication", "Finance"),
    ),
    who=(
        "First-time buyer · dislikes surprises",
        "Second project of this kind · the first one, elsewhere, ended badly",
        "Knows the craft · wants reasons, not praise",
        "Warm and quick · forgets what was said on the phone, so write it down",
        "Careful with money · never hurry {her} answer",
        "Has to show something soon · the board is watching",
        "Asks little, notices everything",
        "Proud of the house · tell {him} what you noticed there",
        "Likes to see it drawn, not described",
    ),
    care=(
        "Decides with {other}; never on Mondays",
        "No time during {season}",
        "{other} must hear it first, or it is heard wrongly",
        "Prefers a call before nine to any e-mail",
        "Fetches the children at four: no calls after that",
        "Reads every line of an invoice",
        "Was let down over a date once; say only days that hold",
        "Speaks softly: leave pauses",
        "The board meets on the first Thursday and must be warned a week before",
    ),
    practical=(
        "Access goes through {other}",
        "Park behind the house, the front is for {people}",
        "Papers by post, signed in blue",
        "Video often fails there: ring instead",
        "Loves to hear what {people} said",
        "Tea, no coffee",
    ),
    changed=(
        "Now asks for {mate} first",
        "Since the summer much calmer",
        "Tell {other} the numbers, {contact} the story",
        "Has recommended us twice",
    ),
    she={"her": "her", "him": "her"},
    he={"her": "his", "him": "him"},
)

"""What is answered in the same way in every language: choices, numbers, sums and people, by field id."""

from collections.abc import Mapping

PLAIN: Mapping[str, tuple[str, ...]] = {
    # Onboarding and the welcome gift.
    "invoice-contact": ("{other_full}", "{other_full}", "{contact_full}"),
    "kickoff-form": ("in-person", "in-person", "video"),
    "reach-by": ("phone", "email", "phone", "chat", "mix", "in-person"),
    "final-yes": ("{contact_full}", "{contact_full}", "{other_full}", "{contact_full}"),
    "goal": ("{goal}",),
    "goal-proof": ("{proof}",),
    "hours-a-week": ("2", "3", "4", "1", "5"),
    "we-still-owe": ("yes", "no"),
    "they-still-owe": ("yes", "no", "yes"),
    "decisions-a-week": ("2", "3", "1"),
    "stand-in": ("{other_full}",),
    "rhythm": ("weekly", "weekly", "fortnightly"),
    "win": ("{Win}",),
    "work-mark": ("8", "9", "7", "8", "6", "9", "10"),
    "treatment-mark": ("9", "9", "8", "10", "7", "9"),
    "goal-still-right": ("yes", "yes", "yes", "no"),
    "rhythm-still-right": ("yes", "yes", "no"),
    "rule": ("none", "none", "limit", "none", "barred", "none", "limit"),
    "not-open": ("tender\nrenewal\ncomplaint\ninvoice",),
    "their-limit": ("50 {currency}", "40 {currency}", "30 {currency}", "25 {currency}"),
    "left-out": ("asked", "neutral", "asked"),
    "gift-budget": ("35 {currency}", "28 {currency}", "24 {currency}", "22 {currency}"),
    "instead-choice": ("card", "session", "guide", "donation"),
    "bought-where": ("near-them", "near-us", "near-them"),
    "signed-by": ("{me}\n{mate}", "{me}\n{mate}\n{boss}", "{me}"),
    "approver": ("{boss}",),
    "landed": ("arrived", "arrived", "arrived", "arrived", "lost", "arrived", "arrived", "arrived", "returned", "arrived"),
    # The limits of expectations.
    "their-sum": ("5000 {currency}", "6500 {currency}", "3500 {currency}", "8000 {currency}", "4200 {currency}"),
    "numbers-from": ("{contact_full}", "{other_full}", "{contact_full}"),
    "rounds": ("2", "2", "3", "1"),
    "answer-days": ("3", "3", "5", "2"),
    "change-yes": ("{contact_full}", "{contact_full}", "{other_full}"),
    "agreed-by": ("{contact_full}", "{contact_full}", "{other_full}"),
    "page-holds": ("yes", "partly", "yes", "yes"),
    # After a mistake, whichever it was.
    "who-knows": ("{mate}", "{boss}", "{mate}"),
    "told-boss": ("{boss}",),
    "on-the-line": ("{contact_full}", "{contact_full}", "{other_full}"),
    "senior": ("{boss}",),
    "against-cap": ("within", "within", "within", "above"),
    "may-offer": ("yes", "yes", "no"),
    "fits": ("yes", "yes", "changed"),
    "fits-later": ("yes", "changed"),
    "it-holds": ("yes",),
    "temperature": ("warm", "warm", "cooling"),
}  # fmt: skip

MISTAKES: Mapping[str, Mapping[str, str]] = {
    "invoice-twice": {"raised-by": "them", "gravity": "serious", "repair-cost": "60 {currency}", "real-cost": "180 {currency}"},
    "page-down": {"raised-by": "them", "gravity": "serious", "repair-cost": "420 {currency}", "real-cost": "760 {currency}"},
    "wrong-photo": {"raised-by": "them", "gravity": "claim", "repair-cost": "690 {currency}", "real-cost": "910 {currency}"},
    "draft-missing": {"raised-by": "them", "gravity": "small", "repair-cost": "150 {currency}", "real-cost": "240 {currency}"},
    "old-prices": {"raised-by": "them", "gravity": "serious", "repair-cost": "210 {currency}", "real-cost": "530 {currency}"},
    "session-unprepared": {"raised-by": "us", "gravity": "small", "repair-cost": "130 {currency}", "real-cost": "220 {currency}"},
}  # fmt: skip
"""Who noticed each mistake, how grave it was and what it cost; what is told of it stands in the texts."""

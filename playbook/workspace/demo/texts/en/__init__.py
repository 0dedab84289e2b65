"""The texts of the made-up clients in English."""

from playbook.workspace.demo.texts.en.businesses import BUSINESSES
from playbook.workspace.demo.texts.en.cards import CARDS
from playbook.workspace.demo.texts.en.limits import LIMITS
from playbook.workspace.demo.texts.en.mistakes import MISTAKES
from playbook.workspace.demo.texts.en.remarks import REMARKS
from playbook.workspace.demo.texts.en.start import START
from playbook.workspace.demo.texts.shape import Texts

TEXTS = Texts(
    businesses=BUSINESSES,
    cards=CARDS,
    answers={**LIMITS, **START},
    any_answers=("As spoken on the phone", "See the note of that day", "All clear with {contact}"),
    mistakes=MISTAKES,
    remarks=REMARKS,
)

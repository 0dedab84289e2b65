"""The texts of the made-up clients in Spanish: the one of an agency that says tú at home.

What a client may be told or sent says neither tú nor usted, since either may be theirs, and no word depends on
whether a person is a man or a woman, but for cards.
"""

from playbook.workspace.demo.texts.es.businesses import BUSINESSES
from playbook.workspace.demo.texts.es.cards import CARDS
from playbook.workspace.demo.texts.es.limits import LIMITS
from playbook.workspace.demo.texts.es.mistakes import MISTAKES
from playbook.workspace.demo.texts.es.remarks import REMARKS
from playbook.workspace.demo.texts.es.start import START
from playbook.workspace.demo.texts.shape import Texts

TEXTS = Texts(
    businesses=BUSINESSES,
    cards=CARDS,
    answers={**LIMITS, **START},
    any_answers=(
        "Tal como lo hablamos por teléfono",
        "Está en la nota de ese día",
        "Todo claro con {contact}",
    ),
    mistakes=MISTAKES,
    remarks=REMARKS,
)

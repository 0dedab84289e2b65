"""Who the made-up clients are: firms, the people in them, and what is good to know about them."""

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from playbook.core.client import Contact
from playbook.core.text import slug
from playbook.workspace.demo.chance import dice
from playbook.workspace.demo.trades import ENGLISH_PLACES, SPANISH_PLACES, TRADES, Trade

PMS = ("Marta Ibáñez", "Tom Hale", "Leire Goñi")
"""The people at the agency who look after clients."""
MATES = ("Iris", "Pablo", "Nadia", "Jonas", "Elena", "Wei")
"""Their colleagues."""
BOSS = "Carmen Rey"

CURRENCIES: Mapping[str, str] = {"GB": "GBP", "US": "USD", "CH": "CHF"}
"""By country; EUR in all others."""

_PHONES: Mapping[str, str] = {
    "US": "+1 212 555 0", "MX": "+52 55 5550 0", "GB": "+44 1632 960", "IE": "+353 20 910 0", "FR": "+33 1 99 00 0",
    "JP": "+81 3 5550 0", "CH": "+41 55 500 0",
}  # fmt: skip
"""How the numbers begin, in ranges that are not given out."""


class Firm(NamedTuple):
    """One made-up client."""

    name: str
    slug: str
    trade: Trade
    settings: Mapping[str, str]
    contacts: tuple[Contact, Contact]
    card: str
    """What the card says after a few weeks."""

    @property
    def currency(self) -> str:
        """What they pay in."""
        return CURRENCIES.get(self.settings["country"], "EUR")


class _Told(NamedTuple):
    """A firm whose name is not made from its trade and a place."""

    name: str
    trade: str
    country: str
    contact: str
    her: str = "her"


_FIRST = (
    _Told("Bodega Luz del Duero", "winery", "ES", "Begoña Arce"),
    _Told("Nair & Cole Dental", "dentist", "GB", "Priya Nair"),
    _Told("Gimnasio Norte", "gym", "ES", "Álvaro Quintana", "his"),
    _Told("Tall Heron Brewery", "brewery", "GB", "Owen Tasker", "his"),
    _Told("灯台書房 Lighthouse Books", "books", "JP", "森 由美 (Yumi Mori)"),
    _Told("Museo del Papel", "museum", "ES", "Inés Urrutia"),
    _Told("Brooks & Daughters Freight", "logistics", "US", "Darnell Brooks", "his"),
    _Told("Colegio Las Acacias", "school", "MX", "Jimena Salcedo"),
    _Told("Two Rivers Cycles", "bikes", "IE", "Niamh Corrigan"),
    _Told("Estudio Núñez & Sørli", "architects", "ES", "Íñigo Núñez", "his"),
    _Told("Thistledown Vets", "vet", "GB", "Morag Fell"),
    _Told("Hotel Cabo Norte", "hotel", "ES", "Rosalía Pardo"),
    _Told("مخبز الياسمين Jasmine Bakery", "bakery", "FR", "Samira Haddad"),
    _Told("Pension Gänseblümchen", "hotel", "CH", "Beat Ammann", "his"),
)  # fmt: skip

_ENGLISH = ("Ruth Ellery", "Martin Cope", "Grace Oduya", "Neil Farrow", "Hannah Birch", "Samuel Idowu", "Judith Lake",
            "Callum Reid", "Farah Aziz", "Peter Lindqvist", "Dora Whitlam", "Isaac Moss", "Tess Arkwright", "Leo Barnaby")  # fmt: skip
_SPANISH = ("Nuria Vidal", "Gonzalo Peral", "Amaia Echeverri", "Rubén Casal", "Pilar Montes", "Óscar Lozano",
            "Teresa Bravo", "Joaquín Mena", "Lucía Somoza", "Andrés Calvo", "Marisol Paz", "Iker Zabala", "Eva Robles", "Raúl Soto")  # fmt: skip
_ROLES = (("Owner", "Office and invoices"), ("Director", "Assistant to the director"), ("Manager", "Marketing"),
          ("Managing partner", "Front desk"), ("Head of communication", "Finance"))  # fmt: skip

_WHO = (
    "First-time buyer · dislikes surprises",
    "Second project of this kind · the first one, elsewhere, ended badly",
    "Knows the craft · wants reasons, not praise",
    "Warm and quick · forgets what was said on the phone, so write it down",
    "Careful with money · never hurry {her} answer",
    "Has to show something soon · the board is watching",
    "Asks little, notices everything",
    "Proud of the house · tell {him} what you noticed there",
    "Likes to see it drawn, not described",
)
_CARE = (
    "Decides with {other}; never on Mondays",
    "No time during {season}",
    "{other} must hear it first, or it is heard wrongly",
    "Prefers a call before nine to any e-mail",
    "Fetches the children at four: no calls after that",
    "Reads every line of an invoice",
    "Was let down over a date once; say only days that hold",
    "Speaks softly: leave pauses",
    "The board meets on the first Thursday and must be warned a week before",
)
_PRACTICAL = (
    "Access goes through {other}",
    "Park behind the house, the front is for {people}",
    "Papers by post, signed in blue",
    "Video often fails there: ring instead",
    "Loves to hear what {people} said",
    "Tea, no coffee",
)


def firm(number: int) -> Firm:
    """The client of this number, always the same; no two have the same name."""
    chance = dice("firm", number)
    told = _FIRST[number] if number < len(_FIRST) else _made(number - len(_FIRST), chance)
    trade = TRADES[told.trade]
    name_slug = slug(told.name)
    is_spanish = told.country in ("ES", "MX")
    others = _SPANISH if is_spanish else _ENGLISH
    other = others[(number * 5 + 3) % len(others)]
    other = other if other != told.contact else others[(number * 5 + 4) % len(others)]
    roles = _ROLES[number % len(_ROLES)]
    settings = {
        "language": "es" if is_spanish else "en",
        "country": told.country,
        "owner": PMS[number % len(PMS)],
    }
    if is_spanish:
        settings["form"] = "usted" if number % 4 == 0 else "tú"
    contacts = (
        _contact(told.contact, roles[0], name_slug, number * 2, told.country),
        _contact(other, roles[1], name_slug, number * 2 + 1, told.country),
    )
    words = {
        "her": told.her,
        "him": "him" if told.her == "his" else "her",
        "other": other.split()[0],
        "season": trade.season,
        "people": trade.people,
    }
    return Firm(told.name, name_slug, trade, settings, contacts, _card(number, chance, words))


def _made(number: int, chance: Random) -> _Told:
    """A firm named by trade and place: one in English, the next in Spanish, and every pair only once."""
    trades, half = tuple(TRADES), number // 2
    is_spanish = number % 2 == 0
    places = SPANISH_PLACES if is_spanish else ENGLISH_PLACES
    trade = trades[(half + half // len(places)) % len(trades)]
    place = places[half % len(places)]
    turn = half // (len(places) * len(trades))
    pattern = TRADES[trade].spanish if is_spanish else TRADES[trade].english
    people = _SPANISH if is_spanish else _ENGLISH
    country = (
        chance.choice(("ES", "ES", "ES", "MX")) if is_spanish else chance.choice(("GB", "GB", "IE", "US"))
    )
    person = number * 3 % len(people)
    name = pattern.format(place=place) + (f" {turn + 1}" if turn else "")
    return _Told(name, trade, country, people[person], "his" if person % 2 else "her")


def _contact(name: str, role: str, firm_slug: str, number: int, country: str) -> Contact:
    """A person there; numbers are from the ranges that are never given out."""
    latin = name.partition("(")[2].rstrip(")") or name
    phone = f"{_PHONES.get(country, '+34 555 010')} {number % 1000:03}"
    return Contact(name, role, f"{slug(latin).replace('-', '.')}@{firm_slug}.example", phone)


def _card(number: int, chance: Random, words: Mapping[str, str]) -> str:
    """One to three short lines; some clients have none."""
    pools = (_WHO, _CARE, _PRACTICAL)
    places = (number * 2, number * 4 + number // len(_CARE), number * 5 // 3)
    lines = [pool[place % len(pool)].format(**words) for pool, place in zip(pools, places, strict=True)]
    return "\n".join(lines[: chance.choice((1, 2, 2, 3))]) if number % 7 != 6 else ""

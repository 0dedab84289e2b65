"""Who the made-up clients are: firms, the people in them, and what is good to know about them."""

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from playbook.core.client import Contact
from playbook.core.text import slug
from playbook.workspace.demo.chance import dice
from playbook.workspace.demo.texts.shape import Business, Cards, Texts
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
    business: Business
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
    is_man: bool = False


_FIRST = (
    _Told("Bodega Luz del Duero", "winery", "ES", "Begoña Arce"),
    _Told("Nair & Cole Dental", "dentist", "GB", "Priya Nair"),
    _Told("Gimnasio Norte", "gym", "ES", "Álvaro Quintana", True),
    _Told("Tall Heron Brewery", "brewery", "GB", "Owen Tasker", True),
    _Told("灯台書房 Lighthouse Books", "books", "JP", "森 由美 (Yumi Mori)"),
    _Told("Museo del Papel", "museum", "ES", "Inés Urrutia"),
    _Told("Brooks & Daughters Freight", "logistics", "US", "Darnell Brooks", True),
    _Told("Colegio Las Acacias", "school", "MX", "Jimena Salcedo"),
    _Told("Two Rivers Cycles", "bikes", "IE", "Niamh Corrigan"),
    _Told("Estudio Núñez & Sørli", "architects", "ES", "Íñigo Núñez", True),
    _Told("Thistledown Vets", "vet", "GB", "Morag Fell"),
    _Told("Hotel Cabo Norte", "hotel", "ES", "Rosalía Pardo"),
    _Told("مخبز الياسمين Jasmine Bakery", "bakery", "FR", "Samira Haddad"),
    _Told("Pension Gänseblümchen", "hotel", "CH", "Beat Ammann", True),
)  # fmt: skip

_ENGLISH = ("Ruth Ellery", "Martin Cope", "Grace Oduya", "Neil Farrow", "Hannah Birch", "Samuel Idowu", "Judith Lake",
            "Callum Reid", "Farah Aziz", "Peter Lindqvist", "Dora Whitlam", "Isaac Moss", "Tess Arkwright", "Leo Barnaby")  # fmt: skip
_SPANISH = ("Nuria Vidal", "Gonzalo Peral", "Amaia Echeverri", "Rubén Casal", "Pilar Montes", "Óscar Lozano",
            "Teresa Bravo", "Joaquín Mena", "Lucía Somoza", "Andrés Calvo", "Marisol Paz", "Iker Zabala", "Eva Robles", "Raúl Soto")  # fmt: skip


def firm(number: int, texts: Texts) -> Firm:
    """The client of this number, always the same; no two have the same name."""
    chance = dice("firm", number)
    told = _FIRST[number] if number < len(_FIRST) else _made(number - len(_FIRST), chance)
    business, cards = texts.businesses[told.trade], texts.cards
    name_slug = slug(told.name)
    is_spanish = told.country in ("ES", "MX")
    others = _SPANISH if is_spanish else _ENGLISH
    other = others[(number * 5 + 3) % len(others)]
    other = other if other != told.contact else others[(number * 5 + 4) % len(others)]
    roles = cards.roles[number % len(cards.roles)]
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
        **(cards.he if told.is_man else cards.she),
        "other": other.split()[0],
        "season": business.season,
        "people": business.people,
    }
    card = _card(number, chance, cards, words)
    return Firm(told.name, name_slug, TRADES[told.trade], business, settings, contacts, card)


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
    return _Told(name, trade, country, people[person], person % 2 == 1)


def _contact(name: str, role: str, firm_slug: str, number: int, country: str) -> Contact:
    """A person there; numbers are from the ranges that are never given out."""
    latin = name.partition("(")[2].rstrip(")") or name
    phone = f"{_PHONES.get(country, '+34 555 010')} {number % 1000:03}"
    return Contact(name, role, f"{slug(latin).replace('-', '.')}@{firm_slug}.example", phone)


def _card(number: int, chance: Random, cards: Cards, words: Mapping[str, str]) -> str:
    """One to three short lines; some clients have none."""
    pools = (cards.who, cards.care, cards.practical)
    places = (number * 2, number * 4 + number // len(cards.care), number * 5 // 3)
    lines = [pool[place % len(pool)].format(**words) for pool, place in zip(pools, places, strict=True)]
    return "\n".join(lines[: chance.choice((1, 2, 2, 3))]) if number % 7 != 6 else ""

"""The kinds of firm that the made-up clients are, and the places in their names."""

from collections.abc import Mapping
from typing import NamedTuple


class Trade(NamedTuple):
    """A kind of firm; `{place}` stands in its names."""

    english: str
    spanish: str
    is_public: bool = False
    """A public body, which may take no gifts."""


TRADES: Mapping[str, Trade] = {
    "dentist": Trade("{place} Dental Care", "Clínica Dental {place}"),
    "brewery": Trade("{place} Brewery", "Cervecera {place}"),
    "school": Trade("{place} School", "Colegio {place}", is_public=True),
    "gym": Trade("{place} Fitness", "Gimnasio {place}"),
    "museum": Trade("{place} Museum", "Museo de {place}", is_public=True),
    "logistics": Trade("{place} Freight", "Transportes {place}"),
    "winery": Trade("{place} Vineyard", "Bodegas {place}"),
    "bikes": Trade("{place} Cycles", "Bicicletas {place}"),
    "books": Trade("{place} Books", "Librería {place}"),
    "bakery": Trade("{place} Bakery", "Panadería {place}"),
    "vet": Trade("{place} Vets", "Veterinaria {place}"),
    "hotel": Trade("The {place} Inn", "Hotel {place}"),
    "architects": Trade("{place} Architects", "Estudio {place}"),
}  # fmt: skip

ENGLISH_PLACES = (
    "Larkmere",
    "Oldwick",
    "Brackwater",
    "Fennimore",
    "Quillhaven",
    "Tarnfield",
    "Hollin Bridge",
    "Marlow's End",
    "Eastferry",
    "Copperhill",
    "Saltmarsh",
    "Windlebury",
    "Harrowgate Lane",
    "Thistle Hill",
    "Pebble Cove",
    "Ashcombe",
    "Ravenspur",
    "Milltown Green",
    "Kestrel Hill",
    "Low Harbour",
    "Bramble Street",
    "Northey",
    "Candlewick",
    "Foxley",
    "Orchard Row",
    "Stonebeck",
    "Little Hatton",
    "Wherry Quay",
    "Greyfriars Walk",
    "Linden Yard",
    "Cobbler's Ford",
    "Sandling",
    "Hazelmoor",
    "Dunmarsh",
    "Elmstead Road",
    "Ferry Lane",
    "Holm Island",
    "Juniper Square",
    "Kings Wharf",
    "Lantern Street",
    "Meadowgate",
    "Nettlefold",
    "Otterburn Lane",
    "Primrose Bank",
    "Quarry Side",
    "Rookwood",
)
SPANISH_PLACES = (
    "Valdehoz", "Ríosereno", "Alcorniz", "Peñablanca", "Fuentealba", "San Telmo", "La Encina", "Montellano Alto",
    "El Olmo", "Castroviejo", "Almenara", "Las Higueras", "Puentenuevo", "Cañada Real", "Vistalegre", "Los Álamos",
    "Aguadulce", "Solanilla", "Torreón", "Navalmoro", "El Carmen", "Ibarluz", "Cabo Claro", "Santa Lucía",
    "La Atalaya", "Molino Blanco", "Arroyo Seco", "Las Dunas", "Campoverde", "Bahía Clara", "Peralejo", "El Mirador",
    "Robledal", "Miraflores", "La Ribera", "Sotobosque", "Olivar Viejo", "Llanos del Sur", "Cerro Azul", "Puerto Lobo",
    "La Noria", "El Faro", "Villaclara", "Los Tilos", "Barranco Hondo", "Tres Cruces",
)  # fmt: skip

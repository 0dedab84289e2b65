"""Public holidays by country and region: the only place that knows the library `holidays`, loaded when asked."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from playbook.core.nearest import nearest
from playbook.core.problems import Refusal
from playbook.core.text import line, slug

PUBLIC = "public"
"""The one category that closes a day; half days and optional ones do not."""

_SPANISH: Mapping[str, str] = {
    "Alemania": "DE", "Andorra": "AD", "Argelia": "DZ", "Austria": "AT", "Bélgica": "BE", "Brasil": "BR",
    "Canadá": "CA", "Chequia": "CZ", "Chipre": "CY", "Corea del Sur": "KR", "Croacia": "HR", "Dinamarca": "DK",
    "Egipto": "EG", "Emiratos Árabes Unidos": "AE", "Eslovaquia": "SK", "Eslovenia": "SI", "España": "ES",
    "Estados Unidos": "US", "Filipinas": "PH", "Finlandia": "FI", "Francia": "FR", "Grecia": "GR", "Haití": "HT",
    "Hungría": "HU", "Irlanda": "IE", "Islandia": "IS", "Italia": "IT", "Japón": "JP", "Letonia": "LV",
    "Lituania": "LT", "Luxemburgo": "LU", "Marruecos": "MA", "México": "MX", "Noruega": "NO", "Nueva Zelanda": "NZ",
    "Países Bajos": "NL", "Panamá": "PA", "Perú": "PE", "Polonia": "PL", "Reino Unido": "GB",
    "República Dominicana": "DO", "Rumanía": "RO", "Rusia": "RU", "Singapur": "SG", "Sudáfrica": "ZA",
    "Suecia": "SE", "Suiza": "CH", "Turquía": "TR", "Túnez": "TN", "Ucrania": "UA",
}  # fmt: skip
"""Countries that are called otherwise in Spanish; the library knows English names alone."""

_SMALL = frozenset({"and", "of", "the"})


def known_countries() -> tuple[str, ...]:
    """Codes of the countries whose holidays are known."""
    return tuple(sorted(_names()))


def known_regions(country: str) -> tuple[str, ...]:
    """Codes of a country's regions with holidays of their own; none for a country that is not known."""
    return tuple(sorted(_entity(country).subdivisions)) if country in _names() else ()


def find_country(text: str, language: str = "en") -> str | Refusal:
    """The code that a code or a name in English or Spanish means; `language` is that of the refusal's names."""
    codes: dict[str, str] = {}
    for code, names in _names().items():
        codes.update(dict.fromkeys((slug(name, 64) for name in (code, *names)), code))
    codes.update({slug(name, 64): code for name, code in _SPANISH.items()})
    wanted = slug(text, 64)
    if wanted in codes:
        return codes[wanted]
    near = codes.get(nearest(wanted, (name for name in codes if len(name) > 3)), "")
    if near:
        near = f"{near} ({country_name(near, language)})"
    return Refusal("calendar-country", {"country": line(text)[:40], "near": near})


def find_region(country: str, text: str, language: str = "en") -> str | Refusal:
    """The code that a region's code or name means, in a country that is known."""
    known = known_regions(country)
    codes = {slug(name, 64): code for name, code in _region_names(country)} | {
        slug(code): code for code in known
    }
    wanted = slug(text, 64)
    if wanted in codes:
        return codes[wanted]
    near = codes.get(nearest(wanted, codes), "")
    if name := region_name(country, near):
        near = f"{near} ({name})"
    return Refusal("calendar-region", {
        "region": line(text)[:40], "country": country_name(country, language), "known": list(known), "near": near,
    })  # fmt: skip


def country_name(country: str, language: str = "en") -> str:
    """What the country is called, in Spanish or else in English; the code when it is not known."""
    if language == "es" and (spanish := [name for name, code in _SPANISH.items() if code == country]):
        return spanish[0]
    return _names().get(country, (country,))[0]


def region_name(country: str, region: str) -> str:
    """What the region is called there; "" when the library has no name for it."""
    return next((name for name, code in _region_names(country) if code == region), "")


def holidays_of(country: str, region: str, years: Iterable[int], language: str) -> dict[date, str]:
    """Public holidays with their names; none for a country or region that is not known.

    The names are in the language given (`es`) where the library has it, else in English, else in the country's.
    """
    if country not in _names() or (region and region not in known_regions(country)):
        return {}
    wanted = frozenset(years)
    entity = _entity(country)
    found = entity(
        subdiv=region or None, years=sorted(wanted), expand=False, categories=PUBLIC,
        language=_spoken(entity.supported_languages, language) or entity.default_language,
    )  # fmt: skip
    return {day: line(name) for day, name in sorted(found.items()) if day.year in wanted}


def _spoken(languages: Iterable[str], wanted: str) -> str:
    """The first of these languages (`en_US`) that is the one wanted, else English."""
    for code in (wanted, "en"):
        if spoken := [language for language in sorted(languages) if language.split("_")[0] == code]:
            return spoken[0]
    return ""


def _entity(country: str) -> Any:
    """A country of the library."""
    import holidays

    return getattr(holidays, country)


def _names() -> dict[str, tuple[str, ...]]:
    """Every country's code with the names and further codes it goes by in the library, the readable one first."""
    from holidays.registry import COUNTRIES

    return {codes[1]: (_readable(module), *codes[2:]) for module, codes in COUNTRIES.items()}


def _readable(module: str) -> str:
    return " ".join(word if word in _SMALL else word.capitalize() for word in module.split("_"))


def _region_names(country: str) -> list[tuple[str, str]]:
    """Names of regions, each with its code."""
    return list(_entity(country).subdivisions_aliases.items()) if country in _names() else []

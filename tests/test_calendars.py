"""Public holidays from the library, by country, region and language."""

import subprocess
import sys
import warnings
from datetime import date

import pytest

from playbook.calendars import (
    country_name,
    find_country,
    find_region,
    holidays_of,
    known_countries,
    known_regions,
    region_name,
)
from playbook.core.problems import Refusal
from tests.hostile import HOSTILE

YEARS = range(2024, 2032)


@pytest.mark.parametrize(("text", "code"), [
    ("ES", "ES"), ("es", "ES"), (" esp ", "ES"), ("Spain", "ES"), ("España", "ES"), ("espana", "ES"), ("UK", "GB"),
    ("United Kingdom", "GB"), ("Estados Unidos", "US"), ("MÉXICO", "MX"), ("mexico", "MX"), ("Alemania", "DE"),
    ("Colombia", "CO"), ("Côte d", None), ("argentina", "AR"), ("Francia", "FR"),
])  # fmt: skip
def test_countries_by_code_and_name(text: str, code: str | None) -> None:
    found = find_country(text)
    assert found == code if code else isinstance(found, Refusal)


@pytest.mark.parametrize(("text", "near"), [
    ("Spian", "ES (Spain)"), ("Alemana", "DE (Germany)"), ("mejico", "MX (Mexico)"), ("XX", ""), ("", ""), ("qqqq", ""),
])  # fmt: skip
def test_an_unknown_country_is_answered_with_the_nearest(text: str, near: str) -> None:
    assert find_country(text) == Refusal("calendar-country", {"country": text, "near": near})


def test_names_in_spanish() -> None:
    assert country_name("DE", "es") == "Alemania"
    assert country_name("CO", "es") == "Colombia"
    assert country_name("DE") == "Germany"
    assert country_name("IM") == "Isle of Man"
    assert country_name("XX") == "XX"
    refused = find_country("Alemana", "es")
    assert isinstance(refused, Refusal)
    assert refused.args["near"] == "DE (Alemania)"


@pytest.mark.parametrize(("country", "text", "code"), [
    ("ES", "MD", "MD"), ("ES", "md", "MD"), ("ES", "Madrid", "MD"), ("ES", "Cataluña", "CT"), ("ES", "catalunya", "CT"),
    ("ES", "pais vasco", "PV"), ("GB", "Scotland", "SCT"), ("US", "new york", "NY"), ("DE", "Bayern", "BY"),
])  # fmt: skip
def test_regions_by_code_and_name(country: str, text: str, code: str) -> None:
    assert find_region(country, text) == code


def test_an_unknown_region_is_answered_with_those_there_are() -> None:
    refused = find_region("ES", "Madird")
    assert isinstance(refused, Refusal)
    assert refused.args["near"] == "MD (Madrid)"
    assert "CT" in str(refused.args["known"])
    refused = find_region("MX", "Jalisco")
    assert isinstance(refused, Refusal)
    assert refused.args["known"] == []
    assert region_name("ES", "MD") == "Madrid"
    assert region_name("ES", "ZZ") == region_name("XX", "MD") == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_unknown(text: str) -> None:
    assert isinstance(find_country(text), Refusal)
    assert isinstance(find_region("ES", text), Refusal)


def test_holidays_of_a_region() -> None:
    spain, madrid = holidays_of("ES", "", YEARS, "es"), holidays_of("ES", "MD", YEARS, "es")
    assert madrid[date(2026, 12, 25)] == "Natividad del Señor"
    assert date(2026, 4, 2) in madrid
    assert date(2026, 4, 2) not in spain
    assert set(spain) <= set(madrid)
    assert {day.year for day in madrid} == set(YEARS)


@pytest.mark.parametrize(("country", "language", "name"), [
    ("ES", "en", "Christmas Day"), ("ES", "es", "Natividad del Señor"), ("MX", "es", "Navidad"), ("US", "es", "Christmas Day"),
    ("FR", "es", "Christmas Day"), ("FR", "fr", "Noël"), ("GB", "en", "Christmas Day"), ("DE", "de", "Erster Weihnachtstag"),
    ("NZ", "es", "Christmas Day"), ("ES", "xx", "Christmas Day"), ("ES", "", "Christmas Day"),
])  # fmt: skip
def test_names_in_the_language_asked_for_or_else_in_english(
    country: str, language: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "uk_UA.UTF-8")  # what the system speaks is no matter
    monkeypatch.setenv("LANGUAGE", "th")
    assert holidays_of(country, "", [2026], language)[date(2026, 12, 25)] == name


def test_half_days_and_optional_ones_stay_open() -> None:
    assert date(2026, 12, 24) not in holidays_of("DE", "", [2026], "de")
    assert date(2026, 12, 24) not in holidays_of("US", "", [2026], "en")


@pytest.mark.parametrize(
    ("country", "region"), [("XX", ""), ("", ""), ("ES", "ZZ"), ("ES", "Madrid"), ("es", "")]
)
def test_unknown_places_have_none(country: str, region: str) -> None:
    assert holidays_of(country, region, YEARS, "en") == {}
    assert known_regions("XX") == ()


def test_every_known_place_answers_without_a_warning() -> None:
    assert len(known_countries()) > 200
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for country in known_countries():
            assert find_country(country) == country
            for name, day in ((name, day) for day, name in holidays_of(country, "", [2026], "es").items()):
                assert name and day.year == 2026
    for region in known_regions("ES"):
        assert holidays_of("ES", region, [2026], "es")


def test_years_far_off_end_calmly() -> None:
    assert holidays_of("ES", "MD", [1, 1500, 9999], "es") == {}


def test_the_command_line_does_not_load_the_library() -> None:
    script = """
import sys
from playbook.cli import run
import playbook.calendars, playbook.workspace.calendars, playbook.cli.calendar
code = run(["today"])
print(code, "holidays" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split()[-2:] == ["0", "False"]

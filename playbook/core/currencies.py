"""Currencies by the words people use for them: some mean one currency, others one in each country."""

import re
from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    word: code
    for code, words in {
        "EUR": "€ euro euros", "GBP": "£ pound pounds libra libras",
        "USD": "us$", "MXN": "mx$",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Signs and words that stand for one currency only."""

_DOLLARS = {
    "US": "USD", "PR": "USD", "EC": "USD", "SV": "USD", "PA": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD",
}  # fmt: skip
_PESOS = {
    "MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "UY": "UYU", "DO": "DOP", "CU": "CUP", "PH": "PHP",
}  # fmt: skip
SHARED: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("dollar", "dollars", "dólar", "dólares", "dolar", "dolares"), _DOLLARS),
    **dict.fromkeys(("peso", "pesos"), _PESOS),
    "$": {**_DOLLARS, **_PESOS},
}
"""Signs and words that stand for many, and which they mean in a country."""


def told_currency(text: str, country: str) -> str:
    """The sum with `pesos` or `$` as the currency of this country; as it is when that says nothing."""
    for word, codes in SHARED.items():
        code = codes.get(country.upper())
        if code and (
            found := re.fullmatch(
                rf"(?i)\s*(.*\d)\s*{re.escape(word)}\s*|\s*{re.escape(word)}\s*(-?\d.*)", text
            )
        ):
            return f"{(found[1] or found[2]).strip()} {code}"
    return text

"""How names are compared when somebody looks for them: without case and accents."""

import unicodedata


def searchable(text: str) -> str:
    """The text without case and accents."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def escaped(text: str) -> str:
    """The text for `like … escape '!'`, with nothing in it that stands for other letters."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")

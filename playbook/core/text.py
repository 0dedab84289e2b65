"""Every string from outside is hostile: what may not reach a terminal or a file is made visible here.

Text is cleaned once, at the border (TOML, database, paste, command line). What a terminal would act on
becomes a visible stand-in, so nothing is lost and nothing runs. Honest scripts, emoji and combining marks
stay as they are.
"""

import re
import unicodedata

_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"  # invisible letters
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero width, separators, every bidi control
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff"  # lone surrogates cannot be written
    "\U000e0000-\U000e0fff"  # tags
    "]"
)
_NOT_DRAWN = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
_BLANKS = re.compile(r"\s+")
_SLUG_GAP = re.compile(r"[^a-z0-9]+")


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"


def clean(text: str) -> str:
    """The text with every dangerous character made visible; newlines and tabs stay."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub(_visible, text)


def escaped(json_text: str) -> str:
    """JSON text with every dangerous character as an escape, which reads back as the same character."""
    return _FORBIDDEN.sub(_escape, json_text)


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def is_clean(text: str) -> bool:
    """Whether the text could be shown as it is."""
    return _FORBIDDEN.search(text) is None


def line(text: str) -> str:
    """The cleaned text on one line, for a row: blanks folded, joiners that terminals disagree on left out."""
    return _BLANKS.sub(" ", _NOT_DRAWN.sub("", clean(text))).strip()


def said(text: str) -> str:
    """What a person said, cleaned, without blanks around it; "" when nothing of it would be seen."""
    return clean(text.strip()) if line(text) else ""


def block(text: str) -> str:
    """The cleaned text for a terminal, over several lines: tabs become blanks, joiners are left out."""
    return _NOT_DRAWN.sub("", clean(text)).expandtabs(4)


def folded(text: str) -> str:
    """The text without case and accents: how people's words are compared."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def slug(text: str, longest: int = 40) -> str:
    """A safe id made of the text: `[a-z0-9-]`, at most `longest` letters, or "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _SLUG_GAP.sub("-", plain).strip("-")[:longest].strip("-")

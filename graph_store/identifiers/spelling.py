"""The many ways in which people write one identifier, brought to one."""

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

# Only ASCII letters change case: "ſ".upper() is "S" and "ß".upper() is "SS", which would mend a wrong character
# into a right one, and DOI names are case-insensitive in ASCII alone (DOI Handbook §2.4).
_TO_UPPER = str.maketrans(ascii_lowercase, ascii_uppercase)
_TO_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)

# The hyphens and dashes that word processors and PDF files put in the place of "-".
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212\ufe58\ufe63]+")


def upper(text: str) -> str:
    """With ASCII letters in upper case and every other character as it was."""
    return text.translate(_TO_UPPER)


def lower(text: str) -> str:
    """With ASCII letters in lower case and every other character as it was."""
    return text.translate(_TO_LOWER)


def folded(text: str) -> str:
    """Full-width characters made narrow, invisible ones (zero width, byte order mark) and outer spaces gone."""
    if not text.isascii():
        text = "".join(_narrow(c) for c in text if unicodedata.category(c) != "Cf")
    return text.strip()


def unseparated(text: str) -> str:
    """Without spaces and hyphens of any kind."""
    return _SEPARATORS.sub("", text)


def addresses(*hosts: str, labels: str) -> re.Pattern[str]:
    """The web addresses and labels ("doi:") people paste before an identifier, also several in a row."""
    host = "|".join(re.escape(host) for host in hosts)
    return re.compile(rf"(?:(?:https?://)?(?:www\.)?(?:{host})/|(?:{labels}):|\s)+", re.IGNORECASE)


def without(prefix: re.Pattern[str], text: str) -> str:
    """The text after what `prefix` matches at its start."""
    found = prefix.match(text)
    return text[found.end() :] if found else text


def _narrow(character: str) -> str:
    # NFKC of width variants only: over the whole text it would also turn "²" into "2", another identifier.
    is_wide = unicodedata.east_asian_width(character) in "FH"
    return unicodedata.normalize("NFKC", character) if is_wide else character

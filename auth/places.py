"""Where a browser may be sent back to: paths of this hub, and nothing that any browser could read as another place."""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import unquote

LONGEST = 2_000
HOME = "/"

_PLAIN = re.compile(r"/[A-Za-z0-9\-._~!$&'()*+,;=:/?#%\[\]]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MISREAD = re.compile(r"//|\\|@|/\.{1,2}(/|$)|^/auth(/|$)", re.IGNORECASE)
_ROUNDS = 3


def safe_place(given: str | None) -> str | None:
    """The path that was asked for, home where none was; None for whatever could lead elsewhere, or round and round.

    >>> safe_place("/graphiql?a=b%20c#3"), safe_place(None), safe_place(""), safe_place("/search?q=%E5%B7%B4")
    ('/graphiql?a=b%20c#3', '/', '/', '/search?q=%E5%B7%B4')
    >>> [safe_place(each) for each in ("//evil.example", "/%5cevil.example", "https://evil.example", "/auth/login")]
    [None, None, None, None]
    """
    if not given:
        return HOME
    if len(given) > LONGEST or not _PLAIN.fullmatch(given):
        return None
    text = given
    for _ in range(_ROUNDS):  # a proxy may decode once more than we do
        path = normalize("NFKC", re.split(r"[?#]", text, maxsplit=1)[0])
        if _CONTROL.search(text) or _MISREAD.search(path):
            return None
        try:
            text = unquote(text, errors="strict")
        except UnicodeDecodeError:
            return None
    return given

"""What only the hub, or only who holds a session's secret, can read and make: AES-GCM, each purpose with a key of its own."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12


class Seal:
    """Made of a secret for one purpose; what is sealed is bound to the context it is opened in."""

    def __init__(self, secret: bytes, purpose: str) -> None:
        key = HKDF(SHA256(), 32, salt=None, info=b"bashu " + purpose.encode()).derive(secret)
        self._cipher = AESGCM(key)

    def closed(self, content: bytes, context: str) -> str:
        """The content as URL-safe text."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, content, context.encode())
        return urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def opened(self, text: str, context: str) -> bytes | None:
        """The content; None where it was not sealed so, or for another context."""
        try:
            sealed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
            nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return self._cipher.decrypt(nonce, rest, context.encode())
        except (ValueError, InvalidTag):
            return None

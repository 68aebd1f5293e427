"""A secret that is made once, kept in a file that only its owner reads, and shared by all who ask."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The 64 hexadecimal digits in `path`, made there first if nobody has yet.

    Two that ask at once get the same: a whole file is linked into place, and only the first link holds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _offer(path, secrets.token_hex(32))
    return path.read_text(encoding="ascii")


def _offer(path: Path, secret: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret)
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # somebody else was first: theirs holds
    finally:
        draft.unlink()

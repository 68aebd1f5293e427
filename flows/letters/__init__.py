"""What e-mails say: a template in each language, filled with a notice."""

from __future__ import annotations

from pathlib import Path
from string import Template

from flows.mail import Letter
from graph_store.deliveries import Told

_HERE = Path(__file__).parent
ZH = Template((_HERE / "notice.zh.txt").read_text(encoding="utf-8"))
EN = Template((_HERE / "notice.en.txt").read_text(encoding="utf-8"))
RULE = "\n" + "-" * 60 + "\n\n"


def letter_of(told: Told, public_url: str) -> Letter:
    """The letter, in Chinese and below it in English. Without an address nothing can be written to them."""
    assert told.email is not None
    said = {
        "name": told.person_name or "",
        "body": told.body or "",
        "body_en": told.body_en or told.body or "",
        "link": public_url,
    }
    subject = " / ".join(each for each in (told.title, told.title_en) if each)
    text = ZH.substitute(said) + RULE + EN.substitute(said)
    return Letter(
        id=told.id,
        to=told.email,
        to_name=told.person_name or "",
        subject=_one_line(subject),
        text=text,
    )


def _one_line(text: str) -> str:
    """A subject cannot carry a header of its own."""
    return " ".join(text.split())

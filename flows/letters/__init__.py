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
    """The letter, in the person's language; without a preference in Chinese and below it in English."""
    assert told.email is not None
    said = {
        "name": told.person_name or "",
        "body": told.body or "",
        "body_en": told.body_en or told.body or "",
        "link": public_url,
    }
    texts = [ZH.substitute(said)] if told.language != "en" else []
    texts += [EN.substitute(said)] if told.language != "zh" else []
    titles = [told.title] if told.language != "en" else []
    titles += [told.title_en or told.title] if told.language != "zh" else []
    subject = " / ".join(each for each in titles if each)
    return Letter(
        id=told.id,
        to=told.email,
        to_name=told.person_name or "",
        subject=_one_line(subject),
        text=RULE.join(texts),
    )


def _one_line(text: str) -> str:
    """A subject cannot carry a header of its own."""
    return " ".join(text.split())

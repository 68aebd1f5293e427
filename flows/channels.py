"""The ways out of the hub: a mail server, if there is one, and institutions' webhooks."""

from __future__ import annotations

from dataclasses import dataclass

from flows.mail import MailServer
from flows.webhooks import Caller


@dataclass(frozen=True, slots=True)
class Channels:
    """What a worker sends by; `public_url` is where people find the hub."""

    mail: MailServer | None
    webhooks: Caller
    public_url: str

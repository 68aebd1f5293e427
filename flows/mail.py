"""E-mail by SMTP: what is known to have been refused may be sent again, what is doubtful never.

Up to the end of the text a failure is certain: the server has taken nothing. From then on, without its answer, nobody knows.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import Literal

import aiosmtplib
from aiosmtplib.errors import (
    SMTPException,
    SMTPReadTimeoutError,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

SECONDS = 20.0
Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent to one person; `id` makes its Message-ID, the same each time."""

    id: str
    to: str
    to_name: str
    subject: str
    text: str


class NotTaken(Exception):
    """The mail server has taken nothing; the text says why in the server's code alone."""


class Doubtful(Exception):
    """The text was sent and no answer came: it may have arrived."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in; `security` none is for a server on this machine."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    async def send(self, letter: Letter) -> None:
        """Hand it in. Raises NotTaken, Doubtful."""
        try:
            message = self.message(letter)
        except (
            ValueError,
            HeaderParseError,
        ) as error:  # what stands as the person's address is none
            raise NotTaken("NoAddress") from error
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            timeout=SECONDS,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            username=self.user or None,
            password=self.password or None,
        )
        try:
            await self._address(client, letter)
            await _hand_in(client, message)
        finally:
            client.close()

    def message(self, letter: Letter) -> bytes:
        """The letter as it goes out."""
        name, _, domain = self.sender.rpartition("@")
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"] = Address("巴蜀科技云 Bashu Hub", name, domain)
        message["To"] = Address(" ".join(letter.to_name.split()), addr_spec=letter.to)
        message["Subject"] = letter.subject
        message["Message-ID"] = f"<{letter.id}@{domain or 'localhost'}>"
        # no answering machine answers it
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return bytes(message)

    async def _address(self, client: aiosmtplib.SMTP, letter: Letter) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                await client.connect()
                await client.mail(self.sender)
                await client.rcpt(letter.to)
        except SMTPResponseException as refused:
            raise NotTaken(f"SMTP {refused.code}") from refused
        except (SMTPException, OSError, TimeoutError) as away:
            raise NotTaken(type(away).__name__) from away


async def _hand_in(client: aiosmtplib.SMTP, message: bytes) -> None:
    try:
        async with asyncio.timeout(SECONDS):
            await client.data(message)
    except SMTPResponseException as refused:
        raise NotTaken(f"SMTP {refused.code}") from refused
    except (
        SMTPReadTimeoutError,
        SMTPTimeoutError,
        SMTPServerDisconnected,
        SMTPException,
        OSError,
        TimeoutError,
    ) as lost:
        raise Doubtful(type(lost).__name__) from lost

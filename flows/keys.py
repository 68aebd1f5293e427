"""Keys that the hub and its workers share; nothing of Prefect is imported here."""

from __future__ import annotations

from graph_store.kept_secret import kept_secret
from settings import Settings


def webhook_key(settings: Settings) -> bytes:
    """The key of webhooks' secrets: as set, else made once in the data folder for all processes."""
    given = settings.webhook_key.get_secret_value()
    return (given or kept_secret(settings.data_dir / "webhook-key")).encode()

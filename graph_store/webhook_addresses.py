"""What a webhook may be: its address as far as words can tell, and its secret, which is kept nowhere.

A secret is made of the hub's key and the webhook's id each time it is needed: nothing to steal in the graph, and nothing of it in
the change log. A secret that leaked ends with its webhook.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from ipaddress import ip_address
from urllib.parse import urlsplit

LONGEST = 500


def secret_of(key: bytes, webhook: str) -> str:
    """`whsec_` and 32 bytes in Base64, as Standard Webhooks writes secrets."""
    digest = hmac.new(key, f"webhook/{webhook}".encode(), hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(digest).decode()}"


def problem_of(url: str) -> tuple[str, str] | None:
    """What is wrong with an address, in Chinese and English; where it leads is looked at again with each call.

    >>> problem_of("https://portal.example.cn/hook"), problem_of("http://127.0.0.1:9000/hook")
    (None, None)
    >>> problem_of("http://portal.example.cn/hook")[1]
    'it is not https'
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "不是网址", "it is no web address"
    if len(url) > LONGEST or not host or any(each.isspace() or ord(each) < 32 for each in url):
        return "不是网址", "it is no web address"
    if parts.username is not None or parts.password is not None:
        return "网址含用户名或密码", "it holds a user or a password"
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_this_machine(host)):
        return "不是 https 网址", "it is not https"
    return None


def _is_this_machine(host: str) -> bool:
    """Which only a hub in development calls (`BASHU_WEBHOOK_PRIVATE`)."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

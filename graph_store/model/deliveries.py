"""送达 | How what people are told leaves the hub: webhooks that institutions registered, and each delivery by e-mail or webhook."""

from __future__ import annotations

from graph_store.model.records import record
from graph_store.model.words import INSTITUTION, choice, edge, instant, integer, noun, options, text

WEBHOOK_STATUS = options(
    "WebhookStatus",
    ("active", "启用", "It is called"),
    ("ended", "已停用", "It is called no more"),
)

CHANNEL = options(
    "DeliveryChannel",
    ("email", "电子邮件", "By e-mail, never twice", "E-mail"),
    ("webhook", "网络回调", "By a signed request to a program, once or more with the same id"),
)

DELIVERY_STATE = options(
    "DeliveryState",
    ("pending", "待发送", "Waits to be sent"),
    ("sending", "发送中", "A worker sends it"),
    ("sent", "已送达", "The other side took it"),
    ("failed", "失败", "The other side did not take it; it is tried again, or given up"),
    ("doubtful", "存疑", "Nobody knows whether it arrived; an e-mail is not sent again"),
)

WEBHOOK = noun(
    "Webhook",
    "webhooks",
    "网络回调",
    "An address of an institution's program that is told what happens to its records",
    properties=(
        *record(),
        text("url", "地址", "Where it is told, by https", required=True),
        choice("status", "状态", "Whether it is called", WEBHOOK_STATUS, required=True),
    ),
    edges=(
        edge(
            "institution",
            "CALLED_FOR",
            "Institution",
            "所属机构",
            "The institution whose program it is",
            one=True,
            reverse=("webhooks", "网络回调", "Addresses of its programs that are told"),
        ),
    ),
    visible=INSTITUTION,
    clerical=True,
    holder="institution",
)

DELIVERY = noun(
    "Delivery",
    "deliveries",
    "送达",
    "One delivery of a notice by one channel",
    properties=(
        *record(),
        choice("channel", "渠道", "How it is sent", CHANNEL, required=True, sortable=True),
        choice("state", "状态", "How it stands", DELIVERY_STATE, required=True, sortable=True),
        integer("attempts", "尝试次数", "How often it was tried", required=True),
        instant("sentAt", "送达时间", "When the other side took it", sortable=True),
        text("failure", "失败原因", "Why it failed last, without anybody's data"),
    ),
    edges=(
        edge(
            "notice",
            "DELIVERS",
            "Notice",
            "通知",
            "What is delivered; none for a test",
            one=True,
            reverse=("deliveries", "送达", "Its deliveries beyond the hub"),
        ),
        edge(
            "webhook",
            "DELIVERED_TO",
            "Webhook",
            "网络回调",
            "The webhook that is called",
            one=True,
            reverse=("deliveries", "送达", "What it was told"),
        ),
        edge(
            "institutions",
            "DELIVERED_FOR",
            "Institution",
            "所属机构",
            "Institutions of the person or of the webhook",
            few=True,
            reverse=("deliveries", "送达", "Deliveries to its people and programs"),
        ),
    ),
    visible=INSTITUTION,
    clerical=True,
    holder="institutions",
)

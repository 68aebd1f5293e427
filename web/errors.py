"""What the HTTP edge refuses, and the GraphQL-shaped error document it says so with.

WebError    a request that is refused before the engine sees it; carries its `Refusal`
"""

from dataclasses import dataclass

import orjson

MALFORMED = "REQUEST_IS_MALFORMED"

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status, a code for programs, and a sentence for people in both languages.

    The sentence says what happened, why, and what to do next. `details` go into the error's
    `extensions`.
    """

    status: int
    code: str
    message: str
    message_zh: str
    headers: Headers = ()
    details: tuple[tuple[str, object], ...] = ()

    def body(self) -> bytes:
        """A GraphQL response without a data entry, as JSON."""
        extensions = {"code": self.code, "messageZh": self.message_zh, **dict(self.details)}
        return orjson.dumps({"errors": [{"message": self.message, "extensions": extensions}]})


class WebError(Exception):
    """A request that is refused before the engine sees it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def bad_request(code: str, message: str, message_zh: str) -> WebError:
    """A 400 to raise."""
    return WebError(Refusal(400, code, message, message_zh))


def malformed(name: str, wanted: str, wanted_zh: str) -> WebError:
    """A 400 for a part of a request that is not of the shape it must have."""
    return bad_request(
        MALFORMED,
        f"`{name}` must be {wanted}. Correct the request and send it again.",
        f"{name} 必须是{wanted_zh}。请改正后重新发送。",
    )


def store_is_away(retry_after_seconds: int) -> Refusal:
    """503: the graph does not answer; the client is told when to come again."""
    return Refusal(
        503,
        "STORE_IS_AWAY",
        f"The graph database does not answer at the moment. Please try again in {retry_after_seconds} seconds.",
        f"图数据库暂时没有响应，请在 {retry_after_seconds} 秒后重试。",
        headers=((b"retry-after", str(retry_after_seconds).encode()),),
    )


def outcome_unknown(retry_after_seconds: int) -> Refusal:
    """503: the connection broke at the commit; the request key makes asking again safe."""
    return Refusal(
        503,
        "OUTCOME_UNKNOWN",
        "The connection to the graph database broke while the change was being saved. Send the same request with"
        " the same requestKey again: it is done once, and the answer tells the outcome.",
        "保存变更时与图数据库的连接中断。请用同一个 requestKey 重发同一请求：只会执行一次，并返回结果。",
        headers=((b"retry-after", str(retry_after_seconds).encode()),),
    )


def too_many_requests(retry_after_seconds: int) -> Refusal:
    """429: the address has used up its requests (`BASHU_RATE_LIMIT`) and is told when one is free."""
    return Refusal(
        429,
        "TOO_MANY_REQUESTS",
        f"Too many requests came from this address. Please try again in {retry_after_seconds} seconds, and ask for more at once: one question may have several root fields.",
        f"来自该地址的请求过于频繁，请在 {retry_after_seconds} 秒后重试。一次查询可以包含多个根字段，以减少请求次数。",
        headers=((b"retry-after", str(retry_after_seconds).encode()),),
    )


def too_many_streams(most: int) -> Refusal:
    """429: the address or the connection holds as many streams as it may (`BASHU_STREAMS_PER_ADDRESS`)."""
    return Refusal(
        429,
        "TOO_MANY_STREAMS",
        f"At most {most} streams may be open at once here. Close those that are no longer needed, or ask for several things in one subscription.",
        f"同时打开的订阅最多 {most} 个。请关闭不再需要的订阅，或合并订阅。",
    )


QUERY_TOOK_TOO_LONG = Refusal(
    504,
    "QUERY_TOOK_TOO_LONG",
    "The question was stopped because it took longer than one question may. Ask for less: a smaller `first`, a narrower `where`, fewer nested lists, or several questions.",
    "查询超过了时间上限，已被中止。请缩小范围：减小 first、收紧 where、减少嵌套列表，或拆成几次查询。",
)


def internal_error(request_id: str) -> Refusal:
    """500: masked; the log has the story under the request id."""
    return Refusal(
        500,
        "INTERNAL_ERROR",
        "Something went wrong inside the hub. It has been logged; please quote the request id when you report it.",
        "枢纽内部出错，已记录。反馈问题时请附上 requestId。",
        details=(("requestId", request_id),),
    )

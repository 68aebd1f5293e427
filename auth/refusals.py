"""Why whoever asks is not let in: a word for the audit log, and the sentence that the client is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """`word` is for programs and the audit log; the sentences say what happened, why, and what to do next."""

    word: str
    en: str
    zh: str


class TokenRefused(Exception):
    """A bearer token that is no good: 401 `invalid_token`. It holds nothing of the token."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.word)
        self.reason = reason


NOT_A_TOKEN = Reason(
    "not_a_token",
    "The Authorization header holds no token that this hub reads. Send `Bearer` and an access token of your agency's provider, or a token that the hub has issued.",
    "Authorization 请求头中没有本枢纽能识别的令牌。请发送 Bearer 加上本机构身份提供方的访问令牌，或枢纽签发的令牌。",
)
TOO_LARGE = Reason(
    "too_large",
    "The token is larger than 8 KB. Ask the provider for one with fewer claims.",
    "令牌超过 8 KB。请让身份提供方签发声明更少的令牌。",
)
WRONG_KIND = Reason(
    "wrong_kind",
    "The token is not an access token of RFC 9068 (its `typ` is not at+jwt); an ID token does not open the hub. Ask the provider for an access token for this resource.",
    "该令牌不是 RFC 9068 访问令牌（typ 不是 at+jwt）；ID 令牌不能用于访问枢纽。请向身份提供方申请面向本资源的访问令牌。",
)
HEADER_REFUSED = Reason(
    "header_refused",
    "The token's header demands extensions or brings its own key, which the hub never takes up. Ask the provider for a plain signed access token.",
    "令牌头部要求扩展或自带密钥，枢纽一律不采用。请使用普通签名的访问令牌。",
)
ALGORITHM = Reason(
    "algorithm",
    "The token is signed in a way that is not agreed with its provider, or not at all. Ask the administrator which algorithms the agency uses.",
    "令牌未签名，或签名算法不在与该身份提供方约定的范围内。请向管理员确认算法。",
)
UNKNOWN_ISSUER = Reason(
    "unknown_issuer",
    "The token's issuer is none of the agencies' providers that this hub trusts. Use a token of your own agency's provider.",
    "令牌的签发方不在本枢纽信任的机构身份提供方之列。请使用本机构身份提供方的令牌。",
)
SIGNATURE = Reason(
    "signature",
    "The token's signature was not made with a key of its issuer. Ask the provider for a new token.",
    "令牌的签名不是由其签发方的密钥所作。请向身份提供方申请新的令牌。",
)
AUDIENCE = Reason(
    "audience",
    "The token was issued for another resource. Ask the provider for one whose audience is this hub's /graphql address.",
    "令牌是为其他资源签发的。请申请受众（aud）为本枢纽 /graphql 地址的令牌。",
)
EXPIRED = Reason(
    "expired",
    "The token has expired. Ask for a new one.",
    "令牌已过期，请申请新的令牌。",
)
LIFETIME = Reason(
    "lifetime",
    "The token does not say when it ends, or lasts longer than 24 hours. Ask the provider for a short-lived access token.",
    "令牌没有给出失效时间，或有效期超过 24 小时。请申请短期访问令牌。",
)
NOT_YET = Reason(
    "not_yet",
    "The token is not valid yet, or was issued in the future: the clocks differ, or it is too early. Try again later, or set the clock.",
    "令牌尚未生效，或签发时间在将来：时钟不一致，或时间未到。请稍后再试或校正时钟。",
)
CLAIMS = Reason(
    "claims",
    "The token lacks a claim that an access token must have, or has one of a wrong kind (`sub`, `client_id`, `jti`, `iat`, `scope`). Ask the provider's administrator to follow RFC 9068.",
    "令牌缺少访问令牌必需的声明，或声明类型不对（sub、client_id、jti、iat、scope）。请让身份提供方遵循 RFC 9068。",
)
KEYS_AWAY = Reason(
    "keys_away",
    "The keys of the token's issuer cannot be fetched at the moment, so the token cannot be checked. Try again in half a minute.",
    "目前无法取得令牌签发方的密钥，不能核验令牌。请半分钟后重试。",
)
NOT_KNOWN_YET = Reason(
    "not_known_yet",
    "The token is genuine, but the hub does not know its person yet. Sign on in the browser once, at /auth/login, and use the token again.",
    "令牌有效，但枢纽尚不认识其持有人。请先在浏览器中通过 /auth/login 登录一次，然后再使用该令牌。",
)
REVOKED = Reason(
    "revoked",
    "The hub knows no such token, or it was revoked or has expired. Make a new one (mutation createToken, or `bashu token create`).",
    "枢纽没有该令牌，或已被撤销或过期。请新建令牌（createToken，或 bashu token create）。",
)
SEVERAL = Reason(
    "several",
    "The request brings more than one Authorization header, so it is unclear who asks. Send one.",
    "请求带有多个 Authorization 请求头，无法确定请求者。请只发送一个。",
)
IN_THE_QUERY = Reason(
    "in_the_query",
    "The address holds an access token, which ends up in logs and histories. Send it as `Authorization: Bearer`, and have this one withdrawn.",
    "网址中带有访问令牌，会留在日志和浏览记录里。请改用 Authorization: Bearer 发送，并废止该令牌。",
)

"""Why somebody was not signed on: a code, an HTTP status, and what a page says of it: what happened, why, what to do next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """`code` stands in the audit log; the texts are for people."""

    code: str
    status: int
    title: str
    title_en: str
    text: str
    text_en: str


class SignOnFailed(Exception):
    """Nobody was signed on. `agency`: the key of one that is known; `next`: where the person wanted to go; `detail`: for the log."""

    def __init__(
        self, failure: Failure, agency: str | None = None, place: str = "/", detail: str = ""
    ) -> None:
        super().__init__(failure.code)
        self.failure, self.agency, self.place, self.detail = failure, agency, place, detail


PLACE_IS_FOREIGN = Failure(
    "PLACE_IS_FOREIGN",
    400,
    "链接要去的地方不在本枢纽",
    "The link leads away from this hub",
    "登录后只能回到本枢纽的页面。这个链接的 next 参数指向别处，可能是有人想把您引到另一个网站。请从枢纽的页面重新登录。",
    "After sign-on the hub leads back to its own pages only. The `next` of this link means another place; somebody may want to lure you there. Start again from a page of the hub.",
)
AGENCY_IS_UNKNOWN = Failure(
    "AGENCY_IS_UNKNOWN",
    404,
    "没有这个机构",
    "There is no such agency",
    "本枢纽没有以此为代号的机构，链接可能已经过时。请从机构列表中选择您所在的机构。",
    "This hub has no agency of that key; the link may be out of date. Choose your agency from the list.",
)
NOT_BEGUN_HERE = Failure(
    "NOT_BEGUN_HERE",
    400,
    "这次登录不是从这个浏览器开始的，或已过期",
    "This sign-on did not begin in this browser, or too long ago",
    "登录须在十分钟内、在同一个浏览器里完成，且每次只能使用一次。请重新登录；浏览器须允许本站的 Cookie。",
    "A sign-on is finished within ten minutes, in the browser it began in, and once only. Please sign on again; the browser must accept this site's cookies.",
)
USED_BEFORE = Failure(
    "USED_BEFORE",
    400,
    "这次登录已经用过了",
    "This sign-on was used before",
    "同一次登录只能完成一次；后退或重新载入页面会重复发送它。如果您没有登录成功，请重新登录。",
    "A sign-on is finished once; going back or reloading sends it again. If you are not signed on, please sign on again.",
)
OTHER_ISSUER = Failure(
    "OTHER_ISSUER",
    400,
    "回答来自另一个身份提供方",
    "The answer comes from another provider",
    "登录是在一个机构的身份提供方开始的，回答却自称来自另一个，枢纽不予采用。请重新登录；如再次出现，请告知枢纽管理员。",
    "The sign-on began at one agency's provider, but the answer says it comes from another, so the hub does not use it. Please sign on again, and tell the hub's administrator if it happens again.",
)
ANSWER_IS_MALFORMED = Failure(
    "ANSWER_IS_MALFORMED",
    400,
    "身份提供方的回答不完整",
    "The provider's answer is not complete",
    "回答中缺少授权码，或同一参数出现多次。请重新登录。",
    "The answer lacks the code, or gives a parameter twice. Please sign on again.",
)
PROVIDER_DECLINED = Failure(
    "PROVIDER_DECLINED",
    403,
    "机构的身份提供方没有同意登录",
    "Your agency's provider declined",
    "可能是您取消了登录，或您的账号未获准使用本枢纽。请重试，或联系本机构的管理员。",
    "You may have cancelled, or your account may not use this hub. Try again, or ask your agency's administrator.",
)
PROVIDER_IS_AWAY = Failure(
    "PROVIDER_IS_AWAY",
    503,
    "机构的身份提供方暂时没有响应",
    "Your agency's provider does not answer",
    "枢纽联系不上您所在机构的身份提供方，因此现在无法登录；已登录的会话不受影响。请过几分钟再试，或联系本机构的管理员。",
    "The hub cannot reach your agency's provider, so nobody of it can sign on now; sessions that are open go on. Try again in some minutes, or ask your agency's administrator.",
)
PROVIDER_IS_FAULTY = Failure(
    "PROVIDER_IS_FAULTY",
    502,
    "机构的身份提供方回答有误",
    "Your agency's provider gives answers that cannot be used",
    "它的回答与约定不符，枢纽不予采用。这需要管理员处理：请把下面的编号告知枢纽管理员。",
    "Its answers are not what was agreed, so the hub does not use them. This needs an administrator: please tell the hub's the request id below.",
)
TIMES_DO_NOT_FIT = Failure(
    "TIMES_DO_NOT_FIT",
    403,
    "登录凭证已过期，或时钟不一致",
    "The proof of sign-on has expired, or clocks differ",
    "身份提供方给出的时间与枢纽的时钟不符。请重新登录；如再次出现，请告知管理员校对双方的时钟。",
    "The times that the provider gives do not fit the hub's clock. Please sign on again; if it happens again, an administrator must compare the two clocks.",
)
PROOF_IS_REFUSED = Failure(
    "PROOF_IS_REFUSED",
    403,
    "枢纽不接受这份登录凭证",
    "The hub does not accept this proof of sign-on",
    "身份提供方给出的凭证不能证明您的身份（签名、对象或内容不符）。请重新登录；如再次出现，请把下面的编号告知枢纽管理员。",
    "What the provider gave does not prove who you are (its signature, audience or content is not right). Please sign on again; if it happens again, tell the hub's administrator the request id below.",
)
PERSON_HAS_ENDED = Failure(
    "PERSON_HAS_ENDED",
    403,
    "您的记录已停用",
    "Your record has ended",
    "您在枢纽中的人员记录已停用，因此不能登录。如有疑问，请联系本机构的枢纽管理员。",
    "Your record in the hub has ended, so you cannot sign on. If that is wrong, ask the administrator of your institution.",
)
AGENCY_IS_INCOMPLETE = Failure(
    "AGENCY_IS_INCOMPLETE",
    503,
    "枢纽还没有这个机构的记录",
    "The hub has no record of this agency yet",
    "枢纽的配置指明了该机构，但图中还没有它的机构记录，因此无法为新人员登录。请联系枢纽管理员导入机构数据。",
    "The hub is told of the agency, but its institution is not in the graph yet, so nobody new can be signed on. The hub's administrator must import the institution.",
)
HUB_IS_AWAY = Failure(
    "HUB_IS_AWAY",
    503,
    "枢纽的数据库暂时没有响应",
    "The hub's database does not answer",
    "图数据库暂时不可用，因此现在无法登录。请稍后再试。",
    "The graph database is away at the moment, so nobody can sign on. Please try again in a little while.",
)
NOT_FROM_HERE = Failure(
    "NOT_FROM_HERE",
    403,
    "退出须从本枢纽的页面进行",
    "Signing off is asked from a page of this hub",
    "这个请求不是从本枢纽的页面发出的。请在下面确认退出。",
    "The request did not come from a page of this hub. Please confirm on the hub's own page.",
)

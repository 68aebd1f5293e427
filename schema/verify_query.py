"""`verifyCertificate`: whether a certificate is real, asked by anybody who holds its number."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

import strawberry

from resolvers.context import Context

Info = strawberry.Info[Context, None]
Number = Annotated[
    str, strawberry.argument(description="证书编号 | The number that stands on the certificate")
]


@strawberry.type(name="VerifiedCertificate", description="核验到的证书 | A certificate that exists")
class VerifiedCertificateType:
    """What anybody may know."""

    number: str = strawberry.field(description="证书编号 | Its number")
    holder: str = strawberry.field(
        description="持证人姓名，已遮掩 | Name of the holder, masked: who knows it recognises it"
    )
    class_name: str = strawberry.field(description="培训班名称 | Name of the training class")
    class_name_en: str | None = strawberry.field(description="培训班英文名称 | The same in English")
    issuer_name: str = strawberry.field(description="颁发机构 | Who issued it")
    issuer_name_en: str | None = strawberry.field(
        description="颁发机构英文名称 | The same in English"
    )
    issued_on: str = strawberry.field(graphql_type=date, description="颁发日期 | Day of issue")
    revoked_on: str | None = strawberry.field(
        graphql_type=date | None,
        description="撤销日期；为空则有效 | Day it was revoked; null: it is valid",
    )
    synthetic: bool = strawberry.field(
        description="合成数据 | Whether it was generated for demonstration"
    )


async def verify_certificate(info: Info, number: Number) -> VerifiedCertificateType | None:
    """The certificate of that number, told alike to whoever asks."""
    found = await info.context.verify(number)
    return None if found is None else VerifiedCertificateType(**asdict(found))


VERIFY_CERTIFICATE = strawberry.field(
    verify_certificate,
    name="verifyCertificate",
    description="核验证书：是否存在、是否已撤销；没有则为空 | Whether a certificate exists and holds; null where there is none",
)

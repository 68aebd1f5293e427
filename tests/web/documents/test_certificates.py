"""A certificate is drawn for its holder, its issuer and nobody else; anybody may verify it on a page without a script."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.auth.whom import ADMIN, Hub
from tests.web.documents.school import DEAN, FREE, REVOKED, STRANGER, VALID, WANG, ZHANG, code, got
from web.verify import routes

VERIFY = "query ($number: String!) { verifyCertificate(number: $number) { number holder className classNameEn issuerName issuedOn revokedOn synthetic } }"


async def test_the_holder_their_home_and_the_issuer_are_given_the_file(school: Hub) -> None:
    for person in (ZHANG, ADMIN, DEAN):
        answer = await got(school, f"/certificates/{VALID}.pdf", person)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["cache-control"] == "no-store"
        assert f'filename="{VALID}.pdf"' in answer.headers["content-disposition"]
        assert answer.headers["content-disposition"].startswith("inline; ")
        (page,) = PdfReader(BytesIO(answer.content)).pages
        text = page.extract_text()
        for said in (
            "张三",
            "数字化培训班",
            "四川省科技干部学院",
            "共 8 学时",
            VALID,
            "Demonstration",
        ):
            assert said in text
        assert f"{school.opened.address}/verify/{VALID}" in text


async def test_it_is_the_same_to_the_byte_each_time(school: Hub) -> None:
    first, second = [
        await got(school, f"/certificates/{VALID}.pdf", each) for each in (ZHANG, DEAN)
    ]
    assert first.content == second.content
    again = await got(
        school, f"/certificates/{VALID}.pdf", ZHANG, **{"if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("person", [None, STRANGER, WANG])
async def test_others_are_told_that_there_is_no_such_file(school: Hub, person: str | None) -> None:
    hidden = await got(school, f"/certificates/{VALID}.pdf", person)
    unknown = await got(school, f"/certificates/{FREE}.pdf", person)
    assert code(hidden) == code(unknown) == (404, "DOCUMENT_NOT_FOUND")


async def test_the_file_of_a_revoked_one_says_so(school: Hub) -> None:
    answer = await got(school, f"/certificates/{REVOKED}.pdf", WANG)
    (page,) = PdfReader(BytesIO(answer.content)).pages
    assert "已撤销 REVOKED" in page.extract_text()


async def test_without_its_font_it_says_what_is_missing(
    school: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from web.documents import fonts

    monkeypatch.setattr(fonts, "REGULAR", "nowhere.ttf")
    answer = await got(school, f"/certificates/{VALID}.pdf", ZHANG)
    assert code(answer) == (503, "CERTIFICATE_FONT_IS_MISSING")
    assert "make fonts" in answer.text


async def test_anybody_verifies_a_certificate_and_learns_no_more_than_they_know(
    school: Hub,
) -> None:
    data = await school.data(VERIFY, number=VALID)
    assert data["verifyCertificate"] == {
        "number": VALID,
        "holder": "张*",
        "className": "数字化培训班",
        "classNameEn": "Digital skills",
        "issuerName": "四川省科技干部学院",
        "issuedOn": "2027-03-10",
        "revokedOn": None,
        "synthetic": True,
    }
    for number in ("", "x" * 65, FREE, "cd-certificate-valid"):
        assert (await school.data(VERIFY, number=number))["verifyCertificate"] is None


async def test_the_page_says_that_a_certificate_is_valid(school: Hub) -> None:
    answer = await got(school, f"/verify/{VALID}")
    assert answer.status_code == 200
    for said in ("证书有效", "This certificate is valid", "张*", "四川省科技干部学院", "演示数据"):
        assert said in answer.text
    assert "张三" not in answer.text


async def test_the_page_says_that_one_was_revoked_and_not_why(school: Hub) -> None:
    answer = await got(school, f"/verify/{REVOKED}")
    assert answer.status_code == 200
    assert "证书已撤销" in answer.text
    assert "2027-05-01" in answer.text
    assert "内部原因" not in answer.text


async def test_the_page_says_that_there_is_none(school: Hub) -> None:
    answer = await got(school, f"/verify/{FREE}")
    assert answer.status_code == 404
    assert "没有这份证书" in answer.text
    assert FREE in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        f" {VALID.lower()} ",
        VALID.replace("-", " "),
        VALID.replace("BS", "ＢＳ"),
        VALID.replace("0", "O"),
    ],
)
async def test_a_number_is_found_however_it_is_typed(school: Hub, typed: str) -> None:
    answer = await school.client.get("/verify", params={"number": typed})
    assert answer.status_code == 200
    assert "证书有效" in answer.text


@pytest.mark.parametrize("path", ["/verify", f"/verify/{VALID}", "/verify/none"])
async def test_the_pages_run_no_script_and_load_from_this_host_alone(
    school: Hub, path: str
) -> None:
    answer = await got(school, path)
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"
    for sheet in ("/sign-on/page.css", "/verify-files/page.css"):
        assert f'href="{sheet}"' in answer.text
        assert (await got(school, sheet)).status_code == 200


async def test_what_is_typed_is_never_markup(school: Hub) -> None:
    answer = await school.client.get("/verify", params={"number": '"><script>alert(1)</script>'})
    assert "<script" not in answer.text


def test_no_file_of_the_page_names_another_host() -> None:
    for path in routes.HERE.iterdir():
        assert "//" not in path.read_text("utf-8")

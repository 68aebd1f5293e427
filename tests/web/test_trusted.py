"""Trusted documents: found by their hash, answered alone where that is wished, cached by the client's own cache."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import orjson
import pytest

import app
from settings import Settings
from tests.web.small_hub import HOST, SCHEMA, SmallAnswerer, served, small_checks, small_site
from web.trusted import DocumentsAreFaulty, Fault, Trusted, checked_documents, identifier_of

GRAPHQL = "application/graphql-response+json"
NAME = "query Name($like: String) { thing { name(like: $like) } }"
RENAME = 'mutation Rename { rename(name: "x") { name } }'
BROKEN = "{ thing { broken } }"
LANGUAGE = "{ language }"
UNKNOWN = "sha256:" + "0" * 64


def trusted(*texts: str, only: bool = False) -> Trusted:
    return Trusted({identifier_of(text.encode()): text for text in texts}, only)


ALL = trusted(NAME, RENAME, BROKEN, LANGUAGE)


def of(text: str) -> dict[str, str]:
    """The parameters that name a trusted document."""
    return {"documentId": identifier_of(text.encode())}


@asynccontextmanager
async def asking(known: Trusted = ALL) -> AsyncIterator[httpx2.AsyncClient]:
    async with served(small_site(SmallAnswerer(small_checks()), trusted=known)) as hub:
        transport = httpx2.ASGITransport(app=hub)
        async with httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            yield client


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with asking() as opened:
        yield opened


def code_of(response: httpx2.Response) -> str:
    (error,) = response.json()["errors"]
    assert error["extensions"]["messageZh"]
    return str(error["extensions"]["code"])


async def test_a_document_is_asked_by_its_hash_with_variables(client: httpx2.AsyncClient) -> None:
    by_post = await client.post("/graphql", json={**of(NAME), "variables": {"like": "x"}})
    by_get = await client.get("/graphql", params={**of(NAME), "variables": '{"like":"x"}'})
    assert by_post.json() == by_get.json() == {"data": {"thing": {"name": "千分尺"}}}


async def test_a_mutation_is_trusted_by_post_alone(client: httpx2.AsyncClient) -> None:
    assert (await client.post("/graphql", json=of(RENAME))).json().keys() == {"data"}
    refused = await client.get("/graphql", params=of(RENAME))
    assert (refused.status_code, code_of(refused)) == (405, "ONLY_QUERIES_BY_GET")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"documentId": UNKNOWN}, "TRUSTED_DOCUMENT_NOT_FOUND"),
        (
            {"documentId": "sha256:" + of(NAME)["documentId"][7:].upper()},
            "TRUSTED_DOCUMENT_NOT_FOUND",
        ),
        ({"documentId": of(NAME)["documentId"][7:]}, "TRUSTED_DOCUMENT_NOT_FOUND"),
        ({"documentId": ""}, "TRUSTED_DOCUMENT_NOT_FOUND"),
        ({"documentId": 7}, "REQUEST_IS_MALFORMED"),
        ({"documentId": ["x"]}, "REQUEST_IS_MALFORMED"),
        ({**of(NAME), "query": NAME}, "REQUEST_IS_MALFORMED"),
        ({"documentId": None, "query": None}, "REQUEST_IS_MALFORMED"),
    ],
)
async def test_what_names_no_document_is_a_clients_error(
    client: httpx2.AsyncClient, asked: Mapping[str, object], code: str
) -> None:
    response = await client.post("/graphql", json=asked, headers={"Accept": GRAPHQL})
    assert (response.status_code, code_of(response)) == (400, code)


async def test_a_null_identifier_is_as_good_as_none(client: httpx2.AsyncClient) -> None:
    response = await client.post("/graphql", json={"documentId": None, "query": LANGUAGE})
    assert response.json() == {"data": {"language": "zh"}}


async def test_in_only_trusted_mode_no_other_text_is_answered() -> None:
    async with asking(trusted(NAME, only=True)) as client:
        known = await client.post("/graphql", json=of(NAME))
        by_text = await client.post("/graphql", json={"query": NAME})
        by_get = await client.get("/graphql", params={"query": LANGUAGE})
    assert known.status_code == 200
    assert [(each.status_code, code_of(each)) for each in (by_text, by_get)] == [
        (403, "ONLY_TRUSTED_DOCUMENTS")
    ] * 2


async def test_a_get_is_told_that_nothing_has_changed(client: httpx2.AsyncClient) -> None:
    first = await client.get("/graphql", params=of(NAME))
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["vary"] == "Accept, Accept-Language, Authorization, Cookie"
    tag = first.headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        again = await client.get("/graphql", params=of(NAME), headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert again.headers["vary"] == first.headers["vary"]
    changed = await client.get("/graphql", params=of(NAME), headers={"If-None-Match": '"other"'})
    assert (changed.status_code, changed.json()) == (200, first.json())


async def test_another_answer_language_or_type_has_another_tag(client: httpx2.AsyncClient) -> None:
    headers = [{}, {"Accept-Language": "en"}, {"Accept": GRAPHQL}]
    tags = [
        (await client.get("/graphql", params=of(LANGUAGE), headers=each)).headers["etag"]
        for each in headers
    ]
    assert len(set(tags)) == 3


async def test_a_head_has_the_tag_of_its_get(client: httpx2.AsyncClient) -> None:
    get, head = [
        await client.request(each, "/graphql", params=of(NAME)) for each in ("GET", "HEAD")
    ]
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", get.headers["etag"])
    assert head.headers["content-length"] == get.headers["content-length"]


async def test_nothing_else_is_kept_by_any_cache(client: httpx2.AsyncClient) -> None:
    answers = [
        await client.post("/graphql", json=of(NAME)),
        await client.get("/graphql", params={"query": NAME}),
        await client.get("/graphql", params=of(BROKEN)),
        await client.get("/graphql", params={"documentId": UNKNOWN}),
        await client.get("/graphql", params={**of(NAME), "operationName": "Nothing"}),
    ]
    told = [(each.headers["cache-control"], each.headers.get("etag")) for each in answers]
    assert told == [("no-store", None)] * 5


def written(folder: Path, *texts: str) -> Path:
    for text in texts:
        digest = hashlib.sha256(text.encode()).hexdigest()
        (folder / f"{digest}.graphql").write_text(text, encoding="utf-8")
    return folder


def test_a_registry_is_files_and_manifests_of_every_usual_form(tmp_path: Path) -> None:
    written(tmp_path, NAME, "{ thing { name } } # 千分尺\n")
    manifests = {
        "codegen.json": {hashlib.sha256(RENAME.encode()).hexdigest(): RENAME},
        "prefixed.json": {identifier_of(LANGUAGE.encode()): LANGUAGE},
        "apollo.json": {
            "format": "apollo-persisted-query-manifest",
            "version": 1,
            "operations": [
                {"id": hashlib.sha256(BROKEN.encode()).hexdigest(), "name": "B", "type": "query", "body": BROKEN}
            ],
        },
    }  # fmt: skip
    for name, manifest in manifests.items():
        (tmp_path / name).write_bytes(orjson.dumps(manifest))
    (tmp_path / "README.md").write_text("no document")
    texts, faults = checked_documents(tmp_path, small_checks(), SCHEMA)
    assert faults == []
    assert {NAME, RENAME, LANGUAGE, BROKEN} < set(texts.values())
    assert len(texts) == 5
    assert all(identifier == identifier_of(text.encode()) for identifier, text in texts.items())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("name.graphql", b"{ language }", "not named by a SHA-256"),
        ("0" * 64 + ".graphql", b"{ language }", "another text"),
        (hashlib.sha256(b"{ nothing }").hexdigest() + ".graphql", b"{ nothing }", "refused by the schema"),
        (hashlib.sha256(b"{").hexdigest() + ".graphql", b"{", "Syntax Error"),
        (hashlib.sha256(b"\xff").hexdigest() + ".graphql", b"\xff", "not UTF-8"),
        ("m.json", b"[1]", "no manifest"),
        ("m.json", b"{", "not JSON"),
        ("m.json", b'{"sha256:00": 7}', "not a text under its hash"),
        ("m.json", b'{"format": "apollo-persisted-query-manifest"}', "no manifest"),
        ("m.json", b'{"format": "apollo-persisted-query-manifest", "operations": [3]}', "not a text under"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place_and_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    texts, (fault,) = checked_documents(written(tmp_path, NAME), small_checks(), SCHEMA)
    assert list(texts.values()) == [NAME]
    assert reason in fault.reason
    assert name.split(".", maxsplit=1)[0][:20] in fault.place


def test_a_document_that_the_limits_refuse_is_not_trusted(tmp_path: Path) -> None:
    deep = "{ thing " + "{ other " * 20 + "{ name }" + " }" * 21
    (fault,) = checked_documents(written(tmp_path, deep), small_checks(), SCHEMA)[1]
    assert "levels of fields" in fault.reason


def hub_settings(**given: object) -> Settings:
    return Settings(_env_file=None, **({"port": 8000} | given))  # type: ignore[arg-type]  # fields by name


def test_the_hub_does_not_start_with_a_document_that_it_could_not_answer(tmp_path: Path) -> None:
    written(tmp_path, "{ institutions { totalCount } }", "{ nothing }")
    (tmp_path / "mine.graphql").write_text("{ language }")
    with pytest.raises(DocumentsAreFaulty) as faulty:
        app.build(hub_settings(trusted_documents=str(tmp_path)))
    told = str(faulty.value).splitlines()
    assert told[0].startswith("2 of the trusted documents in ")
    assert "mine.graphql is not named by a SHA-256" in told[1]
    assert "Cannot query field 'nothing' on type 'Query'." in told[2]
    assert "bashu documents check" in told[3]


def test_the_hub_trusts_the_folder_of_its_setting(tmp_path: Path) -> None:
    text = "{ institutions { totalCount } }"
    settings = hub_settings(trusted_documents=str(written(tmp_path, text)), only_trusted=True)
    found = app.trusted(settings, small_checks())
    own = identifier_of(text.encode())
    assert (found.texts[own], found.only) == (text, True)
    assert len(found.texts) > 1  # the console's stand beside them


def test_only_so_many_faults_are_told() -> None:
    faults = [Fault(f"place {number}", "is wrong") for number in range(30)]
    text = str(DocumentsAreFaulty(Path("p"), faults))
    assert "place 19 " in text
    assert "place 20 " not in text
    assert "… and 10 more" in text

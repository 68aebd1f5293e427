"""The pages stand on this host alone."""

import json
import re
from pathlib import Path

import httpx2
import pytest
from graphql import GraphQLInterfaceType

from graph_store.model import MODEL
from schema.root import hub_schema
from web import console, pages
from web.limits import document_checks
from web.sign_on import routes
from web.trusted import DocumentsAreFaulty, checked_documents, identifier_of

OWN_FILES = [
    path for folder in (pages.GRAPHIQL / "source", routes.HERE) for path in sorted(folder.iterdir())
]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GraphiQL and the console as if they were built: what is served round them is tested here."""
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "graphiql.min.js").write_text("")
    (tmp_path / "source").symlink_to(pages.GRAPHIQL / "source")
    monkeypatch.setattr(pages, "GRAPHIQL", tmp_path)
    monkeypatch.setattr(console, "BUILT", tmp_path / "console")
    (tmp_path / "console" / "assets").mkdir(parents=True)
    (tmp_path / "console" / "index.html").write_text(
        '<script src="/x.js" nonce="{nonce}"></script>'
    )
    script = tmp_path / "console" / "assets" / "index-A1b2.js"
    script.write_text("plain")
    script.with_name("index-A1b2.js.br").write_text("brotli")
    script.with_name("index-A1b2.js.gz").write_text("gzip")
    script.with_name("notes.txt").write_text("no asset")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/instruments/cd-instrument-1",
        "/training-classes",
        "/console/assets/index-A1b2.js",
        "/api",
        "/favicon.svg",
        "/favicon.ico",
        "/sign-on/page.js",
        "/graphiql/source/samples.json",
    ],
)
async def test_a_page_answers_get_and_head_under_a_strict_policy(
    built: None, client: httpx2.AsyncClient, path: str
) -> None:
    whole = {"accept-encoding": "identity"}
    shown, headed = await client.get(path, headers=whole), await client.head(path, headers=whole)
    assert (shown.status_code, headed.status_code, headed.content) == (200, 200, b"")
    policy = shown.headers["content-security-policy"]
    assert "unsafe" not in policy
    for part in (
        "default-src 'none'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert part in policy


@pytest.mark.parametrize("path", ["/api", "/", "/people/cd-person-1"])
async def test_each_page_has_a_nonce_of_its_own(
    built: None, client: httpx2.AsyncClient, path: str
) -> None:
    responses = [await client.get(path) for _ in range(2)]
    nonces = [re.findall(r'nonce="([^"]+)"', response.text) for response in responses]
    assert nonces[0] != nonces[1]
    for response, (nonce,) in zip(responses, nonces, strict=True):
        assert f"style-src 'self' 'nonce-{nonce}'" in response.headers["content-security-policy"]


async def test_graphiql_that_is_not_built_says_how_to_build_it(
    client: httpx2.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "GRAPHIQL", tmp_path)
    response = await client.get("/api")
    assert response.status_code == 503
    assert "npm" in response.text


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_no_file_of_ours_loads_from_another_host_or_runs_inline(path: Path) -> None:
    text = path.read_text("utf-8")
    addresses = set(re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text))
    assert addresses <= {"http://www.w3.org", "https://ror.org"}
    if path.suffix == ".html":
        assert not re.search(r"<style|<script(?![^>]*src=)|\son\w+=|\sstyle=", text)


@pytest.mark.parametrize(
    "path",
    [
        "/console/assets/../../app.py",
        "/console/assets/%2e%2e%2fconsole.py",
        "/console/assets/notes.txt",
        "/graphiql/dist/..%2f..%2fpages.py",
        "/console/assets/",
    ],
)
async def test_nothing_beside_the_pages_is_handed_out(
    built: None, client: httpx2.AsyncClient, path: str
) -> None:
    response = await client.get(path)
    assert response.status_code == 404


async def test_graphiql_has_moved_for_good(client: httpx2.AsyncClient) -> None:
    response = await client.get("/graphiql")
    assert (response.status_code, response.headers["location"]) == (308, "/api")


async def test_a_console_that_is_not_built_says_how_to_build_it(
    client: httpx2.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "BUILT", tmp_path)
    response = await client.get("/")
    assert response.status_code == 503
    assert "make set-up" in response.text


async def test_the_page_is_stored_nowhere_and_its_files_for_good(
    built: None, client: httpx2.AsyncClient
) -> None:
    whole = {"accept-encoding": "identity"}
    page = await client.get("/")
    file = await client.get("/console/assets/index-A1b2.js", headers=whole)
    assert page.headers["cache-control"] == "no-store"
    assert "immutable" in file.headers["cache-control"]


@pytest.mark.parametrize(
    ("accepted", "sent", "content"),
    [
        ("br, gzip", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("br;q=0, gzip", "gzip", b"gzip"),
        ("identity", None, b"plain"),
    ],
)
async def test_a_file_comes_in_the_best_encoding_that_is_taken(
    built: None, client: httpx2.AsyncClient, accepted: str, sent: str | None, content: bytes
) -> None:
    headers = {"accept-encoding": accepted}
    async with client.stream("GET", "/console/assets/index-A1b2.js", headers=headers) as response:
        body = b"".join([chunk async for chunk in response.aiter_raw()])
    assert (response.headers.get("content-encoding"), body) == (sent, content)
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/nowhere", "/instruments/a/b", "/Search", "/console"])
async def test_an_unknown_address_is_the_consoles_own_page_for_people_and_a_line_for_programs(
    built: None, client: httpx2.AsyncClient, path: str
) -> None:
    for_people = await client.get(path, headers={"accept": "text/html,*/*"})
    for_programs = await client.get(path, headers={"accept": "application/json"})
    assert (for_people.status_code, for_programs.status_code) == (404, 404)
    assert "<script" in for_people.text
    assert for_programs.text == "Not Found"


def test_a_document_of_the_console_that_was_changed_stops_the_hub(
    built: None, tmp_path: Path
) -> None:
    folder = tmp_path / "console" / "documents"
    folder.mkdir()
    text = "{ __typename }"
    (folder / "pages.json").write_text(json.dumps({identifier_of(text.encode()): text}))
    assert list(console.console_documents().values()) == [text]
    (folder / "pages.json").write_text(json.dumps({identifier_of(text.encode()): text + " "}))
    with pytest.raises(DocumentsAreFaulty):
        console.console_documents()


def test_every_document_of_the_built_console_fits_the_schema_of_the_hub() -> None:
    folder = console.BUILT / "documents"
    assert folder.is_dir(), "run `make set-up`: it builds the console"
    texts, faults = checked_documents(folder, document_checks(introspection=False), hub_schema())
    assert not faults
    assert len(texts) > len(MODEL.nouns)


def test_every_sample_question_is_a_document_within_the_limits() -> None:
    samples = json.loads((pages.GRAPHIQL / "source" / "samples.json").read_text("utf-8"))
    checks = document_checks(introspection=True)
    assert len(samples) == 8
    for sample in samples:
        operation = checks.operation(checks.parsed(sample["query"]), None)
        declared = {
            variable.variable.name.value for variable in operation.variable_definitions or ()
        }
        assert declared == json.loads(sample.get("variables", "{}")).keys()
        assert sample["query"].startswith("# ")


def test_whatever_a_noun_does_with_its_name_every_record_still_has_one() -> None:
    record = hub_schema().get_type("Record")
    assert isinstance(record, GraphQLInterfaceType)
    assert {"id", "name", "nameEn", "aliases", "synthetic", "createdAt", "updatedAt"} <= set(
        record.fields
    )

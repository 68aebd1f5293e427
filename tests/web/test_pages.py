"""The pages stand on this host alone."""

import json
import re
from pathlib import Path

import httpx2
import pytest

from web import pages
from web.limits import document_checks
from web.sign_on import routes

OWN_FILES = [
    path
    for folder in (pages.HOME, pages.GRAPHIQL / "source", routes.HERE)
    for path in sorted(folder.iterdir())
]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GraphiQL as if it were built, since `make test` needs no npm."""
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "graphiql.min.js").write_text("")
    (tmp_path / "source").symlink_to(pages.GRAPHIQL / "source")
    monkeypatch.setattr(pages, "GRAPHIQL", tmp_path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/graphiql",
        "/favicon.svg",
        "/favicon.ico",
        "/home/page.js",
        "/sign-on/page.js",
        "/graphiql/source/samples.json",
    ],
)
async def test_a_page_answers_get_and_head_under_a_strict_policy(
    built: None, client: httpx2.AsyncClient, path: str
) -> None:
    shown, headed = await client.get(path), await client.head(path)
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


async def test_each_graphiql_page_has_a_nonce_of_its_own(
    built: None, client: httpx2.AsyncClient
) -> None:
    responses = [await client.get("/graphiql") for _ in range(2)]
    nonces = [re.findall(r'nonce="([^"]+)"', response.text) for response in responses]
    assert nonces[0] != nonces[1]
    for response, (nonce,) in zip(responses, nonces, strict=True):
        assert f"style-src 'self' 'nonce-{nonce}'" in response.headers["content-security-policy"]


async def test_graphiql_that_is_not_built_says_how_to_build_it(
    client: httpx2.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "GRAPHIQL", tmp_path)
    response = await client.get("/graphiql")
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
    ["/home/../app.py", "/home/%2e%2e/pages.py", "/graphiql/dist/..%2f..%2fpages.py", "/home/"],
)
async def test_nothing_beside_the_pages_is_handed_out(
    client: httpx2.AsyncClient, path: str
) -> None:
    response = await client.get(path)
    assert response.status_code == 404


async def test_the_home_page_says_that_its_data_are_made_up(client: httpx2.AsyncClient) -> None:
    text = (await client.get("/")).text
    assert "synthetic: true" in text
    assert 'lang="zh-CN"' in text


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

"""graphql-codegen's client preset: every document of the guides becomes types that `tsc --strict` accepts."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest
from graphql import OperationDefinitionNode, parse

from schema.root import hub_schema
from tests.http.conftest import HERE, Node
from web.limits import document_checks
from web.trusted import checked_documents

CHECKOUT = HERE.parents[1]
SCHEMA = CHECKOUT / "schema.graphql"
TSC = ("node_modules/typescript/bin/tsc", "--strict", "--noEmit", "--target", "es2022",
       "--module", "esnext", "--moduleResolution", "bundler", "--noUncheckedIndexedAccess")  # fmt: skip
_BLOCK = re.compile(r"^```graphql\n(.*?)^```", re.MULTILINE | re.DOTALL)

MUTATION = """mutation Create($input: CreateInstitutionInput!) {
  createInstitution(requestKey: "typed", input: $input) {
    __typename
    ... on InstitutionCreated { institution { id name kind createdAt } }
    ... on Fact { message messageEn }
  }
}
"""
INSTITUTION = """query Institution($id: ID!, $on: Date) {
  institution(id: $id) { id name kind createdAt instruments(where: { commissionedOn: { gte: $on } }) { totalCount nodes { valueCny } } }
}
"""

USED = """
import { graphql } from "./gql";
import type { InstitutionQuery, InstitutionQueryVariables } from "./gql/graphql";

export const variables: InstitutionQueryVariables = { id: "cd-institution-scu", on: "2026-01-31" };
export const told = ({ institution }: InstitutionQuery): string =>
  institution === null ? "" : `${institution.name} ${institution.kind} ${institution.createdAt.slice(0, 4)}`;
export const values = ({ institution }: InstitutionQuery): Array<number | null> =>
  institution?.instruments.nodes.map(({ valueCny }) => valueCny ?? null) ?? [];
"""
WRONG = {
    "a scalar that is a text": "export const n = (d: InstitutionQuery): number | undefined => d.institution?.createdAt;",
    "a record that may be missing": "export const n = (d: InstitutionQuery): string => d.institution.name;",
    "a value of no choice": "export const n = (d: InstitutionQuery): boolean => d.institution?.kind === 'CASTLE';",
    "a variable that is required": "export const n: InstitutionQueryVariables = { on: '2026-01-31' };",
}


def named_documents() -> list[str]:
    """The documents of the guides and of GraphiQL's samples; those without a name get one, which the preset needs."""
    guides = sorted((CHECKOUT / "docs" / "guides").glob("*.md"))
    texts = [text for guide in guides for text in _BLOCK.findall(guide.read_text("utf-8"))]
    samples = CHECKOUT / "web" / "graphiql" / "source" / "samples.json"
    texts += [each["query"] for each in orjson.loads(samples.read_bytes())]
    return [_named(text, f"Document{number}") for number, text in enumerate(texts)]


def _named(text: str, name: str) -> str:
    definition = parse(text).definitions[0]
    assert isinstance(definition, OperationDefinitionNode)
    if definition.name is None:
        return re.sub(r"\A(\s*)(query)?", rf"\1query {name} ", text, count=1)
    return re.sub(rf"\b{definition.name.value}\b", name, text, count=1)


@pytest.fixture(scope="module")
async def folder(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`gql/` as the preset made it, beside the packages that it imports."""
    made = tmp_path_factory.mktemp("typed")
    (made / "node_modules").symlink_to(HERE / "node_modules")
    texts = [*named_documents(), INSTITUTION, MUTATION]
    (made / "documents.json").write_bytes(orjson.dumps(texts))
    await node("codegen.mjs", str(SCHEMA), str(made / "documents.json"), str(made / "gql"))
    calls = [
        f"export const d{n} = graphql({orjson.dumps(each).decode()});"
        for n, each in enumerate(texts)
    ]
    kinds = [f"export type D{n} = DocumentType<typeof d{n}>;" for n, _ in enumerate(texts)]
    lines = ['import { graphql, type DocumentType } from "./gql";', *calls, *kinds]
    (made / "all.ts").write_text("\n".join(lines), "utf-8")
    return made


async def test_every_document_of_the_guides_compiles_under_strict(node: Node, folder: Path) -> None:
    assert len(named_documents()) > 10
    (folder / "used.ts").write_text(USED, "utf-8")
    assert await node(*TSC, str(folder / "all.ts"), str(folder / "used.ts")) == ""


async def test_the_types_refuse_what_is_wrong(node: Node, folder: Path) -> None:
    lines = [f"// @ts-expect-error: {why}\n{line}" for why, line in WRONG.items()]
    (folder / "wrong.ts").write_text(USED + "\n".join(lines), "utf-8")
    assert await node(*TSC, str(folder / "wrong.ts")) == ""


async def test_the_manifest_that_the_preset_writes_is_a_registry(folder: Path) -> None:
    manifest = folder / "gql" / "persisted-documents.json"
    texts, faults = checked_documents(manifest, document_checks(introspection=True), hub_schema())
    assert faults == []
    assert len(texts) == len(named_documents()) + 2

// The client preset over a schema and a module of documents; writes what it makes into a folder beside that module.
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import { preset } from "@graphql-codegen/client-preset";
import { buildSchema, parse } from "graphql";

const [schemaFile, documentsFile, folder] = process.argv.slice(2);
const schemaAst = buildSchema(readFileSync(schemaFile, "utf8"));
const documents = JSON.parse(readFileSync(documentsFile, "utf8")).map((rawSDL, number) => ({
  location: `documents/${number}.ts`,
  rawSDL,
  document: parse(rawSDL),
}));
const options = {
  baseOutputDir: `${folder}/`,
  schema: parse(readFileSync(schemaFile, "utf8")),
  schemaAst,
  documents,
  plugins: [],
  pluginMap: {},
  presetConfig: { fragmentMasking: false, persistedDocuments: true },
  config: {
    strictScalars: true,
    scalars: { Date: "string", DateTime: "string", _Any: "{ __typename: string; [key: string]: unknown }" },
    enumsAsTypes: true,
    useTypeImports: true,
  },
};
for (const section of await preset.buildGeneratesSection(options)) {
  mkdirSync(dirname(section.filename), { recursive: true });
  writeFileSync(section.filename, await codegen(section));
}

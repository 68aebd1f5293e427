import type { CodegenConfig } from '@graphql-codegen/cli';

// The hub's own scalars are texts on the wire.
const config: CodegenConfig = {
  schema: '../schema.graphql',
  documents: 'src/documents/*.graphql',
  generates: {
    'src/made/graphql/': {
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: 'sha256', mode: 'replaceDocumentWithHash' },
      },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { Date: 'string', DateTime: 'string' },
        skipTypeNameForRoot: true,
        nonOptionalTypename: true,
      },
    },
  },
};

export default config;

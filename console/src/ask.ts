// How the hub is asked: by the ids of documents that were trusted when the console was built; no text leaves the browser.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Client, cacheExchange, fetchExchange } from 'urql';

export const client = new Client({
  url: '/graphql',
  exchanges: [cacheExchange, fetchExchange],
  // plain JSON is answered with 200 also when a question is refused, which keeps the browser's own console quiet
  fetchOptions: { headers: { accept: 'application/json' }, credentials: 'same-origin' },
  preferGetMethod: false,
});

const known = new Map<string, unknown>();

/** A document of `src/made` by its id, in the shape that urql sends as `documentId`. */
export function byId<Data, Variables = Record<string, unknown>>(
  documentId: string,
): TypedDocumentNode<Data, Variables> {
  const document = known.get(documentId) ?? { kind: 'Document', definitions: [], documentId };
  known.set(documentId, document);
  return document as TypedDocumentNode<Data, Variables>;
}

/** A document written by hand in `src/documents`. */
export function trusted<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
): TypedDocumentNode<Data, Variables> {
  return byId<Data, Variables>(documentId(document));
}

/** The id by which the hub knows a document of `src/documents`. */
export function documentId(document: object): string {
  return (document as { __meta__: { hash: string } }).__meta__.hash;
}

/** A key for one intention: kept while it is tried again, so that a double click does nothing twice. */
export function requestKey(): string {
  return crypto.randomUUID();
}

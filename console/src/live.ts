// Pages that change by themselves: the hub tells over server-sent events that something changed, the page asks again.
// One stream for each question, none while the page is hidden: a browser keeps few connections to one host, for all its tabs.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useEffectEvent } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { documentId, trusted } from './ask';
import { doubt, isSessionOver } from './doubts';
import { InboxChangedDocument, RecordChangedDocument } from './made/graphql/graphql';

/** What comes within this time is asked for once: a decision changes several records at the same instant. */
const GATHER_MS = 150;
/** After a refusal, which the browser does not try again by itself. */
const PAUSE_MS = 30_000;

/** Calls `again` once the stream stands, and whenever the record has changed; nothing without an id. */
export function useRecordChanges(id: string | null | undefined, again: () => void): void {
  useChanges(id ? addressOf(RecordChangedDocument, { id }) : null, again);
}

/** A record's document, asked for and again whenever the record changes; `onChange` is told besides. */
export function useFollowed<Data>(
  document: TypedDocumentNode<Data, { id: string }>,
  id: string,
  onChange?: () => void,
): { data: Data | undefined; error: CombinedError | undefined; reload: () => void } {
  const [{ data, error }, again] = useQuery({
    query: trusted(document),
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const reload = () => {
    again({ requestPolicy: 'network-only' });
    onChange?.();
  };
  useRecordChanges(id, reload);
  return { data, error, reload };
}

/** The same for the decisions that the viewer owes; only for who is signed on. */
export function useInboxChanges(isOn: boolean, again: () => void): void {
  useChanges(isOn ? addressOf(InboxChangedDocument, {}) : null, again);
}

function addressOf<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): string {
  return `/graphql?${new URLSearchParams({ documentId: documentId(document), variables: JSON.stringify(variables) })}`;
}

function useChanges(address: string | null, again: () => void): void {
  const tell = useEffectEvent(again);
  useEffect(() => (address ? followed(address, tell) : undefined), [address]);
}

const shared = new Map<string, { told: Set<() => void>; close: () => void }>();

/** Calls `again` whenever the stream tells of a change; who asks for the same has the same stream. The answer ends it. */
export function followed(address: string, again: () => void): () => void {
  const stream = shared.get(address) ?? opened(address);
  shared.set(address, stream);
  stream.told.add(again);
  return () => {
    stream.told.delete(again);
    if (stream.told.size > 0) return;
    shared.delete(address);
    stream.close();
  };
}

function opened(address: string): { told: Set<() => void>; close: () => void } {
  const told = new Set<() => void>();
  let source: EventSource | null = null;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let pausing: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    clearTimeout(gathering);
    gathering = setTimeout(() => {
      if (!isSessionOver()) for (const each of told) each();
    }, GATHER_MS);
  };
  const close = () => {
    clearTimeout(pausing);
    source?.close();
    source = null;
  };
  const pause = () => {
    close();
    pausing = setTimeout(open, PAUSE_MS);
  };
  const ended = () => {
    pause();
    doubt();
  };
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(address);
    source.addEventListener('open', tell); // what changed before it stood is asked for too
    source.addEventListener('next', tell);
    source.addEventListener('complete', ended); // refused, signed out, or too far behind
    source.addEventListener('error', () => source?.readyState === EventSource.CLOSED && pause());
  };
  const turned = () => (document.hidden ? close() : open());
  document.addEventListener('visibilitychange', turned);
  open();
  const end = () => {
    document.removeEventListener('visibilitychange', turned);
    clearTimeout(gathering);
    close();
  };
  return { told, close: end };
}
